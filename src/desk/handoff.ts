/**
 * A handoff: a customer who waits for a person, or has one. What it is, why it may not be worked on, and how it leaves the
 * desk; what can be done with it stands in `handoffs.ts` and its neighbours.
 */
import type { Identifier } from '../domain/identifier.ts';
import { type Instant, MINUTE } from '../domain/instant.ts';
import type { HandoffSummary } from '../turn/ports.ts';
import type { Change } from './change.ts';
import { allFacts, factsOfSummary, type KnownFacts, maskOf } from './known-facts.ts';
import { maskedName, maskedPhone, maskSummary } from './masked.ts';
import { maskNamesSaid } from './masked-names.ts';
import type { StaffMember, StaffName } from './staff-member.ts';

export const HANDOFF_STATUSES = ['queued', 'claimed', 'resolved'] as const;
export type HandoffStatus = (typeof HANDOFF_STATUSES)[number];

type HandoffNote = { readonly at: Instant; readonly by: StaffName; readonly text: string };

/** What stays as it is, however long it waits. */
type HandoffFacts = {
  readonly id: Identifier;
  readonly conversationId: Identifier;
  /** The number of the ticket it is about, when there is one. */
  readonly ticket: string | null;
  readonly status: HandoffStatus;
  /** In the queue, from 1; null when it is not in it. */
  readonly position: number | null;
  readonly owner: StaffName | null;
  /** As said in this chat, else as on record; null when neither name nor phone is known. */
  readonly customer: { readonly name: string | null; readonly phone: string | null } | null;
  readonly reason: string;
  readonly waitingSince: Instant;
  readonly claimedAt: Instant | null;
  readonly resolvedAt: Instant | null;
  readonly outcome: string | null;
  readonly summary: HandoffSummary;
  /** Oldest first. */
  readonly notes: readonly HandoffNote[];
};

/** `waitMinutes`: whole minutes until somebody took it, or so far. */
export type Handoff = HandoffFacts & { readonly waitMinutes: number };

/** As stored, readable: it leaves the desk only masked. `known` is of the customer it is about. */
export type HandoffRow = HandoffFacts & { readonly known: KnownFacts };

export type NoSuchHandoff = { readonly kind: 'no-such-handoff' };

/** Why a handoff can't be worked on by this member now. */
export type NotYours =
  | NoSuchHandoff
  | { readonly kind: 'claimed-by-another'; readonly owner: StaffName }
  | { readonly kind: 'not-claimed'; readonly status: Exclude<HandoffStatus, 'claimed'> };

/** The text is empty or longer than 4,000 characters. */
export type TextRefused = { readonly kind: 'text-refused' };

/** `owner` null: whoever claimed it (an administrator may act for them). */
export type Held = { readonly handoffId: Identifier; readonly owner: Identifier | null; readonly change: Change };

export type NewNote = { readonly id: Identifier; readonly staffId: Identifier; readonly text: string };

/** A handoff only its owner may act on, or an administrator for them. */
export function heldBy(member: StaffMember, handoffId: Identifier, change: Change): Held {
  return { handoffId, owner: member.role === 'admin' ? null : member.id, change };
}

/** As it leaves the desk (S2-024). */
export function maskedHandoff({ known, ...handoff }: HandoffRow, now: Instant): Handoff {
  const mask = maskOf(allFacts([known, factsOfSummary(handoff.summary)]));
  const { customer, waitingSince, claimedAt, resolvedAt } = handoff;
  const waitedUntil = claimedAt ?? resolvedAt ?? now;
  return {
    ...handoff,
    waitMinutes: Math.max(0, Math.floor((waitedUntil - waitingSince) / MINUTE)),
    customer: customer === null ? null : { name: maskedName(customer.name), phone: maskedPhone(customer.phone) },
    outcome: handoff.outcome === null ? null : mask(handoff.outcome),
    summary: maskSummary(handoff.summary, (text) => maskNamesSaid(mask(text))),
    notes: handoff.notes.map((note) => ({ ...note, text: mask(note.text) })),
  };
}
