/** What an appointment change knows so far, and how a message changes it (S2-018). */
import type { Appliance } from '../src/domain/appliance.ts';
import { type Instant, MINUTE } from '../src/domain/instant.ts';
import type { KnownTicket, KnownVisit } from '../src/domain/known-ticket.ts';
import type { Policy } from '../src/domain/policy.ts';
import type { Answers } from './dialog-event.ts';
import { isSame } from './same.ts';
import { mergeProof, NOTHING_PROVED, type TicketProof } from './ticket-proof.ts';
import { isOffered, onTheSameDay, type WindowChoosing } from './window-choice.ts';

export type Change = 'reschedule' | 'cancel';

export type ChangeData = TicketProof &
  WindowChoosing & {
    readonly change: Change | null;
    /** The appliances the customer spoke of with the change. */
    readonly named: readonly Appliance[];
    /** When the clock was last read. */
    readonly readAt: Instant | null;
    readonly cutoffMinutes: number;
    readonly cancelFeeYuan: number;
  };

export function emptyChange(policy: Policy, change: Change | null): ChangeData {
  return {
    ...NOTHING_PROVED,
    change,
    named: [],
    wishes: [],
    engineerWish: null,
    wishTold: null,
    choice: { kind: 'unknown' },
    window: null,
    readAt: null,
    cutoffMinutes: policy.booking.changeCutoffMinutes,
    cancelFeeYuan: policy.booking.cancelFee,
  };
}

/** The data with a message's answers in it; the same object when they say nothing new. A time or an engineer wished for is a reschedule. */
export function mergeChange(before: ChangeData, answers: Answers, text: string, asked: string): ChangeData {
  let data = mergeProof(before, answers);
  const named = answers.reports.flatMap((it) => it.appliance ?? []);
  if (named.length > 0 && !isSame(named, data.named)) data = { ...data, named };
  if (data.ticket !== before.ticket && before.ticket !== null) data = withoutWindow(data);
  const { engineerWish } = answers;
  const wishes = onTheSameDay(answers.wishes, data.wishes, text);
  if (wishes.length > 0 && (isOffered(data, asked) || !isSame(wishes, data.wishes)))
    data = { ...withoutWindow(data), wishes, change: 'reschedule' };
  if (engineerWish !== null && !isSame(engineerWish, data.engineerWish))
    data = { ...withoutWindow(data), engineerWish, change: 'reschedule' };
  return data;
}

/** The window open again and nothing offered. */
export function withoutWindow(data: ChangeData): ChangeData {
  return { ...data, window: null, choice: { kind: 'unknown' } };
}

/** What is to be done, or undone, to the visit. */
export function withChange(data: ChangeData, change: Change): ChangeData {
  return data.change === change ? data : { ...withoutWindow(data), change };
}

/** The ticket and its visit, once both are known. */
export function visitOf(data: ChangeData): { readonly ticket: KnownTicket; readonly visit: KnownVisit } {
  if (data.ticket === null || data.ticket.visit === null) throw new Error('invariant: only a booked visit is changed');
  return { ticket: data.ticket, visit: data.ticket.visit };
}

/** Whether one appliance of a visit that is for several was named, and not all of them. */
export function isPartOfVisit({ ticket, named }: ChangeData): boolean {
  const all = new Set(ticket?.visit?.tickets.flatMap((it) => it.appliance ?? []) ?? []);
  const meant = new Set(named.filter((it) => all.has(it)));
  return meant.size > 0 && meant.size < all.size;
}

/** The engineer may be on the way: a person decides, and tells them (S2-018). A window that ended without them is ours to mend at once. */
export function isTooLate(data: ChangeData, now: Instant | null): boolean {
  const window = data.ticket?.visit?.window;
  return now !== null && window !== undefined && now > window.from - data.cutoffMinutes * MINUTE && now < window.to;
}
