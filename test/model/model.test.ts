import type { ServerResponse } from 'node:http';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createModel } from '../../src/model/model.ts';
import type { Doubt } from '../../src/turn/proposal.ts';
import { BROKEN, endless } from '../channels/a-gateway.ts';
import { anEndpoint, complete, type ModelEndpoint, maskText } from './an-endpoint.ts';

const DOUBT: Doubt = { text: '上回说的那事有眉目没', asking: null, candidates: ['query_progress', 'inform'] };
const GOOD = '{"intent":"query_progress","values":[]}';
const PROGRESS = { intent: 'query_progress', values: [] };
/** As short as a busy machine allows. */
const CALL_MILLISECONDS = 250;
const REST_MILLISECONDS = 30_000;

let endpoint: ModelEndpoint;
let outcomes: string[];
let now: number;
beforeEach(async () => {
  endpoint = await anEndpoint();
  outcomes = [];
  now = Date.parse('2026-11-20T10:00:00+08:00');
});
afterEach(() => endpoint.close());

function aModel(apiKey: string | null = null, callMilliseconds = 5_000) {
  const observe = (outcome: string) => void outcomes.push(outcome);
  return createModel(
    { baseUrl: endpoint.baseUrl, name: 'a-model', apiKey },
    { maskText, now: () => now, observe },
    { callMilliseconds, failuresMax: 3, restMilliseconds: REST_MILLISECONDS },
  );
}

/** How many milliseconds it took to hear nothing. */
async function nothingAfter(callMilliseconds: number): Promise<number> {
  const began = performance.now();
  expect(await aModel(null, callMilliseconds).propose(DOUBT)).toBeNull();
  expect(outcomes).toEqual(['failed']);
  return performance.now() - began;
}

describe('an answer', () => {
  test.each<[string, string]>([
    ['plain', GOOD],
    ['in prose', `客户在问进度：${GOOD}。`],
    ['after thoughts', `<think>{"intent":"inform","values":[]}？</think>${GOOD}`],
    ['in a fence', `\`\`\`json\n${GOOD}\n\`\`\``],
  ])('%s is a proposal', async (_, content) => {
    endpoint.writes(content);
    expect(await aModel().propose(DOUBT)).toEqual(PROGRESS);
    expect(outcomes).toEqual(['proposed']);
  });

  test('“none”, and an intent nobody asked about, count as nothing and as no failure', async () => {
    const model = aModel();
    endpoint.writes('{"intent":"none"}');
    expect(await model.propose(DOUBT)).toBeNull();
    endpoint.writes('{"intent":"cancel_booking","values":[]}');
    await model.propose({ ...DOUBT, text: '有眉目没' });
    expect([outcomes, model.isResting()]).toEqual([['nothing', 'nothing'], false]);
  });

  test.each<[string, (response: ServerResponse) => void]>([
    ['nonsense', (response) => complete(response, '客户好像在问进度')],
    ['no content', (response) => complete(response, null)],
    ['JSON of another kind', (response) => response.writeHead(200).end('{"choices":[]}')],
    ['a page', (response) => response.writeHead(200).end('<html>')],
    [
      '500 with an answer in it',
      (response) => void response.writeHead(500).end(`{"choices":[{"message":{"content":${JSON.stringify(GOOD)}}}]}`),
    ],
    ['a reset', BROKEN['resets the connection'] ?? (() => undefined)],
    ['another address', BROKEN['sends elsewhere'] ?? (() => undefined)],
  ])('%s is none', async (_, answer) => {
    endpoint.answer = answer;
    await nothingAfter(5_000);
  });
});

