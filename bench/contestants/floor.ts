/**
 * The floor: the booking as one plain function, and one transaction of four statements a turn with `pg`. No words understood,
 * nothing sealed, no dialogs below, no delivery: what durable turns cost at the least when they are written by hand.
 */
import pg from 'pg';
import { CONNECTIONS, type OpenContestant } from '../contestant.ts';
import { answer, countAsSaid, countTickets, makeTickets, plainLongScript, SCRIPT, type State, writeTicket } from '../plain-booking.ts';

export const open: OpenContestant = async (databaseUrl) => {
  const pool = new pg.Pool({ connectionString: databaseUrl, max: CONNECTIONS });
  await makeTickets(pool);
  await pool.query(`
    create table if not exists conversation (id text primary key, state jsonb not null) with (fillfactor = 50);
    create table if not exists message (id text primary key, conversation_id text not null, said text not null, reply text not null);`);
  return {
    script: () => SCRIPT,
    longScript: (_customer, turn) => plainLongScript(turn),
    prepare: async (customers) => {
      await pool.query(`insert into conversation select unnest($1::text[]), '{}'`, [customers.map(String)]);
    },
    take: async ({ customer, id, text }) => {
      const client = await pool.connect();
      try {
        await client.query('begin');
        const { rows } = await client.query<{ state: State }>({
          name: 'read',
          text: 'select state from conversation where id = $1 for update',
          values: [String(customer)],
        });
        const { state, reply, ticket } = answer(rows[0]?.state ?? {}, text);
        const kept = await client.query({
          name: 'keep',
          text: 'insert into message values ($1, $2, $3, $4) on conflict do nothing',
          values: [id, String(customer), text, reply],
        });
        if (kept.rowCount === 0) {
          await client.query('rollback');
          return '';
        }
        await client.query({
          name: 'write',
          text: 'update conversation set state = $2 where id = $1',
          values: [String(customer), state],
        });
        if (ticket !== null) await writeTicket(client, String(customer), ticket);
        await client.query('commit');
        return reply;
      } finally {
        client.release();
      }
    },
    settle: () => Promise.resolve(),
    tickets: () => countTickets(pool),
    ticketsAsSaid: (customers) => countAsSaid(pool, customers),
    tables: ['conversation', 'message'],
    close: () => pool.end(),
  };
};
