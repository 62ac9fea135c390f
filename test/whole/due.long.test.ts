/**
 * What comes due on a running desk, with a policy whose minutes are seconds: pages climb until somebody acknowledges, a
 * customer who left is sent what they were promised, silent chats move on, a reminder comes once across a kill.
 */
import { rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { aGateway, type Gateway } from '../channels/a-gateway.ts';
import { connect, type DirectLineClient } from '../support/direct-line-client.ts';
import { startDesk, type WholeDesk } from '../support/whole-desk.ts';
import { book, phoneOf, talkToReadBack, type Wish } from './booking.ts';
import { type Handoff, type Page, staffApi } from './staff-api.ts';

const MINUTE = 60_000;
const SOON = { timeout: 40_000, interval: 200 };
const HOME = '北京市朝阳区望京街道阜通东大街6号院3号楼';

/** The next clock minute that is at least some seconds away: the reminder's time, and the day it is on. */
const remindedAt = new Date(Math.ceil((Date.now() + 15_000) / MINUTE) * MINUTE);
const beijing = (at: Date, options: Intl.DateTimeFormatOptions) =>
  new Intl.DateTimeFormat('en-GB', { timeZone: 'Asia/Shanghai', ...options }).format(at);
const clock = beijing(remindedAt, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });

const always = [{ from: '00:00', to: '24:00' }];
const POLICY = {
  hours: { weekdays: { 1: always, 2: always, 3: always, 4: always, 5: always, 6: always, 7: always } },
  quietHours: { from: '04:00', to: '04:01' },
  reminders: { dayBeforeAt: clock },
  reach: { waitMinutes: 0.05 },
  handoff: { agentSilentMinutes: 0.1, customerSilentMinutes: 0.1 },
  paging: {
    repeatMinutes: 0.05,
    ladder: [
      { afterMinutes: 0, roles: ['dispatcher'] },
      { afterMinutes: 0.1, roles: ['admin'] },
    ],
  },
};

let desk: WholeDesk;
let pages: Gateway;
let phones: Gateway;
const policyFile = join(tmpdir(), `baoxiu-due-${process.pid}.json`);
beforeAll(async () => {
  [pages, phones] = await Promise.all([aGateway(), aGateway()]);
  await writeFile(policyFile, JSON.stringify(POLICY));
  desk = await startDesk({ environment: { POLICY_FILE: policyFile, PAGE_WEBHOOK_URL: pages.url, SMS_WEBHOOK_URL: phones.url } });
  await staffApi(desk).post('/staff', { name: '调度小陈', email: 'chen@example.com', role: 'dispatcher' });
});
afterAll(async () => {
  await desk.close();
  await Promise.all([pages.close(), phones.close(), rm(policyFile, { force: true })]);
});

const wishOf = (index: number, when?: string): Wish => ({
  fault: '空调不制冷',
  address: `${HOME}${1500 + index}`,
  phone: phoneOf(700 + index),
  name: '王芳',
  ...(when === undefined ? {} : { when }),
});

const keysOf = (client: DirectLineClient) => client.messages.flatMap((it) => it.channelData.dialog?.reply ?? []);

it('S2-018 reminds of a visit once, though the desk is killed at that very minute', { timeout: 150_000 }, async () => {
  const visitDay = new Date(remindedAt.getTime() + 24 * 60 * MINUTE);
  const day = `${beijing(visitDay, { month: 'numeric' })}月${beijing(visitDay, { day: 'numeric' })}号上午`;
  const client = await connect(desk.url, { patienceMilliseconds: 30_000 });
  const { number } = await book(client, wishOf(1, day));
  await expect.poll(() => Date.now() >= remindedAt.getTime(), { timeout: 2 * MINUTE, interval: 100 }).toBe(true);
  await desk.kill9();
  await desk.restart();
  await expect.poll(() => keysOf(client), SOON).toContain('reminder.day-before');
  await client.ask('谢谢');
  expect(keysOf(client).filter((it) => it === 'reminder.day-before')).toHaveLength(1);
  expect(client.messages.find((it) => it.channelData.dialog?.reply.includes('reminder.day-before'))?.text).toContain(number);
  client.close();
});

type Sent = {
  readonly id: string;
  readonly reason: string;
  readonly send: number;
  readonly level: number;
  readonly roster: readonly { readonly role: string }[];
};

it('S2-045 a danger calls the dispatcher, then everybody above, until somebody acknowledges', { timeout: 90_000 }, async () => {
  const client = await connect(desk.url);
  await client.say('厨房有煤气味');
  await client.next((it) => it.channelData.ticket !== undefined);
  const api = staffApi(desk);
  const page = (await api.all<Page>('/pages?status=open')).find((it) => it.conversationId === client.conversationId);
  const sent = () => pages.requests.map((it) => it.body as Sent).filter((it) => it.id === page?.id);
  await expect.poll(() => sent().at(-1)?.level, SOON).toBe(1);
  expect(sent()[0]).toMatchObject({ reason: 'danger-gas', send: 1, level: 0, roster: [{ role: 'dispatcher' }] });
  expect(
    sent()
      .at(-1)
      ?.roster.map((it) => it.role),
  ).toEqual(['dispatcher', 'admin']);
  expect(sent().map((it) => it.send)).toEqual(sent().map((_, index) => index + 1));
  expect((await api.post(`/pages/${page?.id}/acknowledge`)).status).toBe(200);
  const acknowledged = sent().length;
  // Another page goes out meanwhile: the round still runs, and this one is not in it.
  const other = await connect(desk.url);
  await other.say('插座着火了');
  await expect.poll(() => pages.requests.map((it) => (it.body as Sent).reason), SOON).toContain('danger-fire');
  expect(sent().length).toBeLessThanOrEqual(acknowledged + 1);
  client.close();
  other.close();
});

it('who left before the confirmation came gets it on the phone', { timeout: 60_000 }, async () => {
  const client = await connect(desk.url);
  const wish = wishOf(2);
  const readBack = await talkToReadBack(client, wish);
  client.drop(true);
  await client.press('确认');
  const told = () =>
    phones.requests.map((it) => it.body as { readonly phone: string; readonly text: string }).filter((it) => it.phone.endsWith(wish.phone));
  await expect.poll(told, SOON).toHaveLength(1);
  expect(told()[0]?.text).toContain(readBack.window);
  client.close();
});

it('a silent colleague gives the chat back to the queue, a silent customer gives it back to the bot', { timeout: 90_000 }, async () => {
  const client = await connect(desk.url);
  await client.say('转人工');
  await client.next((it) => it.channelData.dialog?.reply.includes('handoff.next') === true);
  const api = staffApi(desk);
  const handoff = async (): Promise<Handoff> => {
    const found = (await api.all<Handoff>('/handoffs?limit=50')).find((it) => it.conversationId === client.conversationId);
    if (found === undefined) throw new Error('no handoff');
    return found;
  };
  const { id, waitingSince } = await handoff();
  await api.post(`/handoffs/${id}/claim`);
  await client.say('在吗');
  await expect.poll(() => keysOf(client), SOON).toContain('handoff.agent-silent');
  expect(await handoff()).toMatchObject({ status: 'queued', owner: null, waitingSince });
  await api.post(`/handoffs/${id}/claim`);
  await api.post(`/handoffs/${id}/reply`, { text: '您好,请问是哪台机器?' });
  await expect.poll(() => keysOf(client), SOON).toContain('handoff.customer-silent');
  expect(await handoff()).toMatchObject({ status: 'resolved', outcome: 'customer-silent' });
  await client.say('空调不制冷');
  await client.next((it) => it.channelData.dialog?.asking === 'address');
  client.close();
});
