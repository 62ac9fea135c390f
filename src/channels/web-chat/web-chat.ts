/**
 * The web chat channel: Direct Line 3.0 served by ourselves, the stock bot adapter behind it, and the customer page.
 * This file is the composition of the folder and the only one the outside imports.
 *
 * Terms: a *pass* is what a signed token says; a *stream* is one open WebSocket of a conversation; a *watermark* is a
 * position in the conversation's log.
 */
import type { WebSocketServerLike } from '@hono/node-server';
import { Hono } from 'hono';
import type { Identifier, MakeIdentifier } from '../../domain/identifier.ts';
import { instantOf } from '../../domain/instant.ts';
import type { Policy } from '../../domain/policy.ts';
import type { CleanFile } from '../../turn/clean-file.ts';
import type { FileUrl } from '../../turn/kept-file.ts';
import type { Inbound, LoggedMessage, PlacedMessage } from '../../turn/message.ts';
import type { Accept, AcceptWithAttachments, OpenConversation, Send } from '../../turn/ports.ts';
import { outgoingActivity, sequenceOf } from './activity.ts';
import { createBotAdapter } from './bot-adapter.ts';
import { createChatLimits } from './chat-limits.ts';
import { acceptOne, type CustomerPostNeeds, postActivity, postUpload, type StartOutcome } from './customer-post.ts';
import { directLineRoutes } from './direct-line.ts';
import { tooMany } from './fault.ts';
import { addressReader, createOrigins } from './origin.ts';
import { pageRoutes } from './page.ts';
import type { Pass } from './pass.ts';
import { createStreamHub, type StreamRefusal } from './stream-hub.ts';
import { createStreamServer } from './stream-route.ts';
import { widgetRoutes } from './widget.ts';

/** What the channel needs from the store, the turn and the process around it. */
export type WebChatNeeds = {
  readonly openConversation: OpenConversation;
  readonly accept: Accept;
  readonly acceptWithAttachments: AcceptWithAttachments;
  readonly cleanFile: CleanFile;
  /** Rows of the log with `seq > afterSeq`, in order, at most `limit`. A row is visible only when all before it are. */
  readonly readLog: (conversationId: Identifier, afterSeq: number, limit: number) => Promise<readonly LoggedMessage[]>;
  /** Fresh at each call, so that a link in the log never grows old. */
  readonly fileUrl: FileUrl;
  readonly markDelivered: (ids: readonly Identifier[]) => Promise<void>;
  /** Called after a message of the conversation became durable: its turn can start. */
  readonly onAccepted: (conversationId: Identifier) => void;
  /** Key of every signature made here: at least 32 bytes. */
  readonly secret: Buffer;
  readonly now: () => number;
  readonly makeIdentifier: MakeIdentifier;
  readonly allowedOrigins: readonly string[];
  readonly publicUrl: string;
  readonly limits: Policy['limits'];
  /** Hears of streams that were refused or ended by a limit; calls that were refused show in their answer. */
  readonly streamRefused?: (why: StreamRefusal) => void;
  /** How long the body of a message may take. */
  readonly bodyMilliseconds?: number;
  /** Never handed text, tokens or names. */
  readonly log: (event: string, fields: Readonly<Record<string, string | number | boolean | null>>) => void;
};

/** The channel, ready to be mounted: `serve({ fetch, websocket: { server: webChat.webSocketServer } })`. */
export type WebChat = {
  /** Routes relative to the root: `/`, `/web-chat/*`, `/widget.js`, `/widget/*`, `/v3/directline/*`. */
  readonly app: Hono;
  readonly webSocketServer: WebSocketServerLike;
  readonly send: Send;
  /** Another process wrote outgoing messages: pushes what open streams of the conversation lack. */
  readonly wake: (conversationId: Identifier) => void;
  readonly streamsOpen: () => number;
  /** Ends every stream (the stock client reconnects elsewhere) and stops the keep-alive. */
  readonly close: () => Promise<void>;
};

const SEND_AGAIN_MILLISECONDS = 1_000;

