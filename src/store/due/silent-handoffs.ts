/**
 * Claimed handoffs in which one side has gone silent. The conversation is locked before the handoff, as a turn and the
 * desk do, and who is silent is asked again under the lock: what the customer says in the same moment wins.
 */
import type pg from 'pg';
import type { Identifier } from '../../domain/identifier.ts';
import { type Instant, instantOf } from '../../domain/instant.ts';
import type { Owner } from '../../turn/ports.ts';
import { inTransaction, once, query, timestamp } from '../connection.ts';
import { tellConversation } from '../desk/conversation-event.ts';
import { writeAudit, writeTicketEvent } from '../desk/desk-connection.ts';
import { lockHandoff } from '../desk/handoff-lock.ts';
import { beginChatSurvey } from '../desk/survey-clock.ts';
import type { Store } from '../open-store.ts';

type Silence =
  | { readonly kind: 'agent-silent' }
  | { readonly kind: 'customer-silent'; readonly survey: { readonly id: Identifier; readonly dueAt: Instant } | null };

/** Silent handoffs over the store. */
export function silentHandoffsOn({ pool, seal }: Pick<Store, 'pool' | 'seal'>) {
  return {
    claimed: async (max: number) => (await query<Row>(pool, CLAIMED, [max])).map(talkOf),

    putDown: (
      handoff: { readonly handoffId: Identifier; readonly eventId: Identifier; readonly at: Instant },
      judge: (talk: ReturnType<typeof talkOf>) => Silence | null,
    ): Promise<boolean> =>
      inTransaction(pool, async (client) => {
        const { handoffId, eventId, at } = handoff;
        await lockHandoff(client, handoffId);
        // After the locks: in one statement with them it would not see what was committed while waiting.
        const [row] = await once<Row>(client, TALK, [handoffId]);
        const silence = row ? judge(talkOf(row)) : null;
        if (!row || silence === null) return false;
        const { conversation_id: conversationId } = row;
        const owner: Owner = silence.kind === 'agent-silent' ? 'queue' : 'bot';
        if (silence.kind === 'agent-silent') await once(client, REQUEUE, [handoffId]);
        else await resolve(client, handoffId, silence, at);
        await once(client, HAND_OVER, [conversationId, owner]);
        const event = { id: eventId, key: `${silence.kind}:${handoffId}`, body: { kind: 'event', event: silence.kind }, at } as const;
        await tellConversation(client, seal, conversationId, event);
        await writeDown(client, silence.kind, handoffId, row.ticket_id, at);
        return true;
      }),
  };
}

/** As when a person ends it, with the survey that follows. */
async function resolve(
  client: pg.PoolClient,
  handoffId: Identifier,
  { kind, survey }: Extract<Silence, { kind: 'customer-silent' }>,
  at: Instant,
): Promise<void> {
  await once(client, RESOLVE, [handoffId, kind, timestamp(at)]);
  if (survey !== null) await beginChatSurvey(client, handoffId, survey);
}

async function writeDown(client: pg.PoolClient, silence: Silence['kind'], handoffId: Identifier, ticketId: Identifier | null, at: Instant) {
  const what = { at, actor: 'system', details: { because: silence } };
  await writeTicketEvent(client, ticketId, silence === 'agent-silent' ? 'handoff-queued' : 'handoff-resolved', what);
  await writeAudit(client, { ...what, action: `handoff.${silence}`, subject: `handoff:${handoffId}` });
}

type Row = {
  readonly id: Identifier;
  readonly conversation_id: Identifier;
  readonly ticket_id: Identifier | null;
  readonly waiting_since: Date;
  readonly claimed_at: Date;
  readonly unanswered_since: Date | null;
  readonly staff_said_at: Date | null;
};

function talkOf(row: Row) {
  const orNull = (at: Date | null) => (at === null ? null : instantOf(at.getTime()));
  return {
    handoffId: row.id,
    conversationId: row.conversation_id,
    waitingSince: instantOf(row.waiting_since.getTime()),
    claimedAt: instantOf(row.claimed_at.getTime()),
    unansweredSince: orNull(row.unanswered_since),
    staffSaidAt: orNull(row.staff_said_at),
  };
}

const TALKS = `
select h.id, h.conversation_id, h.ticket_id, h.waiting_since, h.claimed_at, c.created_at as unanswered_since, s.created_at as staff_said_at
from handoff h
left join lateral (
  select m.seq, m.created_at from message m where m.conversation_id = h.conversation_id and m.sender = 'staff' order by m.seq desc limit 1
) s on true
left join lateral (
  select m.created_at from message m
  where m.conversation_id = h.conversation_id and m.sender = 'customer' and m.seq > coalesce(s.seq, 0) order by m.seq limit 1
) c on true
where h.status = 'claimed' and h.claimed_at is not null`;

const CLAIMED = { name: 'silent-handoffs-claimed', text: `${TALKS} order by h.claimed_at limit $1` };
const TALK = { name: 'silent-handoffs-talk', text: `${TALKS} and h.id = $1` };

/** The customer keeps their place: they have been waiting since they asked. */
const REQUEUE = {
  name: 'silent-handoffs-requeue',
  text: `update handoff set status = 'queued', owner_id = null, claimed_at = null where id = $1 and status = 'claimed'`,
};
const RESOLVE = {
  name: 'silent-handoffs-resolve',
  text: `update handoff set status = 'resolved', outcome = $2, resolved_at = $3 where id = $1 and status = 'claimed'`,
};
const HAND_OVER = { name: 'silent-handoffs-hand-over', text: 'update conversation set owner = $2, revision = revision + 1 where id = $1' };
