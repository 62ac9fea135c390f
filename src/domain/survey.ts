/** The survey after a finished repair or a resolved handoff (S2-043, S2-054): its scale, its items, its answers, and what a low score brings about. */
import type { Appliance } from './appliance.ts';
import type { PhoneNumber } from './contact.ts';
import type { Identifier } from './identifier.ts';
import { HOUR, type Instant, instantOf } from './instant.ts';

export const SCORE_MIN = 1;
export const SCORE_MAX = 5;

/** What may be asked beside the score, by policy: badge worn, on time, attitude. */
export const SURVEY_ITEMS = ['badge', 'on-time', 'attitude'] as const;
export type SurveyItem = (typeof SURVEY_ITEMS)[number];

/** What a survey is about, as its dialog is told. */
export type SurveySubject = {
  readonly surveyId: Identifier;
  readonly about: 'repair' | 'chat';
  /** The ticket it is about, null for a chat with staff that had none. */
  readonly ticket: {
    readonly id: Identifier;
    readonly number: string;
    readonly appliance: Appliance | null;
    readonly area: { readonly province: string | null; readonly city: string | null; readonly district: string | null };
  } | null;
  /** The customer's, as on record: a recheck is found by it. */
  readonly phone: PhoneNumber | null;
  /** Who repaired it; null for a chat with staff. */
  readonly engineerName: string | null;
  /** When the repair was finished or the chat resolved. */
  readonly endedAt: Instant;
};

/** Null where nothing was said (yet). `attitude` is 1 to 5. */
export type SurveyAnswers = {
  readonly score: number | null;
  readonly reason: string | null;
  readonly resolved: boolean | null;
  readonly comment: string | null;
  readonly items: { readonly badge: boolean | null; readonly onTime: boolean | null; readonly attitude: number | null };
};

export const NO_SURVEY_ANSWERS: SurveyAnswers = {
  score: null,
  reason: null,
  resolved: null,
  comment: null,
  items: { badge: null, onTime: null, attitude: null },
};

/** Whether the matter is looked at again: a low score, or it is not solved (S2-055). */
export function wantsRecheck({ score, resolved }: Pick<SurveyAnswers, 'score' | 'resolved'>, lowScoreMax: number): boolean {
  return resolved === false || (score !== null && score <= lowScoreMax);
}

/** By when it has been looked at: hours of the clock from that very answer; no holiday stops it (S2-055). */
export function recheckBy(answeredAt: Instant, hours: number): Instant {
  return instantOf(answeredAt + hours * HOUR);
}
