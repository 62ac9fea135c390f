/**
 * Which promises of time a ticket, or a chat about no ticket, has made, read from its timeline, its chats with staff and
 * what was said in them. Terms: an *answer* is what staff did for the customer to hear of; to claim a chat, to assign it
 * or to acknowledge a page is none.
 */
import { graver } from './complaint-severity.ts';
import { type Instant, instantOf } from './instant.ts';
import { joinedRests, type Rest } from './running-time.ts';
import type { ClockEnd, PriorityFrom, Promised } from './sla-clock.ts';
import type { Channel, Priority, TicketKind, TicketStatus } from './ticket.ts';

export type Happening = {
  readonly at: Instant;
  readonly by: 'staff' | 'customer' | 'bot' | 'system';
  readonly type: string;
  /** What it says of these, if it does. */
  readonly status: TicketStatus | null;
  readonly priority: Priority | null;
  readonly reason: string | null;
  /** When the visit begins. */
  readonly visitFrom: Instant | null;
};

export type Said = { readonly at: Instant; readonly by: 'customer' | 'staff' };

/** The customer waits for a person from `from`; null: they still have one, or wait. */
export type ChatSpan = { readonly from: Instant; readonly to: Instant | null };

export type TicketFacts = {
  readonly kind: TicketKind;
  readonly status: TicketStatus;
  readonly priority: Priority;
  readonly channel: Channel;
  readonly openedAt: Instant;
  /** In the order it was written; a fact may be older than the one before it. */
  readonly timeline: readonly Happening[];
  readonly chats: readonly ChatSpan[];
  /** What staff said in the chat of the ticket, and the customer in chats with staff about it. */
  readonly said: readonly Said[];
};

/** Every clock of a ticket: the first response, each next one, and one resolution for each time it was open. */
export function promisesOfTicket(facts: TicketFacts): readonly Promised[] {
  const timeline = [...facts.timeline].sort((a, b) => a.at - b.at);
  const story = { ...facts, timeline };
  const lives = livesOf(story);
  const priorities = prioritiesOf(story);
  const waits = joinedRests(waitsOf(timeline));
  const answers = answersOf(story);
  const first: Promised = {
    kind: 'first-response',
    startedAt: facts.openedAt,
    priorities: since(facts.openedAt, priorities),
    rests: waits,
    end: firstResponseOf(story, priorities, answers, lives[0]?.end ?? null),
  };
  const next = nextResponsesOf(facts.chats, facts.said, answers, first.end, (from) => ({
    priorities: since(from, priorities),
    rests: waits,
  }));
  const rests = joinedRests([...waits, ...visitsOf(timeline)]);
  const resolutions = lives.map(
    ({ from, end }): Promised => ({ kind: 'resolution', startedAt: from, priorities: since(from, priorities), rests, end }),
  );
  return [first, ...next, ...resolutions];
}

/** A chat about no ticket is owed answers, and no more; it weighs as an everyday enquiry. */
export const CHAT_KIND: TicketKind = 'enquiry';
const CHAT_PRIORITY: Priority = 'normal';

export function promisesOfChat(chat: ChatSpan, said: readonly Said[]): readonly Promised[] {
  const answers = said.filter((it) => it.by === 'staff').map((it) => it.at);
  const answered = answers.find((it) => it >= chat.from) ?? null;
  const end = sooner(endAt(answered, 'met'), endAt(chat.to, 'dropped'));
  const of = (from: Instant) => ({ priorities: [{ at: from, priority: CHAT_PRIORITY }] as const, rests: [] });
  const first: Promised = { kind: 'first-response', startedAt: chat.from, ...of(chat.from), end };
  return [first, ...nextResponsesOf([chat], said, answers, end, of)];
}

type Life = { readonly from: Instant; readonly end: ClockEnd | null };

