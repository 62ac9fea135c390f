/**
 * Numbers people read out: BX-20261120-0031 for every ticket but a complaint, TS-202611-0007 for a complaint, or whatever
 * the policy's pattern makes of it (KS-2026-00012). The sequence has four digits or more, unless a pattern wants three.
 */
import { type LocalDay, parseLocalDay } from './instant.ts';

export type TicketNumber =
  | { readonly kind: 'by-day'; readonly printed: string; readonly day: LocalDay; readonly sequence: number }
  /** `period` is `YYYY-MM`, or `YYYY` where complaints are counted by the year. */
  | { readonly kind: 'by-period'; readonly printed: string; readonly period: string; readonly sequence: number };

/**
 * Stands for a number that is taken only in the write itself, so that the sequence has no gap: the store puts the number
 * in its place, in the rows and in every sentence. Private-use characters, so that no text of ours has it by chance.
 */
export const NUMBER_TO_COME = '\uE0F0\uE0F1\uE0F2';

/** Private-use characters have a meaning of our own, and none of the customer's. */
const PRIVATE_USE = /[\uE000-\uF8FF]/gu;

/** What a customer or their platform wrote, with nothing in it that could be taken for a number to come. */
export function withoutOurMarks(text: string): string {
  return text.replace(PRIVATE_USE, '');
}

const SEQUENCE_DIGITS_MIN = 4;
const BY_DAY = /^BX-?(\d{8})-?(\d{4,9})$/;
const BY_MONTH = /^TS-?((?:20|21)\d{2})(\d{2})-?(\d{4,9})$/;
/** Of other letters only with its hyphens: without them it could be a serial. */
const BY_PERIOD = /^([A-Z]{2,4})-((?:20|21)\d{2})(\d{2})?-(\d{3,9})$/;

/** The number of the `sequence`th (1, 2, 3 …) ticket of a business day. */
export function ticketNumber(day: LocalDay, sequence: number): string {
  if (!Number.isInteger(sequence) || sequence < 1) throw new Error('invariant: a ticket sequence is 1 or more');
  return `BX-${day.replaceAll('-', '')}-${String(sequence).padStart(SEQUENCE_DIGITS_MIN, '0')}`;
}

/** Behind the letters: a house may be called MM. */
const COUNTED = /(?<=-.*)(?:Y{4}|MM|N{3,9})/g;

/**
 * The counter a `pattern` such as `TS-YYYYMM-NNNN` is counted by on a day, and the pattern with the day in it: a month in
 * it has each month begin with 1.
 */
export function countedNumber(pattern: string, day: LocalDay): { readonly counter: string; readonly pattern: string } {
  const [year = '', month = ''] = day.split('-');
  const dated = pattern.replace(COUNTED, (part) => (part.startsWith('Y') ? year : part === 'MM' ? month : part));
  return { counter: dated.replace(/-N+$/, ''), pattern: dated };
}

/** The number of the `sequence`th (1, 2, 3 …) of a dated pattern; more digits than the pattern has when it needs them. */
export function numberOfSequence(pattern: string, sequence: number): string {
  return pattern.replace(/N+$/, (digits) => String(sequence).padStart(digits.length, '0'));
}

/** Reads a number as printed, in any case, ours and the default pattern's without hyphens too; null when it is none. */
export function parseTicketNumber(text: string): TicketNumber | null {
  const plain = text.normalize('NFKC').trim().toUpperCase();
  const [, date, running] = BY_DAY.exec(plain) ?? [];
  if (date !== undefined && running !== undefined) {
    const day = parseLocalDay(`${date.slice(0, 4)}-${date.slice(4, 6)}-${date.slice(6)}`);
    const sequence = Number(running);
    return day === null || sequence < 1 ? null : { kind: 'by-day', printed: `BX-${date}-${running}`, day, sequence };
  }
  const [, year = '', month, digits = ''] = BY_MONTH.exec(plain) ?? BY_PERIOD.exec(plain)?.slice(1) ?? [];
  const period = month === undefined ? year : `${year}-${month}`;
  const sequence = Number(digits);
  if (sequence < 1 || parseLocalDay(`${year}-${month ?? '01'}-01`) === null) return null;
  const letters = plain.replace(/[^A-Z]/g, '');
  return { kind: 'by-period', printed: `${letters}-${year}${month ?? ''}-${digits}`, period, sequence };
}
