/**
 * Slack, for tests: its Web API on loopback with the real limits and refusals, Socket Mode, faults on demand, and people who
 * write and click. What it is told and what it tells is as the platform documents it; `slack-person.ts` is who sits in front.
 *
 *   const slack = await startSlack({ channels: ['C0DESK', { id: 'C0URGENT', name: 'urgent' }], pace: { perSecond: 1, burst: 5 } });
 *   // the desk: SLACK_API_URL=slack.apiUrl, SLACK_BOT_TOKEN, SLACK_SIGNING_SECRET, SLACK_APP_TOKEN
 *   slack.connect(desk.url);                               // POSTs to `${desk.url}/slack/events`; or slack.connectSocket()
 *   const wang = slack.person({ name: 'Wang Fang', email: 'wang@example.com' });
 *   const said = await wang.say('C0DESK', '...', { threadTs });        // { status, body, replies, channel, ts }
 *   await wang.say('C0DESK', '...', { freshIds: 11, atOnce: true });   // also: copies, retries, signature, offsetSeconds
 *   await wang.edit(said, '...'); await wang.remove(said); await wang.react(said, 'eyes'); await wang.dm('...');
 *   await wang.shareFile('C0DESK', { name: 'a.png', contentType: 'image/png', bytes }, { text: '...' });
 *   const [card] = slack.posts('C0DESK');                  // .shown, .text, .buttons, .blocks, .metadata, .reactions, ...
 *   await wang.click(card, 'claim');                       // throws when she sees no such button; { value }, { stale: true }
 *   await wang.choose(card, 'assign', 'U0LI');             // menus: an option's value or words
 *   const [modal] = slack.views(wang.id);
 *   await wang.submit(modal, { phone: '...', window: 'am' });          // { status, errors, view }
 *   await wang.close(modal); await wang.command('/ticket', 'new'); await wang.shortcut('make-ticket', said);
 *   await wang.openHome(); slack.home(wang.id); await wang.click('home', 'open'); slack.ephemerals(wang.id);
 *   slack.fault('chat.postMessage', { kind: 'lost-response' });        // or error, http-500, timeout, slow, cut, ratelimited
 *   slack.down(true); slack.revokeToken(); slack.kick('C0DESK'); slack.archive('C0DESK'); slack.invite('C0DESK');
 *   await slack.waitFor(() => slack.posts('C0DESK')[0]);   // what is truthy; await slack.settled();
 *   slack.calls; slack.callsOf('chat.update'); slack.allText(); await slack.close();
 *
 * What the real one does that surprises: a lost answer was done nevertheless; a parent may be missing; a private channel one
 * was removed from does not exist; `chat.update` keeps the blocks it is not given; a trigger is good for 3 s and once; files
 * without the token are a login page with status 200; unknown keys in blocks are refused.
 */
import { createServer } from 'node:http';
import { conversationMethods, reactionMethods, userMethods } from './slack-conversations.ts';
import type { Json } from './slack-data.ts';
import { createDelivery, type Delivered, envelopeOf, type Line, type Redelivery, type SendOptions } from './slack-delivery.ts';
import { createFaults, type Fault } from './slack-fault.ts';
import { createFiles, type SharedFile } from './slack-files.ts';
import { messageMethods } from './slack-messages.ts';
import { createPaces, PACE, type Pace } from './slack-pace.ts';
import { createPerson, type SlackPerson } from './slack-person.ts';
import { type Screen, screenOf } from './slack-screen.ts';
import { createHandler, type RecordedCall } from './slack-server.ts';
import { createSockets } from './slack-socket.ts';
import { APP_TOKEN, BOT_TOKEN, createTokens } from './slack-tokens.ts';
import { viewMethods } from './slack-views.ts';
import { createWatch, type Watch } from './slack-watch.ts';
import { type ChannelOptions, createWorld } from './slack-world.ts';

export type SlackOptions = {
  readonly channels?: readonly (string | ChannelOptions)[];
  readonly pace?: Pace;
  /** The platform's clock in milliseconds, of ts, pace and triggers. Requests are signed by the machine's, which is what is checked. */
  readonly now?: () => number;
  /** The app hears of its own posts and changes, too. */
  readonly echoes?: boolean;
  /** Repetitions of an event that was not answered 2xx; none unless told. The platform's own are 3. */
  readonly redelivery?: Redelivery;
  /** How long the platform waits for an answer. */
  readonly answerMilliseconds?: number;
  /** Hears of every call of its methods as it ends. */
  readonly observe?: (call: RecordedCall) => void;
};

