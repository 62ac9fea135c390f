/** By when somebody comes, counted from the report: a number of hours by priority, which a city may set for itself (S2-004). */
import { HOUR, type Instant, instantOf } from './instant.ts';
import type { Policy } from './policy.ts';
import type { Priority } from './ticket.ts';

/** `city` null: not known yet, the default counts. */
export function visitPromisedBy(
  policy: Pick<Policy, 'visitPromise'>,
  about: { readonly city: string | null; readonly priority: Priority; readonly reportedAt: Instant },
): Instant {
  const { default: everywhere, cities } = policy.visitPromise;
  const hours = (about.city === null ? undefined : cities[about.city]) ?? everywhere;
  return instantOf(about.reportedAt + hours[about.priority] * HOUR);
}
