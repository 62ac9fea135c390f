/**
 * Promised times on a running desk whose minutes are seconds: somebody is warned and called, step by step and once each,
 * though the desk is killed in between; an answer ends it, and nothing runs while we wait for the customer (S2-059, S4-008).
 */
import { rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { aGateway, type Gateway } from '../channels/a-gateway.ts';
import { connect } from '../support/direct-line-client.ts';
import { startDesk, type WholeDesk } from '../support/whole-desk.ts';
import { type Handoff, type StaffApi, staffApi, type Ticket, type TicketLine } from './staff-api.ts';

const SOON = { timeout: 40_000, interval: 200 };
const always = [{ from: '00:00', to: '24:00' }];
const target = { firstResponseMinutes: 0.05, nextResponseMinutes: 0.05, resolutionMinutes: 60 };
const targets = { urgent: target, high: target, normal: target, low: target };
const POLICY = {
  hours: { weekdays: { 1: always, 2: always, 3: always, 4: always, 5: always, 6: always, 7: always } },
  quietHours: { from: '04:00', to: '04:01' },
  sla: { repair: targets, complaint: targets, warranty: targets, enquiry: targets, recheck: targets },
  slaClocks: {
    ladder: [
      { afterMinutes: 0, to: 'owner' },
      { afterMinutes: 0.1, to: ['dispatcher', 'quality'] },
      { afterMinutes: 0.2, to: ['admin'] },
    ],
  },
};

type Clocks = { readonly clocks: readonly { readonly kind: string; readonly status: string; readonly endedAt: string | null }[] };
type Sent = {
  readonly id: string;
  readonly reason: string;
  readonly ticket: string | null;
  readonly conversationId: string | null;
  readonly roster: readonly { readonly role: string; readonly name: string }[];
};

let desk: WholeDesk;
let pages: Gateway;
let api: StaffApi;
const policyFile = join(tmpdir(), `baoxiu-sla-${process.pid}.json`);
beforeAll(async () => {
  pages = await aGateway();
  await writeFile(policyFile, JSON.stringify(POLICY));
  desk = await startDesk({ environment: { POLICY_FILE: policyFile, PAGE_WEBHOOK_URL: pages.url } });
  api = staffApi(desk);
  await api.post('/staff', { name: '调度小陈', email: 'chen@example.com', role: 'dispatcher' });
});
afterAll(async () => {
  await desk.close();
  await Promise.all([pages.close(), rm(policyFile, { force: true })]);
});

const calls = (about: (sent: Sent) => boolean) =>
  pages.requests.map((it) => it.body as Sent).filter((it) => it.reason.startsWith('sla-') && about(it));
const ticketOf = async (number: string) => (await api.get<Ticket & TicketLine & Clocks & { overdue: boolean }>(`/tickets/${number}`)).body;
const clockOf = async (number: string, kind: string) => (await ticketOf(number)).clocks.find((it) => it.kind === kind);

it('S4-008 an e-mail nobody answers calls owner, lead and general manager, once each, though the desk dies in between', {
  timeout: 120_000,
}, async () => {
  const made = await api.post<Ticket>('/tickets', {
    kind: 'enquiry',
    channel: 'email',
    appliance: '洗衣机',
    fault: '问一下滤网多少钱',
    name: '王芳',
    phone: '13800138000',
    address: '北京市朝阳区望京街道阜通东大街6号院3号楼1501',
  });
  expect(made.status).toBe(201);
  const { number } = made.body;
  const mine = (it: Sent) => it.ticket === number;
  await expect.poll(() => calls(mine).length, SOON).toBe(1);
  await desk.kill9();
  await desk.restart();
  await expect.poll(() => calls(mine).length, SOON).toBe(3);
  expect(new Set(calls(mine).map((it) => it.id)).size).toBe(3);
  expect(calls(mine).map((it) => it.roster.map((who) => who.role).join())).toEqual(['dispatcher', 'dispatcher', 'admin']);
  expect(await ticketOf(number)).toMatchObject({ overdue: true });
  const timeline = (await ticketOf(number)).timeline.map((it) => it.type).filter((it) => it.startsWith('sla-'));
  expect(timeline.filter((it) => it === 'sla-breached')).toHaveLength(1);
  expect(timeline.filter((it) => it === 'sla-escalated')).toHaveLength(3);
  expect((await api.all<TicketLine>('/tickets?overdue=true')).map((it) => it.number)).toContain(number);

  expect((await api.post(`/tickets/${number}/transitions`, { type: 'resolve' })).status).toBe(200);
  await expect.poll(async () => (await clockOf(number, 'first-response'))?.endedAt, SOON).not.toBeNull();
  expect(await ticketOf(number)).toMatchObject({ overdue: false });
  expect(await clockOf(number, 'first-response')).toMatchObject({ status: 'missed' });
  expect(await clockOf(number, 'resolution')).toMatchObject({ status: 'met' });
});

it('S2-059 in a chat, whoever has it is called when the customer is left without an answer', { timeout: 90_000 }, async () => {
  const agent = (await api.post<{ token: string }>('/staff', { name: '客服小李', email: 'li@example.com', role: 'agent' })).body;
  const client = await connect(desk.url);
  await client.ask('转人工');
  const waiting = async () => (await api.all<Handoff>('/handoffs')).find((it) => it.conversationId === client.conversationId);
  await expect.poll(waiting, SOON).toBeDefined();
  const { id = '' } = (await waiting()) ?? {};
  const asAgent = staffApi(desk, agent.token);
  expect((await asAgent.post(`/handoffs/${id}/claim`)).status).toBe(200);
  expect((await asAgent.post(`/handoffs/${id}/reply`, { text: '您好，我是小李' })).status).toBe(201);
  await client.say('我的洗衣机不转了');
  const mine = (it: Sent) => it.conversationId === client.conversationId && it.reason === 'sla-next-response';
  await expect.poll(() => calls(mine).length, SOON).toBeGreaterThanOrEqual(1);
  expect(calls(mine)[0]?.roster.map((it) => it.name)).toEqual(['客服小李']);
  expect((await asAgent.post(`/handoffs/${id}/reply`, { text: '插头插好了吗' })).status).toBe(201);
  client.close();
});

it('S4-008 while we wait for the customer nothing runs, and when they write it goes on', { timeout: 90_000 }, async () => {
  const client = await connect(desk.url);
  await client.say('厨房有煤气味');
  const opened = await client.next((it) => it.channelData.ticket !== undefined);
  const number = opened.channelData.ticket?.number ?? '';
  expect((await api.post(`/tickets/${number}/transitions`, { type: 'wait-for-customer' })).status).toBe(200);
  await expect.poll(async () => (await clockOf(number, 'resolution'))?.status, SOON).toBe('paused');
  await client.say('燃气公司来过了');
  await expect.poll(async () => (await ticketOf(number)).status, SOON).toBe('open');
  await expect.poll(async () => (await clockOf(number, 'resolution'))?.status, SOON).toBe('running');
  expect((await ticketOf(number)).timeline.map((it) => it.type)).toContain('customer-answered');
  client.close();
});
