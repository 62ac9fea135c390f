/**
 * A resolved handoff was not settled after all: it waits in the queue again, from now on, and the customer hears of it. One
 * chat waits for one person, so nothing is reopened beside another open handoff.
 */
import type { Identifier, MakeIdentifier } from '../domain/identifier.ts';
import type { Instant } from '../domain/instant.ts';
import { type Change, changeBy } from './change.ts';
import {
  type Handoff,
  type HandoffRow,
  type HandoffStatus,
  maskedHandoff,
  type NewNote,
  type NoSuchHandoff,
  type TextRefused,
} from './handoff.ts';
import { type Forbidden, refusal, type StaffMember } from './staff-member.ts';
import { readStaffText } from './staff-text.ts';

type ReopenRefused =
  | NoSuchHandoff
  | { readonly kind: 'not-resolved'; readonly status: Exclude<HandoffStatus, 'resolved'> }
  /** The chat waits for a person, or has one, already. */
  | { readonly kind: 'open-already'; readonly handoffId: Identifier };

/**
 * One transaction: resolved becomes queued, the conversation the queue's, its revision one more, the inbound event
 * `handoff-reopened` in the log, unapplied. A survey about it that has no answer is not asked.
 */
export type ReopenHandoff = (
  handoffId: Identifier,
  reopened: { readonly reason: NewNote; readonly eventId: Identifier },
  change: Change,
) => Promise<{ readonly kind: 'reopened'; readonly handoff: HandoffRow } | ReopenRefused>;

/** The handoff as it is afterwards; the reason is one of its notes. */
export type ReopenByStaff = (
  member: StaffMember,
  handoffId: Identifier,
  reason: string,
) => Promise<{ readonly kind: 'reopened'; readonly handoff: Handoff } | ReopenRefused | TextRefused | Forbidden>;

/** Taking a handoff up again. */
export function reopenByStaff(needs: {
  readonly reopen: ReopenHandoff;
  readonly turnSoon: (conversationId: Identifier) => void;
  readonly now: () => Instant;
  readonly makeIdentifier: MakeIdentifier;
}): ReopenByStaff {
  return async (member, handoffId, reason) => {
    const no = refusal(member, 'desk.act');
    if (no) return no;
    const text = readStaffText(reason);
    if (text === null) return { kind: 'text-refused' };
    const change = changeBy(member, needs.now(), 'handoff.reopen', `handoff:${handoffId}`);
    const note = { id: needs.makeIdentifier(), staffId: member.id, text };
    const done = await needs.reopen(handoffId, { reason: note, eventId: needs.makeIdentifier() }, change);
    if (done.kind !== 'reopened') return done;
    needs.turnSoon(done.handoff.conversationId);
    return { kind: 'reopened', handoff: maskedHandoff(done.handoff, change.at) };
  };
}
