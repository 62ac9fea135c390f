/**
 * Messages as the turn knows them. Terms: *inbound* is what a customer (or the desk, as an event) puts in a
 * conversation; *outgoing* is what the bot or a person says back; a *lane* is one conversation's outgoing messages in
 * order.
 */
import type { Serial } from '../domain/contact.ts';
import type { Identifier } from '../domain/identifier.ts';
import type { Instant, LocalDay } from '../domain/instant.ts';
import type { ChatChannel, TicketKind, TicketStatus } from '../domain/ticket.ts';

/** Happenings that are turned like messages, so that everything a conversation goes through is one ordered log. */
export type ConversationEvent =
  | { readonly event: 'conversation-started' }
  | { readonly event: 'released-to-bot' }
  /** Staff took up again what was resolved: the chat waits in the queue, from now on. */
  | { readonly event: 'handoff-reopened' }
  /** The staff member who took the chat has said nothing for the policy's time: back to the queue, in the old place. */
  | { readonly event: 'agent-silent' }
  /** The customer has said nothing to the staff member for the policy's time: the bot has the chat again. */
  | { readonly event: 'customer-silent' }
  /** A question of the bot has had no answer for the policy's time. */
  | { readonly event: 'customer-quiet' }
  /** Staff confirmed who this is: the tickets of that customer are theirs to see. */
  | { readonly event: 'customer-linked' }
  /** Another account has proved a ticket of this customer and wants to be theirs as well: asked here (S2-024). */
  | { readonly event: 'link-asked'; readonly linkId: Identifier }
  /** What the account known before has said to that: from now on one customer, or the proof counts no longer. */
  | { readonly event: 'link-answered'; readonly ticketId: Identifier; readonly isLinked: boolean }
  /** More messages than the policy allows; they were refused, and this is the one word on it. */
  | { readonly event: 'messages-refused' }
  | { readonly event: 'reminder'; readonly appointmentId: Identifier; readonly when: 'day-before' | 'on-day' }
  /** A new price list takes effect before the visit (S2-001). */
  | { readonly event: 'price-notice'; readonly ticketId: Identifier; readonly effectiveFrom: LocalDay }
  /** The survey after a finished repair or a resolved handoff: the question, or the one reminder of it. */
  | { readonly event: 'survey-due'; readonly surveyId: Identifier; readonly reminder: boolean }
  /** Staff called the visit off. */
  | { readonly event: 'visit-changed'; readonly ticketId: Identifier }
  /** Staff booked a visit, or gave it another time or engineer; said while that is the visit that is booked. */
  | {
      readonly event: 'visit-arranged';
      readonly ticketId: Identifier;
      readonly appointmentId: Identifier;
      readonly change: 'booked' | 'moved' | 'engineer';
    }
  /** Staff answered a complaint; said while that is the last answer. */
  | { readonly event: 'complaint-answered'; readonly ticketId: Identifier; readonly answeredAt: Instant }
  /** Staff found two tickets to be of one matter: the duplicate goes on under the number of the one that is kept. */
  | { readonly event: 'ticket-merged'; readonly keptId: Identifier; readonly duplicateId: Identifier }
  /** The code on a product's label was scanned; null when it is none of ours (S4-013). */
  | { readonly event: 'product-scanned'; readonly serial: Serial | null }
  /** What the customer sent never arrived from the platform it was sent on. */
  | { readonly event: 'media-lost'; readonly attachmentId: Identifier }
  /** The customer has changed an earlier message where it stands: it was taken as it was. */
  | { readonly event: 'message-edited' }
  /** The customer wants to be told of visits outside the chat from now on, or no more. */
  | { readonly event: 'notices-wanted'; readonly wanted: boolean }
  /** The customer no longer follows us: the platform lets nothing through, and nobody is answered. */
  | { readonly event: 'unfollowed' };

