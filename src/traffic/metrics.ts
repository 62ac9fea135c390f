/**
 * What is measured of the desk, and under which names. Labels come from short lists: no id, no address, nothing anybody
 * said ever gets into one.
 */
import type { ChatChannel } from '../domain/ticket.ts';
import type { ReadProcessFigures } from './process-figures.ts';
import { createRegistry } from './registry.ts';
import type { ReadStoreFigures, StoreFigures } from './store-figures.ts';

/** How a turn ended: written; stepped again because its revision or window was lost; failed; left to the sweep. */
export type TurnOutcome = 'written' | 'revision-lost' | 'window-taken' | 'failed' | 'put-off';

/** As `SendResult`, and `given-up` after the last try. */
export type DeliveryOutcome = 'delivered' | 'waiting' | 'again' | 'later' | 'failed' | 'given-up';

/** What came of an unclear message: a proposal, no idea, a failure, or not asked because the model rests. */
export type ModelOutcome = 'proposed' | 'nothing' | 'failed' | 'resting';

/** Why something was not let in. */
export type Rejection =
  | 'unauthenticated'
  | 'forbidden'
  | 'too-slow'
  | 'too-large'
  | 'unsupported-media-type'
  | 'too-many'
  | 'unavailable'
  | 'stream-room'
  | 'stream-frames';

export type Metrics = {
  readonly observeTurn: (outcome: TurnOutcome, seconds: number) => void;
  readonly observeDelivery: (channel: ChatChannel, result: DeliveryOutcome) => void;
  readonly observeModel: (outcome: ModelOutcome) => void;
  /** `route` is the pattern of a route, never a path. */
  readonly observeRequest: (route: string, status: number, seconds: number) => void;
  readonly rejected: (what: Rejection) => void;
  /** Who knows how many WebSockets are open says so when asked. */
  readonly countStreams: (count: () => number) => void;
  /** Who can read the store's figures; until then nothing is said of it. */
  readonly readStore: (read: ReadStoreFigures) => void;
  /** Everything, in the text format of Prometheus 0.0.4. Never rejects, and waits for the store for a moment only. */
  readonly text: () => Promise<string>;
};

export type MetricsNeeds = {
  readonly now: () => number;
  readonly readProcess: ReadProcessFigures;
  readonly storeMilliseconds?: number;
};

/** Scrapers that come together get one answer, and the store is asked once. */
const KEPT_MILLISECONDS = 1_000;
const STORE_MILLISECONDS = 2_000;

