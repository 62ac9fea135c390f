/**
 * What identifies a customer is nowhere it should not be (S2-024): a whole journey is held, then every table, the database's
 * own files, the log and every answer of the staff API are searched for the phone, the name and the address.
 */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { connect } from '../support/direct-line-client.ts';
import { aFile } from '../support/files.ts';
import { startDesk, type WholeDesk } from '../support/whole-desk.ts';
import { book } from './booking.ts';
import { type Handoff, type List, type Message, staffApi, type Ticket } from './staff-api.ts';

const PHONE = '13876543219';
const NAME = '欧阳雪梅';
const DOOR = '阜通东大街6号院3号楼1907';
const STAFF_PHONE = '13912348765';
const SERIAL = 'DEMO2026IN0001';
const REASON = '客户来电核对上门地址';
/** What a photo shows: it is told to whoever opens the photo, and to nobody else. */
const IN_PHOTO = '身份证号110105199003078514';

let desk: WholeDesk;
beforeAll(async () => {
  desk = await startDesk({ environment: { LOG_LEVEL: 'debug' } });
});
afterAll(() => desk.close());

/** The ways a phone number is written. */
const WRITTEN = [
  PHONE,
  `${PHONE.slice(0, 3)} ${PHONE.slice(3, 7)} ${PHONE.slice(7)}`,
  `${PHONE.slice(0, 3)}-${PHONE.slice(3, 7)}-${PHONE.slice(7)}`,
];
const SECRETS = [...WRITTEN, NAME, DOOR, '3号楼1907', STAFF_PHONE, IN_PHOTO];

/** Which of the secrets a text holds; base64 and hex of them count as well. */
function found(text: string): readonly string[] {
  const told = (secret: string): readonly string[] => [
    secret,
    Buffer.from(secret).toString('hex'),
    Buffer.from(secret).toString('base64').replace(/=+$/, '').slice(0, -1),
  ];
  return SECRETS.filter((secret) => told(secret).some((it) => text.includes(it)));
}

it('S2-024 a whole journey leaves phone, name and address in no table, file, log line or answer', { timeout: 180_000 }, async () => {
  const { ticket, customerId, conversationId, handoffId, photoUrl } = await journey();
  const api = staffApi(desk);
  const opened = await fetch(`${desk.url}${photoUrl}`, { headers: { Authorization: `Bearer ${desk.staffToken}` } });
  expect(await opened.text()).toContain(IN_PHOTO);
  expect(found(JSON.stringify(Object.fromEntries(opened.headers)))).toEqual([]);

  const answers = await everyAnswer({ number: ticket, customer: customerId, conversation: conversationId, handoff: handoffId });
  expect(answers.length).toBeGreaterThan(12);
  expect(answers.filter((it) => it.status >= 400)).toEqual([]);
  expect(answers.flatMap((it) => found(it.text).map((secret) => `${it.path}: ${secret}`))).toEqual([]);
  // The search would find them: the one call that shows them says so.
  const revealed = await api.post(`/customers/${customerId}/reveal`, { reason: REASON });
  expect(revealed.status).toBe(200);
  expect(found(JSON.stringify(revealed.body))).toEqual(expect.arrayContaining([PHONE, NAME]));
  expect(JSON.stringify((await api.get('/audit')).body)).toContain('customer.reveal');

  expect(await tablesHolding()).toEqual([]);
  await desk.stop();
  expect(await filesHolding(desk.dataDir)).toEqual([]);
  expect(found(desk.printed())).toEqual([]);
});

