/**
 * Price lists by version. A version is added, never changed, and applies from tomorrow at the earliest, so that customers
 * with open visits are told before it does.
 */
import { addDays, localDayOf } from '../domain/business-calendar.ts';
import type { Identifier } from '../domain/identifier.ts';
import type { Instant, LocalDay } from '../domain/instant.ts';
import type { PriceLine, PriceList } from '../domain/terms.ts';
import { type Change, changeBy } from './change.ts';
import { type Forbidden, refusal, type StaffMember } from './staff-member.ts';

export type PriceStore = {
  /** The latest to take effect first, at most 500. */
  readonly list: () => Promise<readonly PriceList[]>;
  /** `version-taken` when another list has the name; once per id. */
  readonly add: (list: PriceList & { readonly id: Identifier }, change: Change) => Promise<'added' | 'version-taken'>;
};

/** What is wrong with a field of a list, in English. */
type PriceFault = { readonly field: string; readonly detail: string };

export type PriceDesk = {
  readonly list: (member: StaffMember) => Promise<{ readonly kind: 'listed'; readonly items: readonly PriceList[] } | Forbidden>;
  readonly add: (
    member: StaffMember,
    list: PriceList & { readonly id: Identifier },
  ) => Promise<
    | { readonly kind: 'added'; readonly list: PriceList }
    | { readonly kind: 'version-taken' }
    | { readonly kind: 'list-refused'; readonly faults: readonly PriceFault[] }
    | Forbidden
  >;
};

/** Reading price lists, which anybody may (S2-002), and announcing the next one (S2-001). */
export function priceDesk(needs: { readonly prices: PriceStore; readonly timeZone: string; readonly now: () => Instant }): PriceDesk {
  return {
    list: async (member) => refusal(member, 'visits.read') ?? { kind: 'listed', items: await needs.prices.list() },

    add: async (member, list) => {
      const no = refusal(member, 'prices.manage');
      if (no) return no;
      const at = needs.now();
      const faults = [...dayFaults(list.effectiveFrom, addDays(localDayOf(at, needs.timeZone), 1)), ...lineFaults(list.lines)];
      if (faults.length > 0) return { kind: 'list-refused', faults };
      const { version, effectiveFrom, visitFeeYuan, lines } = list;
      const change = changeBy(member, at, 'price-version.add', `price-version:${version}`, { effectiveFrom });
      const done = await needs.prices.add(list, change);
      return done === 'added' ? { kind: 'added', list: { version, effectiveFrom, visitFeeYuan, lines } } : { kind: done };
    },
  };
}

function dayFaults(day: LocalDay, tomorrow: LocalDay): readonly PriceFault[] {
  if (day >= tomorrow) return [];
  const detail = `has to be ${tomorrow} (tomorrow) or later: customers with open visits are told before a new price applies`;
  return [{ field: 'effectiveFrom', detail }];
}

/** A range runs upwards, and a fault of a class has one price. */
function lineFaults(lines: readonly PriceLine[]): readonly PriceFault[] {
  const seen = new Set<string>();
  return lines.flatMap(({ productClass, fault, fromYuan, toYuan }, index) => {
    const key = `${productClass} ${fault}`;
    const faults: PriceFault[] = [];
    if (fromYuan > toYuan) faults.push({ field: `lines.${index}.fromYuan`, detail: 'is more than toYuan' });
    if (seen.has(key)) faults.push({ field: `lines.${index}`, detail: `is a second price for ${key}` });
    seen.add(key);
    return faults;
  });
}
