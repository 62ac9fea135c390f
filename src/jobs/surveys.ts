/**
 * Asks the surveys that are due: in the chat, by an event, or by somebody who phones where there is none (S2-043, S2-054).
 * Once, with one reminder at most, never in the quiet hours; without an answer it is given up after the policy's time.
 */
import { callBackBy } from '../domain/business-calendar.ts';
import type { Identifier, MakeIdentifier } from '../domain/identifier.ts';
import { HOUR, type Instant, instantOf, MINUTE } from '../domain/instant.ts';
import type { Policy } from '../domain/policy.ts';
import { quietUntil } from '../domain/reminder-time.ts';
import type { ChatChannel } from '../domain/ticket.ts';
import type { Accept, NewContactTask } from '../turn/ports.ts';
import { failureOf, type Log, oneByOne } from './failure.ts';

/** Unanswered, and its next step is due. */
export type DueSurvey = {
  readonly surveyId: Identifier;
  /** When the repair or the chat ended: from there on it waits, however often it is put off. */
  readonly endedAt: Instant;
  readonly dueAt: Instant;
  /** Null before it was asked. */
  readonly askedAt: Instant | null;
  readonly isReminded: boolean;
  /** Null for customers without a chat; their survey is about `ticketId`. */
  readonly chat: { readonly conversationId: Identifier; readonly channel: ChatChannel } | null;
  readonly ticketId: Identifier | null;
};

/** Each change happens only while the survey stands as it was found. */
export type Surveys = {
  /** Due by an instant, those of a chat only while the bot has it; the earliest first. */
  readonly due: (now: Instant, max: number) => Promise<readonly DueSurvey[]>;
  readonly asked: (survey: DueSurvey, at: Instant, dueAt: Instant) => Promise<void>;
  readonly reminded: (survey: DueSurvey, at: Instant, dueAt: Instant) => Promise<void>;
  readonly close: (survey: DueSurvey) => Promise<void>;
  /** Opens the call and marks the survey asked, both or neither. */
  readonly callInstead: (survey: DueSurvey, task: NewContactTask, at: Instant, dueAt: Instant) => Promise<void>;
};

export type SurveysNeeds = {
  readonly surveys: Surveys;
  readonly accept: Accept;
  readonly turnSoon: (conversationId: Identifier) => void;
  readonly policy: Policy;
  readonly timeZone: string;
  readonly makeIdentifier: MakeIdentifier;
  readonly now: () => Instant;
  readonly log: Log;
};

const SURVEYS_MAX = 100;

/** One round: every survey whose question, reminder or end is due. */
export function createSurveys(needs: SurveysNeeds): () => Promise<void> {
  return async () => {
    const now = needs.now();
    const failed = (error: unknown) => needs.log('survey-put-off', failureOf(error));
    await oneByOne(await needs.surveys.due(now, SURVEYS_MAX), failed, (it) => step(it, now, needs));
  };
}

async function step(survey: DueSurvey, now: Instant, needs: SurveysNeeds): Promise<void> {
  const { surveys, policy, timeZone } = needs;
  if (now >= givenUpAt(survey, policy)) return await surveys.close(survey);
  if (quietUntil(now, policy, timeZone) !== null) return;
  if (survey.askedAt !== null)
    return survey.isReminded || survey.chat === null ? undefined : await remind(survey, survey.askedAt, now, needs);
  return await ask(survey, now, needs);
}

/** After the question, else after the time the question was due: one that is put off over and over is never asked. */
function givenUpAt({ askedAt, endedAt }: DueSurvey, { survey }: Policy): Instant {
  return instantOf((askedAt ?? endedAt + survey.delayMinutes * MINUTE) + survey.closeHours * HOUR);
}

async function ask(survey: DueSurvey, now: Instant, needs: SurveysNeeds): Promise<void> {
  const { surveyId, dueAt, chat, ticketId } = survey;
  const { reminderHours, closeHours } = needs.policy.survey;
  if (chat !== null) {
    await tell(survey, chat, `survey:${surveyId}:ask:${dueAt}`, false, now, needs);
    await needs.surveys.asked(survey, now, instantOf(now + Math.min(reminderHours, closeHours) * HOUR));
    return needs.turnSoon(chat.conversationId);
  }
  if (ticketId === null) return await needs.surveys.close(survey);
  const task: NewContactTask = {
    id: needs.makeIdentifier(),
    ticketId,
    whom: { kind: 'customer' },
    reason: 'survey',
    // Asked by a person: a text message could not be answered.
    notice: null,
    dueAt: callBackBy(needs.policy, now, needs.timeZone),
    onceKey: `survey:${surveyId}`,
  };
  await needs.surveys.callInstead(survey, task, now, instantOf(now + closeHours * HOUR));
}

async function remind(survey: DueSurvey, askedAt: Instant, now: Instant, needs: SurveysNeeds): Promise<void> {
  const { surveyId, chat } = survey;
  if (chat === null) return;
  await tell(survey, chat, `survey:${surveyId}:remind`, true, now, needs);
  await needs.surveys.reminded(survey, now, instantOf(askedAt + needs.policy.survey.closeHours * HOUR));
  needs.turnSoon(chat.conversationId);
}

async function tell(
  { surveyId }: DueSurvey,
  chat: NonNullable<DueSurvey['chat']>,
  channelMessageId: string,
  reminder: boolean,
  now: Instant,
  needs: SurveysNeeds,
): Promise<void> {
  const body = { kind: 'event', event: 'survey-due', surveyId, reminder } as const;
  await needs.accept([{ id: needs.makeIdentifier(), ...chat, channelMessageId, sender: 'system', body, at: now }]);
}
