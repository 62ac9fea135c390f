/**
 * An address: province, city and district from the names in the text, the detail from what follows. A district of several
 * cities (朝阳区) leaves province and city null: the bot asks, it never guesses.
 */
import type { AddressParts } from '../domain/contact.ts';
import { askedDetail, cleanDetail, correctedDetail, DAYS_MOVED, statedDetail } from './address-bare.ts';
import { detailEnd, HAS_PLACE } from './address-end.ts';
import { NUMBERED, STREET } from './address-remark.ts';
import { type Area, areasAt, isOrdinaryWord, isTown, type NamedArea } from './area.ts';
import { mask, type Taken } from './mask.ts';
import type { Expected } from './understood.ts';

type Region = {
  readonly province: string | null;
  readonly city: string | null;
  readonly district: string | null;
  readonly from: number;
  readonly end: number;
};

type Step = { readonly areas: readonly Area[]; readonly depth: number };

const PLACE_AHEAD = new RegExp(`${STREET.source}|${NUMBERED.source}|[村镇庄苑]`, 'i');
const STATED = /(?:地址|住址|我家?住|住在|家在|位置(?:在|是)|搬到|小区(?:是|叫))/;
/** How near a street or a number must follow a city. */
const PASSING_CHARACTERS = 24;
const DOOR = /[一二三四五六七八九十]+(?:号|栋|幢|座|单元|室)|[村镇庄苑](?!上)/;

/** A name with nothing but what people put around it. */
const ALONE = /^(?:我们?|我家)?(?:就?在|是|住)*(?<name>[\u4e00-\u9fa5]{2,5}?)(?:的|吧|啊|呀|呢|哦|那边|这边)*$/;

/** What is taken back before an address: 不对我现在搬到…. */
const RETRACTED = /不对|错了|搬到|改到|改成|开玩笑|不是|应该是/;

/** Null when the text states no address. With `address` expected a bare detail (3号楼1501) is one. */
export function readAddress(text: string, expects: Expected | null): Taken<AddressParts | null> {
  const alone = expects === 'address' ? districtAlone(text) : null;
  if (alone)
    return {
      value: { province: null, city: null, district: alone.district, detail: null },
      rest: mask(text, alone.from, alone.end, 'address'),
    };
  const isSaid = expects === 'address' || STATED.test(text);
  const named = lastMeant(text, isSaid);
  const region = named && !isSaid && isInPassing(text, named) ? findRegion(text, isSaid, named.end) : named;
  if (region && !isSaid && isInPassing(text, region)) return { value: null, rest: text };
  if (region) {
    const end =
      expects === 'address' || HAS_PLACE.test(text.slice(region.end, detailEnd(text, region.end)))
        ? detailEnd(text, region.end)
        : region.end;
    const detail = cleanDetail(text.slice(region.end, end));
    const said = { province: region.province, city: region.city, district: region.district, detail: detail === '' ? null : detail };
    const parts = cityToldLast(said) ?? said;
    return { value: parts, rest: mask(text, region.from, Math.max(region.end, end), 'address') };
  }
  const bare = correctedDetail(text) ?? (expects === 'address' ? askedDetail(text) : statedDetail(text));
  if (!bare) return { value: null, rest: text };
  return { value: { province: null, city: null, district: null, detail: bare.detail }, rest: mask(text, bare.from, bare.end, 'address') };
}

/** 朝阳 as the whole answer: a district of several cities, and no city of that name where we work in the district. Or a town. */
function districtAlone(text: string): { readonly district: string; readonly from: number; readonly end: number } | null {
  const said = ALONE.exec(text);
  const name = said?.groups?.['name'] ?? '';
  const found = areasAt(name, 0);
  if (!said || found?.end !== name.length || (isOrdinaryWord(name) && !isTown(name))) return null;
  const from = said.index + said[0].indexOf(name);
  if (isTown(name)) return { district: name, from, end: from + name.length };
  const named = (kind: NamedArea['kind']) => found.readings.find((it) => it.kind === kind && it.isShort);
  const districts = named('district')?.areas ?? [];
  const isMeant = named('city') ? districts.some(isServed) : districts.length > 1;
  if (named('province') || !isMeant) return null;
  const ours = districts.filter(isServed);
  const meant = ours.length > 0 ? ours : districts;
  const [first] = meant;
  const isOneName = meant.every((it) => it.district === first?.district);
  return { district: (isOneName ? first?.district : null) ?? name, from, end: from + name.length };
}

