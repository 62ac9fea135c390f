/**
 * Who of a conversation's clients is listening on this process, and up to where each has got. What is published is
 * pushed at once when it is the next in line; after a gap the log is read, so that every stream sees every activity
 * once and in order, whoever wrote it.
 *
 * Relies on the log: a row is visible only when all rows before it are.
 */
import { WebSocket } from 'ws';
import type { Identifier } from '../../domain/identifier.ts';
import { MINUTE, SECOND } from '../../domain/instant.ts';
import type { FileUrl } from '../../turn/kept-file.ts';
import type { LoggedMessage } from '../../turn/message.ts';
import { activityOf, type DirectLineActivity } from './activity.ts';

/** A place in the log; `activity` is null when there is nothing to show at it. */
export type Published = { readonly seq: number; readonly activity: DirectLineActivity | null };

/** Who listens, from which address, and from which place of the log on. */
export type Listener = {
  readonly conversationId: Identifier;
  readonly user: string;
  readonly address: string;
  readonly watermark: number;
};

/** This process is full; the address has its share; the conversation opened another; the client talks where it only listens. */
export type StreamRefusal = 'no-room' | 'address-full' | 'conversation-full' | 'too-many-frames';

export type StreamHub = {
  /** Adds an open socket and sends it what it lacks. Without room it is closed, and the answer says why. */
  readonly open: (listener: Listener, socket: WebSocket) => 'open' | StreamRefusal;
  readonly listens: (conversationId: Identifier) => boolean;
  /** Pushes what is next in line, reads the log when it is not. Rejects when the log can't be read. */
  readonly publish: (conversationId: Identifier, published: readonly Published[]) => Promise<void>;
  /** The highest place of the log that an open stream has been handed; 0 when nobody listens. */
  readonly reached: (conversationId: Identifier) => number;
  /** Reads the log for whatever open streams lack. */
  readonly catchUp: (conversationId: Identifier) => Promise<void>;
  readonly streamsOpen: () => number;
  /** Ends every stream; those that don't say goodbye in time are cut. */
  readonly close: () => Promise<void>;
};

export type StreamHubNeeds = {
  readonly readLog: (conversationId: Identifier, afterSeq: number, limit: number) => Promise<readonly LoggedMessage[]>;
  readonly fileUrl: FileUrl;
  /** Called with rows of the bot and the staff that a client got from the log. */
  readonly replayed: (rows: readonly LoggedMessage[]) => void;
  readonly failed: (event: string, error: unknown) => void;
  readonly refused?: (why: StreamRefusal) => void;
  /** Milliseconds that never go back. */
  readonly now?: () => number;
  readonly limits?: Partial<StreamLimits>;
};

export type StreamLimits = {
  readonly streams: number;
  readonly streamsPerAddress: number;
  /** One more, and the oldest goes. */
  readonly streamsPerConversation: number;
  /** Clients send empty frames to keep the stream alive, and nothing else. */
  readonly framesPerMinute: number;
  /** A client that lets more than this pile up is cut; it reconnects and reads on from its watermark. */
  readonly bufferedBytes: number;
  readonly pingMilliseconds: number;
  readonly goodbyeMilliseconds: number;
  readonly rowsPerRead: number;
  readonly activitiesPerFrame: number;
};

const LIMITS: StreamLimits = {
  streams: 20_000,
  streamsPerAddress: 3_000,
  streamsPerConversation: 5,
  framesPerMinute: 120,
  bufferedBytes: 1_048_576,
  pingMilliseconds: 30 * SECOND,
  goodbyeMilliseconds: SECOND,
  rowsPerRead: 200,
  activitiesPerFrame: 50,
};

const GOING_AWAY = 1001;
const POLICY_VIOLATION = 1008;
const INTERNAL_ERROR = 1011;
const TRY_AGAIN_LATER = 1013;

