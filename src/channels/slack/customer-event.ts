/**
 * What an event of Slack says of a customer. Who may be one, and which of the platform's many kinds of messages are a
 * person's own words, is decided here by what is allowed, never by what is not.
 */
import { z } from 'zod';
import { plainTextOf } from './slack-text.ts';

/** A file as the platform names it; `contentType` null: it has to be looked at first. */
export type SentFile = { readonly id: string; readonly name: string; readonly contentType: string | null };

export type CustomerSaid = {
  readonly user: string;
  readonly channel: string;
  /** The platform's name of the message; with the channel it is the message's own. */
  readonly ts: string;
  readonly text: string;
  readonly files: readonly SentFile[];
  /** Files we can't have: the platform keeps them back, or they are too many. */
  readonly filesHeldBack: number;
};

export type CustomerEvent =
  | { readonly kind: 'said'; readonly said: CustomerSaid }
  /** The words of an earlier message are others now. */
  | { readonly kind: 'edited'; readonly said: CustomerSaid; readonly before: string }
  | { readonly kind: 'opened'; readonly user: string; readonly channel: string }
  /** Nobody's, or nothing anybody answers. */
  | { readonly kind: 'other' };

const OTHER = { kind: 'other' } as const;
/** Kinds of messages that are somebody's own words; without a kind it is plain text. */
const OWN_WORDS: ReadonlySet<string | undefined> = new Set([undefined, 'file_share', 'me_message', 'thread_broadcast']);
/** Says things to people, and is none. */
const SLACKBOT = 'USLACKBOT';
const FILES_MAX = 20;

const file = z.looseObject({
  id: z.string().min(1).max(100),
  name: z.string().catch(''),
  mimetype: z.string().nullable().catch(null),
  mode: z.string().catch(''),
  file_access: z.string().catch(''),
});

const message = z.looseObject({
  user: z.string().min(1).optional(),
  ts: z.string().min(1).max(40),
  subtype: z.string().optional(),
  bot_id: z.string().optional().catch(undefined),
  text: z.unknown().optional(),
  blocks: z.unknown().optional(),
  files: z.array(z.unknown()).catch([]),
  attachments: z.array(z.looseObject({ text: z.string().catch(''), is_share: z.boolean().catch(false) })).catch([]),
  edited: z.looseObject({ user: z.string() }).optional().catch(undefined),
});
type Message = z.infer<typeof message>;

/** The tab of the app where people write to it is a direct channel under another name. */
const inDirect = { type: z.literal('message'), channel: z.string().min(1).max(100), channel_type: z.enum(['im', 'app_home']) };
const said = message.extend(inDirect);
const changed = z.looseObject({ ...inDirect, subtype: z.literal('message_changed'), message, previous_message: message });
const opened = z.looseObject({ type: z.literal('app_home_opened'), tab: z.literal('messages'), user: z.string(), channel: z.string() });

/** An event as the platform sends it, without its envelope. */
export function customerEventOf(event: unknown): CustomerEvent {
  const change = changed.safeParse(event);
  if (change.success) return editOf(change.data);
  const home = opened.safeParse(event);
  if (home.success) return { kind: 'opened', user: home.data.user, channel: home.data.channel };
  const message = said.safeParse(event);
  if (!message.success) return OTHER;
  const heard = saidOf(message.data, message.data.channel);
  return heard === null ? OTHER : { kind: 'said', said: heard };
}

/** The platform changes messages by itself too, to show what a link leads to. */
function editOf({ message, previous_message: previous, channel }: z.infer<typeof changed>): CustomerEvent {
  const heard = saidOf(message, channel);
  if (heard === null || message.edited?.user !== heard.user) return OTHER;
  const before = wordsOf(previous);
  return before === heard.text ? OTHER : { kind: 'edited', said: heard, before };
}

function saidOf(message: Message, channel: string): CustomerSaid | null {
  const { user, ts, subtype, bot_id, files } = message;
  if (user === undefined || user === SLACKBOT || bot_id !== undefined || !OWN_WORDS.has(subtype)) return null;
  const sent = files.slice(0, FILES_MAX).flatMap((it) => {
    const read = file.safeParse(it);
    return read.success && !['tombstone', 'hidden_by_limit'].includes(read.data.mode) ? [sentFile(read.data)] : [];
  });
  return { user, channel, ts, text: wordsOf(message), files: sent, filesHeldBack: files.length - sent.length };
}

function sentFile({ id, name, mimetype, file_access }: z.infer<typeof file>): SentFile {
  return { id, name, contentType: file_access === 'check_file_info' ? null : mimetype };
}

/** A message that was passed on has its words beside it. */
function wordsOf(message: Message): string {
  const own = plainTextOf(message);
  const shared = message.attachments.filter((it) => it.is_share).map((it) => plainTextOf({ text: it.text }));
  return [own, ...shared].filter((it) => it !== '').join('\n');
}
