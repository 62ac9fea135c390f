/**
 * A customer's side of a Direct Line conversation: says a few lines, one after the other, and hears everything until the
 * desk has been quiet for a while. It neither knows nor decides what is said.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { type ChatActivity, connect, type DirectLineClient } from '../support/direct-line-client.ts';
import { type Line, SILENCE, type Turn, turnOf } from './story.ts';

export type Chat = {
  readonly conversationId: string;
  /** What the desk said by itself when the chat was opened. */
  readonly greeting: Turn;
  readonly say: (lines: readonly Line[]) => Promise<Turn>;
  /** Waits for something the desk says by itself; silence when nothing fits in time. */
  readonly hear: (fits: (turn: Turn) => boolean, milliseconds: number) => Promise<Turn>;
  /** Leaves the page and opens it again after a while. Resolves to what was said meanwhile. */
  readonly leave: (milliseconds: number) => Promise<Turn>;
  readonly close: () => void;
};

const POLL_MILLISECONDS = 15;
/** A desk that is owned by a person says nothing. */
const SILENT_MILLISECONDS = 8_000;
/** Bubbles of one turn come together; this and twice the time the first took is quiet enough. */
const QUIET_MILLISECONDS = 150;
const BURST_QUIET_MILLISECONDS = 500;
const BURST_GAP_MILLISECONDS = 120;
const PATIENCE_MILLISECONDS = 20_000;

export async function openChat(url: string): Promise<Chat> {
  const client = await connect(url, { patienceMilliseconds: PATIENCE_MILLISECONDS });
  let heard = 0;
  const fresh = (): readonly ChatActivity[] => fromDesk(client).slice(heard);
  const take = (): Turn => {
    const activities = fresh();
    heard += activities.length;
    return activities.length === 0 ? SILENCE : turnOf(activities);
  };
  const listen = async (quietMilliseconds: number): Promise<Turn> => {
    const began = Date.now();
    while (fresh().length === 0) {
      if (Date.now() - began > SILENT_MILLISECONDS) return SILENCE;
      await pause(POLL_MILLISECONDS);
    }
    const quiet = quietMilliseconds + 2 * (Date.now() - began);
    for (let count = fresh().length, since = Date.now(); Date.now() - since < quiet; await pause(POLL_MILLISECONDS)) {
      if (fresh().length === count) continue;
      count = fresh().length;
      since = Date.now();
    }
    return take();
  };

  return {
    conversationId: client.conversationId,
    greeting: await listen(QUIET_MILLISECONDS),
    async say(lines) {
      for (const [index, { text }] of lines.entries()) {
        if (index > 0) await pause(BURST_GAP_MILLISECONDS);
        await client.say(text);
      }
      return await listen(lines.length > 1 ? BURST_QUIET_MILLISECONDS : QUIET_MILLISECONDS);
    },
    async hear(fits, milliseconds) {
      const deadline = Date.now() + milliseconds;
      while (Date.now() < deadline) {
        const activities = fresh();
        if (activities.length > 0 && fits(turnOf(activities))) return await listen(QUIET_MILLISECONDS);
        await pause(POLL_MILLISECONDS);
      }
      return SILENCE;
    },
    async leave(milliseconds) {
      client.drop(true);
      await pause(milliseconds);
      await client.comeBack();
      return fresh().length > 0 ? await listen(QUIET_MILLISECONDS) : SILENCE;
    },
    close: () => client.close(),
  };
}

function fromDesk(client: DirectLineClient): readonly ChatActivity[] {
  return client.messages.filter((it) => it.from.role !== 'user');
}
