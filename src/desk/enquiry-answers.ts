/**
 * The answers to everyday questions, bettered by those who hear what customers ask. A wording may name only facts that
 * are filled in; the keys themselves are the desk's own.
 */
import { type EnquiryAnswer, unknownFacts } from '../domain/enquiry.ts';
import type { Instant } from '../domain/instant.ts';
import type { Language } from '../domain/ticket.ts';
import { type Change, changeBy } from './change.ts';
import { type Forbidden, refusal, type StaffMember } from './staff-member.ts';

export const ENQUIRY_QUESTIONS_MAX = 200;
export const ENQUIRY_QUESTION_CHARACTERS_MAX = 80;
export const ENQUIRY_TEXT_CHARACTERS_MAX = 500;

/** As staff see it. */
export type KeptEnquiryAnswer = EnquiryAnswer & { readonly updatedAt: Instant };
export type EnquiryWording = Pick<EnquiryAnswer, 'key' | 'questions' | 'text'>;

export type EnquiryAnswerStore = {
  /** By key. */
  readonly list: () => Promise<readonly KeptEnquiryAnswer[]>;
  /** Null when there is no such key. */
  readonly put: (wording: EnquiryWording, change: Change) => Promise<KeptEnquiryAnswer | null>;
};

type WordingFault = { readonly field: string; readonly detail: string };

export type EnquiryAnswerDesk = {
  readonly list: (member: StaffMember) => Promise<{ readonly kind: 'listed'; readonly items: readonly KeptEnquiryAnswer[] } | Forbidden>;
  readonly put: (
    member: StaffMember,
    wording: EnquiryWording,
  ) => Promise<
    | { readonly kind: 'put'; readonly answer: KeptEnquiryAnswer }
    | { readonly kind: 'no-such-answer' }
    | { readonly kind: 'wording-refused'; readonly faults: readonly WordingFault[] }
    | Forbidden
  >;
};

export function enquiryAnswerDesk(needs: { readonly answers: EnquiryAnswerStore; readonly now: () => Instant }): EnquiryAnswerDesk {
  return {
    list: async (member) => refusal(member, 'desk.read') ?? { kind: 'listed', items: await needs.answers.list() },

    put: async (member, wording) => {
      const no = refusal(member, 'enquiry-answers.manage');
      if (no) return no;
      const faults = [...factFaults('zhCn', wording.text['zh-CN']), ...factFaults('en', wording.text.en)];
      if (faults.length > 0) return { kind: 'wording-refused', faults };
      const about = { questions: wording.questions.length };
      const change = changeBy(member, needs.now(), 'enquiry-answer.put', `enquiry-answer:${wording.key}`, about);
      const answer = await needs.answers.put(wording, change);
      return answer === null ? { kind: 'no-such-answer' } : { kind: 'put', answer };
    },
  };
}

/** How a language is called in the API. */
type Field = Record<Language, 'zhCn' | 'en'>[Language];

function factFaults(field: Field, text: string): readonly WordingFault[] {
  const stray = text.replace(/\{[^{}]*\}/g, '');
  const unpaired = /[{}]/.test(stray) ? [{ field, detail: 'has a brace without its pair' }] : [];
  return [...unknownFacts(text).map((name) => ({ field, detail: `names {${name}}, which is no fact` })), ...unpaired];
}