export type Slack = Screen &
  Watch & {
    /** Ends in `/api/`. */
    readonly apiUrl: string;
    readonly signingSecret: string;
    readonly botToken: string;
    readonly appToken: string;
    readonly botUserId: string;
    readonly botId: string;
    readonly teamId: string;
    readonly appId: string;
    readonly now: () => number;
    /** Moves the platform's clock ahead. */
    readonly advance: (milliseconds: number) => void;

    readonly channel: (options: string | ChannelOptions) => string;
    readonly person: (options: {
      readonly name: string;
      readonly id?: string;
      readonly email?: string;
      readonly isGone?: boolean;
    }) => SlackPerson;
    /** `url`: the desk's base; a function where it may move. Null: nobody is told any more. */
    readonly connect: (url: string | (() => string) | null) => void;
    readonly connectSocket: () => void;
    /** Any event by the platform's name. */
    readonly event: (event: Json, options?: SendOptions) => Promise<Delivered>;
    readonly socket: {
      readonly count: () => number;
      readonly acks: () => number;
      readonly disconnect: (reason: 'warning' | 'refresh_requested' | 'link_disabled') => void;
      readonly drop: () => void;
    };

    /** `method`: `*` is any. */
    readonly fault: (method: string, fault: Fault) => void;
    /** No fault told any more. */
    readonly heal: () => void;
    readonly down: (isDown: boolean) => void;
    readonly revokeToken: () => void;
    readonly restoreToken: () => void;
    readonly kick: (channel: string) => void;
    readonly invite: (channel: string) => void;
    readonly archive: (channel: string) => void;

    /** What was put up, by people and by the bot. */
    readonly files: () => readonly SharedFile[];
    readonly calls: readonly RecordedCall[];
    readonly callsOf: (method: string) => readonly RecordedCall[];
    /** All that was ever sent to the platform, for looking for what must not be in it. */
    readonly allText: () => string;
    readonly close: () => Promise<void>;
  };

const ANSWER_MILLISECONDS = 3_000;
const SIGNING_SECRET = 'a-signing-secret-of-the-fake';

export async function startSlack(options: SlackOptions = {}): Promise<Slack> {
  const { pace = PACE, echoes = false, redelivery = { times: 0, milliseconds: 0 } } = options;
  let aheadMilliseconds = 0;
  const now = () => (options.now ?? Date.now)() + aheadMilliseconds;
  let base = '';
  let line: () => Line = () => ({ kind: 'none' });
  let isDown = false;
  const calls: RecordedCall[] = [];
  const heard: string[] = [];

  const watch = createWatch(() =>
    calls
      .slice(-5)
      .map((it) => `${it.method} ${it.answer}`)
      .join(', '),
  );
  const world = createWorld({ now, url: () => base });
  const files = createFiles(world);
  const faults = createFaults();
  const tokens = createTokens();
  const server = createServer((request, response) => {
    handle(request, response).catch(() => response.destroy());
  });
  const sockets = createSockets({ server, world });
  const deliver = createDelivery({
    signingSecret: SIGNING_SECRET,
    line: () => line(),
    sockets,
    redelivery,
    answerMilliseconds: options.answerMilliseconds ?? ANSWER_MILLISECONDS,
    begun: watch.begun,
    heard: (body) => heard.push(body),
  });
  const tell = (event: Json, sending?: SendOptions) => deliver('event', () => envelopeOf(event, world), sending);
  if (echoes)
    world.happened = (event) => {
      tell(event).catch(() => {});
    };
  const handle = createHandler({
    world,
    files,
    faults,
    begun: watch.begun,
    methods: {
      ...userMethods(world),
      ...messageMethods(world),
      ...conversationMethods(world),
      ...reactionMethods(world),
      ...viewMethods(world),
      ...files.methods,
      ...sockets.methods,
    },
    tokenProblem: tokens.problem,
    wait: createPaces(pace, now),
    record(call) {
      calls.push(call);
      options.observe?.(call);
    },
  });

  server.on('connection', (socket) => {
    if (isDown) socket.destroy();
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('invariant: a TCP server has a port');
  base = `http://127.0.0.1:${address.port}`;
  for (const it of options.channels ?? []) world.openChannel(it);

  return {
    apiUrl: `${base}/api/`,
    signingSecret: SIGNING_SECRET,
    botToken: BOT_TOKEN,
    appToken: APP_TOKEN,
    botUserId: world.botUserId,
    botId: world.botId,
    teamId: world.teamId,
    appId: world.appId,
    now,
    advance(milliseconds) {
      aheadMilliseconds += milliseconds;
    },
    channel: world.openChannel,
    person({ name, id = world.newId('U'), email, isGone = false }) {
      return createPerson({ world, files, deliver }, { id, name, email: email ?? null, isGone });
    },
    connect(url) {
      line = () => (url === null ? { kind: 'none' } : { kind: 'http', url: typeof url === 'string' ? url : url() });
    },
    connectSocket() {
      line = () => ({ kind: 'socket' });
    },
    event: tell,
    socket: sockets,

    fault: faults.tell,
    heal: faults.heal,
    down(value) {
      isDown = value;
      if (!isDown) return;
      sockets.drop();
      server.closeAllConnections();
    },
    revokeToken: tokens.revoke,
    restoreToken: tokens.restore,
    kick(id) {
      world.channel(id).isBotIn = false;
    },
    invite(id) {
      Object.assign(world.channel(id), { isBotIn: true, isArchived: false });
    },
    archive(id) {
      world.channel(id).isArchived = true;
    },

    ...screenOf(world),
    files: files.all,
    calls,
    callsOf: (method) => calls.filter((it) => it.method === method),
    allText: () => [...calls.map((it) => `${it.method} ${JSON.stringify(it.args)}`), ...heard].join('\n'),
    waitFor: watch.waitFor,
    settled: watch.settled,
    close: () =>
      new Promise((resolve) => {
        sockets.drop();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
