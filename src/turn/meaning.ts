/**
 * What a button means, and how that is kept with the conversation until it is tapped: of the answers it gives only those that
 * say something. A dozen buttons would else be most of what a turn writes.
 */
import { type Answers, type DialogEvent, NOTHING_SAID } from '../../flows/dialog-event.ts';
import type { FlowName } from '../../flows/registry.ts';
import type { Identifier } from '../domain/identifier.ts';

/** What a customer can want outside any dialog, as a button means it. */
export type Wanted = {
  readonly type: 'WANTED';
  readonly what: 'repair' | 'progress' | 'warranty' | 'complaint' | 'change' | 'person' | 'call-back' | 'price' | 'hours';
};

/** The dialog on top is given up for the same matter begun anew, with what was said. */
export type Anew = { readonly type: 'ANEW'; readonly flow: FlowName; readonly answers: Answers; readonly text: string };

/** The account that proved the ticket is to be put together with the one its customer has. */
export type LinkWanted = { readonly type: 'LINK_WANTED'; readonly ticketId: Identifier };

/** Whether it was them on the other account. */
export type LinkAnswered = { readonly type: 'LINK_ANSWERED'; readonly linkId: Identifier; readonly isMine: boolean };

/** What a button means, kept with its label so that its number, its label and a tap are one thing. */
export type Meaning = DialogEvent | Wanted | Anew | LinkWanted | LinkAnswered;

type Answered = Extract<Meaning, { readonly type: 'ANSWERED' }>;
type Kept<Means extends Answered | Anew> = Omit<Means, 'answers'> & { readonly answers: Partial<Answers> };

export type KeptMeaning = Exclude<Meaning, Answered | Anew> | Kept<Answered> | Kept<Anew>;

export function keptMeaning(means: Meaning): KeptMeaning {
  return means.type === 'ANSWERED' || means.type === 'ANEW' ? { ...means, answers: said(means.answers) } : means;
}

/** The same, with all that was left out. */
export function meaningOf(kept: KeptMeaning): Meaning {
  return kept.type === 'ANSWERED' || kept.type === 'ANEW' ? { ...kept, answers: { ...NOTHING_SAID, ...kept.answers } } : kept;
}

function said(answers: Answers): Partial<Answers> {
  const saying = Object.entries(answers).filter(([slot, it]) => !saysNothing(it, NOTHING_SAID[slot as keyof Answers]));
  return Object.fromEntries(saying);
}

function saysNothing(answer: unknown, nothing: unknown): boolean {
  return answer === nothing || (Array.isArray(answer) && answer.length === 0);
}
