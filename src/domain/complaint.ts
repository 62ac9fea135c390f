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

export const GRAVITIES = ['injury', 'offence', 'fire', 'media', 'regulator', 'private-payment', 'amount', 'repeat'] as const;
export type Gravity = (typeof GRAVITIES)[number];
