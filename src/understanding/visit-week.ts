/**
 * Days of a visit told by their week: 周三, 下周二, 下周的周四, 周末, 下周初. A bare weekday is the next one to come, today included.
 * Weeks start on Monday.
 */
import type { LocalDay } from '../domain/instant.ts';
import { addDays, mondayOf, weekdayOf } from './calendar-day.ts';
import type { DayRule } from './day-rule.ts';
import { type DaySpan, one, range } from './day-span.ts';

/** 拜六 is 星期六 in the south. */
const WEEK = '(?:周|星期|(?<![拜礼请回])拜(?=[一二三四五六日](?![拜访天])))';
const PREFIX = '再下个?|下下个?|下个?|[这呢今]个|这|本';
const WEEKDAY: Readonly<Record<string, number>> = {
  一: 1,
  二: 2,
  三: 3,
  四: 4,
  五: 5,
  六: 6,
  日: 7,
  天: 7,
  '1': 1,
  '2': 2,
  '3': 3,
  '4': 4,
  '5': 5,
  '6': 6,
  '7': 7,
};
const DAYS_PER_WEEK = 7;
/** The days of a part of a week, counted from its Monday. */
const WEEK_PARTS: Readonly<Record<string, readonly [number, number]>> = { 初: [0, 1], 头: [0, 1], 中: [1, 3], 尾: [4, 6] };

export const WEEK_RULES: readonly DayRule[] = [
  { pattern: new RegExp(`(${PREFIX})?${WEEK}末`, 'y'), read: (match, today) => weekend(match[1], today) },
  {
    pattern: new RegExp(`(${PREFIX})?${WEEK}([初头中尾])(?![午间年])`, 'y'),
    read: (match, today) => weekPart(match[1], match[2] ?? '', today),
  },
  {
    pattern: new RegExp(`(${PREFIX})?${WEEK}(一(?=二)|二(?=三)|三(?=四)|四(?=五)|五(?=六))([二三四五六])(?![点:\\d])`, 'y'),
    read: (match, today) => twoWeekdays(match[1], match[2] ?? '', today),
  },
  {
    pattern: new RegExp(`(${PREFIX})${WEEK}(?:里面?|之?内)?[的,, ]{0,2}(?:周|星期)([一二三四五六日天])(?![一二三四五六日天])`, 'y'),
    read: (match, today) => weekday(match[1], match[2] ?? '', today, false),
  },
  {
    pattern: new RegExp(`(${PREFIX})?${WEEK}([一二三四五六日天1-7])(?:([日天])(?![^到至]?[\\d一二三四五六七八九十]+[点:]))?(?!年)`, 'y'),
    read: (match, today) => weekday(match[1], match[2] ?? '', today, match[3] !== undefined),
  },
  {
    pattern: new RegExp(`(${PREFIX})${WEEK}的?今[天日]`, 'y'),
    read: (match, today) => ({ ...one(addDays(today, DAYS_PER_WEEK * weeksAhead(match[1]))), said: 'weekday-of-week' }),
  },
  { pattern: new RegExp(`(${PREFIX})${WEEK}(?:之?内|里)?`, 'y'), read: (match, today) => week(match[1] ?? '', today) },
];

/** 五 of 周一到五 or of 周一三五: a weekday without 周, after one that has it. */
export function readShortWeekday(text: string, at: number, after: LocalDay): { readonly span: DaySpan; readonly end: number } | null {
  const target =
    /[一二三四五六日天]/.test(text[at] ?? '') && !/[\d七八九十点号月:个台次楼分]/.test(text[at + 1] ?? '')
      ? WEEKDAY[text[at] ?? '']
      : undefined;
  const day = target ? addDays(after, (target - weekdayOf(after) + DAYS_PER_WEEK) % DAYS_PER_WEEK) : null;
  return day ? { span: { ...one(day), said: 'weekday-of-week' }, end: at + 1 } : null;
}

/** Whether 三 at `at` goes on a list of weekdays: 周一三五. */
export function goesOnWeekdays(text: string, at: number): boolean {
  return (
    /(?:周|星期|拜)[一二三四五六](?:、?[一二三四五六]){0,4}、?$/.test(text.slice(Math.max(0, at - 11), at)) &&
    /^[一二三四五六日](?:$|[二三四五六日都也皆均行晚早或和、,。!吧]|可以|[上下中]午|有空|在家)/.test(text.slice(at, at + 3))
  );
}

function weeksAhead(prefix: string | undefined): number {
  return /^(?:下下|再下)/.test(prefix ?? '') ? 2 : prefix?.startsWith('下') ? 1 : 0;
}

function weekday(prefix: string | undefined, name: string, today: LocalDay, withSunday: boolean): DaySpan | null {
  const target = WEEKDAY[name];
  if (!target) return null;
  const inWeek = addDays(mondayOf(today), target - 1 + DAYS_PER_WEEK * weeksAhead(prefix));
  const day = inWeek < today ? addDays(inWeek, DAYS_PER_WEEK) : inWeek;
  if (withSunday && target < DAYS_PER_WEEK) return range(day, addDays(day, DAYS_PER_WEEK - target));
  return prefix ? { ...one(day), said: 'weekday-of-week' } : { ...one(day), nextDays: DAYS_PER_WEEK, said: 'weekday' };
}

/** 周三四 */
function twoWeekdays(prefix: string | undefined, name: string, today: LocalDay): DaySpan | null {
  const first = weekday(prefix, name, today, false)?.from;
  return first ? range(first, addDays(first, 1)) : null;
}

function weekend(prefix: string | undefined, today: LocalDay): DaySpan {
  const saturday = addDays(mondayOf(today), 5 + DAYS_PER_WEEK * weeksAhead(prefix));
  return range(saturday < today ? today : saturday, addDays(saturday, 1));
}

/** 下周初: nobody knows to a day. One that is over is next week's. */
function weekPart(prefix: string | undefined, part: string, today: LocalDay): DaySpan | null {
  const [first, last] = WEEK_PARTS[part] ?? [];
  if (first === undefined || last === undefined) return null;
  const monday = addDays(mondayOf(today), DAYS_PER_WEEK * weeksAhead(prefix));
  const from = addDays(monday, last) < today ? addDays(monday, DAYS_PER_WEEK) : monday;
  return { ...range(addDays(from, first), addDays(from, last)), fuzzy: true };
}

function week(prefix: string, today: LocalDay): DaySpan {
  const monday = addDays(mondayOf(today), DAYS_PER_WEEK * weeksAhead(prefix));
  return range(monday < today ? today : monday, addDays(monday, 6));
}
