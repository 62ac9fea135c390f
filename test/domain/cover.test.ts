import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DEFAULT_PRICE_LIST, DEFAULT_WARRANTY_TERMS } from '../../prisma/seed/default-terms.ts';
import type { Appliance, Fault } from '../../src/domain/appliance.ts';
import { addDays, localDayOf } from '../../src/domain/business-calendar.ts';
import { coverFor, NOTHING_TOLD, productLayers, repairWarrantyFor, type ToldOfPurchase } from '../../src/domain/cover.ts';
import { DAY, type Instant, instantOf } from '../../src/domain/instant.ts';
import { DEFAULT_POLICY } from '../../src/domain/policy.ts';
import { repairRangeYuan, visitFeeYuan } from '../../src/domain/price-list.ts';
import type { Cover, PriorRepair, ProductOnRecord } from '../../src/domain/terms.ts';
import { id } from './engineers.ts';
import { at, day, SHANGHAI } from './moments.ts';

const policy = DEFAULT_POLICY;
const anniversaryIn = { warranty: { ...policy.warranty, anniversaryCovered: true } };
const NOW = at('2026-11-20 10:00');

function prior(completed: string, faults: readonly Fault[] = ['not_cooling'], appliance: Appliance = 'air_conditioner'): PriorRepair {
  return { ticketId: id(1), ticketNumber: 'BX-20260801-0001', appliance, faults, completedAt: at(completed), engineerName: '李建国' };
}

function owned(appliance: Appliance, purchasedOn: string | null, producedOn: string | null = null, brand = '海尔'): ProductOnRecord {
  const dayOrNull = (text: string | null) => (text === null ? null : day(text));
  return { appliance, brand, model: 'X1', purchasedOn: dayOrNull(purchasedOn), producedOn: dayOrNull(producedOn) };
}

function repairWarranty(priorRepairs: readonly PriorRepair[], now: Instant, faults: readonly Fault[] = ['not_cooling']): string | null {
  return repairWarrantyFor({ appliance: 'air_conditioner', faults, priorRepairs, policy, now, timeZone: SHANGHAI })?.lastDay ?? null;
}

function layersOf(appliance: Appliance, from: string, rules: Pick<typeof policy, 'warranty'> = policy, brand: string | null = null) {
  const asked = { terms: DEFAULT_WARRANTY_TERMS, policy: rules, now: NOW, timeZone: SHANGHAI };
  return productLayers({ appliance, brand, from: day(from), ...asked });
}

function lastDay(appliance: Appliance, from: string, rules: Pick<typeof policy, 'warranty'> = policy): string {
  const [layer] = layersOf(appliance, from, rules);
  return layer === undefined ? 'no-terms' : `${layer.holds ? 'covered' : 'expired'} ${layer.lastDay}`;
}

function cover(
  appliance: Appliance,
  faults: readonly Fault[],
  products: readonly ProductOnRecord[],
  priorRepairs: readonly PriorRepair[] = [],
  told: Partial<ToldOfPurchase> = {},
  { model = null, recalls = [] }: { readonly model?: string | null; readonly recalls?: typeof policy.recalls } = {},
): Cover {
  const known = { terms: DEFAULT_WARRANTY_TERMS, prices: DEFAULT_PRICE_LIST, policy: { ...policy, recalls }, now: NOW, timeZone: SHANGHAI };
  return coverFor({ appliance, faults, model, record: { products, priorRepairs }, told: { ...NOTHING_TOLD, ...told }, ...known });
}

