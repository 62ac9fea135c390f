import { afterEach, beforeEach, expect, it, onTestFailed, vi } from 'vitest';
import type { Lane, PlacedMessage } from '../../src/turn/message.ts';
import type { Send, SendResult } from '../../src/turn/ports.ts';
import { chance } from '../support/core.ts';
import { aLane, anOutbox, aProcess } from './an-outbox.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const SECOND = 1_000;
const ROUNDS = 25;
const pauseOf = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds));

type Began = { readonly id: string; readonly lane: Lane; readonly seq: number; readonly at: number; endedAt: number; through: boolean };

/** A channel both processes send by; a send takes up to `slowestMilliseconds`, one in `failsOneIn` does not get through. */
function aSlowChannel(below: (below: number) => number, slowestMilliseconds: number, failsOneIn: number) {
  const began: Began[] = [];
  const attempt = async (lane: Lane, message: PlacedMessage): Promise<SendResult> => {
    const one: Began = {
      id: message.id,
      lane,
      seq: message.seq,
      at: Date.now(),
      endedAt: 0,
      through: failsOneIn === 0 || below(failsOneIn) > 0,
    };
    began.push(one);
    await pauseOf(below(slowestMilliseconds));
    one.endedAt = Date.now();
    return one.through ? { kind: 'delivered' } : { kind: 'again', afterMilliseconds: 0 };
  };
  const send: Send = async (lane, messages) => {
    const results: SendResult[] = [];
    for (const message of messages) {
      const result = await attempt(lane, message);
      results.push(result);
      if (result.kind === 'again') {
        if (below(3) === 0) throw new Error('the connection broke');
        break;
      }
    }
    return results;
  };
  return { send, began };
}

/** Two processes reply in the same few conversations for two minutes and sweep all the time; then everything settles. */
async function lived(seed: number, slowestMilliseconds: number, failsOneIn: number) {
  const { below } = chance(seed);
  const outbox = anOutbox(() => pauseOf(below(300)));
  const channel = aSlowChannel(below, slowestMilliseconds, failsOneIn);
  const processes = [aProcess(outbox, { wechat: channel.send }), aProcess(outbox, { wechat: channel.send })];
  for (const it of processes) it.keepSweeping();
  for (const lane of [aLane(), aLane(), aLane()]) {
    void (async () => {
      for (let replies = 0; replies < 12; replies++) {
        await pauseOf(below(10 * SECOND));
        // One turn after another, as the conversation's revision has it.
        await processes[below(2)]?.reply(lane, ...Array.from({ length: 1 + below(2) }, (_, index) => `${replies}.${index}`));
      }
    })();
  }
  const talked = 150;
  await vi.advanceTimersByTimeAsync(talked * SECOND);
  for (let minutes = 0; minutes < 60 && outbox.rows.some((it) => it.delivery === 'pending'); minutes++)
    await vi.advanceTimersByTimeAsync(60 * SECOND);
  vi.clearAllTimers();
  return { rows: outbox.rows, began: channel.began };
}

it('when a slow channel gets everything through, then each reply is sent once, in order, and none is left', async () => {
  const { seed } = chance();
  onTestFailed(() => console.error(`SEED=${seed}`));
  for (let round = 0; round < ROUNDS; round++) {
    const { rows, began } = await lived(seed + round, 3.9 * SECOND, 0);
    const told = `round ${round} of SEED=${seed}`;
    expect(began.length, told).toBe(new Set(began.map((it) => it.id)).size);
    expect(
      rows.filter((it) => it.delivery !== 'delivered'),
      told,
    ).toEqual([]);
    expectOrder(began, told);
  }
});

it('when some sends fail, then what got through is not sent again, and nothing overtakes what did not', async () => {
  const { seed } = chance();
  onTestFailed(() => console.error(`SEED=${seed}`));
  for (let round = 0; round < ROUNDS; round++) {
    const { rows, began } = await lived(seed + round, 3 * SECOND, 8);
    const told = `round ${round} of SEED=${seed}`;
    expect(
      rows.filter((it) => it.delivery !== 'delivered'),
      told,
    ).toEqual([]);
    expectOrder(began, told);
  }
});

/** In every lane a send begins only when the one before it has ended, and a later message only after an earlier got through. */
function expectOrder(began: readonly Began[], told: string): void {
  for (const lane of new Set(began.map((it) => it.lane))) {
    const sends = began.filter((it) => it.lane === lane);
    let reached = 0;
    for (const [index, send] of sends.entries()) {
      const before = sends[index - 1];
      expect(send.at, `${told}: two sends at once`).toBeGreaterThanOrEqual(before?.endedAt ?? 0);
      expect(send.seq, `${told}: out of order`).toBeLessThanOrEqual(reached + 1);
      if (send.through) reached = Math.max(reached, send.seq);
    }
  }
}
