/**
 * Sends what was committed: at once from memory by the process that committed it, else by the sweep. One lane a
 * conversation, in order; a lane that fails is put off and holds back nobody else.
 */
import type { Identifier } from '../domain/identifier.ts';
import { SECOND } from '../domain/instant.ts';
import type { ChatChannel } from '../domain/ticket.ts';
import type { Lane, PlacedMessage } from '../turn/message.ts';
import type { Outbox, Send, SendResult } from '../turn/ports.ts';

export type DeliveryNeeds = {
  readonly outbox: Outbox;
  readonly holder: Identifier;
  /** Channels that are on; lanes of others are left to the process that has them. */
  readonly channels: Readonly<Partial<Record<ChatChannel, Send>>>;
  readonly now: () => number;
  readonly log: (event: string, fields: Readonly<Record<string, string | number | boolean>>) => void;
};

export type Deliveries = {
  /** Hands freshly committed messages to the lane; never waits. */
  readonly deliver: (lane: Lane, messages: readonly PlacedMessage[], behind: boolean) => void;
  /** Claims lanes nobody serves and sends them; returns how many lanes it took. */
  readonly sweep: () => Promise<number>;
  readonly idle: () => Promise<void>;
};

/** A message sent from memory is this process's for five seconds (the store sets it); after this it asks again first. */
const TRUSTED_MILLISECONDS = 2 * SECOND;
const HOLD_MILLISECONDS = 30 * SECOND;
const SEND_TIMEOUT_MILLISECONDS = 20 * SECOND;
const LANES_PER_SWEEP_MAX = 50;
const BACKOFF_FIRST_MILLISECONDS = SECOND;
const BACKOFF_MAX_MILLISECONDS = 5 * 60 * SECOND;
/** After this many tries a person must look: the message is marked failed and the lane goes on. */
const ATTEMPTS_MAX = 12;

type Batch = { readonly lane: Lane; readonly messages: readonly PlacedMessage[]; readonly attempts: number; readonly heldSince: number };

export function createDeliveries(needs: DeliveryNeeds): Deliveries {
  const { outbox, holder, now, log } = needs;
  const lanes = new Map<Identifier, Promise<void>>();
  const settled: { id: Identifier; delivery: 'delivered' | 'waiting' | 'failed' }[] = [];
  let settling: Promise<void> | null = null;

  function deliver(lane: Lane, messages: readonly PlacedMessage[], behind: boolean): void {
    const before = lanes.get(lane.conversationId);
    // Something earlier is undelivered and not in our hands: whoever serves the lane next takes these with it.
    if (behind && before === undefined) return;
    enqueue({ lane, messages, attempts: 0, heldSince: behind ? 0 : now() });
  }

  function enqueue(batch: Batch): void {
    const id = batch.lane.conversationId;
    const next = (lanes.get(id) ?? Promise.resolve())
      .then(() => serve(batch))
      .catch((error: unknown) => log('delivery-failed', { conversationId: id, error: error instanceof Error ? error.name : 'unknown' }))
      .finally(() => {
        if (lanes.get(id) === next) lanes.delete(id);
      });
    lanes.set(id, next);
  }

  async function serve({ lane, messages, attempts, heldSince }: Batch): Promise<void> {
    const send = needs.channels[lane.channel];
    if (send === undefined)
      return outbox.postpone(
        messages.map((it) => it.id),
        0,
      );
    let mine = messages;
    if (now() - heldSince > TRUSTED_MILLISECONDS) {
      const held = new Set(
        await outbox.renew(
          holder,
          messages.map((it) => it.id),
          HOLD_MILLISECONDS,
        ),
      );
      mine = messages.filter((it) => held.has(it.id));
    }
    if (mine.length === 0) return;
    const results = await sendInTime(send, lane, mine);
    const done = results.findIndex((it) => it.kind === 'again');
    for (const [index, result] of results.entries()) if (result.kind !== 'again') settle(mine[index] as PlacedMessage, result.kind);
    await settledAll();
    const rest = mine.slice(done === -1 ? results.length : done);
    if (rest.length === 0) return;
    const again = results[done];
    const afterMilliseconds = again?.kind === 'again' ? again.afterMilliseconds : backoff(attempts);
    if (attempts + 1 >= ATTEMPTS_MAX) {
      const [given, ...others] = rest;
      log('delivery-given-up', { conversationId: lane.conversationId, attempts: attempts + 1 });
      if (given) settle(given, 'failed');
      await settledAll();
      return others.length > 0
        ? outbox.postpone(
            others.map((it) => it.id),
            0,
          )
        : undefined;
    }
    await outbox.postpone(
      rest.map((it) => it.id),
      Math.max(afterMilliseconds, backoff(attempts)),
    );
  }

  async function sendInTime(send: Send, lane: Lane, messages: readonly PlacedMessage[]): Promise<readonly SendResult[]> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<readonly SendResult[]>((resolve) => {
      timer = setTimeout(() => resolve([]), SEND_TIMEOUT_MILLISECONDS);
    });
    try {
      return await Promise.race([send(lane, messages), late]);
    } catch (error) {
      log('send-failed', {
        conversationId: lane.conversationId,
        channel: lane.channel,
        error: error instanceof Error ? error.name : 'unknown',
      });
      return [];
    } finally {
      clearTimeout(timer);
    }
  }

  function settle(message: PlacedMessage, delivery: 'delivered' | 'waiting' | 'failed'): void {
    settled.push({ id: message.id, delivery });
  }

  /** Marks whatever is sent by now, all lanes together. */
  async function settledAll(): Promise<void> {
    while (settling !== null) await settling;
    if (settled.length === 0) return;
    const batch = settled.splice(0);
    settling = outbox.settle(batch).finally(() => {
      settling = null;
    });
    await settling;
  }

  async function sweep(): Promise<number> {
    const claimed = await outbox.claim(holder, Object.keys(needs.channels) as ChatChannel[], LANES_PER_SWEEP_MAX, HOLD_MILLISECONDS);
    for (const { lane, messages, attempts } of claimed) enqueue({ lane, messages, attempts, heldSince: now() });
    return claimed.length;
  }

  const idle = async (): Promise<void> => {
    while (lanes.size > 0) await Promise.all(lanes.values());
  };

  return { deliver, sweep, idle };
}

function backoff(attempts: number): number {
  return Math.min(BACKOFF_FIRST_MILLISECONDS * 2 ** attempts, BACKOFF_MAX_MILLISECONDS);
}