const OVER: readonly TicketStatus[] = ['resolved', 'closed', 'cancelled'];
const ENDS: Readonly<Record<string, ClockEnd['how']>> = {
  completed: 'met',
  resolved: 'met',
  closed: 'met',
  cancelled: 'dropped',
  'merged-into': 'dropped',
};

/** Each time it was open. What the row says of now holds, whatever the timeline leaves out. */
function livesOf({ openedAt, timeline, status }: TicketFacts): readonly Life[] {
  const lives: Life[] = [{ from: openedAt, end: null }];
  const close = (at: Instant, how: ClockEnd['how']) => {
    const last = lives.at(-1);
    if (last?.end === null) lives[lives.length - 1] = { from: last.from, end: { at: instantOf(Math.max(at, last.from)), how } };
  };
  for (const it of timeline) {
    const how = ENDS[it.type] ?? (it.type === 'opened' && it.status !== null && OVER.includes(it.status) ? 'met' : undefined);
    if (how !== undefined) close(it.at, how);
    else if (it.type === 'reopened' && lives.at(-1)?.end !== null) lives.push({ from: it.at, end: null });
  }
  if (OVER.includes(status)) close(timeline.at(-1)?.at ?? openedAt, status === 'cancelled' ? 'dropped' : 'met');
  return lives;
}

/** Only what makes it graver counts. */
function prioritiesOf({ openedAt, timeline, priority }: TicketFacts): readonly [PriorityFrom, ...PriorityFrom[]] {
  const opened = timeline.find((it) => it.type === 'opened' && it.priority !== null)?.priority ?? priority;
  const graverOnes: PriorityFrom[] = [];
  const raise = (at: Instant, to: Priority) => {
    const now = graverOnes.at(-1)?.priority ?? opened;
    if (graver(to, now) !== now) graverOnes.push({ at, priority: to });
  };
  for (const it of timeline) if (it.type !== 'opened' && it.priority !== null) raise(it.at, it.priority);
  raise(timeline.at(-1)?.at ?? openedAt, priority);
  return [{ at: openedAt, priority: opened }, ...graverOnes];
}

/** As a clock that begins then sees them. */
function since(from: Instant, priorities: readonly [PriorityFrom, ...PriorityFrom[]]): readonly [PriorityFrom, ...PriorityFrom[]] {
  const now = priorities.findLast((it) => it.at <= from) ?? priorities[0];
  return [{ at: from, priority: now.priority }, ...priorities.filter((it) => it.at > from)];
}

/** While we wait for the customer: until they write, or staff make something else of the ticket. */
function waitsOf(timeline: readonly Happening[]): readonly Rest[] {
  return timeline.flatMap((it, index) => {
    if (it.type !== 'waiting-customer') return [];
    const goesOn = timeline.slice(index + 1).find((later) => later.type === 'customer-answered' || changesStatus(later));
    return [{ from: it.at, to: goesOn?.at ?? null }];
  });
}

/** From the booking to the beginning of the window: the customer chose that time. */
function visitsOf(timeline: readonly Happening[]): readonly Rest[] {
  return timeline.flatMap((it, index) => {
    if (!isVisit(it) || it.visitFrom === null) return [];
    const changed = timeline.slice(index + 1).find((later) => isVisit(later) || changesStatus(later));
    return [{ from: it.at, to: instantOf(Math.min(it.visitFrom, changed?.at ?? it.visitFrom)) }];
  });
}

function isVisit({ type }: Happening): boolean {
  return type.startsWith('appointment-');
}

function changesStatus(it: Happening): boolean {
  return isVisit(it) || it.type in ENDS || it.type === 'reopened';
}

/** What staff did that the customer hears of, oldest first. */
function answersOf({ timeline, said }: TicketFacts): readonly Instant[] {
  const done = timeline.filter((it) => it.by === 'staff' && isAnswer(it)).map((it) => it.at);
  return [...done, ...said.filter((it) => it.by === 'staff').map((it) => it.at)].sort((a, b) => a - b);
}

