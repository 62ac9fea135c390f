/** The survey after a repair or a chat with staff, as customers answer it. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Identifier } from '../../src/domain/identifier.ts';
import { HOUR } from '../../src/domain/instant.ts';
import { DEFAULT_POLICY } from '../../src/domain/policy.ts';
import type { ChatChannel } from '../../src/domain/ticket.ts';
import { type Chat, openShop, type Shop } from '../support/chat.ts';
import { narrow } from '../wording/narrow.ts';

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
});
afterAll(() => shop.close());

const HOME = '北京市朝阳区望京街道阜通东大街6号院3号楼1501';

type Repaired = { readonly chat: Chat; readonly ticketId: Identifier; readonly number: string };

/** Booked on Friday, repaired on Sunday at 15:20. */
async function repaired(at: Shop = shop, channel: ChatChannel = 'terminal', done = '2026-11-22T15:20:00+08:00'): Promise<Repaired> {
  at.itIs('2026-11-20T10:00:00+08:00');
  const chat = await at.customer(undefined, channel);
  await chat.saysAll(`空调不制冷,后天下午三点,${HOME},13800138000`, '王芳', '确认');
  chat.hears('booked');
  const [ticket] = await at.rows<{ id: Identifier; number: string }>('select id, number from ticket where conversation_id = $1', [
    chat.conversationId,
  ]);
  if (ticket === undefined) throw new Error('a ticket was opened');
  at.itIs(done);
  await at.desk.tickets.transit(await at.staff('dispatcher'), ticket.number, 'complete');
  return { chat, ticketId: ticket.id, number: ticket.number };
}

/** What the customer hears when the surveys' round runs at a moment. */
async function comesDue(chat: Chat, moment: string, at: Shop = shop): Promise<readonly string[]> {
  const before = chat.keys().length;
  at.itIs(moment);
  await at.core.rounds.find((it) => it.name === 'surveys')?.round();
  await at.settled();
  return chat.keys().slice(before);
}

const recordOf = async ({ ticketId }: Pick<Repaired, 'ticketId'>, at: Shop = shop) => {
  const [row] = await at.rows<Record<string, unknown>>(
    `select s.status, s.score, s.resolved, s.items, s.answered_by, s.reason_sealed, s.comment_sealed, r.number as recheck
     from survey s left join ticket r on r.id = s.recheck_ticket_id where s.ticket_id = $1 and s.handoff_id is null`,
    [ticketId],
  );
  const open = (sealed: unknown) => (sealed === null ? null : at.core.store.seal.open('survey.text', sealed as Buffer));
  const { reason_sealed, comment_sealed, ...rest } = row ?? {};
  return { ...rest, reason: open(reason_sealed), comment: open(comment_sealed) };
};

const rechecksOf = (chat: Chat, at: Shop = shop) =>
  at.rows<{ id: string; number: string; due_at: Date; opened_at: Date; priority: string; district: string }>(
    "select id, number, due_at, opened_at, priority, district from ticket where kind = 'recheck' and conversation_id = $1",
    [chat.conversationId],
  );

