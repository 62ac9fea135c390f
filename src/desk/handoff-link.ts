/**
 * Staff confirm who a chat belongs to: its account becomes one of the customer a ticket is of, and from then on that
 * customer's tickets are shown there. A customer left without an account goes over whole, so nothing is orphaned.
 */
import type { Identifier, MakeIdentifier } from '../domain/identifier.ts';
import type { Instant } from '../domain/instant.ts';
import { changeBy } from './change.ts';
import { type Handoff, type HandoffRow, type Held, heldBy, maskedHandoff, type NotYours } from './handoff.ts';
import { printedNumber } from './search.ts';
import { type Forbidden, refusal, type StaffMember } from './staff-member.ts';

type LinkRefused =
  | NotYours
  | { readonly kind: 'no-such-ticket' }
  /** The ticket's customer chats on another account already: linking the two needs a second look. */
  | { readonly kind: 'has-account' };

export type Link = {
  /** As printed. */
  readonly ticket: string;
  /** Staff looked twice: another account of the ticket's customer is no hindrance. */
  readonly confirmed: boolean;
  readonly eventId: Identifier;
};

/**
 * One transaction; every conversation of the account gets another revision. `isNew` false: the ticket's customer was the
 * account's own already and nothing changed. Else the inbound event `customer-linked` is in the log, unapplied.
 */
export type LinkHandoff = (
  held: Held,
  link: Link,
) => Promise<{ readonly kind: 'linked'; readonly handoff: HandoffRow; readonly isNew: boolean } | LinkRefused>;

/** The handoff as it is afterwards (S2-024: a customer sees their own tickets only). */
export type LinkByStaff = (
  member: StaffMember,
  handoffId: Identifier,
  wanted: { readonly customerTicket: string; readonly confirmed: boolean },
) => Promise<{ readonly kind: 'linked'; readonly handoff: Handoff } | LinkRefused | Forbidden>;

/** Linking an account to the customer of a ticket. */
export function linkByStaff(needs: {
  readonly link: LinkHandoff;
  readonly turnSoon: (conversationId: Identifier) => void;
  readonly now: () => Instant;
  readonly makeIdentifier: MakeIdentifier;
}): LinkByStaff {
  return async (member, handoffId, { customerTicket, confirmed }) => {
    const no = refusal(member, 'desk.act');
    if (no) return no;
    const ticket = printedNumber(customerTicket);
    if (ticket === null) return { kind: 'no-such-ticket' };
    const change = changeBy(member, needs.now(), 'handoff.link', `handoff:${handoffId}`);
    const done = await needs.link(heldBy(member, handoffId, change), { ticket, confirmed, eventId: needs.makeIdentifier() });
    if (done.kind !== 'linked') return done;
    if (done.isNew) needs.turnSoon(done.handoff.conversationId);
    return { kind: 'linked', handoff: maskedHandoff(done.handoff, change.at) };
  };
}
