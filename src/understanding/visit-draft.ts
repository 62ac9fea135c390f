/** The words of a visit put together: drafts of a wish, each with a day, a part, a clock and a bound, as far as they were said. */
import { addDays, type Today } from './calendar-day.ts';
import { type DaySpan, extend, isWithin, one, sameDay } from './day-span.ts';
import type { Clock, Part } from './visit-clock.ts';
import type { Flag, VisitWord } from './visit-words.ts';

const MINUTES_PER_DAY = 24 * 60;
/** What may stand between two words that belong together. */
const TOUCHES = /^[的是在吧嘛,, ()]{0,2}$/;
/** What may stand between a bound and its time. */
const BOUND_TOUCHES = /^[也是得要就到在的 ]{0,2}(?:[上中下]午|[早晚]上|傍晚)?$/;

/** Said where several days are offered. */
const LISTED = /都|也|或|要么|要不|不然|还是|和|跟|、|不行|不成|最好|优先|其次|可以|两个/;

type Joint = 'until' | 'or' | 'and';
export type Draft = {
  readonly day: DaySpan | null;
  readonly part: Part | null;
  readonly clock: Clock | null;
  readonly until: { readonly clock: Clock; readonly part: Part | null } | null;
  readonly bound: 'after' | 'before' | null;
  readonly boundOf: 'day' | 'clock' | null;
  readonly flag: Flag | null;
  readonly insists: boolean;
  readonly undated: boolean;
  /** How it was joined to the draft before it. */
  readonly joint: Joint | null;
};

export const EMPTY_DRAFT: Draft = {
  day: null,
  part: null,
  clock: null,
  until: null,
  bound: null,
  boundOf: null,
  flag: null,
  insists: false,
  undated: false,
  joint: null,
};

/** The drafts in `words`, in the order they were said; `text` is what the words were read from. */
export function compose(words: readonly VisitWord[], text: string, today: Today): readonly Draft[] {
  const drafts: Draft[] = [];
  let draft = EMPTY_DRAFT;
  let joint: Joint | null = null;
  let untilPart: Part | null = null;
  let pending: { readonly bound: 'after' | 'before'; readonly end: number } | null = null;
  let last: VisitWord | null = null;
  let touches = true;
  const next = (fresh: Draft): void => {
    if (isStated(draft)) drafts.push(draft);
    draft = { ...fresh, joint };
  };
  const bind = (boundOf: 'day' | 'clock', from: number): void => {
    if (pending && BOUND_TOUCHES.test(text.slice(pending.end, from))) {
      draft = { ...draft, bound: pending.bound, boundOf };
      // 最晚明天下午三点 bounds the hour, not the day.
      pending = boundOf === 'day' ? { ...pending, end: last?.end ?? from } : null;
    }
  };
  for (const word of words) {
    const gap = last ? text.slice(last.end, word.from) : '';
    touches = TOUCHES.test(gap) && (touches || last?.kind !== 'and');
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
      case 'about':
        if (gap === '' && draft.day?.said && draft.boundOf === 'day') draft = { ...draft, day: { ...draft.day, fuzzy: true } };
        break;
      case 'earliest':
      case 'latest':
        pending = { bound: word.kind === 'earliest' ? 'after' : 'before', end: word.end };
        break;
      case 'after':
      case 'before':
        // 大后天傍晚以后 is still that day.
        if (word.kind === 'after' && last?.kind === 'part' && draft.day) break;
        if (gap.trim() === '' && last?.kind !== 'and' && isStated(draft) && !draft.bound && draft.boundOf)
          draft = { ...draft, bound: word.kind };
        break;
      case 'flag':
        draft = { ...draft, flag: draft.flag ?? word.flag, insists: draft.insists || word.insists };
        joint = null;
        break;
      case 'hours-later':
        next({ ...EMPTY_DRAFT, ...laterToday(word.minutes, today) });
        break;
      case 'day': {
        const told = draft.day && touches && joint !== 'or' && joint !== 'until' ? sameDay(draft.day, word.span) : null;
        const extended = draft.day && !draft.clock && !draft.part && !draft.bound ? extend(draft.day, word.span, joint, touches) : null;
        if (told) draft = { ...draft, day: told };
        else if (extended) draft = { ...draft, day: extended };
        else if (draft.day) {
          joint ??= gap === '' && last?.kind === 'day' ? 'and' : null;
          next({ ...EMPTY_DRAFT, day: word.span });
        } else draft = { ...draft, day: word.span };
        draft = { ...draft, boundOf: draft.clock ? 'clock' : 'day' };
        bind('day', word.from);
        joint = null;
        break;
      }
      case 'part':
        if (joint === 'until' && draft.clock) untilPart = word.part;
        else {
          if (draft.part && draft.part !== word.part) next({ ...EMPTY_DRAFT, day: draft.day });
          draft = { ...draft, part: draft.part ?? word.part };
          joint = null;
        }
        break;
      case 'clock':
        if (draft.clock && !draft.until && (joint === 'until' || (gap === '' && goesOn(draft.clock, word.clock))))
          draft = { ...draft, until: { clock: word.clock, part: untilPart } };
        else {
          if (draft.clock) next({ ...EMPTY_DRAFT, day: draft.day, part: draft.part });
          draft = { ...draft, clock: word.clock, boundOf: 'clock', bound: draft.boundOf === 'clock' ? draft.bound : null };
        }
        bind('clock', word.from);
        untilPart = null;
        joint = null;
        break;
    }
    last = word;
  }
  if (isStated(draft)) drafts.push(draft);
  return doubted(joined(shared(drafts)), text);
}

