/**
 * The fake platform's access tokens, as `stable_token` gives them: the same while it is good, a new one in its last five
 * minutes (both work until then), and another one by force, which ends the one before, at most twenty times a day.
 */
import { randomBytes } from 'node:crypto';
import { type Answer, fieldsOf, json, refused } from './wechat-answer.ts';

export type Tokens = {
  readonly issue: (body: unknown) => Answer;
  /** 0, or the code a call with this token is refused with. */
  readonly fault: (token: string | null) => number;
  /** The token in force grows old at once: calls with it are refused with 42001. */
  readonly expire: () => void;
  /** Somebody else got a token by force: calls with ours are refused with 40001. */
  readonly revoke: () => void;
};

type Needs = {
  readonly appId: string;
  readonly appSecret: string;
  readonly forcedPauseSeconds: number;
  readonly now: () => number;
};

const SECOND = 1_000;
const DAY = 24 * 3_600 * SECOND;
const LIFE_SECONDS = 7_200;
/** From then on a token is replaced. */
const EARLY_SECONDS = 300;
const FORCED_A_DAY_MAX = 20;

export function createTokens({ appId, appSecret, forcedPauseSeconds, now }: Needs): Tokens {
  const endOf = new Map<string, number>();
  let inForce: string | null = null;
  let forcedAt: readonly number[] = [];

  const issued = (token: string): Answer =>
    json({ access_token: token, expires_in: Math.floor(((endOf.get(token) ?? now()) - now()) / SECOND) });
  const fresh = (): Answer => {
    inForce = `${endOf.size + 1}_${randomBytes(48).toString('base64url')}`;
    endOf.set(inForce, now() + LIFE_SECONDS * SECOND);
    return issued(inForce);
  };
  const revoke = () => {
    if (inForce !== null) endOf.delete(inForce);
    inForce = null;
  };
  const forced = (): Answer => {
    forcedAt = forcedAt.filter((at) => now() - at < DAY);
    if (forcedAt.some((at) => now() - at < forcedPauseSeconds * SECOND)) return refused(45011);
    if (forcedAt.length >= FORCED_A_DAY_MAX) return refused(45009);
    forcedAt = [...forcedAt, now()];
    revoke();
    return fresh();
  };

  return {
    issue(body) {
      const asked = fieldsOf(body);
      if (asked['grant_type'] !== 'client_credential') return refused(40002);
      if (asked['appid'] !== appId) return refused(40013);
      if (asked['secret'] !== appSecret) return refused(40125);
      if (asked['force_refresh'] === true) return forced();
      const until = inForce === null ? 0 : (endOf.get(inForce) ?? 0);
      return inForce !== null && until - now() > EARLY_SECONDS * SECOND ? issued(inForce) : fresh();
    },
    fault(token) {
      if (token === null || token === '') return 41001;
      const until = endOf.get(token);
      if (until === undefined) return 40001;
      return now() < until ? 0 : 42001;
    },
    expire() {
      if (inForce !== null) endOf.set(inForce, now());
    },
    revoke() {
      revoke();
      fresh();
    },
  };
}
