/**
 * WeChat, whole: the callback and the API of an Official Account under our own puppet, or another puppet of wechaty. Loaded
 * only when it is configured: wechaty alone takes a second and 80 MB.
 */
import type { Hono } from 'hono';
import type { Message } from 'wechaty';
import { helpers, type Puppet } from 'wechaty-puppet';
import type { Identifier, MakeIdentifier } from '../../domain/identifier.ts';
import { type Instant, SECOND } from '../../domain/instant.ts';
import type { Policy } from '../../domain/policy.ts';
import { quietUntil } from '../../domain/reminder-time.ts';
import type { CleanFile } from '../../turn/clean-file.ts';
import type { FileUrl, ReadKeptFile } from '../../turn/kept-file.ts';
import type { AcceptWithRemoteMedia, AwaitedMediaStore, NoticeConsents, PlatformSends, PlatformStates } from '../../turn/platform-ports.ts';
import type { Accept, AcceptWithAttachments, OpenConversation, Send } from '../../turn/ports.ts';
import { createApiClient } from './api-client.ts';
import { type Bridge, createBridge } from './bridge.ts';
import { wechatCallback } from './callback.ts';
import { createCipher } from './cipher.ts';
import { createFetchMedia } from './fetch-media.ts';
import { type Trouble, troubles, watched } from './health.ts';
import { OfficialAccountPuppet } from './official-account-puppet.ts';
import { otherPuppetHeard } from './other-puppet.ts';
import { conversationOf, createReceive, type Receipt, type ReceiveNeeds } from './receive.ts';
import type { Received } from './received.ts';
import { createWechatSend } from './send.ts';
import { createTemplateNotices, type TellByTemplate } from './templates.ts';
import { createTokens } from './tokens.ts';
import { uncountedSends } from './uncounted-sends.ts';

/** Much shorter than anybody notices. */
const WAKE_MILLISECONDS = 30;

export type WechatAccount = {
  readonly appId: string;
  readonly appSecret: string;
  readonly token: string;
  /** The 43 characters of the console; null: callbacks come in the clear. */
  readonly aesKey: string | null;
  /** Without a slash at the end. */
  readonly apiBase: string;
};

export type WechatNeeds = {
  /** An Official Account, or any puppet of wechaty. */
  readonly through: WechatAccount | Puppet;
  /** 32 bytes that only this desk knows. */
  readonly secret: Buffer;
  readonly openConversation: OpenConversation;
  readonly accept: Accept;
  readonly acceptWithAttachments: AcceptWithAttachments;
  readonly platform: {
    readonly acceptWithRemoteMedia: AcceptWithRemoteMedia;
    readonly media: AwaitedMediaStore;
    readonly sends: PlatformSends;
    readonly consents: NoticeConsents;
    readonly states: PlatformStates;
  };
  readonly choiceOf: ReceiveNeeds['choiceOf'];
  readonly productOf: ReceiveNeeds['productOf'];
  readonly cleanFile: CleanFile;
  readonly readKeptFile: ReadKeptFile;
  readonly fileUrl: FileUrl;
  readonly turnSoon: (conversationId: Identifier, hurry?: 'at-once') => void;
  readonly tellsOfDanger: (text: string) => boolean;
  /** Something that waited is pending again. */
  readonly deliverSoon: () => void;
  /** Calls staff, once a key. */
  readonly callStaff: (trouble: Trouble) => Promise<void>;
  readonly policy: Pick<Policy, 'company' | 'limits' | 'quietHours' | 'wechat'>;
  readonly timeZone: string;
  readonly makeIdentifier: MakeIdentifier;
  readonly now: () => Instant;
  readonly log: (event: string, fields: Readonly<Record<string, string | number>>) => void;
};

export type WechatChannel = {
  /** The callback; null where the puppet is not ours. */
  readonly app: Hono | null;
  readonly send: Send;
  /** Outside the time in which it may speak; null where there is no template to do it by. */
  readonly tellByTemplate: TellByTemplate | null;
  readonly rounds: readonly { readonly name: string; readonly everyMilliseconds: number; readonly round: () => Promise<void> }[];
  /** What is wrong now. */
  readonly troubles: () => Promise<readonly Trouble[]>;
  readonly start: () => Promise<void>;
  readonly stop: () => Promise<void>;
};

/** The puppet of an npm package. Throws when there is none, in words for the operator. */
export async function loadPuppet(packageName: string): Promise<Puppet> {
  try {
    if (isPuppetName(packageName)) return (await helpers.resolvePuppet({ puppet: packageName })) as Puppet;
  } catch {
    // Said below, for both cases.
  }
  throw new Error(`WECHATY_PUPPET: ${packageName} is not installed, or is no puppet of wechaty`);
}

function isPuppetName(name: string): name is `wechaty-puppet-${string}` | `@${string}/wechaty-puppet-${string}` {
  return /^(?:@[^/]+\/)?wechaty-puppet-/.test(name);
}

