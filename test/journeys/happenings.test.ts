/** What the bot says when something happens that the customer did not say: a visit draws near, prices change, a person goes. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Identifier } from '../../src/domain/identifier.ts';
import type { LocalDay } from '../../src/domain/instant.ts';
import { type Chat, openShop, type Shop } from '../support/chat.ts';

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
});
beforeEach(() => shop.itIs('2026-11-20T10:00:00+08:00'));
afterAll(() => shop.close());

const HOME = '北京市朝阳区望京街道阜通东大街6号院3号楼1501';

/** A visit on Sunday from two to four. */
async function booked() {
  const chat = await shop.customer();
  await chat.saysAll(`空调不制冷,后天下午三点,${HOME},13800138000`, '王芳', '确认');
  const [visit] = await shop.rows<{ appointment: Identifier; ticket: Identifier; number: string }>(
    `select x.appointment_id as appointment, t.id as ticket, t.number from ticket t join appointment_ticket x on x.ticket_id = t.id where t.conversation_id = $1`,
    [chat.conversationId],
  );
  if (visit === undefined) throw new Error('a visit was booked');
  return { chat, ...visit };
}

const mustReach = (chat: Chat) =>
  shop.rows<{ reach: string; reach_ticket_id: string }>(
    'select reach, reach_ticket_id from message where conversation_id = $1 and reach is not null order by seq desc limit 1',
    [chat.conversationId],
  );

describe('first contact', () => {
  test('S2-024 the greeting says what personal data is for, with the page on it among the buttons', async () => {
    const chat = await shop.customer();
    chat.hears('greeting');
    const [greeting] = chat.messages();
    expect(greeting?.body.text).toMatch(/只用于这次服务/);
    expect(greeting?.body.links.map((it) => [it.label, new URL(it.url).pathname])).toEqual([['隐私说明', '/privacy']]);
    expect(greeting?.body.choices.map((it) => it.label)).toEqual(['报修', '查进度', '查保修', '问价格', '转人工']);
  });

  test('S2-024 on a channel that does not say hello the line comes with the first answer, and only then', async () => {
    const { core } = shop;
    const conversationId = core.makeIdentifier();
    await core.store.openConversation({ conversationId, channel: 'terminal', externalId: core.makeIdentifier(), at: core.now() });
    const says = async (text: string): Promise<readonly string[]> => {
      const before = (await core.store.lastSeq(conversationId)) ?? 0;
      const id = core.makeIdentifier();
      const body = { kind: 'text', text } as const;
      await core.store.accept([
        { id, conversationId, channel: 'terminal', channelMessageId: id, sender: 'customer', body, at: core.now() },
      ]);
      core.turns.turnSoon(conversationId);
      await shop.settled();
      const log = await core.store.readLog(conversationId, before, 50);
      return log.flatMap((it) => (it.from === 'bot' ? it.body.dialog.reply : []));
    };
    expect(await says('空调不制冷')).toEqual(['consent', 'ask.address']);
    expect(await says(HOME)).toEqual(['ask.phone']);
  });
});

