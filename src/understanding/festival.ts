/** Days people name instead of dates: 双十二, 国庆, 中秋. Those of the moon calendar are listed to 2032. */
import type { LocalDay } from '../domain/instant.ts';
import { addDays, makeDay } from './calendar-day.ts';

/** Month and day of a festival that is the same every year. */
const FIXED: Readonly<Record<string, readonly [number, number]>> = {
  元旦: [1, 1],
  情人节: [2, 14],
  三八节: [3, 8],
  妇女节: [3, 8],
  五一: [5, 1],
  劳动节: [5, 1],
  儿童节: [6, 1],
  六一: [6, 1],
  '618': [6, 18],
  六一八: [6, 18],
  国庆节: [10, 1],
  国庆: [10, 1],
  十一: [10, 1],
  双十一: [11, 11],
  双11: [11, 11],
  双十二: [12, 12],
  双12: [12, 12],
  平安夜: [12, 24],
  圣诞节: [12, 25],
  圣诞: [12, 25],
};
/** `MM-DD` by year. */
const MOON: Readonly<Record<string, Readonly<Record<number, string>>>> = {
  春节: {
    2020: '01-25',
    2021: '02-12',
    2022: '02-01',
    2023: '01-22',
    2024: '02-10',
    2025: '01-29',
    2026: '02-17',
    2027: '02-06',
    2028: '01-26',
    2029: '02-13',
    2030: '02-03',
    2031: '01-23',
    2032: '02-11',
  },
  端午: {
    2020: '06-25',
    2021: '06-14',
    2022: '06-03',
    2023: '06-22',
    2024: '06-10',
    2025: '05-31',
    2026: '06-19',
    2027: '06-09',
    2028: '05-28',
    2029: '06-16',
    2030: '06-05',
    2031: '06-24',
    2032: '06-12',
  },
  中秋: {
    2020: '10-01',
    2021: '09-21',
    2022: '09-10',
    2023: '09-29',
    2024: '09-17',
    2025: '10-06',
    2026: '09-25',
    2027: '09-15',
    2028: '10-03',
    2029: '09-22',
    2030: '09-12',
    2031: '10-01',
    2032: '09-19',
  },
};
const SAME: Readonly<Record<string, string>> = { 过年: '春节', 端午节: '端午', 中秋节: '中秋' };

/** Days counted from the first of the moon year: its eve, the Lantern Festival. */
const FROM_NEW_YEAR: Readonly<Record<string, number>> = { 年三十: -1, 大年三十: -1, 除夕: -1, 除夕夜: -1, 元宵节: 14, 元宵: 14 };

/** Source of a pattern for every name known here, longest first. 十一 alone is a number and 六一 half a phone: they need 节 or 假期. */
export const FESTIVAL = [...Object.keys(FIXED), ...Object.keys(MOON), ...Object.keys(SAME), ...Object.keys(FROM_NEW_YEAR)]
  .sort((a, b) => b.length - a.length)
  .map((name) =>
    name === '十一' || name === '六一'
      ? `${name}(?=节|假|长假|期间|黄金周|买)`
      : name === '618'
        ? '(?<!\\d)618(?!\\d)'
        : name === '国庆'
          ? '(?<![叫姓][\\u4e00-\\u9fa5])国庆'
          : name,
  )
  .join('|');

/** The day of a festival in a year, or null when the year is not listed. */
export function festivalDay(name: string, year: number): LocalDay | null {
  const fixed = FIXED[name];
  const offset = FROM_NEW_YEAR[name];
  if (offset !== undefined) return newYearDay(year, offset);
  if (fixed) return makeDay(year, fixed[0], fixed[1]);
  const day = MOON[SAME[name] ?? name]?.[year];
  return day ? makeDay(year, Number(day.slice(0, 2)), Number(day.slice(3))) : null;
}

/** The day `offset` days from the first of the moon year (0 = 正月初一), or null when the year is not listed. */
export function newYearDay(year: number, offset: number): LocalDay | null {
  const first = MOON['春节']?.[year];
  const day = first ? makeDay(year, Number(first.slice(0, 2)), Number(first.slice(3))) : null;
  return day ? addDays(day, offset) : null;
}
