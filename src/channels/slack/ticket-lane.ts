/** Where a ticket is shown: who has to hear of it is data of the policy (S2-060). */
import type { Ticket } from '../../desk/tickets.ts';
import type { Policy } from '../../domain/policy.ts';

/**
 * The channels of a new ticket, a card in each; none: nobody is told. What is urgent is shown where people are called, a
 * complaint in the channel of its class, a grave one in both, and any other kind in its own, else at the desk when the
 * policy names the kind.
 */
export function lanesFor(
  ticket: Pick<Ticket, 'kind' | 'priority'> & { readonly complaint: Pick<NonNullable<Ticket['complaint']>, 'category'> | null },
  { slack }: Pick<Policy, 'slack'>,
  deskChannel: string | null,
  urgentChannel: string | null,
): readonly string[] {
  const ofClass = ticket.complaint === null ? undefined : slack.channels.complaints[ticket.complaint.category];
  const own = ofClass ?? slack.channels.tickets[ticket.kind];
  const isUrgent = ticket.priority === 'urgent';
  // The last is where it is warned of: where people are called.
  if (isUrgent && urgentChannel !== null) return ticket.complaint === null ? [urgentChannel] : distinct([own, urgentChannel]);
  if (own !== undefined) return [own];
  return slack.newTickets.includes(ticket.kind) || isUrgent ? distinct([deskChannel]) : [];
}

function distinct(lanes: readonly (string | null | undefined)[]): readonly string[] {
  return [...new Set(lanes.flatMap((it) => it ?? []))];
}
