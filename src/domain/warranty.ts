/**
 * What a customer is told of a product's cover. Terms: a *layer* is one promise with its last day, ours or the maker's;
 * the *best* layer that holds decides (S4-050).
 */
import type { Appliance } from './appliance.ts';
import type { LocalDay } from './instant.ts';
import type { PriorRepair } from './terms.ts';

/** One promise for the whole product, counted in months; `maker` is the maker's own. Where only the month of purchase is known, `lastDay` is the first it may be while it holds, else the last. */
export type ProductLayer = {
  readonly kind: 'product' | 'maker';
  readonly months: number;
  readonly lastDay: LocalDay;
  readonly holds: boolean;
};

/** A repair whose warranty still runs (S2-011). `same`: what is wrong now was repaired then, so it is free (S2-012); else no fault was told. */
export type RepairLayer = { readonly prior: PriorRepair; readonly lastDay: LocalDay; readonly same: boolean };

/** What cover is counted from: our own record, the proof the customer has, their word without one, or the day it was made (S2-047). */
export const COUNTED_FROM = ['record', 'proof', 'word', 'production'] as const;
export type CountedFrom = (typeof COUNTED_FROM)[number];

/** What a repair out of cover costs; the range is null where the price list names none. */
export type WarrantyFee = {
  readonly visitFeeYuan: number;
  readonly rangeYuan: { readonly fromYuan: number; readonly toYuan: number } | null;
  readonly priceVersion: string;
};

export type WarrantyAnswer =
  /** Nobody here knows the serial, or there is no rule for the product: a person answers, never a guess (S2-050). */
  | { readonly kind: 'unknown-product'; readonly why: 'serial' | 'no-terms' }
  /** Its maker has called it back: whatever the warranty says, it is put right for nothing (S0-018). */
  | {
      readonly kind: 'recalled';
      readonly appliance: Appliance;
      readonly model: string | null;
      readonly code: string;
      readonly stopUse: boolean;
    }
  /** Something only the customer knows: the day (or month) of purchase; its day, because the month leaves it open; whether there is proof. */
  | { readonly kind: 'needs'; readonly what: 'date' | 'day' | 'proof'; readonly appliance: Appliance }
  | ({
      readonly kind: 'answer';
      readonly appliance: Appliance;
      readonly model: string | null;
      /** A day, or the month where any day of it comes to the same. */
      readonly since: string;
      readonly countedFrom: CountedFrom;
      /** At least one, the one that lasts longest first. */
      readonly layers: readonly ProductLayer[];
      readonly repair: RepairLayer | null;
      /** How long a repair is under warranty. */
      readonly repairDays: number;
    } & WarrantyFee)
  /** The customer does not know when it was bought, and nobody else does: only what the terms say. */
  | ({
      readonly kind: 'undated';
      readonly appliance: Appliance;
      readonly model: string | null;
      readonly months: number;
      readonly repair: RepairLayer | null;
      readonly repairDays: number;
    } & WarrantyFee);
