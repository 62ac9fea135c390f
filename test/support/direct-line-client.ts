/**
 * A customer on Direct Line, for journeys and load: our own small client, so that tests don't wait for the stock one's
 * 3–15 s before it reconnects. It shows every activity once, in order, counts what came twice, and comes back by its
 * watermark when the server goes away.
 */
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { WebSocket } from 'ws';

export type ChatActivity = {
  readonly type: string;
  readonly id: string;
  readonly timestamp: string;
  readonly text: string;
  readonly textFormat: string;
  readonly replyToId?: string;
  readonly from: { readonly id: string; readonly name?: string; readonly role?: string };
  readonly suggestedActions?: { readonly actions: readonly { readonly type: string; readonly title: string; readonly value: string }[] };
  readonly channelData: {
    readonly clientActivityID?: string;
    readonly messageId?: string;
    readonly dialog?: { readonly flow: string | null; readonly asking: string | null; readonly reply: readonly string[] };
    readonly ticket?: { readonly number: string; readonly kind: string; readonly status: string };
  };
};

export type DirectLineClient = {
  readonly conversationId: string;
  /** Tickets and tokens as last answered. */
  readonly token: () => string;
  readonly resume: () => string;
  /** What the server has taken, in the order it was sent: it must never be sent again, nor be lost. */
  readonly acknowledged: readonly Acknowledged[];
  /** Everything seen, both directions, in order, each once. */
  readonly messages: readonly ChatActivity[];
  /** How many activities came again. */
  readonly doubled: () => number;
  /** Sends a text and resolves to its activity id once the server has it. */
  readonly say: (text: string, channelData?: Readonly<Record<string, unknown>>) => Promise<string>;
  /** Sends what is more than a text: attachments, a value. */
  readonly send: (what: Readonly<Record<string, unknown>>) => Promise<string>;
  /** Presses the button of the latest message that is labelled so. */
  readonly press: (label: string) => Promise<string>;
  /** The next message of the bot or the staff not yet taken; with a predicate, the next one that fits (those before it are passed over). */
  readonly next: (fits?: (activity: ChatActivity) => boolean, timeoutMilliseconds?: number) => Promise<ChatActivity>;
  /** Says a text and waits for the next answer. */
  readonly ask: (text: string, timeoutMilliseconds?: number) => Promise<ChatActivity>;
  /** Cuts the stream as a lost network does; the client comes back unless `stay` is true. */
  readonly drop: (stay?: boolean) => void;
  /** Opens the stream again after `drop(true)`. */
  readonly comeBack: () => Promise<void>;
  readonly close: () => void;
};

export type ConnectOptions = {
  readonly user?: string;
  readonly resume?: string;
  readonly origin?: string;
  /** How long `connect` and `say` go on trying while the server is away or says 5xx; 0 = once. */
  readonly patienceMilliseconds?: number;
  /** How long one call may take before it counts as not answered. */
  readonly callMilliseconds?: number;
  /** How long `next` waits unless told otherwise. */
  readonly answerMilliseconds?: number;
  /** Hears of every call as it ends. */
  readonly observe?: (call: Call) => void;
};

/** `away`: there was no answer, whatever the server may have done. */
export type Call = {
  readonly what: 'token' | 'start' | 'reconnect' | 'post';
  readonly status: number | 'away';
  readonly milliseconds: number;
};

export type Acknowledged = { readonly clientActivityID: string; readonly text: string; readonly activityId: string };

type Conversation = { readonly conversationId: string; readonly token: string; readonly resume: string; readonly streamUrl: string };

const ANSWER_MILLISECONDS_MAX = 10_000;
const RETRY_MILLISECONDS = 100;
/** A stream that ends sooner was no stream: coming back waits, twice as long each time. */
const STREAM_MILLISECONDS_MIN = 1_000;
const RECONNECT_MILLISECONDS_MAX = 2_000;