describe('a repair that went well', () => {
  test('S2-054 is asked about once, an hour after: score, solved, thanks', async () => {
    const repair = await repaired();
    const { chat, number } = repair;
    expect(await comesDue(chat, '2026-11-22T16:19:00+08:00')).toEqual([]);
    expect(await comesDue(chat, '2026-11-22T16:20:00+08:00')).toEqual(['survey.score']);
    expect(narrow(chat.messages().at(-1)?.body.text ?? '')).toMatch(
      /^.{2,4}师傅11月22日修的空调,现在用着怎么样\?1到5分,回个数字就好,5是很满意。$/,
    );
    expect(chat.messages().at(-1)?.body.dialog).toMatchObject({ flow: 'survey', asking: 'score' });
    await chat.says('5');
    chat.hears('survey.resolved');
    expect(chat.text()).toBe('5分记下了,谢谢您。这次的问题解决了吗? [解决了] [没解决]');
    expect(await recordOf(repair)).toMatchObject({ status: 'answered', score: 5, resolved: null });
    await chat.says('解决了');
    chat.hears('survey.thanks');
    expect(await recordOf(repair)).toEqual({
      status: 'answered',
      score: 5,
      resolved: true,
      items: { badge: null, onTime: null, attitude: null },
      answered_by: 'customer',
      reason: null,
      comment: null,
      recheck: null,
    });
    for (const moment of ['2026-11-22T17:00:00+08:00', '2026-11-23T16:30:00+08:00', '2026-11-25T17:00:00+08:00'])
      expect(await comesDue(chat, moment)).toEqual([]);
    const agent = await shop.staff('agent');
    await shop.desk.tickets.transit(agent, number, 'reopen');
    await shop.desk.tickets.transit(agent, number, 'complete');
    expect(await comesDue(chat, '2026-11-26T12:00:00+08:00')).toEqual([]);
    expect(await rechecksOf(chat)).toEqual([]);
  });

  test.each([
    ['⭐⭐⭐⭐', 4],
    ['五颗星', 5],
    ['很满意', 5],
    ['打四分吧', 4],
    ['[4分]', 4],
  ])('%s is a score of %i', async (said, score) => {
    const repair = await repaired();
    await comesDue(repair.chat, '2026-11-22T16:20:00+08:00');
    if (said.startsWith('[')) await repair.chat.taps(said.slice(1, -1));
    else await repair.chat.says(said);
    repair.chat.hears('survey.resolved');
    expect(await recordOf(repair)).toMatchObject({ score, comment: null });
  });

  test('what is said beside the score is kept as it was said', async () => {
    const repair = await repaired();
    await comesDue(repair.chat, '2026-11-22T16:20:00+08:00');
    await repair.chat.says('5分 师傅很好,还帮我擦了外机');
    repair.chat.hears('survey.resolved');
    expect(narrow(String((await recordOf(repair)).comment))).toBe('师傅很好,还帮我擦了外机');
  });

  test('praise without a score is thanked for, and the score asked for', async () => {
    const repair = await repaired();
    await comesDue(repair.chat, '2026-11-22T16:20:00+08:00');
    await repair.chat.says('师傅特别负责');
    repair.chat.hears('survey.score.then');
    await repair.chat.says('5');
    expect(await recordOf(repair)).toMatchObject({ score: 5, comment: '师傅特别负责' });
  });
});

describe('asked again', () => {
  test.each(['10', '0', '6分', '好的'])('%s is no score: kindly, with the scale in words', async (said) => {
    const { chat } = await repaired();
    await comesDue(chat, '2026-11-22T16:20:00+08:00');
    await chat.says(said);
    chat.hears('survey.score.again');
    expect(chat.text()).toMatch(/^1到5分里打一个就行:5是很满意,3是一般,1是很不满意。不想评就说"跳过"。/);
    await chat.says('一般');
    chat.hears('survey.reason');
  });

  test('who says nothing is reminded the next day, once, and left in peace after three', async () => {
    const repair = await repaired();
    const { chat } = repair;
    await comesDue(chat, '2026-11-22T16:20:00+08:00');
    expect(await comesDue(chat, '2026-11-23T16:20:00+08:00')).toEqual(['survey.reminder', 'survey.score']);
    expect(await comesDue(chat, '2026-11-24T16:20:00+08:00')).toEqual([]);
    expect(await comesDue(chat, '2026-11-25T16:20:00+08:00')).toEqual([]);
    expect(await recordOf(repair)).toMatchObject({ status: 'closed', score: null });
    await chat.says('4分');
    chat.hears('survey.resolved');
    expect(await recordOf(repair)).toMatchObject({ status: 'answered', score: 4 });
  });

  test.each(['不想评', '算了', '跳过', '别烦我'])('%s: thanked and not asked a second time', async (said) => {
    const repair = await repaired();
    await comesDue(repair.chat, '2026-11-22T16:20:00+08:00');
    await repair.chat.says(said);
    repair.chat.hears('survey.declined');
    expect(await recordOf(repair)).toMatchObject({ status: 'closed', score: null });
    expect(await comesDue(repair.chat, '2026-11-23T16:20:00+08:00')).toEqual([]);
  });
});

