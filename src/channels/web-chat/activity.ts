/**
 * Messages in the shape of Direct Line: what a customer's activity means to the turn, and how a row of the log looks to
 * the stock client. Nothing here does anything.
 */
import { z } from 'zod';
import type { Identifier } from '../../domain/identifier.ts';
import { unreachable } from '../../domain/unreachable.ts';
import type { FileUrl } from '../../turn/kept-file.ts';
import { attachmentIdsOf, type InboundBody, type LoggedMessage, type PlacedMessage } from '../../turn/message.ts';
import type { NewAttachment } from '../../turn/ports.ts';
import { ownAttachment, shownFile, shownFilesIn, staffAttachment } from './attachment.ts';

/** What Web Chat's own order of bubbles goes by; without it, by clocks. */
const SEQUENCE = 'webchat:sequence-id';

const ACTIVITY_ID_CHARACTERS_MAX = 128;
const EXCERPT_CHARACTERS = 200;
const SAID_TO_THE_CHANNEL = new Set(['typing', 'conversationUpdate', 'event', 'endOfConversation']);

/** One activity on the wire, either direction. */
export type DirectLineActivity = {
  readonly type: 'message';
  readonly id: string;
  readonly timestamp: string;
  readonly channelId: 'directline';
  readonly conversation: { readonly id: string };
  readonly from: { readonly id: string; readonly name?: string; readonly role: 'bot' | 'user' };
  readonly text: string;
  readonly textFormat: 'plain';
  readonly locale: 'zh-CN';
  readonly attachments?: readonly {
    readonly name: string;
    readonly contentType: string;
    readonly contentUrl: string;
    readonly thumbnailUrl?: string;
  }[];
  readonly suggestedActions?: {
    readonly to: readonly string[];
    readonly actions: readonly { readonly type: 'imBack' | 'openUrl'; readonly title: string; readonly value: string }[];
  };
  readonly channelData: Readonly<Record<string, unknown>>;
};

const activitySchema = z.looseObject({
  type: z.string().max(64),
  text: z.string().nullish(),
  value: z.unknown().optional(),
  attachments: z.array(z.unknown()).nullish(),
  channelData: z
    .looseObject({
      clientActivityID: z.string().min(1).max(ACTIVITY_ID_CHARACTERS_MAX).nullish(),
      clientTimestamp: z.string().max(64).nullish().catch(null),
      postBack: z.boolean().nullish().catch(null),
    })
    .nullish(),
});

/** A customer's activity, checked. */
export type CustomerActivity = z.infer<typeof activitySchema>;

export type ReadActivity =
  | { readonly kind: 'message'; readonly activity: CustomerActivity }
  /** Nothing a customer says: typing, joining. */
  | { readonly kind: 'ignored' }
  | { readonly kind: 'refused'; readonly reason: string };

/** Reads a posted body. */
export function readActivity(body: unknown): ReadActivity {
  const read = activitySchema.safeParse(body);
  if (!read.success) {
    const issue = read.error.issues[0];
    return { kind: 'refused', reason: `Not an activity: ${issue?.path.join('.') || 'body'}: ${issue?.message ?? 'invalid'}` };
  }
  if (read.data.type === 'message') return { kind: 'message', activity: read.data };
  return SAID_TO_THE_CHANNEL.has(read.data.type)
    ? { kind: 'ignored' }
    : { kind: 'refused', reason: 'This activity type is not taken; send "message".' };
}

/** The channel's message id: the same for a client's retry of the same activity. */
export function channelMessageIdOf(conversationId: Identifier, activity: CustomerActivity, fresh: Identifier): string {
  return `${conversationId}:${activity.channelData?.clientActivityID ?? fresh}`;
}

/** What a customer's message says, `attachments` being what is kept of it. A button's value is text; addresses of files are not followed. */
export function inboundBodyOf(activity: CustomerActivity, attachments: readonly NewAttachment[], charactersMax: number): InboundBody {
  const said = activity.text ?? (typeof activity.value === 'string' || typeof activity.value === 'number' ? String(activity.value) : '');
  const text = cleanText(said);
  const echo = echoOf(activity);
  if (text.length > charactersMax && [...text].length > charactersMax) {
    return {
      kind: 'unreadable',
      why: 'too-long',
      echo: { ...echo, excerpt: `${[...text.slice(0, 2 * EXCERPT_CHARACTERS)].slice(0, EXCERPT_CHARACTERS).join('')}…` },
    };
  }
  if (attachments.length > 0) {
    const attachmentIds = attachments.map((it) => it.id);
    return { kind: 'photos', attachmentIds, text: text === '' ? null : text, echo: { ...echo, files: attachments.map(shownFile) } };
  }
  if (text !== '') return { kind: 'text', text, echo };
  const somethingElse = (activity.attachments?.length ?? 0) > 0 || (activity.value !== undefined && activity.value !== null);
  return { kind: 'unreadable', why: somethingElse ? 'unsupported' : 'empty', echo };
}

