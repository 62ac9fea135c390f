/**
 * Whether an address is in a district we serve, and whether an engineer would find the door. A city is never guessed
 * from a district's name: 朝阳区 is in Beijing and in Changchun.
 */
import type { AddressParts } from './contact.ts';

export type AreaRow = { readonly province: string; readonly city: string; readonly district: string };

export type AreaMatch =
  | { readonly kind: 'served'; readonly province: string; readonly city: string; readonly district: string }
  /** The district is served in these cities, or the province has these; the text names none of them. */
  | { readonly kind: 'which-city'; readonly candidates: readonly string[] }
  | { readonly kind: 'which-district'; readonly city: string }
  /** `place` as the customer would call it. */
  | { readonly kind: 'outside'; readonly place: string }
  /** The text names no place. */
  | { readonly kind: 'unknown' };

/** Where an address lies among the served districts; names compare with and without 省, 市, 区, 县. */
export function matchArea(rows: readonly AreaRow[], parts: AddressParts): AreaMatch {
  const { province, city, district } = parts;
  if (city !== null) return matchInCity(rows, city, district);
  const ofProvince = province === null ? rows : rows.filter((it) => isSameName(it.province, province));
  if (province !== null) {
    // 北京 is a province and its only city in one.
    const [row] = ofProvince;
    if (row && isSameName(row.city, province)) return matchInCity(rows, row.city, district);
    if (!row) return { kind: 'outside', place: district === null ? province : `${province}${district}` };
  }
  if (district === null) return province === null ? { kind: 'unknown' } : { kind: 'which-city', candidates: citiesOf(ofProvince) };
  const candidates = citiesOf(ofProvince.filter((it) => isSameName(it.district, district)));
  return candidates.length > 0 ? { kind: 'which-city', candidates } : { kind: 'outside', place: district };
}

function matchInCity(rows: readonly AreaRow[], city: string, district: string | null): AreaMatch {
  const ofCity = byCity(rows).get(bareName(city)) ?? [];
  const [row] = ofCity;
  if (!row) return { kind: 'outside', place: city };
  if (district === null) return { kind: 'which-district', city: row.city };
  // 北戴河区 and 北戴河新区 are two of one city.
  const served = ofCity.find((it) => it.district === district) ?? ofCity.find((it) => isSameName(it.district, district));
  if (served) return { kind: 'served', province: served.province, city: served.city, district: served.district };
  // 北京南山区: one of the two is a slip of the tongue.
  const elsewhere = citiesOf(rows.filter((it) => isSameName(it.district, district)));
  return elsewhere.length > 0 ? { kind: 'which-city', candidates: elsewhere } : { kind: 'outside', place: district };
}

/** Of a whole country there are thousands, and every address is looked up. */
function byCity(rows: readonly AreaRow[]): ReadonlyMap<string, readonly AreaRow[]> {
  const known = citiesOfRows.get(rows);
  if (known !== undefined) return known;
  const cities = new Map<string, AreaRow[]>();
  for (const row of rows) {
    const its = cities.get(bareName(row.city));
    if (its === undefined) cities.set(bareName(row.city), [row]);
    else its.push(row);
  }
  citiesOfRows.set(rows, cities);
  return cities;
}

const citiesOfRows = new WeakMap<readonly AreaRow[], ReadonlyMap<string, readonly AreaRow[]>>();

function citiesOf(rows: readonly AreaRow[]): readonly string[] {
  return [...new Set(rows.map((it) => it.city))];
}

function isSameName(one: string, other: string): boolean {
  return bareName(one) === bareName(other);
}

/** 浦东新区, 浦东新 and 浦东 are one name; 西城 keeps its 城. */
function bareName(name: string): string {
  const known = bareNames.get(name);
  if (known !== undefined) return known;
  if (bareNames.size >= NAMES_KEPT_MAX) bareNames.clear();
  const bare = withoutSuffix(name);
  bareNames.set(name, bare);
  return bare;
}

/** The same few hundred names are compared at every address. */
const bareNames = new Map<string, string>();
const NAMES_KEPT_MAX = 10_000;

function withoutSuffix(name: string): string {
  const trimmed = name.trim();
  const bare = trimmed.replace(/(?:特别行政区|自治区|自治州|自治县|地区|新区|新|省|市|区|县)$/u, '');
  return [...bare].length >= 2 ? bare : trimmed;
}

