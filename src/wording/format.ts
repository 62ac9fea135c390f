/** How values read in a sentence: windows with date and weekday, phones masked, amounts in yuan, lists the way people say them. */
import dayjs from 'dayjs';
import utc from 'dayjs/plugin/utc.js';
import type { Appliance } from '../domain/appliance.ts';
import { maskPhone } from '../domain/privacy-mask.ts';
import type { Cover } from '../domain/terms.ts';
import type { Language } from '../domain/ticket.ts';
import { unreachable } from '../domain/unreachable.ts';
import type { VisitWindow } from '../domain/visit-window.ts';
import { zoneOffset } from '../domain/zone-offset.ts';
import { complaintLines } from './complaint-lines.ts';
import { coverMonthsText, daysOffText, durationText, feeText as feeInSentence, openingText } from './enquiry-lines.ts';
import { EXCLUSION_NAMES, layersText, monthsText, purchaseText } from './layers.ts';
import { APPLIANCE_NAMES, CHANNEL_NAMES, COMPLAINT_CATEGORY_NAMES, COMPLAINT_WISH_NAMES, FAULT_NAMES, faultName } from './names.ts';
import type { Datum, ReplyData } from './reply.ts';

dayjs.extend(utc);

export type Reading = { readonly language: Language; readonly timeZone: string };

const WEEKDAYS = ['周日', '周一', '周二', '周三', '周四', '周五', '周六'];
const FAULT_WORDS_MAX = 40;

/** The words of one value. */
export function formatDatum(datum: Datum, reading: Reading): string {
  const zh = reading.language === 'zh-CN';
  switch (datum.as) {
    case 'text':
      return datum.value;
    case 'number':
      return String(datum.value);
    case 'window':
      return windowText(datum.value, reading);
    case 'windows':
      return windowsText(datum.value, reading);
    case 'day':
      return dayText(datum.value, zh);
    case 'moment':
      return momentText(datum.value, datum.now, reading);
    case 'clock':
      return localTime(datum.value, reading.timeZone).format('HH:mm');
    case 'day-of':
      return localTime(datum.value, reading.timeZone).format(zh ? 'M月D日' : 'D MMMM');
    case 'appliances':
      return appliancesText(datum.value, reading.language);
    case 'report':
      return faultText(datum.value, reading.language);
    case 'reports':
      return datum.value.map((it) => reportText(it, reading.language)).join(zh ? '；' : '; ');
    case 'address':
      return `${datum.value.city}${datum.value.district}${datum.value.detail}`;
    case 'person':
      return [nameText(datum.value.name, zh), datum.value.phone === '' ? null : maskPhone(datum.value.phone)]
        .filter((it) => it !== null)
        .join(' ');
    case 'on-site':
      return onSiteText(datum.value, zh);
    case 'phone':
      return datum.value.replace(/^\+86/, '');
    case 'channel':
      return CHANNEL_NAMES[reading.language][datum.value];
    case 'covers':
      return coversText(datum.value, reading);
    case 'shops':
      return datum.value
        .map((it) =>
          zh ? `· ${it.name}，${it.address}，${it.opens}–${it.closes}` : `· ${it.name}, ${it.address}, ${it.opens}–${it.closes}`,
        )
        .join('\n');
    case 'prices':
      return datum.value
        .map((it) => `· ${FAULT_NAMES[reading.language][it.fault]} ${it.fromYuan}–${it.toYuan}${zh ? '元' : ' yuan'}`)
        .join('\n');
    case 'complaint-category':
      return COMPLAINT_CATEGORY_NAMES[reading.language][datum.value];
    case 'complaint-wish':
      return COMPLAINT_WISH_NAMES[reading.language][datum.value];
    case 'complaint':
      return complaintLines(datum.value, reading.language);
    case 'numbers':
      return datum.value.join(zh ? '、' : ', ');
    case 'purchase':
      return purchaseText(datum.value, zh);
    case 'months':
      return monthsText(datum.value, zh);
    case 'layers':
      return layersText(datum.value, datum.exact, zh);
    case 'exclusion':
      return EXCLUSION_NAMES[reading.language][datum.value];
    case 'fee':
      return feeInSentence(datum.value, zh);
    case 'opening':
      return openingText(datum.value, zh);
    case 'days-off':
      return daysOffText(datum.value, zh);
    case 'duration':
      return durationText(datum.value, zh);
    case 'cover-months':
      return coverMonthsText(datum.value, zh);
    case 'worded':
      return fillIn(datum.value[reading.language], datum.facts, reading);
    default:
      return unreachable(datum);
  }
}

