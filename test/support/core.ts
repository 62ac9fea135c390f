/**
 * Cores for the proof of the turn: what one process of the desk runs, on a database that several of them may share, with
 * a channel that remembers what it was handed. Time runs, but starts on a Friday morning, so that windows are open.
 */
import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { vi } from 'vitest';
import type { Config } from '../../src/config.ts';
import { type Core, openCore } from '../../src/core.ts';
import type { Identifier } from '../../src/domain/identifier.ts';
import { DEFAULT_POLICY, type Policy } from '../../src/domain/policy.ts';
import type { ChatChannel } from '../../src/domain/ticket.ts';
import type { Accepted, Send } from '../../src/turn/ports.ts';
import { createTurns, type RunTurnsNeeds, type Turns } from '../../src/turn/run-turns.ts';
import type { TurnNeeds } from '../../src/turn/turn.ts';
import { createReadButton } from '../../src/understanding/button.ts';
import { createPlainText } from '../../src/understanding/plain-text.ts';
import { TEST_KEY } from './database.ts';

const ZONE = 'Asia/Shanghai';

const MORNING = Date.parse('2026-11-20T10:00:00+08:00');
const SHIFT = MORNING - Date.now();

/** The clock of every test core of a file. */
export function testClock(): number {
  return Date.now() + SHIFT;
}

export type LogLine = { readonly event: string; readonly fields: Readonly<Record<string, unknown>> };

/** A core and what it logged. Its sweep runs only when the test starts it or asks for a round. */
export type TestCore = Core & { readonly lines: readonly LogLine[]; readonly policy: Policy };

export type TestCoreOptions = {
  readonly url: string;
  readonly channels?: Partial<Record<ChatChannel, Send>>;
  readonly policy?: Policy;
  readonly demoData?: Config['demoData'];
};

export async function openTestCore({ url, channels = {}, policy = DEFAULT_POLICY, demoData = 'no' }: TestCoreOptions): Promise<TestCore> {
  const lines: LogLine[] = [];
  const config: Config = {
    host: '127.0.0.1',
    port: 0,
    publicUrl: null,
    databaseUrl: url,
    dataDir: tmpdir(),
    demoData,
    timeZone: ZONE,
    policy,
    staffToken: 'not-used-here',
    staffTokenFile: null,
    piiKey: TEST_KEY,
    allowedOrigins: [],
    pageWebhookUrl: null,
    wechat: null,
    wechatPuppet: null,
    slack: null,
    smsWebhookUrl: null,
    model: null,
    logLevel: 'debug',
  };
  const core = await openCore({ config, log: (_level, event, fields = {}) => void lines.push({ event, fields }), clock: testClock });
  for (const [channel, send] of Object.entries(channels)) core.addChannel(channel as ChatChannel, send);
  return { ...core, lines, policy };
}

/** What a turn works with, and no search over the answers. */
export function turnNeedsOf(core: TestCore): TurnNeeds {
  return {
    understand: core.understand,
    readButton: createReadButton(createPlainText()),
    propose: null,
    searchEnquiries: () => Promise.resolve({ kind: 'nothing' }),
    policy: core.policy,
    timeZone: ZONE,
    makeIdentifier: core.makeIdentifier,
    publicUrl: () => 'http://127.0.0.1',
    calendarUrl: core.calendarLinks.pathOf,
    readings: core.store.readings,
  };
}

/** Turns like the core's own, with some of what they need replaced: a step that fails, a process that dies half-way. */
export function turnsOf(core: TestCore, replaced: Partial<RunTurnsNeeds> = {}): Turns {
  const { store } = core;
  return createTurns({
    ...turnNeedsOf(core),
    readConversation: store.readConversation,
    transact: store.transact,
    deliver: core.deliveries.deliver,
    now: testClock,
    observe: () => undefined,
    log: (event, fields) => void (core.lines as LogLine[]).push({ event, fields }),
    ...replaced,
  });
}

/** What a process that was killed never came back from. */
export function never<Result>(): Promise<Result> {
  return new Promise(() => undefined);
}

// ---- customers ----------------------------------------------------------------------------------------------------

export type Customer = {
  readonly conversationId: Identifier;
  /** Makes a text durable, and no more: nobody is told of it. */
  readonly post: (core: Core, text: string, channelMessageId?: string) => Promise<Accepted>;
  /** Makes a text durable and has it turned. */
  readonly say: (core: Core, text: string, channelMessageId?: string) => Promise<Accepted>;
};

