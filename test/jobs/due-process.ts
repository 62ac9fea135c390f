/**
 * Processes that run the due rounds on a database they share, at a time the test sets, some of which die: after a given
 * number of steps (calls of the store) nothing they do takes place any more.
 */

import type { Identifier } from '../../src/domain/identifier.ts';
import { type Instant, instantOf, SECOND } from '../../src/domain/instant.ts';
import { DEFAULT_POLICY, type Policy } from '../../src/domain/policy.ts';
import { type DueRoundsNeeds, dueRounds } from '../../src/jobs/due-rounds.ts';
import { dueStore } from '../../src/store/due/due-store.ts';
import type { Store } from '../../src/store/open-store.ts';
import { NOON } from '../store/a-turn.ts';
import { newId, openTestStore } from '../support/database.ts';

export type Clock = { now: Instant };

export type DueProcess = {
  readonly store: Store;
  /** One round of the name. */
  readonly run: (name: string) => Promise<void>;
  /** Conversations it handed to the turns. */
  readonly turned: readonly Identifier[];
  readonly lines: readonly { readonly event: string; readonly fields: Readonly<Record<string, unknown>> }[];
};

export type DueDesk = DueProcess & {
  readonly clock: Clock;
  readonly other: DueProcess;
  /** A process that dies at its `step`th call of the store: before it took place, or after, without hearing the answer. */
  readonly mortal: (step: number, when: 'before' | 'after') => DueProcess & { readonly died: () => boolean };
  readonly rows: <Row = Readonly<Record<string, unknown>>>(text: string, ...values: readonly unknown[]) => Promise<readonly Row[]>;
  readonly close: () => Promise<void>;
};

const ZONE = 'Asia/Shanghai';
/** Longer than any hold. */
const HOLD_OVER_MILLISECONDS = 31 * SECOND;
const STEPS_MAX = 30;

/** Two processes on a fresh database, at noon. `replaced` holds for both. */
export async function aDueDesk(replaced: Partial<DueRoundsNeeds> = {}, policy: Policy = DEFAULT_POLICY): Promise<DueDesk> {
  const clock: Clock = { now: NOON };
  const store = await openTestStore({ now: () => clock.now });
  const second = await openTestStore({ url: store.url, now: () => clock.now });
  const one = aProcess(store, clock, policy, replaced);
  return {
    ...one,
    clock,
    other: aProcess(second, clock, policy, replaced),
    mortal: (step, when) => {
      const life = mortality(step, when);
      const needs = { ...replaced, accept: life.limit(store.accept), due: life.limitAll(dueStore(store)) };
      return { ...aProcess(store, clock, policy, needs), died: life.died };
    },
    rows: async <Row>(text: string, ...values: readonly unknown[]) => (await store.pool.query(text, [...values])).rows as Row[],
    close: async () => {
      await second.close();
      await store.close();
    },
  };
}

function aProcess(store: Store, clock: Clock, policy: Policy, replaced: Partial<DueRoundsNeeds>): DueProcess {
  const turned: Identifier[] = [];
  const lines: { event: string; fields: Readonly<Record<string, unknown>> }[] = [];
  const rounds = dueRounds({
    due: dueStore(store),
    accept: store.accept,
    engineers: store.readings.engineers,
    turnSoon: (it) => void turned.push(it),
    pageChannels: {},
    noticeWays: { byChannel: {}, sms: null },
    putInWords: (notice) => JSON.stringify(notice),
    policy,
    timeZone: ZONE,
    makeIdentifier: newId,
    now: () => clock.now,
    log: (event, fields) => void lines.push({ event, fields }),
    ...replaced,
  });
  const run = async (name: string) => {
    const found = rounds.find((it) => it.name === name);
    if (found === undefined) throw new Error(`No round ${name}`);
    await found.round();
  };
  return { store, run, turned, lines };
}

/**
 * Runs a round in a process that dies before its first step, after it, before its second …, and each time in a whole
 * process afterwards, on a case of its own that `check`s itself.
 */
export async function throughEveryDeath(desk: DueDesk, name: string, arrange: () => Promise<() => Promise<void>>): Promise<number> {
  for (let step = 0; step < STEPS_MAX; step++) {
    for (const when of ['before', 'after'] as const) {
      const check = await arrange();
      const mortal = desk.mortal(step, when);
      await mortal.run(name).catch(() => undefined);
      desk.clock.now = instantOf(desk.clock.now + HOLD_OVER_MILLISECONDS);
      await desk.run(name);
      await check();
      if (!mortal.died()) return step;
    }
  }
  throw new Error('a round has fewer steps');
}

class Died extends Error {}

type Step = (...wanted: never[]) => Promise<unknown>;

function mortality(step: number, when: 'before' | 'after') {
  let steps = 0;
  let dead = false;
  const limit = <Work extends Step>(work: Work): Work =>
    (async (...wanted: Parameters<Work>) => {
      const last = steps++ === step;
      if (dead || (last && when === 'before')) {
        dead = true;
        throw new Died();
      }
      const result = await work(...wanted);
      if (last) {
        dead = true;
        throw new Died();
      }
      return result;
    }) as Work;
  const limitAll = <Ports extends Readonly<Record<string, object>>>(ports: Ports): Ports =>
    Object.fromEntries(
      Object.entries(ports).map(([name, port]) => [
        name,
        Object.fromEntries(Object.entries(port).map(([key, work]) => [key, limit(work as Step)])),
      ]),
    ) as unknown as Ports;
  return { limit, limitAll, died: () => dead };
}
