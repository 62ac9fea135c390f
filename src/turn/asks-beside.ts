/**
 * Whether a question put while a dialog is open is the answer to what was asked, or stands beside it and has an answer of
 * its own. What it is about has been searched for; here only its place in the dialog is decided.
 */
import type { Answers } from '../../flows/dialog-event.ts';
import { isQuestion } from '../understanding/enquiry-question.ts';
import type { FoundEnquiry } from '../understanding/enquiry-search.ts';
import { isBeside, saysAnything } from './answers.ts';
import { asksEveryday } from './everyday.ts';
import type { Move } from './move.ts';
import { COMPLAINT } from './said.ts';

/** 今天能来吗, 截图可以吗: a question that answers. */
const ANSWERS_MAY_ASK: ReadonlySet<string> = new Set(['window', 'confirm', 'change']);
/** 师傅晚上上门吗 at the read-back asks; 能不能晚上来, 周六行吗 want it otherwise. */
const PROPOSES = /改|换|能|可以|行|成|[点号]|[今明后]天|周|星期|礼拜/u;
/** As near to a known way of asking. */
const PLAINLY = 0.6;
/** A question of so many characters may stand beside a complaint. */
const BESIDE_STORY_MAX = 16;

/** Whether a question is the answer: 今天能来吗 to the window, 截图可以吗 to the proof, a place with 呢 to the address. */
export function answersByAsking(plain: string, asked: string | null, answers: Answers, likely: FoundEnquiry): boolean {
  // 师傅来的时候家里要有人吗 chooses nothing, though 来 is in it.
  if (ANSWERS_MAY_ASK.has(asked ?? '') && saysAnything({ ...answers, serviceMode: null })) return true;
  if (asked === 'proof') return answers.hasProof !== null || (likely.kind === 'found' && likely.key.startsWith('warranty.'));
  return asked === 'address' && placesWithoutAsking(plain, answers);
}

/** Shorter than a story, and of nothing that went wrong. */
export function asksBesideStory(plain: string, { complaintTypes, gravities }: Answers): boolean {
  return (
    isQuestion(plain) &&
    [...plain].length <= BESIDE_STORY_MAX &&
    gravities.length === 0 &&
    complaintTypes.every((it) => it === 'other') &&
    !COMPLAINT.test(plain)
  );
}

/** 在深圳南山区后海大道呢: a place, and no question whether we come there. */
function placesWithoutAsking(plain: string, { address }: Answers): boolean {
  return (
    address !== null &&
    (address.city !== null || address.district !== null || /\d/u.test(plain)) &&
    !/(?:能|会|可以|去|到|来|跑|修|上门|服务)[^,\uFF0C]{0,6}(?:吗|么|嘛|不|[?])|有(?:没有|无|冇)|有[^,\uFF0C]{0,8}(?:吗|么|嘛|不|没)[?]?$/u.test(
      plain,
    )
  );
}

/** A question that answers nothing of what was asked: its own answer, or an honest word that there is none. */
export function asksAside(plain: string, asked: string | null, answers: Answers, likely: FoundEnquiry): Move | null {
  if (!isQuestion(plain) || !isBeside(asked, answers)) return null;
  return asksEveryday(likely);
}

/** 几点下班, 师傅晚上上门吗: when we work is asked, and no time is named for a visit. */
export function asksHours(plain: string, asked: string | null, isSure: boolean, likely: FoundEnquiry): Move | null {
  if (asked === 'window' || likely.kind !== 'found' || !likely.key.startsWith('hours.') || !isQuestion(plain)) return null;
  const asksOnly = asked === 'confirm' ? likely.score >= PLAINLY && !PROPOSES.test(plain) : isSure;
  return asksOnly ? asksEveryday(likely) : null;
}
