/**
 * What the staff's own chat needs stored. Terms: a *lane* is one channel there, posted to in order and at the platform's pace;
 * a *card* is a post that is kept up to date; a *thread reply* is what somebody wrote under the card of a handoff.
 */
import type { ComplaintCategory } from '../domain/complaint.ts';
import type { Identifier } from '../domain/identifier.ts';
import type { Instant } from '../domain/instant.ts';
import type { TicketKind } from '../domain/ticket.ts';
import type { Delivery } from '../turn/message.ts';
import type { PlainDetails } from '../turn/ports.ts';
import type { Change } from './change.ts';
import type { StaffMember } from './staff-member.ts';

export const STAFF_POST_KINDS = ['handoff', 'ticket', 'page', 'said', 'warning', 'digest'] as const;
export type StaffPostKind = (typeof STAFF_POST_KINDS)[number];

export type NewStaffPost = {
  readonly id: Identifier;
  readonly lane: string;
  readonly kind: StaffPostKind;
  /** The same matter is one post, however often it is found. */
  readonly onceKey: string;
  /** The card in whose thread it will stand. */
  readonly parentId: Identifier | null;
  readonly handoffId: Identifier | null;
  readonly messageId: Identifier | null;
  readonly ticketId: Identifier | null;
  readonly pageId: Identifier | null;
  /** Codes and numbers only. */
  readonly facts: PlainDetails;
};

export type StaffPost = Omit<NewStaffPost, 'ticketId'> & {
  /** The ticket's number. */
  readonly ticket: string | null;
  readonly createdAt: Instant;
  /** The platform's name of the parent's message; null when it has none. */
  readonly threadTs: string | null;
};

/** Posts that go out as one message: the first names it. All but those of one thread go alone. */
export type StaffBatch = {
  readonly id: Identifier;
  readonly posts: readonly StaffPost[];
  /** Tried before: it is these posts and no others. */
  readonly isBound: boolean;
  /** The last try may have arrived. */
  readonly isDoubtful: boolean;
  /** Why the platform will not have it; then something else stands in its place. Null: nothing is wrong with it. */
  readonly refusal: string | null;
  readonly tries: number;
};

/** A card as it stands in the chat. */
export type StaffCard = {
  readonly id: Identifier;
  readonly kind: Extract<StaffPostKind, 'handoff' | 'ticket' | 'page'>;
  readonly lane: string;
  readonly ts: string;
  readonly handoffId: Identifier | null;
  readonly ticket: string | null;
  readonly pageId: Identifier | null;
  readonly facts: PlainDetails;
  /** Hash of what it shows; null: it has to be shown anew. */
  readonly shown: string | null;
};

export type StaffPosts = {
  /** Keeps posts, once a key. */
  readonly put: (posts: readonly NewStaffPost[], at: Instant) => Promise<void>;
  /** Cards of tickets that were over and are not any more, posted since, may change again. */
  readonly revive: (since: Instant) => Promise<void>;
  /** A card for every open handoff that has none. How many. */
  readonly putHandoffs: (lane: string, at: Instant, max: number) => Promise<number>;
  /** A post for every message of the chat that the thread of an open handoff does not have yet, its own replies left out. How many. */
  readonly putSaid: (at: Instant, max: number) => Promise<number>;
  /** Takes lanes with something to post or a card that lives, for a while; those of others are left alone. */
  readonly takeLanes: (wanted: {
    readonly holder: Identifier;
    readonly now: Instant;
    readonly holdMilliseconds: number;
    readonly max: number;
  }) => Promise<readonly { readonly lane: string; readonly fault: string | null }[]>;
  /** Given back; nothing is posted there before `nextAt`. `fault` null: all is well. */
  readonly letLaneGo: (
    lane: string,
    holder: Identifier,
    left: { readonly nextAt: Instant | null; readonly fault: string | null },
    now: Instant,
  ) => Promise<void>;
  /** What is to be posted next; not bound yet, fewer of it may be: `bind` says which. Null when nothing is. */
  readonly nextBatch: (lane: string, postsMax: number) => Promise<StaffBatch | null>;
  readonly bind: (batchId: Identifier, ids: readonly Identifier[]) => Promise<void>;
  readonly posted: (batchId: Identifier, ts: string, shown: string | null, at: Instant) => Promise<void>;
  readonly failed: (batchId: Identifier, how: { readonly isDoubtful: boolean }) => Promise<void>;
  /** Each of its posts is a message of its own from now on. */
  readonly split: (batchId: Identifier) => Promise<void>;
  /** Something else is posted in its place: the platform will not have it. */
  readonly replace: (batchId: Identifier, refusal: string) => Promise<void>;
  /** Never posted: refused with the platform's code, or nobody need hear it any more. */
  readonly giveUp: (batchId: Identifier, refusal: string | null) => Promise<void>;
  /** Cards of a lane that may change. */
  readonly cards: (lane: string, max: number) => Promise<readonly StaffCard[]>;
  readonly shown: (cardId: Identifier, shown: string | null, isFinal: boolean) => Promise<void>;
  /** The handoff whose card a thread hangs under; null for any other thread. Throws while it cannot be known: a card is under way. */
  readonly handoffOfThread: (lane: string, ts: string) => Promise<Identifier | null>;
  /** Cards of handoffs that are not over, and of those over for less than a day: whose threads may have had something we missed. */
  readonly threads: (now: Instant, max: number) => Promise<readonly { readonly lane: string; readonly ts: string }[]>;
  readonly isPut: (onceKey: string) => Promise<boolean>;
  readonly isPosted: (onceKey: string) => Promise<boolean>;
  /** The card of a handoff; null while there is none. */
  readonly cardOf: (handoffId: Identifier) => Promise<Identifier | null>;
  readonly cardOfPage: (pageId: Identifier) => Promise<Identifier | null>;
  readonly faults: () => Promise<readonly { readonly lane: string; readonly fault: string; readonly since: Instant }[]>;
};