type Stream = {
  readonly socket: WebSocket;
  readonly user: string;
  readonly address: string;
  cursor: number;
  answered: boolean;
  /** Since the minute began that the first of them fell in. */
  frames: number;
  framesSince: number;
};
type Audience = { readonly streams: Set<Stream>; reading: Promise<void> | null; again: boolean };

/** Makes an empty hub; its keep-alive timer never holds the process open. */
export function createStreamHub(needs: StreamHubNeeds): StreamHub {
  const limits = { ...LIMITS, ...needs.limits };
  const refused = needs.refused ?? (() => undefined);
  const now = needs.now ?? (() => performance.now());
  const audiences = new Map<Identifier, Audience>();
  const streamsByAddress = new Map<string, number>();
  let streamCount = 0;

  function count(address: string, change: 1 | -1): void {
    streamCount += change;
    const streams = (streamsByAddress.get(address) ?? 0) + change;
    if (streams === 0) streamsByAddress.delete(address);
    else streamsByAddress.set(address, streams);
  }

  /** A client that says much where there is nothing to say is cut off; it may come back. */
  function heard(stream: Stream): void {
    stream.answered = true;
    const at = now();
    if (at - stream.framesSince >= MINUTE) {
      stream.framesSince = at;
      stream.frames = 0;
    }
    stream.frames += 1;
    if (stream.frames <= limits.framesPerMinute || stream.socket.readyState !== WebSocket.OPEN) return;
    stream.socket.close(POLICY_VIOLATION, 'too many frames');
    setTimeout(() => stream.socket.terminate(), limits.goodbyeMilliseconds).unref();
    refused('too-many-frames');
  }

  function leave(conversationId: Identifier, audience: Audience, stream: Stream): void {
    if (!audience.streams.delete(stream)) return;
    count(stream.address, -1);
    if (audience.streams.size === 0 && audiences.get(conversationId) === audience) audiences.delete(conversationId);
  }

  function push(stream: Stream, published: readonly Published[]): void {
    const news = published.filter((it) => it.seq > stream.cursor);
    for (let start = 0; start < news.length; start += limits.activitiesPerFrame) {
      const frame = news.slice(start, start + limits.activitiesPerFrame);
      if (stream.socket.bufferedAmount > limits.bufferedBytes) {
        stream.socket.terminate();
        return;
      }
      stream.cursor = frame.at(-1)?.seq ?? stream.cursor;
      const activities = frame.flatMap((it) => it.activity ?? []);
      if (activities.length > 0) stream.socket.send(JSON.stringify({ activities, watermark: String(stream.cursor) }));
    }
  }

  /** One read at a time for a conversation; a wish for another during it is granted right after. */
  function catchUp(conversationId: Identifier): Promise<void> {
    const audience = audiences.get(conversationId);
    if (audience === undefined) return Promise.resolve();
    if (audience.reading !== null) {
      audience.again = true;
      return audience.reading;
    }
    audience.reading = Promise.resolve().then(() => readOn(conversationId, audience));
    return audience.reading;
  }

  async function readOn(conversationId: Identifier, audience: Audience): Promise<void> {
    try {
      let more = true;
      // Between the last look at `again` and the end of `reading` nothing may run, or a wish would be lost.
      while (more || audience.again) {
        audience.again = false;
        more = await readPage(conversationId, audience);
      }
    } catch (error) {
      // Streams that may lack something are ended: their clients come back with their watermark and lose nothing.
      for (const stream of audience.streams) stream.socket.close(INTERNAL_ERROR, 'try again');
      throw error;
    } finally {
      audience.reading = null;
    }
  }

  /** True when there may be another page. */
  async function readPage(conversationId: Identifier, audience: Audience): Promise<boolean> {
    const from = Math.min(...listening(audience).map((it) => it.cursor));
    if (from === Number.POSITIVE_INFINITY) return false;
    const rows = await needs.readLog(conversationId, from, limits.rowsPerRead);
    // A stream that came during the read may stand earlier than it began: it waits for the next.
    const readers = listening(audience).filter((it) => it.cursor >= from);
    for (const stream of readers)
      push(
        stream,
        rows.map((row) => ({ seq: row.seq, activity: activityOf(conversationId, row, stream.user, needs.fileUrl) })),
      );
    const last = rows.at(-1)?.seq;
    if (last !== undefined && readers.some((it) => it.cursor >= last)) needs.replayed(rows);
    return rows.length >= limits.rowsPerRead;
  }

  const keepAlive = setInterval(() => {
    for (const audience of audiences.values()) {
      for (const stream of audience.streams) {
        if (!stream.answered) stream.socket.terminate();
        else {
          stream.answered = false;
          stream.socket.ping();
        }
      }
    }
  }, limits.pingMilliseconds);
  keepAlive.unref();

  return {
    open({ conversationId, user, address, watermark }, socket) {
      const isFull = streamCount >= limits.streams;
      if (isFull || (streamsByAddress.get(address) ?? 0) >= limits.streamsPerAddress) {
        const why = isFull ? 'no-room' : 'address-full';
        socket.close(TRY_AGAIN_LATER, 'try again later');
        refused(why);
        return why;
      }
      // A socket that is already gone will not say so again.
      if (socket.readyState !== WebSocket.OPEN) return 'open';
      const audience = audiences.get(conversationId) ?? { streams: new Set(), reading: null, again: false };
      audiences.set(conversationId, audience);
      const stream: Stream = { socket, user, address, cursor: watermark, answered: true, frames: 0, framesSince: now() };
      audience.streams.add(stream);
      count(address, 1);
      const hear = () => heard(stream);
      socket.on('pong', hear).on('ping', hear).on('message', hear);
      socket.once('close', () => leave(conversationId, audience, stream));
      // The oldest goes: it is more likely a phone that fell asleep than the page the customer looks at.
      const [oldest] = audience.streams;
      if (audience.streams.size > limits.streamsPerConversation && oldest !== undefined) {
        leave(conversationId, audience, oldest);
        oldest.socket.close(POLICY_VIOLATION, 'too many streams of this conversation');
        refused('conversation-full');
      }
      catchUp(conversationId).catch((error: unknown) => needs.failed('web-chat.log-unread', error));
      return 'open';
    },

    streamsOpen: () => streamCount,

    listens: (conversationId) => audiences.has(conversationId),

    async publish(conversationId, published) {
      const audience = audiences.get(conversationId);
      if (audience === undefined) return;
      for (const stream of listening(audience)) push(stream, nextInLine(stream.cursor, published));
      const last = published.at(-1)?.seq ?? 0;
      if (listening(audience).some((it) => it.cursor < last)) await catchUp(conversationId);
    },

    reached(conversationId) {
      const audience = audiences.get(conversationId);
      return audience === undefined ? 0 : Math.max(0, ...listening(audience).map((it) => it.cursor));
    },

    catchUp,

    async close() {
      clearInterval(keepAlive);
      const sockets = [...audiences.values()].flatMap((it) => [...it.streams]).map((it) => it.socket);
      const closed = sockets.map((socket) => new Promise((resolve) => socket.once('close', resolve)));
      for (const socket of sockets) socket.close(GOING_AWAY, 'restarting');
      const impatience = setTimeout(() => {
        for (const socket of sockets) socket.terminate();
      }, limits.goodbyeMilliseconds);
      await Promise.all(closed);
      clearTimeout(impatience);
    },
  };
}

function listening(audience: Audience): Stream[] {
  return [...audience.streams].filter((it) => it.socket.readyState === WebSocket.OPEN);
}

/** The part of `published` that follows the cursor without a hole. */
function nextInLine(cursor: number, published: readonly Published[]): readonly Published[] {
  let at = cursor;
  return published.filter((it) => {
    if (it.seq !== at + 1) return false;
    at = it.seq;
    return true;
  });
}
