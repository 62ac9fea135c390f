/** `npm run wechat`: what a shop owner runs once, against the platform. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { API_PATHS } from '../support/wechat-api.ts';
import { openWechatPlatform, type WechatPlatform } from '../support/wechat-platform.ts';
import { runScript } from '../support/whole-desk.ts';

const APP = { appId: 'wx0123456789abcdef', appSecret: 'an-app-secret-0123456789' };

let platform: WechatPlatform;
let folder: string;
beforeAll(async () => {
  platform = await openWechatPlatform(APP);
  folder = await mkdtemp(join(tmpdir(), 'baoxiu-tool-'));
});
afterAll(async () => {
  await platform.close();
  await rm(folder, { recursive: true, force: true });
});

const run = (parameters: readonly string[], environment: Readonly<Record<string, string>> = {}) =>
  runScript('src/wechat-tool.ts', parameters, {
    WECHAT_APP_ID: APP.appId,
    WECHAT_APP_SECRET: APP.appSecret,
    WECHAT_TOKEN: 'token123',
    WECHAT_API_BASE: platform.url,
    DATA_DIR: folder,
    ...environment,
  });

it('says that all is right, or what is wrong, in words', async () => {
  expect(await run(['check'])).toMatchObject({ code: 0, stdout: expect.stringContaining('app id, secret and IP list are right') });
  expect(await run(['check'], { WECHAT_APP_SECRET: 'wrong' })).toMatchObject({
    code: 1,
    stderr: 'The platform says no: the app secret is wrong (40125).\n',
  });
  platform.script(API_PATHS.token, { kind: 'errcode', code: 40164 });
  expect((await run(['check'])).stderr).toContain("this desk's address is not on the account's IP list (40164)");
  platform.script(API_PATHS.token, { kind: 'cut' });
  expect((await run(['check'])).stderr).toContain('did not answer');
  expect((await run([])).stderr).toContain('npm run wechat -- menu');
}, 120_000);

it('puts our menu under the chat, or the owner’s own; each key is a sentence a customer may say', async () => {
  expect((await run(['menu'])).code).toBe(0);
  expect(platform.calls(API_PATHS.menu).at(-1)).toMatchObject({ code: 0, body: { button: [{ type: 'click', key: '我要报修' }, {}, {}] } });
  const file = join(folder, 'menu.json');
  await writeFile(file, JSON.stringify({ button: [{ type: 'click', name: 'Repair', key: 'I need a repair' }] }));
  expect((await run(['menu', file])).code).toBe(0);
  expect(platform.calls(API_PATHS.menu).at(-1)).toMatchObject({ body: { button: [{ name: 'Repair' }] } });
  await writeFile(file, 'not JSON');
  expect(await run(['menu', file])).toMatchObject({ code: 1, stderr: expect.stringContaining("can't be read, or is not JSON") });
}, 120_000);

it('S4-013 makes a code for a label, and none for what is no serial', async () => {
  expect((await run(['code', 'DEMO2026IN0001'])).stdout).toMatch(/^https:\/\/mp\.weixin\.qq\.com\/cgi-bin\/showqrcode\?ticket=\S+\n$/);
  expect(platform.calls(API_PATHS.qrCode).at(-1)?.body).toMatchObject({
    action_name: 'QR_LIMIT_STR_SCENE',
    action_info: { scene: { scene_str: expect.stringMatching(/^DEMO2026IN0001\.[\w-]{22}$/) } },
  });
  expect(await run(['code', 'x'])).toMatchObject({ code: 1, stderr: '"x" is no serial: 8 to 20 letters and digits.\n' });
}, 120_000);
