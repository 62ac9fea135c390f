/**
 * Brings the rows of the SLA clocks up to what happened (S2-059, S4-008): warns before a promised time is up, says when it
 * is, and calls people up the ladder. The rows are read off the facts, so a round that was missed changes nothing. What this
 * process remembers only spares it looking at what can't have changed; every few minutes it looks at all of them.
 */
import type { Identifier, MakeIdentifier } from '../domain/identifier.ts';
import { DAY, type Instant, instantOf, MINUTE, SECOND } from '../domain/instant.ts';
import type { Policy } from '../domain/policy.ts';
import { type ClockSubject, judgeClocks, LOOK_BACK_DAYS, type SlaWrite, type SubjectName } from '../domain/sla-judgement.ts';
import { failureOf, type Log } from './failure.ts';

type OpenChat = {
  readonly handoffId: Identifier;
  /** Changes with whatever is said, and with who has the chat. */
  readonly mark: string;
  /** What has clocks that run on what is said there. */
  readonly subjects: readonly SubjectName[];
};

export type SlaClocks = {
  /** Whatever may have a clock that has not ended, and tickets opened since an instant that have grown. */
  readonly all: (openedSince: Instant) => Promise<readonly SubjectName[]>;
  /** Lines of timelines after one, oldest first; `after` null: how far they go now. */
  readonly happened: (after: number | null) => Promise<readonly { readonly eventId: number; readonly ticketId: Identifier }[]>;
  readonly openChats: () => Promise<readonly OpenChat[]>;
  /** Those waiting for the customer whose customer has written since are open again, with a line in the timeline. Which. */
  readonly resumeAnswered: (ticketIds: readonly Identifier[]) => Promise<readonly Identifier[]>;
  /** Reads the facts when nobody else judges, and writes what `judge` makes of each, in one transaction. */
  readonly keep: (
    subjects: readonly SubjectName[],
    judge: (read: () => ClockSubject) => { readonly subject: ClockSubject; readonly write: SlaWrite } | null,
    at: Instant,
  ) => Promise<void>;
};

export type SlaClocksNeeds = {
  readonly clocks: SlaClocks;
  readonly policy: Policy;
  readonly timeZone: string;
  readonly makeIdentifier: MakeIdentifier;
  readonly now: () => Instant;
  readonly log: Log;
};

const LOOK_AT_ALL_MINUTES = 10;
/** Judged in one go: customers' turns wait that long, some milliseconds. */
const SUBJECTS_AT_ONCE = 50;
/** What was done before a promised time was up may be on record only a moment later. */
const COMMIT_MILLISECONDS = SECOND;
/** Longer than any transaction: lines of timelines become visible out of order. */
const UNSETTLED_MILLISECONDS = 30 * SECOND;
const UNSETTLED_EVENTS = 1_000;

/** What was found out by the rounds before. */
type Memory = {
  lookedAtAll: Instant | null;
  /** Lines up to here were seen. */
  settledEvent: number;
  readonly unsettled: Map<number, Instant>;
  readonly chats: Map<Identifier, OpenChat>;
  readonly waiting: Set<Identifier>;
  readonly nextAt: Map<string, { readonly at: Instant; readonly name: SubjectName }>;
};

/** One round: all clocks at the first, then those something happened to or is due of. */
export function createSlaClocks(needs: SlaClocksNeeds): () => Promise<void> {
  const memory: Memory = {
    lookedAtAll: null,
    settledEvent: 0,
    unsettled: new Map(),
    chats: new Map(),
    waiting: new Set(),
    nextAt: new Map(),
  };
  return async () => {
    const now = needs.now();
    const found = new Map<string, SubjectName>();
    const add = (name: SubjectName) => found.set(keyOf(name), name);
    try {
      for (const it of await changed(memory, needs, now)) add(it);
      for (const it of await talked(memory, needs)) add(it);
      for (const id of await needs.clocks.resumeAnswered([...memory.waiting])) add({ kind: 'ticket', id });
      for (const { at, name } of memory.nextAt.values()) if (at <= now - COMMIT_MILLISECONDS) add(name);
      await look([...found.values()], memory, needs, now);
    } catch (error) {
      // What was found is forgotten: everything is looked at again.
      memory.lookedAtAll = null;
      throw error;
    }
  };
}

