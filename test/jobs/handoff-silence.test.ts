import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Identifier } from '../../src/domain/identifier.ts';
import { type Instant, instantOf, MINUTE } from '../../src/domain/instant.ts';
import { DEFAULT_POLICY } from '../../src/domain/policy.ts';
import { aChat, aMessage, aReply, aTicket, aTurn, type Chat, NOON } from '../store/a-turn.ts';
import { newId } from '../support/database.ts';
import { aDueDesk, type DueDesk, throughEveryDeath } from './due-process.ts';
import { aColleague, eventsOf, timelineOf } from './due-rows.ts';

let desk: DueDesk;
let agent: Identifier;
beforeAll(async () => {
  desk = await aDueDesk();
  agent = await aColleague(desk.store, 'agent', 'an agent');
});
afterAll(() => desk.close());
beforeEach(async () => {
  desk.clock.now = NOON;
  await desk.rows("update handoff set status = 'resolved'");
});

type TakenChat = Chat & { readonly handoffId: Identifier; readonly ticketId: Identifier };

const later = (minutes: number): Instant => instantOf(NOON + minutes * MINUTE);
const runAt = async (minutes: number) => {
  desk.clock.now = later(minutes);
  await desk.run('handoff-silence');
};

/** A customer asked for a person at noon and was taken on at once. */
async function aTakenChat(claimedAt: Instant = NOON): Promise<TakenChat> {
  const [chat, handoffId, ticket] = [await aChat(desk.store), newId(), aTicket()];
  await customerSays(chat, NOON);
  const summary = { flow: null, asking: null, known: {}, possibleTickets: [] };
  const handoff = { kind: 'open', id: handoffId, reason: 'asked', ticketId: ticket.id, summary, waitingSince: NOON } as const;
  await desk.store.transact([aTurn(chat, { owner: 'queue', tickets: [ticket], handoff })]);
  await desk.rows(
    "update handoff set status = 'claimed', owner_id = $2, claimed_at = $3 where id = $1",
    handoffId,
    agent,
    new Date(claimedAt),
  );
  await desk.rows("update conversation set owner = 'human', revision = revision + 1 where id = $1", chat.conversationId);
  return { ...chat, handoffId, ticketId: ticket.id };
}

async function customerSays(chat: Chat, at: Instant): Promise<void> {
  await desk.store.accept([{ ...aMessage(chat, 'hello?'), at }]);
}

async function staffSays({ conversationId }: Chat, at: Instant): Promise<void> {
  await desk.rows(
    `with placed as (update conversation set last_seq = last_seq + 1 where id = $1 returning id, channel, last_seq)
     insert into message (id, conversation_id, seq, direction, sender, channel, body_sealed, created_at, delivery)
     select $2, id, last_seq, 'out', 'staff', channel, $4, $3, 'delivered' from placed`,
    conversationId,
    newId(),
    new Date(at),
    desk.store.seal.seal('message.body', JSON.stringify(aReply('yes?').body)),
  );
}

const stateOf = async ({ handoffId, conversationId }: TakenChat) =>
  (
    await desk.rows(
      `select h.status, h.outcome, h.owner_id is null as nobodys, h.waiting_since, c.owner, c.revision
       from handoff h join conversation c on c.id = h.conversation_id where h.id = $1 and c.id = $2`,
      handoffId,
      conversationId,
    )
  )[0];
const auditOf = ({ handoffId }: TakenChat) =>
  desk.rows('select actor, action, details from audit where subject = $1 order by id', `handoff:${handoffId}`);
const logOf = async (chat: Chat) =>
  (await desk.rows<{ sender: string }>('select sender from message where conversation_id = $1 order by seq', chat.conversationId)).map(
    (it) => it.sender,
  );

const surveysOf = (chat: TakenChat) =>
  desk.rows('select handoff_id, ticket_id, status, due_at from survey where conversation_id = $1', chat.conversationId);

describe('when the person is silent', () => {
  it('for 10 minutes after the customer wrote, then the customer is back in the queue, in their old place', async () => {
    const chat = await aTakenChat();
    await staffSays(chat, later(1));
    await customerSays(chat, later(2));
    const before = await stateOf(chat);
    await runAt(12);
    expect(await stateOf(chat)).toEqual(before);
    await runAt(12.1);
    await runAt(30);
    expect(await stateOf(chat)).toEqual({
      status: 'queued',
      outcome: null,
      nobodys: true,
      waiting_since: new Date(NOON),
      owner: 'queue',
      revision: Number(before?.['revision']) + 1,
    });
    expect(await eventsOf(desk.store, chat)).toEqual([{ kind: 'event', event: 'agent-silent' }]);
    expect(desk.turned).toContain(chat.conversationId);
    expect(await auditOf(chat)).toEqual([{ actor: 'system', action: 'handoff.agent-silent', details: { because: 'agent-silent' } }]);
    expect(await timelineOf(desk.store, chat.ticketId)).toEqual([{ type: 'handoff-queued', details: { because: 'agent-silent' } }]);
  });

  it('from the claim on, then it is the same, but whoever claims late has their whole time', async () => {
    const chat = await aTakenChat(later(20));
    await runAt(30);
    expect(await stateOf(chat)).toMatchObject({ status: 'claimed' });
    await runAt(30.1);
    expect(await stateOf(chat)).toMatchObject({ status: 'queued' });
  });

  it('and the customer keeps asking, then their wait is counted from the first thing nobody answered', async () => {
    const chat = await aTakenChat();
    await staffSays(chat, later(1));
    for (const minute of [2, 5, 8, 11, 12]) await customerSays(chat, later(minute));
    await runAt(12);
    expect(await stateOf(chat)).toMatchObject({ status: 'claimed' });
    await runAt(12.1);
    expect(await stateOf(chat)).toMatchObject({ status: 'queued', owner: 'queue' });
  });

  it('but answered in between, then only what came after the answer counts', async () => {
    const chat = await aTakenChat();
    await customerSays(chat, later(3));
    await staffSays(chat, later(9));
    await customerSays(chat, later(10));
    await runAt(20);
    expect(await stateOf(chat)).toMatchObject({ status: 'claimed' });
    await runAt(20.1);
    expect(await stateOf(chat)).toMatchObject({ status: 'queued' });
  });

  it('a second time, then that is told a second time', async () => {
    const chat = await aTakenChat();
    await runAt(11);
    await desk.rows(
      "update handoff set status = 'claimed', owner_id = $2, claimed_at = $3 where id = $1",
      chat.handoffId,
      agent,
      new Date(later(12)),
    );
    await runAt(23);
    expect(await eventsOf(desk.store, chat)).toHaveLength(2);
  });
});

