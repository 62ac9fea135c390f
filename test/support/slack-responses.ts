/**
 * Response URLs of the fake Slack, and commands answered at once: a new message, only for who asked unless told otherwise, or
 * what was clicked replaced or taken away.
 */
import { type Answer, done, flag, type Json, refused } from './slack-data.ts';
import { contentOf, takeAway } from './slack-messages.ts';
import { changeEvent, messageEvent, messageWire } from './slack-wire.ts';
import { addMessage, type ResponsePlace, type World, withIds } from './slack-world.ts';

export function respondTo(world: World, id: string, args: Json): Answer {
  const place = world.responses.get(id);
  if (place === undefined) return refused('invalid_url');
  if (place.left === 0) return refused('used_url');
  const isTaken = showAnswer(world, place, args);
  if (isTaken.ok) place.left -= 1;
  return isTaken;
}

export function showAnswer(world: World, place: Omit<ResponsePlace, 'left'>, args: Json): Answer {
  const { source } = place;
  if (flag(args['delete_original']) && source !== null) return remove(world, place.channel, source);
  const content = contentOf(args);
  if ('ok' in content) return content;
  if (content.text === '' && (content.blocks ?? []).length === 0) return refused('no_text');
  const shown = { text: content.text, blocks: withIds(content.blocks ?? [], world.newId) };
  if (flag(args['replace_original']) && source !== null) return replace(world, place.channel, source, shown);
  const ts = world.nextTs(place.channel);
  const threadTs = source?.threadTs ?? null;
  const isForAll = args['response_type'] === 'in_channel';
  if (!isForAll) world.ephemerals.push({ channel: place.channel, ts, user: place.user, threadTs, ...shown });
  else {
    const message = addMessage(world, { channel: place.channel, ts, threadTs, user: world.botUserId, ...shown });
    world.happened(messageEvent(world, message));
  }
  return done();
}

type Source = NonNullable<ResponsePlace['source']>;

function remove(world: World, channel: string, source: Source): Answer {
  if (source.isEphemeral) {
    const index = world.ephemerals.findIndex((it) => it.channel === channel && it.ts === source.ts);
    if (index >= 0) world.ephemerals.splice(index, 1);
    return done();
  }
  const message = world.find(channel, source.ts);
  if (message === null) return refused('message_not_found');
  takeAway(world, message);
  return done();
}

function replace(world: World, channel: string, source: Source, shown: { text: string; blocks: readonly Json[] }): Answer {
  if (source.isEphemeral) {
    const ephemeral = world.ephemerals.find((it) => it.channel === channel && it.ts === source.ts);
    if (ephemeral === undefined) return refused('message_not_found');
    Object.assign(ephemeral, shown);
    return done();
  }
  const message = world.find(channel, source.ts);
  if (message === null) return refused('message_not_found');
  const before = messageWire(world, message);
  Object.assign(message, shown, { edited: { user: world.botUserId, ts: world.nextTs(channel) } });
  const after = messageWire(world, message);
  world.happened(changeEvent(world, channel, { subtype: 'message_changed', message: after, previous_message: before }));
  return done();
}
