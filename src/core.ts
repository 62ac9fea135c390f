/**
 * What every process of the desk runs, whatever its channels: the store, understanding, turns, delivery and the sweep.
 * `main.ts` adds the HTTP side, the terminal adds itself.
 */
import { randomBytes } from 'node:crypto';
import type { Config } from './config.ts';
import { type Identifier, identifierFrom, type MakeIdentifier } from './domain/identifier.ts';
import { type Instant, instantOf } from './domain/instant.ts';
import type { ChatChannel } from './domain/ticket.ts';
import { createDeliveries, type Deliveries } from './jobs/delivery.ts';
import { createSweep, type Sweep } from './jobs/sweep.ts';
import type { Log } from './log.ts';
import { insertFirstData } from './store/first-data.ts';
import { openStore, type Store } from './store/open-store.ts';
import type { Send } from './turn/ports.ts';
import { createTurns, type Turns } from './turn/run-turns.ts';
import { createUnderstand } from './understanding/understand.ts';
import type { Understand } from './understanding/understood.ts';

export type CoreNeeds = {
  readonly config: Config;
  readonly log: Log;
  /** Epoch milliseconds. */
  readonly clock: () => number;
};

export type Core = {
  readonly store: Store;
  readonly understand: Understand;
  readonly turns: Turns;
  readonly deliveries: Deliveries;
  readonly sweep: Sweep;
  readonly makeIdentifier: MakeIdentifier;
  readonly now: () => Instant;
  /** Switches a channel on: from now on its lanes are served here. */
  readonly addChannel: (channel: ChatChannel, send: Send) => void;
  /** Finishes what is in hand and closes the store. */
  readonly stop: () => Promise<void>;
};

/** How long a stop waits for turns and deliveries in hand. */
const IN_HAND_MILLISECONDS = 8_000;

export async function openCore({ config, log, clock }: CoreNeeds): Promise<Core> {
  const makeIdentifier: MakeIdentifier = () => identifierFrom(clock(), randomBytes(10));
  const now = () => instantOf(clock());
  const holder: Identifier = makeIdentifier();
  const store = await openStore({
    databaseUrl: config.databaseUrl,
    dataDir: config.dataDir,
    piiKey: Buffer.from(config.piiKey),
    holder,
    log,
    now,
    makeIdentifier,
  });
  const demo = config.demoData === 'when-embedded-and-empty' ? (config.databaseUrl === null ? 'when-empty' : 'no') : config.demoData;
  await insertFirstData(store, { demo, now: now(), timeZone: config.timeZone, makeIdentifier }).catch(async (error: unknown) => {
    await store.close();
    throw error;
  });
  const understand = createUnderstand();

  const channels: Partial<Record<ChatChannel, Send>> = {};
  const deliveries = createDeliveries({
    outbox: store.outbox,
    holder,
    channels,
    now: clock,
    log: (event, fields) => log('warn', event, fields),
  });
  const turns = createTurns({
    understand,
    policy: config.policy,
    timeZone: config.timeZone,
    makeIdentifier,
    readings: store.readings,
    readConversation: store.readConversation,
    transact: store.transact,
    deliver: deliveries.deliver,
    now: clock,
    log: (event, fields) => log('warn', event, fields),
  });
  const sweep = createSweep({
    findUnapplied: store.findUnapplied,
    turnSoon: turns.turnSoon,
    deliverUndelivered: deliveries.sweep,
    now: clock,
    log: (event, fields) => log('warn', event, fields),
  });

  return {
    store,
    understand,
    turns,
    deliveries,
    sweep,
    makeIdentifier,
    now,
    addChannel: (channel, send) => {
      channels[channel] = send;
    },
    stop: async () => {
      await sweep.stop();
      await inTime(turns.stop().then(() => deliveries.idle()));
      await store.close();
    },
  };
}

async function inTime(work: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, IN_HAND_MILLISECONDS);
  });
  await Promise.race([work, late]);
  clearTimeout(timer);
}
