/** A window that is sent once more, to the same process or another: what it asks for is done once, and answered the same. */
import { createHmac } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { instantOf, SECOND } from '../../../src/domain/instant.ts';
import { aChat, aTicket, aTurn, hoursAfterNoon } from '../../store/a-turn.ts';
import type { SlackPerson } from '../../support/slack-person.ts';
import { openTicketApp, type TicketApp } from './a-ticket-app.ts';

type Letter = { readonly path: string; readonly headers: Readonly<Record<string, string>>; readonly body: Uint8Array<ArrayBuffer> };
type Heard = { readonly status: number; readonly body: string };

let on: TicketApp;
let first: string;
let wire: Server;
/** Where letters go, and the last of them. */
let targets: readonly string[];
let letter: Letter | null = null;
let quality: SlackPerson;

beforeAll(async () => {
  on = await openTicketApp();
  first = await on.another();
  targets = [first];
  wire = createServer(async (request, response) => {
    const headers = Object.fromEntries(
      Object.entries(request.headers).flatMap(([name, it]) => (typeof it === 'string' ? [[name, it]] : [])),
    );
    letter = { path: request.url ?? '', headers, body: new Uint8Array(await buffer(request)) };
    const [answer] = await Promise.all(targets.map(tell));
    response.writeHead(answer?.status ?? 500, { 'content-type': 'application/json' }).end(answer?.body);
  });
  await new Promise<void>((resolve) => wire.listen(0, '127.0.0.1', resolve));
  on.slack.connect(`http://127.0.0.1:${(wire.address() as AddressInfo).port}`);
  quality = (await on.somebody('admin')).person;
});
afterEach(() => {
  targets = [first];
});
afterAll(async () => {
  wire.close();
  wire.closeAllConnections();
  await on.close();
});

/** The last letter, as it was sent. */
async function tell(url: string): Promise<Heard> {
  if (letter === null) throw new Error('nothing was sent');
  const { connection: _connection, 'content-length': _length, host: _host, ...headers } = letter.headers;
  const answer = await fetch(`${url}${letter.path}`, { method: 'POST', headers, body: letter.body });
  return { status: answer.status, body: await answer.text() };
}

/** With other contents. */
function resigned({ path, headers }: Letter, body: string): Letter {
  const stamp = headers['x-slack-request-timestamp'] ?? '';
  const digest = createHmac('sha256', on.slack.signingSecret).update(`v0:${stamp}:${body}`).digest('hex');
  return { path, headers: { ...headers, 'x-slack-signature': `v0=${digest}` }, body: new Uint8Array(Buffer.from(body)) };
}

let sequence = 0;
async function aComplaint() {
  sequence += 1;
  const ticket = aTicket({ number: `TS-202611-${7_000 + sequence}`, kind: 'complaint', status: 'open', dueAt: hoursAfterNoon(1) });
  const complaint = {
    ticketId: ticket.id,
    form: 'complaint',
    category: 'repair-service',
    types: ['attitude'],
    gravities: [],
    wish: null,
    department: '维修部',
    purchasedOn: null,
    aboutTicketId: null,
    answerBy: hoursAfterNoon(1),
    resolveBy: hoursAfterNoon(48),
  } as const;
  const chat = await aChat(on.at.store);
  await on.at.store.transact([aTurn(chat, { tickets: [ticket], complaints: [complaint] })]);
  return { ...ticket, conversationId: chat.conversationId };
}

async function openWindow(number: string, deed: string) {
  await quality.command('/ticket', `show ${number}`);
  const card = on.slack.ephemerals(quality.id).at(-1);
  if (card === undefined) throw new Error('no ticket');
  await quality.click(card, `ticket:${deed}`);
  const view = on.slack.views(quality.id).at(-1);
  if (view === undefined) throw new Error('no window');
  return view;
}

type Complaint = Awaited<ReturnType<typeof aComplaint>>;