/** A value that is not there is a broken promise of ours. */
function fillIn(text: string, data: ReplyData, reading: Reading): string {
  return text.replace(/\{(\w+)\}/g, (_, name: string) => {
    const datum = data[name];
    if (datum === undefined) throw new Error(`invariant: a sentence wants {${name}}`);
    return formatDatum(datum, reading);
  });
}

/** The clock of the zone, to be read off as if it were UTC. */
function localTime(instant: number, timeZone: string): dayjs.Dayjs {
  return dayjs.utc(instant + zoneOffset(instant, timeZone));
}

function windowText({ from, to }: VisitWindow, { language, timeZone }: Reading): string {
  const [start, end] = [localTime(from, timeZone), localTime(to, timeZone)];
  const clock = `${start.format('HH:mm')}–${end.format('HH:mm')}`;
  return language === 'zh-CN' ? `${start.format('M月D日')} ${WEEKDAYS[start.day()]} ${clock}` : `${start.format('dddd D MMMM')}, ${clock}`;
}

/** Windows of one day share its date: 11月22日 周日 14:00–16:00、16:00–18:00. */
function windowsText(windows: readonly VisitWindow[], reading: Reading): string {
  const zh = reading.language === 'zh-CN';
  const days = new Map<string, string[]>();
  for (const window of windows) {
    const text = windowText(window, reading);
    const cut = text.lastIndexOf(' ');
    const [day, clock] = [text.slice(0, cut), text.slice(cut + 1)];
    days.set(day, [...(days.get(day) ?? []), clock]);
  }
  return [...days].map(([day, clocks]) => `${day} ${clocks.join(zh ? '、' : ' or ')}`).join(zh ? '，' : ', ');
}

function dayText(day: string, zh: boolean): string {
  const date = dayjs.utc(day);
  return zh ? date.format('YYYY年M月D日') : date.format('D MMMM YYYY');
}

function momentText(moment: number, now: number, { language, timeZone }: Reading): string {
  const [at, today] = [localTime(moment, timeZone), localTime(now, timeZone)];
  const days = at.startOf('day').diff(today.startOf('day'), 'day');
  const clock = at.format('HH:mm');
  if (language === 'en') return days === 0 ? `${clock} today` : days === 1 ? `${clock} tomorrow` : `${clock} on ${at.format('D MMMM')}`;
  return days === 0 ? `今天${clock}` : days === 1 ? `明天${clock}` : `${at.format('M月D日')}${clock}`;
}

function appliancesText(appliances: readonly Appliance[], language: Language): string {
  const names = appliances.map((it) => APPLIANCE_NAMES[language][it]);
  return names.length < 2
    ? (names[0] ?? '')
    : `${names.slice(0, -1).join(language === 'zh-CN' ? '、' : ', ')}${language === 'zh-CN' ? '和' : ' and '}${names.at(-1)}`;
}

type Report = Extract<Datum, { as: 'report' }>['value'];

/** 空调不制冷; the customer's own words stand after a colon, or alone when they name the appliance. */
function reportText(report: Report, language: Language): string {
  const name = APPLIANCE_NAMES[language][report.appliance];
  const fault = faultText(report, language);
  if (language === 'en') return `${name} ${fault}`;
  if (fault.includes(name)) return fault;
  return report.faults.some((it) => it !== 'other') ? `${name}${fault}` : `${name}：${fault}`;
}

/** Known faults by their names, else the customer's own words. */
function faultText({ appliance, faults, text }: Report, language: Language): string {
  const known = faults.filter((it) => it !== 'other').map((it) => faultName(appliance, it, language));
  if (known.length > 0) return known.join(language === 'zh-CN' ? '、' : ', ');
  const words = text ?? FAULT_NAMES[language].other;
  return words.length > FAULT_WORDS_MAX ? `${words.slice(0, FAULT_WORDS_MAX)}…` : words;
}

