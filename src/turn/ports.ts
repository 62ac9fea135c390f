/**
 * What the turn needs from outside, as functions somebody else implements. The store implements everything here
 * except `Send`, which each channel does.
 */
import type { TicketRelation } from '../../flows/effect.ts';
import type { Appliance, Fault, ProductClass } from '../domain/appliance.ts';
import type { ComplaintCategory, ComplaintForm, ComplaintType, ComplaintWish, Gravity } from '../domain/complaint.ts';
import type { FullAddress, PhoneNumber, Serial } from '../domain/contact.ts';
import type { EngineerCalendar } from '../domain/engineer.ts';
import type { EnquiryAnswer } from '../domain/enquiry.ts';
import type { Identifier } from '../domain/identifier.ts';
import type { Instant, LocalDay } from '../domain/instant.ts';
import type { KnownTicket } from '../domain/known-ticket.ts';
import type { SurveyAnswers, SurveySubject } from '../domain/survey.ts';
import type { PriceList, PriorRepair, ProductOnRecord, WarrantyTerms } from '../domain/terms.ts';
import type { Channel, ChatChannel, Priority, TicketKind, TicketStatus } from '../domain/ticket.ts';
import type { VisitWindow } from '../domain/visit-window.ts';
import type { Inbound, Lane, OutgoingMessage, PlacedMessage } from './message.ts';

// ---- accept -------------------------------------------------------------------------------------------------------

/** Makes the account and conversation of a channel user, or finds them; idempotent by `conversationId`. */
export type OpenConversation = (wanted: {
  readonly conversationId: Identifier;
  readonly channel: ChatChannel;
  readonly externalId: string;
  readonly at: Instant;
}) => Promise<{ readonly conversationId: Identifier; readonly accountId: Identifier; readonly created: boolean }>;

export type Accepted =
  | { readonly kind: 'accepted'; readonly id: Identifier; readonly seq: number }
  /** The same channel message was accepted before; `id` and `seq` are the earlier row's. */
  | { readonly kind: 'redelivered'; readonly id: Identifier; readonly seq: number }
  | { readonly kind: 'no-such-conversation' };

/** Makes messages durable, unapplied, in one statement. Only when it has returned may a channel acknowledge. */
export type Accept = (inbounds: readonly Inbound[]) => Promise<readonly Accepted[]>;

/** A picture or file as it is kept: its type is what its bytes say, its name is harmless, and it is clean (`clean-file.ts`). */
export type NewAttachment = {
  readonly id: Identifier;
  readonly name: string;
  readonly contentType: string;
  readonly bytes: Uint8Array;
  readonly thumbnail: Uint8Array | null;
};

/**
 * Makes a message and its attachments durable in one transaction, or neither. `full`: the conversation would hold more
 * than `perConversationMax` of them. A redelivery is answered as by `Accept` and keeps nothing twice.
 */
export type AcceptWithAttachments = (
  inbound: Inbound,
  attachments: readonly NewAttachment[],
  perConversationMax: number,
) => Promise<Accepted | { readonly kind: 'full' }>;

// ---- turn ---------------------------------------------------------------------------------------------------------

export type Owner = 'bot' | 'queue' | 'human';

/** A conversation as a turn finds it. `state` is what the last turn wrote, unread: the turn validates it. */
export type ConversationAtRevision = {
  readonly conversationId: Identifier;
  readonly accountId: Identifier;
  readonly customerId: Identifier;
  readonly channel: ChatChannel;
  readonly externalId: string;
  readonly owner: Owner;
  readonly revision: number;
  readonly state: unknown;
  /** Unapplied messages in the order they arrived (at most 20). */
  readonly unapplied: readonly (Inbound & { readonly seq: number })[];
};

/** At most one read: what taking its message in has found is not read again. Null when there is no such conversation. */
export type ReadConversation = (conversationId: Identifier) => Promise<ConversationAtRevision | null>;

/** At most one a turn, so that the loser of a window writes nothing. `travelEndsAt` is the window's end plus the buffer. */
export type Reservation = {
  readonly appointmentId: Identifier;
  readonly engineerId: Identifier;
  readonly window: VisitWindow;
  readonly travelEndsAt: Instant;
} & (
  | { readonly kind: 'book'; readonly ticketIds: readonly Identifier[]; readonly confirmedAt: Instant }
  /** Kept for this customer until `heldUntil`, then free again. */
  | { readonly kind: 'hold'; readonly heldUntil: Instant }
  /** Turns the hold of the same appointment id into a booking; taken when the hold is gone. */
  | { readonly kind: 'confirm-hold'; readonly ticketIds: readonly Identifier[]; readonly confirmedAt: Instant }
);

