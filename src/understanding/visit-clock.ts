/**
 * The clock words of a visit: 三点半, 14:30, 14点30分, 四五点, 3到5点. An hour without 上午 or 下午 is read when its part of
 * day is known (`hourOnClock`): bare 1–7 is afternoon.
 */
import { parseChineseNumber, SMALL_NUMBER } from './chinese-number.ts';

export type Part = 'morning' | 'noon' | 'afternoon' | 'evening';
/** As said, before its half of the day is known. `untilHour` for 四五点. */
export type Clock = { readonly hour: number; readonly minute: number; readonly untilHour: number | null };

const N = `(${SMALL_NUMBER})`;
const DIGIT = '[一二两三四五六七八九]';
const COLON = /(\d{1,2}):([0-5]\d)(?::\d\d)?(?!\d)/y;
/** Figures need a mark between them: 12点 is noon. */
const PAIR = new RegExp(
  `(?<![十\\d一二两三四五六七八九])(十)?(?:(${DIGIT})[、, ]?(${DIGIT})|([1-9])[、, ]([1-9]))(?:点钟?|时(?![间候段]))`,
  'y',
);
const HOURS = new RegExp(
  `(?<![\\d十])${N} ?(?:点钟?|时(?![间候段]))(?:(半)|(一刻|三刻)|([0-5]\\d|[二三四五]十[一二三四五六七八九]?|零[一二三四五六七八九]|十[一二三四五六七八九]?)(?![一二三四五六七八九]?[点号])(?:分(?!钟))?|([1-9])分(?!钟)|整)?`,
  'y',
);
/** 差一刻三点, 三点差十分, 三点过五分. */
const SHORT_OF = new RegExp(`差(?:(一刻)|${N}分钟?)(?:到|就)?${N}(?:点钟?|时)(?!半)`, 'y');
const BESIDE_HOUR = new RegExp(`(?<![\\d十])${N}点(?:(差)|过)(?:(一刻)|${N}分)`, 'y');
const RANGE_START = new RegExp(`(?<![\\d十./:-])${N} ?(?:到|至|-|~|—|–)(?= ?${SMALL_NUMBER} ?(?:点|时(?![间候段])))`, 'y');
/** 一点 after these is "a little". */
const A_LITTLE_BEFORE = /[前后早快晚慢好大小多少贵有差高低远近便宜轻简单仔细稍微]$/;
/** What may follow 一点 when it is the hour. */
const HOUR_AFTER =
  /^(?:一|1)点(?=$|[\s\d,,.。;;:!!?~、)）\-–—]|半|整|钟|到|至|之|以|左|前|后|来|吧$|吧[,,。!]|能|可|行|上门|在|过(?!分)|多(?!久|少|大)|或|和|就|那|的话|的时候|我|他|师傅|有空|有人|都(?:行|可以|在|有空|方便)|也(?:行|可以)|[刻十二三四五零]|会|要|见|开始|吗|行不|呢)/;
const HOUR_MAX = 24;

/** The clock word that starts at `at`, where it ends, and whether it opens a range (3 of 3到5点). */
export function readClock(text: string, at: number): { readonly clock: Clock; readonly end: number; readonly opensRange: boolean } | null {
  const opening = exec(RANGE_START, text, at);
  if (opening) return result(opening[1], 0, null, opening[0], at, true);
  const colon = exec(COLON, text, at);
  if (colon) return result(colon[1], Number(colon[2]), null, colon[0], at, false);
  const short = exec(SHORT_OF, text, at);
  if (short) return shortOf(short[3], short[1] ? 15 : (parseChineseNumber(short[2] ?? '') ?? 0), short[0], at);
  const past = exec(BESIDE_HOUR, text, at);
  if (past) {
    const minutes = past[3] ? 15 : (parseChineseNumber(past[4] ?? '') ?? 0);
    return past[2] ? shortOf(past[1], minutes, past[0], at) : result(past[1], minutes, null, past[0], at, false);
  }
  const pair = exec(PAIR, text, at);
  if (pair) {
    const [first, second] = [parseChineseNumber(pair[2] ?? pair[4] ?? ''), parseChineseNumber(pair[3] ?? pair[5] ?? '')];
    if (first !== null && second === first + 1) {
      const ten = pair[1] ? 10 : 0;
      return { clock: { hour: ten + first, minute: 0, untilHour: ten + second }, end: at + pair[0].length, opensRange: false };
    }
  }
  const hours = exec(HOURS, text, at);
  if (!hours || isALittle(text, at)) return null;
  const minute = hours[2]
    ? 30
    : hours[3]
      ? hours[3] === '一刻'
        ? 15
        : 45
      : (parseChineseNumber((hours[4] ?? hours[5] ?? '0').replace(/^零(?=.)/, '')) ?? 0);
  return result(hours[1], minute, null, hours[0], at, false);
}

/** 24-hour hour of a clock word. Bare 1–7 is afternoon; noon reads 11–12 as they are and 1–2 as 13–14. */
export function hourOnClock(hour: number, part: Part | null): number {
  if (hour > 12) return hour;
  switch (part) {
    case 'morning':
      return hour;
    case 'noon':
      return hour <= 3 ? hour + 12 : hour;
    case 'afternoon':
      return hour === 12 ? 12 : hour + 12;
    case 'evening':
      return hour === 12 ? 23 : hour + 12;
    case null:
      return hour >= 1 && hour <= 7 ? hour + 12 : hour;
  }
}

function isALittle(text: string, at: number): boolean {
  if (!/^(?:一|1)点/.test(text.slice(at, at + 2))) return /有$/.test(text.slice(0, at)) && /^[两三]点(?!钟|半|到)/.test(text.slice(at));
  return A_LITTLE_BEFORE.test(text.slice(0, at)) || !HOUR_AFTER.test(text.slice(at));
}

/** Some minutes before the hour. */
function shortOf(hourText: string | undefined, minutes: number, word: string, at: number): ReturnType<typeof readClock> {
  const hour = parseChineseNumber(hourText ?? '');
  return hour === null || minutes < 1 || minutes > 59
    ? null
    : result(String(hour === 1 ? 12 : hour - 1), 60 - minutes, null, word, at, false);
}

function result(
  hourText: string | undefined,
  minute: number,
  untilHour: number | null,
  word: string,
  at: number,
  opensRange: boolean,
): ReturnType<typeof readClock> {
  const hour = parseChineseNumber(hourText ?? '');
  return hour === null || hour > HOUR_MAX || minute > 59
    ? null
    : { clock: { hour: hour % HOUR_MAX, minute, untilHour }, end: at + word.length, opensRange };
}

function exec(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}
