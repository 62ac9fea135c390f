/**
 * What there is in the fake Slack: channels, people, messages, views, triggers and addresses to respond to, as plain records
 * that its methods and its people change.
 */
import { randomBytes } from 'node:crypto';
import type { Json } from './slack-data.ts';

export type Channel = {
  readonly id: string;
  readonly name: string;
  readonly type: 'channel' | 'group' | 'im';
  /** The other end of a direct message; null in a channel. */
  readonly person: string | null;
  isBotIn: boolean;
  isArchived: boolean;
};

export type ChannelOptions = { readonly id: string; readonly name?: string; readonly isPrivate?: boolean; readonly isBotIn?: boolean };

export type Profile = {
  readonly id: string;
  readonly name: string;
  /** Null: they have not told, or the app may not see it. */
  readonly email: string | null;
  /** Left the team. */
  readonly isGone: boolean;
};

export type Message = {
  readonly channel: string;
  readonly ts: string;
  /** Of its thread; null at the top. */
  readonly threadTs: string | null;
  readonly user: string;
  readonly isBot: boolean;
  readonly isBroadcast: boolean;
  readonly clientMessageId: string | null;
  text: string;
  blocks: readonly Json[];
  attachments: readonly Json[];
  metadata: Json | null;
  files: readonly Json[];
  edited: { readonly user: string; readonly ts: string } | null;
  /** Deleted, but its thread still stands. */
  isTombstone: boolean;
  /** Who reacted, by name of the emoji. */
  readonly reactions: Map<string, Set<string>>;
};

/** Only one person sees it, and no method finds it. */
export type Ephemeral = {
  readonly channel: string;
  readonly ts: string;
  readonly threadTs: string | null;
  readonly user: string;
  text: string;
  blocks: readonly Json[];
};

export type View = {
  readonly id: string;
  readonly user: string;
  /** The view below it in the stack, and the lowest one. */
  readonly previous: string | null;
  readonly root: string;
  hash: string;
  /** As it was given, with ids where it had none. */
  content: Json;
};

type Trigger = { readonly user: string; readonly at: number; isUsed: boolean };

/** Where the answer to a response URL goes. */
export type ResponsePlace = {
  readonly channel: string;
  readonly user: string;
  /** What was clicked; null after a command. */
  readonly source: { readonly ts: string; readonly isEphemeral: boolean; readonly threadTs: string | null } | null;
  left: number;
};

export type World = ReturnType<typeof createWorld>;

const TRIGGER_MILLISECONDS = 3_000;
const RESPONSES_MAX = 5;
const ID_BYTES = 5;