describe('a reminder', () => {
  test('names the visit, has to reach the customer, and leaves the open question open', async () => {
    const { chat, appointment, ticket, number } = await booked();
    shop.itIs('2026-11-21T18:00:00+08:00');
    await chat.sends({ kind: 'event', event: 'reminder', appointmentId: appointment, when: 'day-before' });
    chat.hears('reminder.day-before');
    expect(chat.text()).toContain('11月22日 周日 14:00–16:00');
    expect(chat.text()).toContain(number);
    expect(await mustReach(chat)).toEqual([{ reach: 'reminder', reach_ticket_id: ticket }]);
    shop.itIs('2026-11-22T12:00:00+08:00');
    await chat.sends({ kind: 'event', event: 'reminder', appointmentId: appointment, when: 'on-day' });
    chat.hears('reminder.on-day');
    expect(chat.text()).toMatch(/电话1\d{10}/);
  });

  test('in the middle of a booking: what is answered next is still the question', async () => {
    const { chat, appointment } = await booked();
    await chat.says('电视也黑屏了');
    const open = chat.asking();
    await chat.sends({ kind: 'event', event: 'reminder', appointmentId: appointment, when: 'day-before' });
    chat.hears('reminder.day-before');
    await chat.says('再说一遍');
    expect(chat.asking()).toBe(open);
  });

  test('of a visit that was moved, called off or has begun is silence', async () => {
    const moved = await booked();
    await moved.chat.saysAll('改到下周二上午十点', '确认');
    moved.chat.hears('changed');
    await moved.chat.sends({ kind: 'event', event: 'reminder', appointmentId: moved.appointment, when: 'day-before' });
    moved.chat.hearsNothing();
    const off = await booked();
    await off.chat.saysAll('取消预约', '确定');
    off.chat.hears('called-off');
    await off.chat.sends({ kind: 'event', event: 'reminder', appointmentId: off.appointment, when: 'on-day' });
    off.chat.hearsNothing();
    const begun = await booked();
    shop.itIs('2026-11-22T14:00:00+08:00');
    await begun.chat.sends({ kind: 'event', event: 'reminder', appointmentId: begun.appointment, when: 'on-day' });
    begun.chat.hearsNothing();
  });
});

describe('prices and visits', () => {
  test('a new price list is announced, and that the visit keeps the old one', async () => {
    const { chat, ticket, number } = await booked();
    await chat.sends({ kind: 'event', event: 'price-notice', ticketId: ticket, effectiveFrom: '2026-12-01' as LocalDay });
    chat.hears('price-notice');
    expect(chat.text()).toContain('2026年12月1日');
    expect(chat.text()).toContain(number);
    expect(await mustReach(chat)).toEqual([{ reach: 'price-notice', reach_ticket_id: ticket }]);
  });

  test('a visit that staff called off is told, with the way to a new one', async () => {
    const { chat, ticket, number } = await booked();
    await chat.sends({ kind: 'event', event: 'visit-changed', ticketId: ticket });
    chat.hearsNothing();
    await shop.rows("update ticket set status = 'cancelled' where id = $1", [ticket]);
    await chat.sends({ kind: 'event', event: 'visit-changed', ticketId: ticket });
    chat.hears('visit.called-off');
    expect(chat.text()).toContain(number);
    expect(await mustReach(chat)).toEqual([{ reach: 'change', reach_ticket_id: ticket }]);
  });

  test('of a ticket that is not there nothing is said', async () => {
    const { chat } = await booked();
    const ticketId = shop.core.makeIdentifier();
    await chat.sends({ kind: 'event', event: 'visit-changed', ticketId });
    chat.hearsNothing();
    await chat.sends({ kind: 'event', event: 'price-notice', ticketId, effectiveFrom: '2026-12-01' as LocalDay });
    chat.hearsNothing();
    await chat.sends({ kind: 'event', event: 'reminder', appointmentId: ticketId, when: 'on-day' });
    chat.hearsNothing();
  });
});

describe('people and limits', () => {
  test('a person who says nothing: an apology, the old place in the queue, and the time', async () => {
    const chat = await shop.customer();
    await chat.saysAll('空调不制冷', '人工');
    await chat.sends({ kind: 'event', event: 'agent-silent' });
    chat.hears('handoff.agent-silent', 'handoff.position.next');
  });

  test('a customer who says nothing is told how to go on', async () => {
    const chat = await shop.customer();
    await chat.sends({ kind: 'event', event: 'customer-silent' });
    chat.hears('handoff.customer-silent');
  });

  test('messages that were refused are spoken of, and the open question stands', async () => {
    const chat = await shop.customer();
    await chat.says('空调不制冷');
    await chat.sends({ kind: 'event', event: 'messages-refused' });
    chat.hears('messages-refused');
    await chat.says(HOME);
    chat.hears('ask.phone');
  });

  test('that a customer was linked to a ticket is no word to them', async () => {
    const chat = await shop.customer();
    await chat.sends({ kind: 'event', event: 'customer-linked' });
    chat.hearsNothing();
  });
});
