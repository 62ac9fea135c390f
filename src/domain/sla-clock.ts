/**
 * SLA clocks: what a promised time of the policy has come to (S2-059, S4-008). A clock is read from what happened and from
 * nothing else, so it is the same whoever reads it and whatever was down meanwhile. Terms: the *target* is the time
 * promised; a clock *breaches* when it is used up before the promise is kept, and goes on until it is.
 */
import { type Instant, instantOf, MINUTE } from './instant.ts';
import type { Policy } from './policy.ts';
import { type Rest, type RunningTime, runningTimeOf, spentBetween, whenSpent } from './running-time.ts';
import type { Priority, TicketKind } from './ticket.ts';

export const CLOCK_KINDS = ['first-response', 'next-response', 'resolution'] as const;
export type ClockKind = (typeof CLOCK_KINDS)[number];

/** `missed` may still be owed: then it has not ended. `dropped`: nobody is owed it any more. */
export const CLOCK_STATUSES = ['running', 'paused', 'met', 'missed', 'dropped'] as const;
export type ClockStatus = (typeof CLOCK_STATUSES)[number];

/** A promise of time, as what happened made it. */
export type Promised = {
  readonly kind: ClockKind;
  readonly startedAt: Instant;
  /** The priority it began with, and each graver one since; the first is at the start. */
  readonly priorities: readonly [PriorityFrom, ...PriorityFrom[]];
  /** In order and apart. */
  readonly rests: readonly Rest[];
  readonly end: ClockEnd | null;
};

export type PriorityFrom = { readonly at: Instant; readonly priority: Priority };
export type ClockEnd = { readonly at: Instant; readonly how: 'met' | 'dropped' };

/** What was promised when the clock began: a changed policy changes no promise. */
type KeptTarget = { readonly priority: Priority; readonly targetMinutes: number };

export type ClockReading = {
  readonly kind: ClockKind;
  readonly priority: Priority;
  readonly targetMinutes: number;
  readonly startedAt: Instant;
  readonly pausedAt: Instant | null;
  /** Used up when it last stopped or went on. */
  readonly spentMilliseconds: number;
  /** Null while a rest without an end comes before. */
  readonly warnAt: Instant | null;
  readonly dueAt: Instant | null;
  readonly endedAt: Instant | null;
  readonly status: ClockStatus;
  readonly breachedAt: Instant | null;
};

export type ClockRules = {
  readonly policy: Pick<Policy, 'hours' | 'sla' | 'slaClocks'>;
  readonly timeZone: string;
  readonly ticketKind: TicketKind;
};

/** What a clock says at `now`. */
export function readClock(promised: Promised, kept: KeptTarget | null, rules: ClockRules, now: Instant): ClockReading {
  const { kind, startedAt, rests, end } = promised;
  const { dueAt, warnAt, priority, targetMinutes, time } = promiseOf(promised, kept, rules);
  const until = end === null ? now : instantOf(Math.min(end.at, now));
  const isBreached = dueAt !== null && dueAt < (end?.at ?? now);
  const resting = rests.find((it) => it.from <= now && (it.to === null || now < it.to));
  const pausedAt = end === null && resting !== undefined ? resting.from : null;
  const turns = rests.flatMap((it) => (it.to === null ? [it.from] : [it.from, it.to]));
  const lastTurn = instantOf(Math.max(startedAt, ...turns.filter((it) => it <= until)));
  return {
    kind,
    priority,
    targetMinutes,
    startedAt,
    pausedAt,
    spentMilliseconds: spentBetween(time, startedAt, lastTurn, rests),
    warnAt,
    dueAt,
    endedAt: end?.at ?? null,
    status: isBreached ? 'missed' : (end?.how ?? (pausedAt === null ? 'running' : 'paused')),
    breachedAt: isBreached ? dueAt : null,
  };
}

/** How grave it is by now. */
export function gravestOf({ priorities }: Pick<Promised, 'priorities'>): Priority {
  return (priorities.at(-1) ?? priorities[0]).priority;
}

/** When `afterMinutes` have run on a clock since an instant; null while it rests without an end. */
export function minutesAfter(promised: Promised, rules: ClockRules, from: Instant, afterMinutes: number): Instant | null {
  const time = runningTimeOf(gravestOf(promised), rules.policy, rules.timeZone);
  return whenSpent(time, from, afterMinutes * MINUTE, promised.rests);
}

type Due = KeptTarget & { readonly dueAt: Instant | null; readonly warnAt: Instant | null; readonly time: RunningTime };

/**
 * A graver priority begins anew from the start, with the shorter time, never the longer one; what it makes late is late
 * from that moment, not before anybody knew. A promise that was broken by then is not made again.
 */
function promiseOf({ kind, startedAt, priorities, rests }: Promised, kept: KeptTarget | null, rules: ClockRules): Due {
  const [first, ...graver] = priorities;
  let due = promiseAt(first, targetMinutesOf(kind, first.priority, kept, rules));
  for (const it of graver) {
    if (due.dueAt !== null && due.dueAt <= it.at) break;
    const anew = promiseAt(it, Math.min(due.targetMinutes, targetMinutesOf(kind, it.priority, kept, rules)));
    due = { ...anew, dueAt: sooner(due.dueAt, later(it.at, anew.dueAt)), warnAt: sooner(due.warnAt, later(it.at, anew.warnAt)) };
  }
  return due;

  function promiseAt({ priority }: PriorityFrom, targetMinutes: number): Due {
    const time = runningTimeOf(priority, rules.policy, rules.timeZone);
    const target = targetMinutes * MINUTE;
    const dueAt = whenSpent(time, startedAt, target, rests);
    return { priority, targetMinutes, time, dueAt, warnAt: whenSpent(time, startedAt, target * rules.policy.slaClocks.warnAt, rests) };
  }
}

const TARGETS = {
  'first-response': 'firstResponseMinutes',
  'next-response': 'nextResponseMinutes',
  resolution: 'resolutionMinutes',
} as const satisfies Record<ClockKind, string>;

function targetMinutesOf(kind: ClockKind, priority: Priority, kept: KeptTarget | null, { policy, ticketKind }: ClockRules): number {
  return kept?.priority === priority ? kept.targetMinutes : policy.sla[ticketKind][priority][TARGETS[kind]];
}

/** Null is not yet known, and later than anything. */
function sooner(one: Instant | null, other: Instant | null): Instant | null {
  if (one === null || other === null) return one ?? other;
  return instantOf(Math.min(one, other));
}

function later(one: Instant, other: Instant | null): Instant | null {
  return other === null ? null : instantOf(Math.max(one, other));
}