describe('limits', () => {
  test('an endpoint that hangs is left when the time is over', async () => {
    endpoint.answer = () => undefined;
    expect(await nothingAfter(CALL_MILLISECONDS)).toBeLessThan(CALL_MILLISECONDS + 1_000);
  });

  test('the time covers the body: one that drips is left as well', async () => {
    let drip: NodeJS.Timeout | undefined;
    endpoint.answer = (response) => {
      response.writeHead(200);
      drip = setInterval(() => response.write(' '), 20);
    };
    expect(await nothingAfter(CALL_MILLISECONDS)).toBeLessThan(CALL_MILLISECONDS + 1_000);
    clearInterval(drip);
  });

  test('a body above 64 KB is not read to its end', async () => {
    endpoint.answer = (response) => complete(response, `${GOOD}${' '.repeat(65_536)}`);
    await nothingAfter(5_000);
    outcomes = [];
    endpoint.answer = endless;
    expect(await nothingAfter(20_000)).toBeLessThan(10_000);
  });

  test('nobody listening is no proposal', async () => {
    await endpoint.close();
    await nothingAfter(5_000);
  });

  test('the same doubt within a minute is asked about once, also while it is being asked', async () => {
    endpoint.writes(GOOD);
    const model = aModel();
    expect(await Promise.all([model.propose(DOUBT), model.propose(DOUBT)])).toEqual([PROGRESS, PROGRESS]);
    expect(await model.propose(DOUBT)).toEqual(PROGRESS);
    expect(endpoint.requests).toHaveLength(1);
    now += 60_000;
    await model.propose(DOUBT);
    await model.propose({ ...DOUBT, asking: 'fault' });
    expect(endpoint.requests).toHaveLength(3);
  });
});

describe('a model that keeps failing', () => {
  test('rests after three failures in a row, is tried once after thirty seconds, and is back when that works', async () => {
    const model = aModel();
    endpoint.answer = (response) => response.writeHead(500).end();
    for (let n = 0; n < 3; n++) expect(await model.propose(DOUBT)).toBeNull();
    expect(model.isResting()).toBe(true);
    endpoint.writes(GOOD);
    now += REST_MILLISECONDS - 1;
    expect(await model.propose(DOUBT)).toBeNull();
    expect(endpoint.requests).toHaveLength(3);
    now += 1;
    const together = await Promise.all([model.propose(DOUBT), model.propose({ ...DOUBT, text: '那事有眉目没' })]);
    expect(together).toEqual([PROGRESS, null]);
    expect(endpoint.requests).toHaveLength(4);
    expect(model.isResting()).toBe(false);
    expect(await model.propose({ ...DOUBT, text: '那事有眉目没' })).toEqual(PROGRESS);
    expect(outcomes).toEqual(['failed', 'failed', 'failed', 'resting', 'resting', 'proposed', 'proposed']);
  });
});

describe('what leaves the house', () => {
  test('one POST with the model’s name, the masked message as data, and the key as bearer', async () => {
    endpoint.writes(GOOD);
    await aModel('sk-secret').propose({ ...DOUBT, text: '我叫王芳，电话13800138000，上回说的那事有眉目没' });
    const [request] = endpoint.requests;
    expect(request).toMatchObject({ method: 'POST', body: { model: 'a-model', stream: false } });
    expect(request?.headers).toMatchObject({ authorization: 'Bearer sk-secret', 'content-type': 'application/json' });
    const sent = JSON.stringify(request?.body);
    expect(sent).toContain('[PHONE]');
    expect(sent).toContain('上回说的那事有眉目没');
    expect(sent).not.toMatch(/1380|王芳/);
  });

  test('without a key no Authorization is sent', async () => {
    endpoint.writes(GOOD);
    await aModel().propose(DOUBT);
    expect(endpoint.requests[0]?.headers).not.toHaveProperty('authorization');
  });

  test('a message of nothing but personal data is not sent', async () => {
    expect(await aModel().propose({ ...DOUBT, text: '13800138000' })).toBeNull();
    expect([endpoint.requests, outcomes]).toEqual([[], []]);
  });

  test('a message that can’t be masked is not sent, and nothing fails over it', async () => {
    const broken = () => {
      throw new Error('invariant: no mask');
    };
    const needs = { maskText: broken, now: () => now, observe: (outcome: string) => void outcomes.push(outcome) };
    const model = createModel({ baseUrl: endpoint.baseUrl, name: 'a-model', apiKey: null }, needs);
    expect(await model.propose(DOUBT)).toBeNull();
    expect([endpoint.requests, outcomes, model.isResting()]).toEqual([[], ['failed'], false]);
  });

  test('a query in the address is kept', async () => {
    const urls: (string | undefined)[] = [];
    endpoint.answer = (response) => {
      urls.push(response.req.url);
      response.writeHead(500).end();
    };
    const needs = { maskText, now: () => now, observe: () => undefined };
    await createModel({ baseUrl: `${endpoint.baseUrl}/?api-version=1`, name: 'a-model', apiKey: null }, needs).propose(DOUBT);
    expect(urls).toEqual(['/v1/chat/completions?api-version=1']);
  });
});
