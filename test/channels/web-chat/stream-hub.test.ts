import { EventEmitter } from 'node:events';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { outgoingActivity } from '../../../src/channels/web-chat/activity.ts';
import {
  createStreamHub,
  type Listener,
  type Published,
  type StreamHub,
  type StreamHubNeeds,
} from '../../../src/channels/web-chat/stream-hub.ts';
import { identifierFrom } from '../../../src/domain/identifier.ts';
import { instantOf } from '../../../src/domain/instant.ts';
import type { LoggedMessage, OutgoingBody, PlacedMessage } from '../../../src/turn/message.ts';

const conversationId = identifierFrom(1, new Uint8Array(10));

/** A socket whose other end the test plays. */
class FakeSocket extends EventEmitter {
  readyState: number = WebSocket.OPEN;
  bufferedAmount = 0;
  pings = 0;
  readonly got: number[] = [];
  send(frame: string): void {
    for (const activity of JSON.parse(frame).activities) this.got.push(activity.channelData['webchat:sequence-id']);
  }
  ping(): void {
    this.pings += 1;
  }
  closedWith: number | null = null;
  close(code = 1000): void {
    this.closedWith ??= code;
    this.readyState = WebSocket.CLOSED;
    this.emit('close');
  }
  terminate(): void {
    this.close();
  }
  asSocket(): WebSocket {
    return this as unknown as WebSocket;
  }
}

const fileUrl = (id: string) => `https://desk.example/files/${id}`;
const body: OutgoingBody = {
  text: '好',
  speaker: null,
  choices: [],
  links: [],
  files: [],
  dialog: { flow: null, asking: null, reply: [] },
  ticket: null,
};
const messageAt = (seq: number): PlacedMessage => ({
  id: identifierFrom(seq, new Uint8Array(10)),
  seq,
  sender: 'bot',
  at: instantOf(seq),
  body,
});
const rowAt = (seq: number): LoggedMessage => ({ ...messageAt(seq), channelMessageId: null, delivery: 'pending', from: 'bot' });
const publishedAt = (seq: number): Published => ({ seq, activity: outgoingActivity(conversationId, messageAt(seq), fileUrl) });

const listener = (about: Partial<Listener> = {}): Listener => ({
  conversationId,
  user: 'dl_a',
  address: '127.0.0.1',
  watermark: 0,
  ...about,
});

let hub: StreamHub;
afterEach(() => hub.close());

const start = (needs: Partial<StreamHubNeeds> = {}) => {
  const log: LoggedMessage[] = [];
  const failures: string[] = [];
  hub = createStreamHub({
    readLog: async (_, after, limit) => log.filter((row) => row.seq > after).slice(0, limit),
    fileUrl,
    replayed: () => undefined,
    failed: (event) => failures.push(event),
    ...needs,
  });
  const write = () => log.push(rowAt(log.length + 1));
  const listen = (watermark = 0) => {
    const socket = new FakeSocket();
    hub.open(listener({ watermark }), socket.asSocket());
    return socket;
  };
  return { log, failures, write, listen };
};

