/**
 * Runs turns: per conversation one after another in arrival order, many conversations side by side. A turn that lost its
 * revision or its window wrote nothing, so it is read and stepped again; one that keeps failing goes to a person.
 */
import type { Identifier } from '../domain/identifier.ts';
import { instantOf, SECOND } from '../domain/instant.ts';
import type { Inbound, Lane, PlacedMessage } from './message.ts';
import type { ConversationAtRevision, ReadConversation, Transact, TurnOutcome } from './ports.ts';
import { isStoreAway } from './store-away.ts';
import { surrender } from './surrender.ts';
import { takeTurn } from './take-turn.ts';
import type { TurnNeeds } from './turn.ts';

export type RunTurnsNeeds = TurnNeeds & {
  readonly readConversation: ReadConversation;
  readonly transact: Transact;
  /** Sends what was just committed; `behind` when earlier messages of the lane are not delivered yet. */
  readonly deliver: (lane: Lane, messages: readonly PlacedMessage[], behind: boolean) => void;
  readonly now: () => number;
  /** What became of a try, and how long it took. */
  readonly observe: (outcome: TurnOutcome['kind'] | 'failed' | 'put-off', seconds: number) => void;
  readonly log: (event: string, fields: Readonly<Record<string, string | number | boolean>>) => void;
};

export type Turns = {
  /**
   * Takes the unapplied messages of a conversation soon; calling again while it runs is harmless. `at-once`: without waiting
   * for a customer who may still be typing, as where somebody is in danger.
   */
  readonly turnSoon: (conversationId: Identifier, hurry?: 'at-once') => void;
  /** From now on customers reach us: only now can a platform bring what the last process did not take. */
  readonly reachable: () => void;
  /** Resolves when no turn is running or waiting. */
  readonly idle: () => Promise<void>;
  /** How many conversations are being turned or wait for it. */
  readonly waiting: () => number;
  /** Takes no new conversations; those in hand or waiting are finished, and who is still typing is left to the next start. */
  readonly stop: () => Promise<void>;
};

/** Turns that are ready together are written together, so many may be in hand. */
const SIDE_BY_SIDE_MAX = 64;
/** Reads of one turn before it waits for the sweep: another process may be turning the same conversation. */
const TRIES_MAX = 8;
/** Failures of one message before a person gets the conversation. */
const FAILURES_MAX = 3;
const FAILED_KEPT_MAX = 10_000;
const TURNS_IN_A_ROW_MAX = 5;
/** Who types on and on is answered after so many pauses' time. */
const TYPING_BURSTS_MAX = 4;
/** After a start what came before it waits so many: a platform that got no answer comes again after five seconds. */
const RESTART_BURSTS = 2.5;