/** Without control characters (newlines stay) and halves of characters, which no store and no screen can hold. */
function cleanText(text: string): string {
  return text
    .replace(/\r\n?|[\u2028\u2029]/g, '\n')
    .replace(/\t/g, ' ')
    .replace(/(?!\n)\p{Cc}/gu, '')
    .replace(/\p{Cs}/gu, '\uFFFD')
    .trim();
}

/** What the client needs back to know its own message again; the rest of what it sent is not kept. */
function echoOf(activity: CustomerActivity): Readonly<Record<string, unknown>> {
  const { clientActivityID, clientTimestamp, postBack } = activity.channelData ?? {};
  return {
    ...(clientActivityID != null && { clientActivityID }),
    ...(clientTimestamp != null && { clientTimestamp }),
    ...(postBack != null && { postBack }),
  };
}

/** `<conversationId>|<seq>`, as Direct Line numbers activities. */
export function activityIdOf(conversationId: Identifier, seq: number): string {
  return `${conversationId}|${String(seq).padStart(7, '0')}`;
}

/** The place in the log that an activity of ours carries, or null. */
export function sequenceOf(channelData: unknown): number | null {
  const seq: unknown = typeof channelData === 'object' && channelData !== null && SEQUENCE in channelData ? channelData[SEQUENCE] : null;
  return typeof seq === 'number' ? seq : null;
}

/** A row of the log as the customer's client shows it; null for what is none of its business. */
export function activityOf(conversationId: Identifier, row: LoggedMessage, user: string, fileUrl: FileUrl): DirectLineActivity | null {
  switch (row.from) {
    case 'system':
      return null;
    case 'customer':
      return customerActivity(conversationId, row, user, fileUrl);
    case 'bot':
    case 'staff':
      return outgoingActivity(conversationId, { ...row, sender: row.from }, fileUrl);
    default:
      return unreachable(row);
  }
}

/** An outgoing message on the wire. Customers and staff type freely, so every text is plain: markup stays letters. */
export function outgoingActivity(conversationId: Identifier, message: PlacedMessage, fileUrl: FileUrl): DirectLineActivity {
  const { text, speaker, choices, links, files, dialog, ticket } = message.body;
  const actions = [
    ...choices.map(({ label, value }) => ({ type: 'imBack' as const, title: label, value })),
    ...links.map(({ label, url }) => ({ type: 'openUrl' as const, title: label, value: url })),
  ];
  return {
    ...envelope(conversationId, message),
    from: message.sender === 'staff' ? { id: 'staff', name: speaker ?? '客服', role: 'bot' } : { id: 'bot', name: '报修助手', role: 'bot' },
    text,
    ...(files.length > 0 && { attachments: files.map((it) => staffAttachment(it, fileUrl)) }),
    ...(actions.length > 0 && { suggestedActions: { to: [], actions } }),
    channelData: {
      ...(files.length > 0 && { attachmentSizes: files.map((it) => it.size) }),
      messageId: message.id,
      [SEQUENCE]: message.seq,
      dialog,
      ...(ticket !== null && { ticket }),
    },
  };
}

type CustomerRow = { readonly id: Identifier; readonly seq: number; readonly at: number; readonly body: InboundBody };

/** The customer's own message, handed back to every open client of theirs. */
export function customerActivity(conversationId: Identifier, row: CustomerRow, user: string, fileUrl: FileUrl): DirectLineActivity | null {
  if (row.body.kind === 'event') return null;
  const { excerpt, files, ...echo } = row.body.echo ?? {};
  const ids = attachmentIdsOf(row.body);
  const shown = shownFilesIn(files);
  const attachments = shown.flatMap((it, n) => (ids[n] === undefined ? [] : [ownAttachment(it, ids[n], fileUrl)]));
  const text = 'text' in row.body ? row.body.text : excerpt;
  return {
    ...envelope(conversationId, row),
    from: { id: user, role: 'user' },
    text: typeof text === 'string' ? text : '',
    ...(attachments.length > 0 && { attachments }),
    channelData: {
      ...echo,
      // Where Web Chat looks for the sizes it writes beside the names.
      ...(shown.length > 0 && { attachmentSizes: shown.map((it) => it.size) }),
      messageId: row.id,
      [SEQUENCE]: row.seq,
    },
  };
}

function envelope(conversationId: Identifier, row: { readonly seq: number; readonly at: number }) {
  return {
    type: 'message',
    id: activityIdOf(conversationId, row.seq),
    timestamp: new Date(row.at).toISOString(),
    channelId: 'directline',
    conversation: { id: conversationId },
    textFormat: 'plain',
    locale: 'zh-CN',
  } as const;
}

/** The position a watermark names: 0 = from the start, null = none of ours. */
export function readWatermark(text: string | undefined): number | null {
  if (text === undefined || text === '' || text === '-') return 0;
  return /^\d{1,9}$/.test(text) ? Number(text) : null;
}
