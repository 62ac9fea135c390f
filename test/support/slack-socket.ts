/** Socket Mode of the fake Slack: connections by a one-time address, envelopes and who acknowledged them. */
import { randomUUID } from 'node:crypto';
import type { IncomingMessage, Server } from 'node:http';
import { type WebSocket, WebSocketServer } from 'ws';
import { done, type Json, type Method, parsedOf, type Reply, record, words } from './slack-data.ts';
import type { World } from './slack-world.ts';

export type Sockets = ReturnType<typeof createSockets>;

type Envelope = {
  readonly kind: 'event' | 'interaction' | 'command';
  readonly payload: Json;
  readonly attempt: number;
  readonly reason: string;
};

const TYPES = { event: 'events_api', interaction: 'interactive', command: 'slash_commands' };

const PING_MILLISECONDS = 10_000;

export function createSockets({ server, world }: { readonly server: Server; readonly world: World }) {
  const tickets = new Set<string>();
  const open = new Set<WebSocket>();
  const waiting = new Map<string, (reply: Reply) => void>();
  let acks = 0;
  const upgrades = new WebSocketServer({ noServer: true });

  const welcome = (socket: WebSocket) => {
    open.add(socket);
    // A client that hears none for 30 s gives up.
    const pings = setInterval(() => socket.ping(), PING_MILLISECONDS);
    socket.on('close', () => {
      clearInterval(pings);
      open.delete(socket);
    });
    socket.on('message', (data) => {
      const message = record(parsedOf(String(data)));
      acks += 1;
      const payload = record(message['payload']);
      const body = Object.keys(payload).length === 0 ? '' : JSON.stringify(payload);
      waiting.get(words(message['envelope_id']))?.({ status: 200, body });
    });
    socket.send(JSON.stringify({ type: 'hello', num_connections: open.size, connection_info: { app_id: world.appId } }));
  };

  const methods: Readonly<Record<string, Method>> = {
    /** An address good for one connection. */
    'apps.connections.open': () => {
      const ticket = randomUUID();
      tickets.add(ticket);
      return done({ url: `${world.url().replace('http:', 'ws:')}/link/?ticket=${ticket}&app_id=${world.appId}` });
    },
  };
  // On the platform's own server.
  server.on('upgrade', (request: IncomingMessage, socket, head) => {
    const ticket = new URL(request.url ?? '/', 'http://platform').searchParams.get('ticket') ?? '';
    if (!tickets.delete(ticket)) return void socket.destroy();
    upgrades.handleUpgrade(request, socket, head, welcome);
  });

  return {
    methods,
    count: () => open.size,
    acks: () => acks,
    /** To one of the connections, as the platform does; the acknowledgement is the reply. */
    send({ kind, payload, attempt, reason }: Envelope, answerMilliseconds: number): Promise<Reply> {
      const socket = [...open].at(-1);
      if (socket === undefined) return Promise.resolve({ status: 0, body: 'http_error' });
      const envelopeId = randomUUID();
      return new Promise((resolve) => {
        const answered = (reply: Reply) => {
          clearTimeout(timer);
          waiting.delete(envelopeId);
          resolve(reply);
        };
        const timer = setTimeout(() => answered({ status: 0, body: 'http_timeout' }), answerMilliseconds);
        waiting.set(envelopeId, answered);
        socket.send(
          JSON.stringify({
            envelope_id: envelopeId,
            type: TYPES[kind],
            payload,
            accepts_response_payload: kind !== 'event',
            retry_attempt: attempt,
            retry_reason: reason,
          }),
        );
      });
    },
    /** The platform asks all to connect anew. */
    disconnect(reason: 'warning' | 'refresh_requested' | 'link_disabled'): void {
      for (const socket of open) socket.send(JSON.stringify({ type: 'disconnect', reason, debug_info: { host: 'fake' } }));
    },
    /** Cut without a word. */
    drop(): void {
      for (const socket of open) socket.terminate();
    },
  };
}
