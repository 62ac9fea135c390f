/** Template messages and notices that were subscribed to, on the fake platform: what they say, and to whom they may go. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { API_PATHS } from './wechat-api.ts';
import { type Answered, CALLER, createWechatCaller } from './wechat-caller.ts';
import { openWechatPlatform, type WechatPlatform } from './wechat-platform.ts';

let platform: WechatPlatform;
const { call, token } = createWechatCaller(() => platform);

beforeEach(async () => {
  platform = await openWechatPlatform({ ...CALLER, templates: ['T1'] });
  platform.people.meet('oAnna');
});
afterEach(() => platform.close());

describe('notices', () => {
  const DATA = { thing1: { value: '\u4e0a\u95e8\u7ef4\u4fee' }, time2: { value: '2026-11-22 09:00' } };
  const notice = async (path: string, more: Answered = {}) =>
    call(path, { touser: 'oAnna', template_id: 'T1', data: DATA, ...more }, await token());

  test.each([
    [{ touser: 'oNobody' }, 40003],
    [{ template_id: 'T2' }, 40037],
    [{ data: {} }, 47003],
    [{ data: { thing1: 'no value' } }, 47003],
    [{ data: { thing1: { value: 'x'.repeat(21) } } }, 47003],
    [{ data: { character_string3: { value: '\u5de5\u5355' } } }, 47003],
    [{}, 0],
  ])('a template message with %j is answered %i', async (more, code) => {
    expect(await notice(API_PATHS.template, more)).toMatchObject(
      code === 0 ? { errcode: 0, msgid: expect.any(Number) } : { errcode: code },
    );
    expect(platform.delivered('oAnna')).toHaveLength(code === 0 ? 1 : 0);
  });

  test('one that is subscribed to goes as often as was agreed, whatever the window', async () => {
    expect(await notice(API_PATHS.notice)).toMatchObject({ errcode: 43101 });
    platform.people.agree('oAnna', 'T1');
    expect(await notice(API_PATHS.notice, { page: 'https://shop' })).toMatchObject({ errcode: 0 });
    expect(await notice(API_PATHS.notice)).toMatchObject({ errcode: 43101 });
    const [first] = platform.delivered('oAnna');
    expect(first).toMatchObject({ kind: 'notice', template: 'T1', data: { time2: '2026-11-22 09:00' }, url: 'https://shop' });
    platform.people.agree('oAnna', 'T1');
    platform.people.refuse('oAnna', 'T1');
    expect(await notice(API_PATHS.notice)).toMatchObject({ errcode: 43101 });
  });
});
