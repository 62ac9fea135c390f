/**
 * The administrative areas of China by name: a longest match over `@vant/area-data`, with the short forms people use
 * (北京, 浦东). A name that exists in several cities has several areas; who reads decides, and never guesses.
 */
import { areaList } from '@vant/area-data';

export type Area = { readonly province: string; readonly city: string | null; readonly district: string | null };
export type AreaKind = 'province' | 'city' | 'district';
export type NamedArea = { readonly name: string; readonly kind: AreaKind; readonly areas: readonly Area[]; readonly isShort: boolean };

const NATION_SUFFIX = /(?:壮族|回族|维吾尔|特别行政区|自治区)+$/;
const CITY_SUFFIX = /(?:市|地区|盟|(?:[\u4e00-\u9fa5]{1,3}族)+自治州)$/;
const DISTRICT_SUFFIX = /(?:新区|区|县|市|自治县|旗|街道|镇)$/;
/** These have towns right below them, which stand where others have districts. */
const WITHOUT_DISTRICTS: ReadonlySet<string> = new Set(['东莞市', '中山市', '儋州市']);
const TOWN = /(?:[镇乡]|街道(?:办事处)?)$/;
/** 管城区 for 管城回族区, 大厂县 for 大厂回族自治县. */
const PEOPLE_IN_NAME = /^([\u4e00-\u9fa5]{2,3}?)(?:[\u4e00-\u9fa5]{1,3}族)+(?:自治)?([区县旗])$/;
/** County-level units of a province itself have no city above them. */
const DIRECT = /^(?:省|自治区)直辖/;
/** Names that are ordinary words unless an area stands before them. */
const ORDINARY = new Set([
  '城区',
  '老城区',
  '郊区',
  '矿区',
  '市区',
  '新区',
  '东区',
  '西区',
  '南区',
  '开发区',
  '东城街道',
  '南城街道',
  '港口镇',
  '三角镇',
  '民众镇',
  '高新区',
  '大厂',
  '和平',
  '长安',
  '新华',
  '安全',
  '城东',
  '城西',
  '城南',
  '城北',
  '城中',
  '河东',
  '河西',
  '永安',
  '平安',
]);
const NAME_CHARACTERS_MAX = 15;

const byName = new Map<string, { kind: AreaKind; isShort: boolean; areas: Area[] }[]>();
build();

/** Every reading of the longest area name that starts at `at`. */
export function areasAt(text: string, at: number): { readonly readings: readonly NamedArea[]; readonly end: number } | null {
  for (let length = Math.min(NAME_CHARACTERS_MAX, text.length - at); length >= 2; length--) {
    const name = text.slice(at, at + length);
    const readings = byName.get(name);
    if (readings) return { readings: readings.map((reading) => ({ name, ...reading })), end: at + length };
  }
  return null;
}

export function isOrdinaryWord(name: string): boolean {
  return ORDINARY.has(name);
}

/** 长安镇: there is another in many a county that lists none, so it tells of no city. */
export function isTown(name: string): boolean {
  return TOWN.test(name);
}

export function hasTownsForDistricts(city: string): boolean {
  return WITHOUT_DISTRICTS.has(city);
}

/** Every name an area goes by, short ones too. */
export function areaNames(): readonly string[] {
  return [...byName.keys()];
}

function build(): void {
  const provinces = areaList.province_list;
  const cities = areaList.city_list;
  for (const [code, province] of Object.entries(provinces)) {
    add(province, 'province', false, { province, city: isMunicipality(code) ? province : null, district: null });
    const short = province.replace(/[省市]$/, '').replace(NATION_SUFFIX, '');
    if (short !== province) add(short, 'province', true, { province, city: isMunicipality(code) ? province : null, district: null });
  }
  for (const [code, name] of Object.entries(cities)) {
    const province = provinces[`${code.slice(0, 2)}0000`];
    if (!province || DIRECT.test(name) || isMunicipality(code) || name === '县') continue;
    add(name, 'city', false, { province, city: name, district: null });
    const short = name.replace(CITY_SUFFIX, '');
    if (short !== name && short.length >= 2) add(short, 'city', true, { province, city: name, district: null });
  }
  const listed = new Set(Object.entries(areaList.county_list).map(([code, name]) => code.slice(0, 4) + name));
  for (const [code, district] of Object.entries(areaList.county_list)) {
    const province = provinces[`${code.slice(0, 2)}0000`];
    if (!province) continue;
    const named = cities[`${code.slice(0, 4)}00`] ?? null;
    const city = isMunicipality(code) ? province : named;
    // 秦皇岛市经济技术开发区 is listed with its city and without.
    const own = city !== null && district.startsWith(city) ? district.slice(city.length) : district;
    const official = listed.has(code.slice(0, 4) + own) ? own : district;
    const area: Area =
      city === null || DIRECT.test(city) ? { province, city: district, district: null } : { province, city, district: official };
    add(district, 'district', false, area);
    const isWhole = code.startsWith('71') || WITHOUT_DISTRICTS.has(named ?? '');
    const short = isWhole ? district : district.replace(DISTRICT_SUFFIX, '');
    if (short !== district && short.length >= 2) add(short, 'district', true, area);
    const plain = PEOPLE_IN_NAME.exec(district);
    if (plain) add(`${plain[1]}${plain[2]}`, 'district', false, area);
  }
}

/** 北京, 天津, 上海, 重庆. */
function isMunicipality(code: string): boolean {
  return /^(?:11|12|31|50)/.test(code);
}

function add(name: string, kind: AreaKind, isShort: boolean, area: Area): void {
  const readings = byName.get(name) ?? [];
  const same = readings.find((reading) => reading.kind === kind && reading.isShort === isShort);
  if (same) same.areas.push(area);
  else readings.push({ kind, isShort, areas: [area] });
  byName.set(name, readings);
}
