/** The fake WeChat platform goes wrong as told, as often as told, and then no more. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { API_PATHS } from './wechat-api.ts';
import { type Answered, CALLER, createWechatCaller } from './wechat-caller.ts';
import type { Fault } from './wechat-fault.ts';
import { openWechatPlatform, type WechatPlatform } from './wechat-platform.ts';

let platform: WechatPlatform;
const { token } = createWechatCaller(() => platform);

beforeEach(async () => {
  platform = await openWechatPlatform(CALLER);
  platform.people.meet('oAnna');
  platform.people.did('oAnna', 'message');
});
afterEach(() => platform.close());

describe('a fault', () => {
  const heard = async (timeoutMilliseconds = 5_000) => {
    const url = `${platform.url}${API_PATHS.send}?access_token=${await token()}`;
    const body = JSON.stringify({ touser: 'oAnna', msgtype: 'text', text: { content: 'hi' } });
    try {
      const response = await fetch(url, { method: 'POST', body, signal: AbortSignal.timeout(timeoutMilliseconds) });
      return response.headers.get('content-type')?.includes('json') ? ((await response.json()) as Answered)['errcode'] : response.status;
    } catch {
      return 'nothing';
    }
  };

  test.each<[Fault, unknown, number, number | null]>([
    [{ kind: 'errcode', code: -1 }, -1, 0, -1],
    [{ kind: 'errcode', code: 45015 }, 45015, 0, 45015],
    [{ kind: 'status', status: 500 }, 500, 0, null],
    [{ kind: 'nonsense' }, 200, 0, null],
    [{ kind: 'slow', milliseconds: 20 }, 0, 1, 0],
    [{ kind: 'answer-lost' }, 'nothing', 1, null],
    [{ kind: 'cut' }, 'nothing', 0, null],
  ])('%j is met once, and what was done is done', async (fault, answer, shown, code) => {
    platform.script(API_PATHS.send, fault);
    expect(await heard()).toBe(answer);
    expect(platform.delivered('oAnna')).toHaveLength(shown);
    expect(await heard()).toBe(0);
    expect(platform.calls(API_PATHS.send)).toMatchObject([{ code }, { code: 0 }]);
  });

  test('of silence lasts until it is healed', async () => {
    platform.script('*', { kind: 'silent' }, Infinity);
    const response = fetch(`${platform.url}${API_PATHS.token}`, { method: 'POST', signal: AbortSignal.timeout(200) });
    expect(await platform.called(API_PATHS.token)).toMatchObject([{ code: null }]);
    await expect(response).rejects.toThrow();
    platform.heal();
    expect(await heard()).toBe(0);
  });

  test('that came later is met later, and only where it was scripted', async () => {
    platform.script(API_PATHS.send, { kind: 'errcode', code: -1 }, 2);
    platform.script(API_PATHS.send, { kind: 'errcode', code: 45047 });
    expect([await heard(), await heard(), await heard(), await heard()]).toEqual([-1, -1, 45047, 0]);
  });

  test('is waited for by the call, not by time', async () => {
    const waiting = platform.called(API_PATHS.send, 2);
    await heard();
    await heard();
    expect(await waiting).toHaveLength(2);
    await expect(platform.called(API_PATHS.menu, 1, 10)).rejects.toThrow('not within 10 ms: 1 × /cgi-bin/menu/create, there were 0');
  });
});
