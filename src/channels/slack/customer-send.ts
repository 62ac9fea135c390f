/**
 * The channel's `Send`: messages to one customer in order, at the platform's pace. What may have been posted before is looked
 * for before it is posted again; what the platform can't show is said without blocks; a fault of ours waits for the operator.
 */
import type { Identifier } from '../../domain/identifier.ts';
import { type Instant, instantOf, MINUTE, SECOND } from '../../domain/instant.ts';
import { unreachable } from '../../domain/unreachable.ts';
import type { FileUrl } from '../../turn/kept-file.ts';
import type { PlacedMessage } from '../../turn/message.ts';
import type { Send, SendResult } from '../../turn/ports.ts';
import type { Called, CallSlack } from './api.ts';
import { type Posting, postingsOf } from './customer-blocks.ts';
import type { DirectChannels } from './customer-channels.ts';
import { createPace } from './customer-pace.ts';
import { metadataOf, type Posted, postedKey, postedSince } from './customer-posted.ts';
import { refusalOf } from './faults.ts';

export type CustomerSendNeeds = {
  readonly call: CallSlack;
  readonly channels: Pick<DirectChannels, 'of' | 'forget'>;
  readonly fileUrl: FileUrl;
  readonly wait: (milliseconds: number) => Promise<void>;
  /** Nothing gets to any customer, for this reason of the platform; null: it does again. */
  readonly troubled: (code: string | null) => void;
  readonly now: () => Instant;
  readonly log: (event: string, fields: Readonly<Record<string, string | number | boolean>>) => void;
};

type Failure = Exclude<Called<unknown>, { readonly kind: 'ok' }>;

/** Whoever has a message this long after it was said may not be the first to try. */
const FRESH_MILLISECONDS = 2 * SECOND;
/** No post begins later than this: who waits for all of them gives up after 20 s, and would have the last one said again. */
const BEGUN_WITHIN_MILLISECONDS = 4 * SECOND;
const AGAIN_MILLISECONDS = SECOND;
const TROUBLED_MILLISECONDS = MINUTE;
const TRIED_MAX = 10_000;

/** It won't be shown like this. */
const LAYOUT: ReadonlySet<string> = new Set(['invalid_blocks', 'invalid_blocks_format', 'msg_too_long', 'msg_blocks_too_long', 'http_413']);
/** The platform failed, and says so. */
const PASSING: ReadonlySet<string> = new Set(['internal_error', 'fatal_error', 'service_unavailable', 'request_timeout', 'rate_limited']);
/** The app is not set up for direct messages. */
const NOT_SET_UP = 'messages_tab_disabled';

export function createCustomerSend({ call, channels, fileUrl, wait, troubled, now, log }: CustomerSendNeeds): Send {
  const pace = createPace(now);
  /** What was tried here and is not known to be there. */
  const tried = new Set<Identifier>();
  let isTroubled = false;

  return async ({ conversationId, externalId }, messages) => {
    const startedAt = now();
    const results: SendResult[] = [];
    const opened = await channels.of(externalId);
    if (opened.kind !== 'ok') return [endOf(opened)];
    const channel = opened.body;
    const posted = await postedBefore(messages.filter((it) => tried.has(it.id) || startedAt - it.at > FRESH_MILLISECONDS));
    if (posted.kind !== 'ok') return [endOf(posted)];
    for (const message of messages) {
      const result = await say(message, posted.body);
      results.push(result);
      if (result.kind === 'delivered' || result.kind === 'failed') tried.delete(message.id);
      if (result.kind !== 'delivered') break;
    }
    return results;

    /** One look for all of them. */
    async function postedBefore(doubtful: readonly PlacedMessage[]): Promise<Called<Posted>> {
      if (doubtful.length === 0) return { kind: 'ok', body: new Set() };
      return await postedSince(call, channel, instantOf(Math.min(...doubtful.map((it) => it.at))));
    }

    async function say(message: PlacedMessage, there: Posted): Promise<SendResult> {
      for (const [part, posting] of postingsOf(message, fileUrl).entries()) {
        if (there.has(postedKey(message.id, part))) continue;
        const milliseconds = pace.wait(channel);
        if (now() + milliseconds - startedAt > BEGUN_WITHIN_MILLISECONDS) return { kind: 'again', afterMilliseconds: milliseconds };
        if (milliseconds > 0) await wait(milliseconds);
        remember(message.id);
        const result = await post(channel, message.id, part, posting);
        if (result.kind !== 'ok') return endOf(result);
        recovered();
      }
      // Whatever had no words at all needs no sending.
      return { kind: 'delivered' };
    }

    function endOf(failure: Failure): SendResult {
      switch (failure.kind) {
        case 'busy':
          return { kind: 'again', afterMilliseconds: failure.afterMilliseconds };
        case 'unknown':
          return { kind: 'again', afterMilliseconds: AGAIN_MILLISECONDS };
        case 'refused':
          return refusedWith(failure.error);
        default:
          return unreachable(failure);
      }
    }

    function refusedWith(code: string): SendResult {
      if (PASSING.has(code)) return { kind: 'again', afterMilliseconds: AGAIN_MILLISECONDS };
      const refusal = refusalOf(code);
      if (refusal === 'workspace' || code === NOT_SET_UP) {
        isTroubled = true;
        troubled(code);
        return { kind: 'later', afterMilliseconds: TROUBLED_MILLISECONDS };
      }
      if (refusal === 'channel') channels.forget(externalId);
      log('slack.customer-refused', { conversationId, code });
      return { kind: 'failed', reason: `the platform refused it (${code})` };
    }
  };

  async function post(channel: string, id: Identifier, part: number, { text, blocks, plain }: Posting): Promise<Called<object>> {
    pace.gone(channel);
    const always = { channel, metadata: metadataOf(id, part), unfurl_links: false, unfurl_media: false };
    const result = await call('chat.postMessage', { ...always, text, blocks });
    if (result.kind === 'busy') pace.hold(channel, result.afterMilliseconds);
    if (result.kind !== 'refused' || !LAYOUT.has(result.error)) return result;
    log('slack.customer-plain', { messageId: id, code: result.error });
    await wait(pace.wait(channel));
    pace.gone(channel);
    return await call('chat.postMessage', { ...always, text: plain });
  }

  function remember(id: Identifier): void {
    tried.add(id);
    const [oldest] = tried;
    if (tried.size > TRIED_MAX && oldest !== undefined) tried.delete(oldest);
  }

  function recovered(): void {
    if (isTroubled) troubled(null);
    isTroubled = false;
  }
}
