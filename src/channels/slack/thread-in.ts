/**
 * What is written in the thread of a handoff. It is for us alone unless it is meant for the customer: only who claimed the
 * handoff is relayed, a prefix keeps a note internal, and anybody else is asked in private. It is kept before Slack is answered.
 */
import type { Handoff } from '../../desk/handoff.ts';
import type { ThreadFile, ThreadReplies, ThreadReply, ThreadReplyStatus } from '../../desk/staff-chat.ts';
import type { StaffMember } from '../../desk/staff-member.ts';
import type { Identifier } from '../../domain/identifier.ts';
import { type Instant, instantOf, SECOND } from '../../domain/instant.ts';
import type { StaffSide } from './needs.ts';
import type { TellPrivately } from './thread-private.ts';

/** A message of a person in a thread. `editTs` null: as it was first written. */
export type ThreadMessage = {
  readonly lane: string;
  readonly threadTs: string;
  readonly ts: string;
  readonly userId: string;
  readonly text: string;
  readonly files: readonly ThreadFile[];
  readonly editTs: string | null;
};

export type ThreadInNeeds = Pick<StaffSide, 'desk' | 'memberOf' | 'policy' | 'now' | 'makeIdentifier' | 'soon'> & {
  readonly replies: ThreadReplies;
  readonly handoffOfThread: (lane: string, ts: string) => Promise<Identifier | null>;
  readonly reader: StaffMember;
  readonly tell: TellPrivately;
};

export type ThreadIn = {
  readonly written: (message: ThreadMessage) => Promise<void>;
  /** Somebody changed what they wrote. */
  readonly edited: (message: ThreadMessage) => Promise<void>;
  readonly removed: (lane: string, ts: string) => Promise<void>;
};

/** Both colons; what follows is for colleagues. */
const NOTE = /^\s*(?:note|备注)\s*[:\uff1a]\s*/iu;

/** What a note says, without its prefix; null: it is none. */
export function noteIn(text: string): string | null {
  return NOTE.test(text) ? text.replace(NOTE, '').trim() : null;
}

/** Reading threads. */
export function createThreadIn(needs: ThreadInNeeds): ThreadIn {
  const { replies, desk, now, tell } = needs;
  const holdUntil = (at: Instant) => instantOf(at + needs.policy.slack.holdSeconds * SECOND);

  async function written(message: ThreadMessage): Promise<void> {
    const { lane, ts, userId, text, files } = message;
    const handoffId = await needs.handoffOfThread(lane, message.threadTs);
    if (handoffId === null || (text === '' && files.length === 0)) return;
    const member = await needs.memberOf(userId);
    const found = await desk.handoffs.read(needs.reader, handoffId);
    if (found.kind !== 'found') return;
    const at = now();
    const status = statusOf(message, member, found.handoff);
    const id = needs.makeIdentifier();
    const staffId = member?.id ?? null;
    const kept = await replies.keep({
      id,
      lane,
      ts,
      handoffId,
      externalId: userId,
      staffId,
      body: { text, files },
      status,
      // Nobody is kept waiting for a question.
      dueAt: status === 'asked' ? at : holdUntil(at),
      at,
    });
    const { reply } = kept;
    // A note is kept once by its id, so who comes again after a crash finishes what was begun.
    if (reply.status === 'internal' && member !== null) await noteDown(member, reply, text);
    if (!kept.isNew) return;
    if (member === null) tell.unknownWriter(message);
    needs.soon();
  }

  async function noteDown(member: StaffMember, reply: ThreadReply, text: string): Promise<void> {
    const note = noteIn(text);
    if (note === null || note === '') return;
    await desk.handoffs.note(member, reply.handoffId, { noteId: reply.id, text: note });
  }

  return {
    written,

    edited: async (message) => {
      const reply = await replies.read(message.lane, message.ts);
      // We may not have heard of the first version.
      if (reply === null) return await written(message);
      const isOld = message.editTs === null || (reply.editTs !== null && reply.editTs >= message.editTs);
      if (isOld || (message.text === reply.body.text && sameFiles(message.files, reply.body.files))) return;
      const body = { text: message.text, files: message.files };
      const change = { body, refusal: null, editTs: message.editTs, staffId: null } as const;
      // Nothing has been said yet: what it says now counts, and whether it is a note is seen anew.
      if (reply.status === 'held' || reply.status === 'asked') {
        const status: ThreadReplyStatus = noteIn(message.text) === null ? reply.status : 'internal';
        if (
          await replies.move(reply.id, [reply.status], {
            ...change,
            status,
            dueAt: status === 'asked' ? null : holdUntil(now()),
            untriedOnly: true,
          })
        ) {
          const member = await needs.memberOf(reply.externalId);
          if (status === 'internal' && member !== null) await noteDown(member, reply, message.text);
          return needs.soon();
        }
      }
      if (!(await replies.move(reply.id, ['said'], { ...change, status: 'said', dueAt: null, untriedOnly: false }))) return;
      tell.offersCorrection(reply, needs.makeIdentifier());
    },

    removed: async (lane, ts) => {
      const reply = await replies.read(lane, ts);
      if (reply === null) return;
      const gone = { status: 'withdrawn', body: null, dueAt: null, refusal: null, editTs: null, staffId: null } as const;
      if (await replies.move(reply.id, ['held', 'asked'], { ...gone, untriedOnly: true })) return;
      // Being said at this moment, or said.
      if (reply.status === 'said' || reply.status === 'held') tell.isSaidAlready(reply);
    },
  };
}

function statusOf({ text }: ThreadMessage, member: StaffMember | null, handoff: Handoff): ThreadReplyStatus {
  if (member === null || noteIn(text) !== null) return 'internal';
  return handoff.status === 'claimed' && handoff.owner?.id === member.id ? 'held' : 'asked';
}

function sameFiles(some: readonly ThreadFile[], others: readonly ThreadFile[]): boolean {
  return some.length === others.length && some.every((it, index) => it.id === others[index]?.id);
}
