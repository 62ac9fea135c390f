/**
 * What every process of the desk runs, whatever its channels: the store, understanding, turns, delivery and the sweep.
 * `main.ts` adds the HTTP side, the terminal adds itself.
 */
import { hkdfSync } from 'node:crypto';
import { type CalendarLinks, createCalendarLinks } from './calendar-link.ts';
import { pageWebhook } from './channels/page-webhook.ts';
import { smsWebhook } from './channels/sms-webhook.ts';
import { type Config, publicUrlOf } from './config.ts';
import type { SharedIn } from './desk/attachments.ts';
import { type Identifier, identifierFrom, type MakeIdentifier } from './domain/identifier.ts';
import { HOUR, type Instant, instantOf } from './domain/instant.ts';
import type { ChatChannel } from './domain/ticket.ts';
import { drawBytes } from './drawn-bytes.ts';
import { createFileLinks, type FileLinks } from './file-link.ts';
import { createCleanFile } from './files/clean-file.ts';
import { inTime } from './in-time.ts';
import { createDeliveries, type Deliveries } from './jobs/delivery.ts';
import { dueRounds } from './jobs/due-rounds.ts';
import { noticeWords } from './jobs/notice-words.ts';
import type { NoticeWays } from './jobs/notifier.ts';
import type { PageChannel } from './jobs/paging.ts';
import { createSweep, type NamedRound, type Sweep } from './jobs/sweep.ts';
import type { Log } from './log.ts';
import { createMaskText, type EntitiesOf } from './model/masked-text.ts';
import { createModel, type Model } from './model/model.ts';
import { createProductCodes, type ProductCodes } from './product-code.ts';
import { dueStore } from './store/due/due-store.ts';
import { insertFirstData } from './store/first-data.ts';
import { openStore, type Store } from './store/open-store.ts';
import { storeFiguresOn } from './store/store-figures.ts';
import { createMetrics, type Metrics } from './traffic/metrics.ts';
import { watchProcess } from './traffic/process-figures.ts';
import type { CleanFile } from './turn/clean-file.ts';
import { createEnquirySearches } from './turn/enquiries.ts';
import type { FileUrl } from './turn/kept-file.ts';
import type { Send } from './turn/ports.ts';
import { createTurns, type Turns } from './turn/run-turns.ts';
import type { TurnNeeds } from './turn/turn.ts';
import { warmUp } from './turn/warm-up.ts';
import { createReadButton } from './understanding/button.ts';
import { readDanger } from './understanding/danger.ts';
import { createPlainText } from './understanding/plain-text.ts';
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
  /** Null when none is configured. */
  readonly model: Model | null;
  readonly turns: Turns;
  readonly deliveries: Deliveries;
  readonly sweep: Sweep;
  readonly metrics: Metrics;
  /** What the sweep looks for besides messages, by name. */
  readonly rounds: readonly NamedRound[];
  /** Where pages go, by name; a channel that can call staff adds itself. */
  readonly pageChannels: Record<string, PageChannel>;
  /** How a channel tells customers something outside the time in which it may speak to them; it adds itself. */
  readonly noticeWays: Partial<Record<ChatChannel, NonNullable<NoticeWays['byChannel'][ChatChannel]>>>;
  readonly makeIdentifier: MakeIdentifier;
  readonly now: () => Instant;
  /** Customers reach us here from now on: links to them begin with this address; before, with the configured one. */
  readonly reachedAt: (url: string) => void;
  readonly calendarLinks: CalendarLinks;
  readonly fileLinks: FileLinks;
  /** One line of work for every channel and the desk. */
  readonly cleanFile: CleanFile;
  readonly fileUrl: FileUrl;
  readonly sharedFileUrl: (fileId: Identifier, sharedIn: SharedIn) => string;
  readonly productCodes: ProductCodes;
  /** Calls staff for something that is wrong with the desk itself: one page, however often the key is told. */
  readonly callStaff: (reason: string, onceKey: string) => Promise<void>;
  /** At a glance, before a turn reads it whole. */
  readonly tellsOfDanger: (text: string) => boolean;
  /** Switches a channel on: from now on its lanes are served here, and the rounds it needs are made. */
  readonly addChannel: (channel: ChatChannel, send: Send, rounds?: readonly NamedRound[]) => void;
  /** What is slow at its first use is used once, before customers reach us. */
  readonly warmUp: () => Promise<void>;
  /** Finishes what is in hand and closes the store. */
  readonly stop: () => Promise<void>;
};

/** How long a stop waits for turns and deliveries in hand, and then for the store: 10 s in all are promised. */
const IN_HAND_MILLISECONDS = 5_000;
const CLOSE_MILLISECONDS = 2_500;