async function times({ id, conversationId }: Complaint, type: string) {
  const { rows: entries } = await on.at.store.pool.query('select from ticket_event where ticket_id = $1 and type = $2', [id, type]);
  const { rows: told } = await on.at.store.pool.query(
    `select from message where conversation_id = $1 and channel_message_id like 'complaint-answered:%'`,
    [conversationId],
  );
  const { rows: pages } = await on.at.store.pool.query('select from page where ticket_id = $1', [id]);
  return { entries: entries.length, told: told.length, pages: pages.length };
}

const ANSWER = { text: '检测费已退回，今天到账。', settled: 'no' };

describe('an answer to a complaint', () => {
  it('at two processes at once reaches the customer once, and both answer the same', async () => {
    const complaint = await aComplaint();
    const view = await openWindow(complaint.number, 'answer');
    const heard: Heard[] = [];
    const second = await on.another();
    targets = [first, second];
    const done = await quality.submit(view, ANSWER);
    heard.push({ status: done.status, body: done.body }, await tell(first), await tell(second));
    expect(await times(complaint, 'answered')).toEqual({ entries: 1, told: 1, pages: 0 });
    expect(new Set(heard.map((it) => it.status))).toEqual(new Set([200]));
    expect(new Set(heard.map((it) => it.body)).size).toBe(1);
    expect(done.view?.shown).toContain(complaint.number);
  });

  it('and once more after a restart: once', async () => {
    const complaint = await aComplaint();
    const view = await openWindow(complaint.number, 'answer');
    const done = await quality.submit(view, ANSWER);
    const restarted = await on.another();
    expect(await tell(restarted)).toEqual({ status: 200, body: done.body });
    expect(await times(complaint, 'answered')).toEqual({ entries: 1, told: 1, pages: 0 });
  });

  it('by a process that dies between doing it and keeping its answer: once, and the next says that it is done', async () => {
    const complaint = await aComplaint();
    const died = async (): Promise<never> => {
      throw new Error('the process is gone');
    };
    targets = [await on.another({ once: { ...on.side.once, answer: died, letGo: died } })];
    const view = await openWindow(complaint.number, 'answer');
    expect((await quality.submit(view, ANSWER)).status).toBe(500);
    expect(await times(complaint, 'answered')).toEqual({ entries: 1, told: 1, pages: 0 });

    const early = await tell(first);
    expect(JSON.parse(early.body)).toMatchObject({ response_action: 'errors', errors: { text: expect.stringContaining('还在处理') } });
    on.at.clock.now = instantOf(on.at.clock.now + 61 * SECOND);
    const late = await tell(first);
    expect(late.body).toContain('没有重复办');
    expect(await tell(first)).toEqual(late);
    expect(await times(complaint, 'answered')).toEqual({ entries: 1, told: 1, pages: 0 });
  });

  it('filled in differently after it was done is not done, and says so; what was refused may be mended', async () => {
    const complaint = await aComplaint();
    const view = await openWindow(complaint.number, 'answer');
    expect((await quality.submit(view, { ...ANSWER, text: '   ' })).errors).toEqual({ text: expect.any(String) });
    expect(await times(complaint, 'answered')).toEqual({ entries: 0, told: 0, pages: 0 });
    await quality.submit(view, ANSWER);
    if (letter === null) throw new Error('nothing was sent');
    const form = new URLSearchParams(Buffer.from(letter.body).toString());
    form.set('payload', (form.get('payload') ?? '').replace('今天到账', '明天到账'));
    letter = resigned(letter, form.toString());
    expect((await tell(first)).body).toContain('内容和这次不同');
    expect(await times(complaint, 'answered')).toEqual({ entries: 1, told: 1, pages: 0 });
  });
});

describe('a call for the lead', () => {
  it('at two processes at once, and after a restart, is one call', async () => {
    const complaint = await aComplaint();
    const view = await openWindow(complaint.number, 'escalate');
    targets = [first, await on.another()];
    const done = await quality.submit(view, { why: 'needs-decision' });
    expect(done.status).toBe(200);
    expect(await tell(await on.another())).toEqual({ status: 200, body: done.body });
    expect(await times(complaint, 'escalated')).toEqual({ entries: 1, told: 0, pages: 1 });
  });
});
