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
  readonly observe: (channel: ChatChannel, result: SendResult['kind'] | 'given-up') => void;
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
/** Handed to a channel at once and marked together: a slow channel gets so many out within the timeout. */
const SENT_TOGETHER_MAX = 5;
const LANES_PER_SWEEP_MAX = 50;
const BACKOFF_FIRST_MILLISECONDS = SECOND;
const BACKOFF_MAX_MILLISECONDS = 5 * 60 * SECOND;
/** After this many tries a person must look: the message is marked failed and the lane goes on. */
const ATTEMPTS_MAX = 12;

type Batch = {
  readonly lane: Lane;
  readonly messages: readonly PlacedMessage[];
  readonly attempts: number;
  /** When the store last said they are ours; 0 = ask first. */
  readonly heldSince: number;
};

export function createDeliveries(needs: DeliveryNeeds): Deliveries {
  const { outbox, holder, now, log } = needs;
  const lanes = new Map<Identifier, Promise<void>>();
  /** Lanes in hand in which more was said meanwhile. */
  const followed = new Set<Identifier>();
  const claiming = new Set<Promise<void>>();
  const settled: { id: Identifier; delivery: 'delivered' | 'waiting' | 'failed' }[] = [];
  let settling: Promise<void> | null = null;

  /**
   * What comes after something undelivered is never sent from memory: another process may have said something between.
   * It is claimed with its whole lane, as soon as that is free.
   */
  function deliver(lane: Lane, messages: readonly PlacedMessage[], behind: boolean): void {
    if (!behind) enqueue({ lane, messages, attempts: 0, heldSince: now() });
    else if (lanes.has(lane.conversationId)) followed.add(lane.conversationId);
    else claimSoon(lane.channel);
  }

  function enqueue(batch: Batch): void {
    const { conversationId, channel } = batch.lane;
    const next = (lanes.get(conversationId) ?? Promise.resolve())
      .then(() => serve(batch))
      .catch((error: unknown) => failed('delivery-failed', { conversationId, channel }, error))
      .finally(() => {
        if (lanes.get(conversationId) !== next) return;
        lanes.delete(conversationId);
        if (followed.delete(conversationId)) claimSoon(channel);
      });
    lanes.set(conversationId, next);
  }

  async function serve({ lane, messages, attempts, heldSince }: Batch): Promise<void> {
    const send = needs.channels[lane.channel];
    if (send === undefined) return await outbox.postpone(idsOf(messages), 0);
    let rest = messages;
    let since = heldSince;
    for (let tries = attempts; rest.length > 0; tries = 0) {
      if (now() - since > TRUSTED_MILLISECONDS) {
        since = now();
        const held = new Set(await outbox.renew(holder, idsOf(rest), HOLD_MILLISECONDS));
        rest = rest.filter((it) => held.has(it.id));
        if (rest.length === 0) return;
      }
      const handed = rest.slice(0, SENT_TOGETHER_MAX);
      const results = (await sendInTime(send, lane, handed, since)).slice(0, handed.length);
      const again = results.find((it) => it.kind === 'again' || it.kind === 'later');
      const done = again === undefined ? results.length : results.indexOf(again);
      for (const [index, result] of results.slice(0, done).entries()) settle(lane, handed[index] as PlacedMessage, result);
      await settledAll();
      rest = rest.slice(done);
      if (again?.kind === 'later') return await outbox.postpone(idsOf(rest), again.afterMilliseconds, 'tries-forgotten');
      if (done < handed.length && results[done - 1]?.kind !== 'failed')
        return await putOff(lane, rest, done > 0 ? 0 : tries, again?.afterMilliseconds ?? 0);
    }
  }

  async function putOff(lane: Lane, messages: readonly PlacedMessage[], attempts: number, afterMilliseconds: number): Promise<void> {
    const [first, ...others] = messages;
    if (first === undefined || attempts + 1 < ATTEMPTS_MAX)
      return await outbox.postpone(idsOf(messages), Math.max(afterMilliseconds, backoff(attempts)));
    needs.observe(lane.channel, 'given-up');
    log('delivery-given-up', { conversationId: lane.conversationId, messageId: first.id, attempts: attempts + 1 });
    settled.push({ id: first.id, delivery: 'failed' });
    await settledAll();
    if (others.length > 0) await outbox.postpone(idsOf(others), 0);
  }

  /** While a send takes long, the messages are kept ours: nobody else sends them meanwhile. */
  async function sendInTime(send: Send, lane: Lane, messages: readonly PlacedMessage[], heldSince: number): Promise<readonly SendResult[]> {
    const keeping = setTimeout(
      () =>
        void outbox.renew(holder, idsOf(messages), HOLD_MILLISECONDS).catch((error: unknown) => failed('hold-not-renewed', lane, error)),
      Math.max(0, heldSince + TRUSTED_MILLISECONDS - now()),
    );
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<readonly SendResult[]>((resolve) => {
      timer = setTimeout(() => resolve([]), SEND_TIMEOUT_MILLISECONDS);
    });
    try {
      return await Promise.race([send(lane, messages), late]);
    } catch (error) {
      failed('send-failed', lane, error);
      return [];
    } finally {
      clearTimeout(timer);
      clearTimeout(keeping);
    }
  }

  function settle({ conversationId, channel }: Lane, { id }: PlacedMessage, result: SendResult): void {
    needs.observe(channel, result.kind);
    if (result.kind === 'again' || result.kind === 'later') return;
    if (result.kind === 'failed') log('delivery-refused', { conversationId, channel, messageId: id });
    settled.push({ id, delivery: result.kind });
  }

  /** Marks whatever is sent by now, all lanes together. What could not be marked is marked with the next, or by the sweep. */
  async function settledAll(): Promise<void> {
    while (settling !== null) await settling.catch(() => undefined);
    if (settled.length === 0) return;
    const batch = settled.splice(0);
    settling = outbox
      .settle(batch)
      .catch((error: unknown) => {
        settled.unshift(...batch);
        throw error;
      })
      .finally(() => {
        settling = null;
      });
    await settling;
  }

  /** A channel at a time: the due lanes of one that is down would leave no room for the others. */
  async function sweep(): Promise<number> {
    await settledAll();
    let lanesTaken = 0;
    for (const channel of Object.keys(needs.channels) as ChatChannel[]) lanesTaken += await claim(channel);
    return lanesTaken;
  }

  async function claim(channel: ChatChannel): Promise<number> {
    const before = new Set(lanes.keys());
    const claimed = await outbox.claim(holder, [channel], LANES_PER_SWEEP_MAX, HOLD_MILLISECONDS);
    for (const { lane, messages, attempts } of claimed) {
      // A lane in hand may have sent these between the claim and now.
      const inHand = before.has(lane.conversationId) || lanes.has(lane.conversationId);
      enqueue({ lane, messages, attempts, heldSince: inHand ? 0 : now() });
    }
    return claimed.length;
  }

  function claimSoon(channel: ChatChannel): void {
    if (needs.channels[channel] === undefined) return;
    const soon: Promise<void> = claim(channel)
      .then(() => undefined)
      .catch((error: unknown) => failed('delivery-put-off', { channel }, error))
      .finally(() => void claiming.delete(soon));
    claiming.add(soon);
  }

  function failed(event: string, where: { readonly conversationId?: Identifier; readonly channel: ChatChannel }, error: unknown): void {
    const { conversationId, channel } = where;
    const kind = error instanceof Error ? error.name : 'unknown';
    log(event, { channel, error: kind, ...(conversationId === undefined ? {} : { conversationId }) });
  }

  const idle = async (): Promise<void> => {
    while (lanes.size + claiming.size > 0) await Promise.all([...lanes.values(), ...claiming]);
  };

  return { deliver, sweep, idle };
}

function idsOf(messages: readonly PlacedMessage[]): readonly Identifier[] {
  return messages.map((it) => it.id);
}

function backoff(attempts: number): number {
  return Math.min(BACKOFF_FIRST_MILLISECONDS * 2 ** attempts, BACKOFF_MAX_MILLISECONDS);
}
