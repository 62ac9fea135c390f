/** What customers hear when staff do something with their ticket: a visit arranged, a complaint answered, two tickets made one. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Identifier } from '../../src/domain/identifier.ts';
import { HOUR, type Instant, instantOf } from '../../src/domain/instant.ts';
import { type Chat, openShop, type Shop } from '../support/chat.ts';

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
});
beforeEach(() => shop.itIs('2026-11-20T10:00:00+08:00'));
afterAll(() => shop.close());

const HOME = '北京市朝阳区望京街道阜通东大街6号院3号楼1501';
const at = (moment: string): Instant => instantOf(Date.parse(`${moment}:00+08:00`));
const windowFrom = (moment: string) => ({ from: at(moment), to: instantOf(at(moment) + 2 * HOUR) });
const TUESDAY = windowFrom('2026-11-24T10:00');

type Booked = { readonly chat: Chat; readonly number: string; readonly id: Identifier; readonly appointment: Identifier };

/** A visit on Sunday from two to four. */
async function booked(said = '空调不制冷,后天下午三点', who?: string): Promise<Booked> {
  const chat = await shop.customer(who);
  await chat.saysAll(`${said},${HOME},13800138000`, '王芳', '确认');
  expect(chat.keys()[0]).toMatch(/^booked/);
  const [row] = await shop.rows<Omit<Booked, 'chat'>>(
    'select t.id, t.number, x.appointment_id as appointment from ticket t join appointment_ticket x on x.ticket_id = t.id where t.conversation_id = $1 order by t.number',
    [chat.conversationId],
  );
  if (row === undefined) throw new Error('a visit was booked');
  return { chat, ...row };
}

/** What is said without the customer having said anything. */
async function heardAfter(chat: Chat, work: () => Promise<unknown>): Promise<readonly string[]> {
  const before = (await shop.core.store.lastSeq(chat.conversationId)) ?? 0;
  await work();
  await shop.settled();
  return (await shop.core.store.readLog(chat.conversationId, before, 50)).flatMap((it) => (it.from === 'bot' ? [it.body.text] : []));
}

const lastReach = (chat: Chat) =>
  shop.rows(
    'select reach as reason, reach_ticket_id as ticket from message where conversation_id = $1 and reach is not null order by seq desc limit 1',
    [chat.conversationId],
  );

describe('a visit that staff arrange', () => {
  test('S2-016 S4-018 is told with its new time, engineer and calendar, has to reach, and can be changed again by the customer', async () => {
    const { chat, number, id } = await booked();
    const dispatcher = await shop.staff('dispatcher');
    const [said, ...more] = await heardAfter(chat, () =>
      shop.desk.tickets.changeVisit(dispatcher, number, { window: TUESDAY, engineerId: null, reason: 'customer-asked' }),
    );
    expect(more).toEqual([]);
    expect(said).toMatch(/^您的空调（单号BX-[\d-]+）上门时间改到11月24日 周二 10:00–12:00，.+师傅来，电话1\d{10}，/u);
    expect(await lastReach(chat)).toEqual([{ reason: 'change', ticket: id }]);
    expect(
      chat
        .messages()
        .at(-1)
        ?.body.links.map((it) => it.label),
    ).toEqual(['加到日历']);
    await chat.says('不合适,改到周三上午十点');
    expect(chat.text()).toContain('11月25日 周三 10:00–12:00');
    await chat.says('确认');
    chat.hears('changed');
  });

  test('only another engineer: the time is said to stand', async () => {
    const { chat, number } = await booked();
    const dispatcher = await shop.staff('dispatcher');
    const listed = await shop.desk.tickets.windows(dispatcher, number, { from: null, days: 7 });
    const read = await shop.desk.tickets.read(dispatcher, number);
    if (listed.kind !== 'listed' || read.kind !== 'found' || read.ticket.appointment === null) throw new Error('a visit with windows');
    const { window, engineer } = read.ticket.appointment;
    const other = listed.windows.find((it) => it.from === window.from)?.engineers.find((it) => it.id !== engineer.id);
    if (other === undefined) throw new Error('somebody else is free');
    const [said] = await heardAfter(chat, () =>
      shop.desk.tickets.changeVisit(dispatcher, number, { window, engineerId: other.id, reason: 'engineer-unavailable' }),
    );
    expect(said).toContain(`换${other.name}师傅来，还是11月22日 周日 14:00–16:00`);
  });

  test('changed twice before anything was said: the last time alone is told', async () => {
    const { chat, number } = await booked();
    const dispatcher = await shop.staff('dispatcher');
    const said = await heardAfter(chat, async () => {
      const change = (moment: string) =>
        shop.desk.tickets.changeVisit(dispatcher, number, { window: windowFrom(moment), engineerId: null, reason: null });
      await chat.sends({
        kind: 'event',
        event: 'visit-arranged',
        ticketId: shop.core.makeIdentifier(),
        appointmentId: shop.core.makeIdentifier(),
        change: 'moved',
      });
      await change('2026-11-24T14:00');
      const [old] = await shop.rows<{ id: Identifier; ticket: Identifier }>(
        "select a.id, t.id as ticket from appointment a join appointment_ticket x on x.appointment_id = a.id join ticket t on t.id = x.ticket_id where t.number = $1 and a.status = 'booked'",
        [number],
      );
      await change('2026-11-25T14:00');
      await shop.settled();
      if (old) await chat.sends({ kind: 'event', event: 'visit-arranged', ticketId: old.ticket, appointmentId: old.id, change: 'moved' });
    });
    expect(said.at(-1)).toContain('11月25日 周三 14:00–16:00');
    chat.hearsNothing();
  });

  test('in the middle of another matter: its question stays open', async () => {
    const { chat, number } = await booked();
    await chat.says('电视也黑屏了');
    const open = chat.asking();
    await heardAfter(chat, async () =>
      shop.desk.tickets.changeVisit(await shop.staff('agent'), number, { window: TUESDAY, engineerId: null, reason: null }),
    );
    await chat.says('再说一遍');
    expect(chat.asking()).toBe(open);
  });

  test('while the customer is about to confirm another time: nothing is taken from under them', async () => {
    const { chat, number } = await booked();
    await chat.says('改到下周二下午两点');
    chat.hears('confirm.change');
    await shop.desk.tickets.changeVisit(await shop.staff('agent'), number, { window: TUESDAY, engineerId: null, reason: null });
    await shop.settled();
    await chat.says('确认');
    const visits = await shop.rows<{ window_from: Date }>(
      "select a.window_from from appointment a join appointment_ticket x on x.appointment_id = a.id join ticket t on t.id = x.ticket_id where t.number = $1 and a.status = 'booked'",
      [number],
    );
    expect(visits).toHaveLength(1);
  });
});

