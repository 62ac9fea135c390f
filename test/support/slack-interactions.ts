/** Clicks, choices, forms and shortcuts of somebody in the fake Slack: only what stands on their screen can be touched. */
import { type Json, list, parsedOf, record, words } from './slack-data.ts';
import type { Deliver, Delivered, SendOptions } from './slack-delivery.ts';
import { actionOf, elementsOf, type Given, type Placed, stateOf } from './slack-elements.ts';
import { type EphemeralPost, type Post, type ShownView, shownView } from './slack-screen.ts';
import { clearViews, closeView, replaceView, stackView, viewProblem } from './slack-views.ts';
import { messageWire, userWire, viewWire } from './slack-wire.ts';
import type { View, World } from './slack-world.ts';

/** Where something is clicked. `{ channel, ts }` is a message as it stands now. */
export type Target = Post | EphemeralPost | ShownView | { readonly channel: string; readonly ts: string } | 'home';

type Values = Readonly<Record<string, Given>>;

export type ClickOptions = SendOptions & {
  /** Of the button, where several have that action; a part of it is enough. */
  readonly value?: string;
  /** On a screen that has not caught up: the post or view as it was when it was looked at. */
  readonly stale?: boolean;
  /** What is filled in beside it, named as for `submit`. */
  readonly values?: Values;
};

export type Submitted = Delivered & {
  /** What the desk said is wrong, by block; null: nothing. */
  readonly errors: Readonly<Record<string, string>> | null;
  /** The modal on top afterwards; null: all are closed. */
  readonly view: ShownView | null;
};

export type Interactions = {
  /** By a part of the action's id; throws when there is no such button. */
  readonly click: (target: Target, actionId: string, options?: ClickOptions) => Promise<Delivered>;
  /** From a menu, by the option's value or a part of its words; several for a multiple one. */
  readonly choose: (target: Target, actionId: string, given: Given, options?: ClickOptions) => Promise<Delivered>;
  /** `values` by block, action or label, a part of it is enough; what is not named keeps what it starts with. */
  readonly submit: (view: ShownView, values?: Values, options?: SendOptions) => Promise<Submitted>;
  /** Closes one modal; the desk hears when it asked to. */
  readonly close: (view: ShownView, options?: SendOptions) => Promise<Delivered>;
  /** From a message's menu. */
  readonly shortcut: (
    callbackId: string,
    message: { readonly channel: string; readonly ts: string },
    options?: SendOptions,
  ) => Promise<Delivered>;
  /** From the search bar. */
  readonly globalShortcut: (callbackId: string, options?: SendOptions) => Promise<Delivered>;
};

type Touched = { readonly blocks: readonly Json[]; readonly context: Json };

