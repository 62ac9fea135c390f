/** What an everyday question comes to: its answer, the two that fit as well, or none of ours. */
import type { Answers } from '../../flows/dialog-event.ts';
import { unreachable } from '../domain/unreachable.ts';
import { isQuestion } from '../understanding/enquiry-question.ts';
import type { FoundEnquiry } from '../understanding/enquiry-search.ts';
import type { Understood } from '../understanding/understood.ts';
import type { ConversationState } from './conversation-state.ts';
import { SURE } from './intents.ts';
import type { Move } from './move.ts';
import { COVER_ASKED, OF_A_VISIT, REPAIR_WANTED } from './said.ts';

/** Null when nothing is found. */
export function asksEveryday(enquiry: FoundEnquiry): Move | null {
  switch (enquiry.kind) {
    case 'found':
      return { kind: 'enquire', asked: [{ key: enquiry.key, places: enquiry.places }] };
    case 'unsure':
      return { kind: 'enquire', asked: enquiry.keys.map((key) => ({ key, places: enquiry.places })) };
    case 'nothing':
      return null;
    default:
      return unreachable(enquiry);
  }
}

/** Whether cover is asked of a machine of theirs (我家这台还保修吗), not of machines in general (保修多久); in a dialog there is one they talk of. */
export function asksOfOwnCover(
  text: string,
  { reports, serial, purchasedOn }: Answers,
  { intent, confidence }: Pick<Understood, 'intent' | 'confidence'>,
  inDialog: boolean,
): boolean {
  const asksCover = COVER_ASKED.test(text) || (intent === 'query_warranty' && confidence >= SURE);
  if (REPAIR_WANTED.test(text) || !asksCover) return false;
  const isNamed = inDialog || reports.some((it) => it.appliance !== null);
  const isOwn = serial !== null || purchasedOn !== null || OWN.test(text) || (isNamed && !IN_GENERAL.test(text));
  return isOwn;
}

/** 师傅会打电话吗, with no visit known here: asked of visits in general, where nothing says which. */
export function asksOfVisits(text: string, { ticket }: Pick<ConversationState, 'ticket'>): boolean {
  return ticket === null && isQuestion(text) && !OF_A_VISIT.test(text);
}

const OWN = /我(?:家|的|这|那|们家|买)|俺|咱家|家里的?|这台|这个|那台|查(?:一下|下|查)?(?:我|保修)|my\b/iu;
/** Of the terms, whatever the machine. */
const IN_GENERAL = /保(?:修|固|几|多)?(?:多久|多长|几年|几个月|期是|期多|政策|范围|规定)|一般|都保|包括/u;
