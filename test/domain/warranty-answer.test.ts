import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DEFAULT_PRICE_LIST, DEFAULT_WARRANTY_TERMS } from '../../prisma/seed/default-terms.ts';
import type { Appliance, Fault } from '../../src/domain/appliance.ts';
import { addDays } from '../../src/domain/business-calendar.ts';
import type { LocalDay } from '../../src/domain/instant.ts';
import { DEFAULT_POLICY } from '../../src/domain/policy.ts';
import type { Recall } from '../../src/domain/recall.ts';
import type { PriorRepair } from '../../src/domain/terms.ts';
import type { WarrantyAnswer } from '../../src/domain/warranty.ts';
import { type WarrantyAsked, warrantyAnswer } from '../../src/domain/warranty-answer.ts';
import { id } from './engineers.ts';
import { at, day, SHANGHAI } from './moments.ts';

const TODAY = '2026-11-20';
const NOW = at(`${TODAY} 10:00`);

type Said = {
  readonly bought?: string | null;
  readonly made?: string | null;
  readonly brand?: string | null;
  readonly said?: string | null;
  readonly proof?: boolean | null;
  readonly dateLost?: boolean;
  readonly faults?: readonly Fault[] | null;
  readonly priorRepairs?: readonly PriorRepair[];
  readonly now?: string;
  readonly anniversaryCovered?: boolean;
  readonly model?: string;
  readonly recalls?: readonly Recall[];
};

function asked(appliance: Appliance, it: Said): WarrantyAsked {
  const dayOrNull = (text: string | null | undefined): LocalDay | null => (text == null ? null : day(text));
  return {
    product: {
      appliance,
      brand: it.brand ?? null,
      model: it.model ?? null,
      purchasedOn: dayOrNull(it.bought),
      producedOn: dayOrNull(it.made),
    },
    told: { purchasedOn: it.said ?? null, hasProof: it.proof ?? null },
    dateLost: it.dateLost ?? false,
    faults: it.faults ?? null,
    priorRepairs: it.priorRepairs ?? [],
    terms: DEFAULT_WARRANTY_TERMS,
    prices: DEFAULT_PRICE_LIST,
    policy: { warranty: { ...DEFAULT_POLICY.warranty, anniversaryCovered: it.anniversaryCovered ?? false }, recalls: it.recalls ?? [] },
    now: it.now === undefined ? NOW : at(it.now),
    timeZone: SHANGHAI,
  };
}

/** `record 2026-03-18 covered 2027-03-17`, or what is wanting. */
function told(appliance: Appliance, said: Said): string {
  return inShort(warrantyAnswer(asked(appliance, said)));
}

function inShort(answer: WarrantyAnswer): string {
  switch (answer.kind) {
    case 'unknown-product':
      return `unknown ${answer.why}`;
    case 'recalled':
      return `recalled ${answer.code}${answer.stopUse ? ' stop' : ''}`;
    case 'needs':
      return `needs ${answer.what}`;
    case 'undated':
      return `undated ${answer.months}`;
    case 'answer': {
      const [best] = answer.layers;
      return `${answer.countedFrom} ${answer.since} ${best?.holds ? 'covered' : 'expired'} ${best?.lastDay}`;
    }
  }
}

describe('S0-018 called back by its maker', () => {
  const recall = {
    code: 'ZH-7',
    appliance: 'dryer',
    models: ['GDZ-9'],
    producedFrom: '2026-01-01',
    producedTo: '2026-03-31',
    stopUse: false,
  } as const;
  const grave = { ...recall, code: 'ZH-8', stopUse: true };

  test.each<readonly [string, Said, string]>([
    ['whatever the warranty says', { model: 'GDZ-9', bought: '2020-01-01' }, 'recalled ZH-7'],
    ['in small letters', { model: 'gdz-9' }, 'recalled ZH-7'],
    ['made within the days', { model: 'GDZ-9', made: '2026-03-31' }, 'recalled ZH-7'],
    ['made a day later', { model: 'GDZ-9', made: '2026-04-01' }, 'production 2026-04-01 covered 2027-03-31'],
    ['another model', { model: 'GDZ-90' }, 'needs date'],
    ['no model known', {}, 'needs date'],
    ['the gravest of two notices', { model: 'GDZ-9', recalls: [recall, grave] }, 'recalled ZH-8 stop'],
  ])('%s', (_, said, answer) => {
    expect(told('dryer', { recalls: [recall], ...said })).toBe(answer);
    expect(told('washer', { recalls: [recall], ...said }).startsWith('recalled')).toBe(false);
  });
});

