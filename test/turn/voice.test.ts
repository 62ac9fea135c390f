/** A voice message without words: kept for people, never met with "please type" alone, and a call is one tap away. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openShop, type Shop } from '../support/chat.ts';
import { answeredAtFirst, books, HOME, handoffsOf, PHONE, speaks, takenByAPerson, transcriptOf } from './from-a-phone.ts';

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
});
beforeEach(() => shop.itIs('2026-11-20T10:00:00+08:00'));
afterAll(() => shop.close());

const ticketsOfVoices = (conversationId: string) =>
  shop.rows<{ number: string | null }>(
    'select t.number from attachment a left join ticket t on t.id = a.ticket_id where a.conversation_id = $1 order by a.id',
    [conversationId],
  );
const calls = (conversationId: string) =>
  shop.rows<{ reason: string; number: string; due_at: Date }>(
    'select c.reason, t.number, c.due_at from contact_task c join ticket t on t.id = c.ticket_id where t.conversation_id = $1 and c.reason = $2',
    [conversationId, 'call-back'],
  );

describe('in the middle of a booking', () => {
  test('it is kept, the way to text is shown, a call is offered under the question that stays open', async () => {
    const chat = await shop.customer();
    await chat.says('空调不制冷');
    await speaks(shop, chat);
    chat.hears('voice', 'ask.address');
    expect(chat.text()).toBe(
      '语音收到了,已经给同事留好,只是我这边听不了。您长按它点"转文字",把文字发我就行;不方便就点"请同事打给我"。\n' +
        '师傅上门到哪里?请发详细地址,市、区、街道、楼号和门牌号。 [请同事打给我]',
    );
    await chat.says(HOME);
    chat.hears('ask.phone');
  });

  test('it goes with the ticket that is opened, and staff find it there and in the chat', async () => {
    const chat = await shop.customer();
    await chat.says('洗衣机漏水');
    await speaks(shop, chat);
    await books(chat);
    const [voice] = await ticketsOfVoices(chat.conversationId);
    const found = await shop.desk.tickets.read(await shop.staff('agent'), voice?.number ?? '');
    expect(found.kind === 'found' ? found.ticket.attachments.map((it) => it.name) : found.kind).toEqual(['voice.amr']);
    expect((await transcriptOf(shop, chat))[1]).toEqual({ text: '[语音]', files: ['voice.amr'] });
  });

  test('the second one is answered shortly, buttons of the question before the call keep their numbers', async () => {
    const chat = await shop.customer();
    await chat.says('我要报修');
    await speaks(shop, chat);
    await speaks(shop, chat);
    chat.hears('voice.again', 'ask.appliance');
    await chat.says('2');
    chat.hears('ask.fault');
    expect(chat.text()).toContain('冰箱');
  });

  test('whoever goes on speaking gets a person, who hears all of it', async () => {
    const chat = await shop.customer();
    await chat.says('空调不制冷');
    for (const _ of [1, 2, 3]) await speaks(shop, chat);
    expect(chat.keys()[0]).toBe('voice.person');
    expect(chat.keys()[1]).toMatch(/^handoff\.(?:next|waiting)$/);
    expect(await handoffsOf(shop, chat)).toEqual([{ reason: 'voice', status: 'queued' }]);
  });

  test('words in between begin the row anew, and nobody is taught twice a day', async () => {
    const chat = await shop.customer();
    await chat.says('空调不制冷');
    await speaks(shop, chat);
    await speaks(shop, chat);
    await chat.says(HOME);
    await speaks(shop, chat);
    chat.hears('voice.again', 'ask.phone');
    shop.itIs('2026-11-21T10:01:00+08:00');
    await speaks(shop, chat);
    chat.hears('voice', 'ask.phone');
  });
});

describe('请同事打给我', () => {
  test('without a number: a person, and the number is asked for; it is noted while they wait', async () => {
    const chat = await shop.customer();
    await chat.says('空调不制冷');
    await speaks(shop, chat);
    await chat.taps('请同事打给我');
    expect([chat.keys()[0], chat.keys()[2]]).toEqual(['call-back.asked', 'ask.phone.call-back']);
    expect(await handoffsOf(shop, chat)).toEqual([{ reason: 'call-back', status: 'queued' }]);
    await chat.says(PHONE);
    chat.hears('call-back.noted');
    expect(chat.text()).toBe('记下了,同事打13800138000给您。情况也可以先发在这里。');
    const { phone } = await shop.core.store.readings.customerRecord(await customerOf(chat.conversationId));
    expect(phone).toBe('+8613800138000');
    await chat.says('就是不制冷');
    chat.hears('handoff.noted');
    await chat.says('继续报修');
    chat.hears('handoff.withdrawn', 'resumed.repair-booking', 'ask.address');
  });

  test('with the number the dialog knows already, masked', async () => {
    const chat = await shop.customer();
    await chat.says(`空调不制冷,${PHONE}`);
    await speaks(shop, chat);
    await chat.says('打给我吧');
    expect(chat.keys()[0]).toBe('call-back');
    expect(chat.text()).toContain('好的,请同事打138****8000给您');
  });

  test('outside any dialog a number alone is enough', async () => {
    const chat = await shop.customer();
    await speaks(shop, chat);
    chat.hears('voice.open');
    expect(chat.text()).toContain('[请同事打给我] [报修] [查进度]');
    await chat.says(PHONE);
    expect(chat.keys()[0]).toBe('call-back');
    expect(await handoffsOf(shop, chat)).toEqual([{ reason: 'call-back', status: 'queued' }]);
  });

  test('outside any dialog a fault with a number is a repair, and 师傅到了打给我 no call', async () => {
    const chat = await shop.customer();
    await speaks(shop, chat);
    await chat.says(`空调不制冷,${PHONE}`);
    chat.hears('ask.address');
    await speaks(shop, chat);
    await chat.says(`${HOME},师傅到了打给我`);
    expect(await handoffsOf(shop, chat)).toEqual([]);
  });

  test('about a ticket just opened somebody calls by a time that is said, once however often it is tapped', async () => {
    const chat = await shop.customer();
    await books(chat);
    await speaks(shop, chat);
    chat.hears('voice.with-ticket');
    await chat.taps('请同事打给我');
    chat.hears('call-back.ticket');
    const [call, ...others] = await calls(chat.conversationId);
    expect(call).toMatchObject({ reason: 'call-back', due_at: new Date('2026-11-20T12:00:00+08:00') });
    expect(chat.text()).toBe(`好的,今天12:00前同事打138****8000给您,单号${call?.number}。语音也给同事留着,要补充直接发在这里。`);
    expect(others).toEqual([]);
    await speaks(shop, chat);
    await chat.taps('请同事打给我');
    expect(await calls(chat.conversationId)).toHaveLength(1);
    expect(await handoffsOf(shop, chat)).toEqual([]);
    expect((await ticketsOfVoices(chat.conversationId)).map((it) => it.number)).toEqual([call?.number, call?.number]);
  });

  test('about a ticket that was called off: a person', async () => {
    const chat = await shop.customer();
    await books(chat);
    await chat.saysAll('取消上门', '确认');
    await speaks(shop, chat);
    chat.hears('voice.open');
    await chat.taps('请同事打给我');
    expect(chat.keys()[0]).toBe('call-back');
    expect(await calls(chat.conversationId)).toEqual([]);
  });
});

test('with a person on the chat the bot is silent, in the queue it is noted once', async () => {
  const chat = await shop.customer();
  await chat.saysAll('空调不制冷', '转人工');
  await speaks(shop, chat);
  chat.hears('handoff.noted');
  await speaks(shop, chat);
  chat.hearsNothing();
  const other = await shop.customer();
  await other.says('空调不制冷');
  await takenByAPerson(shop, other);
  await speaks(shop, other);
  other.hearsNothing();
  expect((await transcriptOf(shop, other)).at(-1)).toEqual({ text: '[语音]', files: ['voice.amr'] });
});

test('S2-024 at first contact the line on personal data comes with it', async () => {
  expect(await answeredAtFirst(shop, { kind: 'voice', attachmentId: shop.core.makeIdentifier() })).toEqual(['consent', 'voice.open']);
});

test('in English', async () => {
  const chat = await shop.customer();
  await chat.says('My fridge leaks');
  await speaks(shop, chat);
  chat.hears('voice', 'ask.address');
  expect(chat.text()).toContain('tap "Convert to Text" and send me the words, or tap "Please call me".');
  await speaks(shop, chat);
  chat.hears('voice.again', 'ask.address');
  await chat.says('call me please');
  expect([chat.keys()[0], chat.keys()[2]]).toEqual(['call-back.asked', 'ask.phone.call-back']);
});

async function customerOf(conversationId: string) {
  const conversation = await shop.core.store.readConversation(conversationId as never);
  if (conversation === null) throw new Error('no conversation');
  return conversation.customerId;
}
