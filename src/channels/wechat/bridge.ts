/**
 * Wechaty between a puppet and the desk. Whatever wechaty throws, rejects or emits ends here in the log; what was made
 * durable before is served by the sweep all the same.
 */
import { type Message, WechatyBuilder, log as wechatyLog } from 'wechaty';
import type { Puppet } from 'wechaty-puppet';
import type { ApiResult } from './api-client.ts';
import { NotSaid, OfficialAccountPuppet } from './official-account-puppet.ts';
import type { Sendable } from './outgoing.ts';

export type BridgeNeeds = {
  readonly puppet: Puppet;
  /** Somebody wrote, as wechaty tells it. */
  readonly heard: (message: Message) => Promise<void>;
  readonly log: (event: string, fields: Readonly<Record<string, string | number>>) => void;
};

export type Bridge = {
  /** Never throws. */
  readonly say: (contactId: string, sendable: Sendable) => Promise<ApiResult<unknown>>;
  /** `start` of wechaty resolves though its puppet has failed: this tells. */
  readonly isOn: () => boolean;
  /** Starts wechaty, again when its puppet has failed before. */
  readonly start: () => Promise<void>;
  readonly stop: () => Promise<void>;
};

export function createBridge({ puppet, heard, log }: BridgeNeeds): Bridge {
  // It prints what customers write, and secrets; what fails is heard as an event.
  wechatyLog.level('silent');
  // Without a name wechaty keeps no memory card on the disk.
  const bot = WechatyBuilder.build({ puppet });
  const failed = (event: string, error: unknown) => log(event, { error: error instanceof Error ? error.name : 'unknown' });

  bot.on('error', (error) => failed('wechat.wechaty-failed', error));
  bot.on('message', (message) => {
    heard(message)
      .catch((error: unknown) => failed('wechat.not-heard', error))
      // Wechaty remembers everybody who ever wrote.
      .finally(() => bot.Contact.pool.delete(message.talker().id));
  });

  return {
    isOn: () => puppet.state.active() === true && puppet.isLoggedIn,
    say: async (contactId, sendable) => {
      try {
        if (sendable.kind === 'text') await puppet.messageSendText(contactId, sendable.text);
        else if (puppet instanceof OfficialAccountPuppet) await puppet.sendMenu(contactId, sendable);
        else throw new Error('invariant: only our own puppet is handed menus');
        return { kind: 'done', value: null };
      } catch (error) {
        if (error instanceof NotSaid) return error.result;
        failed('wechat.not-said', error);
        return { kind: 'again', code: null };
      }
    },
    start: async () => {
      if (puppet.state.active() === true) return;
      await bot.start().catch((error: unknown) => failed('wechat.not-started', error));
    },
    stop: async () => {
      await bot.stop().catch((error: unknown) => failed('wechat.not-stopped', error));
    },
  };
}
