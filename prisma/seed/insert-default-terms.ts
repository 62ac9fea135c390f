/** Puts the default price list and warranty terms in a store that has none: a desk without demo data needs them too. */
import type { MakeIdentifier } from '../../src/domain/identifier.ts';
import { DEFAULT_POLICY } from '../../src/domain/policy.ts';
import { DEFAULT_PRICE_LIST, DEFAULT_WARRANTY_TERMS } from './default-terms.ts';
import { type DateColumn, dateColumn, type Table } from './seed-store.ts';

/** The versions of one kind. `version` is unique. */
type Versions<Row> = Table<Row> & { readonly count: () => PromiseLike<number> };

export type TermsStore = {
  readonly policyVersion: Versions<{
    id: string;
    version: string;
    effectiveFrom: DateColumn;
    terms: {
      productMonths: Record<string, number>;
      makerMonths: Record<string, Record<string, number>>;
      repairDays: number;
      anniversaryCovered: boolean;
    };
  }>;
  readonly priceVersion: Versions<{
    id: string;
    version: string;
    effectiveFrom: DateColumn;
    list: { visitFee: Record<string, number>; lines: { productClass: string; fault: string; fromYuan: number; toYuan: number }[] };
  }>;
};

/** The warranty rules of the policy in force go into the version, so that an answer can name them later. */
export async function insertDefaultTerms(
  store: TermsStore,
  makeId: MakeIdentifier,
  warranty: typeof DEFAULT_POLICY.warranty = DEFAULT_POLICY.warranty,
): Promise<void> {
  if ((await store.policyVersion.count()) === 0) {
    const { version, effectiveFrom, productMonths, makerMonths } = DEFAULT_WARRANTY_TERMS;
    const terms = {
      productMonths: { ...productMonths },
      makerMonths: Object.fromEntries(Object.entries(makerMonths).map(([brand, months]) => [brand, { ...months }])),
      repairDays: warranty.repairDays,
      anniversaryCovered: warranty.anniversaryCovered,
    };
    const row = { id: makeId(), version, effectiveFrom: dateColumn(effectiveFrom), terms };
    await store.policyVersion.createMany({ data: [row], skipDuplicates: true });
  }
  if ((await store.priceVersion.count()) === 0) {
    const { version, effectiveFrom, visitFeeYuan, lines } = DEFAULT_PRICE_LIST;
    const list = { visitFee: { ...visitFeeYuan }, lines: lines.map((it) => ({ ...it })) };
    await store.priceVersion.createMany({
      data: [{ id: makeId(), version, effectiveFrom: dateColumn(effectiveFrom), list }],
      skipDuplicates: true,
    });
  }
}