describe('the hub', () => {
  it('hands every stream every message once and in order, however it learns of them', async () => {
    const steps = fc.array(
      fc.oneof(
        fc.constant('write' as const),
        fc.constant('publish' as const),
        fc.constant('wake' as const),
        fc.constant('join' as const),
        fc.constant('wait' as const),
      ),
      { maxLength: 40 },
    );
    await fc.assert(
      fc.asyncProperty(steps, fc.integer({ min: 1, max: 3 }), async (story, rowsPerRead) => {
        const { log, write, listen } = start({ limits: { rowsPerRead, activitiesPerFrame: 2 } });
        const sockets = [listen()];
        const published: Promise<void>[] = [];
        for (const step of story) {
          if (step === 'write') write();
          if (step === 'publish') {
            write();
            published.push(hub.publish(conversationId, [publishedAt(log.length)]));
          }
          if (step === 'wake') void hub.catchUp(conversationId);
          if (step === 'join' && sockets.length < 4) sockets.push(listen());
          if (step === 'wait') await Promise.resolve();
        }
        await Promise.all(published);
        await hub.catchUp(conversationId);
        const all = log.map((row) => row.seq);
        for (const socket of sockets) expect(socket.got).toEqual(all);
        expect(hub.reached(conversationId)).toBe(log.length);
        for (const socket of sockets) socket.terminate();
        await hub.close();
      }),
      { numRuns: 200 },
    );
  });

  it('needs no log for a message that is next in line', async () => {
    let reads = 0;
    const { listen } = start({
      readLog: async () => {
        reads += 1;
        return [];
      },
    });
    const socket = listen();
    await hub.catchUp(conversationId);
    const before = reads;
    for (const seq of [1, 2, 3]) await hub.publish(conversationId, [publishedAt(seq)]);
    expect(socket.got).toEqual([1, 2, 3]);
    expect(reads).toBe(before);
  });

  it('says what it handed over from the log', async () => {
    const replayed: number[] = [];
    const { write, listen } = start({ replayed: (rows) => replayed.push(...rows.map((row) => row.seq)) });
    write();
    write();
    listen(1);
    await hub.catchUp(conversationId);
    expect([...new Set(replayed)]).toEqual([2]);
  });

  it('forgets a conversation whose last stream has gone', async () => {
    const { listen } = start();
    const socket = listen();
    expect(hub.listens(conversationId)).toBe(true);
    socket.close();
    expect(hub.listens(conversationId)).toBe(false);
    await hub.publish(conversationId, [publishedAt(1)]);
    expect(hub.reached(conversationId)).toBe(0);
  });

  it('cuts a client that does not read', async () => {
    const { listen } = start();
    const slow = listen();
    const quick = listen();
    await hub.catchUp(conversationId);
    slow.bufferedAmount = 2_000_000;
    await hub.publish(conversationId, [publishedAt(1)]);
    expect([slow.readyState, slow.got, quick.got]).toEqual([WebSocket.CLOSED, [], [1]]);
  });

  it('cuts a client that answers no ping, and keeps one that does', async () => {
    const { listen } = start({ limits: { pingMilliseconds: 5 } });
    const dead = listen();
    const alive = listen();
    alive.ping = () => {
      alive.pings += 1;
      alive.emit('pong');
    };
    await expect.poll(() => dead.readyState, { interval: 5 }).toBe(WebSocket.CLOSED);
    await expect.poll(() => alive.pings, { interval: 5 }).toBeGreaterThan(3);
    expect(alive.readyState).toBe(WebSocket.OPEN);
  });

  it('ends its streams when the log can’t be read: their clients come back with their watermark', async () => {
    let broken = false;
    const { failures, log, listen } = start({
      readLog: async (_, after) => {
        if (broken) throw new Error('away');
        return log.filter((row) => row.seq > after);
      },
    });
    const socket = listen();
    await hub.catchUp(conversationId);
    broken = true;
    await expect(hub.publish(conversationId, [publishedAt(7)])).rejects.toThrow('away');
    expect([socket.readyState, socket.got, failures]).toEqual([WebSocket.CLOSED, [], []]);
    const late = listen();
    await expect.poll(() => late.readyState).toBe(WebSocket.CLOSED);
    expect(failures).toEqual(['web-chat.log-unread']);
  });

  it('takes no more streams than this process may hold, and closes what it can’t take', () => {
    const refused: string[] = [];
    start({ limits: { streams: 1 }, refused: (why) => refused.push(why) });
    const [first, second] = [new FakeSocket(), new FakeSocket()];
    expect(hub.open(listener({ address: '1.1.1.1' }), first.asSocket())).toBe('open');
    expect(hub.open(listener({ address: '2.2.2.2' }), second.asSocket())).toBe('no-room');
    expect([first.closedWith, second.closedWith, refused, hub.streamsOpen()]).toEqual([null, 1013, ['no-room'], 1]);
    first.close();
    expect(hub.streamsOpen()).toBe(0);
    expect(hub.open(listener({ address: '2.2.2.2' }), new FakeSocket().asSocket())).toBe('open');
  });

  it('gives an address its share, and takes nothing from another', () => {
    start({ limits: { streamsPerAddress: 2 } });
    const from = (address: string) => {
      const socket = new FakeSocket();
      return { socket, said: hub.open(listener({ address }), socket.asSocket()) };
    };
    const streams = [from('1.1.1.1'), from('1.1.1.1'), from('1.1.1.1'), from('2.2.2.2')];
    expect(streams.map((it) => it.said)).toEqual(['open', 'open', 'address-full', 'open']);
    expect(streams[2]?.socket.closedWith).toBe(1013);
    streams[0]?.socket.close();
    expect(from('1.1.1.1').said).toBe('open');
  });

  it('ends the stream of a client that floods it with frames, and no other', () => {
    let now = 0;
    const refused: string[] = [];
    const { listen } = start({ limits: { framesPerMinute: 3 }, now: () => now, refused: (why) => refused.push(why) });
    const flooding = listen();
    const quiet = listen();
    for (const frame of ['message', 'ping', 'pong']) flooding.emit(frame);
    now = 60_000;
    for (const frame of ['message', 'message', 'message']) flooding.emit(frame);
    expect(flooding.closedWith).toBeNull();
    flooding.emit('message');
    flooding.emit('message');
    expect([flooding.closedWith, quiet.closedWith, refused]).toEqual([1008, null, ['too-many-frames']]);
  });
});
