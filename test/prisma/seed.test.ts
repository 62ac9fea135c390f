import { describe, expect, test } from 'vitest';
import { DEFAULT_PRICE_LIST, DEFAULT_WARRANTY_TERMS } from '../../prisma/seed/default-terms.ts';
import { type DemoData, demoData } from '../../prisma/seed/demo-data.ts';
import { type EnquiryStore, enquiryAnswers, insertEnquiryAnswers } from '../../prisma/seed/enquiry-answers.ts';
import { insertDefaultTerms, type TermsStore } from '../../prisma/seed/insert-default-terms.ts';
import { insertDemo } from '../../prisma/seed/insert-demo.ts';
import type { SeedStore } from '../../prisma/seed/seed-store.ts';
import { APPLIANCES, PRODUCT_CLASSES } from '../../src/domain/appliance.ts';
import { productLayers } from '../../src/domain/cover.ts';
import type { EngineerCalendar, Taken } from '../../src/domain/engineer.ts';
import { type Identifier, identifierFrom } from '../../src/domain/identifier.ts';
import type { Instant } from '../../src/domain/instant.ts';
import { DEFAULT_POLICY } from '../../src/domain/policy.ts';
import { matchArea } from '../../src/domain/service-area.ts';
import { openWindows, pickEngineer, travelEndsAt } from '../../src/domain/visit-window.ts';
import { parsePhone } from '../../src/understanding/phone.ts';
import { at, SHANGHAI } from '../domain/moments.ts';

const policy = DEFAULT_POLICY;
const SEEDED = at('2026-11-20 20:00');

function ids(): () => Identifier {
  let made = 0;
  return () => identifierFrom(1_700_000_000_000 + made++, new Uint8Array(10));
}

function demoAt(now: Instant): DemoData {
  return demoData(now, SHANGHAI, ids());
}

/** The engineers who could repair an air conditioner in 朝阳区. */
function forAirConditionersIn朝阳(data: DemoData): EngineerCalendar[] {
  return data.engineers
    .filter((it) => it.city === '北京市' && it.districts.includes('朝阳区') && it.skills.includes('air_conditioner'))
    .map(({ id, name, phone, shifts }) => ({ id, name, phone, shifts, taken: [] }));
}

describe('the demo', () => {
  const data = demoAt(SEEDED);

  test('serves every district of three cities', () => {
    const districts = (city: string): number => data.areas.filter((it) => it.city === city).length;
    expect(['北京市', '上海市', '深圳市'].map(districts)).toEqual([16, 16, 9]);
    expect(data.areas).toHaveLength(41);
    expect(matchArea(data.areas, { province: '北京市', city: '北京市', district: '延庆区', detail: null }).kind).toBe('served');
  });

  test('has 12 engineers a city, at least 8 for each class of product, everywhere and every day', () => {
    expect(data.engineers).toHaveLength(36);
    for (const city of ['北京市', '上海市', '深圳市']) {
      const local = data.engineers.filter((it) => it.city === city);
      expect(local).toHaveLength(12);
      for (const productClass of PRODUCT_CLASSES)
        expect(local.filter((it) => it.skills.includes(productClass)).length).toBeGreaterThanOrEqual(8);
      for (const one of local) {
        expect(one.districts).toEqual(data.areas.filter((it) => it.city === city).map((it) => it.district));
        expect(one.shifts.map((it) => it.weekday)).toEqual([1, 2, 3, 4, 5, 6, 7]);
      }
    }
    expect(new Set(data.engineers.map((it) => it.name)).size).toBe(36);
    expect(new Set(data.engineers.map((it) => it.phone)).size).toBe(36);
  });

  test('gives engineers numbers that are valid in form', () => {
    for (const { phone } of data.engineers) expect(parsePhone(phone)).toBe(phone);
  });

  test('has two shops a city, in a served district', () => {
    expect(data.shops).toHaveLength(6);
    for (const { city, district, opens, closes } of data.shops) {
      expect(data.areas.some((it) => it.city === city && it.district === district)).toBe(true);
      expect(opens < closes).toBe(true);
    }
  });

  test('is the same for the same day, whenever it is seeded', () => {
    expect(demoAt(at('2026-11-20 00:01'))).toEqual(demoAt(at('2026-11-20 23:59')));
  });

  test.each(['2026-11-20 10:00', '2028-02-29 23:59', '2027-03-31 00:00', '2031-01-01 09:00'])(
    'its serials keep their promise, seeded at %s',
    (seeded) => {
      const now = at(seeded);
      const kinds = new Map(
        demoAt(now).products.map((it) => {
          const from = it.purchasedOn ?? it.producedOn;
          const [best] = productLayers({ ...it, from, terms: DEFAULT_WARRANTY_TERMS, policy, now, timeZone: SHANGHAI });
          return [it.serial as string, best?.holds === true ? 'covered' : 'expired'];
        }),
      );
      expect(kinds.get('DEMO2026IN0001')).toBe('covered');
      expect(kinds.get('DEMO2020EX0001')).toBe('expired');
      expect(kinds.has('DEMO0000XX0000')).toBe(false);
      for (const [serial, kind] of kinds) expect(kind).toBe(serial.includes('EX') ? 'expired' : 'covered');
      for (const serial of kinds.keys()) expect(serial).toMatch(/^(?=.*\d)(?=.*[A-Z])[A-Z0-9]{8,20}$/);
    },
  );
});