/** Calls that tell an engineer of a visit are nothing the customer hears; nor is a visit that stands as it was. */
const CALLS_TO_ENGINEERS: readonly (string | null)[] = ['visit-moved', 'visit-given', 'visit-off'];

function isAnswer(it: Happening): boolean {
  if (it.type === 'contact-task-done') return !CALLS_TO_ENGINEERS.includes(it.reason);
  if (it.type === 'merged-into' || it.type === 'appointment-renewed') return false;
  return it.type === 'answered' || isVisit(it) || it.type in ENDS;
}

/**
 * Met by the first answer. A visit is one, by whomever it was booked: the customer has a time and a name, and nobody owes
 * them a word more; but whoever is in danger is spoken to. What staff took down on the phone or over the counter was answered there and then.
 */
function firstResponseOf(
  { kind, channel, openedAt, timeline }: TicketFacts,
  priorities: readonly [PriorityFrom, ...PriorityFrom[]],
  answers: readonly Instant[],
  over: ClockEnd | null,
): ClockEnd | null {
  const opened = timeline.find((it) => it.type === 'opened');
  const inPerson = opened?.by === 'staff' && kind !== 'recheck' && (channel === 'phone' || channel === 'store');
  if (inPerson || (over?.how === 'met' && over.at === openedAt)) return { at: openedAt, how: 'met' };
  const calm = (at: Instant) => since(at, priorities)[0].priority !== 'urgent';
  const booked = timeline.find((it) => isVisit(it) && it.visitFrom !== null && calm(it.at))?.at;
  const answered = answers.find((it) => it >= openedAt);
  return sooner(sooner(endAt(answered, 'met'), endAt(booked, 'met')), over);
}

/**
 * From the first that the customer said and nobody answered to the answer; that they asked for a person counts as said.
 * What the first response still owes is no second promise.
 */
function nextResponsesOf(
  chats: readonly ChatSpan[],
  said: readonly Said[],
  answers: readonly Instant[],
  firstEnd: ClockEnd | null,
  of: (from: Instant) => Pick<Promised, 'priorities' | 'rests'>,
): readonly Promised[] {
  if (firstEnd === null) return [];
  const asked = said.filter((it) => it.by === 'customer' && chats.some((chat) => isWithin(chat, it.at))).map((it) => it.at);
  const steps = [
    ...[...asked, ...chats.map((it) => it.from)].map((at) => ({ at, as: 0 })),
    ...answers.map((at) => ({ at, as: 1 })),
    ...chats.flatMap((it) => (it.to === null ? [] : [{ at: it.to, as: 2 }])),
  ].sort((a, b) => a.at - b.at || a.as - b.as);
  const waits: { from: Instant; end: ClockEnd | null }[] = [];
  let from: Instant | null = null;
  for (const { at, as } of steps) {
    if (as === 0) from ??= at;
    else if (from !== null) {
      waits.push({ from, end: { at, how: as === 1 ? 'met' : 'dropped' } });
      from = null;
    }
  }
  if (from !== null) waits.push({ from, end: null });
  return waits
    .filter(({ end }) => end === null || end.at > firstEnd.at)
    .map((it) => ({ ...it, from: instantOf(Math.max(it.from, firstEnd.at)) }))
    .map((it): Promised => ({ kind: 'next-response', startedAt: it.from, ...of(it.from), end: it.end }));
}

function isWithin({ from, to }: ChatSpan, at: Instant): boolean {
  return at >= from && (to === null || at <= to);
}

function endAt(at: Instant | null | undefined, how: ClockEnd['how']): ClockEnd | null {
  return at === null || at === undefined ? null : { at, how };
}

function sooner(one: ClockEnd | null, other: ClockEnd | null): ClockEnd | null {
  if (one === null || other === null) return one ?? other;
  return other.at < one.at ? other : one;
}