describe('from when it counts', () => {
  test.each<readonly [string, Said, string]>([
    ['S2-047 the purchase on record', { bought: '2026-03-18' }, 'record 2026-03-18 covered 2027-03-17'],
    [
      'S2-047 the record, when the customer says the same month',
      { bought: '2026-03-18', said: '2026-03' },
      'record 2026-03-18 covered 2027-03-17',
    ],
    ['S2-047 another day than on record wants proof', { bought: '2025-03-18', said: '2026-01-05' }, 'needs proof'],
    [
      'S2-047 with proof the invoice beats the record',
      { bought: '2025-03-18', said: '2026-01-05', proof: true },
      'proof 2026-01-05 covered 2027-01-04',
    ],
    [
      'S2-047 without proof the record stands',
      { bought: '2025-03-18', said: '2026-01-05', proof: false },
      'record 2025-03-18 expired 2026-03-17',
    ],
    [
      'S2-047 no purchase on record: the day it was made, while that covers',
      { made: '2026-03-18' },
      'production 2026-03-18 covered 2027-03-17',
    ],
    ['S2-047 made too long ago: proof may help', { made: '2025-03-18' }, 'needs proof'],
    ['S2-047 no proof: the day it was made', { made: '2025-03-18', proof: false }, 'production 2025-03-18 expired 2026-03-17'],
    [
      'S2-047 no proof but a day that is told: the day it was made',
      { made: '2025-03-18', said: '2026-01-05', proof: false },
      'production 2025-03-18 expired 2026-03-17',
    ],
    ['with proof the day is asked', { made: '2025-03-18', proof: true }, 'needs date'],
    [
      'with proof and a day it counts from that day',
      { made: '2025-03-18', proof: true, said: '2026-01-05' },
      'proof 2026-01-05 covered 2027-01-04',
    ],
    [
      'with proof, but nobody knows the day',
      { made: '2025-03-18', proof: true, dateLost: true },
      'production 2025-03-18 expired 2026-03-17',
    ],
    ['only named: the day is asked', {}, 'needs date'],
    ['only named, with a day: proof is asked', { said: '2026-03-18' }, 'needs proof'],
    ['only named, with proof', { said: '2026-03-18', proof: true }, 'proof 2026-03-18 covered 2027-03-17'],
    ['only named, without proof: their word, flagged', { said: '2026-03-18', proof: false }, 'word 2026-03-18 covered 2027-03-17'],
    ['nobody knows the day', { dateLost: true }, 'undated 12'],
  ])('%s', (_, said, expected) => expect(told('fridge', said)).toBe(expected));

  test('S2-050 a product without terms, or bought on a day to come, is a person’s', () => {
    expect(told('other', {})).toBe('unknown no-terms');
    expect(told('other', { bought: '2026-03-18' })).toBe('unknown no-terms');
    expect(told('fridge', { bought: '2026-11-21' })).toBe('unknown no-terms');
  });
});

describe('how long', () => {
  test.each<readonly [Appliance, string, string]>([
    ['fridge', '2025-11-21', 'covered 2026-11-20'],
    ['fridge', '2025-11-20', 'expired 2026-11-19'],
    ['air_conditioner', '2023-11-21', 'covered 2026-11-20'],
    ['air_conditioner', '2023-11-20', 'expired 2026-11-19'],
    ['robot_vacuum', '2025-11-21', 'covered 2026-11-20'],
    ['robot_vacuum', '2025-11-20', 'expired 2026-11-19'],
    ['tv', '2024-02-29', 'expired 2025-02-28'],
    ['air_conditioner', '2024-02-29', 'covered 2027-02-28'],
    ['tv', '2026-01-31', 'covered 2027-01-30'],
    ['tv', '2026-03-01', 'covered 2027-02-28'],
  ])('S2-048 S2-049 a %s bought on %s: %s', (appliance, bought, expected) =>
    expect(told(appliance, { bought })).toBe(`record ${bought} ${expected}`),
  );

  test('S2-048 the last day is covered to its end in Shanghai, the next minute is not', () => {
    expect(told('tv', { bought: '2025-11-21', now: '2026-11-20 23:59' })).toContain('covered');
    expect(told('tv', { bought: '2025-11-21', now: '2026-11-21 00:00' })).toContain('expired');
  });

  test('whether the anniversary counts is policy', () => {
    expect(told('tv', { bought: '2025-11-20', anniversaryCovered: true })).toBe('record 2025-11-20 covered 2026-11-20');
    expect(told('tv', { bought: '2025-11-20' })).toBe('record 2025-11-20 expired 2026-11-19');
  });
});

