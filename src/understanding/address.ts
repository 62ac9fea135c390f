/**
 * An address: province, city and district from the names in the text, the detail from what follows. A district of several
 * cities (朝阳区) leaves province and city null: the bot asks, it never guesses.
 */
import type { AddressParts } from '../domain/contact.ts';
import { NUMBERED, remarkStart, STREET } from './address-remark.ts';
import { type Area, areasAt, isOrdinaryWord, type NamedArea } from './area.ts';
import { MASKED, mask, type Taken } from './mask.ts';
import { SURNAMES } from './person-name.ts';
import type { Expected } from './understood.ts';

type Region = {
  readonly province: string | null;
  readonly city: string | null;
  readonly district: string | null;
  readonly from: number;
  readonly end: number;
};

type Step = { readonly areas: readonly Area[]; readonly depth: number };

const PLACE =
  '(?:路|街|道|巷|弄|胡同|号|楼|栋|幢|座|单元|室|层|村|小区|社区|花园|家园|公寓|大厦|广场|苑|园|城|府|里|庄|镇|乡|院|坊|湾|墅|邸|塔|SOHO|soho|中心|新村|大院|大学|学校|医院|公司|商场|地铁|门|店|屯|组|队|桥|站|口|期|房|组团|轩|阁|居|郡|庭|台|岸|港|山|嘉园|名都|华府|公馆|小筑|宿舍)';
const HAS_PLACE = new RegExp(`${PLACE}|\\d{2,}`);
const PLACE_AHEAD = new RegExp(`${STREET.source}|${NUMBERED.source}|[村镇庄苑]`, 'i');
/** Not where 空调 or 谢谢 is a part of a name: 空调配件市场. */
const NO_NAME = '(?![\\u4e00-\\u9fa5]{0,6}(?:厂|市场|大厦|胡同|路|街|店|城|产业园|中心|公司|广场|隔壁|对面|旁边|楼上))';
/** Where an address ends: what people say after it. */
const AFTER_ADDRESS = new RegExp(
  `[${MASKED}\\n;。!?]|(?<=\\s)${SURNAMES}[\\u4e00-\\u9fa5]{1,2}(?=\\s|$|[${MASKED},,])|(?:到楼下|到门口|(?:再|先|就)?打(?:我|这个|电话)|我?的?(?:电话|手机|联系|号码|姓名|名字|微信|型号|收件|联系人)|我叫|我是|我姓|叫我|免贵|姓[\\u4e00-\\u9fa5]|(?:今|明|后|大后)[天早晚]|(?:下个?|这|本)?(?:周|星期)[一二三四五六日天末]|上午|下午|中午|晚上|早上|师傅|谢谢${NO_NAME}|麻烦|请(?!客)|帮我|给我|尽快|什么时候|大概|可以|(?<![智性节功])能${NO_NAME}|行吗|可不可以|(?:要修|(?<!保)修|报修)${NO_NAME}|的?(?:空调|冰箱|洗衣机|电视|热水器|油烟机|燃气灶|微波炉|净水器)${NO_NAME}|坏了|不制|漏水|你们|你(?=记|看|听|知道)|记(?:好|住|下)|随时|来人|上门|怎么|有没有|这边的|这里$|附近(?!的?[小路街]))`,
  'i',
);
const LEAD =
  /^(?:那?个?(?:好的?|嗯+|哦|行|对)?[,,。 ]*)?(?:我?(?:家|们|这边|这)?(?:的)?(?:地址|住址|位置|家庭地址|详细地址|上门地址|收货地址)(?:是|在|为|就是|改成|改为|改到|换成|换到|:)*|(?:我|我们|我家|家|人|房子|老人|爸妈|我妈|我爸)?(?:现在)?(?:就)?(?:住|搬到|搬)?(?:在|到)|住|寄到|送到|来|到|是|改成|改到|就在|在)\s*/;
const STATED = /(?:地址|住址|我家?住|住在|家在|位置(?:在|是)|搬到|小区(?:是|叫))/;
/** 20号的约推到22号: those are days. */
const DAYS_MOVED = /(?:改|推|挪|换|延|调|移|提前|推迟|延后|延期)[到成至]|[预的]约|那个约/;
const DETAIL_CHARACTERS_MAX = 80;

/** A piece after a comma that speaks of something else: 到楼下打我, 刚才那个是公司的. */
const NO_PIECE =
  /打|刚才|(?:这|那|上)(?:个|里)?是|不是|别|上次|走错|联系|来(?!福|安|凤|宾)|找|叫|给我|快递|放|上班|下班|晚上|白天|早上|家里|老人|以前|原来|昨天|今天|明天|记得|哈哈|电梯坏|没人|有人|我|你|他/;
/** 23号或者24号 are days. */
const DAYS_ONLY =
  /^(?:[从自在]?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[号日](?:[到至或者和跟、,,-]|以后|之后|以前|之前|之间|左右|起|前|后|来|都行|都可以|行|可以|吧|上午|下午|晚上|早上|中午)*)+[^楼栋幢座单元室路街弄]*$/;