export type NewTicket = {
  readonly id: Identifier;
  readonly number: string;
  readonly kind: TicketKind;
  readonly status: TicketStatus;
  readonly priority: Priority;
  readonly channel: Channel;
  readonly appliance: Appliance | null;
  readonly faultCodes: readonly Fault[];
  readonly details: TicketDetails;
  readonly serial: Serial | null;
  readonly phone: PhoneNumber | null;
  readonly province: string | null;
  readonly city: string | null;
  readonly district: string | null;
  /** Points at `newAddress` of the same turn, when the address is complete. */
  readonly addressId: Identifier | null;
  readonly openedAt: Instant;
  readonly dueAt: Instant | null;
  /** The price list the customer was told from (S2-001). */
  readonly priceVersion: string | null;
};

/** As the customer said it; sealed in the store. */
export type TicketDetails = {
  readonly fault: string | null;
  readonly name: string | null;
  readonly model: string | null;
  readonly errorCode: string | null;
  readonly contact: { readonly who: string; readonly phone: string | null } | null;
  readonly note: string | null;
};

/** A ticket of this customer that a turn changes. */
export type TicketChange = {
  readonly ticketId: Identifier;
  readonly status: TicketStatus;
  readonly dueAt: Instant | null;
};

/** What a complaint ticket is besides a ticket; its `number` in `tickets` is `NUMBER_TO_COME`. */
export type NewComplaint = {
  readonly ticketId: Identifier;
  readonly form: ComplaintForm;
  readonly category: ComplaintCategory;
  readonly types: readonly ComplaintType[];
  readonly gravities: readonly Gravity[];
  readonly wish: ComplaintWish | null;
  readonly department: string;
  /** `YYYY-MM-DD` or `YYYY-MM`. */
  readonly purchasedOn: string | null;
  readonly aboutTicketId: Identifier | null;
  readonly answerBy: Instant;
  readonly resolveBy: Instant;
};

/**
 * What a complaint is about. Two are of one matter when they name the same ticket; else when they are of one class lately,
 * do not name two tickets or two appliances, and do not tell of quite different things.
 */
export type ComplaintMatter = {
  readonly form: ComplaintForm;
  readonly aboutTicketId: Identifier | null;
  readonly category: ComplaintCategory;
  readonly types: readonly ComplaintType[];
  readonly appliance: Appliance | null;
  readonly since: Instant;
};

/** The customer's own words on a complaint, the first and any that is joined to it; what they add to it, null leaves it. */
export type NewStatement = {
  readonly id: Identifier;
  readonly ticketId: Identifier;
  readonly at: Instant;
  readonly text: string;
  readonly gravities: readonly Gravity[];
  readonly wish: ComplaintWish | null;
  readonly priority: Priority | null;
};

/** What became of a survey in a turn. `put-off`: asked again from `dueAt`. */
export type SurveyChange = { readonly surveyId: Identifier } & (
  | { readonly kind: 'put-off'; readonly dueAt: Instant }
  | {
      readonly kind: 'answered';
      readonly at: Instant;
      readonly answers: SurveyAnswers;
      readonly recheckTicketId: Identifier | null;
      readonly done: boolean;
    }
);

/** Codes, numbers and instants only: nothing that identifies a customer. */
export type PlainDetails = Readonly<Record<string, string | number | boolean | null | readonly string[]>>;

export type NewTicketEvent = {
  readonly ticketId: Identifier;
  readonly at: Instant;
  readonly actor: string;
  readonly type: string;
  readonly details: PlainDetails;
};

export type NewPage = {
  readonly id: Identifier;
  readonly reason: string;
  readonly ticketId: Identifier | null;
  readonly raisedAt: Instant;
  /** The same matter is one page, however often it is found; null: each is its own. */
  readonly onceKey: string | null;
  /** Not sent before; null is at once. */
  readonly notBefore: Instant | null;
};