export async function aCustomer(core: Core, channel: ChatChannel = 'web-chat'): Promise<Customer> {
  const conversationId = core.makeIdentifier();
  await core.store.openConversation({ conversationId, channel, externalId: `it-${conversationId}`, at: core.now() });
  const post: Customer['post'] = async (by, text, channelMessageId = randomBytes(8).toString('hex')) => {
    const [accepted] = await by.store.accept([
      {
        id: by.makeIdentifier(),
        conversationId,
        channel,
        channelMessageId,
        sender: 'customer',
        body: { kind: 'text', text },
        at: by.now(),
      },
    ]);
    if (accepted === undefined) throw new Error('a message is answered for');
    return accepted;
  };
  const say: Customer['say'] = async (by, text, channelMessageId) => {
    const accepted = await post(by, text, channelMessageId);
    by.turns.turnSoon(conversationId);
    return accepted;
  };
  return { conversationId, post, say };
}

/** The bot's messages as the store has them: reply keys, texts and delivery, in order. */
export async function answersOf({ store }: Core, { conversationId }: Pick<Customer, 'conversationId'>) {
  const log = await store.readLog(conversationId, 0, 500);
  return log.flatMap((it) =>
    it.from === 'bot' || it.from === 'staff'
      ? [{ id: it.id, seq: it.seq, keys: it.body.dialog.reply, asking: it.body.dialog.asking, text: it.body.text, delivery: it.delivery }]
      : [],
  );
}

/** All customers' messages turned, all replies delivered (or given up), here and in the store. */
export async function settled(...cores: readonly Core[]): Promise<void> {
  const [first] = cores;
  if (first === undefined) return;
  await eventually(async () => {
    for (const core of cores) await core.turns.idle();
    for (const core of cores) await core.deliveries.idle();
    const { rows } = await first.store.pool.query(
      "select 1 from message where (direction = 'in' and applied_revision is null) or delivery = 'pending' limit 1",
    );
    if (rows.length > 0) throw new Error('a message is not turned or not delivered');
  });
}

/** Tries again until it no longer throws; at most fifteen seconds. */
export async function eventually<Result>(check: () => Result | Promise<Result>, timeout = 15_000): Promise<Result> {
  return await vi.waitFor(check, { timeout, interval: 20 });
}

/** As if the time had passed that a process may keep its messages for itself: what it holds is anybody's. */
export async function holdsRunOut({ store }: Core): Promise<void> {
  await store.pool.query("update message set held_until = now() - interval '1 second' where delivery = 'pending'");
}

// ---- channels -----------------------------------------------------------------------------------------------------

export type Handed = { readonly id: Identifier; readonly conversationId: Identifier; readonly seq: number; readonly text: string };

/** A channel that knows our message ids again: `handed` is every message as often as it came, `shown` what a customer sees. */
export type TestChannel = {
  readonly send: Send;
  readonly handed: readonly Handed[];
  readonly shown: (customer: Pick<Customer, 'conversationId'>) => readonly Handed[];
};

/** `before` is waited for before a message is taken; it may refuse by throwing. */
export function aChannel(before: (message: Handed) => Promise<void> | void = () => undefined): TestChannel {
  const handed: Handed[] = [];
  return {
    handed,
    shown: ({ conversationId }) => [
      ...new Map(handed.filter((it) => it.conversationId === conversationId).map((it) => [it.id, it])).values(),
    ],
    send: async ({ conversationId }, messages) => {
      const results: { readonly kind: 'delivered' }[] = [];
      for (const { id, seq, body } of messages) {
        const message = { id, conversationId, seq, text: body.text };
        await before(message);
        handed.push(message);
        results.push({ kind: 'delivered' });
      }
      return results;
    },
  };
}

// ---- chance -------------------------------------------------------------------------------------------------------

export type Chance = {
  readonly seed: number;
  /** A whole number from 0 to below `below`. */
  readonly below: (below: number) => number;
};

/** Repeatable chance: `SEED=123 npm test` runs the same again. Print `seed` when a test fails. */
export function chance(seed = Number(process.env['SEED'] ?? randomBytes(4).readUInt32LE())): Chance {
  let state = seed >>> 0;
  return {
    seed,
    below: (below) => {
      // mulberry32
      state = (state + 0x6d2b79f5) >>> 0;
      let it = state;
      it = Math.imul(it ^ (it >>> 15), it | 1);
      it ^= it + Math.imul(it ^ (it >>> 7), it | 61);
      return ((it ^ (it >>> 14)) >>> 0) % below;
    },
  };
}