/** Starts (or resumes) a conversation at `baseUrl` and opens its stream. */
export async function connect(baseUrl: string, options: ConnectOptions = {}): Promise<DirectLineClient> {
  const root = `${baseUrl.replace(/\/$/, '')}/v3/directline`;
  const headers = (token?: string) => ({
    'Content-Type': 'application/json',
    ...(token !== undefined && { Authorization: `Bearer ${token}` }),
    ...(options.origin !== undefined && { Origin: options.origin }),
  });
  const call = async (what: Call['what'], path: string, token?: string, body?: unknown): Promise<unknown> => {
    const began = performance.now();
    let status: Call['status'] = 'away';
    try {
      const method = what === 'reconnect' ? 'GET' : 'POST';
      const response = await fetch(`${root}${path}`, {
        method,
        headers: headers(token),
        ...(body !== undefined && { body: JSON.stringify(body) }),
        signal: AbortSignal.timeout(options.callMilliseconds ?? ANSWER_MILLISECONDS_MAX),
      });
      const text = await response.text();
      status = response.status;
      if (response.ok) return JSON.parse(text);
      const wanted = Number(response.headers.get('retry-after') ?? 0);
      throw new DirectLineRefusal(response.status, wanted * 1_000, `${method} ${path}: ${response.status} ${text}`);
    } finally {
      options.observe?.({ what, status, milliseconds: performance.now() - began });
    }
  };

  /** Goes on while the server is away or cannot answer, as long as the customer's patience lasts. */
  const patiently = async (what: Call['what'], path: string, token?: string, body?: unknown): Promise<unknown> => {
    const deadline = Date.now() + (options.patienceMilliseconds ?? 0);
    for (;;) {
      try {
        return await call(what, path, token, body);
      } catch (error) {
        const refusal = error instanceof DirectLineRefusal ? error : null;
        if ((refusal !== null && refusal.status < 500) || Date.now() >= deadline) throw error;
        await pause(Math.max(RETRY_MILLISECONDS, refusal?.retryAfterMilliseconds ?? 0));
      }
    }
  };

  const wanted = {
    ...(options.user !== undefined && { user: { id: options.user } }),
    ...(options.resume !== undefined && { resume: options.resume }),
  };
  const generated = (await patiently('token', '/tokens/generate', undefined, wanted)) as Conversation;
  let session = (await patiently('start', '/conversations', generated.token)) as Conversation;
  const { conversationId } = session;

  const acknowledged: Acknowledged[] = [];
  const messages: ChatActivity[] = [];
  const seen = new Set<string>();
  const waiting = new Set<() => void>();
  let doubled = 0;
  let taken = 0;
  let watermark = '';
  let closed = false;
  let stayAway = false;
  let socket: WebSocket;

  const receive = (data: string) => {
    if (data === '') return;
    const set = JSON.parse(data) as { readonly activities: readonly ChatActivity[]; readonly watermark: string };
    watermark = set.watermark;
    for (const activity of set.activities) {
      if (seen.has(activity.id)) doubled += 1;
      else {
        seen.add(activity.id);
        messages.push(activity);
      }
    }
    for (const look of [...waiting]) look();
  };

  const listen = () =>
    new Promise<void>((resolve, reject) => {
      const opened = new WebSocket(session.streamUrl, options.origin === undefined ? {} : { origin: options.origin });
      socket = opened;
      opened.on('message', (data) => receive(String(data)));
      opened.on('error', reject);
      opened.once('open', () => {
        const since = Date.now();
        // A socket that never opened is tried again by whoever opened it, not by its end.
        opened.once('close', () => {
          if (closed || stayAway || socket !== opened) return;
          const lasted = Date.now() - since >= STREAM_MILLISECONDS_MIN;
          reconnectMilliseconds = lasted
            ? 0
            : Math.min(Math.max(RETRY_MILLISECONDS, 2 * reconnectMilliseconds), RECONNECT_MILLISECONDS_MAX);
          void pause(reconnectMilliseconds).then(comeBack);
        });
        resolve();
      });
    });

  let reconnectMilliseconds = 0;
  const comeBack = async (): Promise<void> => {
    stayAway = false;
    while (!closed) {
      try {
        session = (await call('reconnect', `/conversations/${conversationId}?watermark=${watermark}`, session.token)) as Conversation;
        return await listen();
      } catch {
        await pause(RETRY_MILLISECONDS);
      }
    }
  };

  await listen().catch((error: unknown) => {
    if ((options.patienceMilliseconds ?? 0) === 0) throw error;
    return comeBack();
  });

  const send = async (
    what: Readonly<Record<string, unknown>>,
    text = '',
    channelData: Readonly<Record<string, unknown>> = {},
  ): Promise<string> => {
    const known = { clientActivityID: randomUUID(), ...channelData };
    const activity = { type: 'message', from: { id: 'me' }, locale: 'zh-CN', text, ...what, channelData: known };
    const path = `/conversations/${conversationId}/activities`;
    const { id } = (await patiently('post', path, session.token, activity)) as { readonly id: string };
    acknowledged.push({ clientActivityID: known.clientActivityID, text, activityId: id });
    return id;
  };

  const say = (text: string, channelData?: Readonly<Record<string, unknown>>) => send({}, text, channelData);

  const next: DirectLineClient['next'] = (fits = () => true, timeoutMilliseconds = options.answerMilliseconds ?? ANSWER_MILLISECONDS_MAX) =>
    new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        waiting.delete(look);
        const last = messages.slice(-3).map((it) => `${it.from.id}: ${it.text}`);
        reject(new Error(`no fitting answer within ${timeoutMilliseconds} ms; last seen:\n${last.join('\n')}`));
      }, timeoutMilliseconds);
      const look = () => {
        while (taken < messages.length) {
          const activity = messages[taken++];
          if (activity === undefined || activity.from.role === 'user' || !fits(activity)) continue;
          clearTimeout(timer);
          waiting.delete(look);
          return resolve(activity);
        }
      };
      waiting.add(look);
      look();
    });

  return {
    conversationId,
    token: () => session.token,
    resume: () => session.resume,
    acknowledged,
    messages,
    doubled: () => doubled,
    say,
    send,
    press(label) {
      const actions = messages.findLast((it) => it.from.role === 'bot')?.suggestedActions?.actions ?? [];
      const action = actions.find((it) => it.title === label);
      if (action === undefined) throw new Error(`no button "${label}" among: ${actions.map((it) => it.title).join(', ') || 'none'}`);
      return say(action.value);
    },
    next,
    async ask(text, timeoutMilliseconds) {
      await say(text);
      return next(undefined, timeoutMilliseconds);
    },
    drop(stay = false) {
      stayAway = stay;
      socket.terminate();
    },
    comeBack,
    close() {
      closed = true;
      socket.close();
    },
  };
}

/** A refusal by the server, as against a server that is away. */
class DirectLineRefusal extends Error {
  readonly status: number;
  /** 0: the server did not say. */
  readonly retryAfterMilliseconds: number;
  constructor(status: number, retryAfterMilliseconds: number, message: string) {
    super(message);
    this.status = status;
    this.retryAfterMilliseconds = retryAfterMilliseconds;
  }
}
