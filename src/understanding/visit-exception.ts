/** What the words around a visit add or take: the day of a visit that is moved within it, a day that is excepted. */
import type { LocalDay } from '../domain/instant.ts';
import type { VisitWish } from '../domain/visit-wish.ts';
import { addDays, type Today } from './calendar-day.ts';
import type { DaySpan } from './day-span.ts';
import { readDay } from './visit-day.ts';
import type { VisitWord } from './visit-words.ts';

/** Of 明天的约改到下午三点 the day stays tomorrow. */
export function withDayBefore(moved: readonly VisitWord[], words: readonly VisitWord[]): readonly VisitWord[] {
  const days = words.filter(({ kind }) => kind === 'day');
  const day = days[0];
  const isWithoutDay =
    moved.some(({ kind }) => kind === 'clock' || kind === 'part') && !moved.some(({ kind }) => kind === 'day' || kind === 'hours-later');
  return isWithoutDay && day && days.length === 1 ? [day, ...moved] : moved;
}

/** 除了周三, 周三除外. */
const EXCEPTED = /除外|以外|之外|除了?(?:开)?/;
const DAY_CHARACTERS_MAX = 8;

export function isExcepting(text: string): boolean {
  return EXCEPTED.test(text);
}

/** 这周除了周三都行: the stretch without that day. */
export function withoutExcepted(wish: VisitWish, text: string, today: Today): readonly VisitWish[] {
  const day = exceptedDay(text, today.day);
  const { dateFrom, dateTo } = wish;
  if (!day?.from || !day.to || !dateFrom || !dateTo || dateFrom === dateTo || day.to < dateFrom || day.from > dateTo) return [wish];
  const stretch = (from: LocalDay, to: LocalDay): readonly VisitWish[] =>
    from > to ? [] : [{ ...wish, dateFrom: from, dateTo: to, bound: from === to ? 'day' : wish.bound }];
  return [...stretch(dateFrom, addDays(day.from, -1)), ...stretch(addDays(day.to, 1), dateTo)];
}

function exceptedDay(text: string, today: LocalDay): DaySpan | null {
  const excepted = EXCEPTED.exec(text);
  if (!excepted) return null;
  const end = excepted.index + excepted[0].length;
  if (excepted[0].startsWith('除') && excepted[0] !== '除外') return readDay(text, end, today)?.span ?? null;
  const starts = Array.from({ length: DAY_CHARACTERS_MAX }, (_, index) => excepted.index - DAY_CHARACTERS_MAX + index);
  return starts.map((at) => (at < 0 ? null : readDay(text, at, today))).find((day) => day?.end === excepted.index)?.span ?? null;
}
