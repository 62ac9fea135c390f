/** Slack's message events as what happened in a thread: written, changed or removed by a person. Whatever else comes is nothing to us. */
import { z } from 'zod';
import { plainTextOf } from './slack-text.ts';
import type { ThreadMessage } from './thread-in.ts';

export type ThreadHappening =
  | { readonly kind: 'written' | 'edited'; readonly message: ThreadMessage }
  | { readonly kind: 'removed'; readonly lane: string; readonly ts: string }
  | { readonly kind: 'other' };

const OTHER = { kind: 'other' } as const;

const name = z.string().min(1).max(64);
const file = z.looseObject({
  id: z.string().max(64),
  name: z.string().max(300).catch(''),
  url_private_download: z.string().max(2_000).optional(),
  url_private: z.string().max(2_000).optional(),
  size: z.number().min(0).catch(0),
});
const said = z.looseObject({
  ts: name,
  user: name,
  thread_ts: name,
  subtype: z.string().optional(),
  bot_id: z.string().optional(),
  edited: z.looseObject({ ts: name }).optional(),
  files: z.array(file).max(20).catch([]).optional(),
});
const changed = z.looseObject({ subtype: z.literal('message_changed'), channel: name, message: z.unknown() });
const deleted = z.looseObject({ subtype: z.literal('message_deleted'), channel: name, deleted_ts: name });

/** What people do by hand; anything else is the platform's own. */
const BY_HAND: ReadonlySet<string | undefined> = new Set([undefined, 'file_share', 'thread_broadcast', 'me_message']);

/** Reads an event of type `message`. */
export function threadHappeningOf(event: unknown): ThreadHappening {
  const gone = deleted.safeParse(event);
  if (gone.success) return { kind: 'removed', lane: gone.data.channel, ts: gone.data.deleted_ts };
  const edit = changed.safeParse(event);
  if (edit.success) return happeningOf(edit.data.message, edit.data.channel, 'edited');
  const channel = z.looseObject({ channel: name }).safeParse(event);
  return channel.success ? happeningOf(event, channel.data.channel, 'written') : OTHER;
}

/** A message as the platform lists it, or tells of it. */
export function happeningOf(message: unknown, lane: string, kind: 'written' | 'edited'): ThreadHappening {
  const read = said.safeParse(message);
  if (!read.success) return OTHER;
  const { ts, user, thread_ts: threadTs, subtype, bot_id: botId, edited, files = [] } = read.data;
  if (botId !== undefined || threadTs === ts || !BY_HAND.has(subtype)) return OTHER;
  return {
    kind,
    message: {
      lane,
      threadTs,
      ts,
      userId: user,
      text: plainTextOf({ text: read.data['text'], blocks: read.data['blocks'] }),
      files: files.map((it) => ({ id: it.id, name: it.name, url: it.url_private_download ?? it.url_private ?? '', size: it.size })),
      editTs: edited?.ts ?? null,
    },
  };
}