describe('repair warranty', () => {
  test('S2-011 day 90 is covered, day 91 is not', () => {
    const done = [prior('2026-08-22 15:00')];
    expect(repairWarranty(done, at('2026-11-20 10:00'))).toBe('2026-11-20');
    expect(repairWarranty(done, at('2026-11-21 10:00'))).toBeNull();
  });

  test('S2-011 days are those of Shanghai: finished at 23:59 or at 00:00 makes a day', () => {
    expect(repairWarranty([prior('2026-08-21 23:59')], at('2026-11-20 00:00'))).toBeNull();
    expect(repairWarranty([prior('2026-08-22 00:00')], at('2026-11-20 23:59'))).toBe('2026-11-20');
    expect(repairWarranty([prior('2026-08-22 00:00')], at('2026-11-21 00:00'))).toBeNull();
  });

  test('S2-011 covered exactly while at most 90 local days have passed', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 200 * 1_440 }), (minutes) => {
        const done = prior('2026-05-01 00:00');
        const now = instantOf(done.completedAt + minutes * 60_000);
        expect(repairWarranty([done], now) !== null).toBe(Math.floor((now - done.completedAt) / DAY) <= 90);
      }),
      { numRuns: 100 },
    );
  });

  test('S2-012 the same fault of the same appliance matches, another does not', () => {
    const done = [prior('2026-11-01 15:00', ['noisy', 'leaking'])];
    expect(repairWarranty(done, NOW, ['leaking', 'smell'])).toBe('2027-01-30');
    expect(repairWarranty(done, NOW, ['not_cooling'])).toBeNull();
    expect(repairWarranty([prior('2026-11-01 15:00', ['not_cooling'], 'fridge')], NOW)).toBeNull();
  });

  test('S2-012 a fault known only in words is no match', () => {
    expect(repairWarranty([prior('2026-11-01 15:00', ['other'])], NOW, ['other'])).toBeNull();
    expect(repairWarranty([prior('2026-11-01 15:00', [])], NOW, [])).toBeNull();
  });

  test('S2-012 of several repairs the latest holds', () => {
    expect(repairWarranty([prior('2026-10-01 15:00'), prior('2026-11-12 15:00'), prior('2026-09-01 15:00')], NOW)).toBe('2027-02-10');
  });
});

describe('product cover', () => {
  test.each([
    ['fridge', '2026-03-18', 'covered 2027-03-17'],
    ['tv', '2025-06-01', 'expired 2026-05-31'],
    ['tv', '2025-11-21', 'covered 2026-11-20'],
    ['tv', '2025-11-20', 'expired 2026-11-19'],
    ['air_conditioner', '2023-11-21', 'covered 2026-11-20'],
    ['air_conditioner', '2023-11-20', 'expired 2026-11-19'],
  ] as const)('S2-048 a %s bought on %s: %s', (appliance, bought, expected) => {
    expect(lastDay(appliance, bought)).toBe(expected);
  });

  test('S2-048 leap day and month end', () => {
    expect(lastDay('tv', '2024-02-29')).toBe('expired 2025-02-28');
    expect(lastDay('air_conditioner', '2024-02-29')).toBe('covered 2027-02-28');
    expect(lastDay('tv', '2024-02-29', anniversaryIn)).toBe('expired 2025-02-28');
    expect(lastDay('air_conditioner', '2025-02-28')).toBe('covered 2028-02-27');
    expect(lastDay('tv', '2026-01-31')).toBe('covered 2027-01-30');
    expect(lastDay('tv', '2026-03-01')).toBe('covered 2027-02-28');
  });

  test('S2-048 the policy may count the anniversary in', () => {
    expect(lastDay('tv', '2025-11-20', anniversaryIn)).toBe('covered 2026-11-20');
    expect(lastDay('tv', '2025-11-19', anniversaryIn)).toBe('expired 2026-11-19');
  });

  test('S2-049 smart-home products have one year', () => {
    expect(lastDay('robot_vacuum', '2026-01-10')).toBe('covered 2027-01-09');
  });

  test('S2-050 a product without terms is never guessed at', () => {
    expect(lastDay('other', '2026-10-01')).toBe('no-terms');
    expect(cover('other', ['no_power'], [owned('other', '2026-10-01')]).kind).toBe('unknown');
  });

  test('a purchase yet to come is a mistake on record', () => {
    expect(lastDay('tv', '2026-11-21')).toBe('no-terms');
  });

  test('S2-047 the last day moves with the day of purchase, is covered itself, and the day after it is out', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 3_000 }), fc.constantFrom<Appliance>('tv', 'air_conditioner'), (ago, appliance) => {
        const bought = addDays(localDayOf(NOW, SHANGHAI), -ago);
        const asked = { appliance, brand: null, terms: DEFAULT_WARRANTY_TERMS, policy, timeZone: SHANGHAI };
        const at23 = (date: string): Instant => at(`${date} 23:59`);
        const [one] = productLayers({ ...asked, from: bought, now: NOW });
        if (one === undefined) throw new Error('it has terms');
        expect(productLayers({ ...asked, from: bought, now: at23(one.lastDay) })[0]?.holds).toBe(true);
        expect(productLayers({ ...asked, from: bought, now: at(`${addDays(one.lastDay, 1)} 00:00`) })[0]?.holds).toBe(false);
        const later = addDays(bought, 1);
        const [next] = productLayers({ ...asked, from: later, now: at23(later) });
        expect(next !== undefined && next.lastDay >= one.lastDay).toBe(true);
      }),
      { numRuns: 100 },
    );
  });
});