/** A bare surname is said as one: 姓王. */
function nameText(name: string | null, zh: boolean): string | null {
  return zh && name !== null && /^\p{Script=Han}$/u.test(name) ? `姓${name}` : name;
}

function onSiteText(contact: { readonly who: string; readonly phone: string | null } | null, zh: boolean): string {
  if (contact === null) return '';
  const phone = contact.phone === null ? '' : ` ${maskPhone(contact.phone)}`;
  return zh ? `（到时在家的是${contact.who}${phone}）` : ` (at home: ${contact.who}${phone})`;
}

/** Each appliance by name, unless one sentence is true of all. */
function coversText(covers: Extract<Datum, { as: 'covers' }>['value'], reading: Reading): string {
  const zh = reading.language === 'zh-CN';
  const texts = covers.map((it) => coverText(it.cover, zh, reading));
  if (new Set(texts).size <= 1) return texts[0] ?? '';
  return covers.map((it, index) => `${APPLIANCE_NAMES[reading.language][it.appliance]}${zh ? '：' : ': '}${texts[index]}`).join('\n');
}

/** What the visit costs and why (S2-011, S2-012, S2-048). */
function coverText(cover: Cover, zh: boolean, { timeZone }: Reading): string {
  switch (cover.kind) {
    case 'repair-warranty': {
      const repaired = localTime(cover.prior.completedAt, timeZone);
      return zh
        ? `这台${repaired.format('M月D日')}修过（单号${cover.prior.ticketNumber}），同一故障保修到${dayText(cover.lastDay, true)}，这次上门和维修都不收费。`
        : `Repaired on ${repaired.format('D MMMM')} (${cover.prior.ticketNumber}); the same fault is covered through ${dayText(cover.lastDay, false)}, so visit and repair are free.`;
    }
    case 'recall':
      return zh
        ? `厂家正在召回这一批（编号${cover.code}），上门和处理都不收费。`
        : `The maker has recalled this batch (${cover.code}); visit and work cost nothing.`;
    case 'product-cover': {
      const since = cover.purchasedOn === null ? null : purchaseText(cover.purchasedOn, zh);
      const atLeast = cover.purchasedOn?.length === 'YYYY-MM'.length;
      const last = dayText(cover.lastDay, zh);
      return zh
        ? `${since === null ? '' : `${since}买的，`}整机${atLeast ? '至少' : ''}保修到${last}（含当天）。正常使用出的故障，上门和维修都不收费，以师傅现场检测为准。`
        : `${since === null ? 'In' : `Bought ${since}, in`} warranty ${atLeast ? 'at least ' : ''}through ${last}. Faults from ordinary use cost nothing, subject to inspection on site.`;
    }
    case 'excluded': {
      const told = EXCLUSION_NAMES[zh ? 'zh-CN' : 'en'][cover.exclusion];
      return zh
        ? `${told}的，不在整机保修里，以师傅现场检测为准。${feeText(cover.visitFeeYuan, true)}`
        : `The warranty leaves out ${told}, subject to inspection on site. ${feeText(cover.visitFeeYuan, false)}`;
    }
    case 'expired':
      return zh
        ? `整机保修${dayText(cover.lastDay, true)}已到期。${feeText(cover.visitFeeYuan, true)}`
        : `The warranty ended on ${dayText(cover.lastDay, false)}. ${feeText(cover.visitFeeYuan, false)}`;
    case 'unknown':
      return zh
        ? `${feeText(cover.visitFeeYuan, true)}在保修期内的，凭购买凭证不收费。`
        : `${feeText(cover.visitFeeYuan, false)} In warranty, with proof of purchase, it costs nothing.`;
    default:
      return unreachable(cover);
  }
}

function feeText(yuan: number, zh: boolean): string {
  if (zh) return yuan === 0 ? '检测不收费，修之前先报价，您同意了才修。' : `上门检测费${yuan}元，修之前先报价，您同意了才修。`;
  return yuan === 0
    ? 'The inspection costs nothing; we quote first and repair only when you agree.'
    : `The visit costs ${yuan} yuan; we quote first and repair only when you agree.`;
}