describe('capacity', () => {
  test.each(['2026-11-20 00:10', '2026-11-20 20:00'])(
    '200 open air-conditioner windows in 朝阳区 and room for 250 customers, seeded at %s',
    (seeded) => {
      const now = at(seeded);
      const engineers = forAirConditionersIn朝阳(demoAt(now));
      const open = openWindows({ policy, now, timeZone: SHANGHAI, engineers });
      expect(open.reduce((sum, it) => sum + it.engineers.length, 0)).toBeGreaterThanOrEqual(200);
      expect(greedilyBooked(engineers, now)).toBeGreaterThanOrEqual(250);
    },
  );
});

/** How many customers get the earliest free window, one after the other, at most 300. */
function greedilyBooked(engineers: readonly EngineerCalendar[], now: Instant): number {
  let calendars = engineers;
  for (let customer = 0; customer < 300; customer++) {
    const [window] = openWindows({ policy, now, timeZone: SHANGHAI, engineers: calendars });
    const picked = window && pickEngineer({ window, engineers: calendars, spread: String(customer), timeZone: SHANGHAI });
    if (!window || !picked) return customer;
    const taken: Taken = { from: window.from, to: travelEndsAt(window, policy) };
    calendars = calendars.map((it) => (it === picked ? { ...it, taken: [...it.taken, taken] } : it));
  }
  return 300;
}

describe('default terms', () => {
  test('S2-048 S2-049 every appliance but the unknown has one year or three', () => {
    for (const appliance of APPLIANCES) {
      expect(appliance === 'other' ? [undefined] : [12, 36]).toContain(DEFAULT_WARRANTY_TERMS.productMonths[appliance]);
    }
    expect(DEFAULT_WARRANTY_TERMS.productMonths.robot_vacuum).toBe(12);
  });

  test('S2-013 every class has a visit fee and lines, each line once and the right way round', () => {
    for (const productClass of PRODUCT_CLASSES) {
      expect(DEFAULT_PRICE_LIST.visitFeeYuan[productClass]).toBe(30);
      const lines = DEFAULT_PRICE_LIST.lines.filter((it) => it.productClass === productClass);
      expect(lines.map((it) => it.fault)).toContain('other');
      expect(new Set(lines.map((it) => it.fault)).size).toBe(lines.length);
      for (const { fromYuan, toYuan } of lines) expect(0 < fromYuan && fromYuan < toYuan).toBe(true);
    }
  });
});

