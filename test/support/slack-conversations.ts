/** `conversations.*`, `reactions.*`, `users.*` and `auth.*` of the fake Slack: what may be read, who is there, and marks on messages. */
import { type Answer, done, flag, type Json, type Method, refused, words } from './slack-data.ts';
import { placeProblem } from './slack-messages.ts';
import { channelWire, messageWire, profileWire } from './slack-wire.ts';
import type { Message, World } from './slack-world.ts';

const PAGE_MAX = 1_000;
const PAGE = 100;

export function conversationMethods(world: World): Readonly<Record<string, Method>> {
  const channelOf = (args: Json) => world.channels.get(words(args['channel']));
  const readable = (args: Json): string | null => {
    const problem = placeProblem(world, words(args['channel']));
    return problem === 'is_archived' ? null : problem;
  };

  return {
    'conversations.history': (args) => {
      const problem = readable(args);
      if (problem !== null) return refused(problem);
      const top = world.messages.filter((it) => it.channel === args['channel'] && (it.threadTs === null || it.isBroadcast));
      return page(world, top.toReversed().filter(within(args)), args, []);
    },
    /** The parent comes first, whatever the bounds. */
    'conversations.replies': (args) => {
      const problem = readable(args);
      if (problem !== null) return refused(problem);
      const channel = words(args['channel']);
      const asked = world.find(channel, words(args['ts']));
      const parent = asked?.threadTs ? world.find(channel, asked.threadTs) : asked;
      if (parent === null) return refused('thread_not_found');
      return page(world, world.repliesTo(channel, parent.ts).filter(within(args)), args, [parent]);
    },
    'conversations.info': (args) => {
      const channel = channelOf(args);
      return channel === undefined ? refused('channel_not_found') : done({ channel: channelWire(channel) });
    },
    'conversations.list': () => done({ channels: [...world.channels.values()].filter((it) => it.type !== 'im').map(channelWire) }),
    'conversations.members': (args) => {
      const channel = channelOf(args);
      if (channel === undefined) return refused('channel_not_found');
      const people = channel.person === null ? [...world.people.keys()] : [channel.person];
      return done({ members: [...people, ...(channel.isBotIn ? [world.botUserId] : [])] });
    },
    'conversations.open': (args) => {
      const users = words(args['users']).split(',');
      const user = users[0] ?? '';
      if (users.length > 1) return refused('too_many_users');
      if (!world.people.has(user)) return refused('user_not_found');
      return done({ channel: { id: world.directChannel(user).id } });
    },
    'conversations.join': (args) => {
      const channel = channelOf(args);
      if (channel === undefined || channel.type !== 'channel') return refused('channel_not_found');
      if (channel.isArchived) return refused('is_archived');
      channel.isBotIn = true;
      return done({ channel: channelWire(channel) });
    },
  };
}

export function reactionMethods(world: World): Readonly<Record<string, Method>> {
  const marked = (args: Json, then: (message: Message, name: string) => Answer): Answer => {
    const channel = words(args['channel']);
    const name = words(args['name']);
    if (name === '' || !/^[\w+:'-]+$/.test(name)) return refused('invalid_name');
    if (words(args['timestamp']) === '') return refused('no_item_specified');
    const problem = placeProblem(world, channel);
    if (problem !== null) return refused(problem);
    const message = world.find(channel, words(args['timestamp']));
    return message === null ? refused('message_not_found') : then(message, name);
  };
  const bot = world.botUserId;
  const told = (type: string, message: Message, reaction: string) => {
    const item = { type: 'message', channel: message.channel, ts: message.ts };
    world.happened({ type, user: bot, reaction, item_user: message.user, item, event_ts: world.nextTs(message.channel) });
    return done();
  };

  return {
    'reactions.add': (args) =>
      marked(args, (message, name) => {
        const users = message.reactions.get(name) ?? new Set();
        if (users.has(bot)) return refused('already_reacted');
        message.reactions.set(name, users.add(bot));
        return told('reaction_added', message, name);
      }),
    'reactions.remove': (args) =>
      marked(args, (message, name) => {
        const users = message.reactions.get(name);
        if (users?.delete(bot) !== true) return refused('no_reaction');
        if (users.size === 0) message.reactions.delete(name);
        return told('reaction_removed', message, name);
      }),
    'reactions.get': (args) =>
      marked({ ...args, name: 'any' }, (message) =>
        done({ type: 'message', channel: message.channel, message: messageWire(world, message) }),
      ),
  };
}

export function userMethods(world: World): Readonly<Record<string, Method>> {
  const { teamId, botUserId, botId } = world;
  return {
    'auth.test': () =>
      done({ url: 'https://baoxiu.slack.com/', team: 'baoxiu', user: 'baoxiu', team_id: teamId, user_id: botUserId, bot_id: botId }),
    'users.info': (args) => {
      const person = world.people.get(words(args['user']));
      return person === undefined ? refused('user_not_found') : done({ user: profileWire(world, person) });
    },
    'users.list': () => done({ members: [...world.people.values()].map((it) => profileWire(world, it)) }),
    'users.lookupByEmail': (args) => {
      const email = words(args['email']).toLowerCase();
      const person = [...world.people.values()].find((it) => it.email?.toLowerCase() === email && !it.isGone);
      return person === undefined ? refused('users_not_found') : done({ user: profileWire(world, person) });
    },
  };
}

/** Between `oldest` and `latest`, which count only with `inclusive`. */
function within(args: Json): (message: Message) => boolean {
  const oldest = Number(args['oldest'] ?? 0);
  const latest = Number(args['latest'] ?? Number.POSITIVE_INFINITY);
  const isInclusive = flag(args['inclusive']);
  return ({ ts }) => {
    const at = Number(ts);
    return isInclusive ? at >= oldest && at <= latest : at > oldest && at < latest;
  };
}

function page(world: World, all: readonly Message[], args: Json, first: readonly Message[]): Answer {
  const limit = Math.min(Number(args['limit'] ?? PAGE), PAGE_MAX);
  if (!Number.isInteger(limit) || limit < 1) return refused('invalid_limit');
  const cursor = words(args['cursor']);
  const start = cursor === '' ? 0 : Number(Buffer.from(cursor, 'base64').toString().replace('next:', ''));
  if (!Number.isInteger(start)) return refused('invalid_cursor');
  const end = start + limit;
  const withMetadata = flag(args['include_all_metadata']);
  const hasMore = end < all.length;
  return done({
    messages: [...first, ...all.slice(start, end)].map((it) => messageWire(world, it, withMetadata)),
    has_more: hasMore,
    ...(hasMore && { response_metadata: { next_cursor: Buffer.from(`next:${end}`).toString('base64') } }),
  });
}
