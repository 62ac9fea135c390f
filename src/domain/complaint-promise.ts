/**
 * What a complaint that is about to be filed weighs, who answers it and by when (S2-060, S2-061): the same whether it was
 * told in a chat or to staff. One that is joined to an earlier complaint keeps what that was promised.
 */
import type { ComplaintCategory, Gravity } from './complaint.ts';
import { type ComplaintFacts, complaintTimes, graver, weighComplaint } from './complaint-severity.ts';
import type { Instant } from './instant.ts';
import type { Policy } from './policy.ts';
import type { Priority } from './ticket.ts';

/** The open complaint on the same matter: how often it was said, and what was promised. */
export type EarlierComplaint = {
  readonly count: number;
  readonly priority: Priority;
  readonly department: string;
  readonly answerBy: Instant;
};

export type ComplaintPromise = {
  readonly priority: Priority;
  readonly gravities: readonly Gravity[];
  readonly department: string;
  readonly answerBy: Instant;
  readonly resolveBy: Instant;
};

type Told = Omit<ComplaintFacts, 'complaints'> & { readonly category: ComplaintCategory };

/** `lately`: complaints of the customer within the policy's days, this one not counted. */
export function complaintPromise(
  { category, ...told }: Told,
  { earlier, lately }: { readonly earlier: EarlierComplaint | null; readonly lately: number },
  now: Instant,
  policy: Policy,
  timeZone: string,
): ComplaintPromise {
  const complaints = Math.max(lately, earlier?.count ?? 0) + 1;
  const weight = weighComplaint({ ...told, complaints }, policy.complaints);
  // Once urgent it stays so, however calm the second message is.
  const priority = earlier === null ? weight.priority : graver(weight.priority, earlier.priority);
  const { answerBy, resolveBy } = complaintTimes(priority, now, policy, timeZone);
  return {
    priority,
    gravities: weight.gravities,
    department: earlier?.department ?? policy.complaints.departments[category],
    answerBy: earlier === null ? answerBy : sooner(earlier.answerBy, answerBy, now),
    resolveBy,
  };
}

/** A promise that still runs is kept; one that is past is made anew. */
function sooner(promised: Instant, anew: Instant, now: Instant): Instant {
  return promised > now && promised < anew ? promised : anew;
}
