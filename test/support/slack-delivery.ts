/**
 * How the fake Slack tells the desk: signed requests to one address, or envelopes over Socket Mode, with the platform's own
 * repetitions and whatever a test wants to be odd about them.
 */
import { createHmac, randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Json, Reply } from './slack-data.ts';
import type { Sockets } from './slack-socket.ts';

export type SendOptions = {
  /** The same once more, with the same event id: how many there are in all. */
  readonly copies?: number;
  /** Repetitions after the first, marked as the platform marks them. */
  readonly retries?: number;
  /** The same message as so many events, each with an id of its own. */
  readonly freshIds?: number;
  /** All of these at once instead of one after the other. */
  readonly atOnce?: boolean;
  readonly signature?: 'good' | 'bad' | 'missing';
  /** What the request says of when it was sent: -600 is ten minutes ago. */
  readonly offsetSeconds?: number;
};

/** `status` and `body`: of the last that was sent; 0 when there was nothing to send or nobody to send it to. */
export type Delivered = Reply & { readonly replies: readonly Reply[] };

export type Redelivery = { readonly times: number; readonly milliseconds: number };

/** What the desk is connected by. */
export type Line = { readonly kind: 'none' } | { readonly kind: 'http'; readonly url: string } | { readonly kind: 'socket' };

type Kind = 'event' | 'interaction' | 'command';
type Letter = { readonly kind: Kind; readonly payload: Json; readonly attempt: number; readonly reason: string };

type Ports = {
  readonly signingSecret: string;
  readonly line: () => Line;
  readonly sockets: Sockets;
  readonly redelivery: Redelivery;
  readonly answerMilliseconds: number;
  /** Around everything that is told: how much is under way. */
  readonly begun: () => () => void;
  /** What the desk answered is on somebody's screen, too. */
  readonly heard: (body: string) => void;
};

export type Deliver = (kind: Kind, payloads: (freshId: number) => Json, options?: SendOptions) => Promise<Delivered>;

export function createDelivery(ports: Ports): Deliver {
  const { signingSecret, line, sockets, redelivery, answerMilliseconds } = ports;

  const post = async (url: string, letter: Letter, options: SendOptions): Promise<Reply> => {
    const { contentType, body } = bodyOf(letter);
    const timestamp = String(Math.floor(Date.now() / 1_000) + (options.offsetSeconds ?? 0));
    const digest = createHmac('sha256', signingSecret).update(`v0:${timestamp}:${body}`).digest('hex');
    const signature = options.signature === 'bad' ? `v0=${digest.replaceAll(/./g, '0')}` : `v0=${digest}`;
    const headers = {
      'Content-Type': contentType,
      'X-Slack-Request-Timestamp': timestamp,
      ...(options.signature !== 'missing' && { 'X-Slack-Signature': signature }),
      ...(letter.attempt > 0 && { 'X-Slack-Retry-Num': String(letter.attempt), 'X-Slack-Retry-Reason': letter.reason }),
    };
    try {
      const signal = AbortSignal.timeout(answerMilliseconds);
      const answer = await fetch(`${url}/slack/events`, { method: 'POST', headers, body, signal });
      return { status: answer.status, body: await answer.text() };
    } catch (error) {
      return { status: 0, body: error instanceof Error && error.name === 'TimeoutError' ? 'http_timeout' : 'http_error' };
    }
  };

  const once = async (letter: Letter, options: SendOptions): Promise<Reply> => {
    const at = line();
    const reply = await (at.kind === 'http'
      ? post(at.url, letter, options)
      : at.kind === 'socket'
        ? sockets.send(letter, answerMilliseconds)
        : { status: 0, body: 'nobody is connected' });
    ports.heard(reply.body);
    return reply;
  };

  /** Again, as often as the platform would, when it was not taken. */
  const insisting = async (letter: Letter, options: SendOptions): Promise<readonly Reply[]> => {
    const replies = [await once(letter, options)];
    const isTaken = () => (replies.at(-1)?.status ?? 0) >= 200 && (replies.at(-1)?.status ?? 0) < 300;
    for (let attempt = 1; letter.kind === 'event' && !isTaken() && attempt <= redelivery.times; attempt++) {
      await pause(redelivery.milliseconds);
      const reason = replies.at(-1)?.body === 'http_timeout' ? 'http_timeout' : 'http_error';
      replies.push(await once({ ...letter, attempt, reason }, options));
    }
    return replies;
  };

  return async (kind, payloads, options = {}) => {
    const { copies = 1, retries = 0, freshIds = 1, atOnce = false } = options;
    const letters: Letter[] = [];
    for (let fresh = 0; fresh < freshIds; fresh++) {
      const payload = payloads(fresh);
      for (let copy = 0; copy < copies; copy++) letters.push({ kind, payload, attempt: 0, reason: '' });
      for (let attempt = 1; attempt <= retries; attempt++) letters.push({ kind, payload, attempt, reason: 'http_timeout' });
    }
    const ended = ports.begun();
    try {
      const replies: Reply[] = [];
      if (atOnce) replies.push(...(await Promise.all(letters.map((it) => insisting(it, options)))).flat());
      else for (const letter of letters) replies.push(...(await insisting(letter, options)));
      return { ...(replies.at(-1) ?? { status: 0, body: '' }), replies };
    } finally {
      ended();
    }
  };
}

function bodyOf({ kind, payload }: Letter): { readonly contentType: string; readonly body: string } {
  if (kind === 'event') return { contentType: 'application/json', body: JSON.stringify(payload) };
  const fields =
    kind === 'interaction'
      ? { payload: JSON.stringify(payload) }
      : Object.fromEntries(Object.entries(payload).map(([name, value]) => [name, String(value)]));
  return { contentType: 'application/x-www-form-urlencoded', body: new URLSearchParams(fields).toString() };
}

/** An event in the platform's envelope; each call is one with an id of its own. */
export function envelopeOf(event: Json, { teamId, appId, botUserId, now }: EnvelopeSigns): Json {
  return {
    token: 'verification-token',
    team_id: teamId,
    context_team_id: teamId,
    api_app_id: appId,
    event,
    type: 'event_callback',
    event_id: `Ev${randomUUID().replaceAll('-', '').slice(0, 12).toUpperCase()}`,
    event_time: Math.floor(now() / 1_000),
    authorizations: [{ enterprise_id: null, team_id: teamId, user_id: botUserId, is_bot: true, is_enterprise_install: false }],
    is_ext_shared_channel: false,
  };
}

type EnvelopeSigns = { readonly teamId: string; readonly appId: string; readonly botUserId: string; readonly now: () => number };
