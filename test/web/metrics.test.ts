import type { AddressInfo } from 'node:net';
import { serve } from '@hono/node-server';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ChatChannel } from '../../src/domain/ticket.ts';
import { onceKeys } from '../../src/store/desk/once.ts';
import { storeFiguresOn } from '../../src/store/store-figures.ts';
import { createMetrics, type Metrics } from '../../src/traffic/metrics.ts';
import { watchProcess } from '../../src/traffic/process-figures.ts';
import { createRegistry } from '../../src/traffic/registry.ts';
import { createWeb } from '../../src/web/create-web.ts';
import { openDesk, type TestDesk, ZONE } from '../desk/a-desk.ts';
import { newId } from '../support/database.ts';

const QUIET = {
  residentBytes: 1,
  heapUsedBytes: 1,
  cpuSeconds: 0.5,
  uptimeSeconds: 2,
  loopDelay: { meanSeconds: 0, p99Seconds: 0, maxSeconds: 0 },
};

describe('the text', () => {
  it('counts, gauges and buckets as the format has it, every value escaped', () => {
    const registry = createRegistry();
    const counter = registry.counter('a_total', 'Has a \\ and\na line', ['what']);
    counter.add({ what: 'quote " backslash \\ line \n end' });
    counter.add({ what: 'plain' });
    counter.add({ what: 'plain' });
    registry.gauge('b', 'A gauge').set(-1.5);
    const histogram = registry.histogram('c_seconds', 'A histogram', [0.1, 1], ['kind']);
    for (const value of [0.05, 0.1, 0.5, 7]) histogram.observe(value, { kind: 'x' });
    registry.gauge('unset', 'Says nothing until it is set');
    const families = exposition(registry.text());
    expect([...families.keys()]).toEqual(['a_total', 'b', 'c_seconds']);
    expect(families.get('a_total')).toEqual({
      type: 'counter',
      help: 'Has a \\ and\na line',
      samples: [
        { name: 'a_total', labels: { what: 'quote " backslash \\ line \n end' }, value: 1 },
        { name: 'a_total', labels: { what: 'plain' }, value: 2 },
      ],
    });
    expect(families.get('c_seconds')?.samples.map((it) => [it.name, it.labels['le'] ?? null, it.value])).toEqual([
      ['c_seconds_bucket', '0.1', 2],
      ['c_seconds_bucket', '1', 3],
      ['c_seconds_bucket', '+Inf', 4],
      ['c_seconds_sum', null, 7.65],
      ['c_seconds_count', null, 4],
    ]);
  });

  it('never grows without end: what is too many is counted as other', () => {
    const registry = createRegistry(3);
    const counter = registry.counter('a_total', 'Many', ['what']);
    for (let index = 0; index < 1_000; index++) counter.add({ what: `value ${index}` });
    counter.add({ what: 'value 0' });
    expect(
      exposition(registry.text())
        .get('a_total')
        ?.samples.map((it) => [it.labels['what'], it.value]),
    ).toEqual([
      ['value 0', 2],
      ['value 1', 1],
      ['other', 998],
    ]);
  });

  it('is kept for a second, and asks a store that hangs once', async () => {
    let now = 0;
    let asked = 0;
    const metrics = createMetrics({ now: () => now, readProcess: () => QUIET, storeMilliseconds: 5 });
    metrics.readStore(() => {
      asked += 1;
      return new Promise(() => undefined);
    });
    metrics.observeTurn('written', 0.2);
    const first = await metrics.text();
    metrics.observeTurn('written', 0.2);
    now = 999;
    expect(await metrics.text()).toBe(first);
    now = 1_000;
    const families = exposition(await metrics.text());
    expect(figureOf(families, 'baoxiu_turns_total', { outcome: 'written' })).toBe(2);
    expect(figureOf(families, 'baoxiu_store_up')).toBe(0);
    expect(asked).toBe(1);
  });
});

