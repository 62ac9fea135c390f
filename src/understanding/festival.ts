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
  植树节: [3, 12],
  '520': [5, 20],
  教师节: [9, 10],
  跨年: [12, 31],
};
/** `MM-DD` by year: the moon calendar's, and those of the sun that move by a day. */
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
  七夕: {
    2020: '08-25',
    2021: '08-14',
    2022: '08-04',
    2023: '08-22',
    2024: '08-10',
    2025: '08-29',
    2026: '08-19',
    2027: '08-08',
    2028: '08-26',
    2029: '08-16',
    2030: '08-05',
    2031: '08-24',
    2032: '08-12',
  },
  重阳: {
    2020: '10-25',
    2021: '10-14',
    2022: '10-04',
    2023: '10-23',
    2024: '10-11',
    2025: '10-29',
    2026: '10-18',
    2027: '10-08',
    2028: '10-26',
    2029: '10-16',
    2030: '10-05',
    2031: '10-24',
    2032: '10-12',
  },
  清明: {
    2020: '04-04',
    2021: '04-04',
    2022: '04-05',
    2023: '04-05',
    2024: '04-04',
    2025: '04-04',
    2026: '04-05',
    2027: '04-05',
    2028: '04-04',
    2029: '04-04',
    2030: '04-05',
    2031: '04-05',
    2032: '04-04',
  },
  冬至: {
    2020: '12-21',
    2021: '12-21',
    2022: '12-22',
    2023: '12-22',
    2024: '12-21',
    2025: '12-21',
    2026: '12-22',
    2027: '12-22',
    2028: '12-21',
    2029: '12-21',
    2030: '12-22',
    2031: '12-22',
    2032: '12-21',
  },
};
const SAME: Readonly<Record<string, string>> = {
  过年: '春节',
  端午节: '端午',
  中秋节: '中秋',
  清明节: '清明',
  重阳节: '重阳',
  七夕节: '七夕',
};

/** Days counted from the first of the moon year: its eve, the Lantern Festival. */
const FROM_NEW_YEAR: Readonly<Record<string, number>> = { 年三十: -1, 大年三十: -1, 除夕: -1, 除夕夜: -1, 元宵节: 14, 元宵: 14 };

/** Names that are also numbers or words: what must stand around them. */
const GUARDED: Readonly<Record<string, string>> = {
  十一: '十一(?=节|假|长假|期间|黄金周|买)',
  六一: '六一(?=节|假|长假|期间|黄金周|买)',
  '618': '(?<!\\d)618(?!\\d)',
  '520': '(?<!\\d)520(?=那天|当天|买|下单|抢|活动|入手)',
  国庆: '(?<![叫姓][\\u4e00-\\u9fa5])国庆',
  清明: '清明(?!上河)',
  跨年: '跨年(?!龄)',
};

/** Source of a pattern for every name known here, longest first. */
export const FESTIVAL = [...Object.keys(FIXED), ...Object.keys(MOON), ...Object.keys(SAME), ...Object.keys(FROM_NEW_YEAR)]
  .sort((a, b) => b.length - a.length)
  .map((name) => GUARDED[name] ?? name)
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
