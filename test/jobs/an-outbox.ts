/**
 * The outbox as the store keeps it, in memory: rows that are held, claimed by lane, settled and put off, for deliveries
 * of several processes in time the test sets (`vi.useFakeTimers`).
 */
import type { Identifier } from '../../src/domain/identifier.ts';
import { instantOf } from '../../src/domain/instant.ts';
import type { ChatChannel } from '../../src/domain/ticket.ts';
import { createDeliveries, type Deliveries } from '../../src/jobs/delivery.ts';
import type { Lane, PlacedMessage } from '../../src/turn/message.ts';
import type { Outbox, Send } from '../../src/turn/ports.ts';
import { newId } from '../support/database.ts';

type OutboxRow = {
  readonly lane: Lane;
  readonly message: PlacedMessage;
  delivery: 'pending' | 'delivered' | 'waiting' | 'failed';
  heldBy: Identifier | null;
  heldUntil: number;
  attempts: number;
};

export type MemoryOutbox = Outbox & {
  readonly rows: readonly OutboxRow[];
  /** What a turn's write does with its replies; hand the result to `deliver`. */
  readonly commit: (
    holder: Identifier,
    lane: Lane,
    texts: readonly string[],
  ) => Promise<{ readonly messages: readonly PlacedMessage[]; readonly behind: boolean }>;
};

const OWN_MILLISECONDS = 5_000;
const LANE_MESSAGES_MAX = 50;

/** `trip` is waited for on the way to the store and back: answers may come in another order than they were made. */
export function anOutbox(trip: () => Promise<void> = () => Promise.resolve()): MemoryOutbox {
  const rows: OutboxRow[] = [];
  const now = () => Date.now();
  const pending = (id: Identifier) => rows.filter((it) => it.lane.conversationId === id && it.delivery === 'pending');
  const there = async <Result>(work: () => Result): Promise<Result> => {
    await trip();
    const result = work();
    await trip();
    return result;
  };
  return {
    rows,
    commit: (holder, lane, texts) =>
      there(() => {
        const behind = pending(lane.conversationId).length > 0;
        const before = rows.filter((it) => it.lane.conversationId === lane.conversationId).length;
        const messages = texts.map((text, index) => aPlaced(text, before + index + 1));
        const heldUntil = now() + (behind ? 0 : OWN_MILLISECONDS);
        rows.push(
          ...messages.map((message): OutboxRow => ({ lane, message, delivery: 'pending', heldBy: holder, heldUntil, attempts: 0 })),
        );
        return { messages, behind };
      }),
    claim: (holder, channels, lanesMax, holdMilliseconds) =>
      there(() => {
        const firsts = [...new Set(rows.map((it) => it.lane.conversationId))]
          .flatMap((id) => pending(id).slice(0, 1))
          .filter((it) => channels.includes(it.lane.channel) && it.heldUntil <= now())
          .sort((a, b) => a.heldUntil - b.heldUntil)
          .slice(0, lanesMax);
        return firsts.map(({ lane }) => {
          const taken = pending(lane.conversationId).slice(0, LANE_MESSAGES_MAX);
          for (const row of taken) Object.assign(row, { heldBy: holder, heldUntil: now() + holdMilliseconds, attempts: row.attempts + 1 });
          return { lane, messages: taken.map((it) => it.message), attempts: taken[0]?.attempts ?? 0 };
        });
      }),
    renew: (holder, ids, holdMilliseconds) =>
      there(() => {
        const mine = rows.filter((it) => ids.includes(it.message.id) && it.heldBy === holder && it.delivery === 'pending');
        for (const row of mine) row.heldUntil = now() + holdMilliseconds;
        return mine.map((it) => it.message.id);
      }),
    settle: (settled) =>
      there(() => {
        for (const { id, delivery } of settled) {
          const row = rows.find((it) => it.message.id === id);
          if (row !== undefined && row.delivery !== 'delivered') Object.assign(row, { delivery, heldBy: null });
        }
      }),
    postpone: (ids, afterMilliseconds) =>
      there(() => {
        for (const row of rows)
          if (ids.includes(row.message.id) && row.delivery === 'pending')
            Object.assign(row, { heldBy: null, heldUntil: now() + afterMilliseconds });
      }),
  };
}

export function aLane(channel: ChatChannel = 'wechat'): Lane {
  const conversationId = newId();
  return { conversationId, channel, externalId: `it-${conversationId}` };
}

function aPlaced(text: string, seq: number): PlacedMessage {
  return {
    id: newId(),
    seq,
    sender: 'bot',
    at: instantOf(Date.now()),
    body: { text, speaker: null, choices: [], links: [], files: [], dialog: { flow: null, asking: null, reply: [] }, ticket: null },
  };
}

type Process = Deliveries & {
  readonly holder: Identifier;
  readonly lines: readonly { readonly event: string; readonly fields: Readonly<Record<string, unknown>> }[];
  /** A turn's replies, written and handed over as `run-turns` does. */
  readonly reply: (lane: Lane, ...texts: readonly string[]) => Promise<void>;
  /** Sweeps every two seconds until told to stop. */
  readonly keepSweeping: () => () => void;
};

export function aProcess(outbox: MemoryOutbox, channels: Partial<Record<ChatChannel, Send>>): Process {
  const holder = newId();
  const lines: { event: string; fields: Readonly<Record<string, unknown>> }[] = [];
  const deliveries = createDeliveries({
    outbox,
    holder,
    channels,
    now: () => Date.now(),
    observe: () => undefined,
    log: (event, fields) => void lines.push({ event, fields }),
  });
  return {
    ...deliveries,
    holder,
    lines,
    reply: async (lane, ...texts) => {
      const { messages, behind } = await outbox.commit(holder, lane, texts);
      deliveries.deliver(lane, messages, behind);
    },
    keepSweeping: () => {
      const timer = setInterval(() => void deliveries.sweep().catch(() => undefined), 2_000);
      return () => clearInterval(timer);
    },
  };
}
