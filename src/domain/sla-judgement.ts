/**
 * What has become of the clocks of one ticket or chat, as rows, timeline and pages to write: nothing when they stand as
 * they are. It is said of an instant just past, when whatever was done by then is on record.
 */
import { type Audience, audienceOf, type EscalationRules, escalationTimes, isPastLadder } from './escalation.ts';
import type { Identifier, MakeIdentifier } from './identifier.ts';
import { DAY, type Instant } from './instant.ts';
import { CLOCK_KINDS, type ClockKind, type ClockReading, type Promised, readClock } from './sla-clock.ts';
import { CHAT_KIND, type ChatSpan, promisesOfChat, promisesOfTicket, type Said, type TicketFacts } from './sla-promises.ts';

/** A ticket, or the handoff of a chat about none. */
export type SubjectName = { readonly kind: ClockSubject['about']['kind']; readonly id: Identifier };

/** A row of a clock: a reading, and what was done about it. `ordinal`: 0 for the first of its kind, then 1, 2 … */
type ClockRow = ClockReading & {
  readonly id: Identifier;
  readonly ordinal: number;
  readonly warnedAt: Instant | null;
  readonly rungs: number;
};

/** `acknowledged`: somebody has taken one of its pages; `calling`: one of them is open. */
export type KeptClock = ClockRow & { readonly timelineLength: number; readonly acknowledged: boolean; readonly calling: boolean };

/** Why nobody is called for a promise any more: the customer has their answer, the matter is done, or nobody is owed it. */
export const CALL_ENDS = ['answered', 'resolved', 'dropped'] as const;
export type CallEnd = (typeof CALL_ENDS)[number];

/** What has clocks; `owner` has it in hand. */
export type ClockSubject = {
  readonly id: Identifier;
  readonly conversationId: Identifier | null;
  readonly owner: Identifier | null;
  readonly clocks: readonly KeptClock[];
  readonly about:
    | { readonly kind: 'ticket'; readonly facts: TicketFacts; readonly timelineLength: number }
    | { readonly kind: 'handoff'; readonly chat: ChatSpan; readonly said: readonly Said[] };
};

type SlaPage = {
  readonly id: Identifier;
  readonly reason: `sla-${ClockReading['kind']}`;
  readonly onceKey: string;
  readonly audience: Audience;
};

type SlaEvent = {
  readonly at: Instant;
  readonly type: 'sla-warned' | 'sla-breached' | 'sla-escalated';
  readonly details: Readonly<Record<string, string | number | null>>;
};

export type SlaWrite = {
  readonly rows: readonly ClockRow[];
  readonly events: readonly SlaEvent[];
  readonly pages: readonly SlaPage[];
  /** Clocks that have ended and still call: their pages close. */
  readonly closings: readonly SlaClosing[];
};

/** Its pages are those of the rungs that were called. */
type SlaClosing = { readonly clockId: Identifier; readonly rungs: number; readonly why: CallEnd };

/** `nextAt`: nothing comes of it before, unless something happens. */
type Judged = { readonly write: SlaWrite | null; readonly nextAt: Instant | null };

/** Tickets that were over and this old when the clocks came have none. */
export const LOOK_BACK_DAYS = 30;

export function judgeClocks(
  subject: ClockSubject,
  rules: Omit<EscalationRules, 'ticketKind'>,
  now: Instant,
  makeIdentifier: MakeIdentifier,
): Judged {
  const { about, clocks } = subject;
  if (clocks.length === 0 && about.kind === 'ticket' && isLongOver(about.facts, now)) return { write: null, nextAt: null };
  const promises = about.kind === 'ticket' ? promisesOfTicket(about.facts) : promisesOfChat(about.chat, about.said);
  const ruled: EscalationRules = { ...rules, ticketKind: about.kind === 'ticket' ? about.facts.kind : CHAT_KIND };
  const counts = new Map(
    CLOCK_KINDS.map((kind) => [kind, Math.max(-1, ...clocks.filter((it) => it.kind === kind).map((it) => it.ordinal))]),
  );
  const nextOrdinal = (kind: ClockKind): number => {
    const ordinal = (counts.get(kind) ?? -1) + 1;
    counts.set(kind, ordinal);
    return ordinal;
  };
  const states = promises.map((promised) => {
    const kept = clocks.find((it) => it.kind === promised.kind && it.startedAt === promised.startedAt) ?? null;
    return stateOf(promised, kept, kept?.ordinal ?? nextOrdinal(promised.kind), subject, ruled, now, makeIdentifier);
  });
  // A chat that was taken up again, or became another ticket's, leaves clocks without a promise: those that are over stay.
  const orphans = clocks.filter((it) => it.endedAt === null && !states.some((state) => state.row.id === it.id));
  const dropped = orphans.map((it): ClockRow => ({ ...it, status: it.breachedAt === null ? 'dropped' : 'missed', endedAt: now }));
  const closings = clocks.filter((it) => it.calling).flatMap((it) => closingOf(it, states));
  const isNews = dropped.length > 0 || closings.length > 0 || states.some((it) => it.isNews) || isLonger(subject);
  const nextAts = states.flatMap((it) => it.nextAts).filter((it) => it > now);
  const write = {
    rows: [...states.map((it) => it.row), ...dropped],
    events: states.flatMap((it) => it.events),
    pages: states.flatMap((it) => it.pages),
    closings,
  };
  return { write: isNews ? write : null, nextAt: nextAts.length === 0 ? null : (Math.min(...nextAts) as Instant) };
}