describe('two layers', () => {
  const kinds = (from: string, brand: string | null) =>
    layersOf('air_conditioner', from, policy, brand).map((it) => `${it.kind} ${it.lastDay} ${it.holds}`);

  test('S4-050 the maker’s months run beside ours, the longer first; another maker has none', () => {
    expect(kinds('2022-05-02', '格力')).toEqual(['maker 2028-05-01 true', 'product 2025-05-01 false']);
    expect(kinds('2022-05-02', '美的')).toEqual(['product 2025-05-01 false']);
    expect(kinds('2022-05-02', null)).toEqual(['product 2025-05-01 false']);
    expect(kinds('2019-05-02', '格力')).toEqual(['maker 2025-05-01 false', 'product 2022-05-01 false']);
  });

  test('S4-050 the better one wins: what holds with one layer holds with two, and never ends sooner', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 4_000 }),
        fc.option(fc.integer({ min: 1, max: 120 })),
        fc.option(fc.integer({ min: 1, max: 120 })),
        (ago, ours, makers) => {
          const terms = {
            ...DEFAULT_WARRANTY_TERMS,
            productMonths: ours === null ? {} : { tv: ours },
            makerMonths: makers === null ? {} : { 海信: { tv: makers } },
          };
          const from = addDays(localDayOf(NOW, SHANGHAI), -ago);
          const layers = productLayers({ appliance: 'tv', brand: '海信', from, terms, policy, now: NOW, timeZone: SHANGHAI });
          expect(layers).toHaveLength([ours, makers].filter((it) => it !== null).length);
          const [best] = layers;
          for (const it of layers) expect(best !== undefined && best.lastDay >= it.lastDay && (best.holds || !it.holds)).toBe(true);
        },
      ),
      { numRuns: 200 },
    );
  });
});

