/** `chat.*` of the fake Slack: posting, changing and taking away messages, with the platform's refusals. */
import { type Answer, done, flag, type Json, list, type Method, record, refused, words } from './slack-data.ts';
import { blockFaults } from './slack-rules.ts';
import { changeEvent, messageEvent, messageWire } from './slack-wire.ts';
import { addMessage, type Message, type World, withIds } from './slack-world.ts';

const TEXT_MAX = 40_000;
const ATTACHMENTS_MAX = 100;

type Content = { readonly text: string; readonly blocks: readonly Json[] | null; readonly attachments: readonly Json[] | null };

export function messageMethods(world: World): Readonly<Record<string, Method>> {
  const add = (channel: string, args: Json, content: Content, metadata: Json | null): Message => {
    const threadTs = words(args['thread_ts']);
    return addMessage(world, {
      channel,
      threadTs: threadTs === '' ? null : (world.find(channel, threadTs)?.threadTs ?? threadTs),
      user: world.botUserId,
      isBroadcast: flag(args['reply_broadcast']) && threadTs !== '',
      text: content.text,
      blocks: withIds(content.blocks ?? [], world.newId),
      attachments: content.attachments ?? [],
      metadata,
    });
  };

  return {
    'chat.postMessage': (args) => {
      const id = words(args['channel']);
      const channel = world.people.has(id) ? world.directChannel(id).id : id;
      const problem = placeProblem(world, channel);
      if (problem !== null) return refused(problem);
      const content = contentOf(args);
      if ('ok' in content) return content;
      if (isEmpty(content)) return refused('no_text');
      const metadata = args['metadata'] === undefined ? null : record(args['metadata']);
      if (metadata !== null && (words(metadata['event_type']) === '' || typeof metadata['event_payload'] !== 'object'))
        return refused('invalid_metadata_format');
      const message = add(channel, args, content, metadata);
      world.happened(messageEvent(world, message));
      return done({ channel, ts: message.ts, message: messageWire(world, message, true) });
    },

    'chat.update': (args) => {
      const found = own(world, args, 'cant_update_message');
      if ('ok' in found) return found;
      const content = contentOf(args);
      if ('ok' in content) return content;
      if (isEmpty(content)) return refused('no_text');
      const before = messageWire(world, found);
      // What is not named stays; an empty list takes it away.
      if (args['text'] !== undefined) found.text = content.text;
      if (content.blocks !== null) found.blocks = withIds(content.blocks, world.newId);
      if (content.attachments !== null) found.attachments = content.attachments;
      if (args['metadata'] !== undefined) found.metadata = record(args['metadata']);
      found.edited = { user: world.botUserId, ts: world.nextTs(found.channel) };
      const message = messageWire(world, found);
      world.happened(changeEvent(world, found.channel, { subtype: 'message_changed', message, previous_message: before }));
      return done({ channel: found.channel, ts: found.ts, text: found.text, message: messageWire(world, found, true) });
    },

    'chat.delete': (args) => {
      const found = own(world, args, 'cant_delete_message');
      if ('ok' in found) return found;
      takeAway(world, found);
      return done({ channel: found.channel, ts: found.ts });
    },

    'chat.postEphemeral': (args) => {
      const channel = words(args['channel']);
      const user = words(args['user']);
      const problem = placeProblem(world, channel);
      if (problem !== null) return refused(problem);
      if (!world.people.has(user)) return refused('user_not_in_channel');
      const content = contentOf(args);
      if ('ok' in content) return content;
      if (isEmpty(content)) return refused('no_text');
      const ts = world.nextTs(channel);
      const blocks = withIds(content.blocks ?? [], world.newId);
      world.ephemerals.push({ channel, ts, user, threadTs: words(args['thread_ts']) || null, text: content.text, blocks });
      return done({ message_ts: ts });
    },

    'chat.getPermalink': (args) => {
      const channel = words(args['channel']);
      const ts = words(args['message_ts']);
      if (!world.channels.has(channel)) return refused('channel_not_found');
      const found = world.find(channel, ts);
      if (found === null) return refused('message_not_found');
      const thread = found.threadTs === null ? '' : `?thread_ts=${found.threadTs}&cid=${channel}`;
      return done({ channel, permalink: `https://baoxiu.slack.com/archives/${channel}/p${ts.replace('.', '')}${thread}` });
    },
  };
}

/** Why the bot may not post there; null when it may. */
export function placeProblem(world: World, id: string): string | null {
  const channel = world.channels.get(id);
  if (channel === undefined) return 'channel_not_found';
  if (channel.isArchived) return 'is_archived';
  // A private channel one is not in does not exist.
  if (!channel.isBotIn) return channel.type === 'group' ? 'channel_not_found' : 'not_in_channel';
  return null;
}

/** Gone for good, or a stone where a thread hangs on it. */
export function takeAway(world: World, message: Message): Json {
  const before = messageWire(world, message);
  if (world.repliesTo(message.channel, message.ts).length > 0) message.isTombstone = true;
  else world.messages.splice(world.messages.indexOf(message), 1);
  const event = changeEvent(world, message.channel, { subtype: 'message_deleted', deleted_ts: message.ts, previous_message: before });
  if (message.isBot) world.happened(event);
  return event;
}

/** What is to be shown, or why it cannot be. */
export function contentOf(args: Json): Content | Answer {
  const text = words(args['text']);
  if (text.length > TEXT_MAX) return refused('msg_too_long');
  const blocks = args['blocks'];
  if (blocks !== undefined && !Array.isArray(blocks)) return refused('invalid_blocks_format');
  const attachments = args['attachments'];
  if (attachments !== undefined && !Array.isArray(attachments)) return refused('invalid_attachments');
  const attached = attachments === undefined ? null : list(attachments);
  if (attached !== null && attached.length > ATTACHMENTS_MAX) return refused('too_many_attachments');
  const faults = [blocks, ...(attached ?? []).map((it) => it['blocks'])].flatMap((it) =>
    it === undefined ? [] : blockFaults(it, 'message'),
  );
  if (faults.length > 0)
    return refused(
      'invalid_blocks',
      faults.map((it) => `[ERROR] ${it}`),
    );
  return { text, blocks: blocks === undefined ? null : list(blocks), attachments: attached };
}

const isEmpty = (it: Content) => it.text === '' && (it.blocks ?? []).length === 0 && (it.attachments ?? []).length === 0;

/** A message of the bot's own, or why it may not be touched. */
function own(world: World, args: Json, notOurs: string): Message | Answer {
  const channel = words(args['channel']);
  if (!world.channels.has(channel)) return refused('channel_not_found');
  const problem = placeProblem(world, channel);
  if (problem !== null) return refused(problem);
  const found = world.find(channel, words(args['ts']));
  if (found === null || found.isTombstone) return refused('message_not_found');
  return found.isBot ? found : refused(notOurs);
}