export type NewContactTask = {
  readonly id: Identifier;
  readonly ticketId: Identifier;
  /** Whose phone rings: the customer's, or that of the engineer named by id. */
  readonly whom: { readonly kind: 'customer' } | { readonly kind: 'engineer'; readonly engineerId: Identifier };
  readonly reason: string;
  /** What to tell them, as one sentence in their language; null when the reason says it all. */
  readonly notice: string | null;
  readonly dueAt: Instant;
  readonly onceKey: string | null;
};

/**
 * Why a message has to reach its customer: when the channel can't within the policy's time, the notifier or a person on
 * the phone does.
 */
export type MustReach = {
  readonly reason: 'confirmation' | 'change' | 'reminder' | 'price-notice' | 'answer' | 'survey';
  readonly ticketId: Identifier;
};

/** A message of the bot as a turn writes it; `mustReach` null when nobody need care whether it is ever read. */
export type SaidMessage = OutgoingMessage & { readonly mustReach: MustReach | null };

/**
 * What a turn does about two accounts becoming one customer's. Only while the question stands as it was read: else the
 * turn is `revision-lost`. `at` is when it was asked or answered.
 */
export type AccountLinkChange = {
  readonly linkId: Identifier;
  readonly at: Instant;
} /** This conversation's account has proved the ticket; `knownAccountId` will be asked. */ & (
  | { readonly kind: 'ask'; readonly ticketId: Identifier; readonly knownAccountId: Identifier }
  /** This conversation's account is the one that was asked. The other hears of it by the event `eventId`. */
  | { readonly kind: 'answer'; readonly isMine: boolean; readonly eventId: Identifier }
);

/** Everything one turn changes, written by one guarded statement or not at all. */
export type TurnWrite = {
  readonly conversationId: Identifier;
  /** The revision that was read; the write happens only if it still holds, and leaves `revision + 1`. */
  readonly revision: number;
  readonly customerId: Identifier;
  readonly owner: Owner;
  readonly state: unknown;
  /** A dialog waits for the customer. */
  readonly asking: boolean;
  readonly applied: readonly Identifier[];
  readonly reservation: Reservation | null;
  /**
   * A booked appointment given up in this write, before the reservation is tried; when it is no longer booked the turn is
   * `window-taken`. Its tickets are changed by `ticketChanges`.
   */
  readonly calledOff: Identifier | null;
  /** Held appointments of this conversation to be given back. */
  readonly releasedHolds: readonly Identifier[];
  readonly outgoing: readonly SaidMessage[];
  /** Personal facts learnt; null leaves what is on record. */
  readonly customer: { readonly name: string | null; readonly phone: PhoneNumber | null };
  readonly newAddress: (FullAddress & { readonly id: Identifier }) | null;
  readonly tickets: readonly NewTicket[];
  readonly ticketChanges: readonly TicketChange[];
  /** A ticket number and phone that did not belong together, told in this turn. */
  readonly wrongProof: { readonly number: string; readonly phone: PhoneNumber } | null;
  readonly ticketEvents: readonly NewTicketEvent[];
  readonly relations: readonly { readonly from: Identifier; readonly to: Identifier; readonly kind: 'same-visit' | TicketRelation }[];
  /**
   * Where a ticket's number is `NUMBER_TO_COME`: the counter it is the next of, and how it is written. At most one such
   * ticket a turn.
   */
  readonly counted: { readonly counter: string; readonly pattern: string } | null;
  readonly complaints: readonly NewComplaint[];
  readonly statements: readonly NewStatement[];
  readonly surveys: readonly SurveyChange[];
  readonly evidence: readonly { readonly attachmentId: Identifier; readonly ticketId: Identifier }[];
  readonly accountLink: AccountLinkChange | null;
  readonly handoff:
    | {
        readonly kind: 'open';
        readonly id: Identifier;
        readonly reason: string;
        readonly ticketId: Identifier | null;
        readonly summary: HandoffSummary;
        readonly waitingSince: Instant;
      }
    /** The customer no longer wants a person: the queued (never the claimed) handoff of this conversation ends. */
    | { readonly kind: 'withdraw'; readonly at: Instant }
    | null;
  readonly pages: readonly NewPage[];
  readonly contactTasks: readonly NewContactTask[];
  readonly waitingList: readonly {
    readonly id: Identifier;
    readonly ticketId: Identifier;
    readonly fromAt: Instant;
    readonly toAt: Instant;
    readonly at: Instant;
  }[];
};

/** What staff read first when they take over. */
export type HandoffSummary = {
  readonly flow: string | null;
  readonly asking: string | null;
  readonly known: Readonly<Record<string, string>>;
  /** Numbers of tickets that may be this customer's, by the phone they gave; shown to staff only. */
  readonly possibleTickets: readonly string[];
};