describe('S2-055 a low answer', () => {
  test('a score of 2: a recheck due exactly 24 hours later, staff told, a call, the reason, thanks', async () => {
    const repair = await repaired();
    const { chat, ticketId } = repair;
    await comesDue(chat, '2026-11-22T16:20:00+08:00');
    shop.itIs('2026-11-22T18:03:20+08:00');
    await chat.says('2');
    chat.hears('survey.recheck', 'survey.reason.low');
    expect(chat.text()).toMatch(
      /^谢谢您直说,这次没让您满意是我们的问题。明天18:03前安排复查\(单号BX-\d{8}-\d{4,}\),负责人会先打电话给您。\n方便说一句主要是哪里不好吗\?/,
    );
    const [recheck] = await rechecksOf(chat);
    expect(recheck).toMatchObject({ priority: 'high', district: '朝阳区', due_at: new Date('2026-11-23T18:03:20+08:00') });
    expect(chat.messages()[0]?.body.ticket).toMatchObject({ number: recheck?.number, kind: 'recheck', status: 'open' });
    expect(await shop.rows('select kind from ticket_relation where from_id = $1 and to_id = $2', [recheck?.id, ticketId])).toEqual([
      { kind: 'recheck-of' },
    ]);
    expect(await shop.rows('select reason, next_send_at from page where ticket_id = $1', [recheck?.id])).toEqual([
      { reason: 'low-score', next_send_at: null },
    ]);
    expect(await shop.rows('select reason, status from contact_task where ticket_id = $1', [recheck?.id])).toEqual([
      { reason: 'recheck', status: 'open' },
    ]);
    await chat.says('师傅迟到了一个小时,修完还是有点响');
    chat.hears('survey.resolved.then');
    await chat.taps('没解决');
    chat.hears('survey.thanks.recheck');
    expect(await rechecksOf(chat)).toHaveLength(1);
    expect(await recordOf(repair)).toMatchObject({ score: 2, resolved: false, recheck: recheck?.number, comment: null });
    expect(narrow(String((await recordOf(repair)).reason))).toBe('师傅迟到了一个小时,修完还是有点响');
  });

  test('inside the quiet hours: staff are told in the morning, the 24 hours run at once', async () => {
    const { chat } = await repaired();
    await comesDue(chat, '2026-11-22T20:00:00+08:00');
    shop.itIs('2026-11-22T23:40:00+08:00');
    await chat.says('很差');
    chat.hears('survey.recheck', 'survey.reason.low');
    const [recheck] = await rechecksOf(chat);
    expect(recheck?.due_at).toEqual(new Date('2026-11-23T23:40:00+08:00'));
    expect(await shop.rows('select next_send_at from page where ticket_id = $1', [recheck?.id])).toEqual([
      { next_send_at: new Date('2026-11-23T08:00:00+08:00') },
    ]);
  });

  test('reason and score in one message: the reason is not asked again', async () => {
    const repair = await repaired();
    await comesDue(repair.chat, '2026-11-22T16:20:00+08:00');
    await repair.chat.says('3分,来得太晚了');
    repair.chat.hears('survey.resolved.then');
    expect(await recordOf(repair)).toMatchObject({ score: 3, reason: '来得太晚了', recheck: null });
  });

  test('not solved is enough, whatever the score', async () => {
    const repair = await repaired();
    await comesDue(repair.chat, '2026-11-22T16:20:00+08:00');
    await repair.chat.saysAll('4分', '没解决');
    repair.chat.hears('survey.recheck.unsolved', 'survey.thanks.recheck');
    const [recheck] = await rechecksOf(repair.chat);
    expect(recheck?.due_at.getTime()).toBe((recheck?.opened_at.getTime() ?? 0) + 24 * HOUR);
  });

  test('who leaves after the score has given it', async () => {
    const repair = await repaired();
    await comesDue(repair.chat, '2026-11-22T16:20:00+08:00');
    await repair.chat.saysAll('1分', '算了,不说了');
    repair.chat.hears('survey.thanks.recheck');
    expect(await recordOf(repair)).toMatchObject({ status: 'answered', score: 1 });
  });
});

