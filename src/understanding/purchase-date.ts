/**
 * When an appliance was bought, as a local day or month: purchases look back, so 双十一 is the last one. Read only beside
 * a word of buying, or when the date was asked for.
 */
import type { LocalDay } from '../domain/instant.ts';
import { addDays, addMonths, makeDay, mondayOf, monthOf, pad, weekdayOf, yearOf } from './calendar-day.ts';
import { parseChineseNumber, parseYear, SMALL_NUMBER } from './chinese-number.ts';
import { FESTIVAL, festivalDay } from './festival.ts';
import { MASKS, mask, type Taken } from './mask.ts';
import type { Expected } from './understood.ts';

const N = `(${SMALL_NUMBER})`;
const YEAR =
  '(?:(20\\d\\d|[二两][零〇][一二三四五六七八九零〇]{2}|(?<!\\d)\\d\\d|[一二][一二三四五六七八九零〇])年|(今年|去年|前年|大前年|当年))';
const BUYING =
  /陪送|陪嫁|送的|质保|买|购|入手|囤|淘来?的|淘了|败的|剁手|团的|拍的|拍下|提的货?|搬回|请回|拿的货|下单|发票日期|发票上|提货|到货|装的机|安装的|装的(?!是)|换新|(?<![进加收出介])入的|双十一抢|抢的|保修期|过保|还保/;
const YEARS_BACK: Readonly<Record<string, number>> = { 今年: 0, 当年: 0, 去年: 1, 前年: 2, 大前年: 3 };

type Rule = { readonly pattern: RegExp; readonly read: (match: RegExpExecArray, today: LocalDay) => string | null };

const RULES: readonly Rule[] = [
  { pattern: /(?<!\d)(20\d\d)(\d\d)(\d\d)(?!\d)/, read: (match) => makeDay(Number(match[1]), Number(match[2]), Number(match[3])) },
  {
    pattern: /(?<!\d)(\d\d)\.(\d{1,2})\.(\d{1,2})(?!\d)/,
    read: (match) => makeDay(2000 + Number(match[1]), Number(match[2]), Number(match[3])),
  },
  { pattern: /(20\d\d)[-/.](\d{1,2})[-/.](\d{1,2})/, read: (match) => makeDay(Number(match[1]), Number(match[2]), Number(match[3])) },
  {
    pattern: new RegExp(`${YEAR}的?${N}月(?:份?的?)?${N}[号日]?`),
    read: (match, today) => makeDay(year(match, today), small(match[3]), small(match[4])),
  },
  { pattern: new RegExp(`${YEAR}的?${N}月`), read: (match, today) => month(year(match, today), small(match[3])) },
  { pattern: /(20\d\d)[-/.](\d{1,2})(?!\d)/, read: (match) => month(Number(match[1]), Number(match[2])) },
  { pattern: new RegExp(`${YEAR}的?(${FESTIVAL})`), read: (match, today) => festivalDay(match[3] ?? '', year(match, today)) },
  {
    pattern: new RegExp(`${YEAR}的?(年底|年末|底|年初|初)`),
    read: (match, today) => month(year(match, today), /底|末/.test(match[3] ?? '') ? 12 : 1),
  },
  { pattern: new RegExp(`${N}月份?的?${N}[号日]`), read: (match, today) => lastDate(small(match[1]), small(match[2]), today) },
  { pattern: new RegExp(`(上个?月|这个?月|本月)${N}[号日]?`), read: (match, today) => dayInMonth(match[1] ?? '', small(match[2]), today) },
  { pattern: new RegExp(`${N}月份?`), read: (match, today) => lastMonth(small(match[1]), today) },
  { pattern: /(上上|上)个?月/, read: (match, today) => monthsBack(match[1] === '上上' ? 2 : 1, today) },
  { pattern: /这个?月|本月/, read: (_, today) => monthsBack(0, today) },
  { pattern: /(大前|前|昨|今)天/, read: (match, today) => addDays(today, -({ 大前: 3, 前: 2, 昨: 1, 今: 0 }[match[1] ?? ''] ?? 0)) },
  { pattern: /上个?(?:周|星期)([一二三四五六日天])/, read: (match, today) => addDays(mondayOf(today), weekdayIndex(match[1] ?? '') - 7) },
  { pattern: /(?:这个?|本)?(?:周|星期)([一二三四五六日天])/, read: (match, today) => lastWeekday(weekdayIndex(match[1] ?? ''), today) },
  { pattern: new RegExp(`(?:^|[^\\d十])${N}天(?:之前|以前|前)`), read: (match, today) => addDays(today, -small(match[1])) },
  { pattern: new RegExp(`${N}个?(?:周|星期)(?:之前|以前|前)`), read: (match, today) => addDays(today, -7 * small(match[1])) },
  { pattern: /半年(?:多)?(?:之前|以前|前|了)?|买了半年/, read: (_, today) => monthsBack(6, today) },
  { pattern: new RegExp(`${N}年半(?:之前|以前|前|了)?`), read: (match, today) => monthsBack(12 * small(match[1]) + 6, today) },
  { pattern: new RegExp(`${N}个月(?:之前|以前|前|了)`), read: (match, today) => monthsBack(small(match[1]), today) },
  { pattern: new RegExp(`(?:^|[^\\d零〇一二])${N}年(?:之前|以前|前|了)`), read: (match, today) => monthsBack(12 * small(match[1]), today) },
  { pattern: new RegExp(`(?:买|购)了?(?:快|有|差不多|大概|刚)?${N}年`), read: (match, today) => monthsBack(12 * small(match[1]), today) },
  { pattern: new RegExp(`(${FESTIVAL})`), read: (match, today) => lastFestival(match[1] ?? '', today) },
];

