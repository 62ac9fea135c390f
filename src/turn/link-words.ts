/**
 * What is said to the offer to put two accounts together, and to the question whether another account is one's own. Only
 * a plain yes is a yes: whoever agrees to it shows another account all there is.
 */
import type { ConversationState } from './conversation-state.ts';
import type { Meaning } from './meaning.ts';
import type { Move } from './move.ts';
import { AGREED_WHOLLY } from './said.ts';

/** The name of the question, for the next message. */
export const LINK_ASKED = 'link';

/** Longer than this it is no answer. */
const ANSWER_CHARACTERS_MAX = 20;
const MINE =
  /^(?:(?:是|对|嗯|没错|yes|yep|yeah)[的啊呀,\s]*)*(?:(?:就?是)?(?:我|本人)(?:本人|自己)?(?:的号?|弄的|报的|操作的)?|是的?|对的?|没错|(?:it'?s|that'?s|it is|it was|that is|that was)\s+me|yes|yep|yeah)[啊呀的哦呢.。!~\s]*$/iu;
const NOT_MINE =
  /^(?:不是|不对|没有|否|不认识|不合|别合|不要合|我没(?:有)?(?:弄|报|用|操作|合)?|no\b|nope|not me)|不是(?:我|本人)|不认识|(?:别|不要|不想)合|(?:isn'?t|wasn'?t|not)\s+me/iu;
const WHAT =
  /谁|什么(?:账号|意思|情况|东西)|怎么回事|[看听]?不(?:太)?(?:懂|明白)|不(?:太)?(?:确定|清楚|知道)|哪个账号|who|what|not sure|don'?t (?:know|understand)/iu;
const WANTED =
  /^(?:好|行|可以|嗯|要|合)(?:[,\s]|的|啊|呀|吧|合|到一起|一下|并|起来)*(?:吧|啊|呀|,?谢谢)?[.。!~]*$|^(?:yes|ok(?:ay)?|sure|please)(?: please)?[.!]*$/iu;
const UNWANTED = /^(?:不用|不要|不合|不必|不需要|算了|先不|别合|no\b|not now)/iu;
/** The two buttons, tapped when something else stands under the chat already. */
const BUTTON = /^(?:不?是我|it'?s me|not me)[.。!]*$/iu;

/** Null when the message is about something else. */
export function routeLink(text: string, state: ConversationState): Move | null {
  const plain = text.normalize('NFKC').replaceAll('’', "'").trim();
  const { lastAsked } = state;
  const [first] = lastAsked?.choices ?? [];
  if (first?.means.type === 'LINK_WANTED') return routeOffer(plain, first.means);
  if (state.linkAsked === null) return null;
  if (lastAsked?.asking !== LINK_ASKED) return BUTTON.test(plain) ? { kind: 'repeat-link' } : null;
  const means = lastAsked.choices[0]?.means;
  if (means?.type !== 'LINK_ANSWERED' || [...plain].length > ANSWER_CHARACTERS_MAX) return null;
  if (WHAT.test(plain)) return { kind: 'repeat-link' };
  if (NOT_MINE.test(plain)) return { kind: 'answer-link', linkId: means.linkId, isMine: false };
  return MINE.test(plain) ? { kind: 'answer-link', linkId: means.linkId, isMine: true } : null;
}

function routeOffer(plain: string, means: Extract<Meaning, { type: 'LINK_WANTED' }>): Move | null {
  if ([...plain].length > ANSWER_CHARACTERS_MAX) return null;
  if (UNWANTED.test(plain)) return { kind: 'courtesy', key: 'link.unwanted' };
  return WANTED.test(plain) || AGREED_WHOLLY.test(plain) ? { kind: 'want-link', ticketId: means.ticketId } : null;
}