describe('something else instead of an answer', () => {
  test('a new repair is booked, then the survey is taken up again aloud', async () => {
    const repair = await repaired();
    const { chat } = repair;
    await comesDue(chat, '2026-11-22T16:20:00+08:00');
    await chat.says('冰箱也不制冷了,帮我约个师傅来修');
    expect(chat.messages().at(-1)?.body.dialog.flow).toBe('repair-booking');
    expect(await recordOf(repair)).toMatchObject({ score: null });
    await chat.taps('还是这里');
    await chat.saysAll('型号不清楚', '明天下午三点');
    expect(chat.asking()).toBe('confirm');
    await chat.says('确认');
    expect(chat.keys()).toEqual(['booked', 'resumed.survey', 'survey.score']);
    await chat.says('5');
    chat.hears('survey.resolved');
  });

  test('a question in between is answered, then the score asked again', async () => {
    const { chat } = await repaired();
    await comesDue(chat, '2026-11-22T16:20:00+08:00');
    await chat.says('你们几点下班?');
    expect(chat.keys().at(-1)).toBe('survey.score');
    expect(chat.keys().length).toBeGreaterThan(1);
  });

  test('a complaint carries the number of the visit, and what was scored is kept', async () => {
    const repair = await repaired();
    const { chat, number } = repair;
    await comesDue(chat, '2026-11-22T16:20:00+08:00');
    await chat.says('2');
    await chat.says('我要投诉');
    expect(chat.messages().at(-1)?.body.dialog.flow).toBe('complaint');
    expect(await recordOf(repair)).toMatchObject({ status: 'answered', score: 2 });
    await chat.saysAll('修了三次还没好,师傅态度也差', '退费');
    expect(chat.text()).toContain(number);
    await chat.says('确认');
    // The survey has its score: it is closed aloud, and nothing more is asked.
    expect(chat.keys()).toEqual(['complaint.filed', 'resumed.survey', 'survey.thanks.recheck']);
    expect(chat.asking()).toBeNull();
    const [complaint] = await shop.rows<{ about: string }>(
      'select t.number as about from complaint_case c join ticket t on t.id = c.about_ticket_id join ticket o on o.id = c.ticket_id where o.conversation_id = $1',
      [chat.conversationId],
    );
    expect(complaint).toEqual({ about: number });
    expect(await recordOf(repair)).toMatchObject({ status: 'answered', score: 2, resolved: null });
  });
});

describe('at a bad time', () => {
  test('in the middle of a booking it waits half an hour, and longer while it goes on', async () => {
    const { chat } = await repaired();
    shop.itIs('2026-11-22T16:00:00+08:00');
    await chat.says('电视黑屏了,想报修');
    expect(await comesDue(chat, '2026-11-22T16:20:00+08:00')).toEqual([]);
    expect(await comesDue(chat, '2026-11-22T16:49:00+08:00')).toEqual([]);
    await chat.saysAll('不修了', '确定');
    expect(await comesDue(chat, '2026-11-22T16:50:00+08:00')).toEqual(['survey.score']);
  });
});