describe('only the month is known', () => {
  test.each<readonly [string, string]>([
    ['2026-03', 'word 2026-03 covered 2027-02-28'],
    ['2025-12', 'word 2025-12 covered 2026-11-30'],
    ['2025-11', 'needs day'],
    ['2025-10', 'word 2025-10 expired 2026-10-30'],
    ['2026-11', 'word 2026-11 covered 2027-10-31'],
  ])('a fridge of %s: %s', (said, expected) => expect(told('fridge', { said, proof: false })).toBe(expected));

  test('the day is asked before the proof', () => {
    expect(told('fridge', { said: '2025-11' })).toBe('needs day');
    expect(told('fridge', { said: '2025-11-18' })).toBe('needs proof');
    expect(told('fridge', { said: '2025-11', dateLost: true })).toBe('needs proof');
  });

  test('who does not know the day is not asked for ever', () => {
    expect(told('fridge', { said: '2025-11', proof: false, dateLost: true })).toBe('undated 12');
  });

  test('a month says what every one of its days says, or wants the day', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1_500 }), fc.constantFrom<Appliance>('tv', 'air_conditioner'), (ago, appliance) => {
        const month = addDays(day(TODAY), -ago).slice(0, 7);
        const days = Array.from({ length: 31 }, (_, index) => `${month}-${String(index + 1).padStart(2, '0')}`)
          .filter((it) => new Date(it).toISOString().startsWith(it) && it <= TODAY)
          .map((it) => warrantyAnswer(asked(appliance, { said: it, proof: true })));
        const holding = new Set(days.map((it) => it.kind === 'answer' && it.layers[0]?.holds));
        const answer = warrantyAnswer(asked(appliance, { said: month, proof: true }));
        if (holding.size > 1) expect(answer).toMatchObject({ kind: 'needs', what: 'day' });
        else expect(answer.kind === 'answer' && answer.layers[0]?.holds).toBe([...holding][0]);
        // What is promised until a day holds for every purchase of the month.
        if (answer.kind === 'answer' && answer.layers[0]?.holds)
          for (const it of days)
            expect(it.kind === 'answer' && (it.layers[0]?.lastDay ?? '') >= (answer.layers[0]?.lastDay ?? '')).toBe(true);
      }),
      { numRuns: 150 },
    );
  });
});

describe('two layers and the repair warranty', () => {
  test('S4-050 ours and the maker’s are both named, the better one first', () => {
    const answer = warrantyAnswer(asked('air_conditioner', { bought: '2022-05-02', brand: '格力' }));
    expect(answer).toMatchObject({
      layers: [
        { kind: 'maker', months: 72, lastDay: '2028-05-01', holds: true },
        { kind: 'product', months: 36, lastDay: '2025-05-01', holds: false },
      ],
    });
  });

  const prior = (completed: string, faults: readonly Fault[] = ['not_cooling']): PriorRepair => ({
    ticketId: id(1),
    ticketNumber: 'BX-20260801-0001',
    appliance: 'fridge',
    faults,
    completedAt: at(completed),
    engineerName: '李建国',
  });
  const repairOf = (said: Said) => {
    const answer = warrantyAnswer(asked('fridge', { bought: '2020-01-01', ...said }));
    return answer.kind === 'answer' ? answer.repair : null;
  };

  test('S2-011 S2-012 the same fault is free to the 90th day and no longer', () => {
    const told90 = { faults: ['not_cooling'], priorRepairs: [prior('2026-08-22 15:00')] } as const;
    expect(repairOf({ ...told90, now: '2026-11-20 23:59' })).toMatchObject({ lastDay: '2026-11-20', same: true });
    expect(repairOf({ ...told90, now: '2026-11-21 00:00' })).toBeNull();
  });

  test('S2-012 without a word of a fault the repair is mentioned; another fault has nothing of it', () => {
    expect(repairOf({ priorRepairs: [prior('2026-11-01 15:00')] })).toMatchObject({ same: false, lastDay: '2027-01-30' });
    expect(repairOf({ faults: ['noisy'], priorRepairs: [prior('2026-11-01 15:00')] })).toBeNull();
    expect(repairOf({ faults: [], priorRepairs: [prior('2026-11-01 15:00')] })).toBeNull();
  });

  test('S2-013 the answer names the visit fee and the range of the fault', () => {
    expect(warrantyAnswer(asked('fridge', { bought: '2020-01-01', faults: ['not_cooling'] }))).toMatchObject({
      visitFeeYuan: 30,
      rangeYuan: { fromYuan: 150, toYuan: 680 },
      priceVersion: DEFAULT_PRICE_LIST.version,
    });
  });
});
