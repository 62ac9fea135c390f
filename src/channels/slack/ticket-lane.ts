/** Where a ticket is shown: who has to hear of it is data of the policy (S2-060). */
import type { Ticket } from '../../desk/tickets.ts';
import type { Policy } from '../../domain/policy.ts';

/**
 * The channel of a new ticket; null: nobody is told. What is urgent is shown where people are called, a complaint in the
 * channel of its class, and any other kind in its own, else at the desk when the policy names the kind.
 */
export function laneFor(
  ticket: Pick<Ticket, 'kind' | 'priority'> & { readonly complaint: Pick<NonNullable<Ticket['complaint']>, 'category'> | null },
  { slack }: Pick<Policy, 'slack'>,
  deskChannel: string | null,
  urgentChannel: string | null,
): string | null {
  if (ticket.priority === 'urgent' && urgentChannel !== null) return urgentChannel;
  const ofClass = ticket.complaint === null ? undefined : slack.channels.complaints[ticket.complaint.category];
  const own = ofClass ?? slack.channels.tickets[ticket.kind];
  if (own !== undefined) return own;
  return slack.newTickets.includes(ticket.kind) || ticket.priority === 'urgent' ? deskChannel : null;
}
