/**
 * Customers who write whether or not the desk keeps up: so many turns a second fall due, evenly, and each is said by who has
 * thought longest about the last answer, or by somebody new. A slow answer never slows what is offered.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { BACK_TO_WINDOWS, bookingOf, type Step, ticketNumberIn } from './booking-script.ts';
import { type Line, LOAD_CHANNELS, type LoadChannel, type OpenLine } from './lines.ts';

/** `lost`: taken, and no fitting answer within a minute. `refused`: the channel was told no, or nothing; or no chat was begun. */
export type Turn = { readonly channel: LoadChannel; readonly outcome: 'answered' | 'lost' | 'refused'; readonly milliseconds: number };

/** What all of them together did, and were promised. */
export type Totals = {
  /** Messages the desk has said yes to, and those it said nothing to. */
  taken: number;
  unknown: number;
  lost: number;
  refused: number;
  /** Words that came on one screen more than once. */
  doubled: number;
  begun: number;
  readonly tickets: string[];
  /** The first few that were not as expected: the step, and what stood on the screen. */
  readonly strange: string[];
};

export type Offered = { readonly offered: number; readonly gaveUp: boolean };

export type Crowd = {
  /** Ends once everything offered was answered, or is lost. `gaveUp`: the desk fell so far behind that the rest was not offered. */
  readonly offer: (turnsPerSecond: number, seconds: number, note: (turn: Turn) => void) => Promise<Offered>;
  /** Nobody new comes; those who are there book to the end, in a minute where the desk can. */
  readonly finish: () => Promise<void>;
  readonly close: () => void;
  readonly totals: Readonly<Totals>;
  /** Who is in a dialog now. */
  readonly present: () => number;
};

type Customer = {
  readonly channel: LoadChannel;
  readonly line: Line;
  readonly steps: readonly Step[];
  place: number;
  readyAt: number;
};

/** Of a hundred customers. */
const SHARES: Readonly<Record<LoadChannel, number>> = { 'web-chat': 60, wechat: 25, slack: 15 };
const TURNS = bookingOf(0).length;
/** Longer than the second Slack wants between two messages in one channel: nothing waits by design. */
const THINK_MILLISECONDS = 2_000;
const ANSWER_MILLISECONDS_MAX = 60_000;
const FINISH_SECONDS = 60;
const FINISH_MILLISECONDS_MAX = 180_000;
const TICK_MILLISECONDS = 4;
/** So many seconds' worth of turns without an answer, and a few: the desk does not keep up. */
const BEHIND_SECONDS_MAX = 3;
const BEHIND_TURNS_MIN = 50;
const STRANGE_MAX = 5;

