/**
 * A survey whose time has come: asked when nothing else is going on in the chat, else put off by half an hour. A reminder
 * that comes at a bad time is left out.
 */
import { NOTHING_SAID } from '../../flows/dialog-event.ts';
import { surveyIdOf } from '../../flows/survey-stored.ts';
import type { Identifier } from '../domain/identifier.ts';
import { instantOf, MINUTE } from '../domain/instant.ts';
import { isLive } from '../domain/known-ticket.ts';
import { lastForSure, say } from './draft.ts';
import type { ConversationEvent } from './message.ts';
import { start } from './tell-dialog.ts';
import type { Turn } from './turn.ts';

const PUT_OFF_MINUTES = 30;

export async function askSurvey(turn: Turn, { surveyId, reminder }: Extract<ConversationEvent, { event: 'survey-due' }>): Promise<void> {
  const { draft, needs } = turn;
  const subject = await needs.readings.survey(surveyId);
  // Answered or given up meanwhile.
  if (subject === null) return;
  if (await isBusy(turn, surveyId)) {
    const dueAt = instantOf(draft.now + PUT_OFF_MINUTES * MINUTE);
    if (!reminder) draft.surveys.push({ kind: 'put-off', surveyId, dueAt });
    return;
  }
  if (reminder) say(draft, { key: 'survey.reminder', data: {} }, 'survey');
  const place = draft.said.length;
  await start(turn, 'survey', { answers: NOTHING_SAID, text: '', aim: null }, subject);
  if (subject.ticket !== null) lastForSure(draft, place, { reason: 'survey', ticketId: subject.ticket.id });
}

/** A person has the chat, a danger is being seen to, or something else is being asked. */
async function isBusy({ draft, needs }: Turn, surveyId: Identifier): Promise<boolean> {
  const { stack, danger } = draft.state;
  if (draft.owner !== 'bot') return true;
  if (danger !== null) {
    const ticket = await needs.readings.ticketById(danger.ticketId as Identifier);
    if (ticket !== null && isLive(ticket)) return true;
  }
  const top = stack.at(-1);
  if (top === undefined) return false;
  const asked = top.flow === 'survey' ? surveyIdOf(top.context) : null;
  if (top.flow !== 'survey' || stack.length > 1) return true;
  // Another survey gives way once nobody can answer it any more.
  return asked !== null && asked !== surveyId && (await needs.readings.survey(asked)) !== null;
}