describe('what a visit costs', () => {
  test('S2-012 a repair warranty beats an expired product cover', () => {
    const both = cover('air_conditioner', ['not_cooling'], [owned('air_conditioner', '2020-01-01')], [prior('2026-11-12 15:00')]);
    expect(both).toMatchObject({ kind: 'repair-warranty', lastDay: '2027-02-10' });
  });

  test('S2-051 in cover: free, with the terms that say so', () => {
    expect(cover('fridge', ['not_cooling'], [owned('fridge', '2026-03-18')])).toEqual({
      kind: 'product-cover',
      purchasedOn: '2026-03-18',
      lastDay: '2027-03-17',
      termsVersion: DEFAULT_WARRANTY_TERMS.version,
    });
  });

  test('S2-013 out of cover: the visit fee of the price list', () => {
    expect(cover('tv', ['display'], [owned('tv', '2020-01-01')])).toMatchObject({
      kind: 'expired',
      visitFeeYuan: 30,
      lastDay: '2020-12-31',
    });
  });

  test('nothing on record, or another appliance: unknown, with the fee', () => {
    expect(cover('tv', ['display'], [owned('fridge', '2026-03-18')])).toEqual({
      kind: 'unknown',
      visitFeeYuan: 30,
      priceVersion: DEFAULT_PRICE_LIST.version,
    });
  });

  test('two units: promised only what holds for both', () => {
    const [older, newer, old] = [owned('tv', '2026-01-10'), owned('tv', '2026-05-01'), owned('tv', '2020-01-01')];
    expect(cover('tv', ['display'], [newer, older])).toMatchObject({ kind: 'product-cover', lastDay: '2027-01-09' });
    expect(cover('tv', ['display'], [newer, old]).kind).toBe('unknown');
  });

  test('S2-047 without a day of purchase it counts from the day it was made; without either nobody can tell', () => {
    expect(cover('tv', ['display'], [owned('tv', null, '2026-03-18')])).toMatchObject({
      kind: 'product-cover',
      purchasedOn: null,
      lastDay: '2027-03-17',
    });
    expect(cover('tv', ['display'], [owned('tv', null, '2020-03-18')])).toMatchObject({ kind: 'expired', purchasedOn: null });
    expect(cover('tv', ['display'], [owned('tv', null)]).kind).toBe('unknown');
    expect(cover('tv', ['display'], [owned('tv', '2026-03-18'), owned('tv', null)]).kind).toBe('unknown');
  });

  test('S4-050 the maker’s layer covers where ours has ended', () => {
    expect(cover('air_conditioner', ['noisy'], [owned('air_conditioner', '2022-05-02', null, '格力')])).toMatchObject({
      kind: 'product-cover',
      lastDay: '2028-05-01',
    });
  });

  test('the day that is told picks the unit; with proof a purchase nobody has on record counts, without it none', () => {
    const two = [owned('fridge', '2026-03-18'), owned('fridge', '2020-03-18')];
    expect(cover('fridge', ['noisy'], two).kind).toBe('unknown');
    expect(cover('fridge', ['noisy'], two, [], { purchasedOn: '2026-03-18' })).toMatchObject({
      kind: 'product-cover',
      lastDay: '2027-03-17',
    });
    expect(cover('fridge', ['noisy'], two, [], { purchasedOn: '2020-03' }).kind).toBe('expired');
    expect(cover('fridge', ['noisy'], [], [], { purchasedOn: '2026-03', hasProof: true })).toMatchObject({
      kind: 'product-cover',
      purchasedOn: '2026-03',
      lastDay: '2027-02-28',
    });
    const proved = { hasProof: true } as const;
    expect(cover('fridge', ['noisy'], [], [], { ...proved, purchasedOn: '2025-10' })).toMatchObject({
      kind: 'expired',
      lastDay: '2026-10-30',
    });
    expect(cover('fridge', ['noisy'], [], [], { ...proved, purchasedOn: '2025-11' }).kind).toBe('unknown');
    expect(cover('fridge', ['noisy'], [], [], { ...proved, purchasedOn: '2026-11' })).toMatchObject({ lastDay: '2027-10-31' });
    expect(cover('fridge', ['noisy'], [], [], { purchasedOn: '2026-03', hasProof: false }).kind).toBe('unknown');
    expect(cover('fridge', ['noisy'], [], [], { purchasedOn: '2026-03' }).kind).toBe('unknown');
  });

  test.each(['misuse', 'self-dismantled', 'third-party-repair'] as const)(
    'S2-052 %s takes a fault out of product cover, at the visit fee; not out of a repair warranty, and nothing out of what has ended',
    (exclusion) => {
      expect(cover('fridge', ['noisy'], [owned('fridge', '2026-03-18')], [], { exclusion })).toEqual({
        kind: 'excluded',
        exclusion,
        visitFeeYuan: 30,
        priceVersion: DEFAULT_PRICE_LIST.version,
      });
      expect(cover('fridge', ['noisy'], [owned('fridge', '2020-03-18')], [], { exclusion }).kind).toBe('expired');
      const repaired = [prior('2026-11-01 15:00', ['noisy'], 'fridge')];
      expect(cover('fridge', ['noisy'], [owned('fridge', '2026-03-18')], repaired, { exclusion }).kind).toBe('repair-warranty');
      expect(cover('fridge', ['noisy'], [owned('fridge', '2026-03-18')], [], { exclusion: 'none' }).kind).toBe('product-cover');
    },
  );

  test('S0-018 a recall makes the visit free, by the model that is told or the one on record', () => {
    const recalls = [{ code: 'ZH-7', appliance: 'fridge' as const, models: ['X1'], producedFrom: null, producedTo: null, stopUse: true }];
    const free = { kind: 'recall', code: 'ZH-7' };
    expect(cover('fridge', ['noisy'], [], [], {}, { recalls, model: 'x1' })).toEqual(free);
    expect(cover('fridge', ['noisy'], [owned('fridge', '2020-03-18')], [], {}, { recalls })).toEqual(free);
    expect(cover('fridge', ['noisy'], [owned('fridge', '2020-03-18')], [], {}, { recalls, model: 'X2' }).kind).toBe('expired');
    expect(cover('tv', ['noisy'], [owned('tv', '2020-03-18')], [], {}, { recalls }).kind).toBe('expired');
  });

  test('S2-013 the range of a repair is named from the list', () => {
    expect(repairRangeYuan(DEFAULT_PRICE_LIST, 'fridge', ['not_cooling'])).toEqual({ fromYuan: 150, toYuan: 680 });
    expect(repairRangeYuan(DEFAULT_PRICE_LIST, 'fridge', [])).toEqual({ fromYuan: 40, toYuan: 680 });
    expect(repairRangeYuan({ ...DEFAULT_PRICE_LIST, lines: [] }, 'fridge', ['not_cooling'])).toBeNull();
    expect(visitFeeYuan(DEFAULT_PRICE_LIST, 'small', 'store')).toBe(0);
    expect(visitFeeYuan(DEFAULT_PRICE_LIST, 'small', 'on-site')).toBe(30);
  });
});