/** 朝阳区,北京: the city behind its district. */
function cityToldLast({ city, district, detail }: AddressParts): AddressParts | null {
  if (city !== null || district === null || detail === null) return null;
  const found = areasAt(detail, 0);
  if (found?.end !== detail.length) return null;
  const within = areasAt(district, 0)?.readings.flatMap((it) => it.areas) ?? [];
  const named = found.readings.flatMap((it) => it.areas);
  const area = within.find((inner) => named.some((outer) => contains(outer, inner)));
  return area ? { ...area, detail: null } : null;
}

/** 在台湾买的, 哈尔滨到沈阳高铁, 南京哪个幼儿园好: a province or a city alone, and no door behind it. */
function isInPassing(text: string, region: Region): boolean {
  const after = text.slice(region.end, region.end + PASSING_CHARACTERS);
  if (DAYS_MOVED.test(after) || /(?<!搬)[回去飞]$/.test(text.slice(0, region.from))) return region.district === null;
  return region.district === null && !/\d/.test(after) && !STREET.test(after) && !DOOR.test(after);
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
      const skipped = /^[ ,,、\-·的]/.exec(text.slice(at));
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
    at = isCityOfDistrict(text, found.end, step) ? found.end - 1 : found.end;
    end = at;
  }
  return candidates && candidates.length > 0 ? merge(candidates, depth, from, end) : null;
}

/** 青岛市北区 is 青岛 and 市北区. */
function isCityOfDistrict(text: string, end: number, { areas }: Step): boolean {
  const district = text[end - 1] === '市' ? areasAt(text, end - 1) : null;
  return (
    district?.readings.some((inner) =>
      inner.areas.some((area) => area.district !== null && areas.some((outer) => contains(outer, area))),
    ) ?? false
  );
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
    if (within && reading.isShort && reading.kind === 'district' && (/^大/.test(text.slice(end)) || NAMES_ON.test(text.slice(end))))
      continue;
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

/** 光明巷, 凤凰湾: a street or an estate that is called like a district. */
const NAMES_ON = /^(?:[东西南北中]?[路街巷弄里苑湾村庄桥](?![区县])|新村|[一二三四五六七八九]村|嘉园)/;
const ROAD = /^[东西南北中]?路/;
/** 南京大学, 四川菜 */
const NAMED_AFTER = /^(?:街|大道|话|人|菜|味|牌|小区|花园|大学|学院|医院|师范|银行|[东西南北]站)/;
/** Before the short name of a place that stands for itself. */
const OPENS_PLACE = /(?:^|[^\u4e00-\u9fa5]|[在住到去是址于送省市])$/;

/** Short names alone are risky: 和平 and 长安 are words, 南京路 is a road. */
function mayStart(reading: NamedArea, text: string, at: number, end: number, asked: boolean): boolean {
  const after = text.slice(end);
  const next = areasAt(text, end);
  const leadsOn = (inner: NamedArea): boolean => inner.areas.some((area) => reading.areas.some((outer) => contains(outer, area)));
  if (isOrdinaryWord(reading.name) || isTown(reading.name)) return false;
  // 唐山市路南区 is on no road, 石家庄桥西区 at no bridge.
  const isOfDistrict = next?.readings.some((inner) => !inner.isShort && leadsOn(inner)) ?? false;
  if (!reading.isShort) return isOfDistrict || !ROAD.test(after);
  if (!isOfDistrict && (ROAD.test(after) || NAMED_AFTER.test(after) || NAMES_ON.test(after))) return false;
  if (!OPENS_PLACE.test(text.slice(0, at))) return false;
  if (reading.kind === 'district')
    return reading.areas.length === 1 && (asked || reading.areas.every(isServed)) && (asked || HAS_PLACE.test(after.slice(0, 12)));
  if (next?.readings.some(leadsOn)) return true;
  const isAt =
    /(?:在|住|到|去|地址是?|家是?|位于|[,,。\s]|^)$/.test(text.slice(Math.max(0, at - 4), at)) &&
    !/^[又的那人有没最下今昨明天]/.test(after);
  return (
    asked ||
    ((isAt || PLACE_AHEAD.test(after.slice(0, 14))) && reading.areas.every((area) => area.city !== null || reading.kind === 'province'))
  );
}

/** Unasked, a short district counts only where we work. */
function isServed({ city }: Area): boolean {
  return city === '北京市' || city === '上海市' || city === '深圳市';
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
