/** The private questions about what somebody wrote in a thread, answered: send it after all, keep it, correct it, try again. */
import type { App, BlockAction } from '@slack/bolt';
import type { StaffPosts, ThreadReplies, ThreadReply } from '../../desk/staff-chat.ts';
import type { StaffMember } from '../../desk/staff-member.ts';
import { parseIdentifier } from '../../domain/identifier.ts';
import { render } from '../../wording/render.ts';
import type { HandoffSide } from './handoff-actions.ts';
import { escapeSlack } from './slack-text.ts';
import { REPLY_ACTIONS, whereOf } from './thread-private.ts';

export type ReplySide = HandoffSide & {
  readonly replies: ThreadReplies;
  readonly posts: Pick<StaffPosts, 'put'>;
};

const UNCHANGED = { body: null, refusal: null, editTs: null, staffId: null, untriedOnly: false } as const;

/** Adds the answers. Each counts once, and only from who wrote the message; trying again is anybody's of the desk. */
export function registerReplies(app: App, side: ReplySide): void {
  const { desk, word, replies, now } = side;
  const on = (actionId: string, work: (reply: ThreadReply, member: StaffMember, rest: string) => Promise<string | null>) =>
    app.action({ action_id: actionId, type: 'block_actions' }, async ({ ack, body, action, respond }) => {
      const [id = '', rest = ''] = action.type === 'button' ? (action.value ?? '').split(' ') : [];
      const text = await answerOf(body, id, rest, work);
      await ack();
      if (text === null) return;
      // The question is put away with its answer, so that nobody presses it twice; Slack does not wait for it.
      const isPrivate = body.container?.['is_ephemeral'] === true;
      void respond({ replace_original: isPrivate, response_type: 'ephemeral', text }).catch(() => undefined);
    });

  async function answerOf(
    { user }: BlockAction,
    id: string,
    rest: string,
    work: (reply: ThreadReply, member: StaffMember, rest: string) => Promise<string | null>,
  ): Promise<string | null> {
    const replyId = parseIdentifier(id);
    const [reply, member] = await Promise.all([replyId === null ? null : replies.byId(replyId), side.memberOf(user.id)]);
    if (reply === null || member === null) return word(member === null ? 'deed.forbidden' : 'thread.over');
    const text = await work(reply, member, rest);
    side.soon();
    return text;
  }

  const isTheirs = (reply: ThreadReply, member: StaffMember) => reply.staffId === member.id;

  on(REPLY_ACTIONS.keep, async (reply, member) => {
    if (!isTheirs(reply, member)) return word('thread.over');
    const kept = await replies.move(reply.id, ['asked'], { ...UNCHANGED, status: 'internal', dueAt: null });
    return word(kept ? 'thread.kept' : 'thread.over');
  });

  on(REPLY_ACTIONS.take, async (reply, member) => {
    if (!isTheirs(reply, member) || reply.status !== 'asked') return word('thread.over');
    const claimed = await desk.handoffs.claim(member, reply.handoffId);
    if (claimed.kind === 'claimed-by-another') return word('claim.other', { owner: escapeSlack(claimed.owner.name) });
    if (claimed.kind !== 'claimed') return word(claimed.kind === 'forbidden' ? 'deed.forbidden' : 'claim.over');
    const held = await replies.move(reply.id, ['asked'], { ...UNCHANGED, status: 'held', dueAt: now() });
    return word(held ? 'thread.taken' : 'thread.over');
  });

  on(REPLY_ACTIONS.correct, async (reply, member, rest) => {
    const messageId = parseIdentifier(rest);
    if (!isTheirs(reply, member) || messageId === null) return word('thread.over');
    const text = correctionOf(reply.body.text, side.timeZone);
    const done = await desk.handoffs.reply(member, reply.handoffId, { messageId, text, files: [] });
    if (done.kind === 'said') return word('thread.correct.done');
    const isGone = done.kind === 'not-claimed' || done.kind === 'claimed-by-another' || done.kind === 'no-such-handoff';
    return word('thread.refused', { why: word(isGone ? `thread.why.${done.kind}` : 'thread.why.text-refused') });
  });

  on(REPLY_ACTIONS.noCorrection, async () => word('thread.kept'));

  on(REPLY_ACTIONS.again, async (reply, member) => {
    const done = await desk.handoffs.sendAgain(member, reply.id, reply.handoffId);
    if (done.kind === 'forbidden') return word('deed.forbidden');
    if (done.kind !== 'sending') return word('thread.again.over');
    await side.call('reactions.remove', { channel: reply.lane, timestamp: reply.ts, name: 'warning' });
    await replies.marked(reply.id, 'again');
    side.tell.say(whereOf({ ...reply, externalId: reply.externalId }), word('thread.again.done'));
    return null;
  });
}

/** In the language it is written in. */
function correctionOf(text: string, timeZone: string): string {
  const language = /\p{Script=Han}/u.test(text) ? 'zh-CN' : 'en';
  return render({ key: 'staff.correction', data: { text: { as: 'text', value: text } } }, { language, timeZone });
}