export function createTurns(needs: RunTurnsNeeds): Turns {
  /** Conversations being turned; true when something new came meanwhile. */
  const running = new Map<Identifier, boolean>();
  const waiting = new Set<Identifier>();
  /** Conversations whose customer may still be typing, with the timer that comes back to them: they take no place. */
  const resting = new Map<Identifier, NodeJS.Timeout>();
  const hurried = new Set<Identifier>();
  const failures = new Map<Identifier, number>();
  const idlers: (() => void)[] = [];
  let stopped = false;
  /** Who was typing when the last process ended is heard out: their next message may be on its way again. */
  let startedAt = needs.now();

  function turnSoon(conversationId: Identifier, hurry?: 'at-once'): void {
    if (stopped) return;
    if (hurry !== undefined) hurried.add(conversationId);
    // The timer comes back to who is typing, and looks then.
    else if (resting.has(conversationId)) return;
    if (running.has(conversationId)) {
      running.set(conversationId, true);
    } else {
      waiting.add(conversationId);
      startNext();
    }
  }

  function startNext(): void {
    for (const next of waiting) {
      if (running.size >= SIDE_BY_SIDE_MAX) break;
      waiting.delete(next);
      running.set(next, false);
      void turnAll(next).finally(() => {
        const again = running.get(next) === true;
        running.delete(next);
        if (!again) hurried.delete(next);
        if (again) waiting.add(next);
        startNext();
        if (isIdle()) for (const tell of idlers.splice(0)) tell();
      });
    }
  }

  function rest(conversationId: Identifier, milliseconds: number): void {
    clearTimeout(resting.get(conversationId));
    resting.delete(conversationId);
    if (stopped) return;
    const wake = () => {
      resting.delete(conversationId);
      turnSoon(conversationId);
    };
    resting.set(conversationId, setTimeout(wake, milliseconds));
  }

  async function turnAll(conversationId: Identifier): Promise<void> {
    try {
      for (let turns = 0; await turnOne(conversationId); ) {
        running.set(conversationId, false);
        // Who writes without end gives way to others now and then.
        if (++turns >= TURNS_IN_A_ROW_MAX) {
          running.set(conversationId, true);
          return;
        }
      }
    } catch (error) {
      // The world failed: the message is still unapplied, and the sweep comes back to it.
      needs.log('turn-failed', { conversationId, error: error instanceof Error ? error.name : 'unknown' });
    }
  }

  /** One turn of the oldest unapplied message; false when there is none left, as far as this process has heard. */
  async function turnOne(conversationId: Identifier): Promise<boolean> {
    let windowLost = false;
    /** The message whose window was gone at every try: losing the revision alone is another process at work. */
    let lost: Identifier | null = null;
    for (let tries = 0; tries < TRIES_MAX; tries++) {
      const conversation = await needs.readConversation(conversationId);
      const messages = conversation === null ? [] : burstOf(conversation, needs.policy.burstMilliseconds[conversation.channel]);
      const [first] = messages;
      if (conversation === null || first === undefined) return false;
      const quietIn = hurried.has(conversationId) ? 0 : quietAfter(messages, needs.policy.burstMilliseconds[conversation.channel]);
      if (quietIn > 0) {
        rest(conversationId, quietIn);
        return false;
      }
      const outcome = await attempted(conversation, messages, windowLost);
      if (outcome?.kind === 'written') {
        failures.delete(first.id);
        const { channel, externalId } = conversation;
        if (outcome.outgoing.length > 0) needs.deliver({ conversationId, channel, externalId }, outcome.outgoing, outcome.behind);
        return conversation.unapplied.length > messages.length;
      }
      windowLost = outcome?.kind === 'window-taken';
      lost = windowLost ? first.id : null;
    }
    // Whatever keeps this message from being answered, after a few rounds a person gets it.
    const [oldest] = failures.keys();
    if (failures.size >= FAILED_KEPT_MAX && oldest !== undefined) failures.delete(oldest);
    if (lost !== null) failures.set(lost, (failures.get(lost) ?? 0) + 1);
    needs.observe('put-off', 0);
    needs.log('turn-put-off', { conversationId, tries: TRIES_MAX });
    return false;
  }

  /** Milliseconds until the customer counts as done typing; 0 for who has typed long enough. */
  function quietAfter(messages: readonly Inbound[], burst: number): number {
    const [first, last] = [messages[0] as Inbound, messages.at(-1) as Inbound];
    const now = needs.now();
    const heardOutAt = first.at < startedAt ? startedAt + RESTART_BURSTS * burst : 0;
    const quietIn = Math.max(heardOutAt, last.at + burst) - now;
    // Much longer is no typing but a clock that runs ahead.
    if (first.body.kind !== 'text' || quietIn <= 0 || quietIn > RESTART_BURSTS * burst) return 0;
    return now - Math.max(first.at, startedAt) > TYPING_BURSTS_MAX * burst ? 0 : quietIn;
  }

  /** Steps and writes. A message over which either fails again and again is given up, the conversation is not. */
  async function attempted(conversation: ConversationAtRevision, messages: readonly Inbound[], windowLost: boolean) {
    const began = needs.now();
    const now = instantOf(began);
    const key = (messages[0] as Inbound).id;
    const failed = failures.get(key) ?? 0;
    try {
      const givenUp = failed >= FAILURES_MAX;
      const write = givenUp
        ? surrender(conversation, messages, now, needs)
        : await takeTurn(conversation, messages, now, windowLost, needs);
      const [outcome] = await needs.transact([write]);
      if (outcome !== undefined) needs.observe(outcome.kind, (needs.now() - began) / SECOND);
      return outcome;
    } catch (error) {
      // While the store is away nothing is wrong with the message: it waits, however often that is noticed.
      const counted = isStoreAway(error) ? 0 : 1;
      const [oldest] = failures.keys();
      if (failures.size >= FAILED_KEPT_MAX && oldest !== undefined) failures.delete(oldest);
      failures.set(key, failed + counted);
      needs.observe('failed', (needs.now() - began) / SECOND);
      needs.log('turn-step-failed', { conversationId: conversation.conversationId, failures: failed + counted, error: reasonOf(error) });
      throw error;
    }
  }

  const isIdle = (): boolean => running.size + waiting.size + resting.size === 0;

  const idle = (): Promise<void> => (isIdle() ? Promise.resolve() : new Promise((resolve) => void idlers.push(resolve)));

  return {
    turnSoon,
    reachable: () => {
      startedAt = needs.now();
    },
    idle,
    waiting: () => running.size + waiting.size + resting.size,
    stop: async () => {
      stopped = true;
      for (const timer of resting.values()) clearTimeout(timer);
      resting.clear();
      await idle();
    },
  };
}

/** The messages one turn answers: one, or on channels with a burst time all texts that wait. */
function burstOf(conversation: ConversationAtRevision, burstMilliseconds: number): readonly Inbound[] {
  const { unapplied } = conversation;
  if (burstMilliseconds === 0) return unapplied.slice(0, 1);
  const end = unapplied.findIndex((it) => it.body.kind !== 'text');
  return end === 0 ? unapplied.slice(0, 1) : unapplied.slice(0, end === -1 ? unapplied.length : end);
}

/** Our own broken promises in full; of what others threw only the kind, their texts may quote a message. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  if (error.message.startsWith('invariant:')) return error.message.slice(0, 200);
  return 'code' in error && typeof error.code === 'string' ? `${error.name} ${error.code}` : error.name;
}
