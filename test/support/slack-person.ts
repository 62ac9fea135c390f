/** Somebody in front of the fake Slack: what they do changes what there is, and the desk is told as the platform tells it. */
import { randomUUID } from 'node:crypto';
import { type Json, list, parsedOf, record } from './slack-data.ts';
import { type Deliver, type Delivered, envelopeOf, type SendOptions } from './slack-delivery.ts';
import type { Files, SharedFile } from './slack-files.ts';
import { type Interactions, interactionsOf } from './slack-interactions.ts';
import { takeAway } from './slack-messages.ts';
import { showAnswer } from './slack-responses.ts';
import { typed } from './slack-rich-text.ts';
import { changeEvent, messageEvent, messageWire, viewWire } from './slack-wire.ts';
import { addMessage, type Message, type Profile, type World } from './slack-world.ts';

/** What a message is known by; a post is one, and so is what `say` gave. */
export type Place = { readonly channel: string; readonly ts: string };

export type Said = Delivered & Place;

export type SayOptions = SendOptions & { readonly threadTs?: string; readonly files?: readonly SharedFile[] };

export type SlackPerson = Interactions & {
  readonly id: string;
  readonly name: string;
  readonly email: string | null;
  /** Their direct channel with the bot. */
  readonly directChannel: string;
  readonly say: (channel: string, text: string, options?: SayOptions) => Promise<Said>;
  /** To the bot, directly. */
  readonly dm: (text: string, options?: SayOptions) => Promise<Said>;
  readonly shareFile: (channel: string, file: SharedFile, options?: SayOptions & { readonly text?: string }) => Promise<Said>;
  readonly edit: (message: Place, text: string, options?: SendOptions) => Promise<Said>;
  readonly remove: (message: Place, options?: SendOptions) => Promise<Said>;
  readonly react: (message: Place, name: string, options?: SendOptions) => Promise<Delivered>;
  readonly command: (command: string, text: string, options?: SendOptions & { readonly channel?: string }) => Promise<Delivered>;
  readonly openHome: (options?: SendOptions) => Promise<Delivered>;
};

export type PersonPorts = { readonly world: World; readonly files: Files; readonly deliver: Deliver };

export function createPerson({ world, files, deliver }: PersonPorts, profile: Profile): SlackPerson {
  const { id, name, email } = profile;
  world.people.set(id, profile);
  const directChannel = world.directChannel(id).id;
  const tell = (event: Json, options?: SendOptions) => deliver('event', () => envelopeOf(event, world), options);

  /** The app hears of what happens where it is. */
  const tellIn = async (channel: string, event: Json, ts: string, options?: SendOptions): Promise<Said> => {
    const isHeard = world.channels.get(channel)?.isBotIn ?? false;
    const told = isHeard ? await tell(event, options) : { status: 0, body: 'the bot is not there', replies: [] };
    return { ...told, channel, ts };
  };
  const own = ({ channel, ts }: Place): Message => {
    const found = world.find(channel, ts);
    if (found === null || found.user !== id) throw new Error(`${name} has no message ${ts} in ${channel}`);
    return found;
  };

  const say: SlackPerson['say'] = (channelId, text, { threadTs, files: shared = [], ...options } = {}) => {
    const channel = world.channels.get(channelId);
    const isTheirs = channel?.person === null || channel?.person === id;
    if (channel === undefined || channel.isArchived || !isTheirs) throw new Error(`${name} cannot write in ${channelId}`);
    const message = addMessage(world, {
      channel: channelId,
      threadTs: threadTs === undefined ? null : (world.find(channelId, threadTs)?.threadTs ?? threadTs),
      user: id,
      clientMessageId: randomUUID(),
      ...typed(text),
      files: shared.map((it) => files.put(id, it)),
    });
    return tellIn(channelId, messageEvent(world, message), message.ts, options);
  };

  return {
    id,
    name,
    email,
    directChannel,
    say,
    dm: (text, options) => say(directChannel, text, options),
    shareFile: (channel, file, { text = '', ...options } = {}) => say(channel, text, { ...options, files: [file] }),

    edit(place, text, options) {
      const message = own(place);
      const previous_message = messageWire(world, message);
      Object.assign(message, typed(text), { edited: { user: id, ts: world.nextTs(place.channel) } });
      const event = changeEvent(world, place.channel, {
        subtype: 'message_changed',
        message: messageWire(world, message),
        previous_message,
      });
      return tellIn(place.channel, event, place.ts, options);
    },
    remove: (place, options) => tellIn(place.channel, takeAway(world, own(place)), place.ts, options),
    react({ channel, ts }, reaction, options) {
      const message = world.find(channel, ts);
      if (message === null) throw new Error(`no message ${ts} in ${channel}`);
      message.reactions.set(reaction, (message.reactions.get(reaction) ?? new Set()).add(id));
      const item = { type: 'message', channel, ts };
      const event = { type: 'reaction_added', user: id, reaction, item_user: message.user, item, event_ts: world.nextTs(channel) };
      return tellIn(channel, event, ts, options);
    },

    async command(command, text, { channel = directChannel, ...options } = {}) {
      const place = { channel, user: id, source: null };
      const fields = {
        token: 'verification-token',
        team_id: world.teamId,
        team_domain: 'baoxiu',
        channel_id: channel,
        channel_name: world.channels.get(channel)?.name ?? '',
        user_id: id,
        user_name: name,
        command,
        text,
        api_app_id: world.appId,
        is_enterprise_install: 'false',
        response_url: world.issueResponseUrl(place),
        trigger_id: world.issueTrigger(id),
      };
      const answered = await deliver('command', () => fields, options);
      const parsed = parsedOf(answered.body);
      const answer = typeof parsed === 'object' ? record(parsed) : { text: answered.body };
      // What comes back with the acknowledgement is shown, too.
      if (answered.status === 200 && (answer['text'] || list(answer['blocks']).length > 0)) showAnswer(world, place, answer);
      return answered;
    },
    openHome(options) {
      const home = world.homes.get(id);
      const view = home === undefined ? {} : { view: viewWire(world, home) };
      return tell(
        { type: 'app_home_opened', user: id, channel: directChannel, tab: 'home', ...view, event_ts: world.nextTs(directChannel) },
        options,
      );
    },

    ...interactionsOf({ world, deliver }, id),
  };
}
