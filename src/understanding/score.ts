/**
 * A survey score from 1 to 5 as stated: 5分, 打四分, 三颗星, ⭐⭐⭐, 满分. Where a score was asked for a bare figure is one
 * too, and so are the words of the scale: 很满意, 一般.
 */
import { parseChineseNumber } from './chinese-number.ts';
import { mask, type Taken } from './mask.ts';
import type { Expected } from './understood.ts';

const SCORE_MIN = 1;
const SCORE_MAX = 5;
const STATED =
  /(?<![\d.点百十零])(?:打|给|评|就)?个?([0-9]|10|[零一二两三四五六七八九十])\s*(?:分(?!钟|之|公|期|开|机|店)|颗?星(?!期)|stars?\b)/i;
/** Of 满分5分我给4分 what is given. */
const GIVEN = /(?:给|打|评|俾)(?:你们|他|她|师傅|个|了|到)*([0-9一二两三四五伍])\s*(?:分(?!钟|之|公|期|开|机|店)|颗?星(?!期|好评))/;
const FULL = /满分|五星好评|全五星|全5星/;
const STARS = /(?:(?:⭐|🌟|★)\s*)+/u;
const IN_ENGLISH: Readonly<Record<string, number>> = { one: 1, two: 2, three: 3, four: 4, five: 5 };
const ENGLISH_ASKED =
  /^(?:(?:i(?:'d| would)? )?(?:give|rate)(?: it| you| him)?(?: an?)? )?(one|two|three|four|five|[1-5])(?: (?:stars?|points?|out of (?:five|5)))?[.!]*$/i;
const BARE = /^(?:我?(?:打|给|评|选|就)?个?)([1-5]|[一二两三四五])(?:吧|啊|呢|哦|啦)?[。.!!~]*$/;
/** 5 师傅很好, 我给4, but not 修了3次. */
const FIGURE =
  /^(?:我?(?:打|给|评|选|就)?个?)([1-5])(?=[\s,.!~;、。])|(?:打|给|评|选)(?:你们?|您|他|师傅|个)*([1-5])(?:吧|了|啊|呢|哦|啦)*[.!~。]*$/;

/** The scale in words, the most definite first; the whole of a clause. */
const WORDS: readonly (readonly [score: number, pattern: RegExp])[] = [
  [
    1,
    /(?:非常|很|十分|极其?|特别|太)不满意|(?:非常|很|太|极|特别|真)差|差评|太烂|糟透|糟糕透|terrible|awful|very (?:bad|poor|dissatisfied|unhappy)/iu,
  ],
  [
    2,
    /不(?:太|怎么|大|是很|够)?满意|不(?:太|怎么)?好|不怎么样|(?:较|比较|有点)差|失望|\b(?:bad|poor|(?:dis|un)satisfied|unhappy|not (?:good|satisfied|happy))\b/iu,
  ],
  [3, /一般般?|还行|还可以|凑合|马马虎虎|过得去|中等|普普通通|so[- ]so|average/iu],
  [
    5,
    /(?:非常|很|十分|特别|超级?|相当)(?:地)?满意|(?:非常|很|特别|超级?|太)好|完美|好极了|棒极了|very (?:good|satisfied|happy)|excellent|perfect/iu,
  ],
  [4, /(?:比较|挺|还算|基本|蛮)?满意|(?:挺|蛮)好|(?:还|挺|蛮)?不错|\b(?:good|satisfied|happy)\b/iu],
];
const BEFORE =
  "^(?:我|们|感觉|觉得|认为|总体|整体|总的来说|上|现在|目前|用着|用起来|使用|效果|还是|都|算是|服务|打分|it was|i am|i'm|[\\s,])*";
const AFTER = '(?:的|吧|了|啊|呀|啦|哦|呢)*(?=$|[\\s,.!~;。、]|师傅)';
const IN_WORDS = WORDS.map(([score, { source }]) => [score, new RegExp(`${BEFORE}(?:${source})${AFTER}`, 'iu')] as const);

/** The score, or null when none is stated; a number out of 1–5 is none. */
export function readScore(text: string, expects: Expected | null): Taken<number | null> {
  const none = { value: null, rest: text };
  const given = GIVEN.exec(text);
  const figureGiven = given?.[1] ? parseChineseNumber(given[1].replace('伍', '五')) : null;
  if (given && figureGiven !== null && figureGiven >= SCORE_MIN && figureGiven <= SCORE_MAX)
    return { value: figureGiven, rest: mask(text, given.index, given.index + given[0].length, 'score') };
  if (FULL.test(text) && !/不是满分|没有?满分/.test(text)) return { value: SCORE_MAX, rest: text };
  const stars = STARS.exec(text)?.[0];
  if (stars && !STATED.test(text)) {
    const count = Array.from(stars.replace(/\s/g, '')).length;
    return count > SCORE_MAX ? none : { value: count, rest: text };
  }
  const isAsked = expects === 'score' || expects === 'attitude';
  const match = STATED.exec(text) ?? (isAsked ? (BARE.exec(text.trim()) ?? FIGURE.exec(text)) : null);
  const english = isAsked && !match ? ENGLISH_ASKED.exec(text.trim())?.[1] : undefined;
  if (english) return { value: IN_ENGLISH[english.toLowerCase()] ?? Number(english), rest: text };
  const figure = match?.[1] ?? match?.[2];
  if (match && figure) {
    const score = parseChineseNumber(figure);
    if (score === null || score < SCORE_MIN || score > SCORE_MAX) return none;
    return { value: score, rest: mask(text, match.index, match.index + match[0].length, 'score') };
  }
  const inWords = isAsked ? IN_WORDS.find(([, pattern]) => pattern.test(text)) : undefined;
  return inWords === undefined ? none : { value: inWords[0], rest: text };
}
