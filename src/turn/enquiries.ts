/**
 * The search over the answers in force, learnt anew only when they have changed. What is read of a text is kept, and the
 * first learning, some hundred milliseconds of work, lets other conversations through in between.
 */
import { setImmediate as letOthersThrough } from 'node:timers/promises';
import type { EnquiryAnswer } from '../domain/enquiry.ts';
import { createReadEnquiry, type ReadEnquiry } from '../understanding/enquiry-features.ts';
import { textsLearntFrom } from '../understanding/enquiry-index.ts';
import { createEnquirySearch, type FindEnquiry, type FoundEnquiry } from '../understanding/enquiry-search.ts';
import type { PlainText } from '../understanding/plain-text.ts';
import type { Readings } from './ports.ts';

/** Which answer a message asks for. */
export type SearchEnquiries = (text: string, about: Parameters<FindEnquiry>[1]) => Promise<FoundEnquiry>;

/** Texts read between two looks at who else is waiting. */
const TEXTS_AT_ONCE = 100;

export function createEnquirySearches(readings: Pick<Readings, 'enquiryAnswers'>, plainText: PlainText): SearchEnquiries {
  const read = createReadEnquiry(plainText);
  let kept: Kept | null = null;
  return async (text, about) => {
    const answers = await readings.enquiryAnswers();
    if (kept?.answers !== answers) {
      const find = kept !== null && asksTheSame(kept.answers, answers) ? kept.find : learn(answers, read);
      kept = { answers, find };
    }
    return (await kept.find)(text, about);
  };
}

type Kept = { readonly answers: readonly EnquiryAnswer[]; readonly find: Promise<FindEnquiry> };

/** What staff change in an answer's wording needs no learning. */
function asksTheSame(one: readonly EnquiryAnswer[], other: readonly EnquiryAnswer[]): boolean {
  return (
    one.length === other.length &&
    one.every((it, at) => it.key === other[at]?.key && it.questions.join('\n') === other[at]?.questions.join('\n'))
  );
}

async function learn(answers: readonly EnquiryAnswer[], read: ReadEnquiry): Promise<FindEnquiry> {
  const known = new Map<string, ReturnType<ReadEnquiry>>();
  for (const [at, text] of textsLearntFrom(answers).entries()) {
    known.set(text, read(text));
    if (at % TEXTS_AT_ONCE === 0) await letOthersThrough();
  }
  const find = createEnquirySearch(answers, (text) => known.get(text) ?? read(text));
  return find;
}
