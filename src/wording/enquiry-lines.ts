/** Facts of everyday answers as they read in a sentence: what a fee comes to, when people answer, how long cover runs. */
import dayjs from 'dayjs';
import utc from 'dayjs/plugin/utc.js';
import type { Appliance } from '../domain/appliance.ts';
import type { LocalDay } from '../domain/instant.ts';
import { monthsText } from './layers.ts';
import { APPLIANCE_NAMES } from './names.ts';

dayjs.extend(utc);

/** Weekdays 1 (Monday) to 7 with the same hours. */
export type OpenOn = { readonly days: readonly number[]; readonly blocks: readonly { readonly from: string; readonly to: string }[] };
/** Both ends included. */
export type DaysOff = { readonly from: LocalDay; readonly to: LocalDay };
export type CoverOf = { readonly months: number; readonly appliances: readonly Appliance[] };

const WEEKDAYS = {
  zh: ['一', '二', '三', '四', '五', '六', '日'],
  en: ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'],
};
const MINUTES_AN_HOUR = 60;

/** 收30元, 不收费; it stands where a verb does. */
export function feeText({ fromYuan, toYuan }: { readonly fromYuan: number; readonly toYuan: number }, zh: boolean): string {
  if (toYuan === 0) return zh ? '不收费' : 'costs nothing';
  if (fromYuan === toYuan) return zh ? `收${toYuan}元` : `costs ${toYuan} yuan`;
  return zh ? `收${fromYuan}到${toYuan}元` : `costs ${fromYuan} to ${toYuan} yuan`;
}

/** 每天08:30–12:00、13:00–21:00; days that are closed are not named. */
export function openingText(openings: readonly OpenOn[], zh: boolean): string {
  const texts = openings.map(({ days, blocks }) => {
    const clocks = blocks.map((it) => `${it.from}–${it.to}`).join(zh ? '、' : ' and ');
    return zh ? `${daysText(days, true)}${clocks}` : `${daysText(days, false)} ${clocks}`;
  });
  if (texts.length === 0) return zh ? '近期不' : 'on no day soon';
  return texts.join(zh ? '，' : ', ');
}

/** 周一到周五; single days are named one by one. */
function daysText(days: readonly number[], zh: boolean): string {
  const [first, last] = [days[0] ?? 1, days.at(-1) ?? 1];
  if (days.length === WEEKDAYS.en.length) return zh ? '每天' : 'every day';
  const name = (day: number) => (zh ? `周${WEEKDAYS.zh[day - 1]}` : (WEEKDAYS.en[day - 1] ?? ''));
  const inARow = days.length > 2 && last - first === days.length - 1;
  if (inARow) return zh ? `${name(first)}到${name(last)}` : `${name(first)} to ${name(last)}`;
  return days.map(name).join(zh ? '、' : ' and ');
}

/** 10月1日–10月7日休息; where there is none, up to which day that holds, since nobody knows of a holiday a year ahead. */
export function daysOffText({ spans, until }: { readonly spans: readonly DaysOff[]; readonly until: LocalDay }, zh: boolean): string {
  const day = (it: LocalDay) => dayjs.utc(it).format(zh ? 'M月D日' : 'D MMMM');
  if (spans.length === 0)
    return zh
      ? `到${dayjs.utc(until).format('YYYY年M月D日')}为止没有安排休息日`
      : `no days off are planned until ${dayjs.utc(until).format('D MMMM YYYY')}`;
  const days = spans.map(({ from, to }) => (from === to ? day(from) : `${day(from)}–${day(to)}`));
  return zh ? `${days.join('、')}休息` : `closed ${days.join(', ')}`;
}

/** 2小时, 90分钟. */
export function durationText(minutes: number, zh: boolean): string {
  const hours = minutes / MINUTES_AN_HOUR;
  if (!Number.isInteger(hours) || hours === 0) return zh ? `${minutes}分钟` : `${minutes} minutes`;
  return zh ? `${hours}小时` : hours === 1 ? '1 hour' : `${hours} hours`;
}

/** 空调和热水器3年，其他家电1年: the last of several is what most have. */
export function coverMonthsText(covers: readonly CoverOf[], zh: boolean): string {
  const names = (appliances: readonly Appliance[]) =>
    appliances.map((it) => APPLIANCE_NAMES[zh ? 'zh-CN' : 'en'][it]).join(zh ? '、' : ', ');
  const texts = covers.map(({ months, appliances }, at) => {
    const rest = at === covers.length - 1;
    const whose = !rest ? names(appliances) : covers.length === 1 ? (zh ? '家电' : 'appliances') : zh ? '其他家电' : 'other appliances';
    return zh ? `${whose}${monthsText(months, true)}` : `${monthsText(months, false)} for ${whose}`;
  });
  return texts.join(zh ? '，' : ', ');
}