/** Builds the channel; opens no port. */
export function createWebChat(needs: WebChatNeeds): WebChat {
  const { now, makeIdentifier, secret, readLog, fileUrl, limits } = needs;
  const failed = (event: string, error: unknown) => needs.log(event, whatFailed(error));

  const replayed = (rows: readonly LoggedMessage[]) => {
    const ids = rows.filter((row) => (row.from === 'bot' || row.from === 'staff') && row.delivery !== 'delivered').map((row) => row.id);
    if (ids.length > 0) needs.markDelivered(ids).catch((error: unknown) => failed('web-chat.not-marked-delivered', error));
  };

  const hub = createStreamHub({
    readLog,
    fileUrl,
    replayed,
    failed,
    refused: needs.streamRefused ?? (() => undefined),
    limits: {
      streams: limits.streams,
      streamsPerAddress: limits.streamsPerAddress,
      streamsPerConversation: limits.streamsPerConversation,
      framesPerMinute: limits.framesPerStreamPerMinute,
    },
  });
  const adapter = createBotAdapter(async (conversationId, activity) => {
    await hub.publish(conversationId, [{ seq: sequenceOf(activity.channelData) ?? 0, activity }]);
  });

  const chatLimits = createChatLimits(limits);

  /** A conversation that is there already has its greeting in the log. */
  const isNew = async (conversationId: Identifier) => (await readLog(conversationId, 0, 1)).length === 0;

  const start = async (pass: Pass, address: string): Promise<StartOutcome> => {
    const { conversationId } = pass;
    const at = instantOf(now());
    const waitSeconds = chatLimits.newConversation(address, at);
    if (waitSeconds > 0 && (await isNew(conversationId))) return { kind: 'refused', fault: tooMany(waitSeconds) };
    const { created } = await needs.openConversation({ conversationId, channel: 'web-chat', externalId: pass.account, at });
    if (!created && waitSeconds === 0) chatLimits.notNew(address);
    const started: Inbound = {
      id: makeIdentifier(),
      conversationId,
      channel: 'web-chat',
      channelMessageId: `start:${conversationId}`,
      sender: 'system',
      body: { kind: 'event', event: 'conversation-started' },
      at,
    };
    const accepted = await acceptOne(needs.accept, started);
    if (accepted.kind === 'accepted') needs.onAccepted(conversationId);
    return { kind: created ? 'started' : 'open' };
  };

  const postNeeds: CustomerPostNeeds = {
    adapter,
    accept: needs.accept,
    acceptWithAttachments: needs.acceptWithAttachments,
    cleanFile: needs.cleanFile,
    fileUrl,
    start,
    now,
    makeIdentifier,
    sizes: limits,
    limits: chatLimits,
    happened: needs.onAccepted,
    failed,
    accepted({ conversationId }, echo) {
      hub.publish(conversationId, [echo]).catch((error: unknown) => failed('web-chat.log-unread', error));
      needs.onAccepted(conversationId);
    },
  };

  const send: Send = async (lane, messages) => {
    if (!hub.listens(lane.conversationId)) return messages.map(() => ({ kind: 'waiting' }));
    try {
      for (const speech of bySpeaker(messages))
        await adapter.say(
          lane,
          speech.map((it) => outgoingActivity(lane.conversationId, it, fileUrl)),
        );
    } catch (error) {
      failed('web-chat.send-failed', error);
      return [{ kind: 'again', afterMilliseconds: SEND_AGAIN_MILLISECONDS }];
    }
    const reached = hub.reached(lane.conversationId);
    return messages.map((it) => ({ kind: it.seq <= reached ? 'delivered' : 'waiting' }));
  };

  const app = new Hono();
  const origins = createOrigins(needs.allowedOrigins, needs.publicUrl);
  app.route(
    '/v3/directline',
    directLineRoutes({
      secret,
      now,
      makeIdentifier,
      origins,
      hub,
      readLog,
      fileUrl,
      replayed,
      start,
      post: (pass, address, body) => postActivity(postNeeds, pass, address, body),
      upload: (pass, address, readBody) => postUpload(postNeeds, pass, address, readBody),
      limits: chatLimits,
      sizes: limits,
      addressOf: addressReader(limits.trustedProxies),
      failed,
      ...(needs.bodyMilliseconds !== undefined && { bodyMilliseconds: needs.bodyMilliseconds }),
    }),
  );
  app.route('/', widgetRoutes(origins));
  app.route('/', pageRoutes({ allowedOrigins: needs.allowedOrigins, publicUrl: needs.publicUrl, limits }));

  const webSocketServer = createStreamServer();
  return {
    app,
    webSocketServer,
    send,
    wake(conversationId) {
      hub.catchUp(conversationId).catch((error: unknown) => failed('web-chat.log-unread', error));
    },
    streamsOpen: hub.streamsOpen,
    async close() {
      await hub.close();
      webSocketServer.close();
    },
  };
}

/** Runs of messages by the same speaker: the adapter speaks for one at a time. */
function bySpeaker(messages: readonly PlacedMessage[]): readonly (readonly PlacedMessage[])[] {
  const runs: PlacedMessage[][] = [];
  for (const message of messages) {
    const run = runs.at(-1);
    if (run !== undefined && isSameSpeaker(run[0], message)) run.push(message);
    else runs.push([message]);
  }
  return runs;
}

function isSameSpeaker(one: PlacedMessage | undefined, other: PlacedMessage): boolean {
  return one?.sender === other.sender && one.body.speaker === other.body.speaker;
}

/** Our own broken promises are named in the log; of what others threw only the code, their texts may quote a message. */
function whatFailed(error: unknown): Readonly<Record<string, string | null>> {
  if (!(error instanceof Error)) return { error: 'unknown', code: null, reason: null };
  const code = 'code' in error && typeof error.code === 'string' ? error.code : null;
  return { error: error.name, code, reason: error.message.startsWith('invariant:') ? error.message : null };
}
