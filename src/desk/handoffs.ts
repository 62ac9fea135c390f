/**
 * Handoffs: a customer waits for a person, one person takes them, and gives them back to the queue or to the bot.
 * Every change locks the conversation first, so a bot turn in flight loses its revision and reads again.
 */
import type { Identifier, MakeIdentifier } from '../domain/identifier.ts';
import { type Instant, instantOf, MINUTE } from '../domain/instant.ts';
import type { Policy } from '../domain/policy.ts';
import type { CleanFile } from '../turn/clean-file.ts';
import type { PlacedMessage } from '../turn/message.ts';
import type { NewAttachment } from '../turn/ports.ts';
import type { SentFile } from '../turn/sent-files.ts';
import { type Change, changeBy } from './change.ts';
import {
  type Handoff,
  type HandoffRow,
  type HandoffStatus,
  type Held,
  heldBy,
  maskedHandoff,
  type NewNote,
  type NoSuchHandoff,
  type NotYours,
  type TextRefused,
} from './handoff.ts';
import { type ChatWord, nameTold, whoHelps } from './handoff-words.ts';
import type { KnownFacts } from './known-facts.ts';
import { type Part, type Slice, sliceOf } from './slice.ts';
import { type FilesRefused, readStaffFiles } from './staff-files.ts';
import { type Forbidden, refusal, type StaffMember, type StaffName } from './staff-member.ts';
import { readStaffText } from './staff-text.ts';
import { lineSaid, type TranscriptLine } from './transcript.ts';

type ClaimedAs<Shown> =
  | { readonly kind: 'claimed'; readonly handoff: Shown }
  | NoSuchHandoff
  | { readonly kind: 'claimed-by-another'; readonly owner: StaffName }
  | { readonly kind: 'already-resolved' };
export type Claimed = ClaimedAs<Handoff>;
type ClaimedRow = ClaimedAs<HandoffRow>;

/** Given to the queue again, or ended so that the bot talks on. `outcome` is kept unsealed, so the store masks what is known in it. */
export type PutDown =
  | { readonly to: 'queue' }
  | {
      readonly to: 'bot';
      readonly outcome: string;
      readonly note: NewNote | null;
      readonly eventId: Identifier;
      /** The customer is asked how it was from `dueAt` on; null when nothing was settled. */
      readonly survey: { readonly id: Identifier; readonly dueAt: Instant } | null;
    };

/** What the desk needs of stored handoffs. Each change is one transaction that also writes `change` to the audit. */
export type HandoffStore = {
  /** Oldest waiting first; at most `limit` after the cursor (`waitingSince`, id). */
  readonly list: (wanted: Part & { readonly status: HandoffStatus | null }) => Promise<readonly HandoffRow[]>;
  readonly read: (handoffId: Identifier) => Promise<HandoffRow | null>;
  /**
   * Queued becomes claimed, the conversation the staff's, its revision one more, and `word` stands in it: whatever they say
   * comes after. One's own again changes nothing.
   */
  readonly claim: (handoffId: Identifier, staff: StaffName, word: ChatWord, change: Change) => Promise<ClaimedRow>;
  /**
   * Claimed becomes queued or resolved, the conversation the queue's or the bot's, its revision one more. For the bot
   * the inbound event `released-to-bot` is in the log when this returns, unapplied, so no crash can lose it.
   */
  readonly putDown: (held: Held, where: PutDown) => Promise<{ readonly kind: 'put-down'; readonly handoff: HandoffRow } | NotYours>;
  /**
   * Appends a message of the staff to the conversation, pending and held by nobody, and keeps its files, or neither. Once
   * per message id. `conversation-full`: it would hold more than so many files.
   */
  readonly say: (
    held: Held,
    message: StaffMessage,
    filesPerConversationMax: number,
  ) => Promise<
    | { readonly kind: 'said'; readonly conversationId: Identifier; readonly message: PlacedMessage; readonly known: KnownFacts }
    | { readonly kind: 'conversation-full' }
    | NotYours
  >;
  /** Keeps an internal note, whatever the handoff's status. Once per note id. */
  readonly note: (
    handoffId: Identifier,
    note: NewNote,
    change: Change,
  ) => Promise<{ readonly kind: 'noted'; readonly handoff: HandoffRow } | NoSuchHandoff>;
};

/** `speaker` as in an outgoing body. */
type StaffMessage = {
  readonly id: Identifier;
  readonly speaker: string | null;
  readonly text: string;
  readonly files: readonly NewAttachment[];
};

export type HandoffNeeds = {
  readonly handoffs: HandoffStore;
  /** Sends what is undelivered in a conversation, now, after a commit; must not throw. */
  readonly deliverSoon: (conversationId: Identifier) => void;
  /** Turns what is unapplied in a conversation, now, after a commit; must not throw. */
  readonly turnSoon: (conversationId: Identifier) => void;
  /** What staff send is made as clean as what customers do. */
  readonly cleanFile: CleanFile;
  readonly policy: Policy;
  readonly timeZone: string;
  readonly now: () => Instant;
  readonly makeIdentifier: MakeIdentifier;
};