describe('a complaint that staff answer', () => {
  async function filed() {
    const chat = await shop.customer();
    await chat.saysAll('我要投诉,师傅态度特别差', '维修服务', '道歉', '不留电话', '确认');
    const [row] = await shop.rows<{ number: string; id: Identifier; status: string }>(
      "select number, id, status from ticket where conversation_id = $1 and kind = 'complaint'",
      [chat.conversationId],
    );
    if (row === undefined) throw new Error(`a complaint was filed: ${chat.text()}`);
    return { chat, ...row };
  }
  const statusOf = async (id: Identifier) =>
    (await shop.rows<{ status: string }>('select status from ticket where id = $1', [id]))[0]?.status;

  test('S4-005 is told the answer of the department and what to do when it is not enough, once', async () => {
    const { chat, number, id } = await filed();
    const quality = await shop.staff('quality');
    const said = await heardAfter(chat, () =>
      shop.desk.tickets.answerComplaint(quality, number, { text: '师傅已向您道歉，检测费退回', settled: true }),
    );
    expect(said).toHaveLength(2);
    expect(said[0]).toMatch(new RegExp(`^关于您反映的${number}，.+的答复：师傅已向您道歉，检测费退回$`, 'u'));
    expect(said[1]).toBe('您觉得还不行，回“投诉”接着说，或者回“人工”，我们接着处理。');
    expect(await lastReach(chat)).toEqual([{ reason: 'answer', ticket: id }]);
    expect(await statusOf(id)).toBe('resolved');
  });

  test('S4-005 not settled: it waits for the customer, and who is not content opens it anew', async () => {
    const { chat, number, id } = await filed();
    await shop.desk.tickets.answerComplaint(await shop.staff('agent'), number, { text: '我们查过录音，想请您再说说经过', settled: false });
    await shop.settled();
    expect(await statusOf(id)).toBe('waiting-customer');
    await chat.saysAll('投诉', '不行,师傅态度太差了', '道歉', '不留电话', '确认');
    chat.hears('complaint.joined.chat');
    expect(await statusOf(id)).toBe('open');
  });
});

describe('two tickets of one matter', () => {
  test('the customer is told the number that goes on, and the visit it has', async () => {
    const who = shop.core.makeIdentifier();
    const one = await booked('空调不制冷,后天下午三点', who);
    const two = await booked('空调不制冷,大后天下午三点', who);
    const said = await heardAfter(two.chat, async () =>
      shop.desk.tickets.mergeDuplicates(await shop.staff('agent'), one.number, two.number),
    );
    expect(said).toHaveLength(1);
    expect(said[0]).toContain(
      `${two.number}和${one.number}是同一件事，合到一张单上办，以后报${one.number}就行。上门是11月22日 周日 14:00–16:00，`,
    );
    expect(await lastReach(two.chat)).toEqual([{ reason: 'change', ticket: one.id }]);
    await two.chat.says('查进度');
    expect(two.chat.text()).toContain(one.number);
  });
});
