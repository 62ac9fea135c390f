import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Identifier } from '../../src/domain/identifier.ts';
import { HOUR, instantOf, MINUTE } from '../../src/domain/instant.ts';
import { aChat, aReply, aTicket, aTurn, type Chat, hoursAfterNoon, NOON } from '../store/a-turn.ts';
import { newId } from '../support/database.ts';
import { aDueDesk, type DueDesk, throughEveryDeath } from './due-process.ts';
import { eventsOf } from './due-rows.ts';

let desk: DueDesk;
beforeAll(async () => {
  desk = await aDueDesk();
});
afterAll(() => desk.close());
beforeEach(async () => {
  await desk.rows("update account_link set status = 'expired' where status = 'asked'");
  desk.clock.now = NOON;
});

type ALink = { readonly id: Identifier; readonly asks: Chat; readonly known: Chat };

/** Somebody who has proved the ticket of somebody else, and asks. */
async function aLink(known?: Chat): Promise<ALink> {
  const [asks, owner, ticket, id] = [await aChat(desk.store), known ?? (await aChat(desk.store)), aTicket(), newId()];
  const revision = (await desk.store.readConversation(owner.conversationId))?.revision ?? -1;
  await desk.store.transact([aTurn(owner, { revision, tickets: [ticket] })]);
  const [row] = await desk.rows<{ account_id: Identifier }>('select account_id from conversation where id = $1', owner.conversationId);
  const ask = { kind: 'ask', linkId: id, ticketId: ticket.id, knownAccountId: row?.account_id as Identifier, at: desk.clock.now } as const;
  expect(await desk.store.transact([aTurn(asks, { accountLink: ask })])).toMatchObject([{ kind: 'written' }]);
  return { id, asks, known: owner };
}

const round = () => desk.run('account-links');
const question = ({ id }: ALink) => ({ kind: 'event', event: 'link-asked', linkId: id });
const questionsTo = (chat: Chat) => eventsOf(desk.store, chat);
const statusOf = async ({ id }: ALink) =>
  (await desk.rows<{ status: string }>('select status from account_link where id = $1', id))[0]?.status;

describe('S2-024 the question', () => {
  it('is put once, whichever process asks and however often', async () => {
    const link = await aLink();
    await Promise.all([round(), desk.other.run('account-links'), round(), desk.other.run('account-links')]);
    await round();
    expect(await questionsTo(link.known)).toEqual([question(link)]);
    expect(await questionsTo(link.asks)).toEqual([]);
    expect(desk.turned).toContain(link.known.conversationId);
  });

  it('is put once whenever a process dies', async () => {
    const steps = await throughEveryDeath(desk, 'account-links', async () => {
      const link = await aLink();
      return async () => expect(await questionsTo(link.known)).toEqual([question(link)]);
    });
    expect(steps).toBeGreaterThan(1);
  });

  it('goes where the customer was heard last', async () => {
    const link = await aLink();
    const [row] = await desk.rows<{ account_id: string }>('select account_id from conversation where id = $1', link.known.conversationId);
    const newer = newId();
    await desk.rows(
      "insert into conversation (id, account_id, channel, state_sealed, created_at) values ($1, $2, 'web-chat', $3, $4)",
      newer,
      row?.account_id,
      desk.store.seal.seal('conversation.state', 'null'),
      new Date(NOON),
    );
    await desk.store.accept([
      {
        id: newId(),
        conversationId: newer,
        channel: 'web-chat',
        channelMessageId: newId(),
        sender: 'customer',
        body: { kind: 'text', text: '你好' },
        at: hoursAfterNoon(1),
      },
    ]);
    await round();
    expect(await questionsTo(link.known)).toEqual([]);
    expect(await questionsTo({ ...link.known, conversationId: newer })).toEqual([question(link)]);
  });

  it('of a second account comes when the first has its answer', async () => {
    const first = await aLink();
    desk.clock.now = instantOf(NOON + MINUTE);
    const second = await aLink(first.known);
    await round();
    await round();
    expect(await questionsTo(first.known)).toEqual([question(first)]);
    await desk.rows("update account_link set status = 'refused' where id = $1", first.id);
    await round();
    expect(await questionsTo(first.known)).toEqual([question(first), question(second)]);
  });

  it('waits for a dialog that waits, until that has been silent', async () => {
    const link = await aLink();
    const revision = (await desk.store.readConversation(link.known.conversationId))?.revision ?? -1;
    await desk.store.transact([aTurn(link.known, { revision, asking: true, outgoing: [aReply('怎么称呼您?')] })]);
    await round();
    desk.clock.now = instantOf(NOON + 20 * MINUTE - 1);
    await round();
    expect(await questionsTo(link.known)).toEqual([]);
    desk.clock.now = instantOf(NOON + 20 * MINUTE);
    await round();
    expect(await questionsTo(link.known)).toEqual([question(link)]);
  });

  it.each(['queue', 'human'])('waits while the chat is with people (%s), and comes anew after them', async (owner) => {
    const link = await aLink();
    await desk.rows('update conversation set owner = $2 where id = $1', link.known.conversationId, owner);
    await round();
    expect(await questionsTo(link.known)).toEqual([]);
    await desk.rows("update conversation set owner = 'bot' where id = $1", link.known.conversationId);
    await round();
    expect(await questionsTo(link.known)).toEqual([question(link)]);
    await desk.rows(
      "insert into handoff (id, conversation_id, status, reason, summary_sealed, waiting_since) values ($1, $2, 'resolved', 'asked', $3, now())",
      newId(),
      link.known.conversationId,
      desk.store.seal.seal('handoff.summary', '{}'),
    );
    await round();
    await round();
    expect(await questionsTo(link.known)).toEqual([question(link), question(link)]);
  });

  it('waits while a danger told in that chat is being seen to', async () => {
    const link = await aLink();
    const danger = aTicket({ priority: 'urgent', status: 'open' });
    const revision = (await desk.store.readConversation(link.known.conversationId))?.revision ?? -1;
    await desk.store.transact([aTurn(link.known, { revision, tickets: [danger] })]);
    await round();
    expect(await questionsTo(link.known)).toEqual([]);
    await desk.rows("update ticket set status = 'resolved' where id = $1", danger.id);
    await round();
    expect(await questionsTo(link.known)).toEqual([question(link)]);
  });
});

describe('S2-024 without an answer', () => {
  it('it is given up after the policy’s hours, asked or not, and nobody is told', async () => {
    const [asked, waiting] = [await aLink(), await aLink()];
    await desk.rows("update conversation set owner = 'human' where id = $1", waiting.known.conversationId);
    await round();
    desk.clock.now = instantOf(NOON + 72 * HOUR - 1);
    await round();
    expect([await statusOf(asked), await statusOf(waiting)]).toEqual(['asked', 'asked']);
    desk.clock.now = hoursAfterNoon(72);
    await round();
    await round();
    expect([await statusOf(asked), await statusOf(waiting)]).toEqual(['expired', 'expired']);
    expect(await questionsTo(asked.known)).toEqual([question(asked)]);
    expect(await questionsTo(waiting.known)).toEqual([]);
    expect([...(await questionsTo(asked.asks)), ...(await questionsTo(waiting.asks))]).toEqual([]);
  });
});
