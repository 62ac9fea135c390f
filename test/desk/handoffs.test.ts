import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Identifier } from '../../src/domain/identifier.ts';
import { HOUR, instantOf } from '../../src/domain/instant.ts';
import { aMessage, aTurn, NOON } from '../store/a-turn.ts';
import { newId } from '../support/database.ts';
import { openDesk, type TestDesk } from './a-desk.ts';

let at: TestDesk;
beforeAll(async () => {
  at = await openDesk();
});
afterAll(() => at.close());

const conversation = async (id: Identifier) =>
  (await at.store.pool.query('select owner, revision, last_seq from conversation where id = $1', [id])).rows[0];

describe('claim', () => {
  it('gives a queued conversation to one of twenty who reach for it at once', async () => {
    const { handoffId, conversationId } = await at.waiting();
    const members = await Promise.all(Array.from({ length: 20 }, (_, n) => at.staff('agent', `客服${n}`)));
    const answers = await Promise.all(members.map((it) => at.desk.handoffs.claim(it, handoffId)));

    const winners = answers.flatMap((it) => (it.kind === 'claimed' ? [it.handoff.owner?.name] : []));
    expect(winners).toHaveLength(1);
    const losers = answers.filter((it) => it.kind === 'claimed-by-another');
    expect(losers).toHaveLength(19);
    expect(new Set(losers.map((it) => it.owner.name))).toEqual(new Set(winners));
    expect(await conversation(conversationId)).toMatchObject({ owner: 'human', revision: 2 });
    expect((await at.audit()).filter((it) => it.subject === `handoff:${handoffId}`)).toHaveLength(1);
  });

  it("is the same again when it is one's own, and changes nothing", async () => {
    const { handoffId, conversationId } = await at.waiting();
    const agent = await at.staff('agent');
    await at.desk.handoffs.claim(agent, handoffId);
    const before = await conversation(conversationId);
    expect(await at.desk.handoffs.claim(agent, handoffId)).toMatchObject({
      kind: 'claimed',
      handoff: { owner: { id: agent.id, name: agent.name } },
    });
    expect(await conversation(conversationId)).toEqual(before);
  });

  it('makes a bot turn in flight lose its revision', async () => {
    const chat = await at.waiting();
    const inFlight = await at.store.readConversation(chat.conversationId);
    await at.desk.handoffs.claim(await at.staff('agent'), chat.handoffId);
    expect(await at.store.transact([aTurn(chat, { revision: inFlight?.revision ?? -1, owner: 'bot' })])).toEqual([
      { kind: 'revision-lost' },
    ]);
  });

  it('neither deadlocks with nor outlives a customer who takes the wish for a person back', async () => {
    const rounds = await Promise.all(
      Array.from({ length: 12 }, async () => {
        const chat = await at.waiting();
        const agent = await at.staff('agent');
        const [claimed, turned] = await Promise.all([
          at.desk.handoffs.claim(agent, chat.handoffId),
          at.store.transact([aTurn(chat, { revision: 1, owner: 'bot', handoff: { kind: 'withdraw', at: NOON } })]),
        ]);
        return `${claimed.kind} ${turned[0]?.kind}`;
      }),
    );
    expect(new Set([...rounds, 'claimed revision-lost', 'already-resolved written'])).toEqual(
      new Set(['claimed revision-lost', 'already-resolved written']),
    );
  });

  it('is refused to those who may only read, and of what is not there', async () => {
    const { handoffId } = await at.waiting();
    for (const role of ['engineer', 'quality'] as const)
      expect(await at.desk.handoffs.claim(await at.staff(role), handoffId)).toEqual({ kind: 'forbidden', deed: 'desk.act' });
    expect(await at.desk.handoffs.claim(await at.staff('agent'), newId())).toEqual({ kind: 'no-such-handoff' });
  });
});

