/** The desk as a clone runs it, with WeChat on: its platform is the fake one. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CustomerOptions, createWechatCustomer, type WechatCustomer } from './wechat-customer.ts';
import { openWechatPlatform, type PlatformOptions, type WechatPlatform } from './wechat-platform.ts';
import { type DeskOptions, startDesk, type WholeDesk } from './whole-desk.ts';

const APP = { appId: 'wx0123456789abcdef', appSecret: 'an-app-secret-0123456789' };
const TOKEN = 'baoxiuToken2026';
export const AES_KEY = 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG';

export type WechatDesk = {
  readonly desk: WholeDesk;
  readonly platform: WechatPlatform;
  /** Somebody who follows the account. */
  readonly follower: (options?: Partial<CustomerOptions>) => WechatCustomer;
  /** Of the account, of which none may ever be in a log. */
  readonly secrets: readonly string[];
  readonly close: () => Promise<void>;
};

export type WechatDeskOptions = DeskOptions & {
  readonly aesKey?: string;
  readonly platform?: Partial<PlatformOptions>;
  /** Laid over the built-in policy; customers type fast here unless told otherwise. */
  readonly policy?: object;
};

const TYPING_FAST = { burstMilliseconds: { wechat: 200 } };

export async function startWechatDesk(options: WechatDeskOptions = {}): Promise<WechatDesk> {
  const { aesKey, platform: behaviour, policy = TYPING_FAST, environment, ...rest } = options;
  const folder = await mkdtemp(join(tmpdir(), 'baoxiu-wechat-'));
  const policyFile = join(folder, 'policy.json');
  await writeFile(policyFile, JSON.stringify(policy));
  const platform = await openWechatPlatform({ ...APP, forcedPauseSeconds: 0, ...behaviour });
  const account = {
    WECHAT_APP_ID: APP.appId,
    WECHAT_APP_SECRET: APP.appSecret,
    WECHAT_TOKEN: TOKEN,
    WECHAT_AES_KEY: aesKey,
    WECHAT_API_BASE: platform.url,
    POLICY_FILE: policyFile,
  };
  const tidy = async () => {
    await platform.close();
    await rm(folder, { recursive: true, force: true });
  };
  const desk = await startDesk({ ...rest, environment: { ...account, ...environment } }).catch(async (error: unknown) => {
    await tidy();
    throw error;
  });
  return {
    desk,
    platform,
    follower: (its = {}) => createWechatCustomer(platform, desk.url, { token: TOKEN, aesKey, ...its }),
    secrets: [APP.appSecret, TOKEN, ...(aesKey === undefined ? [] : [aesKey])],
    close: async () => {
      await desk.close();
      await tidy();
    },
  };
}