export type InboundBody =
  /** `clientActivityId` and the like stay with the channel: `echo` is handed back to it untouched. */
  | { readonly kind: 'text'; readonly text: string; readonly echo?: Readonly<Record<string, unknown>> }
  /** Pictures or files, kept already under these ids, with what was said beside them. */
  | {
      readonly kind: 'photos';
      readonly attachmentIds: readonly Identifier[];
      readonly text: string | null;
      readonly echo?: Readonly<Record<string, unknown>>;
    }
  /** A voice message nobody has put into text, kept already. */
  | { readonly kind: 'voice'; readonly attachmentId: Identifier; readonly echo?: Readonly<Record<string, unknown>> }
  /** A place on the map, in degrees, with the address the platform knows of it; empty when it knows none. */
  | {
      readonly kind: 'location';
      readonly latitude: number;
      readonly longitude: number;
      readonly label: string;
      readonly echo?: Readonly<Record<string, unknown>>;
    }
  /** A message without text we could read: a sticker, an empty or oversized one. */
  | {
      readonly kind: 'unreadable';
      readonly why: 'empty' | 'too-long' | 'unsupported' | 'full';
      readonly echo?: Readonly<Record<string, unknown>>;
    }
  | ({ readonly kind: 'event' } & ConversationEvent);

/** What was kept of it. */
export function attachmentIdsOf(body: InboundBody): readonly Identifier[] {
  return body.kind === 'photos' ? body.attachmentIds : body.kind === 'voice' ? [body.attachmentId] : [];
}

export type Inbound = {
  readonly id: Identifier;
  readonly conversationId: Identifier;
  readonly channel: ChatChannel;
  /** The channel's own message id: unique per channel, the key of "once". */
  readonly channelMessageId: string;
  readonly sender: 'customer' | 'system';
  readonly body: InboundBody;
  readonly at: Instant;
};

/** A button. `value` is what comes back as the customer's text. */
export type Choice = { readonly label: string; readonly value: string };

/** A picture or file that is kept already; customers open it by a link of ours. `size` in bytes. */
export type OutgoingFile = {
  readonly id: Identifier;
  readonly name: string;
  readonly contentType: string;
  readonly size: number;
  readonly hasThumbnail: boolean;
};

export type OutgoingBody = {
  readonly text: string;
  /** Who of the staff says it, by the name the customer was told; null when it is the bot, or staff without such a name. */
  readonly speaker: string | null;
  readonly choices: readonly Choice[];
  /** Links under the text, such as a calendar file; channels without links show the address. */
  readonly links: readonly { readonly label: string; readonly url: string }[];
  /** What staff send along, in order. */
  readonly files: readonly OutgoingFile[];
  /** What the customer's client and checks may see of the dialog (contract: channelData.dialog). */
  readonly dialog: { readonly flow: string | null; readonly asking: string | null; readonly reply: readonly string[] };
  /** Set on the message of the turn that opened or changed a ticket. */
  readonly ticket: { readonly number: string; readonly kind: TicketKind; readonly status: TicketStatus } | null;
};

export type OutgoingMessage = {
  readonly id: Identifier;
  readonly sender: 'bot' | 'staff';
  readonly body: OutgoingBody;
  readonly at: Instant;
};

/** An outgoing message with its place in the conversation's log (1, 2, 3 …, shared with inbound messages). */
export type PlacedMessage = OutgoingMessage & { readonly seq: number };

export type Lane = { readonly conversationId: Identifier; readonly channel: ChatChannel; readonly externalId: string };

/** One row of the transcript, either direction. */
export type LoggedMessage = {
  readonly id: Identifier;
  readonly seq: number;
  readonly at: Instant;
  readonly channelMessageId: string | null;
  readonly delivery: Delivery | null;
} & (
  | { readonly from: 'customer' | 'system'; readonly body: InboundBody }
  | { readonly from: 'bot' | 'staff'; readonly body: OutgoingBody }
);

/** `waiting`: the channel can only hand it over when the customer comes back; it will then. */
export type Delivery = 'pending' | 'delivered' | 'waiting' | 'failed';
