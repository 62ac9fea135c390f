/**
 * What both grammY contestants stand on: a bot without a network, whose `fetch` answers and collects what it sends (a
 * conversation makes API objects of its own, so a transformer would miss them), and a storage in PostgreSQL (https://grammy.dev/plugins/session#external-storage-solutions).
 */
import { Bot, type Context, type StorageAdapter } from 'grammy';
import type { Update } from 'grammy/types';
import pg from 'pg';
import { CONNECTIONS, type Contestant } from './contestant.ts';
import { countAsSaid, countTickets, makeTickets, plainLongScript, SCRIPT } from './plain-booking.ts';

const BOT = {
  id: 1,
  is_bot: true,
  first_name: 'Baoxiu',
  username: 'baoxiu_bot',
  can_join_groups: false,
  can_read_all_group_messages: false,
  supports_inline_queries: false,
  can_connect_to_business: false,
  has_main_web_app: false,
  has_topics_enabled: false,
  allows_users_to_create_topics: false,
  can_manage_bots: false,
  supports_join_request_queries: false,
} as const;
const STORED = 'stored';

export type GrammyNeeds = {
  readonly pool: pg.Pool;
  readonly storage: <Value>() => StorageAdapter<Value>;
};

/** The whole contestant, once `addBooking` has put its handlers on the bot. */
export async function openGrammy<C extends Context>(
  databaseUrl: string,
  addBooking: (bot: Bot<C>, needs: GrammyNeeds) => void,
): Promise<Contestant> {
  const pool = new pg.Pool({ connectionString: databaseUrl, max: CONNECTIONS });
  await makeTickets(pool);
  await pool.query(`create table if not exists ${STORED} (key text primary key, value text not null)`);
  const said = new Map<number, string>();
  const bot = new Bot<C>('1:not-used', { botInfo: BOT, client: { fetch: answerInstead(said) } });
  addBooking(bot, { pool, storage: () => storageIn(pool) });
  let updates = 0;
  return {
    script: () => SCRIPT,
    longScript: (_customer, turn) => plainLongScript(turn),
    prepare: () => Promise.resolve(),
    take: async ({ customer, text }) => {
      const chat = chatOf(customer);
      await bot.handleUpdate(updateOf(chat, ++updates, text));
      return said.get(chat) ?? '';
    },
    settle: () => Promise.resolve(),
    tickets: () => countTickets(pool),
    ticketsAsSaid: (customers) => countAsSaid(pool, customers.map(chatOf)),
    tables: [STORED],
    close: () => pool.end(),
  };
}

/** Telegram's ids begin at 1. */
function chatOf(customer: number): number {
  return customer + 1;
}

function updateOf(chat: number, updateId: number, text: string): Update {
  const from = { id: chat, is_bot: false, first_name: '王小明' };
  return {
    update_id: updateId,
    message: {
      message_id: updateId,
      date: Math.floor(Date.now() / 1_000),
      chat: { id: chat, type: 'private', first_name: '王小明' },
      from,
      text,
    },
  };
}

/** Answers every outgoing call as Telegram answers `sendMessage`, and keeps what would have been sent. */
function answerInstead(said: Map<number, string>) {
  return async (_url: string, { body }: { readonly body: string }): Promise<Response> => {
    const { chat_id: chat, text } = JSON.parse(body) as { readonly chat_id: number; readonly text: string };
    said.set(chat, text);
    const result = { message_id: 1, date: Math.floor(Date.now() / 1_000), chat: { id: chat, type: 'private' }, text };
    return new Response(JSON.stringify({ ok: true, result }));
  };
}

/**
 * The rows of the official `@grammyjs/storage-psql`, but with a pool and prepared statements, in their favour: over the official
 * one's single connection, turns side by side wait for one another's fsync.
 */
function storageIn<Value>(pool: pg.Pool): StorageAdapter<Value> {
  return {
    read: async (key) => {
      const { rows } = await pool.query<{ value: string }>({
        name: 'read',
        text: `select value from ${STORED} where key = $1`,
        values: [key],
      });
      return rows[0] === undefined ? undefined : (JSON.parse(rows[0].value) as Value);
    },
    write: async (key, value) => {
      await pool.query({
        name: 'write',
        text: `insert into ${STORED} values ($1, $2) on conflict (key) do update set value = excluded.value`,
        values: [key, JSON.stringify(value)],
      });
    },
    delete: async (key) => {
      await pool.query({ name: 'delete', text: `delete from ${STORED} where key = $1`, values: [key] });
    },
  };
}
