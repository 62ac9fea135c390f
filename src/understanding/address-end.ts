/** Where an address ends: at what people say after it, and before a piece behind a comma that speaks of something else. */
import { isDoorPiece, NUMBERED, remarkStart, STREET } from './address-remark.ts';
import { MASKED } from './mask.ts';
import { SURNAMES } from './person-name.ts';

const PLACE =
  '(?:路|街|道|巷|弄|胡同|号|楼|栋|幢|座|单元|室|层|村|小区|社区|花园|家园|公寓|大厦|广场|苑|园|城|府|里|庄|镇|乡|院|坊|湾|墅|邸|塔|SOHO|soho|中心|新村|大院|大学|学校|医院|公司|商场|地铁|门|店|屯|组|队|桥|站|口|期|房|组团|轩|阁|居|郡|庭|台|岸|港|山|嘉园|名都|华府|公馆|小筑|宿舍)';
export const HAS_PLACE = new RegExp(`${PLACE}|\\d{2,}`);
/** Not where 空调 or 谢谢 is a part of a name: 空调配件市场. */
const NO_NAME =
  '(?![\\u4e00-\\u9fa5]{0,6}(?:厂|市场|大厦|胡同|路|街|巷|弄|村|苑|花园|家园|小区|公寓|店|城|产业园|中心|公司|广场|隔壁|对面|旁边|楼上))';
/** Nor where a day is: 明天广场, 周末假日家园. */
const NO_ESTATE =
  '(?!(?![上中下]午|[早晚]上|来|到|在)[\\u4e00-\\u9fa5]{0,2}(?:广场|花园|家园|公寓|大厦|苑|巷|弄|集市|假日|小镇|城(?!里)|[街路里](?=\\d)))';
/** Where an address ends: what people say after it. */
const AFTER_ADDRESS = new RegExp(
  `[${MASKED}\\n;。!?]|(?:到楼下|到门口|(?:再|先|就)?打(?:我|这个|电话)|我?的?(?:电话|手机|联系|号码|姓名|名字|微信|型号|收件|联系人)|我叫|我是|我姓|叫我|免贵|姓[\\u4e00-\\u9fa5]|(?:今|明|后|大后)[天早晚]${NO_ESTATE}|(?:下个?|这|本)?(?:周|星期)[一二三四五六日天末]${NO_ESTATE}|(?:[上下中]午|[晚早]上)${NO_ESTATE}|的?(?:住户|业主|租客|用户)|师傅|谢谢${NO_NAME}|麻烦|请(?!客)|帮我|给我|尽快|什么时候|大概|可以|(?<![智性节功])能${NO_NAME}|行吗|可不可以|(?:要修|(?<!保)修|报修)${NO_NAME}|的?(?:空调|冰箱|洗衣机|电视|热水器|油烟机|燃气灶|微波炉|净水器)${NO_NAME}|坏了|不制|漏水|你们|你(?=记|看|听|知道)|记(?:好|住|下)|随时|来人|上门|怎么|有没有|这边的|这里$|附近(?!的?[小路街]))`,
  'i',
);
const DETAIL_CHARACTERS_MAX = 80;

/** A piece after a comma that speaks of something else: 到楼下打我, 刚才那个是公司的. */
const NO_PIECE =
  /打|刚才|(?:这|那|上)(?:个|里)?是|不是|别|上次|走错|联系|来(?!福|安|凤|宾)|找|叫|给我|快递|放|上班|下班|晚上|白天|早上|家里|老人|以前|原来|昨天|今天|明天|记得|哈哈|电梯坏|没人|有人|我|你|他/;
/** 旁边是煤气站, 问门口修鞋的: how to find it, no part of it. */
const LANDMARK =
  /^[,,、 ]*(?:房东|问|对门|导航|改造|老小区|老房|投诉|楼道|旁边|对面|隔壁|后[面边]|前[面边]|附近|靠近?|挨着|就是|进门|进去|上楼|右手|左手|拐|走|往|看到|门口|灯|楼下|有|是|下了|出了|过了)/;
/** 11号楼3单元,11号上午 */
const A_DAY =
  /^[,,、 ]*(?:(?:\d{1,2}|[一二三四五六七八九十]{1,3})月)?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[号日](?:[上下中]午|[早晚]|来|吧|[以之]?[前后]|到|[\d一二三四五六七八九十]+点|(?<=^[,,、][^ ]*)$)/;
/** ,东门 or ,阳光小区: a place and nothing else. */
const PLACE_ALONE =
  /^[,,、 ]*[\u4e00-\u9fa5A-Za-z\d]{1,9}(?:小区|花园|家园|公寓|大厦|广场|苑|园|城|府|村|镇|街道|庄|院|楼|座|门|店|铺|区|中心|宿舍|学校|医院|公司|厂|SOHO)$|(?:[\u4e00-\u9fa5]\d{2,4}|楼[上下]|对面|旁边|隔壁)$/i;
/** The estate told after its door: 3单元502,阳光小区. */
const ESTATE_ALONE =
  /^[,,、 ]*[\u4e00-\u9fa5A-Za-z\d]{1,12}(?:小区|花园|家园|公寓|大厦|广场|苑|园|城|府|新村|[东西南北]门|(?:店|楼|市场|银行|超市)楼[上下])$|^[,,、 ]*[\u4e00-\u9fa5]{1,4}\d{2,4}$/;
const HAS_NUMBER = /\d|[一二三四五六七八九十]+(?:号|栋|幢|座|单元|室|楼|层)/;

/** 科技园 王小明 */
const NAME = new RegExp(`^ ${SURNAMES}[\\u4e00-\\u9fa5]{1,2}$`);

/** The end of the detail that starts at `from`: behind a number a piece goes on only where it is a door or a place itself. */
export function detailEnd(text: string, from: number): number {
  let at = from;
  let end = from;
  for (const piece of text.slice(from).split(/(?=[,,、 ])/)) {
    const stop = AFTER_ADDRESS.exec(piece);
    const length = remarkStart(stop ? piece.slice(0, stop.index) : piece);
    const said = piece.slice(0, length);
    const isOfSomebody = stop !== null && /住户|业主|租客|用户/.test(stop[0]);
    if (isOfSomebody && HAS_NUMBER.test(text.slice(from, end))) break;
    if (NAME.test(said) && !HAS_NUMBER.test(text.slice(at + length))) break;
    if (!goesOn(said, text.slice(from, end))) break;
    at += length;
    if (/[^,,、 ]/.test(said)) end = at;
    if (length < piece.length || end - from > DETAIL_CHARACTERS_MAX) break;
  }
  return Math.min(end, from + DETAIL_CHARACTERS_MAX);
}

function goesOn(said: string, before: string): boolean {
  if (!/[^,,、 ]/.test(before) || !/[^,,、 ]/.test(said)) return true;
  if (A_DAY.test(said)) return false;
  if (HAS_NUMBER.test(before))
    return isDoorPiece(said) || (ESTATE_ALONE.test(said) && !LANDMARK.test(said) && !/[是过了的有](?!.*楼[上下]$)/.test(said));
  if (said.startsWith(' ')) return !NO_PIECE.test(said);
  if ((LANDMARK.test(said) || /[的是过了]/.test(said)) && said.search(NUMBERED) < 0) return false;
  return (said.search(NUMBERED) >= 0 || STREET.test(said) || PLACE_ALONE.test(said)) && !NO_PIECE.test(said);
}
