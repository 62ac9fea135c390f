/** A desk whose promised times are seconds, at the hour it opens for the afternoon, and what happens at it. */
import type { Identifier } from '../../src/domain/identifier.ts';
import { type Instant, instantOf, SECOND } from '../../src/domain/instant.ts';
import { DEFAULT_POLICY, type Policy } from '../../src/domain/policy.ts';
import type { NewTicket } from '../../src/turn/ports.ts';
import { aChat, aMessage, aTicket, aTurn, type Chat, hoursAfterNoon } from '../store/a-turn.ts';
import { newId } from '../support/database.ts';
import { aDueDesk } from './due-process.ts';

/** A first answer within three seconds, the next within six. */
const target = { firstResponseMinutes: 0.05, nextResponseMinutes: 0.1, resolutionMinutes: 60 };
const every = { urgent: target, high: target, normal: target, low: target };
export const SOON_DUE: Policy = {
  ...DEFAULT_POLICY,
  sla: { ...DEFAULT_POLICY.sla, enquiry: every, repair: every },
  slaClocks: {
    ...DEFAULT_POLICY.slaClocks,
    ladder: [
      { afterMinutes: 0, to: 'owner' },
      { afterMinutes: 0.5, to: ['dispatcher', 'quality'] },
      { afterMinutes: 1, to: ['admin'] },
    ],
  },
};
/** One o'clock: the desk opens for the afternoon. */
export const ONE = hoursAfterNoon(1);

export const secondsIn = (seconds: number): Instant => instantOf(ONE + seconds * SECOND);
type Row = {
  readonly kind: string;
  readonly status: string;
  readonly target: number;
  readonly due: Date | null;
  readonly ended: Date | null;
  readonly warned: Date | null;
  readonly breached: Date | null;
  readonly rungs: number;
};
/** `quiet` leaves nothing of the tests before to look at. */
export async function aSlaDesk() {
  const desk = await aDueDesk({}, SOON_DUE);
  const runAt = async (seconds: number) => {
    desk.clock.now = secondsIn(seconds);
    await desk.run('sla-clocks');
  };

  const clocksOf = (id: Identifier) =>
    desk.rows<Row>(
      `select kind, status, target_minutes as target, due_at as due, ended_at as ended, warned_at as warned, breached_at as breached, rungs
       from sla_clock where coalesce(ticket_id, handoff_id) = $1 order by kind, ordinal`,
      id,
    );
  const pagesOf = (id: Identifier) =>
    desk.rows<{ reason: string; once_key: string; audience: unknown; repeats: boolean }>(
      'select reason, once_key, audience, repeats from page where ticket_id = $1 order by raised_at, once_key',
      id,
    );
  const slaEventsOf = async (id: Identifier) =>
    (
      await desk.rows<{ type: string; at: Date }>(
        "select type, at from ticket_event where ticket_id = $1 and type like 'sla-%' and details->>'clock' <> 'resolution' order by id",
        id,
      )
    ).map((it) => `${it.type} ${(it.at.getTime() - ONE) / SECOND}`);

  async function opened(what: Partial<NewTicket> = {}): Promise<{ chat: Chat; ticket: NewTicket }> {
    const chat = await aChat(desk.store);
    const ticket = aTicket({ kind: 'enquiry', status: 'open', openedAt: desk.clock.now, ...what });
    const details = { kind: ticket.kind, status: ticket.status, priority: ticket.priority };
    const event = { ticketId: ticket.id, at: ticket.openedAt, actor: 'customer', type: 'opened', details };
    await desk.store.transact([aTurn(chat, { tickets: [ticket], ticketEvents: [event] })]);
    return { chat, ticket };
  }

  async function handedOver(chat: Chat, ticketId: Identifier | null, at: Instant, revision = 1): Promise<Identifier> {
    const id = newId();
    const summary = { flow: null, asking: null, known: {}, possibleTickets: [] };
    const handoff = { kind: 'open', id, reason: 'asked', ticketId, summary, waitingSince: at } as const;
    await desk.store.transact([aTurn(chat, { revision, owner: 'queue', handoff })]);
    return id;
  }

  async function says(chat: Chat, by: 'customer' | 'staff', at: Instant): Promise<void> {
    if (by === 'customer') {
      await desk.store.accept([{ ...aMessage(chat, '在吗'), at }]);
      return;
    }
    await desk.rows(
      `with placed as (update conversation set last_seq = last_seq + 1 where id = $1 returning id, channel, last_seq)
       insert into message (id, conversation_id, seq, direction, sender, channel, body_sealed, created_at, delivery)
       select $2, id, last_seq, 'out', 'staff', channel, '', $3, 'delivered' from placed`,
      chat.conversationId,
      newId(),
      new Date(at),
    );
  }

  const happens = (ticketId: Identifier, type: string, at: Instant, actor = `staff:${newId()}`) =>
    desk.rows(
      "insert into ticket_event (ticket_id, at, actor, type, details) values ($1, $2, $3, $4, '{}')",
      ticketId,
      new Date(at),
      actor,
      type,
    );

  const quiet = async () => {
    desk.clock.now = ONE;
    await desk.rows("update ticket set status = 'cancelled'");
    await desk.rows("update handoff set status = 'resolved', resolved_at = now()");
    await desk.rows("update sla_clock set ended_at = now(), status = 'dropped'");
  };
  return { desk, runAt, clocksOf, pagesOf, slaEventsOf, opened, handedOver, says, happens, quiet };
}
