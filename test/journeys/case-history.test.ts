/** One customer, from the first repair to the complaint: what is known stays known, and every ticket knows the others. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { HOUR } from '../../src/domain/instant.ts';
import { type Chat, openShop, type Shop } from '../support/chat.ts';
import { narrow } from '../wording/narrow.ts';

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
});
afterAll(() => shop.close());

const HOME = '北京市朝阳区望京街道阜通东大街6号院3号楼1501';
const REASON = '师傅迟到了一个小时,说话还难听';

/** The number of the ticket that the last answer was about. */
function numberOf(chat: Chat): string {
  const number = chat.messages().at(0)?.body.ticket?.number;
  if (number === undefined) throw new Error(`no ticket: ${chat.text()}`);
  return number;
}

/** A ticket as the staff API gives it. */
async function asStaffRead(number: string) {
  const read = await shop.desk.tickets.read(await shop.staff('admin'), number);
  if (read.kind !== 'found') throw new Error(`${number}: ${read.kind}`);
  return read.ticket;
}

/** What the customer hears when the surveys' round runs at a moment. */
async function asked(chat: Chat, moment: string): Promise<readonly string[]> {
  const before = chat.keys().length;
  shop.itIs(moment);
  await shop.core.rounds.find((it) => it.name === 'surveys')?.round();
  await shop.settled();
  return chat.keys().slice(before);
}

test('S2-012 S2-055 S2-057 booked, finished, 又不冷了 the next day, a survey of 2, a complaint inside it', async () => {
  const chat = await shop.customer();
  await chat.saysAll(`空调不制冷,后天下午三点,${HOME},13800138000`, '王芳', '确认');
  chat.hears('booked');
  const first = numberOf(chat);
  shop.itIs('2026-11-22T20:50:00+08:00');
  await shop.desk.tickets.transit(await shop.staff('dispatcher'), first, 'complete');
  expect(await asked(chat, '2026-11-22T21:50:00+08:00'), 'in the quiet hours').toEqual([]);

  shop.itIs('2026-11-23T07:50:00+08:00');
  await chat.says('又不冷了');
  chat.hears('ask.address.record');
  await chat.taps('还是这里');
  await chat.saysAll('型号不清楚', '明天上午十点');
  chat.hears('confirm.read-back');
  expect(chat.text()).toContain('· 故障:空调不制冷\n· 时间:11月24日 周二 10:00–12:00');
  expect(chat.text()).toContain(`这台11月22日修过(单号${first}),同一故障保修到2027年2月20日,这次上门和维修都不收费。`);
  await chat.says('确认');
  chat.hears('booked');
  const second = numberOf(chat);

  expect(await asked(chat, '2026-11-23T08:20:00+08:00')).toEqual(['survey.score']);
  shop.itIs('2026-11-23T09:30:20+08:00');
  const answeredAt = shop.clock.now;
  await chat.says('2');
  chat.hears('survey.recheck', 'survey.reason.low');
  const recheck = numberOf(chat);
  await chat.says(REASON);
  chat.hears('survey.resolved.then');

  await chat.says('我要投诉');
  expect(chat.keys().at(-1), 'not what, nor which visit, nor the phone').toBe('ask.complaint-wish');
  await chat.says('退费');
  chat.hears('confirm.complaint');
  expect(chat.text()).toContain(`· 经过:"${REASON}"\n· 关于:空调(单号${first})\n· 分类:维修服务\n· 希望:退费\n· 电话:138****8000`);
  await chat.says('确认');
  chat.hears('complaint.filed', 'resumed.survey', 'survey.thanks.recheck');
  const complaint = numberOf(chat);
  expect(chat.asking()).toBeNull();
  for (const moment of ['2026-11-23T12:00:00+08:00', '2026-11-24T08:20:00+08:00', '2026-11-26T12:00:00+08:00'])
    expect(await asked(chat, moment)).toEqual([]);

  const [repaired, again, looked, complained] = await Promise.all([first, second, recheck, complaint].map(asStaffRead));
  expect(repaired).toMatchObject({ number: first, kind: 'repair', status: 'resolved' });
  expect([...(repaired?.related ?? [])].sort()).toEqual([second, recheck, complaint].sort());
  expect(repaired?.survey).toMatchObject({ status: 'answered', score: 2, answeredBy: 'customer', answeredAt, recheck });
  expect(narrow(repaired?.survey?.reason ?? '')).toBe(REASON);
  expect(again).toMatchObject({ kind: 'repair', status: 'scheduled', faultCodes: ['not_cooling'], related: [first], survey: null });
  expect(again?.timeline[0]).toMatchObject({ type: 'opened', details: { cover: 'repair-warranty' } });
  expect(looked).toMatchObject({ kind: 'recheck', status: 'open', priority: 'high', openedAt: answeredAt, related: [first] });
  expect(looked?.dueAt).toBe(answeredAt + 24 * HOUR);
  expect(complained).toMatchObject({
    kind: 'complaint',
    status: 'open',
    related: [first],
    customer: { name: '王*', phone: '138****8000' },
    complaint: { about: first, category: 'repair-service', wish: 'refund' },
  });
  expect(complained?.complaint?.statements.map((it) => narrow(it.text))).toEqual([REASON]);
  expect(
    await shop.rows(
      `select r.kind, a.number as "from", b.number as "to" from ticket_relation r join ticket a on a.id = r.from_id join ticket b on b.id = r.to_id
       order by r.kind`,
    ),
  ).toEqual([
    { kind: 'about', from: complaint, to: first },
    { kind: 'recheck-of', from: recheck, to: first },
    { kind: 'repeat-of', from: second, to: first },
  ]);
});