describe('GET /metrics', () => {
  let at: TestDesk;
  let metrics: Metrics;
  let url: string;
  let close: () => Promise<void>;
  let now = 0;
  beforeAll(async () => {
    at = await openDesk();
    metrics = createMetrics({ now: () => now, readProcess: watchProcess(), storeMilliseconds: 1_000 });
    metrics.readStore(storeFiguresOn(at.store.pool));
    metrics.countStreams(() => 7);
    const app = createWeb({
      desk: at.desk,
      once: onceKeys(at.store),
      ready: () => ({ store: 'ready' }),
      mount: (it) => it.get('/chat/:who', (c) => c.text('hello')),
      timeZone: ZONE,
      now: () => at.clock.now,
      makeIdentifier: newId,
      logFailure: () => undefined,
      metrics,
    });
    const server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' });
    await new Promise<void>((resolve) => server.once('listening', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    close = () => new Promise((resolve) => server.close(() => resolve()));
  });
  afterAll(async () => {
    await close();
    await at.close();
  });

  const scrape = async () => {
    now += 1_000;
    const response = await fetch(`${url}/metrics`);
    return { response, families: exposition(await response.text()) };
  };

  it('needs no token and says what it is', async () => {
    const { response, families } = await scrape();
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/plain; version=0.0.4; charset=utf-8']);
    expect(figureOf(families, 'baoxiu_store_up')).toBe(1);
    expect(figureOf(families, 'baoxiu_streams_open')).toBe(7);
    expect(figureOf(families, 'process_resident_memory_bytes')).toBeGreaterThan(1_000_000);
    for (const name of ['process_uptime_seconds', 'process_cpu_seconds', 'nodejs_eventloop_lag_p99_seconds'])
      expect(figureOf(families, name), name).toBeGreaterThanOrEqual(0);
  });

  it('counts what waits in the store, and how long the oldest has', async () => {
    const before = (await scrape()).families;
    const waiting = await at.waiting();
    await at.store.pool.query("insert into page (id, reason, raised_at, level) values ($1, 'danger', now(), 0), ($2, 'danger', now(), 2)", [
      newId(),
      newId(),
    ]);
    await at.store.pool.query(
      `insert into message (id, conversation_id, seq, direction, sender, channel, body_sealed, created_at)
       values ($1, $2, 1000, 'in', 'customer', 'web-chat', '', now() - interval '90 seconds')`,
      [newId(), waiting.conversationId],
    );
    const { families } = await scrape();
    const grown = (name: string) => (figureOf(families, name) ?? 0) - (figureOf(before, name) ?? 0);
    expect([grown('baoxiu_handoff_queue'), figureOf(families, 'baoxiu_pages_open', { level: '0' })]).toEqual([1, 1]);
    expect(figureOf(families, 'baoxiu_pages_open', { level: '2' })).toBe(1);
    expect(grown('baoxiu_inbox_messages')).toBeGreaterThanOrEqual(1);
    expect(figureOf(families, 'baoxiu_inbox_age_seconds')).toBeGreaterThanOrEqual(90);
    expect(figureOf(families, 'baoxiu_outbox_age_seconds')).toBeGreaterThanOrEqual(0);
  });

  it('counts turns, deliveries, requests and refusals by short lists, with nobody in them', async () => {
    metrics.observeTurn('written', 0.03);
    metrics.observeTurn('failed', 3);
    metrics.observeDelivery('wechat', 'again');
    metrics.rejected('stream-room');
    // A channel of tomorrow is counted too.
    metrics.observeDelivery('sms' as ChatChannel, 'delivered');
    for (const who of ['13800138000', '王芳', 'eyJhbGciOi']) await fetch(`${url}/chat/${who}?t=secret`);
    for (const path of ['/api/v1/tickets', '/nothing/13800138000']) await fetch(url + path);
    const { families, response } = await scrape();
    expect(figureOf(families, 'baoxiu_turns_total', { outcome: 'failed' })).toBe(1);
    expect(figureOf(families, 'baoxiu_turn_seconds_count')).toBe(2);
    expect(figureOf(families, 'baoxiu_turn_seconds_bucket', { le: '0.05' })).toBe(1);
    expect(figureOf(families, 'baoxiu_deliveries_total', { channel: 'wechat', result: 'again' })).toBe(1);
    expect(figureOf(families, 'baoxiu_http_requests_total', { route: '/chat/:who', status: '2xx' })).toBe(3);
    expect(figureOf(families, 'baoxiu_rejected_total', { what: 'unauthenticated' })).toBe(1);
    expect(figureOf(families, 'baoxiu_rejected_total', { what: 'stream-room' })).toBe(1);
    const labels = [...families.values()].flatMap((it) => it.samples).map((it) => JSON.stringify(it.labels));
    expect(labels.join()).not.toMatch(/13800138000|王芳|secret|eyJ|[0-9a-f]{8}-[0-9a-f]{4}/);
    expect(response.status).toBe(200);
  });

  it('has every metric the operators’ page names', async () => {
    const { families } = await scrape();
    const types = Object.fromEntries([...families].map(([name, it]) => [name, it.type]));
    expect(types).toMatchObject({
      baoxiu_turns_total: 'counter',
      baoxiu_turn_seconds: 'histogram',
      baoxiu_deliveries_total: 'counter',
      baoxiu_inbox_age_seconds: 'gauge',
      baoxiu_outbox_age_seconds: 'gauge',
      baoxiu_inbox_messages: 'gauge',
      baoxiu_outbox_messages: 'gauge',
      baoxiu_handoff_queue: 'gauge',
      baoxiu_pages_open: 'gauge',
      baoxiu_rejected_total: 'counter',
      baoxiu_http_requests_total: 'counter',
      baoxiu_http_request_seconds: 'histogram',
      baoxiu_streams_open: 'gauge',
      baoxiu_store_up: 'gauge',
    });
  });

  it('answers without the store: it is said to be down, and its old figures are gone', async () => {
    metrics.readStore(() => Promise.reject(new Error('connect ECONNREFUSED')));
    const { response, families } = await scrape();
    expect(response.status).toBe(200);
    expect(figureOf(families, 'baoxiu_store_up')).toBe(0);
    for (const name of ['baoxiu_inbox_messages', 'baoxiu_outbox_age_seconds', 'baoxiu_handoff_queue', 'baoxiu_pages_open'])
      expect(families.has(name), name).toBe(false);
    expect(figureOf(families, 'baoxiu_turns_total', { outcome: 'failed' })).toBe(1);
  });
});

type Sample = { readonly name: string; readonly labels: Readonly<Record<string, string>>; readonly value: number };
type Family = { readonly type: string; readonly help: string; readonly samples: readonly Sample[] };

function figureOf(families: ReadonlyMap<string, Family>, name: string, labels: Readonly<Record<string, string>> = {}): number | null {
  const family = families.get(name) ?? families.get(name.replace(/_(bucket|sum|count)$/, ''));
  const found = family?.samples.find((it) => it.name === name && Object.entries(labels).every(([key, value]) => it.labels[key] === value));
  return found?.value ?? null;
}

/** The text format 0.0.4, read strictly: anything a careful scraper would refuse throws. */
function exposition(text: string): Map<string, Family> {
  if (!text.endsWith('\n')) throw new Error('the last line has no line feed');
  const families = new Map<string, { type: string; help: string; samples: Sample[] }>();
  const seen = new Set<string>();
  let current: { name: string; type: string; samples: Sample[] } | null = null;
  let help: { readonly name: string; readonly text: string } | null = null;
  for (const line of text.slice(0, -1).split('\n')) {
    const helpLine = /^# HELP ([a-zA-Z_:][\w:]*) (.*)$/.exec(line);
    const typeLine = /^# TYPE ([a-zA-Z_:][\w:]*) (counter|gauge|histogram|summary|untyped)$/.exec(line);
    if (helpLine?.[1] !== undefined) {
      help = { name: helpLine[1], text: unescaped(helpLine[2] ?? '', /\\([\\n])/g) };
    } else if (typeLine?.[1] !== undefined && typeLine[2] !== undefined) {
      if (help?.name !== typeLine[1]) throw new Error(`no HELP right before TYPE ${typeLine[1]}`);
      if (families.has(typeLine[1])) throw new Error(`${typeLine[1]} comes twice`);
      const family = { type: typeLine[2], help: help.text, samples: [] as Sample[] };
      families.set(typeLine[1], family);
      current = { name: typeLine[1], ...family };
    } else {
      const sample = sampleIn(line);
      if (current === null || !belongs(sample.name, current)) throw new Error(`${sample.name} stands outside its family`);
      const key = JSON.stringify([sample.name, Object.entries(sample.labels).sort()]);
      if (seen.has(key)) throw new Error(`the same series twice: ${line}`);
      seen.add(key);
      current.samples.push(sample);
    }
  }
  for (const [name, family] of families) {
    if (family.samples.length === 0) throw new Error(`${name} has no sample`);
    if (family.type === 'counter' && (!name.endsWith('_total') || family.samples.some((it) => it.value < 0)))
      throw new Error(`${name} is no counter`);
    if (family.type === 'histogram') checkBuckets(name, family.samples);
  }
  return families;
}

function belongs(name: string, family: { readonly name: string; readonly type: string }): boolean {
  const suffixes = family.type === 'histogram' ? ['_bucket', '_sum', '_count'] : [''];
  return suffixes.some((it) => name === family.name + it);
}

function sampleIn(line: string): Sample {
  const match = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})? (\S+)$/.exec(line);
  if (match?.[1] === undefined || match[3] === undefined) throw new Error(`not a sample: ${line}`);
  const labels: Record<string, string> = {};
  let rest = match[2] ?? '';
  while (rest !== '') {
    const label = /^([a-zA-Z_]\w*)="((?:[^"\\\n]|\\["\\n])*)"(?:,(?=.)|$)/.exec(rest);
    if (label?.[1] === undefined || label[1].startsWith('__') || label[1] in labels) throw new Error(`not labels: ${line}`);
    labels[label[1]] = unescaped(label[2] ?? '', /\\(["\\n])/g);
    rest = rest.slice(label[0].length);
  }
  if (!/^([+-]Inf|NaN|-?\d+(\.\d+)?(e[+-]?\d+)?)$/.test(match[3])) throw new Error(`not a number: ${line}`);
  return { name: match[1], labels, value: Number(match[3].replace('Inf', 'Infinity')) };
}

/** Buckets rise to +Inf, which equals the count; each histogram has its sum. */
function checkBuckets(name: string, samples: readonly Sample[]): void {
  const groups = new Map<string, Sample[]>();
  for (const sample of samples) {
    const { le: _, ...labels } = sample.labels;
    const key = JSON.stringify(labels);
    groups.set(key, [...(groups.get(key) ?? []), sample]);
  }
  for (const group of groups.values()) {
    const buckets = group.filter((it) => it.name === `${name}_bucket`);
    const bounds = buckets.map((it) => Number((it.labels['le'] ?? 'NaN').replace('Inf', 'Infinity')));
    const rises = (values: readonly number[], strictly: boolean) =>
      values.every((it, index) => index === 0 || (strictly ? it > (values[index - 1] ?? it) : it >= (values[index - 1] ?? it)));
    if (!rises(bounds, true) || bounds.at(-1) !== Number.POSITIVE_INFINITY) throw new Error(`${name}: bounds`);
    const counts = buckets.map((it) => it.value);
    if (!rises(counts, false)) throw new Error(`${name}: counts fall`);
    const count = group.find((it) => it.name === `${name}_count`);
    if (count?.value !== counts.at(-1) || !group.some((it) => it.name === `${name}_sum`)) throw new Error(`${name}: count or sum`);
  }
}

function unescaped(text: string, escapes: RegExp): string {
  return text.replace(escapes, (_, it: string) => (it === 'n' ? '\n' : it));
}