/** 十点十一点 */
function goesOn(first: Clock, second: Clock): boolean {
  return first.minute === 0 && second.minute === 0 && second.hour === first.hour + 1;
}

function isStated(draft: Draft): boolean {
  return draft.day !== null || draft.part !== null || draft.clock !== null || draft.flag !== null;
}

/** In 周六或者周日上午 the part belongs to both. */
function shared(drafts: readonly Draft[]): readonly Draft[] {
  return drafts.map((draft, index) => {
    const after = drafts[index + 1];
    const bare = draft.day !== null && !draft.part && !draft.clock && !draft.flag && !draft.bound;
    return bare && after?.joint === 'or' && after.day
      ? { ...draft, part: after.part, clock: after.clock, until: after.until, bound: after.bound, boundOf: after.boundOf }
      : draft;
  });
}

/** 三点以后五点以前 is one stretch; 下周吧,周三 is that Wednesday. */
function joined(drafts: readonly Draft[]): readonly Draft[] {
  const apart: Draft[] = [];
  for (const draft of drafts) {
    const outer = apart.at(-1);
    const both = outer ? joinedWith(outer, draft) : null;
    if (both) apart.pop();
    apart.push(both ?? draft);
  }
  return apart;
}

/** Two days that nothing joins are hardly both meant, and which of them is nobody knows: both are asked about. */
function doubted(drafts: readonly Draft[], text: string): readonly Draft[] {
  const isApart = drafts.some(
    (draft, index) => index > 0 && draft.joint === null && draft.day !== null && draft.day.from !== drafts[index - 1]?.day?.from,
  );
  if (!isApart || LISTED.test(text)) return drafts;
  return drafts.map((draft) => (draft.day ? { ...draft, day: { ...draft.day, fuzzy: true } } : draft));
}

/** The two as one, or null when they are two wishes. */
function joinedWith(outer: Draft, draft: Draft): Draft | null {
  const closes = outer.boundOf === 'clock' && outer.bound === 'after' && draft.boundOf === 'clock' && draft.bound === 'before';
  if (closes && draft.clock && !outer.until && outer.day === draft.day)
    return { ...outer, until: { clock: draft.clock, part: null }, bound: null };
  if (!outer.day || !draft.day || draft.joint === 'or' || outer.clock) return null;
  // 周四吧,周四上午: the second says it again, with the hour.
  if (outer.day.from === draft.day.from && outer.day.to === draft.day.to && !outer.part && !outer.bound) return draft;
  return isWithin(draft.day, outer.day) || isWithinBound(draft.day, outer) ? { ...draft, part: draft.part ?? outer.part } : null;
}

/** 过了元旦,元月六号 and 年三十之前,2月4号: the second is the day. */
function isWithinBound(day: DaySpan, { bound, boundOf, day: outer }: Draft): boolean {
  if (boundOf !== 'day' || !outer?.from || !outer.to || !day.from || day.from !== day.to) return false;
  return bound === 'after' ? day.from >= outer.from : bound === 'before' && day.from <= outer.to;
}

function laterToday(minutes: number, today: Today): Pick<Draft, 'day' | 'clock'> {
  const at = today.minuteOfDay + minutes;
  const clock = { hour: Math.floor((at % MINUTES_PER_DAY) / 60), minute: at % 60, untilHour: null };
  return { day: one(addDays(today.day, Math.floor(at / MINUTES_PER_DAY))), clock };
}
