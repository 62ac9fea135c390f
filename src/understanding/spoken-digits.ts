/**
 * Digits said aloud (幺三八 零零一三 八零零零) as figures. Only long runs count: 三 alone may be a day, an hour or a floor.
 */
import { areasAt } from './area.ts';

export const FIGURES: Readonly<Record<string, string>> = {
  零: '0',
  〇: '0',
  洞: '0',
  幺: '1',
  一: '1',
  壹: '1',
  二: '2',
  两: '2',
  贰: '2',
  三: '3',
  叁: '3',
  四: '4',
  肆: '4',
  五: '5',
  伍: '5',
  六: '6',
  陆: '6',
  七: '7',
  柒: '7',
  拐: '7',
  八: '8',
  捌: '8',
  九: '9',
  玖: '9',
  勾: '9',
};
/** 单号0031一直没人管: the 一 of 一直 and its like is no figure. */
const RUN =
  /[\d零〇洞幺一壹二两贰三叁四肆五伍六陆七柒拐八捌九玖勾](?:[ ,,、.-]{0,2}(?!一[直共般旦再些样定])[\d零〇洞幺一壹二两贰三叁四肆五伍六陆七柒拐八捌九玖勾]){6,}/g;

/** The text with spoken digits written as figures. Keeps the length of the text. */
export function writeDigits(text: string): string {
  return text.replace(RUN, (run, from: number) => {
    const digits = run.slice(0, placeIn(text, from, run.length));
    if (!/[^\d ,,、.-]/.test(digits)) return run;
    const figures = Array.from(digits, (character) => FIGURES[character] ?? (/[,,、.]/.test(character) ? ' ' : character)).join('');
    return figures + run.slice(digits.length);
  });
}

/** Where a run of `length` comes to the name of a place, 13800138000,九江市; else its length. */
function placeIn(text: string, from: number, length: number): number {
  for (let at = from; at < from + length; at++) if (FIGURES[text[at] ?? ''] !== undefined && isPlaceAt(text, at)) return at - from;
  return length;
}

/** 二七 of Zhengzhou is a place by its 区 alone. */
function isPlaceAt(text: string, at: number): boolean {
  const areas = areasAt(text, at);
  return areas !== null && Array.from(text.slice(at, areas.end)).some((it) => FIGURES[it] === undefined);
}
