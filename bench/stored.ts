/**
 * Databases in which conversations are stored already: some customers book in earnest, then every row of theirs is copied with
 * ids, keys and times of its own, ten days further back for each copy, until there are enough.
 */
import { MANY, withContestant } from './measure.ts';
import { FLOOR, OURS } from './roster.ts';
import type { Server } from './server.ts';

/** The contestants that are measured so. */
export const STORED_CONTESTANTS = [FLOOR, OURS] as const;

type Copied = { readonly table: string; readonly where: readonly (readonly [column: string, expression: string])[] };

/** In the order of their references. `where`: what a copy has instead, `k` is its number. */
const COPIED: { readonly [name in (typeof STORED_CONTESTANTS)[number]]: readonly Copied[] } = {
  [FLOOR]: [
    { table: 'conversation', where: [['id', `id || '~' || k`]] },
    {
      table: 'message',
      where: [
        ['id', `id || '~' || k`],
        ['conversation_id', `conversation_id || '~' || k`],
      ],
    },
    { table: 'ticket', where: [['customer', `customer || '~' || k`]] },
  ],
  [OURS]: [
    { table: 'customer', where: [] },
    { table: 'channel_account', where: [['external_id', `external_id || '~' || k`]] },
    { table: 'address', where: [] },
    { table: 'conversation', where: [] },
    { table: 'message', where: [['channel_message_id', `channel_message_id || '~' || k`]] },
    { table: 'ticket', where: [['number', `number || '~' || k`]] },
    { table: 'ticket_event', where: [] },
    { table: 'appointment', where: [] },
    { table: 'appointment_ticket', where: [] },
  ],
};
/** They name what is not copied. */
const SAME_ANYWHERE = ['engineer_id', 'assignee_id', 'held_by'];

/** Makes the database `template` with so many finished conversations, of which `bookings` were held and the others are copies. */
export async function storeConversations(
  server: Server,
  name: (typeof STORED_CONTESTANTS)[number],
  empty: string,
  template: string,
  bookings: number,
  conversations: number,
): Promise<void> {
  await server.create(template, empty);
  await withContestant(server, name, template, 0, async (subject) => {
    await subject.book(bookings, MANY);
    await subject.checkTickets();
  });
  await server.query(template, BACK);
  const copies = Math.round(conversations / bookings) - 1;
  for (const { table, where } of copies > 0 ? COPIED[name] : []) {
    const columns = await columnsOf(server, template, table);
    const instead = new Map(where);
    const values = columns.map((it) => instead.get(it.name) ?? insteadOf(it));
    const names = columns.map((it) => `"${it.name}"`).join(', ');
    await server.query(
      template,
      `insert into ${table} (${names}) select ${values.join(', ')} from ${table}, generate_series(1, ${copies}) k`,
    );
  }
  await server.query(template, 'vacuum analyze');
}

type Column = { readonly name: string; readonly type: string };

/** Those that a row is given: numbers that count by themselves are not. */
async function columnsOf(server: Server, database: string, table: string): Promise<readonly Column[]> {
  return await server.query<Column>(
    database,
    `select column_name as name, data_type as type from information_schema.columns
     where table_schema = 'public' and table_name = $1 and is_identity = 'NO' and coalesce(column_default, '') not like 'nextval%'
     order by ordinal_position`,
    [table],
  );
}

function insteadOf({ name, type }: Column): string {
  if (SAME_ANYWHERE.includes(name)) return `"${name}"`;
  if (type === 'uuid') return `bench_back("${name}", k)`;
  return type.startsWith('timestamp') ? `"${name}" - k * interval '10 days'` : `"${name}"`;
}

/** Ids begin with their milliseconds, so those of copies lie before, as ids of earlier conversations do. */
const BACK = `create function bench_back(id uuid, k int) returns uuid language sql immutable as $$
  select (lpad(to_hex(('x' || left(replace(id::text, '-', ''), 12))::bit(48)::bigint - k::bigint * 864000000), 12, '0')
    || substr(replace(id::text, '-', ''), 13))::uuid
$$`;