export function createWorld({ now, url }: { readonly now: () => number; readonly url: () => string }) {
  const channels = new Map<string, Channel>();
  const people = new Map<string, Profile>();
  const messages: Message[] = [];
  const ephemerals: Ephemeral[] = [];
  const views: View[] = [];
  const homes = new Map<string, View>();
  const triggers = new Map<string, Trigger>();
  const responses = new Map<string, ResponsePlace>();
  const lastTs = new Map<string, number>();
  const newId = (prefix: string) => `${prefix}${randomBytes(ID_BYTES).toString('hex').toUpperCase()}`;

  return {
    teamId: 'T0BAOXIU',
    appId: 'A0BAOXIU',
    botId: 'B0BAOXIU',
    botUserId: 'U0BAOXIUBOT',
    now,
    url,
    newId,
    channels,
    people,
    messages,
    ephemerals,
    views,
    homes,
    responses,
    /** What the platform would tell the app by itself; the platform sets who listens. */
    happened: (_event: Json): void => {},

    /** The bot is in it and it is public, unless told otherwise. */
    openChannel(options: string | ChannelOptions): string {
      const { id, name, isPrivate = false, isBotIn = true } = typeof options === 'string' ? { id: options } : options;
      const type = isPrivate ? 'group' : 'channel';
      channels.set(id, { id, name: name ?? id.toLowerCase(), type, person: null, isBotIn, isArchived: false });
      return id;
    },
    /** Throws: a test's mistake. */
    channel(id: string): Channel {
      const channel = channels.get(id);
      if (channel === undefined) throw new Error(`no channel ${id}`);
      return channel;
    },
    /** Unique and rising within a channel. */
    nextTs(channel: string): string {
      const micros = Math.max(now() * 1_000, (lastTs.get(channel) ?? 0) + 100);
      lastTs.set(channel, micros);
      return `${Math.floor(micros / 1_000_000)}.${String(micros % 1_000_000).padStart(6, '0')}`;
    },
    find: (channel: string, ts: string): Message | null => messages.find((it) => it.channel === channel && it.ts === ts) ?? null,
    repliesTo: (channel: string, threadTs: string): readonly Message[] =>
      messages.filter((it) => it.channel === channel && it.threadTs === threadTs),
    /** Somebody's direct channel with the bot, opened if there was none. */
    directChannel(user: string): Channel {
      const known = [...channels.values()].find((it) => it.person === user);
      if (known !== undefined) return known;
      const opened: Channel = { id: newId('D'), name: 'directmessage', type: 'im', person: user, isBotIn: true, isArchived: false };
      channels.set(opened.id, opened);
      return opened;
    },
    issueTrigger(user: string): string {
      const id = `${now()}.${newId('').toLowerCase()}.${newId('').toLowerCase()}`;
      triggers.set(id, { user, at: now(), isUsed: false });
      return id;
    },
    /** Once, and soon. */
    takeTrigger(id: string): { readonly kind: 'taken'; readonly user: string } | { readonly kind: string } {
      const trigger = triggers.get(id);
      if (trigger === undefined) return { kind: 'invalid_trigger_id' };
      if (trigger.isUsed) return { kind: 'exchanged_trigger_id' };
      if (now() - trigger.at > TRIGGER_MILLISECONDS) return { kind: 'expired_trigger_id' };
      trigger.isUsed = true;
      return { kind: 'taken', user: trigger.user };
    },
    issueResponseUrl(place: Omit<ResponsePlace, 'left'>): string {
      const id = newId('R');
      responses.set(id, { ...place, left: RESPONSES_MAX });
      return `${url()}/actions/${id}`;
    },
  };
}

/** A message as it is said first; what is not named is empty. */
export function addMessage(world: World, said: Pick<Message, 'channel' | 'threadTs' | 'user' | 'text'> & Partial<Message>): Message {
  const message: Message = {
    ts: world.nextTs(said.channel),
    isBot: said.user === world.botUserId,
    isBroadcast: false,
    clientMessageId: null,
    blocks: [],
    attachments: [],
    metadata: null,
    files: [],
    edited: null,
    isTombstone: false,
    reactions: new Map(),
    ...said,
  };
  world.messages.push(message);
  return message;
}

/** Blocks and their elements, with ids where they came without: the platform makes some up. */
export function withIds(blocks: readonly Json[], newId: World['newId']): readonly Json[] {
  const named = (element: unknown): unknown => {
    if (typeof element !== 'object' || element === null || !('type' in element)) return element;
    const isInteractive = !['image', 'plain_text', 'mrkdwn', 'rich_text_section', 'rich_text_list'].includes(String(element.type));
    return isInteractive && !('action_id' in element) ? { ...element, action_id: newId('') } : element;
  };
  return blocks.map((block) => ({
    ...block,
    block_id: typeof block['block_id'] === 'string' ? block['block_id'] : newId('').slice(0, 5),
    ...(block['type'] === 'actions' && Array.isArray(block['elements']) && { elements: block['elements'].map(named) }),
    ...(block['accessory'] !== undefined && { accessory: named(block['accessory']) }),
    ...(block['element'] !== undefined && { element: named(block['element']) }),
  }));
}