const NUMBER = '[0-9A-Za-z〇零一二两三四五六七八九十百]{1,6}';
/** 3号楼 is a building, 3楼 a floor unless a room follows. */
const BUILDING = `${NUMBER}(?:号楼|栋|幢|座|楼(?=\\d{3}))`;
/** Three characters of Chinese digits at least: 两室一厅 is no door. */
const ROOM = '(?:[0-9]{1,5}[A-Za-z]?|[A-Za-z][0-9]{1,5}|[〇零一二三四五六七八九十百]{3,6})(?:室|房(?!山)|户)';
/** 6号 is a house; 5号院, 3300弄 and 地铁10号线 are not, and neither is a gate. */
const HOUSE = `${NUMBER}号(?:之${NUMBER})?(?!院|大院|弄|里|线|门|地铁|小区|园|库|楼层|出口|公路|高速)`;
const DOOR = [
  new RegExp(BUILDING, 'u'),
  new RegExp(ROOM, 'u'),
  new RegExp(HOUSE, 'u'),
  /(?:单元|门)[A-Za-z]?\d{2,5}/u,
  // In a village or a hutong 12号院 is one family's house.
  /(?:[村庄屯寨]|胡同)\d{1,4}号院/u,
  /\d{1,4}[-—–#]\d{1,4}(?:[-—–]\d{1,4})?/u,
  /(?:大厦|大楼|中心|广场|公寓|国际|家园|花园|嘉园|小区|新村|名苑|苑|府|庭|湾|墅|城)[A-Za-z]?\d{3,4}(?!\d|号?院|弄|米)/u,
  /[村庄屯寨].{0,6}(?:\d{1,3}|[一二三四五六七八九十]{1,3})(?:组|队|社)/u,
  /[村庄屯寨].{0,8}第?(?:\d{1,2}|[一二三四五六七八九十])(?:家|户|排)/u,
];
const UNIT_WORDS = 'room|rm|apartment|apt|unit|flat|suite|building|bldg|block|tower|house|villa';
const STREET_WORDS = 'street|st|road|rd|avenue|ave|lane|alley|hutong|boulevard|blvd|drive|way|lu|jie|dajie';
const COMPOUND = '(?:court)?yard|compound';
/** Building 3, Apt 12B, Tower A. */
const ENGLISH_UNIT = `\\b(?:${UNIT_WORDS})[\\s.#:]*(?:no\\.?\\s*)?(?:[a-z]?\\d{1,4}[a-z]?|[a-z])\\b`;
const ENGLISH_HOUSES = [
  new RegExp(`\\b\\d{1,5}[a-z]?,?\\s+(?!(?:${COMPOUND})\\b)(?:[a-z'’-]+\\s+){1,5}(?:${STREET_WORDS})\\b`, 'i'),
  new RegExp(`\\b(?:${STREET_WORDS})\\b,?\\s+(?:no\\.?\\s*)?\\d{1,5}[a-z]?\\b(?!\\s*(?:${COMPOUND}))`, 'i'),
];

/**
 * Whether an engineer finds the door: a street, compound or village by name, and a building or house number in it
 * (S2-023). 望京街道 has no number, 中关村南大街5号院 is a whole compound, 3号楼1501 is in no street.
 */
export function detailIsEnough(detail: string): boolean {
  const text = detail.normalize('NFKC').trim();
  return isChineseEnough(text.replace(/[\s,。、;()]/gu, '')) || isEnglishEnough(text);
}

function isChineseEnough(text: string): boolean {
  if (!/\p{Script=Han}/u.test(text) || !DOOR.some((door) => door.test(text))) return false;
  return hasPlaceName(text);
}

const COUNTED = new RegExp(`${NUMBER}(?:号院|号楼|号|楼|栋|幢|座|单元|门|层|室|房|户|弄|组|队|社|家|排)`, 'gu');
const UNIT = new RegExp(ENGLISH_UNIT, 'gi');

/** What is left without numbers, their counters and the 街道 or 镇 must still name something. */
function hasPlaceName(text: string): boolean {
  const rest = text
    .replace(COUNTED, ' ')
    .replace(/[\p{Script=Han}]{2,6}?街道(?:办事处)?/gu, ' ')
    .replace(/[\p{Script=Han}]{1,6}?[镇乡](?!村)/gu, ' ');
  return /\p{Script=Han}{2,}|[A-Za-z]{3,}/u.test(rest);
}

function isEnglishEnough(text: string): boolean {
  if (ENGLISH_HOUSES.some((house) => house.test(text))) return true;
  const withoutUnit = text.replace(UNIT, ' ');
  return withoutUnit !== text && /[A-Za-z]{3,}/u.test(withoutUnit.replace(/\b(?:floor|district)\b/gi, ' '));
}
