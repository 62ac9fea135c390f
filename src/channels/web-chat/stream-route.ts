/** The WebSocket of Direct Line: a short-lived pass of its own in the URL, the origin checked, then handed to the hub. */
import { upgradeWebSocket, type WebSocketServerLike } from '@hono/node-server';
import { type Context, Hono } from 'hono';
import { WebSocket, WebSocketServer } from 'ws';
import { readWatermark } from './activity.ts';
import type { ChatLimits } from './chat-limits.ts';
import { FAULTS, refuse, tooMany } from './fault.ts';
import { checkPass } from './pass.ts';
import type { StreamHub } from './stream-hub.ts';

const FRAME_BYTES_MAX = 16_384;

/** The server that main hands to `serve`; clients only ever send empty keep-alive frames. */
export function createStreamServer(): WebSocketServerLike {
  // The two packages' types differ in overloads nobody calls.
  return new WebSocketServer({
    noServer: true,
    maxPayload: FRAME_BYTES_MAX,
    perMessageDeflate: false,
    clientTracking: false,
  }) as unknown as WebSocketServerLike;
}

/** `GET /conversations/:conversationId/stream`, below `/v3/directline`. */
export function streamRoute(needs: {
  readonly secret: Buffer;
  readonly now: () => number;
  readonly hub: StreamHub;
  readonly limits: Pick<ChatLimits, 'open'>;
  readonly addressOf: (c: Context) => string;
}): Hono {
  const app = new Hono();
  app.get('/conversations/:conversationId/stream', async (c, next) => {
    const watermark = readWatermark(c.req.query('watermark'));
    if (watermark === null) return refuse(c, FAULTS.badWatermark);
    const checked = checkPass(needs.secret, c.req.query('t') ?? '', 'stream', needs.now());
    if (checked.kind !== 'good') return refuse(c, checked.kind === 'expired' ? FAULTS.tokenExpired : FAULTS.badToken);
    const { conversationId, user } = checked.pass;
    if (conversationId !== c.req.param('conversationId')) return refuse(c, FAULTS.otherConversation);
    const waitSeconds = needs.limits.open(checked.pass, needs.now());
    if (waitSeconds > 0) return refuse(c, tooMany(waitSeconds));
    const address = needs.addressOf(c);
    const upgrade = upgradeWebSocket(() => ({
      onOpen(_event, { raw }) {
        if (!(raw instanceof WebSocket)) throw new Error('invariant: the stream runs on the server made here');
        needs.hub.open({ conversationId, user, address, watermark }, raw);
      },
    }));
    return (await upgrade(c, next)) ?? refuse(c, FAULTS.upgradeRequired);
  });
  return app;
}
