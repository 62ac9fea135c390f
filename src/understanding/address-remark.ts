/** What is said right behind an address without a comma, 3单元502 门口有门禁: it belongs to no door and is not kept in it. */

/** 3号楼, B座: the numbered parts of an address. */
export const NUMBERED = /(?:\d+|[一二三四五六七八九十]+)(?:号楼|号院|号|栋|幢|座|单元|室|弄|楼|层|门|房|期)|[A-Za-z\d]+[栋座幢]/g;
/** A street or an estate by its name. */
export const STREET = /[\u4e00-\u9fa5]{2,}(?:路|街|大道|巷|胡同|弄|小区|花园|家园|公寓|大厦|苑|广场|新村|社区|嘉园|SOHO)/i;

/** 3单元502, 401室, and a blank. */
const DOOR_THEN_MORE = /(?:(?:楼|单元|栋|幢|座|弄|号|门|-)\d{2,5}[A-Za-z]?(?:室|户|号|房)?|-\d{1,5}|\d(?:室|户|房))(?= )/;

/** 7号楼 门口有外卖柜: behind a blank, words that belong to no address. */
const REMARK =
  /(?<=[号楼栋幢座元层室户\d]) +(?=(?:门口|楼下|楼上|院子|小区门|电梯|门禁|保安|路口|进门|单元门|停车|车[位子]|快递|外卖|按|敲|打|刷|有|没|别|不要|到了|对面|旁边|隔壁|后面|家里|投诉|狗|白天|晚上|上午|下午))/;

/** 33号楼上有麻将馆 */
const BESIDE = /(?<=[号栋幢座室户\d])(?:楼[上下]|门口|隔壁|对面|旁边|对门)(?=[是有])/;
/** 就是3单元602那里: not the door's. */
const THERE = /(?<=[号楼栋幢座元层室户\d])(?:那里|那儿|那边|这里|这儿|这边)$/;

/** What the words before a door, or between two, hardly ever have: 三楼有狗, 导航上那条2号路. */
const TELLS =
  /[有没是的了过要会能得让叫打问找别不我你他她您咱谁就都也还才很太被把跟给在]|导航|以前|上次|原来|周[一二三四五六日末]|师傅|保安|电梯|大概|左右|快递/;
const UNIT = '(?:号楼|号院|号|栋|幢|座|单元|室|弄|楼|层|门|房|期|户|院|组|队|区|街|梯|排|铺)';
const NUMBER = '(?:附|之|增|甲|乙|第)?(?:[A-Za-z]?\\d{1,5}[A-Za-z]?(?:-\\d{1,5}){0,3}|[一二三四五六七八九十甲乙丙丁东西南北]{1,3}|[A-Z])';
/** 6栋, 西溪海3幢1单元1001, 1208室, 501: a piece that is a door, after whatever name. */
const DOOR_PIECE = new RegExp(
  `^([\\u4e00-\\u9fa5]{0,10}?)(?:${NUMBER}${UNIT}){0,5}(?:${NUMBER}${UNIT}|[A-Za-z]?\\d{2,5}[A-Za-z]?(?:-\\d{1,5})?)[东西南北中左右A-Za-z]?[户边侧门头]?(?:底商|商铺)?$`,
);

/** Whether a piece behind a house number goes on with the address: 西溪海3幢1单元1001, but not 雪大路滑慢点开. */
export function isDoorPiece(said: string): boolean {
  const words = DOOR_PIECE.exec(said.replace(/^[,,、 ]+|[,,、 吧啊呀嘛哈]+$/g, ''));
  return words !== null && !TELLS.test(words[1] ?? '');
}

/** Where a remark follows the door, 3单元502 门口有门禁: neither a number of a house nor the name of a street. */
export function remarkStart(said: string): number {
  const door = DOOR_THEN_MORE.exec(said);
  const words = REMARK.exec(said) ?? BESIDE.exec(said) ?? THERE.exec(said);
  if (words) return words.index;
  if (!door) return said.length;
  const from = door.index + door[0].length;
  return isDoorPiece(said.slice(from)) ? said.length : from;
}
