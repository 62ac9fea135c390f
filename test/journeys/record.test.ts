/** What a conversation leaves in the store: the same from every channel, no more than is needed, and none of it readable. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Ticket } from '../../src/desk/tickets.ts';
import { NOTHING_MORE } from '../desk/a-desk.ts';
import { openShop, type Shop } from '../support/chat.ts';

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
});
afterAll(() => shop.close());

const PHONE = '13800138000';
const NAME = '王淑芬';
const DETAIL = '望京街道阜通东大街6号院3号楼1501';
const HOME = `北京市朝阳区${DETAIL}`;

async function ticketOf(conversationId: string): Promise<Ticket> {
  const [row] = await shop.rows<{ number: string }>('select number from ticket where conversation_id = $1', [conversationId]);
  return read(row?.number ?? '');
}

async function read(number: string): Promise<Ticket> {
  const found = await shop.desk.tickets.read(await shop.staff('dispatcher'), number);
  if (found.kind !== 'found') throw new Error(`no ticket ${number}: ${found.kind}`);
  return found.ticket;
}

test('S2-014 the web chat, another chat and a phone call give the same ticket, field by field', async () => {
  const said = [`空调不制冷,明天下午三点,${HOME},${PHONE}`, NAME, '确认'] as const;
  const web = await shop.customer('web-1', 'web-chat');
  await web.saysAll(...said);
  const terminal = await shop.customer('terminal-1', 'terminal');
  await terminal.saysAll(...said);
  const opened = await shop.desk.tickets.open(await shop.staff('agent'), {
    ticketId: shop.core.makeIdentifier(),
    kind: 'repair',
    channel: 'phone',
    appliance: '空调',
    fault: '空调不制冷',
    name: NAME,
    phone: PHONE,
    address: HOME,
    ...NOTHING_MORE,
    window: { from: Date.parse('2026-11-21T14:00:00+08:00') as never, to: Date.parse('2026-11-21T16:00:00+08:00') as never },
  });
  if (opened.kind !== 'opened') throw new Error(opened.kind);
  const tickets = [await ticketOf(web.conversationId), await ticketOf(terminal.conversationId), await read(opened.ticket.number)];

  expect(tickets.map((it) => it.channel)).toEqual(['web-chat', 'terminal', 'phone']);
  const [first, ...others] = tickets.map(comparable);
  for (const other of others) expect(other).toEqual(first);
  expect(first).toMatchObject({
    kind: 'repair',
    status: 'scheduled',
    priority: 'normal',
    appliance: 'air_conditioner',
    faultCodes: ['not_cooling'],
  });
  expect(new Set(tickets.map((it) => Object.keys(it).sort().join())).size).toBe(1);
});

/** A ticket without what must differ: its identity, its channel, when and by whom it was made, and who comes. */
function comparable(ticket: Ticket) {
  const { number: _number, channel: _channel, timeline: _timeline, conversationId: _chat, appointment, dueAt: _dueAt, ...same } = ticket;
  const { id: _who, ...customer } = same.customer;
  return { ...same, customer, window: appointment?.window, visit: appointment?.status };
}

test('S2-023 only name, contact and address are kept of a person', async () => {
  const columns = await shop.rows<{ table_name: string; column_name: string }>(
    "select table_name, column_name from information_schema.columns where table_schema = 'public' and table_name in ('customer', 'address') order by 1, 2",
  );
  expect(columns.map((it) => `${it.table_name}.${it.column_name}`)).toEqual([
    'address.city',
    'address.created_at',
    'address.customer_id',
    'address.detail_sealed',
    'address.district',
    'address.id',
    'address.province',
    'customer.created_at',
    'customer.id',
    'customer.name_sealed',
    'customer.phone_index',
    'customer.phone_sealed',
    'customer.tags',
  ]);
  const [ticket] = await shop.rows<{ details_sealed: Buffer }>("select details_sealed from ticket where channel = 'web-chat' limit 1");
  const details = JSON.parse(shop.core.store.seal.open('ticket.details', ticket?.details_sealed ?? Buffer.alloc(0))) as Record<
    string,
    unknown
  >;
  expect(Object.keys(details).sort()).toEqual(['contact', 'errorCode', 'fault', 'model', 'name', 'note', 'phone', 'serial']);
});

test('S2-023 no row of any table shows a name, a phone number or a door', async () => {
  const chat = await shop.customer('web-2', 'web-chat');
  await chat.saysAll(`给我妈报修,打我电话${PHONE},空调不制冷,明天下午三点,${HOME}`, NAME, '确认');
  const handed = await shop.customer('web-3', 'web-chat');
  await handed.saysAll(`冰箱漏水,${HOME},${PHONE}`, NAME, '人工');
  const tables = await shop.rows<{ name: string }>(
    "select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'",
  );
  expect(tables.length).toBeGreaterThan(20);
  const readable: string[] = [];
  for (const { name } of tables) {
    const rows = await shop.rows<{ row: string }>(`select row_to_json(t)::text as row from "${name}" t`);
    for (const { row } of rows)
      for (const secret of [PHONE, NAME, DETAIL, '3号楼1501']) if (holds(row, secret)) readable.push(`${name}: ${secret}`);
  }
  expect(readable).toEqual([]);
});

/** In clear text, or as the hexadecimal of its bytes, as `bytea` prints. */
function holds(row: string, secret: string): boolean {
  return row.includes(secret) || row.includes(Buffer.from(secret).toString('hex'));
}

test('S2-023 the search above would see it: a negative control', async () => {
  await shop.rows('create table leak (it bytea)');
  await shop.rows('insert into leak values ($1)', [Buffer.from(`x${PHONE}x`)]);
  const [row] = await shop.rows<{ row: string }>('select row_to_json(t)::text as row from leak t');
  expect(holds(row?.row ?? '', PHONE)).toBe(true);
  await shop.rows('drop table leak');
});

test('S2-015 a model that is not given is asked once, with the name, and never again', async () => {
  const chat = await shop.customer();
  const heard: string[] = [];
  for (const said of [`空调不制冷,${HOME},${PHONE}`, NAME, '明天下午三点', '不对', '明天上午十点', '电话改成13900139000', '确认']) {
    await chat.says(said);
    heard.push(...chat.keys());
  }
  expect(heard.filter((it) => it === 'ask.name' || it === 'ask.model')).toEqual(['ask.name']);
  expect(heard.at(-1)).toBe('booked');
});

test('S2-015 a model given with the name is taken, and one on the way is never asked for', async () => {
  const chat = await shop.customer();
  await chat.saysAll(`空调不制冷,${HOME},${PHONE}`, '王芳,型号KFR-35GW', '明天下午三点', '确认');
  chat.hears('booked');
  expect(await ticketOf(chat.conversationId)).toMatchObject({ model: 'KFR-35GW' });
});
