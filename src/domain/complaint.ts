/**
 * The words of a complaint: its class, which decides the department (S2-058, S2-060), what the customer wishes, and its
 * *gravities*, the facts that make it weigh more than others (S2-061).
 */
export const COMPLAINT_CATEGORIES = ['product-quality', 'repair-service', 'after-sales-service', 'other'] as const;
export type ComplaintCategory = (typeof COMPLAINT_CATEGORIES)[number];

export const COMPLAINT_TYPES = [
  'attitude',
  'late',
  'not_fixed',
  'overcharge',
  'private_payment',
  'damage',
  'quality',
  'safety',
  'other',
] as const;
/** What a complaint is about, as its text says. */
export type ComplaintType = (typeof COMPLAINT_TYPES)[number];

export const COMPLAINT_WISHES = ['repair', 'exchange', 'return', 'refund', 'apology', 'other'] as const;
export type ComplaintWish = (typeof COMPLAINT_WISHES)[number];

/** Where nothing was lost it is a slip that asks a department to do better (S4-002). */
export const COMPLAINT_FORMS = ['complaint', 'exception-slip'] as const;
export type ComplaintForm = (typeof COMPLAINT_FORMS)[number];

/** The second axis, which staff set once they know: the product's own fault, or somebody's (S4-003). */
export const COMPLAINT_CAUSES = ['quality', 'non-quality'] as const;
export type ComplaintCause = (typeof COMPLAINT_CAUSES)[number];

export const GRAVITIES = ['injury', 'offence', 'fire', 'media', 'regulator', 'private-payment', 'amount', 'repeat'] as const;
export type Gravity = (typeof GRAVITIES)[number];
