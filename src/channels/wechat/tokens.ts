/**
 * The access token: one for all processes, kept in the store, renewed by whoever finds it gone or refused. This process
 * remembers it, so that a send costs no look into the store.
 */
import { z } from 'zod';
import { type Instant, instantOf, MINUTE, SECOND } from '../../domain/instant.ts';
import type { AccessToken, PlatformStates } from '../../turn/platform-ports.ts';
import { type ApiResult, asked, type Tokens } from './api-client.ts';

export type TokenNeeds = {
  readonly base: string;
  readonly appId: string;
  readonly appSecret: string;
  readonly states: Pick<PlatformStates, 'token' | 'renewToken'>;
  readonly now: () => Instant;
};

const TIMEOUT_MILLISECONDS = 5_000;
/** Given up a little before the platform does. */
const EARLY_MILLISECONDS = 2 * MINUTE;
/** So long this process trusts what it remembers: another may have renewed it. */
const REMEMBERED_MILLISECONDS = 30 * SECOND;
const ISSUED = z.looseObject({ access_token: z.string().min(1).max(1_000), expires_in: z.number().int().min(1) });

export function createTokens({ base, appId, appSecret, states, now }: TokenNeeds): Tokens {
  let remembered: { readonly token: string; readonly until: number } | null = null;

  function remember(token: string): ApiResult<string> {
    remembered = { token, until: now() + REMEMBERED_MILLISECONDS };
    return { kind: 'done', value: token };
  }

  async function renewed(stale: string | null): Promise<ApiResult<string>> {
    remembered = null;
    let failure: Exclude<ApiResult<AccessToken>, { kind: 'done' }> = { kind: 'again', code: null };
    const token = await states.renewToken('wechat', stale, now(), async () => {
      const issued = await fresh(stale);
      if (issued.kind === 'done') return issued.value;
      failure = issued;
      return null;
    });
    return token === null ? failure : remember(token);
  }

  /** Forced only where the platform gives out the very token that it refuses: that may be asked for a few times a day. */
  async function fresh(stale: string | null): Promise<ApiResult<AccessToken>> {
    const issued = await issue(false);
    return issued.kind === 'done' && issued.value.token === stale ? issue(true) : issued;
  }

  async function issue(forced: boolean): Promise<ApiResult<AccessToken>> {
    const body = JSON.stringify({ grant_type: 'client_credential', appid: appId, secret: appSecret, force_refresh: forced });
    const request = { method: 'POST', headers: { 'Content-Type': 'application/json' }, body };
    const result = await asked(`${base}/cgi-bin/stable_token`, request, TIMEOUT_MILLISECONDS);
    if (result.kind !== 'done') return result.kind === 'refused' ? { kind: 'locked-out', code: result.code } : result;
    const issued = ISSUED.safeParse(result.value);
    if (!issued.success) return { kind: 'again', code: null };
    const lives = Math.max(issued.data.expires_in * SECOND - EARLY_MILLISECONDS, SECOND);
    return { kind: 'done', value: { token: issued.data.access_token, expiresAt: instantOf(now() + lives) } };
  }

  return {
    token: async (stale) => {
      if (stale !== null) return renewed(stale);
      if (remembered !== null && remembered.until > now()) return { kind: 'done', value: remembered.token };
      const stored = await states.token('wechat', now());
      return stored === null ? renewed(null) : remember(stored);
    },
  };
}
