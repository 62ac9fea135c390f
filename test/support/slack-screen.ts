/** What people see in the fake Slack, as copies a test can keep: posts, what only one sees, modals and the home. */

import { type Json, list, record, words } from './slack-data.ts';
import { elementsOf, readable } from './slack-elements.ts';
import type { Ephemeral, Message, View, World } from './slack-world.ts';

export type Button = { readonly actionId: string; readonly label: string; readonly value: string };

type Seen = {
  readonly blocks: readonly Json[];
  /** All that can be read on it: the blocks, or the text where there are none. */
  readonly shown: string;
  readonly buttons: readonly Button[];
};

export type Post = Seen & {
  readonly kind: 'post';
  readonly channel: string;
  readonly ts: string;
  readonly threadTs: string | null;
  readonly user: string;
  readonly isBot: boolean;
  readonly isBroadcast: boolean;
  readonly isEdited: boolean;
  readonly text: string;
  readonly attachments: readonly Json[];
  readonly metadata: Json | null;
  readonly files: readonly Json[];
  readonly reactions: readonly string[];
};

export type EphemeralPost = Seen & {
  readonly kind: 'ephemeral';
  readonly channel: string;
  readonly ts: string;
  readonly threadTs: string | null;
  readonly user: string;
  readonly text: string;
};

export type ShownView = Seen & {
  readonly kind: 'modal' | 'home';
  readonly id: string;
  readonly user: string;
  readonly title: string;
  readonly callbackId: string;
  readonly privateMetadata: string;
};

function postOf(it: Message): Post {
  const { channel, ts, threadTs, user, isBot, isBroadcast, text, attachments, metadata, files } = it;
  const isEdited = it.edited !== null;
  const reactions = [...it.reactions.keys()];
  const kept = { channel, ts, threadTs, user, isBot, isBroadcast, isEdited, text, attachments, metadata, files, reactions };
  return structuredClone({ kind: 'post', ...kept, ...seen(it.blocks, text) });
}

function ephemeralOf({ channel, ts, threadTs, user, text, blocks }: Ephemeral): EphemeralPost {
  return structuredClone({ kind: 'ephemeral', channel, ts, threadTs, user, text, ...seen(blocks, text) });
}

export function shownView({ id, user, content }: View): ShownView {
  return structuredClone({
    kind: content['type'] === 'home' ? 'home' : 'modal',
    id,
    user,
    title: words(record(content['title'])['text']),
    callbackId: words(content['callback_id']),
    privateMetadata: words(content['private_metadata']),
    ...seen(list(content['blocks']), ''),
  });
}

export type Screen = {
  /** As they stand now, in order: those at the top, or the replies of one thread without its parent. */
  readonly posts: (channel: string, of?: { readonly threadTs: string }) => readonly Post[];
  readonly ephemerals: (userId: string) => readonly EphemeralPost[];
  /** Open modals, the lowest first. */
  readonly views: (userId: string) => readonly ShownView[];
  readonly home: (userId: string) => ShownView | null;
  /** Names of the emoji on it. */
  readonly reactions: (channel: string, ts: string) => readonly string[];
};

export function screenOf(world: World): Screen {
  return {
    posts: (channel, of) =>
      world.messages
        .filter((it) => it.channel === channel && !it.isTombstone)
        .filter((it) => (of === undefined ? it.threadTs === null || it.isBroadcast : it.threadTs === of.threadTs))
        .map(postOf),
    ephemerals: (userId) => world.ephemerals.filter((it) => it.user === userId).map(ephemeralOf),
    views: (userId) => world.views.filter((it) => it.user === userId).map(shownView),
    home(userId) {
      const view = world.homes.get(userId);
      return view === undefined ? null : shownView(view);
    },
    reactions: (channel, ts) => [...(world.find(channel, ts)?.reactions.keys() ?? [])],
  };
}

function seen(blocks: readonly Json[], text: string): Seen {
  const buttons = elementsOf(blocks)
    .map((it) => it.element)
    .filter((it) => it['type'] === 'button')
    .map((it) => ({ actionId: words(it['action_id']), label: words(record(it['text'])['text']), value: words(it['value']) }));
  return { blocks, shown: blocks.length === 0 ? text : readable(blocks).join('\n'), buttons };
}
