/**
 * Weighs a complaint that is about to be filed: how grave it is, which department answers it and by when, and whether it
 * is the second on its matter (S2-060, S2-061).
 */
import type { LookUpAnswer } from '../../flows/dialog-event.ts';
import type { LookUp } from '../../flows/effect.ts';
import { complaintPromise } from '../domain/complaint-promise.ts';
import { DAY, instantOf } from '../domain/instant.ts';
import type { Policy } from '../domain/policy.ts';
import type { Language } from '../domain/ticket.ts';
import type { Asking, LookUpNeeds } from './asking.ts';

export async function weighedComplaint(
  { gravities, amountYuan, ...matter }: Extract<LookUp, { about: 'complaint' }>,
  { customerId, now }: Asking,
  { readings, policy, timeZone, makeIdentifier }: LookUpNeeds,
): Promise<LookUpAnswer> {
  const since = instantOf(now - policy.complaints.joinDays * DAY);
  const [earlier, lately] = await Promise.all([
    readings.openComplaint(customerId, { ...matter, since }),
    readings.complaintsSince(customerId, since),
  ]);
  const { form, category } = matter;
  const { department, ...promise } = complaintPromise(
    { form, category, gravities, amountYuan },
    { earlier, lately },
    now,
    policy,
    timeZone,
  );
  return {
    type: 'COMPLAINT_WEIGHED',
    earlier: earlier && { ticketId: earlier.ticketId, number: earlier.number, count: earlier.count },
    ticketId: makeIdentifier(),
    ...promise,
    department: departmentNames(department, policy),
    now,
  };
}

/** What a department is called in each language. */
export function departmentNames(department: string, { complaints }: Policy): Readonly<Record<Language, string>> {
  return { 'zh-CN': department, en: complaints.departmentsInEnglish[department] ?? department };
}
