/**
 * Who is called when a promised time is broken, step by step: whoever has it in hand, then the lead, then the general
 * manager, each once (S4-008). Outside the quiet hours, unless it is urgent; steps keep their distance, so that a night
 * does not call them all at once.
 */
import type { Identifier } from './identifier.ts';
import type { Instant } from './instant.ts';
import type { Policy } from './policy.ts';
import { quietUntil } from './reminder-time.ts';
import { type ClockRules, gravestOf, minutesAfter, type Promised } from './sla-clock.ts';
import type { StaffRole } from './ticket.ts';

/** Whom a page calls: these members, and everybody with one of the roles. */
export type Audience = { readonly staff: readonly Identifier[]; readonly roles: readonly StaffRole[] };

export type EscalationRules = ClockRules & { readonly policy: Pick<Policy, 'hours' | 'sla' | 'slaClocks' | 'quietHours' | 'paging'> };

/** When each step is taken, in order; shorter where a rest without an end comes before the others. */
export function escalationTimes(promised: Promised, breachedAt: Instant, rules: EscalationRules): readonly Instant[] {
  const { policy, timeZone } = rules;
  const times: Instant[] = [];
  for (const [index, step] of policy.slaClocks.ladder.entries()) {
    const before = times.at(-1);
    const gapMinutes = step.afterMinutes - (policy.slaClocks.ladder[index - 1]?.afterMinutes ?? 0);
    const wanted = minutesAfter(promised, rules, before ?? breachedAt, gapMinutes);
    if (wanted === null) return times;
    times.push(gravestOf(promised) === 'urgent' ? wanted : (quietUntil(wanted, policy, timeZone) ?? wanted));
  }
  return times;
}

/** Whom a step calls. What nobody has in hand is whoever is on call first. */
export function audienceOf(step: number, owner: Identifier | null, { slaClocks, paging }: Pick<Policy, 'slaClocks' | 'paging'>): Audience {
  const to = slaClocks.ladder[step]?.to ?? 'owner';
  if (to !== 'owner') return { staff: [], roles: to };
  return owner === null ? { staff: [], roles: paging.ladder[0]?.roles ?? [] } : { staff: [owner], roles: [] };
}

/** Whether every step was due already: then whoever looks for the first time calls nobody for it. */
export function isPastLadder(times: readonly Instant[], steps: number, now: Instant): boolean {
  const last = times.at(-1);
  return last !== undefined && times.length === steps && last < now;
}
