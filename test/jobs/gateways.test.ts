import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { pageWebhook } from '../../src/channels/page-webhook.ts';
import { smsWebhook } from '../../src/channels/sms-webhook.ts';
import { instantOf, SECOND } from '../../src/domain/instant.ts';
import type { NoticeWays } from '../../src/jobs/notifier.ts';
import type { PageChannel } from '../../src/jobs/paging.ts';
import { aGateway, BROKEN, type Gateway } from '../channels/a-gateway.ts';
import { A_PHONE, NOON } from '../store/a-turn.ts';
import { aDueDesk, type DueDesk } from './due-process.ts';
import { aColleague, aPage, aReplyThatMustReach, aVisitIn, tasksOf } from './due-rows.ts';

const STALLED_MILLISECONDS = 200;
let gateway: Gateway;
let desk: DueDesk;
const pageChannels: Record<string, PageChannel> = {};
beforeAll(async () => {
  const noticeWays: NoticeWays = { byChannel: {}, sms: (notice) => smsWebhook(gateway.url, STALLED_MILLISECONDS)(notice) };
  desk = await aDueDesk({ pageChannels, noticeWays });
});
afterAll(() => desk.close());
beforeEach(async () => {
  desk.clock.now = NOON;
  gateway = await aGateway();
  pageChannels['webhook'] = pageWebhook({ url: gateway.url, timeZone: 'Asia/Shanghai' }, STALLED_MILLISECONDS);
});
afterEach(() => gateway.close());

const keys = () => gateway.requests.map((it) => it.headers['idempotency-key']);
const later = async (seconds: number, round: string) => {
  desk.clock.now = instantOf(NOON + seconds * SECOND);
  await desk.run(round);
};

it('S2-045 when the on-call tool stalls, breaks and comes back, then the page is there, under one key until it was taken', async () => {
  const dispatcher = await aColleague(desk.store, 'dispatcher', 'the dispatcher');
  const { ticket } = await aVisitIn(26, desk.store);
  const id = await aPage(desk.store, NOON, ticket.id);
  gateway.answer = BROKEN['stalls before it answers'] ?? gateway.answer;
  await later(0, 'paging');
  gateway.answer = BROKEN['answers 500'] ?? gateway.answer;
  await later(2, 'paging');
  gateway.answer = (response) => response.writeHead(202).end('thank you');
  await later(4, 'paging');
  await later(304, 'paging');
  expect(keys()).toEqual([`${id}:1`, `${id}:1`, `${id}:1`, `${id}:2`]);
  expect(gateway.requests.at(-1)?.body).toMatchObject({ ticket: ticket.number, roster: [{ id: dispatcher, role: 'dispatcher' }] });
  // The colleague's name and address are there; nothing the customer said is.
  expect(JSON.stringify(gateway.requests)).not.toMatch(new RegExp(`王芳|漏水|${A_PHONE.slice(3)}`));
});

it('S2-018 when a change does not reach the customer by chat, then it reaches them as a text message, and nobody need call', async () => {
  const visit = await aVisitIn(26, desk.store);
  await aReplyThatMustReach(desk.store, visit, 'change', NOON);
  await later(300, 'reach');
  gateway.answer = BROKEN['resets the connection'] ?? gateway.answer;
  await later(301, 'notifier');
  gateway.answer = (response) => response.writeHead(200).end();
  await later(331, 'notifier');
  await later(900, 'notifier');
  const [task] = await tasksOf(desk.store, visit.ticket.id);
  expect(gateway.requests.map((it) => it.body)).toEqual(Array(2).fill({ id: task?.id, phone: A_PHONE, text: 'said for change' }));
  expect(task).toMatchObject({ status: 'done' });
});