function keyOf({ kind, id }: SubjectName): string {
  return `${kind}:${id}`;
}

async function look(names: readonly SubjectName[], memory: Memory, needs: SlaClocksNeeds, now: Instant): Promise<void> {
  const { clocks, log, makeIdentifier } = needs;
  const asOf = instantOf(now - COMMIT_MILLISECONDS);
  for (let index = 0; index < names.length; index += SUBJECTS_AT_ONCE) {
    const some = names.slice(index, index + SUBJECTS_AT_ONCE);
    const remember = new Map<string, () => void>();
    await clocks.keep(
      some,
      (read) => {
        try {
          const subject = read();
          const { write, nextAt } = judgeClocks(subject, needs, asOf, makeIdentifier);
          const name: SubjectName = { kind: subject.about.kind, id: subject.id };
          remember.set(keyOf(name), () => rememberJudged(memory, subject, name, nextAt));
          return write === null ? null : { subject, write };
        } catch (error) {
          // One that can't be judged keeps none of the others waiting.
          log('sla-clock-put-off', failureOf(error));
          return null;
        }
      },
      asOf,
    );
    for (const name of some) memory.nextAt.delete(keyOf(name));
    for (const done of remember.values()) done();
  }
}

function rememberJudged(memory: Memory, { id, about }: ClockSubject, name: SubjectName, nextAt: Instant | null): void {
  if (nextAt !== null) memory.nextAt.set(keyOf(name), { at: nextAt, name });
  if (about.kind !== 'ticket') return;
  if (about.facts.status === 'waiting-customer') memory.waiting.add(id);
  else memory.waiting.delete(id);
}

/** Everything, or the tickets whose timelines have grown. */
async function changed(memory: Memory, { clocks }: SlaClocksNeeds, now: Instant): Promise<readonly SubjectName[]> {
  if (memory.lookedAtAll === null || now - memory.lookedAtAll >= LOOK_AT_ALL_MINUTES * MINUTE) {
    const last = (await clocks.happened(null)).at(-1)?.eventId ?? 0;
    const all = await clocks.all(instantOf(now - LOOK_BACK_DAYS * DAY));
    memory.settledEvent = Math.max(0, last - UNSETTLED_EVENTS);
    memory.unsettled.clear();
    memory.lookedAtAll = now;
    return all;
  }
  const fresh = (await clocks.happened(memory.settledEvent)).filter((it) => !memory.unsettled.has(it.eventId));
  for (const { eventId } of fresh) memory.unsettled.set(eventId, now);
  for (const [eventId, seenAt] of memory.unsettled) {
    if (now - seenAt < UNSETTLED_MILLISECONDS) continue;
    memory.unsettled.delete(eventId);
    memory.settledEvent = Math.max(memory.settledEvent, eventId);
  }
  return fresh.map((it) => ({ kind: 'ticket', id: it.ticketId }));
}

/** Chats with staff in which something was said, or that are over. */
async function talked(memory: Memory, { clocks }: SlaClocksNeeds): Promise<readonly SubjectName[]> {
  const open = new Map((await clocks.openChats()).map((it) => [it.handoffId, it]));
  const ended = [...memory.chats.values()].filter((it) => !open.has(it.handoffId));
  const spoken = [...open.values()].filter((it) => memory.chats.get(it.handoffId)?.mark !== it.mark);
  memory.chats.clear();
  for (const [id, chat] of open) memory.chats.set(id, chat);
  return [...ended, ...spoken].flatMap((it) => it.subjects);
}