export type HandoffDesk = {
  readonly list: (
    member: StaffMember,
    wanted: Part & { readonly status: HandoffStatus | null },
  ) => Promise<{ readonly kind: 'listed'; readonly slice: Slice<Handoff> } | Forbidden>;
  readonly read: (
    member: StaffMember,
    handoffId: Identifier,
  ) => Promise<{ readonly kind: 'found'; readonly handoff: Handoff } | NoSuchHandoff | Forbidden>;
  /** The customer is told who helps them now. */
  readonly claim: (member: StaffMember, handoffId: Identifier) => Promise<Claimed | Forbidden>;
  readonly release: (
    member: StaffMember,
    handoffId: Identifier,
    to: 'bot' | 'queue',
  ) => Promise<{ readonly kind: 'put-down'; readonly handoff: Handoff } | NotYours | Forbidden>;
  readonly resolve: (
    member: StaffMember,
    handoffId: Identifier,
    how: { readonly outcome: string; readonly note: string | null },
  ) => Promise<{ readonly kind: 'put-down'; readonly handoff: Handoff } | NotYours | TextRefused | Forbidden>;
  /** `messageId` makes a repeated request harmless: the same id is said once. The text may be empty when there are files. */
  readonly reply: (
    member: StaffMember,
    handoffId: Identifier,
    said: { readonly messageId: Identifier; readonly text: string; readonly files: readonly SentFile[] },
  ) => Promise<{ readonly kind: 'said'; readonly line: TranscriptLine } | NotYours | TextRefused | FilesRefused | Forbidden>;
  readonly note: (
    member: StaffMember,
    handoffId: Identifier,
    noted: { readonly noteId: Identifier; readonly text: string },
  ) => Promise<{ readonly kind: 'noted'; readonly handoff: Handoff } | NoSuchHandoff | TextRefused | Forbidden>;
};

/** The actions on handoffs, for the API, the console and Slack alike. */
export function handoffDesk(needs: HandoffNeeds): HandoffDesk {
  const { handoffs, now, makeIdentifier } = needs;
  const change = (member: StaffMember, action: string, handoffId: Identifier, details: Change['details'] = {}) =>
    changeBy(member, now(), `handoff.${action}`, `handoff:${handoffId}`, details);
  const held = (member: StaffMember, action: string, handoffId: Identifier, details: Change['details'] = {}): Held =>
    heldBy(member, handoffId, change(member, action, handoffId, details));

  const shown = (row: HandoffRow) => maskedHandoff(row, now());

  const putDown = async (hold: Held, where: PutDown) => {
    const done = await handoffs.putDown(hold, where);
    if (done.kind !== 'put-down') return done;
    if (where.to === 'bot') needs.turnSoon(done.handoff.conversationId);
    return { ...done, handoff: shown(done.handoff) };
  };

  return {
    list: async (member, wanted) => {
      const no = refusal(member, 'desk.read');
      if (no) return no;
      const rows = await handoffs.list({ ...wanted, limit: wanted.limit + 1 });
      return { kind: 'listed', slice: sliceOf(rows, wanted.limit, (row) => ({ at: row.waitingSince, id: row.id }), shown) };
    },

    read: async (member, handoffId) => {
      const no = refusal(member, 'desk.read');
      if (no) return no;
      const row = await handoffs.read(handoffId);
      return row === null ? { kind: 'no-such-handoff' } : { kind: 'found', handoff: shown(row) };
    },

    claim: async (member, handoffId) => {
      const no = refusal(member, 'desk.act');
      if (no) return no;
      const word = whoHelps('handoff.claimed', member, needs);
      const done = await handoffs.claim(handoffId, member, word, change(member, 'claim', handoffId));
      if (done.kind !== 'claimed') return done;
      needs.deliverSoon(done.handoff.conversationId);
      return { kind: 'claimed', handoff: shown(done.handoff) };
    },

    release: async (member, handoffId, to) => {
      const no = refusal(member, 'desk.act');
      if (no) return no;
      return putDown(
        held(member, 'release', handoffId, { to }),
        to === 'queue' ? { to } : { to, outcome: 'released', note: null, eventId: makeIdentifier(), survey: null },
      );
    },

    resolve: async (member, handoffId, how) => {
      const no = refusal(member, 'desk.act');
      if (no) return no;
      const text = how.note === null ? null : readStaffText(how.note);
      const outcome = readStaffText(how.outcome);
      if (outcome === null || (how.note !== null && text === null)) return { kind: 'text-refused' };
      const note = text === null ? null : { id: makeIdentifier(), staffId: member.id, text };
      const survey = { id: makeIdentifier(), dueAt: instantOf(now() + needs.policy.survey.delayMinutes * MINUTE) };
      return putDown(held(member, 'resolve', handoffId), { to: 'bot', outcome, note, eventId: makeIdentifier(), survey });
    },

    reply: async (member, handoffId, said) => {
      const no = refusal(member, 'desk.act');
      if (no) return no;
      const text = said.files.length > 0 && said.text.trim() === '' ? '' : readStaffText(said.text);
      if (text === null) return { kind: 'text-refused' };
      const { limits } = needs.policy;
      const files = await readStaffFiles(said.files, { ...needs, limits });
      if (files.kind !== 'good') return files;
      const message = { id: said.messageId, speaker: nameTold(member), text, files: files.attachments };
      const hold = held(member, 'reply', handoffId, { message: said.messageId });
      const done = await handoffs.say(hold, message, limits.filesPerConversation);
      if (done.kind === 'conversation-full') return { ...done, filesMax: limits.filesPerConversation };
      if (done.kind !== 'said') return done;
      needs.deliverSoon(done.conversationId);
      return { kind: 'said', line: lineSaid(done.message, done.known) };
    },

    note: async (member, handoffId, noted) => {
      const no = refusal(member, 'desk.act');
      if (no) return no;
      const text = readStaffText(noted.text);
      if (text === null) return { kind: 'text-refused' };
      const done = await handoffs.note(
        handoffId,
        { id: noted.noteId, staffId: member.id, text },
        change(member, 'note', handoffId, { note: noted.noteId }),
      );
      return done.kind === 'noted' ? { kind: 'noted', handoff: shown(done.handoff) } : done;
    },
  };
}