/** What is taken back before an address: 不对我现在搬到…. */
const RETRACTED = /不对|错了|搬到|改到|改成|开玩笑|不是|应该是/;

/** Null when the text states no address. With `address` expected a bare detail (3号楼1501) is one. */
export function readAddress(text: string, expects: Expected | null): Taken<AddressParts | null> {
  const region = lastMeant(text, expects === 'address' || STATED.test(text));
  if (region) {
    const end =
      expects === 'address' || HAS_PLACE.test(text.slice(region.end, detailEnd(text, region.end)))
        ? detailEnd(text, region.end)
        : region.end;
    const detail = cleanDetail(text.slice(region.end, end));
    const parts = { province: region.province, city: region.city, district: region.district, detail: detail === '' ? null : detail };
    return { value: parts, rest: mask(text, region.from, Math.max(region.end, end), 'address') };
  }
  const bare = correctedDetail(text) ?? (expects === 'address' ? askedDetail(text) : statedDetail(text));
  if (!bare) return { value: null, rest: text };
  return { value: { province: null, city: null, district: null, detail: bare.detail }, rest: mask(text, bare.from, bare.end, 'address') };
}

/** The first region named, or the one that takes it back: 中山市…不对,江门市. */
function lastMeant(text: string, asked: boolean): Region | null {
  const region = findRegion(text, asked, 0);
  const later = region ? findRegion(text, asked, region.end) : null;
  return region && later && RETRACTED.test(text.slice(region.end, later.from)) ? later : region;
}

/** A chain of area names: province, city, district, each optional. */
function findRegion(text: string, asked: boolean, start: number): Region | null {
  for (let at = start; at < text.length; at++) {
    const first = areasAt(text, at);
    const chain = first ? readChain(text, at, asked) : null;
    if (chain) return chain;
  }
  return null;
}

function readChain(text: string, from: number, asked: boolean): Region | null {
  let candidates: readonly Area[] | null = null;
  let end = from;
  let depth = 0;
  for (let at = from; at < text.length; ) {
    const found = areasAt(text, at);
    const step: Step | null = found ? choose(found.readings, candidates, depth, text, at, found.end, asked) : null;
    if (!found || !step) {
      const skipped = /^[ ,,、\-·]/.exec(text.slice(at));
      if (skipped && candidates && at === end && areasAt(text, at + 1)) {
        const ahead = areasAt(text, at + 1);
        if (ahead && choose(ahead.readings, candidates, depth, text, at + 1, ahead.end, asked)) {
          at += 1;
          end = at;
          continue;
        }
      }
      break;
    }
    candidates = step.areas;
    depth = step.depth;
    at = found.end;
    end = at;
  }
  return candidates && candidates.length > 0 ? merge(candidates, depth, from, end) : null;
}

function choose(
  readings: readonly NamedArea[],
  within: readonly Area[] | null,
  depth: number,
  text: string,
  from: number,
  end: number,
  asked: boolean,
): Step | null {
  for (const reading of readings) {
    const level = { province: 1, city: 2, district: 3 }[reading.kind];
    if (level < depth || (level === depth && reading.kind !== 'province')) continue;
    const areas = within ? reading.areas.filter((area) => within.some((outer) => contains(outer, area))) : reading.areas;
    if (areas.length === 0) continue;
    if (!within && !mayStart(reading, text, from, end, asked)) continue;
    if (within && reading.isShort && reading.kind === 'district' && /^[路街大村]/.test(text.slice(end))) continue;
    return { areas, depth: reading.kind === 'province' && areas.every((area) => area.city !== null) ? 2 : level };
  }
  return null;
}

function contains(outer: Area, inner: Area): boolean {
  return (
    outer.province === inner.province &&
    (outer.city === null || outer.city === inner.city) &&
    (outer.district === null || outer.district === inner.district)
  );
}

/** Short names alone are risky: 和平 and 长安 are words, 南京路 is a road. */
function mayStart(reading: NamedArea, text: string, at: number, end: number, asked: boolean): boolean {
  const after = text.slice(end);
  if (!reading.isShort) return !isOrdinaryWord(reading.name) && !/^(?:东路|西路|南路|北路|路)/.test(after);
  if (isOrdinaryWord(reading.name) || /^(?:[东西南北中]?路|街|大道|话|人|菜|味|牌|小区|花园|[东西南北]站)/.test(after)) return false;
  if (reading.kind === 'district')
    return reading.areas.length === 1 && (asked || isServed(reading)) && (asked || HAS_PLACE.test(after.slice(0, 12)));
  const next = areasAt(text, end);
  if (next?.readings.some((inner) => inner.areas.some((area) => reading.areas.some((outer) => contains(outer, area))))) return true;
  const isAt =
    /(?:在|住|到|去|地址是?|家是?|位于|[,,。\s]|^)$/.test(text.slice(Math.max(0, at - 4), at)) &&
    !/^[又的那人有没最下今昨明天]/.test(after);
  return (
    asked ||
    ((isAt || PLACE_AHEAD.test(after.slice(0, 14))) && reading.areas.every((area) => area.city !== null || reading.kind === 'province'))
  );
}

