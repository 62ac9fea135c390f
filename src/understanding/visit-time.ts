/**
 * When a customer would like the visit. Words become drafts (a day, a part, a clock, a bound each), drafts become wishes;
 * times that are past, refused or no times at all were masked first.
 */
import type { VisitWish } from '../domain/visit-wish.ts';
import { addDays, pad, type Today } from './calendar-day.ts';
import { movedTimeStart } from './correction.ts';
import { type DaySpan, extend, sameDay } from './day-span.ts';
import { maskFaultTimes } from './fault-clause.ts';
import { mask, type Taken } from './mask.ts';
import { maskPast } from './past-clause.ts';
import { type Clock, hourOnClock, type Part } from './visit-clock.ts';
import { withDayBefore, withoutExcepted } from './visit-exception.ts';
import { type Flag, readVisitWords, type VisitWord } from './visit-words.ts';

/** At most this many alternatives are read from one message. */
const WISHES_MAX = 5;
/** Minute of the day at which a part is over, so that 上午 said in the afternoon is tomorrow's. */
const PART_ENDS: Readonly<Record<Part, number>> = { morning: 12 * 60, noon: 14 * 60, afternoon: 18 * 60, evening: 22 * 60 };
/** Most sentences do not; they need no closer look. */
const MAY_SPEAK_OF_TIME = /[\d天周月年点时号日午晚早晨夜快尽马立随任哪都急定节末班旦秋期看初除快随听按限]|国庆|五一|圣诞|双十/;
const MINUTES_PER_DAY = 24 * 60;

type Draft = {
  readonly day: DaySpan | null;
  readonly part: Part | null;
  readonly clock: Clock | null;
  readonly until: { readonly clock: Clock; readonly part: Part | null } | null;
  readonly bound: 'after' | 'before' | null;
  readonly boundOf: 'day' | 'clock' | null;
  readonly flag: Flag | null;
  readonly insists: boolean;
  readonly undated: boolean;
  readonly joinedByOr: boolean;
};

const EMPTY: Draft = {
  day: null,
  part: null,
  clock: null,
  until: null,
  bound: null,
  boundOf: null,
  flag: null,
  insists: false,
  undated: false,
  joinedByOr: false,
};

/** The wishes stated in `text`, best first; empty when none is. `asked` = a time was just asked for. */
export function readVisitTime(text: string, today: Today, asked: boolean): Taken<readonly VisitWish[]> {
  if (!MAY_SPEAK_OF_TIME.test(text)) return { value: [], rest: text };
  // 早晨 alone is a Cantonese good morning.
  if (!asked && /^早[晨上安]?[!,,。~呀啊]*$/.test(text)) return { value: [], rest: text };
  const past = maskPast(asked ? text : maskFaultTimes(text));
  const words = readVisitWords(past, today.day, asked);
  const start = movedTimeStart(past);
  const moved = words.filter((word) => word.from >= start);
  const used = moved.some(isTime) ? withDayBefore(moved, words) : words;
  const drafts = shareParts(compose(used, past, today));
  const wishes = distinct(drafts.flatMap((draft) => withoutExcepted(resolve(draft, today), text, today))).slice(0, WISHES_MAX);
  const rest =
    wishes.length === 0
      ? text
      : used.filter((word) => word.kind !== 'and').reduce((kept, word) => mask(kept, word.from, word.end, 'visit'), text);
  return {
    value:
      wishes.length === 0 && /除了?/.test(text) && /都行|都可以|随时|有空/.test(text)
        ? [resolve({ ...EMPTY, flag: 'anytime' }, today)]
        : wishes,
    rest,
  };
}

function distinct(wishes: readonly VisitWish[]): readonly VisitWish[] {
  const seen = new Set<string>();
  return wishes.filter((wish) => seen.size < seen.add(JSON.stringify(wish)).size);
}

function isTime(word: VisitWord): boolean {
  return word.kind === 'day' || word.kind === 'part' || word.kind === 'clock' || word.kind === 'flag' || word.kind === 'hours-later';
}

