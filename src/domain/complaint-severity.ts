/**
 * How much a complaint weighs and by when it is answered (S2-059, S2-061): its gravities make the priority, the priority
 * makes the promised times, which count business minutes and end on whole minutes, so that what is said is what is due.
 */
import { addBusinessMinutes } from './business-calendar.ts';
import { type ComplaintForm, type ComplaintType, type ComplaintWish, GRAVITIES, type Gravity } from './complaint.ts';
import { type Instant, instantOf, MINUTE } from './instant.ts';
import type { Policy } from './policy.ts';
import { PRIORITIES, type Priority } from './ticket.ts';

export type ComplaintFacts = {
  /** As the customer's words tell them. */
  readonly gravities: readonly Gravity[];
  readonly amountYuan: number | null;
  /** The how-manieth complaint of the customer lately, this one counted. */
  readonly complaints: number;
  readonly form: ComplaintForm;
};

type FormFacts = {
  /** The customer says that nothing was lost. */
  readonly lossless: boolean;
  readonly types: readonly ComplaintType[];
  readonly gravities: readonly Gravity[];
  readonly amountYuan: number | null;
  readonly wish: ComplaintWish | null;
};

/** S4-002: who lost nothing and asks for nothing back fills in a slip; whatever was lost or is wished makes it a complaint. */
export function formOfComplaint({ lossless, types, gravities, amountYuan, wish }: FormFacts): ComplaintForm {
  const asksForNothing = wish === null || wish === 'apology' || wish === 'other';
  const lost = gravities.length > 0 || amountYuan !== null || types.some((it) => LOSSES.includes(it));
  return lossless && asksForNothing && !lost ? 'exception-slip' : 'complaint';
}

const LOSSES: readonly ComplaintType[] = ['damage', 'overcharge', 'private_payment', 'safety'];

type ComplaintWeight = { readonly priority: Priority; readonly gravities: readonly Gravity[] };

type ComplaintTimes = { readonly answerBy: Instant; readonly resolveBy: Instant };

/** The gravities that hold, in the order of the catalogue, and what they make of it by policy. */
export function weighComplaint(facts: ComplaintFacts, { urgent, high, amountYuan, repeatFrom }: Policy['complaints']): ComplaintWeight {
  if (facts.form === 'exception-slip') return { priority: 'low', gravities: [] };
  const told = new Set(facts.gravities);
  if (facts.amountYuan !== null && facts.amountYuan >= amountYuan) told.add('amount');
  if (facts.complaints >= repeatFrom) told.add('repeat');
  const gravities = GRAVITIES.filter((it) => told.has(it));
  const among = (those: readonly Gravity[]): boolean => gravities.some((it) => those.includes(it));
  return { priority: among(urgent) ? 'urgent' : among(high) ? 'high' : 'normal', gravities };
}

/** The graver of two. */
export function graver(one: Priority, other: Priority): Priority {
  return PRIORITIES.indexOf(one) <= PRIORITIES.indexOf(other) ? one : other;
}

export function complaintTimes(priority: Priority, now: Instant, policy: Policy, timeZone: string): ComplaintTimes {
  const target = policy.sla.complaint[priority];
  return {
    answerBy: after(target.firstResponseMinutes, now, policy, timeZone),
    resolveBy: after(target.resolutionMinutes, now, policy, timeZone),
  };
}

/** A desk that never opens still owes a time: then the clock runs through. */
function after(minutes: number, now: Instant, policy: Policy, timeZone: string): Instant {
  const due = addBusinessMinutes(policy.hours, now, minutes, timeZone) ?? instantOf(now + minutes * MINUTE);
  return instantOf(Math.ceil(due / MINUTE) * MINUTE);
}
