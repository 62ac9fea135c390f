/** What a customer hears when a person takes their chat, gives it on, or takes it up again. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { StaffMember } from '../../src/desk/staff-member.ts';
import type { Identifier } from '../../src/domain/identifier.ts';
import { type Chat, openShop, type Shop } from '../support/chat.ts';

let shop: Shop;
let agent: StaffMember;
beforeAll(async () => {
  shop = await openShop();
  agent = await shop.staff('agent');
});
afterAll(() => shop.close());
// Nobody stands before those of a test.
beforeEach(() => shop.rows("update handoff set status = 'resolved'"));

async function waits(first = '转人工'): Promise<{ readonly chat: Chat; readonly id: Identifier }> {
  const chat = await shop.customer();
  await chat.says(first);
  const [handoff] = await shop.rows<{ id: Identifier }>('select id from handoff where conversation_id = $1', [chat.conversationId]);
  if (handoff === undefined) throw new Error('the customer waits');
  return { chat, id: handoff.id };
}

const replies = (id: Identifier, text: string) =>
  shop.desk.handoffs.reply(agent, id, { messageId: shop.core.makeIdentifier(), text, files: [] });

/** Everything the desk has said in the chat, by key or as staff wrote it. */
const saidIn = async ({ conversationId }: Chat) =>
  (await shop.core.store.readLog(conversationId, 0, 100)).flatMap((it) =>
    it.from === 'staff' ? [it.body.text] : it.from === 'bot' ? it.body.dialog.reply : [],
  );

describe('a claim', () => {
  test('tells who helps, once, and before anything they say, however fast they are', async () => {
    const { chat, id } = await waits();
    await Promise.all([shop.desk.handoffs.claim(agent, id).then(() => replies(id, '您好')), chat.says('在吗')]);
    await shop.settled();
    await shop.desk.handoffs.claim(agent, id);
    await shop.settled();
    expect((await saidIn(chat)).filter((it) => it !== 'handoff.noted')).toEqual(['greeting', 'handoff.next', 'handoff.claimed', '您好']);
    expect(chat.keys()).toContain('handoff.claimed');
    expect(chat.text()).toContain('客服小周来帮您了,前面说的都能看到,不用再说一遍。');
  });

  test('speaks the customer’s language', async () => {
    const { chat, id } = await waits('I want to talk to a human agent please');
    await shop.desk.handoffs.claim(agent, id);
    await shop.settled();
    expect(chat.messages().at(-1)?.body.text).toBe('客服小周 is here for you now and sees all you have told us; no need to say it again.');
  });

  test('given back at once: who came and that they are gone, in that order', async () => {
    const { chat, id } = await waits();
    await shop.desk.handoffs.claim(agent, id);
    await shop.desk.handoffs.release(agent, id, 'bot');
    await shop.settled();
    expect((await saidIn(chat)).slice(2)).toEqual(['handoff.claimed', 'handoff.back']);
  });

  test('in the same moment as the customer goes on with the bot: one of both', async () => {
    const { chat, id } = await waits();
    const [claimed] = await Promise.all([shop.desk.handoffs.claim(agent, id), chat.says('不等了,继续报修')]);
    await shop.settled();
    const said = await saidIn(chat);
    expect(said.includes('handoff.claimed')).toBe(claimed.kind === 'claimed');
    expect(said.includes('handoff.withdrawn')).toBe(claimed.kind !== 'claimed');
  });

  test('right after a colleague fell silent: the apology for the silence is not said under the new one', async () => {
    const { chat, id } = await waits();
    await shop.desk.handoffs.claim(agent, id);
    await shop.settled();
    await chat.sends({ kind: 'event', event: 'agent-silent' });
    chat.hearsNothing();
  });
});

test('a transfer names the one who goes on, not the one before; the bot stays silent', async () => {
  const { chat, id } = await waits();
  const other = await shop.staff('dispatcher');
  await shop.rows('update staff set name = $2 where id = $1', [other.id, '赵磊']);
  await shop.desk.handoffs.claim(agent, id);
  await shop.settled();
  await shop.desk.handoffs.transfer(agent, id, other.id);
  await shop.settled();
  expect(chat.keys().at(-1)).toBe('handoff.transferred');
  expect(chat.text()).toContain('换赵磊接着帮您,前面说的都在,不用重复。');
  await chat.says('在吗');
  chat.hearsNothing();
});

describe('what was settled is taken up again', () => {
  async function resolvedTalk() {
    const chat = await shop.customer();
    await chat.saysAll('空调不制冷', '转人工');
    const [handoff] = await shop.rows<{ id: Identifier }>('select id from handoff where conversation_id = $1', [chat.conversationId]);
    const id = handoff?.id as Identifier;
    await shop.desk.handoffs.claim(agent, id);
    await shop.desk.handoffs.resolve(agent, id, { outcome: 'answered', note: null });
    await shop.settled();
    return { chat, id };
  }

  test('the customer hears that somebody comes and how long it takes, the bot does not talk over it, and goes on after', async () => {
    const { chat, id } = await resolvedTalk();
    await shop.desk.handoffs.reopen(agent, id, '客户来电说还没好');
    await shop.settled();
    expect(chat.keys().slice(-2)).toEqual(['handoff.reopened', 'handoff.position.next']);
    await chat.says('空调还是不制冷');
    chat.hears('handoff.noted');
    await shop.desk.handoffs.claim(agent, id);
    await shop.settled();
    await shop.desk.handoffs.release(agent, id, 'bot');
    await shop.settled();
    expect((await saidIn(chat)).slice(-4)).toEqual(['handoff.claimed', 'handoff.back', 'resumed.repair-booking', 'ask.address']);
  });

  test('not a word of it to who was claimed before the turn, nor that the bot was back', async () => {
    const { chat, id } = await resolvedTalk();
    await shop.desk.handoffs.reopen(agent, id, '还没好').then(() => shop.desk.handoffs.claim(agent, id));
    await shop.settled();
    const said = await saidIn(chat);
    const place = said.lastIndexOf('handoff.claimed');
    expect(said.slice(place + 1)).toEqual([]);
  });

  test('a survey that was just asked is asked no more', async () => {
    const { chat, id } = await resolvedTalk();
    const [survey] = await shop.rows<{ id: Identifier }>('select id from survey where handoff_id = $1', [id]);
    await chat.says('不修了');
    await chat.says('是');
    await shop.rows("update survey set status = 'asked', asked_at = now() where handoff_id = $1", [id]);
    await chat.sends({ kind: 'event', event: 'survey-due', surveyId: survey?.id as Identifier, reminder: false });
    expect(chat.asking()).toBe('score');
    await shop.desk.handoffs.reopen(agent, id, '还没好');
    await shop.settled();
    await shop.desk.handoffs.claim(agent, id);
    await shop.settled();
    await shop.desk.handoffs.release(agent, id, 'bot');
    await shop.settled();
    expect((await saidIn(chat)).slice(-3)).toEqual(['handoff.position.next', 'handoff.claimed', 'handoff.back']);
    await chat.says('5');
    expect(chat.keys()).not.toContain('survey.thanks.chat');
  });
});

describe('in the queue', () => {
  test('who writes on is told once that it is seen, and their place only when they ask', async () => {
    const [first, second] = [await waits(), await waits()];
    await second.chat.says('空调是去年买的');
    second.chat.hears('handoff.noted');
    await shop.desk.handoffs.claim(agent, first.id);
    await second.chat.says('型号是KFR-35');
    second.chat.hearsNothing();
    await second.chat.says('前面还有几位');
    second.chat.hears('handoff.position.next');
  });
});
