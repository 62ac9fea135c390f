/**
 * Everyday questions and what is answered, as data that staff can better. Terms: a *fact* is a value in braces that the
 * policy, the price list or the service area fills in when the answer is said, so that no number is typed twice.
 */
import type { Language } from './ticket.ts';

export const ENQUIRY_TOPICS = ['price', 'visit', 'people', 'scope', 'warranty', 'preparation', 'parts'] as const;
export type EnquiryTopic = (typeof ENQUIRY_TOPICS)[number];

export type EnquiryText = {
  readonly key: string;
  readonly topic: EnquiryTopic;
  readonly text: Readonly<Record<Language, string>>;
};

/** `questions` are ways people ask it, in any spelling and language: the more, the better it is found. */
export type EnquiryAnswer = EnquiryText & { readonly questions: readonly string[] };

export const ENQUIRY_FACTS = [
  'company',
  'visitFee',
  'cancelFee',
  'hours',
  'daysOff',
  'firstWindow',
  'lastWindow',
  'lead',
  'horizonDays',
  'changeCutoff',
  'lateMinutes',
  'cities',
  'productCover',
  'repairDays',
] as const;
export type EnquiryFact = (typeof ENQUIRY_FACTS)[number];

/** What stands in braces and is no fact, each once. */
export function unknownFacts(text: string): readonly string[] {
  const named = [...text.matchAll(/\{([^{}]*)\}/g)].map((it) => it[1] ?? '');
  return [...new Set(named)].filter((name) => !ENQUIRY_FACTS.some((fact) => fact === name));
}
