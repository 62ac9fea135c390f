/** What the bot says of a ticket unasked, so that it reaches its customer by their channel or another way. */
import type { KnownTicket } from '../domain/known-ticket.ts';
import type { Reply } from '../wording/reply.ts';
import { type Link, sayForSure } from './draft.ts';
import type { MustReach } from './ports.ts';
import type { Turn } from './turn.ts';

/** Nothing when there is no such ticket. */
export function tellOf(
  turn: Turn,
  ticket: KnownTicket | null,
  reason: MustReach['reason'],
  reply: (ticket: KnownTicket) => Reply,
  links: readonly Link[] = [],
): void {
  if (ticket !== null) sayForSure(turn.draft, reply(ticket), { reason, ticketId: ticket.id }, links);
}

/** Every ticket of its visit, else its own. */
export function numberOf(ticket: KnownTicket) {
  return { numbers: { as: 'numbers', value: ticket.visit?.tickets.map((it) => it.number) ?? [ticket.number] } } as const;
}

export function appliancesOf(ticket: KnownTicket) {
  const named = ticket.visit?.tickets.flatMap((it) => it.appliance ?? []) ?? [];
  return { appliances: { as: 'appliances', value: named.length > 0 ? named : [ticket.appliance ?? 'other'] } } as const;
}