export function createCrowd(open: Readonly<Record<LoadChannel, OpenLine>>, signal: AbortSignal): Crowd {
  const totals: Totals = { taken: 0, unknown: 0, lost: 0, refused: 0, doubled: 0, begun: 0, tickets: [], strange: [] };
  const ready: Customer[] = [];
  const present = new Set<Customer>();
  const inFlight = new Set<Promise<void>>();
  const leaving = new Set<Promise<void>>();
  const begun: Record<LoadChannel, number> = { 'web-chat': 0, wechat: 0, slack: 0 };

  const track = (all: Set<Promise<void>>, work: Promise<void>): void => {
    const tracked: Promise<void> = work.finally(() => all.delete(tracked));
    all.add(tracked);
  };
  const takeReady = (): Customer | null => {
    const [first] = ready;
    if (first === undefined || first.readyAt > performance.now()) return null;
    return ready.shift() ?? null;
  };

  async function arrive(note: (turn: Turn) => void): Promise<void> {
    const number = totals.begun++;
    const channel = LOAD_CHANNELS.toSorted((a, b) => begun[a] / SHARES[a] - begun[b] / SHARES[b])[0] ?? 'web-chat';
    begun[channel] += 1;
    const line = await open[channel](number).catch((error: unknown) => {
      strange(`a chat on ${channel} was not begun: ${String(error)}`);
      return null;
    });
    if (line === null) {
      totals.refused += 1;
      return note({ channel, outcome: 'refused', milliseconds: 0 });
    }
    const customer = { channel, line, steps: bookingOf(number), place: 0, readyAt: 0 };
    present.add(customer);
    await turn(customer, note);
  }

  async function turn(customer: Customer, note: (turn: Turn) => void): Promise<void> {
    const { channel, line, steps, place } = customer;
    const step = steps[place];
    if (step === undefined) throw new Error('invariant: a customer who has said all is gone');
    const asked = performance.now();
    const answer = line.next(step.isAnswer, ANSWER_MILLISECONDS_MAX).then(
      (words) => ({ words, milliseconds: performance.now() - asked }),
      () => null,
    );
    const posted = await line.say(step.text);
    if (posted === 'refused') {
      totals.refused += 1;
      strange(`turn ${place + 1} on ${channel} was refused`);
      note({ channel, outcome: 'refused', milliseconds: performance.now() - asked });
      return leave(customer);
    }
    totals[posted] += 1;
    const got = await answer;
    if (got === null) {
      totals.lost += 1;
      strange(`turn ${place + 1} on ${channel} had no answer; on the screen: ${line.heard().slice(-2).join(' / ')}`);
      note({ channel, outcome: 'lost', milliseconds: performance.now() - asked });
      return leave(customer);
    }
    note({ channel, outcome: 'answered', milliseconds: got.milliseconds });
    customer.place += step.isTaken(got.words) ? -BACK_TO_WINDOWS : 1;
    if (customer.place < steps.length) {
      customer.readyAt = performance.now() + THINK_MILLISECONDS;
      ready.push(customer);
      return;
    }
    totals.tickets.push(ticketNumberIn(got.words) ?? '');
    leave(customer);
  }

  /** Stays a moment before going: what is told twice is told soon. */
  function leave(customer: Customer): void {
    const { line } = customer;
    present.delete(customer);
    const gone = pause(THINK_MILLISECONDS).then(() => {
      const words = line.heard();
      const again = words.filter((it, index) => words.indexOf(it) < index);
      totals.doubled += again.length;
      for (const it of again) strange(`said twice on ${customer.channel}: ${it}`);
      line.close();
    });
    track(leaving, gone);
  }

  function strange(what: string): void {
    if (totals.strange.length < STRANGE_MAX) totals.strange.push(what);
  }

  const settled = async () => {
    while (inFlight.size > 0 && !signal.aborted) await Promise.race([...inFlight, pause(TICK_MILLISECONDS)]);
  };

  return {
    async offer(turnsPerSecond, seconds, note) {
      const behindMax = BEHIND_TURNS_MIN + BEHIND_SECONDS_MAX * turnsPerSecond;
      const began = performance.now();
      let offered = 0;
      let gaveUp = false;
      for (let elapsed = 0; elapsed < seconds && !gaveUp && !signal.aborted; elapsed = (performance.now() - began) / 1_000) {
        for (; offered < Math.floor(elapsed * turnsPerSecond); offered++) {
          const customer = takeReady();
          track(inFlight, customer === null ? arrive(note) : turn(customer, note));
        }
        gaveUp = inFlight.size > behindMax;
        await pause(TICK_MILLISECONDS);
      }
      await settled();
      return { offered, gaveUp };
    },

    async finish() {
      const pauseMilliseconds = (FINISH_SECONDS * 1_000) / Math.max(1, present.size * TURNS);
      const until = performance.now() + FINISH_MILLISECONDS_MAX;
      while (present.size > 0 && performance.now() < until && !signal.aborted) {
        const customer = takeReady();
        if (customer !== null)
          track(
            inFlight,
            turn(customer, () => undefined),
          );
        await pause(pauseMilliseconds);
      }
      await settled();
      await Promise.all(leaving);
    },

    close: () => {
      for (const { line } of present) line.close();
    },
    totals,
    present: () => present.size,
  };
}