describe('reply', () => {
  it('takes the next place in the conversation, pending and held by nobody, and is delivered soon', async () => {
    const chat = await at.waiting();
    const agent = await at.staff('agent');
    await at.desk.handoffs.claim(agent, chat.handoffId);
    await at.store.accept([aMessage(chat, '在吗')]);
    const done = await at.desk.handoffs.reply(agent, chat.handoffId, { messageId: newId(), text: ' 您好\u0000,我是小李 ', files: [] });

    expect(done).toMatchObject({ kind: 'said', line: { seq: 3, from: 'staff', text: '您好,我是小李', delivery: 'pending' } });
    expect(at.delivered.at(-1)).toBe(chat.conversationId);
    const lanes = await at.store.outbox.claim(newId(), ['web-chat'], 50, 1_000);
    expect(lanes.find((it) => it.lane.conversationId === chat.conversationId)?.messages).toMatchObject([
      { seq: 1, sender: 'bot', body: { dialog: { reply: ['handoff.claimed'] } } },
      {
        seq: 3,
        sender: 'staff',
        body: { text: '您好,我是小李', choices: [], dialog: { flow: null, asking: null, reply: [] }, ticket: null },
      },
    ]);
  });

  it('is only for who claimed the handoff, or an administrator', async () => {
    const { handoffId } = await at.waiting();
    const [owner, other, admin] = [await at.staff('agent'), await at.staff('dispatcher'), await at.staff('admin')];
    const say = (member: typeof owner) => at.desk.handoffs.reply(member, handoffId, { messageId: newId(), text: '您好', files: [] });
    expect(await say(owner)).toEqual({ kind: 'not-claimed', status: 'queued' });
    await at.desk.handoffs.claim(owner, handoffId);
    expect(await say(other)).toEqual({ kind: 'claimed-by-another', owner: { id: owner.id, name: owner.name } });
    expect((await say(admin)).kind).toBe('said');
  });

  it('is said once for one message id, and never empty or endless', async () => {
    const { handoffId } = await at.waiting();
    const agent = await at.staff('agent');
    await at.desk.handoffs.claim(agent, handoffId);
    const messageId = newId();
    const [first, again] = [
      await at.desk.handoffs.reply(agent, handoffId, { messageId, text: '您好', files: [] }),
      await at.desk.handoffs.reply(agent, handoffId, { messageId, text: '您好', files: [] }),
    ];
    expect(again).toEqual(first);
    for (const text of ['', ' \u0000 ', '好'.repeat(4_001)])
      expect(await at.desk.handoffs.reply(agent, handoffId, { messageId: newId(), text, files: [] })).toEqual({ kind: 'text-refused' });
    expect((await at.desk.handoffs.reply(agent, handoffId, { messageId: newId(), text: '好'.repeat(4_000), files: [] })).kind).toBe('said');
  });

  it('keeps places unique while customer and staff talk at once', async () => {
    const chat = await at.waiting();
    const agent = await at.staff('agent');
    await at.desk.handoffs.claim(agent, chat.handoffId);
    await Promise.all(
      Array.from({ length: 10 }, (_, n) => [
        at.store.accept([aMessage(chat, `第${n}句`)]),
        at.desk.handoffs.reply(agent, chat.handoffId, { messageId: newId(), text: `答${n}`, files: [] }),
      ]).flat(),
    );
    const log = await at.store.readLog(chat.conversationId, 0, 100);
    // The word on who helps is the first.
    expect(log.map((it) => it.seq)).toEqual(Array.from({ length: 21 }, (_, n) => n + 1));
  });
});

