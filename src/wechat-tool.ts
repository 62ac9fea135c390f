/**
 * What an Official Account needs once, from the command line: `npm run wechat -- check` says whether the platform lets us
 * in, `menu` puts the menu under the chat, `code SERIAL` makes the QR code for a product's label (S4-013).
 */
import { hkdfSync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { type ApiClient, type ApiResult, createApiClient } from './channels/wechat/api-client.ts';
import { faultInWords } from './channels/wechat/health.ts';
import { createTokens } from './channels/wechat/tokens.ts';
import { loadConfigOfProcess } from './config.ts';
import { instantOf } from './domain/instant.ts';
import { createProductCodes } from './product-code.ts';
import { parseSerial } from './understanding/serial.ts';

const USAGE = `npm run wechat -- check          whether the platform lets this machine in
npm run wechat -- menu [FILE]    puts the menu under the chat; FILE: { "button": [ … ] } as the platform describes it
npm run wechat -- code SERIAL    a QR code for the label of a product`;

/** What is tapped is what the customer says: each key is a sentence. At most three, of five each. */
const MENU = {
  button: [
    { type: 'click', name: '报修', key: '我要报修' },
    {
      name: '查询',
      sub_button: [
        { type: 'click', name: '维修进度', key: '查一下维修进度' },
        { type: 'click', name: '保修期', key: '查保修' },
        { type: 'click', name: '改约或取消', key: '我想改上门时间' },
        { type: 'click', name: '收费标准', key: '维修怎么收费' },
      ],
    },
    {
      name: '更多',
      sub_button: [
        { type: 'click', name: '投诉', key: '我要投诉' },
        { type: 'click', name: '人工客服', key: '转人工' },
      ],
    },
  ],
};

const QR_CODE = z.looseObject({ ticket: z.string().min(1) });

process.exitCode = await run(process.argv.slice(2));

async function run([command, parameter]: readonly string[]): Promise<number> {
  const loaded = loadConfigOfProcess();
  if (loaded.kind === 'faults') return fail(loaded.message);
  const { wechat, piiKey } = loaded.value;
  if (wechat === null) return fail('WeChat is off: set WECHAT_APP_ID, WECHAT_APP_SECRET and WECHAT_TOKEN (docs/channels.md).');
  const now = () => instantOf(Date.now());
  // No store here: the platform gives out the same token again while it is good.
  const states = { token: async () => null, renewToken: async (...given: Parameters<GetToken>) => (await given[3]())?.token ?? null };
  const tokens = createTokens({ ...wechat, base: wechat.apiBase, states, now });
  const api = createApiClient(wechat.apiBase, tokens);
  switch (command) {
    case 'check':
      return told(await tokens.token(null), 'The platform lets this machine in: app id, secret and IP list are right.');
    case 'menu': {
      const menu = parameter === undefined ? MENU : menuIn(parameter);
      if (menu === null) return fail(`${parameter} can't be read, or is not JSON.`);
      return told(
        await api.post('/cgi-bin/menu/create', menu),
        'The menu is there; phones show it within five minutes, or after following anew.',
      );
    }
    case 'code':
      return await makeCode(parameter ?? '', api, Buffer.from(hkdfSync('sha256', piiKey, '', 'baoxiu product codes', 32)));
    default:
      return fail(USAGE);
  }
}

type GetToken = Parameters<typeof createTokens>[0]['states']['renewToken'];

/** Null when there is no JSON in it. */
function menuIn(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return null;
  }
}

async function makeCode(text: string, api: ApiClient, secret: Buffer): Promise<number> {
  const serial = parseSerial(text);
  if (serial === null) return fail(`"${text}" is no serial: 8 to 20 letters and digits.`);
  const scene = createProductCodes(secret).sceneOf(serial);
  const result = await api.post('/cgi-bin/qrcode/create', {
    action_name: 'QR_LIMIT_STR_SCENE',
    action_info: { scene: { scene_str: scene } },
  });
  const made = result.kind === 'done' ? QR_CODE.safeParse(result.value) : null;
  if (made === null || !made.success) return told(result, 'The platform answered without a code.');
  process.stdout.write(`https://mp.weixin.qq.com/cgi-bin/showqrcode?ticket=${encodeURIComponent(made.data.ticket)}\n`);
  return 0;
}

function told(result: ApiResult<unknown>, done: string): number {
  if (result.kind === 'done') {
    process.stdout.write(`${done}\n`);
    return 0;
  }
  return fail(
    result.code === null
      ? 'The platform did not answer; is WECHAT_API_BASE right, and the network open?'
      : `The platform says no: ${faultInWords(result.code)}.`,
  );
}

function fail(message: string): number {
  process.stderr.write(`${message}\n`);
  return 1;
}
