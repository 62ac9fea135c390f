/**
 * What a channel needs whose platform counts what we say, keeps media for days only, and lets us speak only for a while
 * after the customer did. The store implements it.
 */
import type { Identifier } from '../domain/identifier.ts';
import type { Instant } from '../domain/instant.ts';
import type { ChatChannel } from '../domain/ticket.ts';
import type { Inbound } from './message.ts';
import type { Accepted, NewAttachment } from './ports.ts';

// ---- media --------------------------------------------------------------------------------------------------------

/** A picture, video or voice message that is still with its platform, under the platform's own name of it. */
export type RemoteMedia = { readonly id: Identifier; readonly name: string; readonly contentType: string; readonly mediaId: string };

/** Makes a message durable, and that its media are awaited, in one transaction. A redelivery keeps nothing twice. */
export type AcceptWithRemoteMedia = (
  inbound: Inbound,
  media: readonly RemoteMedia[],
  perConversationMax: number,
) => Promise<Accepted | { readonly kind: 'full' }>;

/** Media that are on their way from a platform. Nobody else gets what was claimed while the hold lasts. */
export type AwaitedMediaStore = {
  readonly claim: (wanted: {
    readonly channel: ChatChannel;
    readonly now: Instant;
    readonly holdMilliseconds: number;
    readonly max: number;
  }) => Promise<readonly AwaitedMedia[]>;
  /** The bytes are here; as they are kept from now on. */
  readonly arrived: (attachment: NewAttachment) => Promise<void>;
  readonly tryAgain: (attachmentId: Identifier, at: Instant) => Promise<void>;
  /** They can't be had: the attachment stays, without bytes. */
  readonly lost: (attachmentId: Identifier) => Promise<void>;
};

export type AwaitedMedia = {
  readonly attachmentId: Identifier;
  readonly conversationId: Identifier;
  readonly mediaId: string;
  readonly sentAt: Instant;
  /** This one counted. */
  readonly tries: number;
};

// ---- speaking -----------------------------------------------------------------------------------------------------

/**
 * How much may be said: after a message of the customer `perMessage` sends for `messageHours`; after something less (a
 * click, a follow, a scan) `perEvent` for `eventMinutes`.
 */
export type SendQuota = {
  readonly perMessage: number;
  readonly messageHours: number;
  readonly perEvent: number;
  readonly eventMinutes: number;
};

/** What was sent since the customer last did something, counted by all processes together. */
export type PlatformSends = {
  /** Takes one send, with the last message it carries; null when the customer has to speak first. */
  readonly take: (conversationId: Identifier, messageId: Identifier, at: Instant) => Promise<string | null>;
  /** The platform has agreed to a send that was taken. */
  readonly sent: (takenId: string) => Promise<void>;
  /** It was never asked, or did not count it: the send may be taken again. */
  readonly giveBack: (takenId: string) => Promise<void>;
  /** Nothing more until the customer does something after `at`: when what was refused was begun, so that a message meanwhile counts. */
  readonly shut: (conversationId: Identifier, at: Instant) => Promise<void>;
  /** How many parts of a message the platform has agreed to already. */
  readonly partsSent: (messageId: Identifier, conversationId: Identifier) => Promise<number>;
  /** How much may still be said, and until when; null when nothing may. */
  readonly left: (conversationId: Identifier, at: Instant) => Promise<{ readonly sends: number; readonly until: Instant } | null>;
  /** What waited for customers who have come back since is pending again. How many messages. */
  readonly wake: (channel: ChatChannel, at: Instant) => Promise<number>;
};

/** Consents to notices outside the time in which we may speak. */
export type NoticeConsents = {
  /**
   * The customer has agreed, then, to so many more notices of a template, or, with 0, to none any more. What is told again
   * with the same instant counts once.
   */
  readonly agreed: (conversationId: Identifier, template: string, times: number, at: Instant) => Promise<void>;
  /** Uses one; false when there is none. */
  readonly use: (conversationId: Identifier, template: string) => Promise<boolean>;
  readonly giveBack: (conversationId: Identifier, template: string) => Promise<void>;
};

// ---- the platform itself ------------------------------------------------------------------------------------------

export type AccessToken = { readonly token: string; readonly expiresAt: Instant };

/** What all processes know of a platform. */
export type PlatformStates = {
  /** The token in force at an instant, null when there is none. */
  readonly token: (channel: ChatChannel, at: Instant) => Promise<string | null>;
  /**
   * Gets a fresh token while nobody else does. Somebody else's, got since `stale` was read, is as good: then `get` is not
   * called. Null when `get` gave none.
   */
  readonly renewToken: (
    channel: ChatChannel,
    stale: string | null,
    at: Instant,
    get: () => Promise<AccessToken | null>,
  ) => Promise<string | null>;
  /** A callback came. */
  readonly heard: (channel: ChatChannel, at: Instant) => Promise<void>;
  /** Calls fail for a reason only the operator can mend, or (null) do so no more. */
  readonly fault: (channel: ChatChannel, code: number | null, at: Instant) => Promise<void>;
  readonly state: (channel: ChatChannel) => Promise<PlatformState>;
};

export type PlatformState = {
  readonly heardAt: Instant | null;
  readonly fault: { readonly code: number; readonly since: Instant } | null;
};
