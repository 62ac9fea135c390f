/**
 * Says to the customer what was written for them, once its hold is over, in the order it was written. The reply's id is that
 * of the message, so however often this is begun it is said once.
 */
import type { StaffPosts, ThreadReplies, ThreadReply } from '../../desk/staff-chat.ts';
import type { StaffMember } from '../../desk/staff-member.ts';
import { instantOf, SECOND } from '../../domain/instant.ts';
import type { SentFile } from '../../turn/sent-files.ts';
import type { FetchFiles } from './fetch-files.ts';
import type { StaffSide } from './needs.ts';
import { asItReads, type LateNeeds } from './thread-late.ts';
import type { TellPrivately } from './thread-private.ts';

export type ThreadOutNeeds = Pick<StaffSide, 'desk' | 'call' | 'memberOf' | 'word' | 'policy' | 'now' | 'makeIdentifier' | 'log'> & {
  readonly replies: ThreadReplies;
  readonly posts: Pick<StaffPosts, 'put'>;
  readonly fetchFiles: FetchFiles;
  readonly tell: TellPrivately;
};

const DUE_MAX = 20;
/** As long as a reply waits whose process died while saying it; saying it twice at a time does no harm. */
const HOLD_MILLISECONDS = 15 * SECOND;
/** One of each thread at a time. */
const TAKES_MAX = 50;
const TRIES_MAX = 6;
const MEGABYTE = 1_048_576;

/** One round: what is due is said. */
export function createSayDue(sideNeeds: ThreadOutNeeds): () => Promise<void> {
  const needs = { ...sideNeeds, listensSince: sideNeeds.now() };
  return async () => {
    for (let takes = 0; takes < TAKES_MAX; takes++) {
      const due = await needs.replies.takeDue(needs.now(), HOLD_MILLISECONDS, DUE_MAX);
      if (due.length === 0) return;
      await Promise.all(
        due.map((reply) =>
          sayOne(reply, needs).catch(async (error: unknown) => {
            needs.log('thread-reply-put-off', { error: error instanceof Error ? error.name : 'unknown' });
            await putOff(reply, needs);
          }),
        ),
      );
    }
  };
}

function putOff({ id, tries }: ThreadReply, { replies, now }: ThreadOutNeeds): Promise<void> {
  return replies.again(id, instantOf(now() + SECOND * 2 ** Math.min(tries, TRIES_MAX)));
}

async function sayOne(reply: ThreadReply, needs: ThreadOutNeeds & Pick<LateNeeds, 'listensSince'>): Promise<void> {
  const member = await memberOfReply(reply, needs);
  if (member === null) return await refuse(reply, 'forbidden', needs);
  const current = await asItReads(reply, member, needs);
  if (current !== null) await sayIt(current, member, needs);
}

async function sayIt(reply: ThreadReply, member: StaffMember, needs: ThreadOutNeeds): Promise<void> {
  const files = await needs.fetchFiles(reply.body.files);
  if (files.kind === 'later') return await laterOrNever(reply, needs);
  if (files.kind === 'lost') return await refuse(reply, 'file-lost', needs);
  await say(reply, member, files.files, needs);
}

/** What keeps its files from us may pass; not for ever. */
function laterOrNever(reply: ThreadReply, needs: ThreadOutNeeds): Promise<void> {
  return reply.tries < TRIES_MAX ? putOff(reply, needs) : refuse(reply, 'file-lost', needs);
}

async function say(reply: ThreadReply, member: StaffMember, files: readonly SentFile[], needs: ThreadOutNeeds): Promise<void> {
  const done = await needs.desk.handoffs.reply(member, reply.handoffId, { messageId: reply.id, text: reply.body.text, files });
  if (done.kind === 'files-busy') return await laterOrNever(reply, needs);
  if (done.kind !== 'said') return await refuse(reply, done.kind, needs);
  const said = { status: 'said', body: null, dueAt: null, refusal: null, editTs: null, staffId: null, untriedOnly: false } as const;
  await needs.replies.move(reply.id, ['held'], said);
}

/** Who answers for it: its writer, as they are on the staff now. */
async function memberOfReply(reply: ThreadReply, { memberOf }: ThreadOutNeeds): Promise<StaffMember | null> {
  const member = await memberOf(reply.externalId);
  return member !== null && member.id === reply.staffId ? member : null;
}

async function refuse(reply: ThreadReply, code: RefusalCode, needs: ThreadOutNeeds): Promise<void> {
  const refused = { status: 'refused', body: null, dueAt: null, refusal: code, editTs: null, staffId: null, untriedOnly: false } as const;
  if (await needs.replies.move(reply.id, ['held'], refused)) needs.tell.wasRefused(reply, whyNot(code, needs));
}

type RefusalCode =
  | 'not-claimed'
  | 'claimed-by-another'
  | 'no-such-handoff'
  | 'forbidden'
  | 'text-refused'
  | 'too-many-files'
  | 'file-too-large'
  | 'wrong-file-kind'
  | 'conversation-full'
  | 'file-lost';

function whyNot(code: RefusalCode, { word, policy: { limits } }: Pick<ThreadOutNeeds, 'word' | 'policy'>): string {
  switch (code) {
    case 'too-many-files':
      return word('thread.why.too-many-files', { max: limits.filesPerMessage });
    case 'file-too-large':
      return word('thread.why.file-too-large', { max: Math.floor(limits.uploadBytes / MEGABYTE) });
    case 'conversation-full':
      return word('thread.why.conversation-full', { max: limits.filesPerConversation });
    default:
      return word(`thread.why.${code}`);
  }
}
