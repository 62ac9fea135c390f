/**
 * The whole desk in this process with WeChat on, its platform and its gateway for text messages beside it, at noon of the
 * tests and at whatever time they set from there.
 */
import { tmpdir } from 'node:os';
import { type Application, startApplication } from '../../src/application.ts';
import type { Config } from '../../src/config.ts';
import type { Identifier } from '../../src/domain/identifier.ts';
import { DEFAULT_POLICY, type Policy } from '../../src/domain/policy.ts';
import { aGateway, type Gateway } from '../channels/a-gateway.ts';
import { NOON } from '../store/a-turn.ts';
import { freshDatabase, TEST_KEY } from './database.ts';
import { createWechatCustomer, type WechatCustomer } from './wechat-customer.ts';
import { openWechatPlatform, type WechatPlatform } from './wechat-platform.ts';

export type TimedWechatDesk = {
  readonly desk: Application;
  readonly platform: WechatPlatform;
  readonly gateway: Gateway;
  /** Somebody who follows the account. */
  readonly customer: WechatCustomer;
  readonly conversationOf: (customer: WechatCustomer) => Promise<Identifier>;
  /** Later, for the desk and its platform. */
  readonly later: (milliseconds: number) => void;
  /** One of each by its name, and what comes of it. */
  readonly rounds: (...names: readonly string[]) => Promise<void>;
  /** The staff API; fails when it is refused. */
  readonly api: (method: string, path: string, body?: object) => Promise<{ readonly items: readonly { readonly id: string }[] }>;
  /** What was logged. */
  readonly lines: readonly string[];
  readonly close: () => Promise<void>;
};

export type TimedWechatDeskOptions = {
  readonly templates: Policy['wechat']['templates'];
  /** Whether the house has a gateway. */
  readonly sms: boolean;
};

export const APP_SECRET = 'an-app-secret';
const APP = { appId: 'wx1', appSecret: APP_SECRET };
const CALLBACK_TOKEN = 'baoxiuToken';
const STAFF_TOKEN = 'staff-token';

export async function openTimedWechatDesk({ templates, sms }: TimedWechatDeskOptions): Promise<TimedWechatDesk> {
  let aheadMilliseconds = NOON - Date.now();
  const now = () => Date.now() + aheadMilliseconds;
  const lines: string[] = [];
  const database = await freshDatabase();
  const platform = await openWechatPlatform({ ...APP, now, forcedPauseSeconds: 0 });
  const gateway = await aGateway();
  const { burstMilliseconds, wechat } = DEFAULT_POLICY;
  const config: Config = {
    host: '127.0.0.1',
    port: 0,
    publicUrl: null,
    databaseUrl: database.url,
    dataDir: tmpdir(),
    demoData: 'no',
    timeZone: 'Asia/Shanghai',
    policy: { ...DEFAULT_POLICY, burstMilliseconds: { ...burstMilliseconds, wechat: 200 }, wechat: { ...wechat, templates } },
    staffToken: STAFF_TOKEN,
    staffTokenFile: null,
    piiKey: new Uint8Array(TEST_KEY),
    allowedOrigins: [],
    pageWebhookUrl: null,
    wechat: { ...APP, token: CALLBACK_TOKEN, aesKey: null, apiBase: platform.url },
    wechatPuppet: null,
    slack: null,
    smsWebhookUrl: sms ? gateway.url : null,
    model: null,
    logLevel: 'debug',
  };
  const desk = await startApplication(
    config,
    (level, event, fields = {}) => void lines.push(JSON.stringify({ level, event, ...fields })),
    now,
  );
  const { core } = desk;
  return {
    desk,
    platform,
    gateway,
    customer: createWechatCustomer(platform, desk.url, { token: CALLBACK_TOKEN }),
    conversationOf: async ({ openId }) => {
      const { rows } = await core.store.pool.query<{ id: Identifier }>(
        'select c.id from conversation c join channel_account a on a.id = c.account_id where a.external_id = $1',
        [openId],
      );
      const [row] = rows;
      if (row === undefined) throw new Error('nobody of that name');
      return row.id;
    },
    later: (milliseconds) => {
      aheadMilliseconds += milliseconds;
    },
    rounds: async (...names) => {
      for (const name of names) {
        await core.rounds.find((it) => it.name === name)?.round();
        await core.turns.idle();
        await core.deliveries.idle();
      }
    },
    api: async (method, path, body) => {
      const response = await fetch(`${desk.url}/api/v1${path}`, {
        method,
        headers: { Authorization: `Bearer ${STAFF_TOKEN}`, 'Content-Type': 'application/json' },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
      if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
      return (await response.json()) as { readonly items: readonly { readonly id: string }[] };
    },
    lines,
    close: async () => {
      await desk.stop();
      await gateway.close();
      await platform.close();
      await database.drop();
    },
  };
}
