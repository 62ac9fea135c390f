/** A dozen simulated customers at a running desk, one of every manner and matter: the gates of `npm run customers`. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type FreshDatabase, freshDatabase } from '../support/database.ts';
import type { WholeDesk } from '../support/whole-desk.ts';
import { AWAY_MILLISECONDS, startOwnDesk } from './own-desk.ts';
import { chatInWords, failedOf } from './report.ts';
import { runCustomers } from './run.ts';
import { gatesOf } from './verdict.ts';

const COUNT = 12;
const SEED = '3';
const PARALLEL = 4;
const RUN_MILLISECONDS_MAX = 120_000;

let database: FreshDatabase;
let desk: WholeDesk;
beforeAll(async () => {
  database = await freshDatabase();
  desk = await startOwnDesk(database.url);
});
afterAll(async () => {
  await desk.close();
  await database.drop();
});

it(`${COUNT} simulated customers get what they came for, exactly, and are asked nothing twice`, {
  timeout: RUN_MILLISECONDS_MAX,
}, async () => {
  const judged = await runCustomers(desk, {
    count: COUNT,
    seed: SEED,
    parallel: PARALLEL,
    awayMilliseconds: AWAY_MILLISECONDS,
    left: () => undefined,
  });
  const gates = gatesOf(judged.flatMap((it) => it.verdicts));
  expect(
    gates.filter((it) => !it.passed),
    failedOf(judged).map(chatInWords).join('\n\n'),
  ).toEqual([]);
  expect(desk.printed()).not.toContain('"level":"error"');
});