describe('inserting', () => {
  const sealing = {
    sealPhone: scrambled,
    sealSerial: scrambled,
    indexSerial: scrambled,
  };

  test('the demo goes in once, whole, with nothing in the clear', async () => {
    const { store, rows } = memoryStore();
    const data = demoAt(SEEDED);
    expect(await insertDemo(store, data, sealing, new Date(SEEDED))).toBe('inserted');
    expect(await insertDemo(store, demoAt(SEEDED), sealing, new Date(SEEDED))).toBe('there-already');
    expect(rows('serviceArea')).toHaveLength(41);
    expect(rows('engineer')).toHaveLength(36);
    expect(rows('engineerShift')).toHaveLength(36 * 7);
    expect(rows('productUnit')).toHaveLength(data.products.length);
    const written = [...rows('engineer'), ...rows('productUnit')].map((it) => Object.values(it).map(String).join()).join();
    expect(written).toContain('李建国');
    expect(written).not.toContain('+86199');
    expect(written).not.toContain('DEMO2026IN0001');
  });

  test('default terms go in where there are none', async () => {
    const { store, rows } = memoryStore();
    await insertDefaultTerms(store, ids());
    await insertDefaultTerms(store, ids());
    expect(rows('policyVersion')).toMatchObject([
      { version: DEFAULT_WARRANTY_TERMS.version, terms: { productMonths: { tv: 12 }, repairDays: 90, anniversaryCovered: false } },
    ]);
    expect(rows('priceVersion')).toMatchObject([{ version: DEFAULT_PRICE_LIST.version, list: { visitFee: { tv: 30 } } }]);
  });
});

test('everyday answers go in where their key is missing, and what staff changed stays', async () => {
  const { store, rows } = memoryStore();
  await insertEnquiryAnswers(store, ids(), new Date(SEEDED));
  const all = enquiryAnswers();
  expect(rows('enquiryAnswer').map((it) => it['key'])).toEqual(all.map((it) => it.key));
  const [first, second] = rows('enquiryAnswer');
  if (first) first['zhCn'] = '改过的';
  rows('enquiryAnswer').splice(1, 1);
  await insertEnquiryAnswers(store, ids(), new Date(SEEDED));
  expect(rows('enquiryAnswer')).toHaveLength(all.length);
  expect(rows('enquiryAnswer')[0]).toMatchObject({ zhCn: '改过的' });
  expect(rows('enquiryAnswer').at(-1)).toMatchObject({ key: second?.['key'] });
});

function scrambled(plain: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(Buffer.from(plain).map((it) => it ^ 0x55));
}

/** The tables in memory; a row with a known `key` or `version` counts as a duplicate. */
function memoryStore() {
  const tables = new Map<string, Record<string, unknown>[]>();
  const rows = (name: string): Record<string, unknown>[] => tables.get(name) ?? [];
  function table<Row extends Record<string, unknown>>(name: string) {
    return {
      count: async () => rows(name).length,
      findMany: async () => rows(name) as { key: string }[],
      createMany: async ({ data }: { readonly data: readonly Row[] }) => {
        const known = new Set(rows(name).map((it) => it['key'] ?? it['version']));
        const fresh = data.filter((it) => (it['key'] ?? it['version']) === undefined || !known.has(it['key'] ?? it['version']));
        tables.set(name, [...rows(name), ...fresh]);
        return { count: fresh.length };
      },
    };
  }
  const seeded = {
    storeFact: table<{ key: string; value: { at: string } }>('storeFact'),
    serviceArea: table<{ province: string; city: string; district: string }>('serviceArea'),
    servicePoint: table<never>('servicePoint'),
    engineer: table<never>('engineer'),
    engineerSkill: table<never>('engineerSkill'),
    engineerArea: table<never>('engineerArea'),
    engineerShift: table<never>('engineerShift'),
    productUnit: table<never>('productUnit'),
  };
  const store = {
    ...seeded,
    enquiryAnswer: table<never>('enquiryAnswer'),
    policyVersion: table<never>('policyVersion'),
    priceVersion: table<never>('priceVersion'),
    $transaction: async <Result>(work: (tables: typeof seeded) => Promise<Result>): Promise<Result> => work(seeded),
  };
  return { store: store as unknown as SeedStore & TermsStore & EnquiryStore, rows };
}