/** Unasked, a short district counts only where we work. */
function isServed({ areas }: NamedArea): boolean {
  return areas.every(({ city }) => city === '北京市' || city === '上海市' || city === '深圳市');
}

function merge(areas: readonly Area[], depth: number, from: number, end: number): Region {
  const only = areas.length === 1 ? areas[0] : undefined;
  const same = <Key extends keyof Area>(key: Key): Area[Key] | null =>
    areas.every((area) => area[key] === areas[0]?.[key]) ? (areas[0]?.[key] ?? null) : null;
  if (only) return { province: only.province, city: only.city, district: depth >= 3 ? only.district : null, from, end };
  const city = same('city');
  return {
    province: city === null && depth >= 3 ? null : same('province'),
    city,
    district: depth >= 3 ? same('district') : null,
    from,
    end,
  };
}

function detailEnd(text: string, from: number): number {
  let at = from;
  const pieces = text.slice(from).split(/(?=[,,、])/);
  for (const [index, piece] of pieces.entries()) {
    const stop = AFTER_ADDRESS.exec(piece);
    const length = remarkStart(stop ? piece.slice(0, stop.index) : piece);
    const said = piece.slice(0, length);
    const isPlace = index === 0 || (HAS_PLACE.test(said) && !NO_PIECE.test(said) && length > 1);
    if (!isPlace) break;
    at += length;
    if (length < piece.length) break;
  }
  return Math.min(at, from + DETAIL_CHARACTERS_MAX);
}

function cleanDetail(text: string): string {
  return text
    .replace(new RegExp(`[${MASKED}]|\\p{Extended_Pictographic}`, 'gu'), ' ')
    .replace(/^[\s,,、。;:的-]+|[\s,,、。;:!?~的吧啊呢哦了呀]+$/g, '')
    .replace(/^(?:这边|这里|那边|那里|市区?)$/, '');
}

function askedDetail(text: string): { readonly detail: string; readonly from: number; readonly end: number } | null {
  const lead = LEAD.exec(text)?.[0].length ?? 0;
  const end = detailEnd(text, lead);
  const detail = cleanDetail(text.slice(lead, end));
  const isDetail =
    detail.length >= 2 &&
    HAS_PLACE.test(detail) &&
    !/^[不没还就先算你]|弄了|再说|再讲|一道|一遍|没听|怎么|什么|[吗呢]$|为啥|隐私|安全|必须/.test(detail);
  return isDetail ? { detail, from: lead, end } : null;
}

/** 门牌写错了,不是5栋是6栋: what stands in the place of what was taken back. */
function correctedDetail(text: string): { readonly detail: string; readonly from: number; readonly end: number } | null {
  const found =
    /(?:地址|门牌|楼号|楼栋|栋号|房号|单元).*[\uE0FF]((?:(?:\d+|[一二三四五六七八九十]+)(?:号楼|号院|号|栋|幢|座|单元|室|弄|楼|层))+\d*)/.exec(
      text,
    );
  const detail = found?.[1];
  if (!found || !detail) return null;
  const from = found.index + found[0].length - detail.length;
  return { detail, from, end: from + detail.length };
}

/** Unasked, only a text that says it is an address, or has the numbers of one. */
function statedDetail(text: string): { readonly detail: string; readonly from: number; readonly end: number } | null {
  const named = /(?:(?:地址|住址)(?:是|在|为|:|改成|改为|改到|换成)*|(?:我|我们|我家|家)(?:住|住在|在|搬到))\s*/.exec(text);
  const start = named ? named.index + named[0].length : streetStart(text);
  if (start === null) return null;
  const end = detailEnd(text, start);
  const detail = cleanDetail(text.slice(start, end));
  if (!named && (DAYS_MOVED.test(detail) || DAYS_ONLY.test(detail))) return null;
  const numbers = detail.match(NUMBERED)?.length ?? 0;
  const isDetail =
    detail.length >= 4 &&
    !/^[的地得]/.test(detail) &&
    (numbers >= 2 ||
      (numbers >= 1 && STREET.test(detail)) ||
      (named !== null && HAS_PLACE.test(detail) && (numbers >= 1 || STREET.test(detail))));
  return isDetail ? { detail, from: start, end } : null;
}

function streetStart(text: string): number | null {
  const number = text.search(NUMBERED);
  if (number < 0) return null;
  const before = text.slice(0, number);
  const cut = Math.max(...Array.from(before.matchAll(new RegExp(`[${MASKED},,。;!? ]`, 'g')), (match) => match.index), -1);
  return cut + 1;
}
