/** What the words around a visit add or take: the day of a visit that is moved within it, a day that is excepted. */
import type { LocalDay } from '../domain/instant.ts';
import type { VisitWish } from '../domain/visit-wish.ts';
import { addDays, type Today } from './calendar-day.ts';
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

/** 这周除了周三都行: the stretch without that day. */
export function withoutExcepted(wish: VisitWish, text: string, today: Today): readonly VisitWish[] {
  const excepted = /除了?(?:开)?/.exec(text);
  const day = excepted ? readDay(text, excepted.index + excepted[0].length, today.day)?.span : undefined;
  const { dateFrom, dateTo } = wish;
  if (!day?.from || !day.to || !dateFrom || !dateTo || dateFrom === dateTo || day.to < dateFrom || day.from > dateTo) return [wish];
  const stretch = (from: LocalDay, to: LocalDay): readonly VisitWish[] =>
    from > to ? [] : [{ ...wish, dateFrom: from, dateTo: to, bound: from === to ? 'day' : wish.bound }];
  return [...stretch(dateFrom, addDays(day.from, -1)), ...stretch(addDays(day.to, 1), dateTo)];
}
