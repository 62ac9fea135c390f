/** What is said right behind an address without a comma, 3单元502 门口有门禁: it belongs to no door and is not kept in it. */

/** 3号楼, B座: the numbered parts of an address. */
export const NUMBERED = /(?:\d+|[一二三四五六七八九十]+)(?:号楼|号院|号|栋|幢|座|单元|室|弄|楼|层|门|房|期)|[A-Za-z\d]+[栋座幢]/g;
/** A street or an estate by its name. */
export const STREET = /[\u4e00-\u9fa5]{2,}(?:路|街|大道|巷|胡同|弄|小区|花园|家园|公寓|大厦|苑|广场|新村|社区|嘉园|SOHO)/i;

/** 3单元502, 401室, and a blank. */
const DOOR_THEN_MORE = /(?:(?:楼|单元|栋|幢|座|弄|号|门|-)\d{2,5}[A-Za-z]?(?:室|户|号|房)?|\d(?:室|户|房))(?= )/;

/** Where a remark follows the door, 3单元502 门口有门禁: neither a number of a house nor the name of a street. */
export function remarkStart(said: string): number {
  const door = DOOR_THEN_MORE.exec(said);
  if (!door) return said.length;
  const from = door.index + door[0].length;
  const remark = said.slice(from);
  return remark.search(NUMBERED) < 0 && !STREET.test(remark) ? from : said.length;
}
