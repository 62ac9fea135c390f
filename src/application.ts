/** The whole desk on one port: core, web chat, staff API. `main.ts` starts it from the environment, tests from values. */
import { hkdfSync, randomBytes } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { serve } from '@hono/node-server';
import { createWebChat, type WebChat } from './channels/web-chat/web-chat.ts';
import { type Config, publicUrlOf } from './config.ts';
import { type Core, openCore } from './core.ts';
import { createDesk } from './desk/desk.ts';
import { hashToken } from './desk/staff.ts';
import type { Log } from './log.ts';
import { deskStore } from './store/desk/desk-store.ts';
import { onceKeys } from './store/desk/once.ts';
import { admitAdministrator } from './store/desk/staff.ts';
import { parsePhone } from './understanding/phone.ts';
import { parseSerial } from './understanding/serial.ts';
import { createWeb } from './web/create-web.ts';

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

export async function startApplication(config: Config, log: Log, clock: () => number): Promise<Application> {
  const core = await openCore({ config, log, clock });
  const { store, turns, sweep, deliveries, makeIdentifier, now, understand } = core;
  try {
    await admitAdministrator(store, { id: makeIdentifier(), name: '管理员', tokenHash: hashToken(config.staffToken), at: now() });

    const desk = createDesk({
      store: deskStore(store),
      readings: store.readings,
      read: readingOf(understand, config, clock),
      policy: config.policy,
      timeZone: config.timeZone,
      now,
      makeIdentifier,
      makeToken: () => randomBytes(32).toString('base64url'),
      turnSoon: turns.turnSoon,
      deliverSoon: () => void deliveries.sweep().catch(() => log('warn', 'delivery-put-off')),
    });

    let webChat: WebChat | null = null;
    const web = createWeb({
      desk,
      once: onceKeys(store),
      ready: async () => ({
        store: await storeState(core),
        sweep: sweepState(core, clock),
        'web-chat': webChat === null ? 'starting' : 'ready',
        wechat: 'disabled',
        slack: 'disabled',
      }),
      mount: (app) => {
        webChat = createWebChat({
          openConversation: store.openConversation,
          accept: store.accept,
          readLog: store.readLog,
          markDelivered: (ids) => store.outbox.settle(ids.map((id) => ({ id, delivery: 'delivered' }))),
          onAccepted: turns.turnSoon,
          secret: Buffer.from(hkdfSync('sha256', config.piiKey, '', 'baoxiu web chat passes', 32)),
          now: clock,
          makeIdentifier,
          allowedOrigins: config.allowedOrigins,
          publicUrl: publicUrlOf(config, config.port),
          limits: config.policy.limits,
          log: (event, fields) => log('warn', event, fields),
        });
        app.route('/', webChat.app);
      },
      timeZone: config.timeZone,
      now,
      makeIdentifier,
      logFailure: (failure) => log('error', 'request-failed', failure),
    });
    const channel = webChat as WebChat | null;
    if (channel === null) throw new Error('invariant: the web mounts its channels');
    core.addChannel('web-chat', channel.send);
    const stopListening = await store.listenOutgoing(channel.wake);

    const { server, port } = await listen(config, web.fetch, channel);
    sweep.start();
    return {
      core,
      url: publicUrlOf(config, port),
      notes: store.notes,
      stop: async () => {
        const closed = new Promise<void>((resolve) => server.close(() => resolve()));
        await channel.close();
        if ('closeIdleConnections' in server) server.closeIdleConnections();
        await stopListening();
        await core.stop();
        if ('closeAllConnections' in server) server.closeAllConnections();
        await closed;
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
): Promise<{ readonly server: Server; readonly port: number }> {
  return new Promise((resolve, reject) => {
    const server = serve(
      { fetch, hostname: config.host, port: config.port, websocket: { server: channel.webSocketServer } },
      (info: AddressInfo) => {
        server.off('error', reject);
        resolve({ server, port: info.port });
      },
    );
    server.once('error', reject);
  });
}

/** How the desk reads what staff type into forms: with the same eyes as the chat. */
function readingOf(understand: Core['understand'], { timeZone }: Config, clock: () => number) {
  const entities = (text: string, expects: 'address' | null) => understand(text, { now: clock(), timeZone, expects }).entities;
  return {
    phone: parsePhone,
    serial: parseSerial,
    address: (text: string) => entities(text, 'address').address ?? { province: null, city: null, district: null, detail: null },
    appliance: (text: string) => entities(text, null).appliances[0] ?? null,
    faults: (text: string) => entities(text, null).faults,
    danger: (text: string) => entities(text, null).danger,
  };
}

async function storeState({ store }: Core): Promise<'ready' | 'failed'> {
  try {
    await store.pool.query('select 1');
    return 'ready';
  } catch {
    return 'failed';
  }
}

function sweepState({ sweep }: Core, clock: () => number): 'ready' | 'starting' | 'failed' {
  const last = sweep.lastRoundAt();
  if (last === null) return 'starting';
  return clock() - last < SWEEP_OVERDUE_MILLISECONDS ? 'ready' : 'failed';
}