/** A year by its number, or one that is yet to come. */
const NAMED_YEAR = /(20\d\d|明|后)年/;

/** 18号, where the month is known already. */
const BARE_DAY: Rule = {
  pattern: new RegExp(`^(?:大概|应该|好像|就)?是?${N}[号日]?(?:吧|左右|买的|的)*[。.!]?$`),
  read: (match, today) => lastSuchDay(small(match[1]), today),
};

/** `YYYY-MM-DD` or `YYYY-MM`, or null when no date of purchase is stated. */
export function readPurchaseDate(text: string, today: LocalDay, expects: Expected | null): Taken<string | null> {
  // Who is asked for a serial may tell the day instead.
  const asked = expects === 'purchasedOn' || expects === 'serial' || (expects === 'next' && /20\d\d|去年|前年|今年/.test(text));
  if (expects === 'window' || (!asked && !BUYING.test(text))) return { value: null, rest: text };
  // 2027年3月买的: a slip, and none of its parts is the day.
  const named = NAMED_YEAR.exec(text)?.[1];
  if (named !== undefined && (named === '明' || named === '后' || Number(named) > yearOf(today))) return { value: null, rest: text };
  for (const rule of expects === 'purchasedOn' ? [...RULES, BARE_DAY] : RULES) {
    const match = rule.pattern.exec(text);
    const date = match && (asked || isBought(text, match)) ? rule.read(match, today) : null;
    if (match && date && date.slice(0, 7) <= today.slice(0, 7))
      return { value: date, rest: mask(text, match.index, match.index + match[0].length, 'purchase') };
  }
  return { value: null, rest: text };
}

const FULL_DATE = /^20\d\d年\d{1,2}月\d{1,2}/;
const LASTS = /年$|(?:年|个月)半?了$/;
const OF_A_YEAR = /20\d\d|\d\d年|[去前]年/;
const DAY_OF_BUYING = /(?:购买|购机|买|发票)的?(?:时间|日期|日子)/;
/** 2024年3月的净水器,过保了没 */
const OF_AN_APPLIANCE = /^的[^,,。]{0,8}[机器箱调视灶柜锅炉煲扇]/;

/** The buying stands in the same clause: 去年买的,明天下午来. */
function isBought(text: string, match: RegExpExecArray): boolean {
  const end = match.index + match[0].length;
  const after = /^\s?[^,,。;!?\s]*/.exec(text.slice(end))?.[0] ?? '';
  const before = /[^,,。;!?]*$/.exec(text.slice(0, match.index))?.[0] ?? '';
  // 买了六年 tells how old it is, not when.
  if (LASTS.test(match[0])) return false;
  if (OF_A_YEAR.test(match[0]) && (DAY_OF_BUYING.test(text) || (OF_AN_APPLIANCE.test(after) && /保/.test(text)))) return true;
  // 购买日期不对,应该是2024年1月15日: what it puts right was masked.
  if (before.endsWith(MASKS.blank) && FULL_DATE.test(match[0])) return true;
  return BUYING.test(after.slice(0, 12)) || BUYING.test(before.slice(-12) + match[0]);
}

function year(match: RegExpExecArray, today: LocalDay): number {
  if (match[2]) return yearOf(today) - (YEARS_BACK[match[2]] ?? 0);
  return parseYear((match[1] ?? '').replace('两', '二')) ?? 0;
}

function month(inYear: number, number: number): string | null {
  return number >= 1 && number <= 12 && inYear > 0 ? `${inYear}-${pad(number)}` : null;
}

function lastDate(inMonth: number, day: number, today: LocalDay): string | null {
  const here = makeDay(yearOf(today), inMonth, day);
  return here && here <= today ? here : makeDay(yearOf(today) - 1, inMonth, day);
}

/** The latest such day of a month; a month has 31 days at least every other time. */
function lastSuchDay(day: number, today: LocalDay): string | null {
  for (const back of [0, 1, 2]) {
    const of = addMonths(today, -back);
    const date = makeDay(of.year, of.month, day);
    if (date !== null && date <= today) return date;
  }
  return null;
}

function lastMonth(number: number, today: LocalDay): string | null {
  return month(number <= monthOf(today) ? yearOf(today) : yearOf(today) - 1, number);
}

function monthsBack(months: number, today: LocalDay): string | null {
  const of = addMonths(today, -months);
  return month(of.year, of.month);
}

function dayInMonth(prefix: string, day: number, today: LocalDay): string | null {
  const of = addMonths(today, prefix.startsWith('上') ? -1 : 0);
  return makeDay(of.year, of.month, day);
}

function lastFestival(name: string, today: LocalDay): string | null {
  const here = festivalDay(name, yearOf(today));
  return here && here <= today ? here : festivalDay(name, yearOf(today) - 1);
}

function lastWeekday(index: number, today: LocalDay): string {
  const back = (weekdayOf(today) - index - 1 + 7) % 7;
  return addDays(today, -(back === 0 ? 7 : back));
}

/** 0 = Monday. */
function weekdayIndex(name: string): number {
  return '一二三四五六日'.indexOf(name === '天' ? '日' : name);
}

function small(text: string | undefined): number {
  return text ? (parseChineseNumber(text) ?? 0) : 0;
}
