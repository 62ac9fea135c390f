/** The complaint case of a ticket as staff read it: what the customer said, masked, and what they were promised. */
import type { ComplaintCategory, ComplaintCause, ComplaintForm, ComplaintType, ComplaintWish, Gravity } from '../domain/complaint.ts';
import type { Identifier } from '../domain/identifier.ts';
import type { Instant } from '../domain/instant.ts';
import type { Mask } from './known-facts.ts';
import { maskNamesSaid } from './masked-names.ts';

export type TicketComplaint = {
  readonly form: ComplaintForm;
  readonly category: ComplaintCategory;
  readonly types: readonly ComplaintType[];
  readonly gravities: readonly Gravity[];
  readonly wish: ComplaintWish | null;
  readonly department: string;
  /** Null until staff know it (S4-003). */
  readonly cause: ComplaintCause | null;
  /** `YYYY-MM-DD` or `YYYY-MM`. */
  readonly purchasedOn: string | null;
  /** Number of the ticket it is about. */
  readonly about: string | null;
  readonly answerBy: Instant;
  readonly resolveBy: Instant;
  /** What the customer was last answered, and who of the staff did (S4-005); null until then. */
  readonly answer: { readonly at: Instant; readonly by: Identifier; readonly text: string } | null;
  /** Oldest first: the second and later were joined to the first. */
  readonly statements: readonly { readonly at: Instant; readonly text: string }[];
};

export function maskedComplaint(complaint: TicketComplaint, mask: Mask): TicketComplaint {
  const { answer } = complaint;
  return {
    ...complaint,
    answer: answer === null ? null : { ...answer, text: mask(answer.text) },
    statements: complaint.statements.map((it) => ({ at: it.at, text: maskNamesSaid(mask(it.text)) })),
  };
}
