/**
 * How Slack reaches us: signed requests to our own address, or a connection we open (Socket Mode). Either way Slack is answered
 * only when what it told is dealt with; what fails is not acknowledged, and comes again.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { type App, HTTPReceiver, type Receiver, type ReceiverEvent } from '@slack/bolt';
import { SocketModeClient } from '@slack/socket-mode';
import { SECOND } from '../../domain/instant.ts';
import { SILENT_LOGGER } from './api.ts';

export type RequestListener = (request: IncomingMessage, response: ServerResponse) => void;

/** A clock that is ahead of ours by more is none we believe; too old ones Bolt refuses itself. */
const AHEAD_SECONDS_MAX = 120;
const BODY_BYTES_MAX = 1_048_576;
const NOT_FOUND = 404;
const TOO_LARGE = 413;
const UNAUTHORIZED = 401;
const INTERNAL_ERROR = 500;

/** What nobody listens to is acknowledged too: a button that only opens an address, an event we did not ask for. */
async function process(app: App, event: ReceiverEvent): Promise<void> {
  let isAnswered = false;
  await app.processEvent({
    ...event,
    ack: async (response) => {
      isAnswered = true;
      await event.ack(response);
    },
  });
  if (!isAnswered) await event.ack();
}

export type HttpSlack = { readonly receiver: Receiver; readonly listener: RequestListener };

/** Slack calls us. No body parser may come before the listener. */
export function createHttpReceiver(needs: {
  readonly signingSecret: string;
  readonly path: string;
  readonly now: () => number;
  readonly failed: (error: unknown) => void;
}): HttpSlack {
  const http = new HTTPReceiver({
    signingSecret: needs.signingSecret,
    endpoints: [needs.path],
    processBeforeResponse: true,
    bodyLimit: BODY_BYTES_MAX,
    logger: SILENT_LOGGER,
    processEventErrorHandler: async ({ error, response }) => {
      needs.failed(error);
      if (response.headersSent) return false;
      response.writeHead(INTERNAL_ERROR);
      response.end();
      return false;
    },
  });
  return {
    receiver: {
      init: (app) => http.init(Object.create(app, { processEvent: { value: (event: ReceiverEvent) => process(app, event) } })),
      start: async () => undefined,
      stop: async () => undefined,
    },
    listener: (request, response) => {
      const refused = refusalOf(request, needs.now());
      if (refused !== null) {
        response.writeHead(refused, { connection: 'close' });
        response.end();
        return;
      }
      // What is refused half read leaves its connection useless.
      if (request.headers['content-length'] === undefined) response.setHeader('connection', 'close');
      http.requestListener(request, response);
    },
  };
}

/** What need not be read to be refused; null when it has to be. */
function refusalOf({ method, headers }: IncomingMessage, now: number): number | null {
  if (method !== 'POST') return NOT_FOUND;
  if (Number(headers['content-length'] ?? 0) > BODY_BYTES_MAX) return TOO_LARGE;
  return Number(headers['x-slack-request-timestamp']) > now / SECOND + AHEAD_SECONDS_MAX ? UNAUTHORIZED : null;
}

/** Slack finds a dead connection, and we one of Slack's, within these. */
const PING_MILLISECONDS = 5 * SECOND;
const SERVER_PING_MILLISECONDS = 30 * SECOND;
const RECONNECT_MILLISECONDS = 5 * SECOND;
/** To the first word of the platform; longer than asking where to call takes. */
const CONNECT_MILLISECONDS_MAX = 15 * SECOND;

type SocketEvent = {
  readonly ack: (response?: object) => Promise<void>;
  readonly body: Record<string, unknown>;
  readonly retry_num?: number;
  readonly retry_reason?: string;
};

export type SocketSlack = { readonly receiver: Receiver; readonly isConnected: () => boolean };

/** We call Slack and listen. What can't be mended by trying again at once is tried again after a while. */
export function createSocketReceiver(needs: {
  readonly appToken: string;
  readonly apiUrl: string;
  readonly failed: (error: unknown) => void;
}): SocketSlack {
  const client = new SocketModeClient({
    appToken: needs.appToken,
    logger: SILENT_LOGGER,
    clientPingTimeout: PING_MILLISECONDS,
    serverPingTimeout: SERVER_PING_MILLISECONDS,
    autoReconnectEnabled: false,
    clientOptions: { slackApiUrl: needs.apiUrl, retryConfig: { retries: 0 }, timeout: PING_MILLISECONDS },
  });
  let isConnected = false;
  let isStopped = false;
  let timer: NodeJS.Timeout | null = null;

  async function connect(): Promise<void> {
    // Somebody who takes the call and says no word keeps us waiting for ever.
    const late = setTimeout(() => void client.disconnect(), CONNECT_MILLISECONDS_MAX);
    try {
      await client.start();
    } catch (error) {
      needs.failed(error);
      later(RECONNECT_MILLISECONDS);
    } finally {
      clearTimeout(late);
    }
  }

  function later(milliseconds: number): void {
    if (isStopped || timer !== null) return;
    timer = setTimeout(() => {
      timer = null;
      void connect();
    }, milliseconds);
  }

  client.on('connected', () => {
    isConnected = true;
  });
  client.on('disconnected', () => {
    isConnected = false;
    later(SECOND);
  });

  return {
    isConnected: () => isConnected,
    receiver: {
      init: (app) => {
        client.on('slack_event', (event: SocketEvent) => {
          let answer: { readonly response: object | undefined } | null = null;
          const ack = async (response?: unknown) => {
            answer = { response: typeof response === 'string' ? { text: response } : ((response ?? undefined) as object | undefined) };
          };
          const { body, retry_num: retryNum, retry_reason: retryReason } = event;
          const more = { ...(retryNum === undefined ? {} : { retryNum }), ...(retryReason === undefined ? {} : { retryReason }) };
          process(app, { body, ack, ...more })
            .then(() => event.ack(answer?.response))
            .catch(needs.failed);
        });
      },
      start: connect,
      stop: async () => {
        isStopped = true;
        if (timer !== null) clearTimeout(timer);
        if (isConnected) await client.disconnect();
      },
    },
  };
}
