/**
 * Somebody at the desk needs their lead now: a page to the second rung of those on call, raised by hand. What they type
 * stays with the handoff as a note; a ticket keeps no typed text, so there the reason is one of a few codes.
 */
import type { Audience } from '../domain/escalation.ts';
import type { Identifier, MakeIdentifier } from '../domain/identifier.ts';
import type { Instant } from '../domain/instant.ts';
import type { Policy } from '../domain/policy.ts';
import { type Change, changeBy } from './change.ts';
import { type Handoff, type HandoffRow, maskedHandoff, type NewNote, type NoSuchHandoff, type TextRefused } from './handoff.ts';
import { printedNumber } from './search.ts';
import { type Forbidden, refusal, type StaffMember } from './staff-member.ts';
import { readStaffText } from './staff-text.ts';

/** Why a ticket needs a lead. */
export const ESCALATION_REASONS = ['customer-upset', 'promise-at-risk', 'needs-decision', 'safety', 'other'] as const;
export type EscalationReason = (typeof ESCALATION_REASONS)[number];

/** Open, sent at once, each its own. */
export type LeadPage = { readonly id: Identifier; readonly reason: 'escalated'; readonly audience: Audience };

/** Each is one transaction with its line in the timeline and the audit. */
export type LeadCalls = {
  readonly ofHandoff: (
    handoffId: Identifier,
    page: LeadPage,
    note: NewNote,
    change: Change,
  ) => Promise<{ readonly kind: 'escalated'; readonly handoff: HandoffRow } | NoSuchHandoff>;
  /** False when there is no ticket with this number. */
  readonly ofTicket: (number: string, page: LeadPage, change: Change) => Promise<boolean>;
};

export type EscalateHandoff = (
  member: StaffMember,
  handoffId: Identifier,
  reason: string,
) => Promise<
  { readonly kind: 'escalated'; readonly pageId: Identifier; readonly handoff: Handoff } | NoSuchHandoff | TextRefused | Forbidden
>;

export type EscalateTicket = (
  member: StaffMember,
  number: string,
  reason: EscalationReason,
) => Promise<{ readonly kind: 'escalated'; readonly pageId: Identifier } | { readonly kind: 'no-such-ticket' } | Forbidden>;

type Needs = {
  readonly leadCalls: LeadCalls;
  readonly policy: Pick<Policy, 'paging'>;
  readonly now: () => Instant;
  readonly makeIdentifier: MakeIdentifier;
};

/** Calling the lead about a chat. */
export function escalateHandoff(needs: Needs): EscalateHandoff {
  return async (member, handoffId, reason) => {
    const no = refusal(member, 'desk.act');
    if (no) return no;
    const text = readStaffText(reason);
    if (text === null) return { kind: 'text-refused' };
    const page = pageToLead(needs);
    const change = changeBy(member, needs.now(), 'handoff.escalate', `handoff:${handoffId}`, { page: page.id });
    const note = { id: needs.makeIdentifier(), staffId: member.id, text };
    const done = await needs.leadCalls.ofHandoff(handoffId, page, note, change);
    if (done.kind !== 'escalated') return done;
    return { kind: 'escalated', pageId: page.id, handoff: maskedHandoff(done.handoff, change.at) };
  };
}

/** Calling the lead about a ticket. */
export function escalateTicket(needs: Needs): EscalateTicket {
  return async (member, number, reason) => {
    const no = refusal(member, 'desk.act');
    if (no) return no;
    const printed = printedNumber(number);
    if (printed === null) return { kind: 'no-such-ticket' };
    const page = pageToLead(needs);
    const change = changeBy(member, needs.now(), 'ticket.escalate', `ticket:${printed}`, { page: page.id, because: reason });
    const isThere = await needs.leadCalls.ofTicket(printed, page, change);
    return isThere ? { kind: 'escalated', pageId: page.id } : { kind: 'no-such-ticket' };
  };
}

/** Whoever stands above those who are called first; where nobody does, those. */
function pageToLead({ policy, makeIdentifier }: Needs): LeadPage {
  const [first, lead] = policy.paging.ladder;
  return { id: makeIdentifier(), reason: 'escalated', audience: { staff: [], roles: (lead ?? first)?.roles ?? [] } };
}
