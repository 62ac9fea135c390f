/** Records of the fake Slack in the platform's own words: messages, people, channels, files and views as apps are shown them. */
import { type Json, record } from './slack-data.ts';
import type { Channel, Message, Profile, View, World } from './slack-world.ts';

/** `withMetadata`: only who asks for it is shown it. */
export function messageWire(world: World, it: Message, withMetadata = false): Json {
  const replies = it.threadTs === null ? world.repliesTo(it.channel, it.ts) : [];
  if (it.isTombstone) return { type: 'message', subtype: 'tombstone', user: 'USLACKBOT', text: 'This message was deleted.', ts: it.ts };
  return {
    type: 'message',
    ...(it.isBroadcast && { subtype: 'thread_broadcast' }),
    ...(it.files.length > 0 && { subtype: 'file_share', files: it.files, upload: false }),
    ...(it.clientMessageId !== null && { client_msg_id: it.clientMessageId }),
    user: it.user,
    text: it.text,
    ts: it.ts,
    team: world.teamId,
    ...(it.isBot && {
      bot_id: world.botId,
      app_id: world.appId,
      bot_profile: { id: world.botId, app_id: world.appId, name: 'baoxiu', deleted: false, team_id: world.teamId },
    }),
    ...(it.blocks.length > 0 && { blocks: it.blocks }),
    ...(it.attachments.length > 0 && { attachments: it.attachments }),
    ...(it.edited !== null && { edited: it.edited }),
    ...(it.threadTs !== null && {
      thread_ts: it.threadTs,
      parent_user_id: world.find(it.channel, it.threadTs)?.user ?? 'USLACKBOT',
    }),
    ...(replies.length > 0 && {
      thread_ts: it.ts,
      reply_count: replies.length,
      reply_users_count: new Set(replies.map((one) => one.user)).size,
      reply_users: [...new Set(replies.map((one) => one.user))],
      latest_reply: replies.at(-1)?.ts,
      subscribed: false,
    }),
    ...(it.reactions.size > 0 && {
      reactions: [...it.reactions].map(([name, users]) => ({ name, users: [...users], count: users.size })),
    }),
    ...(withMetadata && it.metadata !== null && { metadata: it.metadata }),
  };
}

/** A message as an event tells it. */
export function messageEvent(world: World, it: Message): Json {
  return { ...messageWire(world, it), channel: it.channel, event_ts: it.ts, channel_type: typeOf(world, it.channel) };
}

/** A message was changed or taken away; what it was before is a copy. */
export function changeEvent(world: World, channel: string, change: Json): Json {
  const ts = world.nextTs(channel);
  return { type: 'message', ...change, channel, hidden: true, ts, event_ts: ts, channel_type: typeOf(world, channel) };
}

const typeOf = (world: World, channel: string) => world.channels.get(channel)?.type ?? 'channel';

export function profileWire(world: World, it: Profile): Json {
  return {
    id: it.id,
    team_id: world.teamId,
    name: it.name.toLowerCase().replaceAll(/\s+/g, '.'),
    deleted: it.isGone,
    real_name: it.name,
    tz: 'Asia/Shanghai',
    is_bot: it.id === world.botUserId,
    profile: { real_name: it.name, display_name: it.name, ...(it.email !== null && { email: it.email }) },
  };
}

export function channelWire(it: Channel): Json {
  if (it.type === 'im') return { id: it.id, is_im: true, user: it.person, is_archived: it.isArchived };
  return {
    id: it.id,
    name: it.name,
    is_channel: it.type === 'channel',
    is_private: it.type === 'group',
    is_im: false,
    is_archived: it.isArchived,
    is_member: it.isBotIn,
  };
}

export function viewWire(world: World, it: View, values: Json = {}): Json {
  return {
    submit: null,
    close: null,
    callback_id: '',
    private_metadata: '',
    clear_on_close: false,
    notify_on_close: false,
    external_id: '',
    ...it.content,
    id: it.id,
    team_id: world.teamId,
    app_id: world.appId,
    app_installed_team_id: world.teamId,
    bot_id: world.botId,
    hash: it.hash,
    root_view_id: it.root,
    previous_view_id: it.previous,
    state: { values },
  };
}

/** Short texts an event keeps of who did something. */
export function userWire(world: World, id: string): Json {
  const name = record(profileWire(world, world.people.get(id) ?? { id, name: id, email: null, isGone: false }))['name'];
  return { id, username: name, name, team_id: world.teamId };
}
