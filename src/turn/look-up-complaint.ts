/**
 * Weighs a complaint that is about to be filed: how grave it is, which department answers it and by when, and whether it
 * is the second on its matter (S2-060, S2-061).
 */
import type { LookUpAnswer } from '../../flows/dialog-event.ts';
import type { LookUp } from '../../flows/effect.ts';
import { complaintTimes, graver, weighComplaint } from '../domain/complaint-severity.ts';
import { DAY, type Instant, instantOf } from '../domain/instant.ts';
import type { Policy } from '../domain/policy.ts';
import type { Language } from '../domain/ticket.ts';
import type { Asking, LookUpNeeds } from './asking.ts';

export async function weighedComplaint(
  { gravities, amountYuan, ...matter }: Extract<LookUp, { about: 'complaint' }>,
  { customerId, now }: Asking,
  { readings, policy, timeZone, makeIdentifier }: LookUpNeeds,
): Promise<LookUpAnswer> {
  const since = instantOf(now - policy.complaints.joinDays * DAY);
  const [earlier, before] = await Promise.all([
    readings.openComplaint(customerId, { ...matter, since }),
    readings.complaintsSince(customerId, since),
  ]);
  const complaints = Math.max(before, earlier?.count ?? 0) + 1;
  const { form, category } = matter;
  const weight = weighComplaint({ form, gravities, amountYuan, complaints }, policy.complaints);
  // Once urgent it stays so, however calm the second message is.
  const priority = earlier === null ? weight.priority : graver(weight.priority, earlier.priority);
  const { answerBy, resolveBy } = complaintTimes(priority, now, policy, timeZone);
  return {
    type: 'COMPLAINT_WEIGHED',
    earlier: earlier && { ticketId: earlier.ticketId, number: earlier.number, count: earlier.count },
    ticketId: makeIdentifier(),
    priority,
    gravities: weight.gravities,
    department: named(earlier?.department ?? policy.complaints.departments[category], policy),
    answerBy: earlier === null ? answerBy : sooner(earlier.answerBy, answerBy, now),
    resolveBy,
    now,
  };
}

function named(department: string, { complaints }: Policy): Readonly<Record<Language, string>> {
  return { 'zh-CN': department, en: complaints.departmentsInEnglish[department] ?? department };
}

/** A promise that still runs is kept; one that is past is made anew. */
function sooner(promised: Instant, anew: Instant, now: Instant): Instant {
  return promised > now && promised < anew ? promised : anew;
}
