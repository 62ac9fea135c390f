/** What a repair costs before anybody has looked: the visit fee, and the range the price list gives for a fault (S2-013). */
import type { Fault, ProductClass } from './appliance.ts';
import type { PriceList } from './terms.ts';

/** Yuan. A customer who comes to a shop pays no visit. */
export function visitFeeYuan(prices: PriceList, productClass: ProductClass, serviceMode: 'on-site' | 'store'): number {
  return serviceMode === 'store' ? 0 : prices.visitFeeYuan[productClass];
}

/** The range, in yuan, over the listed faults; over the whole class when no fault is known; null when nothing is listed. */
export function repairRangeYuan(
  prices: PriceList,
  productClass: ProductClass,
  faults: readonly Fault[],
): { readonly fromYuan: number; readonly toYuan: number } | null {
  const ofClass = prices.lines.filter((it) => it.productClass === productClass);
  const named = ofClass.filter((it) => faults.includes(it.fault));
  const lines = named.length > 0 ? named : ofClass;
  if (lines.length === 0) return null;
  return { fromYuan: Math.min(...lines.map((it) => it.fromYuan)), toYuan: Math.max(...lines.map((it) => it.toYuan)) };
}
