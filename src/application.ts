/** The whole desk on one port: core, web chat, staff API. `main.ts` starts it from the environment, tests from values. */
import { hkdfSync, randomBytes } from 'node:crypto';
import { Server as HttpServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { serve } from '@hono/node-server';
import type { Hono } from 'hono';
import type { SlackChannel } from './channels/slack/slack.ts';
import { createWebChat, type WebChat } from './channels/web-chat/web-chat.ts';
import { type Config, publicUrlOf } from './config.ts';
import { type Core, openCore } from './core.ts';
import { createDesk } from './desk/desk.ts';
import { formReading } from './desk/form-reading.ts';
import { ADMINISTRATOR_NAME, hashToken } from './desk/staff.ts';
import { localDayOf } from './domain/business-calendar.ts';
import { yearsWithoutCalendar } from './domain/calendar-years.ts';
import { instantOf } from './domain/instant.ts';
import { inTime } from './in-time.ts';
import type { Log } from './log.ts';
import { openSlack, openWechat, slackState, wechatState } from './open-channels.ts';
import { deskStore } from './store/desk/desk-store.ts';
import { onceKeys } from './store/desk/once.ts';
import { admitAdministrator } from './store/desk/staff.ts';
import { platformStore } from './store/platform/platform-store.ts';
import { storeStateOn } from './store/store-figures.ts';
import { createWeb } from './web/create-web.ts';
import { customerFileRoute } from './web/customer-files.ts';
import { customerLinkRoutes } from './web/customer-links.ts';
import type { PartReport } from './web/health.ts';
import { serverOptions } from './web/server-options.ts';

export type Application = {
  readonly core: Core;
  /** Where it is reached, without a slash at the end. */
  readonly url: string;
  readonly notes: readonly string[];
  /** Takes no new work, finishes what is in hand, closes everything. */
  readonly stop: () => Promise<void>;
};

/** A sweep that has not come through for this long is not running. */
const SWEEP_OVERDUE_MILLISECONDS = 30_000;
/** Ending what listens, here and on the store, takes no longer: a server that hangs must not keep the process. */
const LISTENING_MILLISECONDS = 500;
/** Where Slack calls us; written here so that Bolt need not be loaded to know. */
const SLACK_PATH = '/slack/events';

/** `also` adds routes beside the desk's own, as a bench does. */
export async function startApplication(
  config: Config,
  log: Log,
  clock: () => number,
  also: (app: Hono, core: Core) => void = () => {},
): Promise<Application> {
  const core = await openCore({ config, log, clock });
  const { store, turns, sweep, deliveries, makeIdentifier, now, understand } = core;
  try {
    await admitAdministrator(store, { id: makeIdentifier(), name: ADMINISTRATOR_NAME, tokenHash: hashToken(config.staffToken), at: now() });

    const platform = platformStore(store, config.policy.wechat.sends);
    const desk = createDesk({
      store: deskStore(store),
      readings: store.readings,
      read: formReading(understand, config.timeZone, clock),
      policy: config.policy,
      timeZone: config.timeZone,
      now,
      makeIdentifier,
      makeToken: secretText,
      sceneOf: core.productCodes.sceneOf,
      sendsLeft: platform.sends.left,
      turnSoon: turns.turnSoon,
      deliverSoon: () => void deliveries.sweep().catch(() => log('warn', 'delivery-put-off')),
      cleanFile: core.cleanFile,
    });

    const storeState = storeStateOn(store.pool);
    const wechat = await openWechat(config, core, platform, log);
    const slack = await openSlack(config, core, platform, desk, log);
    let webChat: WebChat | null = null;
    const web = createWeb({
      desk,
      once: onceKeys(store),
      limits: config.policy.limits,
      metrics: core.metrics,
      // No waiting here: each part is bounded by itself.
      ready: () => ({
        store: storeState(),
        sweep: sweepState(core, clock),
        calendar: calendarState(config, clock),
        pages: Object.keys(core.pageChannels).length === 0 ? 'disabled' : 'ready',
        sms: config.smsWebhookUrl === null ? 'disabled' : 'ready',
        model: modelState(core),
        'web-chat': webChat === null ? 'starting' : 'ready',
        wechat: wechat === null ? 'disabled' : wechatState(wechat),
        slack: slack === null ? 'disabled' : slackState(slack),
      }),
      mount: (app) => {
        webChat = createWebChat({
          openConversation: store.openConversation,
          accept: store.accept,
          acceptWithAttachments: store.acceptWithAttachments,
          cleanFile: core.cleanFile,
          readLog: store.readLog,
          fileUrl: core.fileUrl,
          markDelivered: (ids) => store.outbox.settle(ids.map((id) => ({ id, delivery: 'delivered' }))),
          onAccepted: turns.turnSoon,
          secret: Buffer.from(hkdfSync('sha256', config.piiKey, '', 'baoxiu web chat passes', 32)),
          now: clock,
          makeIdentifier,
          allowedOrigins: config.allowedOrigins,
          publicUrl: publicUrlOf(config, config.port),
          limits: config.policy.limits,
          streamRefused: (why) => core.metrics.rejected(why === 'too-many-frames' ? 'stream-frames' : 'stream-room'),
          log: (event, fields) => log('warn', event, fields),
        });
        app.route('/', webChat.app);
        if (wechat !== null && wechat.app !== null) app.route('/', wechat.app);
        customerLinkRoutes(app, {
          readCalendarLink: core.calendarLinks.read,
          ticketOfVisit: store.readings.ticketOfVisit,
          timeZone: config.timeZone,
          now,
        });
        customerFileRoute(app, {
          readFileLink: core.fileLinks.read,
          readKeptFile: store.readKeptFile,
          readKeptThumbnail: store.readKeptThumbnail,
          readShared: desk.attachments.readShared,
          now,
        });
        also(app, core);
      },
      timeZone: config.timeZone,
      now,
      makeIdentifier,
      logFailure: (failure) => log('error', 'request-failed', failure),
    });
    const channel = webChat as WebChat | null;
    if (channel === null) throw new Error('invariant: the web mounts its channels');
    core.addChannel('web-chat', channel.send);
    core.metrics.countStreams(channel.streamsOpen);
    const stopListening = await store.listenOutgoing(channel.wake);

    await core.warmUp();
    const { server, port } = await listen(config, web.fetch, channel, slack);
    core.reachedAt(publicUrlOf(config, port));
    if (wechat !== null) {
      core.addChannel('wechat', wechat.send, wechat.rounds);
      if (wechat.tellByTemplate !== null) core.noticeWays.wechat = wechat.tellByTemplate;
      await wechat.start();
    }
    if (slack !== null) {
      core.addChannel('slack', slack.send, slack.rounds);
      if (slack.page !== null) core.pageChannels['slack'] = slack.page;
      await slack.start();
    }
    sweep.start();
    return {
      core,
      url: publicUrlOf(config, port),
      notes: store.notes,
      stop: async () => {
        const closed = new Promise<void>((resolve) => server.close(() => resolve()));
        await channel.close();
        if (wechat !== null) await inTime(wechat.stop(), LISTENING_MILLISECONDS);
        if (slack !== null) await inTime(slack.stop(), LISTENING_MILLISECONDS);
        if ('closeIdleConnections' in server) server.closeIdleConnections();
        await inTime(stopListening(), LISTENING_MILLISECONDS);
        await core.stop();
        if ('closeAllConnections' in server) server.closeAllConnections();
        await inTime(closed, LISTENING_MILLISECONDS);
      },
    };
  } catch (error) {
    await core.stop();
    throw error;
  }
}

type Server = ReturnType<typeof serve>;

function listen(
  config: Config,
  fetch: (request: Request) => Response | Promise<Response>,
  channel: WebChat,
  slack: SlackChannel | null,
): Promise<{ readonly server: Server; readonly port: number }> {
  const toSlack = slack?.listener ?? null;
  return new Promise((resolve, reject) => {
    const server = serve(
      {
        fetch,
        hostname: config.host,
        port: config.port,
        serverOptions: serverOptions(),
        websocket: { server: channel.webSocketServer },
      },
      (info: AddressInfo) => {
        server.off('error', reject);
        resolve({ server, port: info.port });
      },
    );
    if (toSlack !== null) letIn(server, SLACK_PATH, toSlack);
    server.once('error', reject);
  });
}

/** Requests of one path are somebody else's, unread: Slack signs the bytes it sends. */
function letIn(server: Server, path: string, listener: RequestListener): void {
  if (!(server instanceof HttpServer)) throw new Error('invariant: the desk speaks HTTP/1.1');
  const others = server.listeners('request') as RequestListener[];
  server.removeAllListeners('request');
  server.on('request', (request, response) => {
    if ((request.url ?? '').split('?', 1)[0] === path) listener(request, response);
    else for (const other of others) other(request, response);
  });
}

function secretText(): string {
  return randomBytes(32).toString('base64url');
}

function sweepState({ sweep }: Core, clock: () => number): 'ready' | 'starting' | 'failed' {
  const last = sweep.lastRoundAt();
  if (last === null) return 'starting';
  return clock() - last < SWEEP_OVERDUE_MILLISECONDS ? 'ready' : 'failed';
}

/** Without it, or while it rests, the desk understands what it understands by itself. */
function modelState({ model }: Core): PartReport {
  if (model === null) return 'disabled';
  return model.isResting() ? { state: 'incomplete', note: 'the model keeps failing and rests: unclear messages are asked back' } : 'ready';
}

function calendarState({ policy, timeZone }: Config, clock: () => number): PartReport {
  const years = yearsWithoutCalendar(policy.hours, localDayOf(instantOf(clock()), timeZone));
  return years.length === 0 ? 'ready' : { state: 'incomplete', note: `no holidays known for ${years.join(', ')}: weekdays only` };
}