describe('putting a conversation down', () => {
  it('to the bot leaves an event in the log that the next turn reads, once a release', async () => {
    const chat = await at.waiting();
    const agent = await at.staff('agent');
    await at.desk.handoffs.claim(agent, chat.handoffId);
    expect(await at.desk.handoffs.release(agent, chat.handoffId, 'bot')).toMatchObject({
      kind: 'put-down',
      handoff: { status: 'resolved', outcome: 'released' },
    });

    expect(at.turned.at(-1)).toBe(chat.conversationId);
    const read = await at.store.readConversation(chat.conversationId);
    expect(read).toMatchObject({ owner: 'bot', revision: 3 });
    expect(read?.unapplied).toMatchObject([
      {
        sender: 'system',
        body: { kind: 'event', event: 'released-to-bot' },
        channelMessageId: `released:${chat.handoffId}:3`,
        channel: 'web-chat',
      },
    ]);
    expect(await at.desk.handoffs.release(agent, chat.handoffId, 'bot')).toEqual({ kind: 'not-claimed', status: 'resolved' });
  });

  it('to the queue keeps the place in it, and somebody else may claim', async () => {
    const chat = await at.waiting();
    const [first, second] = [await at.staff('agent'), await at.staff('agent')];
    await at.desk.handoffs.claim(first, chat.handoffId);
    at.clock.now = instantOf(NOON + HOUR);
    const released = await at.desk.handoffs.release(first, chat.handoffId, 'queue');
    at.clock.now = NOON;
    expect(released).toMatchObject({ kind: 'put-down', handoff: { status: 'queued', owner: null, claimedAt: null, waitingSince: NOON } });
    expect(await conversation(chat.conversationId)).toMatchObject({ owner: 'queue', revision: 3 });
    expect((await at.desk.handoffs.claim(second, chat.handoffId)).kind).toBe('claimed');
  });

  it('by resolving keeps the outcome and the note, sealed, with phone numbers masked to readers', async () => {
    const chat = await at.waiting();
    const agent = await at.staff('agent', '李敏');
    await at.desk.handoffs.claim(agent, chat.handoffId);
    const done = await at.desk.handoffs.resolve(agent, chat.handoffId, { outcome: 'booked-by-phone', note: '改打 138 0013 8000 联系' });
    expect(done).toMatchObject({
      kind: 'put-down',
      handoff: {
        status: 'resolved',
        outcome: 'booked-by-phone',
        notes: [{ by: { name: '李敏' }, text: '改打 138****8000 联系' }],
        resolvedAt: NOON,
      },
    });
    const { rows } = await at.store.pool.query('select text_sealed from handoff_note where handoff_id = $1', [chat.handoffId]);
    expect(rows[0].text_sealed.toString('utf8')).not.toContain('联系');
  });

  it('is for who claimed it', async () => {
    const { handoffId } = await at.waiting();
    const [owner, other] = [await at.staff('agent'), await at.staff('agent')];
    await at.desk.handoffs.claim(owner, handoffId);
    expect((await at.desk.handoffs.resolve(other, handoffId, { outcome: 'done', note: null })).kind).toBe('claimed-by-another');
    expect((await at.desk.handoffs.release(other, handoffId, 'bot')).kind).toBe('claimed-by-another');
    expect((await at.desk.handoffs.resolve(owner, handoffId, { outcome: ' ', note: null })).kind).toBe('text-refused');
  });
});

describe('notes and lists', () => {
  it('keeps a note once, without asking for a claim, and tells the customer nothing', async () => {
    const { handoffId, conversationId } = await at.waiting();
    const agent = await at.staff('agent');
    const noteId = newId();
    await at.desk.handoffs.note(agent, handoffId, { noteId, text: '老客户' });
    const again = await at.desk.handoffs.note(agent, handoffId, { noteId, text: '老客户' });
    expect(again.kind === 'noted' ? again.handoff.notes.map((it) => it.text) : again).toEqual(['老客户']);
    expect(await at.store.readLog(conversationId, 0, 10)).toEqual([]);
  });

  it('S2-024 lists who waits longest first, in slices, nothing personal readable', async () => {
    const quality = await at.staff('quality');
    const seen: Identifier[] = [];
    let after = null;
    do {
      const done = await at.desk.handoffs.list(quality, { status: 'queued', after, limit: 2 });
      if (done.kind !== 'listed') throw new Error(done.kind);
      for (const item of done.slice.items) {
        seen.push(item.id);
        expect(item.summary.known).toEqual({ fault: '不制冷,打138****8000找我', name: '王*', address: '北京市朝阳区' });
      }
      after = done.slice.next;
    } while (after !== null);
    const { rows } = await at.store.pool.query("select id from handoff where status = 'queued' order by waiting_since, id");
    expect(seen).toEqual(rows.map((it) => it.id));
    expect(await at.desk.handoffs.list(await at.staff('engineer'), { status: null, after: null, limit: 2 })).toEqual({
      kind: 'forbidden',
      deed: 'desk.read',
    });
  });

  it('the audit holds every change and not a word of what was said', async () => {
    const audit = await at.audit();
    expect(new Set(audit.map((it) => it.action))).toEqual(
      new Set(['handoff.claim', 'handoff.reply', 'handoff.release', 'handoff.resolve', 'handoff.note']),
    );
    expect(audit.every((it) => it.actor.startsWith('staff:'))).toBe(true);
    expect(JSON.stringify(audit)).not.toMatch(/[一-鿿]/);
  });
});