function compose(words: readonly VisitWord[], text: string, today: Today): readonly Draft[] {
  const drafts: Draft[] = [];
  let draft = EMPTY;
  let joint: 'until' | 'or' | 'and' | null = null;
  let untilPart: Part | null = null;
  let lastEnd = -1;
  let last: VisitWord['kind'] | null = null;
  const next = (fresh: Draft): void => {
    if (isStated(draft)) drafts.push(draft);
    draft = { ...fresh, joinedByOr: joint === 'or' };
  };
  for (const word of words) {
    const gap = lastEnd < 0 ? '' : text.slice(lastEnd, word.from);
    const touches = /^[的是在,, ()]{0,2}$/.test(gap);
    if (!touches && joint !== 'or') joint = null;
    switch (word.kind) {
      case 'until':
      case 'or':
      case 'and':
        joint = word.kind === 'until' && gap.trim() !== '' ? null : word.kind;
        break;
      case 'every':
        draft = { ...draft, undated: true };
        break;
      case 'after':
      case 'before':
        // 大后天傍晚以后 is still that day.
        if (word.kind === 'after' && last === 'part' && draft.day) break;
        if (gap.trim() === '' && isStated(draft) && !draft.bound && draft.boundOf) draft = { ...draft, bound: word.kind };
        break;
      case 'flag':
        draft = { ...draft, flag: draft.flag ?? word.flag, insists: draft.insists || word.insists };
        joint = null;
        break;
      case 'hours-later':
        next({ ...EMPTY, ...laterToday(word.minutes, today) });
        break;
      case 'day': {
        const told = draft.day && touches && joint !== 'or' && joint !== 'until' ? sameDay(draft.day, word.span) : null;
        const extended = draft.day && !draft.clock && !draft.part ? extend(draft.day, word.span, joint, touches) : null;
        if (told) draft = { ...draft, day: told };
        else if (extended) draft = { ...draft, day: extended };
        else if (draft.day) next({ ...EMPTY, day: word.span });
        else draft = { ...draft, day: word.span };
        draft = { ...draft, boundOf: draft.clock ? 'clock' : 'day' };
        joint = null;
        break;
      }
      case 'part':
        if (joint === 'until' && draft.clock) untilPart = word.part;
        else {
          if (draft.part && draft.part !== word.part) next({ ...EMPTY, day: draft.day });
          draft = { ...draft, part: draft.part ?? word.part };
          joint = null;
        }
        break;
      case 'clock':
        if (draft.clock && joint === 'until' && !draft.until) draft = { ...draft, until: { clock: word.clock, part: untilPart } };
        else {
          if (draft.clock) next({ ...EMPTY, day: draft.day, part: draft.part });
          draft = { ...draft, clock: word.clock, boundOf: 'clock' };
        }
        untilPart = null;
        joint = null;
        break;
    }
    lastEnd = word.end;
    last = word.kind;
  }
  return isStated(draft) ? [...drafts, draft] : drafts;
}

function isStated(draft: Draft): boolean {
  return draft.day !== null || draft.part !== null || draft.clock !== null || draft.flag !== null;
}

/** In 周六或者周日上午 the part belongs to both. */
function shareParts(drafts: readonly Draft[]): readonly Draft[] {
  return drafts.map((draft, index) => {
    const after = drafts[index + 1];
    const bare = draft.day !== null && !draft.part && !draft.clock && !draft.flag && !draft.bound;
    return bare && after?.joinedByOr && after.day
      ? { ...draft, part: after.part, clock: after.clock, until: after.until, bound: after.bound, boundOf: after.boundOf }
      : draft;
  });
}

function laterToday(minutes: number, today: Today): Pick<Draft, 'day' | 'clock'> {
  const at = today.minuteOfDay + minutes;
  const day = addDays(today.day, Math.floor(at / MINUTES_PER_DAY));
  const clock = { hour: Math.floor((at % MINUTES_PER_DAY) / 60), minute: at % 60, untilHour: null };
  return { day: { from: day, to: day, fuzzy: false, nextDays: 0, isRange: false }, clock };
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
  if (flag === 'asap' && (day || clock)) return null;
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