export async function openCore({ config, log, clock }: CoreNeeds): Promise<Core> {
  const makeIdentifier: MakeIdentifier = () => identifierFrom(clock(), drawBytes(10));
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

  const metrics = createMetrics({ now: clock, readProcess: watchProcess() });
  metrics.readStore(storeFiguresOn(store.pool));

  const channels: Partial<Record<ChatChannel, Send>> = {};
  const deliveries = createDeliveries({
    outbox: store.outbox,
    holder,
    channels,
    now: clock,
    observe: metrics.observeDelivery,
    log: (event, fields) => log('warn', event, fields),
  });
  let url = publicUrlOf(config, config.port);
  const calendarLinks = createCalendarLinks(Buffer.from(hkdfSync('sha256', config.piiKey, '', 'baoxiu calendar links', 32)));
  const fileLinks = createFileLinks(
    Buffer.from(hkdfSync('sha256', config.piiKey, '', 'baoxiu file links', 32)),
    config.policy.slack.fileLinkHours * HOUR,
    now,
  );
  const model = config.model === null ? null : modelOf(config.model, understand, config.timeZone, clock, metrics);
  const plainText = createPlainText();
  const turnNeeds: TurnNeeds = {
    understand,
    readButton: createReadButton(plainText),
    propose: model?.propose ?? null,
    searchEnquiries: createEnquirySearches(store.readings, plainText),
    publicUrl: () => url,
    calendarUrl: (appointmentId) => `${url}${calendarLinks.pathOf(appointmentId)}`,
    policy: config.policy,
    timeZone: config.timeZone,
    makeIdentifier,
    readings: store.readings,
  };
  const turns = createTurns({
    ...turnNeeds,
    readConversation: store.readConversation,
    transact: store.transact,
    deliver: deliveries.deliver,
    now: clock,
    observe: metrics.observeTurn,
    log: (event, fields) => log('warn', event, fields),
  });
  const pageChannels: Record<string, PageChannel> = {};
  if (config.pageWebhookUrl !== null) pageChannels['webhook'] = pageWebhook({ url: config.pageWebhookUrl, timeZone: config.timeZone });
  const noticeWays: Core['noticeWays'] = {};
  const due = dueStore(store);
  const rounds = dueRounds({
    due,
    accept: store.accept,
    engineers: store.readings.engineers,
    turnSoon: turns.turnSoon,
    pageChannels,
    noticeWays: { byChannel: noticeWays, sms: config.smsWebhookUrl === null ? null : smsWebhook(config.smsWebhookUrl) },
    putInWords: noticeWords(config.timeZone),
    policy: config.policy,
    timeZone: config.timeZone,
    makeIdentifier,
    now,
    log: (event, fields) => log('warn', event, fields),
  });
  const sweep = createSweep(
    {
      findUnapplied: store.findUnapplied,
      turnSoon: turns.turnSoon,
      deliverUndelivered: deliveries.sweep,
      now: clock,
      log: (event, fields) => log('warn', event, fields),
    },
    rounds,
  );

  return {
    store,
    understand,
    model,
    turns,
    deliveries,
    sweep,
    metrics,
    rounds,
    pageChannels,
    noticeWays,
    makeIdentifier,
    now,
    calendarLinks,
    fileLinks,
    cleanFile: createCleanFile(),
    fileUrl: (id) => `${url}${fileLinks.pathOf(id)}`,
    sharedFileUrl: (id, sharedIn) => `${url}${fileLinks.sharedPathOf(id, sharedIn)}`,
    tellsOfDanger: (text) => readDanger(plainText(text)).value !== null,
    productCodes: createProductCodes(Buffer.from(hkdfSync('sha256', config.piiKey, '', 'baoxiu product codes', 32))),
    reachedAt: (reached) => {
      url = reached;
      turns.reachable();
    },
    callStaff: (reason, onceKey) =>
      due.causes.raise([{ id: makeIdentifier(), reason, onceKey, ticketId: null, conversationId: null }], now()),
    addChannel: (channel, send, its = []) => {
      channels[channel] = send;
      sweep.add(its);
    },
    warmUp: () => warmUp({ ...turnNeeds, now: clock, log: (event, fields) => log('warn', event, fields) }),
    stop: async () => {
      const inHand = sweep
        .stop()
        .then(() => turns.stop())
        .then(() => deliveries.idle());
      await inTime(inHand, IN_HAND_MILLISECONDS);
      await inTime(store.close(), CLOSE_MILLISECONDS);
    },
  };
}

function modelOf(
  endpoint: NonNullable<Config['model']>,
  understand: Understand,
  timeZone: string,
  clock: () => number,
  { observeModel }: Metrics,
): Model {
  const entitiesOf: EntitiesOf = (text, asking) => understand(text, { now: clock(), timeZone, expects: asking }).entities;
  return createModel(endpoint, { maskText: createMaskText(createPlainText(), entitiesOf), now: clock, observe: observeModel });
}
