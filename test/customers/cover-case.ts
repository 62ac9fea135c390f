/** Products a customer may ask about, and whether they are covered: those of the demo by serial, others by day of purchase. */
import type { Register } from './manner.ts';
import type { Random } from './random.ts';
import { localDay } from './wish.ts';

export type CoverCase = {
  readonly appliance: string;
  /** Null: they can't find it. */
  readonly serial: string | null;
  readonly hasProof: boolean;
  readonly verdict: 'covered' | 'expired' | 'unknown';
  readonly boughtInWords: (register: Register) => string;
  /** For the report. */
  readonly words: string;
};

/** Of `prisma/seed/demo-data.ts`: months since the purchase. */
const DEMO = [
  { serial: 'DEMO2026IN0001', appliance: 'fridge', verdict: 'covered', months: 8 },
  { serial: 'DEMO2020EX0001', appliance: 'tv', verdict: 'expired', months: 75 },
  { serial: 'DEMO2026AC0002', appliance: 'air_conditioner', verdict: 'covered', months: 30 },
  { serial: 'DEMO2026WH0003', appliance: 'water_heater', verdict: 'covered', months: 14 },
  { serial: 'DEMO2026RV0004', appliance: 'robot_vacuum', verdict: 'covered', months: 11 },
  { serial: 'DEMO2025EX0006', appliance: 'range_hood', verdict: 'expired', months: 13 },
  { serial: 'DEMO2022EX0007', appliance: 'air_conditioner', verdict: 'expired', months: 44 },
  { serial: 'DEMO2026NR0008', appliance: 'washer', verdict: 'covered', months: 4 },
  { serial: 'DEMO0000XX0000', appliance: 'fridge', verdict: 'unknown', months: 20 },
] as const;

/** Whole-product cover in months, from the standard (S2-048). */
const TERMS = [
  ...['fridge', 'washer', 'tv', 'range_hood', 'dishwasher', 'microwave', 'gas_stove'].map((appliance) => ({ appliance, months: 12 })),
  ...['air_conditioner', 'water_heater'].map((appliance) => ({ appliance, months: 36 })),
];

const MONTH_DAYS = 30.44;
const DAY_MILLISECONDS = 86_400_000;

export function coverCaseOf(random: Random, now: number): CoverCase {
  if (random.chance(0.5)) {
    const { appliance, serial, verdict, months } = random.pick(DEMO);
    return { appliance, serial, verdict, hasProof: true, ...bought(random, now, months), words: serial };
  }
  const { appliance, months } = random.pick(TERMS);
  const covered = random.chance(0.5);
  // Not at the edge: there the day decides, and a simulated memory is no proof.
  const age = covered ? random.between(1, months - 2) : random.between(months + 2, months + 24);
  const verdict = covered ? 'covered' : 'expired';
  return {
    appliance,
    serial: null,
    verdict,
    hasProof: random.chance(0.75),
    ...bought(random, now, age),
    words: `${appliance}, ${age} of ${months} months`,
  };
}

function bought(random: Random, now: number, months: number): Pick<CoverCase, 'boughtInWords'> {
  const day = localDay(now - Math.round(months * MONTH_DAYS) * DAY_MILLISECONDS);
  const [year = '', month = '', date = ''] = day.split('-').map((it) => String(Number(it)));
  const form = random.between(0, 3);
  return {
    boughtInWords: (register) => {
      if (register === 'english') return new Intl.DateTimeFormat('en-GB', { dateStyle: 'long' }).format(new Date(`${day}T12:00:00Z`));
      return (
        [`${year}年${month}月${date}日`, `${year}年${month}月${date}号`, `${year}年${month}月`, `${year}-${day.slice(5)}`][form] ?? day
      );
    },
  };
}