export const THREAD_REPLY_STATUSES = ['held', 'said', 'internal', 'asked', 'refused', 'withdrawn'] as const;
export type ThreadReplyStatus = (typeof THREAD_REPLY_STATUSES)[number];

/** A file as the platform names it: fetched when the reply is said. */
export type ThreadFile = { readonly id: string; readonly name: string; readonly url: string; readonly size: number };
export type ThreadReplyBody = { readonly text: string; readonly files: readonly ThreadFile[] };

export type ThreadReply = {
  /** Of the message to the customer too, so that it is said once. */
  readonly id: Identifier;
  readonly lane: string;
  readonly ts: string;
  /** Of the card it hangs under. */
  readonly threadTs: string;
  readonly handoffId: Identifier;
  readonly externalId: string;
  readonly staffId: Identifier | null;
  readonly body: ThreadReplyBody;
  readonly status: ThreadReplyStatus;
  readonly dueAt: Instant;
  readonly tries: number;
  readonly refusal: string | null;
  readonly mark: string | null;
  readonly editTs: string | null;
  readonly at: Instant;
};

export type ThreadReplies = {
  /** Once a lane and `ts`; what is there already is answered as it is, `isNew` false. */
  readonly keep: (
    reply: Omit<ThreadReply, 'tries' | 'refusal' | 'mark' | 'editTs' | 'threadTs'>,
  ) => Promise<{ readonly isNew: boolean; readonly reply: ThreadReply }>;
  readonly read: (lane: string, ts: string) => Promise<ThreadReply | null>;
  readonly byId: (id: Identifier) => Promise<ThreadReply | null>;
  /** The `ts` of what was written in a thread and may still be taken back. */
  readonly unsaid: (lane: string, threadTs: string) => Promise<readonly string[]>;
  /**
   * From one of the statuses to another, in one guarded write; false when it stands elsewhere by now. What is null stays.
   */
  readonly move: (
    id: Identifier,
    from: readonly ThreadReplyStatus[],
    to: {
      readonly status: ThreadReplyStatus;
      readonly body: ThreadReplyBody | null;
      readonly dueAt: Instant | null;
      readonly refusal: string | null;
      readonly editTs: string | null;
      /** Who answers for it now; null leaves who wrote it. */
      readonly staffId: Identifier | null;
      /** Not when somebody has begun to say it. */
      readonly untriedOnly: boolean;
    },
  ) => Promise<boolean>;
  /** Held replies whose hold is over, oldest first; nobody else gets them for a while. The try is counted. */
  readonly takeDue: (now: Instant, holdMilliseconds: number, max: number) => Promise<readonly ThreadReply[]>;
  /** What was taken to be said, or asked about, is due again then. */
  readonly again: (id: Identifier, at: Instant) => Promise<void>;
  /** Replies that their writer was not asked about yet, oldest first; nobody else gets them before `until`. */
  readonly takeUnasked: (now: Instant, until: Instant, max: number) => Promise<readonly ThreadReply[]>;
  /** Others whose mark does not say yet what became of them; `delivery` is of the message to the customer. */
  readonly unmarked: (max: number) => Promise<readonly { readonly reply: ThreadReply; readonly delivery: Delivery | null }[]>;
  readonly marked: (id: Identifier, mark: string) => Promise<void>;
};

export type StaffAccounts = {
  readonly find: (externalId: string) => Promise<{ readonly member: StaffMember | null; readonly lookedAt: Instant } | null>;
  readonly externalIdOf: (staffId: Identifier) => Promise<string | null>;
  /** Whom an e-mail belongs to is who they are; null when nobody has it. */
  readonly linkByEmail: (
    externalId: string,
    email: string | null,
    foundBy: 'settings' | 'email',
    at: Instant,
  ) => Promise<StaffMember | null>;
  /** As an administrator says; it is on record. Null, and nothing changed, when nobody of the staff has the e-mail. */
  readonly linkByCommand: (externalId: string, email: string, change: Change) => Promise<StaffMember | null>;
};

/** What happened that the staff's channels have not been told. */
export type FoundForStaff = {
  /** Tickets opened since, of these kinds, complaints of these classes, and urgent ones if wanted. */
  readonly newTickets: (wanted: {
    readonly since: Instant;
    readonly kinds: readonly TicketKind[];
    readonly complaintClasses: readonly ComplaintCategory[];
    readonly urgent: boolean;
    readonly max: number;
  }) => Promise<readonly { readonly id: Identifier; readonly number: string }[]>;
  /** Clocks that warn since, and are not late yet. */
  readonly warnings: (
    since: Instant,
    max: number,
  ) => Promise<
    readonly {
      readonly clockId: Identifier;
      readonly clock: string;
      readonly dueAt: Instant;
      readonly ticketId: Identifier | null;
      readonly handoffId: Identifier | null;
      /** The card it is about, where one was posted. */
      readonly card: { readonly id: Identifier; readonly lane: string } | null;
    }[]
  >;
};