export type TurnOutcome =
  /** `behind`: an earlier message of this conversation is still undelivered, so the sweep, not this process, sends. */
  | { readonly kind: 'written'; readonly outgoing: readonly PlacedMessage[]; readonly behind: boolean }
  | { readonly kind: 'revision-lost' }
  | { readonly kind: 'window-taken' };

/** Writes turns of different conversations in one statement; outcomes in the order of `turns`. */
export type Transact = (turns: readonly TurnWrite[]) => Promise<readonly TurnOutcome[]>;

// ---- look-ups -----------------------------------------------------------------------------------------------------

export type ServiceAreaRow = { readonly province: string; readonly city: string; readonly district: string };

/** What is on record of a customer, told only to the account it belongs to. */
export type CustomerRecord = {
  readonly name: string | null;
  readonly phone: PhoneNumber | null;
  readonly address: (FullAddress & { readonly id: Identifier }) | null;
  readonly products: readonly ProductOnRecord[];
  readonly priorRepairs: readonly PriorRepair[];
};

/** A shop (网点). Opening hours are clock times of every day. */
export type ServicePoint = {
  readonly name: string;
  readonly city: string;
  readonly district: string;
  readonly address: string;
  readonly opens: string;
  readonly closes: string;
};

/** What may come of an account's wish to belong to a ticket's customer. */
export type LinkStanding =
  /** It does already, or has asked and waits, or was told no by that customer. */
  | { readonly kind: 'own' | 'asked' | 'refused' }
  /** Nobody chats as that customer, or they are not to be asked now: a person confirms it. */
  | { readonly kind: 'person'; readonly number: string }
  /** The account to be asked; when the last question about this ticket was asked that had no answer. */
  | { readonly kind: 'chat'; readonly knownAccountId: Identifier; readonly unansweredSince: Instant | null };

/** A question that was put to a customer about another account. */
export type AskedLink = {
  readonly linkId: Identifier;
  readonly knownAccountId: Identifier;
  readonly ticketId: Identifier;
  readonly number: string;
  /** Where the account that asks is. */
  readonly channel: ChatChannel;
  readonly askedAt: Instant;
  /** Not answered, not given up, and the ticket still the asked customer's. */
  readonly isOpen: boolean;
};

export type ComplaintAnswer = {
  readonly number: string;
  readonly department: string;
  readonly text: string;
  readonly answeredAt: Instant;
};

