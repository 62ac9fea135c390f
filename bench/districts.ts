/** Districts with three engineers each, so that thousands of bookings find windows as they would in a country, not in one town. */
import { areaList } from '@vant/area-data';
import { insertDemo } from '../prisma/seed/insert-demo.ts';
import type { Core } from '../src/core.ts';
import type { PhoneNumber } from '../src/domain/contact.ts';
import { SEALED } from '../src/store/purposes.ts';

export type District = { readonly province: string; readonly city: string; readonly district: string };

const DISTRICTS = 2_000;
const ENGINEERS_EACH = 3;
const ENGINEERS_AT_ONCE = 1_000;
const DAY_SHIFT = { fromMinutes: 8 * 60, toMinutes: 20 * 60 };

/** What stands for the city of a county that has none: 省直辖县, 自治区直辖县级行政区划, and 县 in Chongqing. Nobody says it. */
const NO_CITY = /直辖|^县$/;

const NAMES: readonly District[] = Object.entries(areaList.county_list)
  .map(([code, district]) => {
    const province = areaList.province_list[`${code.slice(0, 2)}0000`] ?? '';
    return { province, city: areaList.city_list[`${code.slice(0, 4)}00`] ?? province, district };
  })
  .filter(({ city }) => !NO_CITY.test(city))
  .slice(0, DISTRICTS);

export function districtOf(customer: number): District {
  const district = NAMES[customer % NAMES.length];
  if (district === undefined) throw new Error('no districts');
  return district;
}

export function phoneOf(customer: number): string {
  return `138${String(10_000_000 + customer)}`;
}

/** Does nothing where it was done before. */
export async function seedDistricts({ store, makeIdentifier, now }: Core): Promise<void> {
  const engineers = NAMES.flatMap(({ city, district }, index) =>
    Array.from({ length: ENGINEERS_EACH }, (_, place) => ({
      id: makeIdentifier(),
      name: `师傅${index * ENGINEERS_EACH + place}`,
      phone: `+86199${String(10_000_000 + index * ENGINEERS_EACH + place)}` as PhoneNumber,
      city,
      skills: ['air_conditioner'] as const,
      districts: [district],
      shifts: [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, ...DAY_SHIFT })),
    })),
  );
  const sealing = {
    sealPhone: (phone: string) => new Uint8Array(store.seal.seal(SEALED.engineerPhone, phone)),
    sealSerial: () => new Uint8Array(),
    indexSerial: () => new Uint8Array(),
  };
  // The store takes its demo once; so many engineers are more than one transaction has time for.
  for (let from = 0; from < engineers.length; from += ENGINEERS_AT_ONCE) {
    await store.pool.query("delete from store_fact where key = 'demo-data'");
    const some = engineers.slice(from, from + ENGINEERS_AT_ONCE);
    await insertDemo(store.prisma, { areas: from === 0 ? NAMES : [], engineers: some, shops: [], products: [] }, sealing, new Date(now()));
  }
}
