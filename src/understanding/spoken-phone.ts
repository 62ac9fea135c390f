/**
 * A mobile number told in pieces: 前面138,后面00138000; 幺三八,两个零,幺三八,三个零. A stretch of digits and words that only
 * hold digits together is a number when it comes to eleven of them.
 */
import { FIGURES } from './spoken-digits.ts';

type SpokenPhone = { readonly digits: string; readonly from: number; readonly end: number };

const DIGIT = `[\\d${Object.keys(FIGURES).join('')}]`;
const TIMES: Readonly<Record<string, number>> = { 两: 2, 二: 2, 三: 3, 四: 4, 五: 5, 六: 6, '2': 2, '3': 3, '4': 4, '5': 5, '6': 6 };
const REPEATED = `[两二三四五六2-6]个${DIGIT}`;
const UNIT = `(?:${REPEATED}|${DIGIT})`;
const HOLDING =
  '(?:[ ,、.-]|\\p{Extended_Pictographic}|[呃额嗯啊哦]|然后|接着|跟着|之后|连着|[前后][面头边]|[前后]半[截段部]?分?|[开打起]头|中间|当间|中段|当中|最后|末了|末尾|结尾|尾[号数巴]|[前后末]?[三四五六八]位|再来?|接|加|和|空格|横杠|横线|杠|[是的])';
const STRETCH = new RegExp(`(?<!${DIGIT}|[A-Za-z])${UNIT}(?:${HOLDING}{0,5}${UNIT}){4,}`, 'gu');

/** 152开头,: what the number that follows begins with as well. */
const HINT = /^\d{3}的?[开打起]头[的 ,、.]*(?=1[\d ,.-]{10,})/;

export function spokenPhones(text: string): readonly SpokenPhone[] {
  return [...text.matchAll(STRETCH)].flatMap((match) => {
    // Written in figures alone it was found already, or is a part of something else.
    if (/^\d+$/.test(match[0])) return [];
    const digits = digitsOf(match[0].replace(HINT, ''));
    return /^(?:86)?1[3-9]\d{9}$/.test(digits)
      ? [{ digits: digits.slice(-11), from: match.index, end: match.index + match[0].length }]
      : [];
  });
}

function digitsOf(stretch: string): string {
  return stretch
    .replace(/[前后末]?[三四五六八]位/g, ' ')
    .replace(new RegExp(REPEATED, 'g'), (said) => (said[2] ?? '').repeat(TIMES[said[0] ?? ''] ?? 1))
    .replace(/[^\d]/g, (character) => FIGURES[character] ?? '');
}