/** Reads that a step may ask for, each outside any transaction. */
export type Readings = {
  readonly serviceAreas: () => Promise<readonly ServiceAreaRow[]>;
  /** The answers to everyday questions, by key. */
  readonly enquiryAnswers: () => Promise<readonly EnquiryAnswer[]>;
  /** Engineers who have every one of the skills and serve the district, with what is taken between the instants. */
  readonly engineers: (wanted: {
    readonly productClasses: readonly ProductClass[];
    readonly city: string;
    readonly district: string;
    readonly from: Instant;
    readonly to: Instant;
  }) => Promise<readonly EngineerCalendar[]>;
  readonly customerRecord: (customerId: Identifier) => Promise<CustomerRecord>;
  readonly productBySerial: (serial: Serial) => Promise<ProductOnRecord | null>;
  /** Versions in force on a day. */
  readonly terms: (day: LocalDay) => Promise<{ readonly warranty: WarrantyTerms; readonly prices: PriceList }>;
  readonly servicePoints: (city: string) => Promise<readonly ServicePoint[]>;
  /** Handoffs nobody has claimed yet that have waited longer than this conversation's; all of them when it has none. */
  readonly queueAhead: (conversationId: Identifier) => Promise<number>;
  /** Minutes from asking to a person's claim, the median of the last handoffs; null when too few were claimed lately. */
  readonly recentWaitMinutes: () => Promise<number | null>;
  /** A customer's tickets, live ones first, then the newest; at most 5. */
  readonly ticketsOf: (customerId: Identifier) => Promise<readonly KnownTicket[]>;
  /** The ticket with this number when its phone is this one, else null: a wrong number and a wrong phone are one answer. */
  readonly ticketProvedBy: (number: string, phone: PhoneNumber) => Promise<KnownTicket | null>;
  readonly ticketById: (ticketId: Identifier) => Promise<KnownTicket | null>;
  /** The first ticket of a visit that is still booked. */
  readonly ticketOfVisit: (appointmentId: Identifier) => Promise<KnownTicket | null>;
  /** Wrong proofs since an instant: of this account, and of anybody with this number or this phone. */
  readonly wrongProofs: (
    tried: { readonly accountId: Identifier; readonly number: string; readonly phone: PhoneNumber },
    since: Instant,
  ) => Promise<{ readonly ofAccount: number; readonly ofNumber: number; readonly ofPhone: number }>;
  /** `since`: a no, or questions still open, count against another question from then on. */
  readonly linkStanding: (accountId: Identifier, ticketId: Identifier, since: Instant) => Promise<LinkStanding>;
  readonly askedLink: (linkId: Identifier) => Promise<AskedLink | null>;
  /** Numbers of live tickets opened with this phone, newest first, at most 3: for staff, never for the customer. */
  readonly possibleTickets: (phone: PhoneNumber) => Promise<readonly string[]>;
  /** The open complaint of the customer on a matter, how often it was said, and what was promised. */
  readonly openComplaint: (
    customerId: Identifier,
    matter: ComplaintMatter,
  ) => Promise<{
    readonly ticketId: Identifier;
    readonly number: string;
    readonly count: number;
    readonly priority: Priority;
    readonly department: string;
    readonly answerBy: Instant;
  } | null>;
  /** What staff answered a complaint last; null before they did. */
  readonly complaintAnswer: (ticketId: Identifier) => Promise<ComplaintAnswer | null>;
  /** How many complaints the customer has made since an instant. */
  readonly complaintsSince: (customerId: Identifier, since: Instant) => Promise<number>;
  /** What a survey is about, while it still may be answered. */
  readonly survey: (surveyId: Identifier) => Promise<SurveySubject | null>;
  /** Takes ticket numbers of the business day: `BX-YYYYMMDD-NNNN`, never twice, gaps allowed. */
  readonly ticketNumbers: (day: LocalDay, count: number) => Promise<readonly string[]>;
};

// ---- deliver ------------------------------------------------------------------------------------------------------

export type SendResult =
  | { readonly kind: 'delivered' }
  /** The channel keeps it until the customer comes back. */
  | { readonly kind: 'waiting' }
  | { readonly kind: 'again'; readonly afterMilliseconds: number }
  /** The channel itself is out of order, whatever is sent: it is tried until it goes. */
  | { readonly kind: 'later'; readonly afterMilliseconds: number }
  | { readonly kind: 'failed'; readonly reason: string };

/**
 * Hands messages of one lane to the channel, in order, our message id as its idempotency key. Stops at the first that
 * is neither delivered nor waiting; results for the messages it tried, in order. May throw: then nothing is known.
 */
export type Send = (lane: Lane, messages: readonly PlacedMessage[]) => Promise<readonly SendResult[]>;

/** The outbox. `holder` is this process; a held message is sent by nobody else until the hold runs out. */
export type Outbox = {
  /**
   * Claims lanes of `channels` whose first undelivered message nobody holds: at most `lanesMax` lanes and their pending messages in
   * order (at most 50 a lane), held for `holdMilliseconds`, attempts counted.
   */
  readonly claim: (
    holder: Identifier,
    channels: readonly ChatChannel[],
    lanesMax: number,
    holdMilliseconds: number,
  ) => Promise<readonly { readonly lane: Lane; readonly messages: readonly PlacedMessage[]; readonly attempts: number }[]>;
  /** Prolongs this holder's hold; returns the ids that are still pending and still this holder's. */
  readonly renew: (holder: Identifier, ids: readonly Identifier[], holdMilliseconds: number) => Promise<readonly Identifier[]>;
  readonly settle: (
    settled: readonly { readonly id: Identifier; readonly delivery: 'delivered' | 'waiting' | 'failed' }[],
  ) => Promise<void>;
  /** Gives messages back to the sweep, not before `afterMilliseconds`; the tries so far are forgotten when they say nothing of the messages. */
  readonly postpone: (ids: readonly Identifier[], afterMilliseconds: number, forgotten?: 'tries-forgotten') => Promise<void>;
};

/** Conversations with unapplied messages older than `olderThanMilliseconds`, oldest first, at most `max`. */
export type FindUnapplied = (olderThanMilliseconds: number, max: number) => Promise<readonly Identifier[]>;
