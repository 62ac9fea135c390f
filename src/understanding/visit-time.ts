/**
 * When a customer would like the visit. Words become drafts (a day, a part, a clock, a bound each), drafts become wishes;
 * times that are past, refused or no times at all were masked first.
 */
import type { VisitWish } from '../domain/visit-wish.ts';
import { addDays, pad, type Today } from './calendar-day.ts';
import { movedTimeStart } from './correction.ts';
import { maskFaultTimes } from './fault-clause.ts';
import { mask, type Taken } from './mask.ts';
import { dayOfRefusedPart, maskPast, refusedStretches } from './past-clause.ts';
import { type Clock, hourOnClock, type Part } from './visit-clock.ts';
import { readDay } from './visit-day.ts';
import { compose, type Draft, EMPTY_DRAFT } from './visit-draft.ts';
import { isExcepting, withDayBefore, withoutExcepted } from './visit-exception.ts';
import { type Strictness, withoutReasons, withoutRefused, withoutTakenBack } from './visit-reason.ts';
import { type Flag, readVisitWords, type VisitWord } from './visit-words.ts';

/** At most this many alternatives are read from one message. */
const WISHES_MAX = 5;
/** Minute of the day at which a part is over, so that 上午 said in the afternoon is tomorrow's. */
const PART_ENDS: Readonly<Record<Part, number>> = { morning: 12 * 60, noon: 14 * 60, afternoon: 18 * 60, evening: 22 * 60 };
/** Most sentences do not; they need no closer look. */
const MAY_SPEAK_OF_TIME =
  /[\d天周月年点时号日午晚早晨夜快尽马立随任哪都急定节末班旦秋期看初除听按限拜宵前后晌儿钟现刻]|国庆|五一|圣诞|双十|清明|冬至|七夕|重阳|多快|火速|黄昏|擦黑/;
const MINUTES_PER_DAY = 24 * 60;

/** The wishes stated in `text`, best first; empty when none is. */
export function readVisitTime(text: string, today: Today, strictness: Strictness): Taken<readonly VisitWish[]> {
  const asked = strictness === 'asked';
  if (!MAY_SPEAK_OF_TIME.test(text)) return { value: [], rest: text };
  // 早晨 alone is a Cantonese good morning.
  if (!asked && /^早[晨上安]?[!,,。~呀啊]*$/.test(text)) return { value: [], rest: text };
  const past = maskPast(asked ? text : maskFaultTimes(text));
  const words = withoutRefused(readVisitWords(past, today.day, asked), refusedDays(text, today));
  const start = movedTimeStart(past);
  const moved = words.filter((word) => word.from >= start);
  const meant = moved.some(isTime) ? withDayBefore(moved, words) : words;
  const used = withoutReasons(withDayBefore(withoutTakenBack(meant, past), meant), past, strictness);
  const dated = withDayBefore(used, refusedDay(text, today));
  const drafts = compose(dated, past, today);
  const wishes = distinct(drafts.flatMap((draft) => withoutExcepted(resolve(draft, today), text, today)))
    .filter(({ dateTo }) => dateTo === null || dateTo >= today.day)
    .slice(0, WISHES_MAX);
  const rest =
    wishes.length === 0
      ? text
      : used.filter((word) => word.kind !== 'and').reduce((kept, word) => mask(kept, word.from, word.end, 'visit'), text);
  return {
    value:
      wishes.length === 0 && isExcepting(text) && /都行|都可以|随时|有空/.test(text)
        ? [resolve({ ...EMPTY_DRAFT, flag: 'anytime' }, today)]
        : wishes,
    rest,
  };
}

function distinct(wishes: readonly VisitWish[]): readonly VisitWish[] {
  const seen = new Set<string>();
  return wishes.filter((wish) => seen.size < seen.add(JSON.stringify(wish)).size);
}

