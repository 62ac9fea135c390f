/**
 * Ours, as the desk runs it: every message accepted durably, its turn taken by the core's own queue, everything personal
 * sealed, the reply handed to a channel and marked delivered. A reply counts once its turn is committed; that it was
 * delivered is noted while the next turns run, and waited for at the end.
 */
import { tmpdir } from 'node:os';
import type { Config } from '../src/config.ts';
import { type Core, openCore } from '../src/core.ts';
import type { Identifier } from '../src/domain/identifier.ts';
import { DEFAULT_POLICY } from '../src/domain/policy.ts';
import { migrate } from '../src/store/migrate.ts';
import { INDEXED, SEALED } from '../src/store/purposes.ts';
import type { Send } from '../src/turn/ports.ts';
import type { Contestant } from './contestant.ts';
import { districtOf, phoneOf, seedDistricts } from './districts.ts';

const ZONE = 'Asia/Shanghai';
const PREPARED_AT_ONCE = 16;
/** Friday, ten in the morning: every run has the same windows to offer. */
const SHIFT = Date.parse('2026-11-20T10:00:00+08:00') - Date.now();
const now = () => Date.now() + SHIFT;

/** Stands for the first window that was offered to this customer. */
export const FIRST_OFFERED = 'first-offered';

export type Ways = Pick<Contestant, 'script' | 'longScript'> & {
  /** Customers with a name, a phone and an address on record, as after a first repair. */
  readonly known: boolean;
};

export async function openOurs(databaseUrl: string, { known, script, longScript }: Ways): Promise<Contestant> {
  await migrate(databaseUrl);
  const core = await openCore({ config: configOf(databaseUrl), log: logProblem, clock: now });
  await seedDistricts(core);
  const desk = deskOf(core);
  const { pool } = core.store;
  return {
    script,
    longScript,
    prepare: async (customers) => {
      for (let from = 0; from < customers.length; from += PREPARED_AT_ONCE) {
        await Promise.all(customers.slice(from, from + PREPARED_AT_ONCE).map((it) => desk.begin(it, known)));
      }
    },
    take: ({ customer, id, text }) => desk.say(customer, id, text),
    settle: async () => {
      await core.turns.idle();
      await core.deliveries.idle();
    },
    tickets: async () => (await pool.query<{ count: number }>('select count(*)::int as count from ticket')).rows[0]?.count ?? 0,
    ticketsAsSaid: async (customers) => {
      const conversations = customers.map(desk.conversationOf);
      const { rows } = await pool.query<{ count: number }>(AS_SAID, [conversations]);
      return rows[0]?.count ?? 0;
    },
    tables: ['conversation', 'message'],
    close: core.stop,
  };
}

const AS_SAID = `select count(*)::int as count from ticket
  where conversation_id = any($1) and appliance = 'air_conditioner' and fault_codes = '{not_cooling}'`;

type Desk = {
  /** A chat is opened, and the bot has greeted. */
  readonly begin: (customer: number, known: boolean) => Promise<void>;
  readonly say: (customer: number, id: string, text: string) => Promise<string>;
  readonly conversationOf: (customer: number) => Identifier;
};

/** The desk with a channel that takes every reply at once. */
function deskOf(core: Core): Desk {
  const { store, turns, makeIdentifier } = core;
  const conversations = new Map<number, Identifier>();
  const waiting = new Map<Identifier, (reply: string) => void>();
  const offered = new Map<Identifier, string>();
  const send: Send = ({ conversationId }, messages) => {
    const first = messages.at(-1)?.body.choices[0]?.value;
    if (first !== undefined) offered.set(conversationId, first);
    const tell = waiting.get(conversationId);
    waiting.delete(conversationId);
    tell?.(messages.map((it) => it.body.text).join('\n'));
    return Promise.resolve(messages.map(() => ({ kind: 'delivered' })));
  };
  core.addChannel('terminal', send);

  function conversationOf(customer: number): Identifier {
    const conversationId = conversations.get(customer);
    if (conversationId === undefined) throw new Error(`invariant: customer ${customer} is prepared`);
    return conversationId;
  }

  /** Resolves with what is sent next; with nothing when the message was known. */
  function answered(conversationId: Identifier, channelMessageId: string, said: SaidBy): Promise<string> {
    return new Promise((resolve, reject) => {
      waiting.set(conversationId, resolve);
      const message = { id: makeIdentifier(), conversationId, channel: 'terminal', channelMessageId, at: core.now(), ...said } as const;
      store.accept([message]).then(([accepted]) => {
        if (accepted?.kind === 'redelivered') resolve('');
        turns.turnSoon(conversationId);
      }, reject);
    });
  }

  return {
    conversationOf,
    begin: async (customer, known) => {
      const conversationId = makeIdentifier();
      const externalId = `customer-${customer}`;
      const { accountId } = await store.openConversation({ conversationId, channel: 'terminal', externalId, at: core.now() });
      conversations.set(customer, conversationId);
      if (known) await makeKnown(core, accountId, customer);
      await answered(conversationId, `start-${customer}`, { sender: 'system', body: { kind: 'event', event: 'conversation-started' } });
    },
    say: (customer, id, text) => {
      const conversationId = conversationOf(customer);
      const words = text === FIRST_OFFERED ? (offered.get(conversationId) ?? '') : text;
      return answered(conversationId, id, { sender: 'customer', body: { kind: 'text', text: words } });
    },
  };
}

type SaidBy =
  | { readonly sender: 'customer'; readonly body: { readonly kind: 'text'; readonly text: string } }
  | { readonly sender: 'system'; readonly body: { readonly kind: 'event'; readonly event: 'conversation-started' } };

/** On record with a name, a phone and an address, as after a first repair. */
async function makeKnown({ store, makeIdentifier }: Core, accountId: Identifier, customer: number): Promise<void> {
  const { seal, pool } = store;
  const phone = phoneOf(customer);
  const { province, city, district } = districtOf(customer);
  const { rows } = await pool.query<{ customer_id: Identifier }>(
    `update customer set name_sealed = $2, phone_sealed = $3, phone_index = $4 where id = (select customer_id from channel_account where id = $1) returning id as customer_id`,
    [accountId, seal.seal(SEALED.customerName, '王小明'), seal.seal(SEALED.customerPhone, phone), seal.blindIndex(INDEXED.phone, phone)],
  );
  await pool.query(
    'insert into address (id, customer_id, province, city, district, detail_sealed, created_at) values ($1, $2, $3, $4, $5, $6, now())',
    [
      makeIdentifier(),
      rows[0]?.customer_id,
      province,
      city,
      district,
      seal.seal(SEALED.addressDetail, `建设路${(customer % 900) + 1}号3号楼1501`),
    ],
  );
}

function logProblem(level: string, event: string, facts: object = {}): void {
  if (level !== 'debug' && level !== 'info') console.error(event, JSON.stringify(facts));
}

function configOf(databaseUrl: string): Config {
  return {
    host: '127.0.0.1',
    port: 0,
    publicUrl: null,
    databaseUrl,
    dataDir: tmpdir(),
    demoData: 'no',
    timeZone: ZONE,
    policy: DEFAULT_POLICY,
    staffToken: 'not-used-here',
    staffTokenFile: null,
    piiKey: new Uint8Array(32).fill(7),
    allowedOrigins: [],
    pageWebhookUrl: null,
    wechat: null,
    wechatPuppet: null,
    slack: null,
    smsWebhookUrl: null,
    model: null,
    logLevel: 'silent',
  };
}
