/** How cover reads in a sentence: from which day or month, for how long, until when, whose promise; and what takes a fault out of it. */
import dayjs from 'dayjs';
import utc from 'dayjs/plugin/utc.js';
import type { Exclusion } from '../domain/exclusion.ts';
import type { Language } from '../domain/ticket.ts';
import type { ProductLayer } from '../domain/warranty.ts';

dayjs.extend(utc);

export const EXCLUSION_NAMES: Readonly<Record<Language, Readonly<Record<Exclusion, string>>>> = {
  'zh-CN': { misuse: '摔过或进水', 'self-dismantled': '自己拆过', 'third-party-repair': '别处修过' },
  en: { misuse: 'dropped or wet', 'self-dismantled': 'opened at home', 'third-party-repair': 'repaired elsewhere' },
};

const MONTHS_A_YEAR = 12;

/** A day, or a month alone. */
export function purchaseText(purchase: string, zh: boolean): string {
  const whole = purchase.length > 'YYYY-MM'.length;
  const date = dayjs.utc(whole ? purchase : `${purchase}-01`);
  if (zh) return date.format(whole ? 'YYYY年M月D日' : 'YYYY年M月');
  return date.format(whole ? 'D MMMM YYYY' : 'MMMM YYYY');
}

export function monthsText(months: number, zh: boolean): string {
  const years = months / MONTHS_A_YEAR;
  if (Number.isInteger(years)) return zh ? `${years}年` : years === 1 ? '1 year' : `${years} years`;
  return zh ? `${months}个月` : `${months} months`;
}

/** 整机保1年，到2027年3月17日（含当天）; where two run both are named, and that the better one counts (S4-050). */
export function layersText(layers: readonly ProductLayer[], exact: boolean, zh: boolean): string {
  const several = layers.length > 1;
  const texts = layers.map((it) => (zh ? inChinese(it, several, exact) : inEnglish(it, several, exact)));
  if (!several) return texts[0] ?? '';
  return zh ? `${texts.join('；')}；按对您更有利的算` : `${texts.join('; ')}; the better one counts`;
}

function inChinese({ kind, months, lastDay, holds }: ProductLayer, several: boolean, exact: boolean): string {
  const who = several || kind === 'maker' ? (kind === 'maker' ? '厂家' : '我们') : '';
  const last = purchaseText(lastDay, true);
  const until = holds ? `${exact ? '到' : '至少到'}${last}（含当天）` : `${exact ? '' : '最晚'}${last}已到期`;
  return `${who}整机保${monthsText(months, true)}，${until}`;
}

function inEnglish({ kind, months, lastDay, holds }: ProductLayer, several: boolean, exact: boolean): string {
  const whose = several || kind === 'maker' ? (kind === 'maker' ? 'the maker covers it for' : 'we cover it for') : 'covered for';
  const last = purchaseText(lastDay, false);
  const until = holds ? `${exact ? 'through' : 'at least through'} ${last} included` : `ended ${exact ? 'on' : 'by'} ${last}`;
  return `${whose} ${monthsText(months, false)}, ${until}`;
}