function isLongOver({ status, openedAt }: TicketFacts, now: Instant): boolean {
  return (status === 'resolved' || status === 'closed' || status === 'cancelled') && openedAt < now - LOOK_BACK_DAYS * DAY;
}

function isLonger({ about, clocks }: ClockSubject): boolean {
  return about.kind === 'ticket' && clocks.length > 0 && Math.max(...clocks.map((it) => it.timelineLength)) !== about.timelineLength;
}

/** What has no promise any more is owed to nobody. */
function closingOf({ id, rungs }: KeptClock, states: readonly State[]): readonly SlaClosing[] {
  const state = states.find((it) => it.row.id === id);
  if (state === undefined) return [{ clockId: id, rungs, why: 'dropped' }];
  return state.callEnd === null ? [] : [{ clockId: id, rungs, why: state.callEnd }];
}

type State = Pick<SlaWrite, 'events' | 'pages'> & {
  readonly row: ClockRow;
  /** Null while it is owed. */
  readonly callEnd: CallEnd | null;
  readonly isNews: boolean;
  readonly nextAts: readonly Instant[];
};

function stateOf(
  promised: Promised,
  kept: KeptClock | null,
  ordinal: number,
  { owner }: ClockSubject,
  rules: EscalationRules,
  now: Instant,
  makeIdentifier: MakeIdentifier,
): State {
  const reading = readClock(promised, kept, rules, now);
  const { warnAt, dueAt, breachedAt, endedAt } = reading;
  const id = kept?.id ?? makeIdentifier();
  const isOwed = endedAt === null;
  const warnsNow = isOwed && breachedAt === null && warnAt !== null && warnAt <= now && (kept?.warnedAt ?? null) === null;
  const warnedAt = warnsNow ? warnAt : (kept?.warnedAt ?? null);
  const called = kept?.rungs ?? 0;
  const steps = rules.policy.slaClocks.ladder.length;
  const climbs = isOwed && breachedAt !== null && called < steps && kept?.acknowledged !== true;
  const times = climbs ? escalationTimes(promised, breachedAt, rules) : [];
  // Who looks for the first time when it is all over calls nobody: it was late before anybody counted.
  const isOld = kept === null && isPastLadder(times, steps, now);
  const due = isOld ? [] : times.map((at, step) => ({ at, step })).filter((it) => it.step >= called && it.at <= now);
  const rungs = isOld ? steps : Math.max(called, ...due.map((it) => it.step + 1));
  const clock = reading.kind;
  const row: ClockRow = { ...reading, id, ordinal, warnedAt, rungs };
  const rests = promised.rests.flatMap((it) => (it.to === null ? [it.from] : [it.from, it.to]));
  return {
    row,
    callEnd: callEndOf(promised),
    isNews: kept === null || !isSame(row, kept),
    events: [
      ...(warnsNow ? [{ at: warnAt, type: 'sla-warned' as const, details: { clock, dueAt: said(dueAt) } }] : []),
      ...(breachedAt !== null && (kept?.breachedAt ?? null) === null
        ? [{ at: breachedAt, type: 'sla-breached' as const, details: { clock, dueAt: said(breachedAt) } }]
        : []),
      ...due.map(({ step }) => ({ at: now, type: 'sla-escalated' as const, details: { clock, step: step + 1 } })),
    ],
    pages: due.map(({ step }) => ({
      id: makeIdentifier(),
      reason: `sla-${clock}` as const,
      onceKey: `sla:${id}:${step}`,
      audience: audienceOf(step, owner, rules.policy),
    })),
    nextAts: isOwed
      ? [warnAt, dueAt === null ? null : ((dueAt + 1) as Instant), times[rungs] ?? null, ...rests].filter((it) => it !== null)
      : [],
  };
}

function callEndOf({ kind, end }: Promised): CallEnd | null {
  if (end === null) return null;
  if (end.how === 'dropped') return 'dropped';
  return kind === 'resolution' ? 'resolved' : 'answered';
}

function said(at: Instant | null): string | null {
  return at === null ? null : new Date(at).toISOString();
}

const FIELDS = [
  'priority',
  'targetMinutes',
  'startedAt',
  'pausedAt',
  'spentMilliseconds',
  'warnAt',
  'dueAt',
  'endedAt',
  'status',
  'breachedAt',
  'warnedAt',
  'rungs',
] as const satisfies readonly (keyof ClockRow)[];

function isSame(one: ClockRow, other: ClockRow): boolean {
  return FIELDS.every((it) => one[it] === other[it]);
}