export function interactionsOf({ world, deliver }: { readonly world: World; readonly deliver: Deliver }, user: string): Interactions {
  const base = (type: string): Json => ({
    type,
    user: userWire(world, user),
    api_app_id: world.appId,
    token: 'verification-token',
    team: { id: world.teamId, domain: 'baoxiu' },
    enterprise: null,
    is_enterprise_install: false,
  });
  const place = (channel: string) => ({ id: channel, name: world.channels.get(channel)?.name ?? '' });

  const onMessage = (channel: string, ts: string, stale: readonly Json[] | null, values: Values): Touched => {
    const message = world.find(channel, ts);
    const ephemeral = world.ephemerals.find((it) => it.channel === channel && it.ts === ts && it.user === user);
    const found = message ?? ephemeral;
    if (found === undefined) throw new Error(`${user} sees no message ${ts} in ${channel}`);
    const isEphemeral = message === null;
    const { threadTs } = found;
    const blocks = stale ?? found.blocks;
    const container = {
      type: 'message',
      message_ts: ts,
      channel_id: channel,
      is_ephemeral: isEphemeral,
      ...(threadTs !== null && { thread_ts: threadTs }),
    };
    const response_url = world.issueResponseUrl({ channel, user, source: { ts, isEphemeral, threadTs } });
    return {
      blocks,
      context: {
        container,
        channel: place(channel),
        // The platform does not send along what only one person saw.
        ...(message !== null && { message: { ...messageWire(world, message), blocks } }),
        state: {
          values: stateOf(blocks, values),
        },
        response_url,
      },
    };
  };
  const onView = (view: View | undefined, stale: readonly Json[] | null, values: Values): Touched => {
    if (view === undefined) throw new Error(`${user} has no such view open`);
    return {
      blocks: stale ?? list(view.content['blocks']),
      context: {
        container: { type: 'view', view_id: view.id },
        view: viewWire(world, view, stateOf(list(view.content['blocks']), values)),
      },
    };
  };
  const mine = (id: string) => [...world.views, ...world.homes.values()].find((it) => it.id === id && it.user === user);
  const touched = (target: Target, isStale: boolean, values: Values): Touched => {
    if (target === 'home') return onView(world.homes.get(user), null, values);
    const stale = isStale && 'blocks' in target ? target.blocks : null;
    return 'id' in target ? onView(mine(target.id), stale, values) : onMessage(target.channel, target.ts, stale, values);
  };

  const act = (target: Target, fits: (it: Placed) => boolean, what: string, given: Given, options: ClickOptions): Promise<Delivered> => {
    const { value, stale = false, values = {}, ...sending } = options;
    const { blocks, context } = touched(target, stale, values);
    const all = elementsOf(blocks).filter(fits);
    const found = all.find((it) => value === undefined || words(it.element['value']).includes(value));
    if (found === undefined) {
      const there = elementsOf(blocks).map((it) => `${words(it.element['action_id'])}=${words(it.element['value'])}`);
      throw new Error(`${user} sees no ${what}${value === undefined ? '' : ` with ${value}`}, only: ${there.join(', ') || 'nothing'}`);
    }
    const action = actionOf(found, given, (world.now() / 1_000).toFixed(6));
    const payload = { ...base('block_actions'), ...context, trigger_id: world.issueTrigger(user), actions: [action] };
    return deliver('interaction', () => payload, sending);
  };
  const byId = (actionId: string, isButton: boolean) => (it: Placed) =>
    words(it.element['action_id']).includes(actionId) && (it.element['type'] === 'button') === isButton;

  return {
    // `async`: what is not on the screen is a rejection, never a throw beside it.
    click: async (target, actionId, options = {}) => act(target, byId(actionId, true), `button ${actionId}`, null, options),
    choose: async (target, actionId, given, options = {}) => act(target, byId(actionId, false), `menu ${actionId}`, given, options),

    async submit({ id }, values = {}, options = {}) {
      const view = world.views.find((it) => it.id === id && it.user === user);
      if (view === undefined) throw new Error(`${user} has no such modal open`);
      const state = stateOf(list(view.content['blocks']), values, true);
      const shown = viewWire(world, view, state);
      const payload = { ...base('view_submission'), trigger_id: world.issueTrigger(user), view: shown, response_urls: [] };
      const answered = await deliver('interaction', () => payload, options);
      const errors = answered.status === 200 ? afterSubmission(world, view, answered.body) : null;
      const top = world.views.findLast((it) => it.user === user);
      return { ...answered, errors, view: top === undefined ? null : shownView(top) };
    },
    async close({ id }, options = {}) {
      const view = world.views.find((it) => it.id === id && it.user === user);
      if (view === undefined) throw new Error(`${user} has no such modal open`);
      const isTold = view.content['notify_on_close'] === true;
      const payload = { ...base('view_closed'), view: viewWire(world, view), is_cleared: false };
      closeView(world, view);
      return isTold ? deliver('interaction', () => payload, options) : { status: 0, body: 'nobody asked to hear', replies: [] };
    },

    async shortcut(callbackId, { channel, ts }, options) {
      const message = world.find(channel, ts);
      if (message === null) throw new Error(`${user} sees no message ${ts} in ${channel}`);
      const source = { ts, isEphemeral: false, threadTs: message.threadTs };
      const payload = {
        ...base('message_action'),
        callback_id: callbackId,
        trigger_id: world.issueTrigger(user),
        message_ts: ts,
        action_ts: (world.now() / 1_000).toFixed(6),
        channel: place(channel),
        message: messageWire(world, message),
        // Whatever answers it is new: the message is not the app's.
        response_url: world.issueResponseUrl({ channel, user, source }),
      };
      return deliver('interaction', () => payload, options);
    },
    async globalShortcut(callbackId, options) {
      const action_ts = (world.now() / 1_000).toFixed(6);
      const payload = { ...base('shortcut'), callback_id: callbackId, trigger_id: world.issueTrigger(user), action_ts };
      return deliver('interaction', () => payload, options);
    },
  };
}

/** What the desk's answer does to the modals; the errors it named. Throws at what the platform would not take. */
function afterSubmission(world: World, view: View, body: string): Readonly<Record<string, string>> | null {
  const answer = body === '' ? {} : record(parsedOf(body));
  const next = record(answer['view']);
  const refused = answer['view'] === undefined ? null : viewProblem(next, 'modal');
  if (refused !== null) throw new Error(`Slack does not show that view: ${JSON.stringify(refused)}`);
  switch (answer['response_action']) {
    case undefined:
      if (body !== '' && Object.keys(answer).length > 0) throw new Error(`Slack does not understand: ${body}`);
      closeView(world, view);
      return null;
    case 'errors': {
      const errors = record(answer['errors']);
      const known = elementsOf(list(view.content['blocks'])).map((it) => it.blockId);
      const strange = Object.keys(errors).filter((it) => !known.includes(it));
      if (strange.length > 0) throw new Error(`Slack knows no input block ${strange.join(', ')} to show an error at`);
      return Object.fromEntries(Object.entries(errors).map(([block, said]) => [block, words(said)]));
    }
    case 'clear':
      clearViews(world, view.user);
      return null;
    case 'update':
      replaceView(world, view, next);
      return null;
    case 'push':
      stackView(world, view.user, next, view);
      return null;
    default:
      throw new Error(`Slack knows no response_action ${words(answer['response_action'])}`);
  }
}