/** Builds the channel; opens nothing. */
export function createWechat(needs: WechatNeeds): WechatChannel {
  return 'appId' in needs.through ? officialAccount(needs.through, needs) : otherPuppet(needs.through, needs);
}

function officialAccount(account: WechatAccount, needs: WechatNeeds): WechatChannel {
  const { platform, now, policy, turnSoon, log } = needs;
  const { states, sends, consents } = platform;
  const api = watched(createApiClient(account.apiBase, createTokens({ ...account, base: account.apiBase, states, now })), states, now);
  const puppet = new OfficialAccountPuppet(account.appId, api);
  const bridge = createBridge({
    puppet,
    heard: async (message: Message) => turnSoon(conversationOf(needs.secret, message.talker().id)),
    readKeptFile: needs.readKeptFile,
    log,
  });
  const receive = createReceive({ ...needs, acceptWithRemoteMedia: platform.acceptWithRemoteMedia, sends, consents, states });
  const fetchMedia = createFetchMedia({ ...needs, media: platform.media, api, limits: policy.limits });
  const failed = (event: string) => (error: unknown) => log(event, { error: error instanceof Error ? error.name : 'unknown' });

  async function wake(): Promise<void> {
    if ((await sends.wake('wechat', now())) > 0) needs.deliverSoon();
  }

  /** Who has come back is told what waited for them before they are answered; one look is for everybody who just wrote. */
  let arrived: (() => void)[] = [];
  let waking: NodeJS.Timeout | null = null;
  function afterWake(turn: () => void): void {
    arrived.push(turn);
    waking ??= setTimeout(() => {
      waking = null;
      const turns = arrived;
      arrived = [];
      void wake()
        .catch(failed('wechat.not-woken'))
        .then(() => {
          for (const each of turns) each();
        });
    }, WAKE_MILLISECONDS);
  }

  /** Durable already, and acknowledged: what follows may be lost, and is found by the rounds and the sweep. */
  function follow(received: Received, receipt: Receipt): void {
    if (receipt.kind === 'ignored') return;
    const { conversationId, isNew, said } = receipt;
    // Whoever is in danger may still be typing, and is answered all the same.
    if (said !== null && needs.tellsOfDanger(said)) turnSoon(conversationId, 'at-once');
    afterWake(() => (isNew ? puppet.bring(received) : turnSoon(conversationId)));
    if (received.kind === 'media' || received.kind === 'voice') fetchMedia().catch(failed('wechat.media-not-fetched'));
  }

  const startedAt = now();
  const found = () => troubles({ states, isOn: bridge.isOn, quietHours: policy.wechat.quietHours, startedAt, now });
  return {
    app: wechatCallback({
      token: account.token,
      cipher: account.aesKey === null ? null : createCipher(account.appId, account.aesKey),
      receive: async (received) => {
        const receipt = await receive(received);
        setImmediate(follow, received, receipt);
      },
      now,
      failed: (event, error) => failed(event)(error),
    }),
    send: createWechatSend({ ...bridge, sends, menus: policy.wechat.menus, fileUrl: needs.fileUrl, now, log }),
    tellByTemplate: createTemplateNotices({ ...needs, api, consents }),
    rounds: [
      { name: 'wechat-media', everyMilliseconds: 2 * SECOND, round: fetchMedia },
      { name: 'wechat-wake', everyMilliseconds: 5 * SECOND, round: wake },
      healthRound(found, bridge, needs),
    ],
    troubles: found,
    start: bridge.start,
    stop: async () => {
      if (waking !== null) clearTimeout(waking);
      await bridge.stop();
    },
  };
}

/** Without a platform that counts or keeps anything for us. */
function otherPuppet(puppet: Puppet, needs: WechatNeeds): WechatChannel {
  const { readKeptFile, fileUrl, now, log } = needs;
  const bridge = createBridge({ puppet, heard: otherPuppetHeard(needs), readKeptFile, log });
  const startedAt = needs.now();
  const found = async (): Promise<readonly Trouble[]> =>
    bridge.isOn()
      ? []
      : [{ key: `wechat-not-started:${startedAt}`, reason: 'wechat-not-started', note: 'the puppet of wechaty is not on' }];
  return {
    app: null,
    send: createWechatSend({ ...bridge, sends: uncountedSends(), menus: false, fileUrl, now, log }),
    tellByTemplate: null,
    rounds: [healthRound(found, bridge, needs)],
    troubles: found,
    start: bridge.start,
    stop: bridge.stop,
  };
}

function healthRound(
  found: () => Promise<readonly Trouble[]>,
  bridge: Bridge,
  { callStaff, policy, timeZone, now }: WechatNeeds,
): WechatChannel['rounds'][number] {
  const round = async () => {
    await bridge.start();
    // That nobody writes wakes nobody up.
    const isQuiet = quietUntil(now(), policy, timeZone) !== null;
    for (const trouble of await found()) if (trouble.reason !== 'wechat-silent' || !isQuiet) await callStaff(trouble);
  };
  return { name: 'wechat-health', everyMilliseconds: 30 * SECOND, round };
}
