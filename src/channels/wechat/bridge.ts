/**
 * Wechaty between a puppet and the desk. Whatever wechaty throws, rejects or emits ends here in the log; what was made
 * durable before is served by the sweep all the same.
 */
import { extname } from 'node:path';
import { FileBox } from 'file-box';
import { type Message, WechatyBuilder, log as wechatyLog } from 'wechaty';
import type { Puppet } from 'wechaty-puppet';
import type { ReadKeptFile } from '../../turn/kept-file.ts';
import type { OutgoingFile } from '../../turn/message.ts';
import type { ApiResult } from './api-client.ts';
import { NotSaid, NotUploaded, OfficialAccountPuppet } from './official-account-puppet.ts';
import type { Words } from './outgoing.ts';

export type BridgeNeeds = {
  readonly puppet: Puppet;
  /** Somebody wrote, as wechaty tells it. */
  readonly heard: (message: Message) => Promise<void>;
  readonly readKeptFile: ReadKeptFile;
  readonly log: (event: string, fields: Readonly<Record<string, string | number>>) => void;
};

/** `not-taken`: the platform would not have the picture, and nothing was said. */
export type PictureShown = ApiResult<unknown> | { readonly kind: 'not-taken'; readonly code: number | null };

export type Bridge = {
  /** Never throws. */
  readonly say: (contactId: string, words: Words) => Promise<ApiResult<unknown>>;
  /** Never throws. */
  readonly show: (contactId: string, picture: OutgoingFile) => Promise<PictureShown>;
  /** `start` of wechaty resolves though its puppet has failed: this tells. */
  readonly isOn: () => boolean;
  /** Starts wechaty, again when its puppet has failed before. */
  readonly start: () => Promise<void>;
  readonly stop: () => Promise<void>;
};

/** The account may not do this; other things it may. */
const NO_RIGHT = 48001;
const DONE = { kind: 'done', value: null } as const;

export function createBridge({ puppet, heard, readKeptFile, log }: BridgeNeeds): Bridge {
  // It prints what customers write, and secrets; what fails is heard as an event.
  wechatyLog.level('silent');
  // Without a name wechaty keeps no memory card on the disk.
  const bot = WechatyBuilder.build({ puppet });
  const failed = (event: string, error: unknown) => log(event, { error: error instanceof Error ? error.name : 'unknown' });

  async function tried<Result>(speak: () => Promise<Result>): Promise<Result | NotSaid['result']> {
    try {
      return await speak();
    } catch (error) {
      if (error instanceof NotSaid) return error.result;
      failed('wechat.not-said', error);
      return { kind: 'again', code: null };
    }
  }

  bot.on('error', (error) => failed('wechat.wechaty-failed', error));
  bot.on('message', (message) => {
    heard(message)
      .catch((error: unknown) => failed('wechat.not-heard', error))
      // Wechaty remembers everybody who ever wrote.
      .finally(() => bot.Contact.pool.delete(message.talker().id));
  });

  return {
    isOn: () => puppet.state.active() === true && puppet.isLoggedIn,
    say: (contactId, words) =>
      tried(async () => {
        if (words.kind === 'text') await puppet.messageSendText(contactId, words.text);
        else if (puppet instanceof OfficialAccountPuppet) await puppet.sendMenu(contactId, words);
        else throw new Error('invariant: only our own puppet is handed menus');
        return DONE;
      }),
    show: (contactId, picture) =>
      tried(async () => {
        const kept = await readKeptFile(picture.id);
        if (kept === null) return { kind: 'not-taken', code: null };
        // As base64 a puppet can hand it on to another process. The name staff gave it is nobody else's business.
        const file = FileBox.fromBase64(Buffer.from(kept.bytes).toString('base64'), `${picture.id}${extname(picture.name)}`);
        return puppet.messageSendFile(contactId, file).then(() => DONE, notTaken);
      }),
    start: async () => {
      if (puppet.state.active() === true) return;
      await bot.start().catch((error: unknown) => failed('wechat.not-started', error));
    },
    stop: async () => {
      await bot.stop().catch((error: unknown) => failed('wechat.not-stopped', error));
    },
  };
}

/** Of an upload that came to nothing: what keeps us from speaking at all is not about the picture. */
function notTaken(error: unknown): PictureShown {
  if (!(error instanceof NotUploaded)) throw error;
  const { result } = error;
  return result.kind === 'locked-out' && result.code !== NO_RIGHT ? result : { kind: 'not-taken', code: result.code };
}