/** The day stays when only a part of it is refused. */
function refusedDay(text: string, today: Today): readonly VisitWord[] {
  const from = dayOfRefusedPart(text);
  const day = from === null ? null : readDay(text, from, today.day);
  return from === null || day === null ? [] : [{ kind: 'day', span: day.span, from, end: day.end }];
}

function refusedDays(text: string, today: Today): readonly VisitWord[] {
  return refusedStretches(text).flatMap(({ from }) => {
    const day = readDay(text, from, today.day);
    return day ? [{ kind: 'day', span: day.span, from, end: day.end }] : [];
  });
}

function isTime(word: VisitWord): boolean {
  return word.kind === 'day' || word.kind === 'part' || word.kind === 'clock' || word.kind === 'flag' || word.kind === 'hours-later';
}

function resolve(draft: Draft, today: Today): VisitWish {
  const from = draft.clock ? minuteOf(draft.clock, draft.clock.hour, draft.part) : null;
  const until = from === null ? null : untilMinute(draft, from);
  const day = dayOf(draft, from, today);
  const openDay = draft.boundOf === 'day' ? draft.bound : null;
  const before = draft.boundOf === 'clock' && draft.bound === 'before' && until === null;
  return {
    dateFrom: openDay === 'before' ? null : day.from,
    dateTo: openDay === 'after' ? null : day.to,
    part: draft.part,
    timeFrom: from === null || before ? null : clockText(from),
    timeTo: before && from !== null ? clockText(from) : until === null ? null : clockText(until),
    bound: boundOf(draft, day, from, until),
    flag: flagOf(draft),
    fuzzy: draft.day?.fuzzy ?? false,
  };
}

/** A day or an hour says more than 快点, a day more than 都行. */
function flagOf({ flag, insists, day, clock }: Draft): Flag | null {
  if (flag === 'asap' && !insists && (day || clock)) return null;
  return flag === 'anytime' && day && !insists ? null : flag;
}

function boundOf(
  draft: Draft,
  day: { readonly from: string | null; readonly to: string | null },
  from: number | null,
  until: number | null,
): VisitWish['bound'] {
  if (until !== null) return 'range';
  if (draft.bound) return draft.bound;
  if (from !== null) return 'at';
  return day.from !== day.to || draft.day?.isRange ? 'range' : 'day';
}

function dayOf(
  draft: Draft,
  from: number | null,
  today: Today,
): { readonly from: VisitWish['dateFrom']; readonly to: VisitWish['dateTo'] } {
  const ends = from ?? (draft.part ? PART_ENDS[draft.part] : MINUTES_PER_DAY);
  const opens = draft.until !== null && from !== null ? from + 1 : ends;
  const isOver = opens <= today.minuteOfDay && draft.bound !== 'after';
  if (draft.day) {
    const { from: first, to: last, nextDays } = draft.day;
    const rolls = isOver && nextDays > 0 && first === today.day && last === today.day;
    return rolls ? { from: addDays(today.day, nextDays), to: addDays(today.day, nextDays) } : { from: first, to: last };
  }
  if ((from === null && draft.part === null) || draft.undated || (draft.flag === 'anytime' && from === null))
    return { from: null, to: null };
  const day = isOver ? addDays(today.day, 1) : today.day;
  return { from: day, to: day };
}

function minuteOf(clock: Clock, hour: number, part: Part | null): number {
  return hourOnClock(hour, part) * 60 + clock.minute;
}

function untilMinute(draft: Draft, from: number): number | null {
  if (draft.clock?.untilHour) return minuteOf({ ...draft.clock, minute: 0 }, draft.clock.untilHour, draft.part);
  if (!draft.until) return null;
  const { clock, part } = draft.until;
  const end = minuteOf(clock, clock.hour, part ?? (clock.hour <= 12 ? draft.part : null));
  return end <= from && end + 12 * 60 < MINUTES_PER_DAY ? end + 12 * 60 : end;
}

function clockText(minuteOfDay: number): string {
  return `${pad(Math.floor(minuteOfDay / 60) % 24)}:${pad(minuteOfDay % 60)}`;
}
