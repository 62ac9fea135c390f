/** Which language a message is written in, where it is enough of a sentence to tell. */
import type { Language } from '../domain/ticket.ts';

const HAN = /\p{Script=Han}/u;
const ENGLISH_WORDS =
  /\b(?:the|my|is|it|its|are|am|i|you|your|please|hello|hi|hey|thanks|thank|want|need|when|what|where|how|why|who|can|could|do|does|not|no|yes|broken|repair|fix|book|cancel|come|to|at|for|tomorrow|today|morning|afternoon|evening|english)\b/giu;
/** What no address and no name is made of. */
const CHINESE_WORDS = /[的了吗呢吧啊么我你您他她是不没有要请想能会在怎什还再说这那]/u;
const WORDS_MIN = 3;
const ENGLISH_MIN = 1;

/**
 * Null for a number, a name, a model, an ok: what is no sentence changes no language. To who speaks English so far, an
 * address in Chinese is an address.
 */
export function languageOf(text: string, before: Language): Language | null {
  if (/(?:说|讲|用|换成?|改成?)(?:英文|英语)/u.test(text)) return 'en';
  if (/(?:说|讲|用|换成?|改成?)(?:中文|国语|普通话|汉语)/u.test(text)) return 'zh-CN';
  const words = text.match(/[a-z']{2,}/giu) ?? [];
  const english = text.match(ENGLISH_WORDS) ?? [];
  // An English sentence may name a place in Chinese.
  if (HAN.test(text)) {
    if (english.length > 1 && words.length >= WORDS_MIN) return 'en';
    return before === 'zh-CN' || CHINESE_WORDS.test(text) ? 'zh-CN' : null;
  }
  if (english.length < ENGLISH_MIN) return null;
  return words.length >= WORDS_MIN || english.length === words.length ? 'en' : null;
}
