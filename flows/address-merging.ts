/** An address told in parts: what is said now, put beside what was said before, or in its place. */
import type { AddressParts } from '../src/domain/contact.ts';
import { detailIsEnough } from '../src/domain/service-area.ts';

export const NOWHERE: AddressParts = { province: null, city: null, district: null, detail: null };

/** The address with a message's place in it; the same object when it says nothing new. `asked` is the slot that was asked. */
export function mergedAddress(before: AddressParts, told: AddressParts | null, text: string, asked: string): AddressParts {
  const said = placedWhereKnown(before, told, text, asked);
  if (said === null) return before;
  const otherDistrict = said.district !== null && before.district !== null && said.district !== before.district;
  const otherCity = said.city !== null && before.city !== null && said.city !== before.city;
  // 北京南山区 and then 深圳: only the city was a slip, street and door stand.
  const elsewhere = otherDistrict || (otherCity && (said.district === null || said.district !== before.district));
  const ground = elsewhere ? { ...NOWHERE, city: said.district !== null && said.city === null ? before.city : null } : before;
  const next: AddressParts = {
    province: said.province ?? ground.province,
    city: said.city ?? ground.city,
    district: said.district ?? ground.district,
    detail: joinDetail(ground.detail, said.detail, said.city !== null || said.district !== null),
  };
  return (['province', 'city', 'district', 'detail'] as const).every((it) => next[it] === before[it]) ? before : next;
}

const STREET_CHARACTERS_MAX = 100;

/**
 * Asked for street and door where the district is known, 锦绣江南4栋 is a house, not a district elsewhere: another place has
 * to be named as one.
 */
function placedWhereKnown(address: AddressParts, said: AddressParts | null, text: string, asked: string): AddressParts | null {
  if (said === null || said.detail === null || asked !== 'address' || address.city === null || address.district === null) return said;
  const { city, district } = said;
  const isElsewhere = (city !== null && city !== address.city) || (district !== null && district !== address.district);
  const isNamed = [city, district].some((it) => it !== null && (text.includes(it) || text.startsWith(it.replace(/[市区县]$/u, ''))));
  return isElsewhere && !isNamed ? { ...NOWHERE, detail: text.trim().slice(0, STREET_CHARACTERS_MAX) } : said;
}

/** `isLed`: a city or district was said in front of it. 中关村南大街5号院 and then 3号楼1501 is one address, 望京街道 and 街道阜通东大街 share a word; a whole new one replaces it. */
function joinDetail(before: string | null, said: string | null, isLed: boolean): string | null {
  if (said === null || before === null) return said ?? before;
  if (before.includes(said)) return before;
  if (said.includes(before)) return said;
  // 阜通东大街6号院3号楼1501 and then 北京朝阳望京: what is larger stands in front.
  if (isLed && detailIsEnough(before) && !/\d/u.test(said)) return said + before;
  // 后海大道 and then 2388号3栋802, 黄村镇 and then 兴华大街21号院: what was said before still stands.
  const isRoad = !/\d/u.test(before) && /^\d+\s*(?:号|弄|巷)/u.test(said) && /(?:路|街|道|巷|胡同)$/u.test(before);
  const isTown = /(?:镇|乡|街道|村)$/u.test(before) && !/(?:镇|乡|街道|村)/u.test(said);
  if (isRoad || isTown) return before + said;
  if (detailIsEnough(said) || isAnotherStreet(before, said)) return said;
  const shared =
    Array.from(said, (_, index) => said.slice(0, said.length - index)).find((it) => it.length >= 2 && before.endsWith(it)) ?? '';
  return before + said.slice(shared.length);
}

/** A house in a street, and one in another: 阜通东大街6号院 and then 广顺南大街16号院 are two addresses, not one. */
function isAnotherStreet(before: string, said: string): boolean {
  const street = STREET_NUMBER.exec(said)?.[0];
  return street !== undefined && STREET_NUMBER.test(before) && !before.includes(street);
}

const STREET_NUMBER = /\p{Script=Han}(?:路|街|道|巷|胡同)\s*\d+\s*[号弄]/u;
