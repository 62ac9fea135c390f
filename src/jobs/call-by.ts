/** By when somebody has phoned: the policy's business time from now, never later than it is of use. */
import { addBusinessMinutes } from '../domain/business-calendar.ts';
import { type Instant, instantOf, MINUTE } from '../domain/instant.ts';
import type { Policy } from '../domain/policy.ts';

export type CallByNeeds = { readonly policy: Policy; readonly timeZone: string };

/** Not before now and, when it names an instant, not after `latest`. A desk that never opens still owes a time. */
export function callBy({ policy, timeZone }: CallByNeeds, now: Instant, businessMinutes: number, latest: Instant | null): Instant {
  const due = addBusinessMinutes(policy.hours, now, businessMinutes, timeZone) ?? now + businessMinutes * MINUTE;
  return instantOf(Math.max(now, Math.min(due, latest ?? due)));
}
