/** What only one person in a thread sees: a question about what they wrote, and what became of it when it went nowhere. */
import type { Handoff } from '../../desk/handoff.ts';
import type { ThreadReply } from '../../desk/staff-chat.ts';
import type { Identifier } from '../../domain/identifier.ts';
import { SECOND } from '../../domain/instant.ts';
import { button, buttons, type KnownBlock, section } from './blocks.ts';
import { refusalOf } from './faults.ts';
import type { StaffSide } from './needs.ts';
import { escapeSlack } from './slack-text.ts';

export const REPLY_ACTIONS = {
  take: 'reply:claim-and-send',
  keep: 'reply:keep',
  correct: 'reply:correct',
  noCorrection: 'reply:no-correction',
  again: 'reply:again',
} as const;

export type Where = { readonly lane: string; readonly threadTs: string; readonly userId: string };

/** A question nobody knows the fate of, or that cannot be put now, is put again. */
const AGAIN_MILLISECONDS = 10 * SECOND;

/** Words to one person. All but the question are best effort and on their own time: what they are about is kept whether they arrive or not. */
export type TellPrivately = {
  readonly say: (where: Where, text: string, blocks?: readonly KnownBlock[]) => void;
  readonly unknownWriter: (where: Where) => void;
  /** What somebody wrote was not theirs to send, or nobody's yet. 0, or after how many milliseconds to ask again. */
  readonly asks: (reply: ThreadReply, handoff: Handoff) => Promise<number>;
  readonly offersCorrection: (reply: ThreadReply, correctionId: Identifier) => void;
  readonly isSaidAlready: (reply: ThreadReply) => void;
  readonly wasRefused: (reply: ThreadReply, why: string) => void;
};

export function whereOf({ lane, threadTs, externalId }: ThreadReply): Where {
  return { lane, threadTs, userId: externalId };
}

/** Telling by ephemeral messages. */
export function createTellPrivately({ call, word, log }: Pick<StaffSide, 'call' | 'word' | 'log'>): TellPrivately {
  /** 0, or after how long to say it again; who can not be told is told no more. */
  const saysIt = async ({ lane, threadTs, userId }: Where, text: string, blocks: readonly KnownBlock[]): Promise<number> => {
    const shown = blocks.length === 0 ? {} : { blocks: [section(text), ...blocks] };
    const called = await call('chat.postEphemeral', { channel: lane, user: userId, thread_ts: threadTs, text, ...shown });
    if (called.kind === 'ok') return 0;
    log('staff-not-told', { why: called.kind === 'refused' ? called.error : called.kind });
    if (called.kind === 'busy') return called.afterMilliseconds;
    return called.kind === 'refused' && refusalOf(called.error) === 'message' ? 0 : AGAIN_MILLISECONDS;
  };
  // Slack waits for our answer to what this is about: it is not kept waiting for this.
  const say: TellPrivately['say'] = (where, text, blocks = []) => {
    void saysIt(where, text, blocks);
  };
  return {
    say,
    unknownWriter: (where) => say(where, word('thread.unknown')),

    asks: (reply, handoff) => {
      const owner = escapeSlack(handoff.owner?.name ?? '');
      const keep = button({ label: word('thread.keep'), actionId: REPLY_ACTIONS.keep, value: reply.id });
      const take = button({ label: word('thread.take'), actionId: REPLY_ACTIONS.take, value: reply.id, style: 'primary' });
      const offered = handoff.status === 'queued' ? [take, keep] : [keep];
      const text = handoff.status === 'claimed' ? word('thread.asks.claimed', { owner }) : word(`thread.asks.${handoff.status}`);
      return saysIt(whereOf(reply), text, buttons(offered));
    },

    offersCorrection: (reply, correctionId) => {
      const value = `${reply.id} ${correctionId}`;
      const offered = [
        button({ label: word('thread.correct.yes'), actionId: REPLY_ACTIONS.correct, value, style: 'primary' }),
        button({ label: word('thread.correct.no'), actionId: REPLY_ACTIONS.noCorrection, value }),
      ];
      say(whereOf(reply), word('thread.correct'), buttons(offered));
    },

    isSaidAlready: (reply) => say(whereOf(reply), word('thread.removed')),
    wasRefused: (reply, why) => say(whereOf(reply), word('thread.refused', { why })),
  };
}
