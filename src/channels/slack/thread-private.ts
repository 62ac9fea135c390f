/** What only one person in a thread sees: a question about what they wrote, and what became of it when it went nowhere. */
import type { Handoff } from '../../desk/handoff.ts';
import type { ThreadReply } from '../../desk/staff-chat.ts';
import type { Identifier } from '../../domain/identifier.ts';
import { button, buttons, type KnownBlock, section } from './blocks.ts';
import type { StaffSide } from './needs.ts';
import { escapeSlack } from './slack-text.ts';

export const REPLY_ACTIONS = {
  take: 'reply:claim-and-send',
  keep: 'reply:keep',
  correct: 'reply:correct',
  noCorrection: 'reply:no-correction',
  again: 'reply:again',
} as const;

type Where = { readonly lane: string; readonly threadTs: string; readonly userId: string };

/** Words to one person, best effort and on their own time: what they are about is kept whether they arrive or not. */
export type TellPrivately = {
  readonly say: (where: Where, text: string, blocks?: readonly KnownBlock[]) => void;
  readonly unknownWriter: (where: Where) => void;
  /** What somebody wrote was not theirs to send, or nobody's yet. */
  readonly asks: (reply: ThreadReply, handoff: Handoff) => void;
  readonly offersCorrection: (reply: ThreadReply, correctionId: Identifier) => void;
  readonly isSaidAlready: (reply: ThreadReply) => void;
  readonly wasRefused: (reply: ThreadReply, why: string) => void;
};

export function whereOf({ lane, threadTs, externalId }: ThreadReply): Where {
  return { lane, threadTs, userId: externalId };
}

/** Telling by ephemeral messages. */
export function createTellPrivately({ call, word, log }: Pick<StaffSide, 'call' | 'word' | 'log'>): TellPrivately {
  // Slack waits for our answer to what this is about: it is not kept waiting for this.
  const say: TellPrivately['say'] = ({ lane, threadTs, userId }, text, blocks = []) => {
    const shown = blocks.length === 0 ? {} : { blocks: [section(text), ...blocks] };
    const args = { channel: lane, user: userId, thread_ts: threadTs, text, ...shown };
    void call('chat.postEphemeral', args).then((called) => {
      if (called.kind !== 'ok') log('staff-not-told', { why: called.kind === 'refused' ? called.error : called.kind });
    });
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
      say(whereOf(reply), text, buttons(offered));
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