/** Booked, moved, asked after, talked over with a person, called off; with everything typed as people type it. */
async function journey() {
  const client = await connect(desk.url);
  const booked = await book(client, {
    fault: '空调不制冷',
    address: `北京市朝阳区${DOOR}`,
    phone: PHONE,
    name: NAME,
    when: '后天下午三点',
  });
  await client.ask('我的维修到哪了');
  await client.ask('改到大后天上午');
  await client.say(`我是${NAME},电话${WRITTEN[1]},住${DOOR},转人工`);
  const api = staffApi(desk);
  const queued = () =>
    api
      .get<List<Handoff>>('/handoffs?status=queued')
      .then((it) => it.body.items.find((one) => one.conversationId === client.conversationId));
  await expect.poll(queued, { timeout: 20_000 }).toBeDefined();
  const handoff = (await queued()) as Handoff;
  await api.post(`/handoffs/${handoff.id}/claim`);
  await api.post(`/handoffs/${handoff.id}/note`, { text: `客户留的另一个电话${STAFF_PHONE}` });
  const file = { name: `${NAME}${PHONE}.png`, base64: aFile('png', 400, IN_PHOTO).toString('base64') };
  await api.post(`/handoffs/${handoff.id}/reply`, { text: '您好,我是客服小李,这就帮您看。', files: [file] });
  await client.say(`还是打${WRITTEN[2]}吧,门牌是3号楼1907`);
  await api.post(`/handoffs/${handoff.id}/resolve`, { outcome: '已解决', note: `回电${PHONE}` });
  await api.post('/tickets', {
    kind: 'repair',
    channel: 'phone',
    appliance: '冰箱',
    fault: '不制冷',
    name: NAME,
    phone: PHONE,
    address: `北京市朝阳区${DOOR}`,
  });
  const contentUrl = `data:image/png;base64,${aFile('png', 400, IN_PHOTO).toString('base64')}`;
  await client.send({ attachments: [{ contentType: 'image/png', name: `${NAME}${PHONE}.png`, contentUrl }] });
  await client.say('厨房有煤气味');
  await client.next((it) => it.text.includes('先别动'));
  client.close();
  const ticket = (await api.get<Ticket & { readonly customer: { readonly id: string } }>(`/tickets/${booked.number}`)).body;
  const { items } = (await api.get<List<Message>>(`/conversations/${client.conversationId}/messages`)).body;
  const [photo] = items.flatMap((it) => it.attachments as readonly { readonly url: string }[]);
  const { conversationId } = client;
  return { ticket: booked.number, customerId: ticket.customer.id, conversationId, handoffId: handoff.id, photoUrl: photo?.url ?? '' };
}

type OpenApi = { readonly paths: Readonly<Record<string, Readonly<Record<string, unknown>>>> };

/** Every GET the API describes, and what else the port answers anybody. */
async function everyAnswer(ids: Readonly<Record<'number' | 'customer' | 'conversation' | 'handoff', string>>) {
  const document = (await (await fetch(`${desk.url}/api/v1/openapi.json`)).json()) as OpenApi;
  const described = Object.entries(document.paths)
    .filter(([path, methods]) => 'get' in methods && !path.includes('/attachments/'))
    .map(([path]) =>
      path
        .replace('{number}', ids.number)
        .replace('{serial}', SERIAL)
        .replace('{id}', path.includes('/customers/') ? ids.customer : path.includes('/handoffs/') ? ids.handoff : ids.conversation),
    );
  const searched = [`/api/v1/tickets?q=${PHONE}`, `/api/v1/customers?q=${PHONE}`];
  const paths = [...described, ...searched, '/', '/healthz', '/readyz', '/metrics', '/privacy'];
  return Promise.all(
    paths.map(async (path) => {
      const response = await fetch(`${desk.url}${path}`, { headers: { Authorization: `Bearer ${desk.staffToken}` } });
      return { path, status: response.status, text: await response.text() };
    }),
  );
}

/** Tables with a secret in any row, as text: a dump of the database. */
async function tablesHolding(): Promise<readonly string[]> {
  const client = new pg.Client({ connectionString: (await readFile(join(desk.dataDir, 'database-url'), 'utf8')).trim() });
  await client.connect();
  try {
    const { rows } = await client.query<{ name: string }>(
      "select quote_ident(table_schema) || '.' || quote_ident(table_name) as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'",
    );
    expect(rows.length).toBeGreaterThan(20);
    const holding: string[] = [];
    for (const { name } of rows) {
      const dumped = await client.query<{ row: string }>(`select t::text as row from ${name} t`);
      holding.push(...dumped.rows.flatMap((it) => found(it.row).map((secret) => `${name}: ${secret}`)));
    }
    return holding;
  } finally {
    await client.end();
  }
}

/** Files under the data folder with a secret in them: the tables' own, what they wrote ahead, logs. */
async function filesHolding(folder: string): Promise<readonly string[]> {
  const place = await readFile(join(folder, 'postgres-place'), 'utf8').catch(() => folder);
  const holding: string[] = [];
  for (const root of new Set([folder, place.trim()])) {
    for (const entry of await readdir(root, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue;
      const bytes = await readFile(join(entry.parentPath, entry.name));
      holding.push(...SECRETS.filter((it) => bytes.includes(it)).map((it) => `${entry.name}: ${it}`));
    }
  }
  return holding;
}