describe('a chat with staff', () => {
  test('that was resolved is asked about; a low score is gone over again', async () => {
    shop.itIs('2026-11-20T10:00:00+08:00');
    const chat = await shop.customer();
    await chat.says('转人工');
    const agent = await shop.staff('agent');
    const [handoff] = await shop.rows<{ id: Identifier }>('select id from handoff where conversation_id = $1', [chat.conversationId]);
    const id = handoff?.id as Identifier;
    await shop.desk.handoffs.claim(agent, id);
    await shop.desk.handoffs.resolve(agent, id, { outcome: 'answered', note: null });
    await shop.settled();
    expect(await comesDue(chat, '2026-11-20T11:00:00+08:00')).toEqual(['survey.score.chat']);
    await chat.says('1');
    chat.hears('survey.recheck.chat', 'survey.reason.low');
    expect(await rechecksOf(chat)).toHaveLength(1);
    await chat.says('跳过');
    chat.hears('survey.resolved.then');
    await chat.says('没有');
    chat.hears('survey.thanks.recheck');
  });
});

describe('by the policy', () => {
  test('badge, time, manner and a word at the end are asked, one by one', async () => {
    const policy = {
      ...DEFAULT_POLICY,
      survey: { ...DEFAULT_POLICY.survey, items: ['badge', 'on-time', 'attitude'] as const, comment: true },
    };
    const other = await openShop('2026-11-20T10:00:00+08:00', { ...policy, survey: { ...policy.survey, items: [...policy.survey.items] } });
    try {
      const repair = await repaired(other);
      const { chat } = repair;
      await comesDue(chat, '2026-11-22T16:20:00+08:00', other);
      await chat.saysAll('5分', '解决了');
      chat.hears('survey.badge');
      await chat.says('戴了');
      chat.hears('survey.on-time');
      await chat.says('晚了半小时');
      chat.hears('survey.attitude');
      await chat.says('4');
      chat.hears('survey.comment');
      await chat.says('周末也能修就好了');
      chat.hears('survey.thanks');
      expect(await recordOf(repair, other)).toMatchObject({
        score: 5,
        items: { badge: true, onTime: false, attitude: 4 },
        comment: '周末也能修就好了',
      });
    } finally {
      await other.close();
    }
  });
});

test('S2-043 two chats and the phone leave records of one shape', async () => {
  const [terminal, web, phone] = [await repaired(), await repaired(shop, 'web-chat'), await repaired()];
  for (const { chat } of [terminal, web]) {
    await comesDue(chat, '2026-11-22T16:20:00+08:00');
    await chat.saysAll('4分,师傅话不多', '解决了');
    chat.hears('survey.thanks');
  }
  await shop.rows(
    "update survey set conversation_id = null, status = 'waiting', asked_at = null, due_at = '2026-11-22T16:20:00+08:00' where ticket_id = $1",
    [phone.ticketId],
  );
  await shop.core.rounds.find((it) => it.name === 'surveys')?.round();
  const agent = await shop.staff('agent');
  const [task] = await shop.rows<{ reason: string; status: string }>(
    "select reason, status from contact_task where ticket_id = $1 and reason = 'survey'",
    [phone.ticketId],
  );
  expect(task).toEqual({ reason: 'survey', status: 'open' });
  const form = { score: 4, resolved: true, reason: null, comment: '师傅话不多', items: { badge: null, onTime: null, attitude: null } };
  expect((await shop.desk.tickets.answerSurvey(agent, phone.number, form)).kind).toBe('answered');
  const [ofTerminal, ofWeb, ofPhone] = [await recordOf(terminal), await recordOf(web), await recordOf(phone)];
  expect(ofWeb).toEqual(ofTerminal);
  expect(ofPhone).toEqual({ ...ofTerminal, answered_by: `staff:${agent.id}` });
  expect(ofTerminal).toMatchObject({ status: 'answered', score: 4, resolved: true, comment: '师傅话不多' });
});