describe('when the customer is silent', () => {
  it('for 30 minutes after the person wrote, then the bot has the chat again', async () => {
    const chat = await aTakenChat();
    await staffSays(chat, later(1));
    await runAt(31);
    expect(await stateOf(chat)).toMatchObject({ status: 'claimed' });
    await runAt(31.1);
    await runAt(62);
    expect(await stateOf(chat)).toMatchObject({ status: 'resolved', outcome: 'customer-silent', owner: 'bot' });
    expect(await eventsOf(desk.store, chat)).toEqual([{ kind: 'event', event: 'customer-silent' }]);
    expect(await auditOf(chat)).toMatchObject([{ actor: 'system', action: 'handoff.customer-silent' }]);
    expect(await timelineOf(desk.store, chat.ticketId)).toMatchObject([{ type: 'handoff-resolved' }]);
  });

  it('S2-054 and a person had answered, then the clock of a survey begins, once', async () => {
    const chat = await aTakenChat();
    await staffSays(chat, later(1));
    await runAt(31.1);
    await runAt(62);
    expect(await surveysOf(chat)).toEqual([
      {
        handoff_id: chat.handoffId,
        ticket_id: chat.ticketId,
        status: 'waiting',
        due_at: new Date(later(31.1 + DEFAULT_POLICY.survey.delayMinutes)),
      },
    ]);
  });

  it('and nobody had answered in this handoff, then nobody is asked how it was', async () => {
    const chat = await aTakenChat();
    // Said when the customer was with a person the last time.
    await staffSays(chat, later(-20));
    await desk.rows('delete from message where conversation_id = $1 and sender = $2', chat.conversationId, 'customer');
    await runAt(31);
    expect(await stateOf(chat)).toMatchObject({ status: 'resolved', outcome: 'customer-silent' });
    expect(await surveysOf(chat)).toEqual([]);
  });

  it('and writes in the very moment the round takes the chat away, then the round waits, looks again, and the customer wins', async () => {
    const chat = await aTakenChat();
    await staffSays(chat, later(1));
    const client = await desk.store.pool.connect();
    await client.query('begin');
    await client.query('select from conversation where id = $1 for no key update', [chat.conversationId]);
    await client.query(
      `insert into message (id, conversation_id, seq, direction, sender, channel, channel_message_id, body_sealed, created_at)
       values ($1, $2, 100, 'in', 'customer', 'web-chat', $3, '', $4)`,
      [newId(), chat.conversationId, newId(), new Date(later(40))],
    );
    const round = runAt(40);
    await waitingForLock();
    await client.query('commit');
    client.release();
    await round;
    expect(await stateOf(chat)).toMatchObject({ status: 'claimed', owner: 'human' });
    await desk.rows('delete from message where conversation_id = $1 and seq = 100', chat.conversationId);
  });
});

/** Resolves when a connection of this database waits for a lock. */
async function waitingForLock(): Promise<void> {
  for (let looks = 0; looks < 1_000; looks++) {
    const waiting = await desk.rows(
      "select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and pid <> pg_backend_pid()",
    );
    if (waiting.length > 0) return;
  }
  throw new Error('nobody waits');
}

describe('once', () => {
  it('when two processes look at once, then each chat is put down once', async () => {
    const chats = await Promise.all([aTakenChat(), aTakenChat(), aTakenChat()]);
    desk.clock.now = later(11);
    await Promise.all([desk.run('handoff-silence'), desk.other.run('handoff-silence'), desk.run('handoff-silence')]);
    for (const chat of chats) {
      expect(await eventsOf(desk.store, chat)).toHaveLength(1);
      expect(await auditOf(chat)).toHaveLength(1);
    }
  });

  it('when a process dies at any step, then the chat is put down once, and its event is in the log for any process to find', async () => {
    const steps = await throughEveryDeath(desk, 'handoff-silence', async () => {
      const chat = await aTakenChat(NOON);
      desk.clock.now = instantOf(Math.max(desk.clock.now, later(11)));
      return async () => {
        expect(await stateOf(chat)).toMatchObject({ status: 'queued', owner: 'queue' });
        expect(await logOf(chat)).toEqual(['customer', 'system']);
        expect(await auditOf(chat)).toHaveLength(1);
      };
    });
    expect(steps).toBe(2);
  });
});
