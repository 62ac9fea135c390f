/**
 * Customers who would come earlier than they are booked: when a window opens up in the time they wished for, somebody
 * phones them. Nothing is held meanwhile; who answers first has it.
 */
import { type Appliance, productClassOf } from '../domain/appliance.ts';
import type { Identifier, MakeIdentifier } from '../domain/identifier.ts';
import { DAY, type Instant, instantOf } from '../domain/instant.ts';
import type { Policy } from '../domain/policy.ts';
import { quietUntil } from '../domain/reminder-time.ts';
import { type OpenWindow, openWindows } from '../domain/visit-window.ts';
import type { NewContactTask, Readings } from '../turn/ports.ts';
import { callBy } from './call-by.ts';
import { failureOf, type Log, oneByOne } from './failure.ts';

type Entry = {
  readonly id: Identifier;
  readonly ticketId: Identifier;
  /** Of every ticket of the visit. */
  readonly appliances: readonly Appliance[];
  readonly city: string;
  readonly district: string;
  readonly from: Instant;
  readonly to: Instant;
  /** When the booked visit begins, null when none is booked. */
  readonly visitFrom: Instant | null;
};

export type WaitingList = {
  /** Closes entries whose time is over or whose ticket is no longer live. */
  readonly closeOver: (now: Instant) => Promise<void>;
  /** Waiting entries in the order of their ids, after one of them. */
  readonly waiting: (after: Identifier | null, max: number) => Promise<readonly Entry[]>;
  /** Opens the task and takes the entry off the list, both or neither, once. */
  readonly offer: (entryId: Identifier, task: NewContactTask, at: Instant) => Promise<void>;
};

export type WaitingListNeeds = {
  readonly waitingList: WaitingList;
  readonly engineers: Readings['engineers'];
  readonly policy: Policy;
  readonly timeZone: string;
  readonly makeIdentifier: MakeIdentifier;
  readonly now: () => Instant;
  readonly log: Log;
};

const ENTRIES_MAX = 20;
const CALL_MINUTES = 30;

/** One round: the next entries of the list, from the front again once it is through. */
export function createWaitingList(needs: WaitingListNeeds): () => Promise<void> {
  const { waitingList, policy, timeZone } = needs;
  let after: Identifier | null = null;
  return async () => {
    const now = needs.now();
    await waitingList.closeOver(now);
    if (quietUntil(now, policy, timeZone) !== null) return;
    const entries = await waitingList.waiting(after, ENTRIES_MAX);
    after = entries.length < ENTRIES_MAX ? null : (entries.at(-1)?.id ?? null);
    const failed = (error: unknown) => needs.log('waiting-list-put-off', failureOf(error));
    await oneByOne(entries, failed, async (entry) => {
      const window = await earlierWindow(entry, now, needs);
      if (window !== null) await waitingList.offer(entry.id, taskOf(entry, window, now, needs), now);
    });
  };
}

async function earlierWindow(entry: Entry, now: Instant, { engineers, policy, timeZone }: WaitingListNeeds): Promise<OpenWindow | null> {
  const { appliances, city, district, from, to, visitFrom } = entry;
  const productClasses = [...new Set(appliances.map(productClassOf))];
  // With the way home after the last window, wherever the day ends.
  const free = await engineers({ productClasses, city, district, from: now, to: instantOf(to + DAY) });
  const open = openWindows({ policy, now, timeZone, engineers: free });
  return open.find((it) => it.from >= from && it.to <= to && (visitFrom === null || it.from < visitFrom)) ?? null;
}

/** Without a notice: this is a question, and needs somebody who hears the answer. */
function taskOf({ id, ticketId }: Entry, window: OpenWindow, now: Instant, needs: WaitingListNeeds): NewContactTask {
  return {
    id: needs.makeIdentifier(),
    ticketId,
    whom: { kind: 'customer' },
    reason: 'earlier-window-free',
    notice: null,
    dueAt: callBy(needs, now, CALL_MINUTES, window.from),
    onceKey: `earlier:${id}:${window.from}`,
  };
}
