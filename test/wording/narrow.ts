/** Chinese sentences with plain punctuation, so that tests compare words and need not show which form of a comma was typed. */
export function narrow(sentence: string): string {
  return sentence
    .replace(/[\uff01-\uff5e]/gu, (mark) => String.fromCodePoint((mark.codePointAt(0) ?? 0) - WIDER))
    .replace(/[\u201c\u201d]/gu, '"');
}

/** The same sentence as a Chinese keyboard types it: marks beside a Chinese character are full-width. */
export function widen(sentence: string): string {
  return sentence.replace(/(?<=\p{Script=Han})[,?!;:]|[,?!;:](?=\p{Script=Han})/gu, (mark) =>
    String.fromCodePoint((mark.codePointAt(0) ?? 0) + WIDER),
  );
}

/** From a half-width character to its full-width form. */
const WIDER = 0xfee0;
