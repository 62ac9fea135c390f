/**
 * The channel's `Send`: a turn's replies as few sends, each taken from the quota before the platform is asked. What the
 * platform will not take before the customer speaks again waits for them; what it may take later is tried later.
 */
import { type Instant, MINUTE, SECOND } from '../../domain/instant.ts';
import { unreachable } from '../../domain/unreachable.ts';
import type { FileUrl } from '../../turn/kept-file.ts';
import type { OutgoingFile } from '../../turn/message.ts';
import type { PlatformSends } from '../../turn/platform-ports.ts';
import type { Send, SendResult } from '../../turn/ports.ts';
import type { ApiResult } from './api-client.ts';
import type { PictureShown } from './bridge.ts';
import { fileAsText, menuAsText, type PlannedSend, plannedSends, type Sendable, type Words } from './outgoing.ts';

export type WechatSendNeeds = {
  /** Never throws. */
  readonly say: (openId: string, words: Words) => Promise<ApiResult<unknown>>;
  /** Never throws. */
  readonly show: (openId: string, picture: OutgoingFile) => Promise<PictureShown>;
  readonly sends: Pick<PlatformSends, 'take' | 'sent' | 'giveBack' | 'shut' | 'partsSent'>;
  /** Whether the account may send menus to tap. */
  readonly menus: boolean;
  readonly fileUrl: FileUrl;
  readonly now: () => Instant;
  readonly log: (event: string, fields: Readonly<Record<string, string | number>>) => void;
};

/** The account has no right to menus. */
const NO_MENUS = 40200;
const AGAIN_MILLISECONDS = SECOND;
const LOCKED_OUT_MILLISECONDS = MINUTE;
/** No send begins later than this: who waits for all of them gives up after 20 s, and would have the last one said again. */
const BEGUN_WITHIN_MILLISECONDS = 4 * SECOND;

export function createWechatSend({ say, show, sends, menus, fileUrl, now, log }: WechatSendNeeds): Send {
  let mayMenus = menus;

  const sayAs = (openId: string, sendable: Sendable): Promise<ApiResult<unknown>> =>
    sendable.kind === 'picture' ? showOrLink(openId, sendable.file) : sayOrNumber(openId, sendable);

  /** An account that may send no menus says so at the first: then, and from then on, choices have numbers. */
  async function sayOrNumber(openId: string, words: Words): Promise<ApiResult<unknown>> {
    const result = await say(openId, words);
    if (words.kind !== 'menu' || result.kind !== 'refused' || result.code !== NO_MENUS) return result;
    mayMenus = false;
    log('wechat.no-menus', { code: result.code });
    return say(openId, { kind: 'text', text: menuAsText(words) });
  }

  /** What the platform won't take the customer opens here. */
  async function showOrLink(openId: string, picture: OutgoingFile): Promise<ApiResult<unknown>> {
    const result = await show(openId, picture);
    if (result.kind !== 'not-taken' && result.kind !== 'refused') return result;
    log('wechat.picture-as-link', { code: result.code ?? 0 });
    return say(openId, { kind: 'text', text: fileAsText(picture, fileUrl) });
  }

  return async ({ conversationId, externalId }, messages) => {
    const startedAt = now();
    const results: SendResult[] = [];
    const rest = (result: SendResult): readonly SendResult[] => [...results, ...messages.slice(results.length).map(() => result)];
    for (const planned of plannedSends(messages, { menus: mayMenus, fileUrl })) {
      if (await isSent(planned)) continue;
      const at = now();
      if (at - startedAt > BEGUN_WITHIN_MILLISECONDS) return [...results, { kind: 'again', afterMilliseconds: 0 }];
      const taken = await sends.take(conversationId, planned.last.id, at);
      if (taken === null) return rest({ kind: 'waiting' });
      const result = await sayAs(externalId, planned.sendable);
      switch (result.kind) {
        case 'done':
          await sends.sent(taken);
          if (planned.part === planned.parts - 1) results.push(...sameFor(planned, { kind: 'delivered' }));
          break;
        case 'window-shut':
          log('wechat.window-shut', { conversationId, code: result.code });
          // As of before the call: what the customer says meanwhile opens another window.
          await sends.shut(conversationId, at);
          return rest({ kind: 'waiting' });
        case 'again':
          // Without an answer nobody knows whether it was counted. If it was, the platform refuses one later, and that waits;
          // held back here it would keep an answer from a customer who may still have it.
          await sends.giveBack(taken);
          return [...results, { kind: 'again', afterMilliseconds: AGAIN_MILLISECONDS }];
        case 'locked-out':
          await sends.giveBack(taken);
          return [...results, { kind: 'later', afterMilliseconds: LOCKED_OUT_MILLISECONDS }];
        case 'refused':
          await sends.giveBack(taken);
          log('wechat.refused', { conversationId, code: result.code });
          return [...results, ...sameFor(planned, { kind: 'failed', reason: `the platform refused it (${result.code})` })];
        default:
          return unreachable(result);
      }
    }
    // Whatever had no words at all needs no sending.
    return rest({ kind: 'delivered' });

    /** Of a long message that stopped half-way the parts before are with the customer already. */
    async function isSent({ part, parts, last }: PlannedSend): Promise<boolean> {
      return parts > 1 && part < (await sends.partsSent(last.id, conversationId));
    }
  };
}

function sameFor({ carries }: PlannedSend, result: SendResult): readonly SendResult[] {
  return Array.from({ length: carries }, () => result);
}
