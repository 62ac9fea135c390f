/**
 * Callbacks of WeChat at full speed from another process: how many are durable and answered `success` a second, beside a
 * bare insert-and-answer endpoint of the same server, in turn in one run. First accepting alone, then while the turns of
 * what was accepted run beside. Every callback ends as one row. Times are printed and not judged: they belong to the
 * machine. `npm run load` is the longer run.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { rowsAt } from '../support/store-rows.ts';
import type { WechatCustomer } from '../support/wechat-customer.ts';
import { startWechatDesk, type WechatDesk } from '../support/wechat-desk.ts';

const DESK = fileURLToPath(new URL('../support/desk-with-bare-endpoint.ts', import.meta.url));
const IS_LONG = process.env['LOAD_CUSTOMERS'] !== undefined;
const FOLLOWERS = IS_LONG ? 200 : 40;
const CALLERS = 16;
const ROUNDS = IS_LONG ? 5 : 2;
const ROUND_CALLS = IS_LONG ? 1_000 : 200;
/** Nobody is answered while a round lasts: what is measured is the accepting. */
const BURST_MILLISECONDS = 15_000;
const RUN_MILLISECONDS_MAX = 600_000;

let wechat: WechatDesk;
beforeAll(async () => {
  wechat = await startWechatDesk({ script: DESK, policy: { burstMilliseconds: { wechat: BURST_MILLISECONDS } } });
}, 120_000);
afterAll(async () => {
  await wechat.close();
}, 60_000);

type Run = { readonly times: readonly number[]; readonly seconds: number };

it('callbacks beside a bare insert-and-answer endpoint', { timeout: RUN_MILLISECONDS_MAX }, async () => {
  const followers = Array.from({ length: FOLLOWERS }, () => wechat.follower());
  const rows = rowsAt((await readFile(join(wechat.desk.dataDir, 'database-url'), 'utf8')).trim());
  const unanswered = async () =>
    (await rows<{ left: number }>("select count(*)::int as left from message where direction = 'in' and applied_revision is null"))[0]
      ?.left;
  const answered = () => expect.poll(unanswered, { timeout: RUN_MILLISECONDS_MAX, interval: 500 }).toBe(0);

  // Who writes for the first time is made known, once; that is no part of it.
  for (const follower of followers) await follower.say('你好');
  await answered();
  let place = 0;
  const say = () => sayIn(followers[place++ % FOLLOWERS] as WechatCustomer);

  const [accepting, bare, bareBeside]: [Run[], Run[], Run[]] = [[], [], []];
  for (let round = 0; round < ROUNDS; round++) {
    bare.push(await called(ROUND_CALLS, callBare));
    accepting.push(await called(ROUND_CALLS, say));
    await answered();
  }
  // The turns of one round run while the next is accepted.
  const beside = await called(ROUND_CALLS, say);
  await expect.poll(async () => (await unanswered()) !== ROUND_CALLS, { timeout: 2 * BURST_MILLISECONDS, interval: 20 }).toBe(true);
  const busy = await called(ROUND_CALLS, say);
  bareBeside.push(await called(ROUND_CALLS, callBare));
  await answered();

  const [all, allBare] = [together(accepting), together(bare)];
  console.log(
    [
      `${FOLLOWERS} followers, ${CALLERS} callbacks at a time, ${ROUNDS} rounds of ${ROUND_CALLS} in turn`,
      '|                              | a second |  p50 ms |  p99 ms |',
      '|------------------------------|----------|---------|---------|',
      line('callback to success', all),
      line('bare insert and answer', allBare),
      `| callback / bare              | ${`${(speed(all) / speed(allBare)).toFixed(2)} x`.padStart(8)} | ${ratio(all, allBare, 0.5)} | ${ratio(all, allBare, 0.99)} |`,
      line('callback, while turns run', busy),
      line('bare, while turns run', together(bareBeside)),
    ].join('\n'),
  );
  const [{ kept } = { kept: 0 }] = await rows<{ kept: number }>(
    "select count(*)::int as kept from message where direction = 'in' and sender = 'customer'",
  );
  expect(kept).toBe(FOLLOWERS + ROUNDS * ROUND_CALLS + beside.times.length + busy.times.length);
});

async function sayIn(follower: WechatCustomer): Promise<void> {
  expect(await follower.say('北京市朝阳区望京街道阜通东大街6号院3号楼1501')).toMatchObject({ status: 200, body: 'success' });
}

async function callBare(): Promise<void> {
  const body = JSON.stringify({ text: '北京市朝阳区望京街道阜通东大街6号院3号楼1501' });
  const response = await fetch(`${wechat.desk.url}/bare`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body });
  expect(response.status).toBe(200);
  await response.text();
}

/** So many calls by callers that each make one after another. */
async function called(calls: number, call: () => Promise<void>): Promise<Run> {
  const times: number[] = [];
  const began = performance.now();
  let left = calls;
  const caller = async () => {
    while (left-- > 0) {
      const asked = performance.now();
      await call();
      times.push(performance.now() - asked);
    }
  };
  await Promise.all(Array.from({ length: CALLERS }, caller));
  return { times, seconds: (performance.now() - began) / 1_000 };
}

function together(runs: readonly Run[]): Run {
  return { times: runs.flatMap((it) => it.times), seconds: runs.reduce((sum, it) => sum + it.seconds, 0) };
}

function speed({ times, seconds }: Run): number {
  return times.length / seconds;
}

function at({ times }: Run, share: number): number {
  const sorted = [...times].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

function line(name: string, run: Run): string {
  const figures = [speed(run).toFixed(0).padStart(8), at(run, 0.5).toFixed(1).padStart(7), at(run, 0.99).toFixed(1).padStart(7)];
  return `| ${name.padEnd(28)} | ${figures.join(' | ')} |`;
}

function ratio(run: Run, to: Run, share: number): string {
  return `${(at(run, share) / at(to, share)).toFixed(2)} x`.padStart(7);
}
