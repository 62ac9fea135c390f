/** What is wrong with the platform's side, for `/readyz` and, once, for staff. */
import { HOUR, type Instant } from '../../domain/instant.ts';
import type { PlatformState, PlatformStates } from '../../turn/platform-ports.ts';
import type { ApiClient, ApiResult } from './api-client.ts';

export type Trouble = {
  /** The same trouble has the same key. */
  readonly key: string;
  readonly reason: 'wechat-locked-out' | 'wechat-silent' | 'wechat-not-started';
  /** For the operator, in English. */
  readonly note: string;
};

export type HealthNeeds = {
  readonly states: Pick<PlatformStates, 'state'>;
  /** Whether wechaty has started. */
  readonly isOn: () => boolean;
  readonly quietHours: number;
  readonly startedAt: Instant;
  readonly now: () => Instant;
};

const KNOWN: Readonly<Record<number, string>> = {
  40013: 'the app id is wrong',
  40125: 'the app secret is wrong',
  40164: "this desk's address is not on the account's IP list",
  40243: 'the app secret is frozen',
  41004: 'the app secret is missing',
  48001: 'the account has no right to send messages to customers; it must be verified by the platform',
  50002: 'the account is blocked',
  61024: 'the account is managed by a third party',
};

/** For the operator, in English. */
export function faultInWords(code: number): string {
  return `${KNOWN[code] ?? 'see the code in the documentation of the platform'} (${code})`;
}

/** What is wrong now; empty when nothing is. */
export async function troubles({ states, isOn, quietHours, startedAt, now }: HealthNeeds): Promise<readonly Trouble[]> {
  const state = await states.state('wechat');
  const found: Trouble[] = [];
  if (!isOn()) found.push({ key: `wechat-not-started:${startedAt}`, reason: 'wechat-not-started', note: 'wechaty has not started' });
  if (state.fault !== null) {
    const { code, since } = state.fault;
    found.push({
      key: `wechat-locked-out:${code}:${since}`,
      reason: 'wechat-locked-out',
      note: `the platform refuses calls: ${faultInWords(code)}`,
    });
  }
  if (isSilent(state, quietHours, startedAt, now())) {
    found.push({
      key: `wechat-silent:${state.heardAt ?? 'never'}`,
      reason: 'wechat-silent',
      note: `no callback for ${quietHours} h: check the server URL and token in the console of the platform`,
    });
  }
  return found;
}

/** At first it is given the same time: an account that was just switched on has no followers. */
function isSilent({ heardAt }: PlatformState, quietHours: number, startedAt: Instant, now: Instant): boolean {
  return now - Math.max(heardAt ?? 0, heardAt === null ? startedAt : 0) > quietHours * HOUR;
}

/** The same client, and every process knows when the platform locks us out and when it lets us in again. */
export function watched(api: ApiClient, states: Pick<PlatformStates, 'fault'>, now: () => Instant): ApiClient {
  async function seen<Value>(call: Promise<ApiResult<Value>>): Promise<ApiResult<Value>> {
    const result = await call;
    // What is known of the platform is no reason to lose its answer.
    if (result.kind === 'done') await states.fault('wechat', null, now()).catch(() => undefined);
    if (result.kind === 'locked-out') await states.fault('wechat', result.code, now()).catch(() => undefined);
    return result;
  }
  return {
    post: (path, body) => seen(api.post(path, body)),
    upload: (media) => seen(api.upload(media)),
    download: (mediaId, bytesMax) => seen(api.download(mediaId, bytesMax)),
  };
}
