/** How a complaint asks: little, each thing once, and with a person one tap away. */
import { COMPLAINT_CATEGORIES, COMPLAINT_WISHES } from '../src/domain/complaint.ts';
import type { ComplaintFacts } from '../src/wording/complaint-lines.ts';
import { type ComplaintData, isSlip, type OwnTicket } from './complaint-data.ts';
import { excerpt } from './complaint-words.ts';
import type { DialogChoice, Question } from './effect.ts';
import { answer, choice, question } from './question.ts';

const OFFERED_MAX = 4;
const PERSON = choice('choice.human', { type: 'PERSON_WANTED' });

export function askWhat(_: ComplaintData, misses: number): Question {
  return question('what', misses === 0 ? 'ask.complaint-what' : 'ask.complaint-what.again', {}, [PERSON]);
}

export function askTicket({ own }: ComplaintData, misses: number): Question {
  const choices = (own ?? []).slice(0, OFFERED_MAX).map(choiceOf);
  const none = choice('choice.none-of-these', { type: 'DENIED' });
  return question('ticket', misses === 0 ? 'ask.complaint-ticket' : 'ask.complaint-ticket.again', {}, [...choices, none, PERSON]);
}

function choiceOf({ id, number, appliances, window }: OwnTicket): DialogChoice {
  const means = { type: 'TICKET_CHOSEN', ticketId: id } as const;
  const of = { appliances: { as: 'appliances', value: appliances } } as const;
  return window === null
    ? choice('choice.ticket', means, { ...of, numbers: { as: 'numbers', value: [number] } })
    : choice('choice.ticket.visit', means, { ...of, window: { as: 'window', value: window } });
}

export function askCategory(_: ComplaintData, misses: number): Question {
  const key = misses === 0 ? 'ask.complaint-category' : 'ask.complaint-category.again';
  return question('category', key, {}, [...COMPLAINT_CATEGORIES.map(choiceOfCategory), PERSON]);
}

function choiceOfCategory(category: (typeof COMPLAINT_CATEGORIES)[number]): DialogChoice {
  return choice('choice.complaint-category', answer({ category }), { category: { as: 'complaint-category', value: category } });
}

export function askWish(): Question {
  const wishes = COMPLAINT_WISHES.map((wish) =>
    choice('choice.complaint-wish', answer({ wish }), { wish: { as: 'complaint-wish', value: wish } }),
  );
  return question('wish', 'ask.complaint-wish', {}, [...wishes, choice('choice.undecided', { type: 'SKIPPED' }), PERSON]);
}

export function askPhone(_: ComplaintData, misses: number): Question {
  return question('phone', misses === 0 ? 'ask.complaint-phone' : 'ask.complaint-phone.again', {}, [
    choice('choice.no-phone', { type: 'SKIPPED' }),
    PERSON,
  ]);
}

export function askConfirm(data: ComplaintData, misses: number): Question {
  const complaint = { as: 'complaint', value: factsOf(data) } as const;
  return question('confirm', misses === 0 ? 'confirm.complaint' : 'confirm.complaint.again', { complaint }, [
    choice('choice.confirm', { type: 'AFFIRMED' }),
    choice('choice.not-right', { type: 'DENIED' }),
    PERSON,
  ]);
}

function factsOf(data: ComplaintData): ComplaintFacts {
  const { what, about, number, category, wish, phone } = data;
  if (category === null) throw new Error('invariant: a complaint is read back with its class');
  const ticket = about === null ? null : { number: about.number, appliances: about.appliances };
  return { what: excerpt(what), about: ticket, number, category, wish, slip: isSlip(data), phone };
}

/** The classes it could be instead; anything else is said. */
export function askCorrection(data: ComplaintData, misses: number): Question {
  const key = misses === 0 ? 'ask.complaint-change' : 'ask.complaint-change.again';
  return question('confirm', key, {}, [
    ...COMPLAINT_CATEGORIES.filter((it) => it !== data.category).map(choiceOfCategory),
    ...(data.about === null ? [] : [choice('choice.not-this-ticket', { type: 'DENIED' })]),
    choice('choice.all-right', { type: 'AFFIRMED' }),
  ]);
}
