/**
 * What one customer message says: an intent and the values it states. Pure data, no guess beyond the text; labels as
 * printed by `npm run understand`.
 */
import type { Appliance, Fault } from '../domain/appliance.ts';
import type { ComplaintCategory, ComplaintType, ComplaintWish, Gravity } from '../domain/complaint.ts';
import type { AddressParts, OnSiteContact, PhoneNumber, Serial } from '../domain/contact.ts';
import type { Danger } from '../domain/danger.ts';
import type { EngineerWish } from '../domain/engineer-wish.ts';
import type { Exclusion } from '../domain/exclusion.ts';
import type { VisitWish } from '../domain/visit-wish.ts';

export const INTENTS = [
  'abuse',
  'affirm',
  'ask_hours',
  'ask_price',
  'book_repair',
  'cancel_booking',
  'cancel_flow',
  'chitchat',
  'complaint',
  'correct',
  'danger',
  'deny',
  'goodbye',
  'greet',
  'human',
  'inform',
  'invoice',
  'out_of_scope',
  'praise',
  'query_progress',
  'query_warranty',
  'repeat',
  'reschedule',
  'resume',
  'skip',
  'survey_score',
  'thanks',
] as const;
export type Intent = (typeof INTENTS)[number];

export const SUBTYPES = ['drum', 'floor', 'wall', 'other'] as const;
export type Subtype = (typeof SUBTYPES)[number];

/** The slot the bot has just asked for; a bare 三点 means nothing without it. */
export const EXPECTED = [
  'appliance',
  'fault',
  'serviceMode',
  'address',
  'phone',
  'name',
  'model',
  'window',
  'serial',
  'purchasedOn',
  'proof',
  'exclusion',
  'next',
  'score',
  'confirm',
  'reason',
  'resolved',
  'badge',
  'on-time',
  'attitude',
  'comment',
  'what',
  'wish',
  'category',
  'ticket',
  'change',
] as const;
export type Expected = (typeof EXPECTED)[number];

/** Lists are empty and values null when the text does not state them. */
export type Entities = {
  /** In the order they were named; more than one for 空调和冰箱都坏了. Of 不是X是Y only Y. */
  readonly appliances: readonly Appliance[];
  readonly subtype: Subtype | null;
  readonly faults: readonly Fault[];
  readonly brand: string | null;
  readonly model: string | null;
  readonly serial: Serial | null;
  readonly errorCode: string | null;
  readonly phone: PhoneNumber | null;
  readonly name: string | null;
  readonly address: AddressParts | null;
  /** Alternatives, best first: 周六或者周日上午. */
  readonly visitWishes: readonly VisitWish[];
  /** `YYYY-MM-DD` or `YYYY-MM`, latest past reading. */
  readonly purchaseDate: string | null;
  readonly ticketNumber: string | null;
  readonly score: number | null;
  readonly hasProof: boolean | null;
  readonly exclusion: Exclusion | 'none' | null;
  readonly complaintTypes: readonly ComplaintType[];
  readonly category: ComplaintCategory | null;
  readonly wish: ComplaintWish | null;
  readonly gravities: readonly Gravity[];
  readonly amountYuan: number | null;
  readonly resolved: boolean | null;
  readonly danger: Danger | null;
  readonly serviceMode: 'on-site' | 'store' | null;
  readonly onSiteContact: OnSiteContact | null;
  readonly engineerWish: EngineerWish | null;
};

export type Understood = {
  readonly intent: Intent;
  /** 0 to 1. Below 0.6 the bot asks instead of acting. */
  readonly confidence: number;
  /** The next best intents, best first, for a two-button clarification. */
  readonly alternatives: readonly { readonly intent: Intent; readonly confidence: number }[];
  readonly entities: Entities;
};

/** Reads one message. `now` is epoch milliseconds; days are read on the calendar of `timeZone`. */
export type Understand = (
  text: string,
  about: { readonly now: number; readonly timeZone: string; readonly expects: Expected | null },
) => Understood;