const TURN_SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
const REQUEST_SECONDS = [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

export function createMetrics({ now, readProcess, storeMilliseconds = STORE_MILLISECONDS }: MetricsNeeds): Metrics {
  const registry = createRegistry();
  const turns = registry.counter('baoxiu_turns_total', 'Turns by how they ended', ['outcome']);
  const turnSeconds = registry.histogram('baoxiu_turn_seconds', 'Time one turn took, from reading to commit', TURN_SECONDS);
  const deliveries = registry.counter('baoxiu_deliveries_total', 'Outgoing messages handed to a channel', ['channel', 'result']);
  const models = registry.counter('baoxiu_model_doubts_total', 'Unclear messages a model was to help with', ['outcome']);
  const requests = registry.counter('baoxiu_http_requests_total', 'HTTP requests answered', ['route', 'status']);
  const requestSeconds = registry.histogram('baoxiu_http_request_seconds', 'Time to answer an HTTP request', REQUEST_SECONDS);
  const rejections = registry.counter('baoxiu_rejected_total', 'Calls and streams not let in', ['what']);
  const streamsOpen = registry.gauge('baoxiu_streams_open', 'Open WebSockets of customers on this process');
  const store = storeGauges(registry);
  const own = processGauges(registry);

  let countStreams: (() => number) | null = null;
  let readStore: ReadStoreFigures | null = null;
  let kept: { readonly at: number; readonly text: Promise<string> } | null = null;

  const collect = async (): Promise<string> => {
    if (readStore !== null) store.set(await inTime(readStore, storeMilliseconds));
    if (countStreams !== null) streamsOpen.set(countStreams());
    own.set(readProcess());
    return registry.text();
  };

  return {
    observeTurn(outcome, seconds) {
      turns.add({ outcome });
      turnSeconds.observe(seconds);
    },
    observeDelivery: (channel, result) => deliveries.add({ channel, result }),
    observeModel: (outcome) => models.add({ outcome }),
    observeRequest(route, status, seconds) {
      requests.add({ route, status: `${Math.floor(status / 100)}xx` });
      requestSeconds.observe(seconds);
    },
    rejected: (what) => rejections.add({ what }),
    countStreams: (count) => {
      countStreams = count;
    },
    readStore: (read) => {
      readStore = oneAtATime(read);
    },
    text() {
      const age = kept === null ? null : now() - kept.at;
      if (kept === null || age === null || age < 0 || age >= KEPT_MILLISECONDS) kept = { at: now(), text: collect() };
      return kept.text;
    },
  };
}

type Registry = ReturnType<typeof createRegistry>;

function storeGauges(registry: Registry) {
  const up = registry.gauge('baoxiu_store_up', 'Whether the store answered this scrape');
  const inbox = registry.gauge('baoxiu_inbox_messages', 'Messages not turned yet');
  const inboxAge = registry.gauge('baoxiu_inbox_age_seconds', 'Age of the oldest message not turned yet');
  const outbox = registry.gauge('baoxiu_outbox_messages', 'Messages not sent yet');
  const outboxAge = registry.gauge('baoxiu_outbox_age_seconds', 'Age of the oldest message not sent yet');
  const handoffs = registry.gauge('baoxiu_handoff_queue', 'Customers who wait for a person');
  const pages = registry.gauge('baoxiu_pages_open', 'Open pages by the rung of the ladder they have reached', ['level']);
  return {
    /** Null: it did not answer, and old figures would be a lie. */
    set(figures: StoreFigures | null) {
      up.set(figures === null ? 0 : 1);
      for (const it of [inbox, inboxAge, outbox, outboxAge, handoffs, pages]) it.clear();
      if (figures === null) return;
      inbox.set(figures.inbox.count);
      inboxAge.set(figures.inbox.oldestSeconds);
      outbox.set(figures.outbox.count);
      outboxAge.set(figures.outbox.oldestSeconds);
      handoffs.set(figures.handoffsQueued);
      for (const { level, count } of figures.pagesByLevel) pages.set(count, { level: String(level) });
    },
  };
}

function processGauges(registry: Registry) {
  const resident = registry.gauge('process_resident_memory_bytes', 'Resident memory');
  const heap = registry.gauge('nodejs_heap_size_used_bytes', 'Heap in use');
  const cpu = registry.gauge('process_cpu_seconds', 'Processor time since the start, user and system');
  const uptime = registry.gauge('process_uptime_seconds', 'Time since the start');
  const mean = registry.gauge('nodejs_eventloop_lag_mean_seconds', 'Mean delay of the event loop since the scrape before');
  const p99 = registry.gauge('nodejs_eventloop_lag_p99_seconds', '99th percentile of that delay');
  const max = registry.gauge('nodejs_eventloop_lag_max_seconds', 'Longest of that delay');
  return {
    set(figures: ReturnType<ReadProcessFigures>) {
      resident.set(figures.residentBytes);
      heap.set(figures.heapUsedBytes);
      cpu.set(figures.cpuSeconds);
      uptime.set(figures.uptimeSeconds);
      mean.set(figures.loopDelay.meanSeconds);
      p99.set(figures.loopDelay.p99Seconds);
      max.set(figures.loopDelay.maxSeconds);
    },
  };
}

/** A store that hangs is asked once, not once a scrape. */
function oneAtATime(read: ReadStoreFigures): ReadStoreFigures {
  let asked: Promise<StoreFigures> | null = null;
  return () => {
    asked ??= read().finally(() => {
      asked = null;
    });
    return asked;
  };
}

/** Null when the store fails or takes too long. */
async function inTime(read: ReadStoreFigures, milliseconds: number): Promise<StoreFigures | null> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), milliseconds);
  });
  try {
    return await Promise.race([read().catch(() => null), late]);
  } finally {
    clearTimeout(timer);
  }
}
