/**
 * Which of a day's visit windows answer a wish. A window *fits* when a visit in it is what was asked for; it is *near*
 * when it is the closest thing there is to a time nobody visits at (13:00, between two windows). Clock times only: days
 * are matched in `window-offer.ts`.
 */
import { type ClockSpan, clockMinutes } from './business-calendar.ts';
import { unreachable } from './unreachable.ts';
import type { VisitWish } from './visit-wish.ts';

type WishedClock =
  /** No time of day was named. */
  | { readonly kind: 'any' }
  | { readonly kind: 'at'; readonly minute: number }
  /** The visit begins in the span. */
  | ({ readonly kind: 'begins-in' } & ClockSpan)
  /** The visit begins and ends in the span. */
  | ({ readonly kind: 'within' } & ClockSpan);

export type Fit = {
  /** Whether the wish named a time or a part of the day. */
  readonly named: boolean;
  readonly fitting: readonly ClockSpan[];
  /** Only when nothing of the plan fits. */
  readonly near: readonly ClockSpan[];
  /** The span of the day that was wished for. */
  readonly wished: ClockSpan;
};

const MIDNIGHT = 0;
const NEXT_MIDNIGHT = 1_440;
const NOON = 720;
const EVENING = 1_080;
const NOON_BREAK: ClockSpan = { fromMinutes: 660, toMinutes: 840 };

/** What of `plan` (the windows of any day) answers the wish. */
export function fitWish(wish: VisitWish, plan: readonly ClockSpan[]): Fit {
  const clock = wishedClock(wish);
  const fitting = plan.filter((it) => fits(it, clock));
  return { named: clock.kind !== 'any', fitting, near: fitting.length > 0 ? [] : nearTo(clock, plan), wished: spanOf(clock) };
}

function wishedClock(wish: VisitWish): WishedClock {
  const from = wish.timeFrom === null ? null : clockMinutes(wish.timeFrom);
  const to = wish.timeTo === null ? null : clockMinutes(wish.timeTo);
  const said = from ?? to;
  if (said === null) return clockOfPart(wish);
  switch (wish.bound) {
    case 'before':
      return { kind: 'within', fromMinutes: from !== null && to !== null ? from : MIDNIGHT, toMinutes: to ?? said };
    case 'after':
      return { kind: 'begins-in', fromMinutes: said, toMinutes: NEXT_MIDNIGHT };
    case 'at':
    case 'range':
    case 'day':
      if (from !== null && to !== null) return { kind: 'within', fromMinutes: from, toMinutes: to > from ? to : NEXT_MIDNIGHT };
      return { kind: 'at', minute: said };
    default:
      return unreachable(wish.bound);
  }
}

function clockOfPart(wish: VisitWish): WishedClock {
  switch (wish.part) {
    case 'morning':
      return { kind: 'begins-in', fromMinutes: MIDNIGHT, toMinutes: NOON };
    case 'noon':
      return { kind: 'within', ...NOON_BREAK };
    case 'afternoon':
      return { kind: 'begins-in', fromMinutes: NOON, toMinutes: EVENING };
    case 'evening':
      return { kind: 'begins-in', fromMinutes: EVENING, toMinutes: NEXT_MIDNIGHT };
    case null:
      return wish.flag === 'after_work' ? { kind: 'begins-in', fromMinutes: EVENING, toMinutes: NEXT_MIDNIGHT } : { kind: 'any' };
    default:
      return unreachable(wish.part);
  }
}

function fits(window: ClockSpan, clock: WishedClock): boolean {
  switch (clock.kind) {
    case 'any':
      return true;
    case 'at':
      return window.fromMinutes <= clock.minute && clock.minute < window.toMinutes;
    case 'begins-in':
      return clock.fromMinutes <= window.fromMinutes && window.fromMinutes < clock.toMinutes;
    case 'within':
      // 14:30 to 15:30 is answered by 14–16 as well as 14–18 is.
      return contains(clock, window) || contains(window, clock);
    default:
      return unreachable(clock);
  }
}

/** A time in a gap: the next window, and the one ending just then. A span: what it overlaps or touches. */
function nearTo(clock: WishedClock, plan: readonly ClockSpan[]): readonly ClockSpan[] {
  if (clock.kind === 'at') {
    const nextStart = Math.min(...plan.map((it) => it.fromMinutes).filter((it) => it > clock.minute));
    return plan.filter((it) => it.toMinutes === clock.minute || it.fromMinutes === nextStart);
  }
  const { fromMinutes, toMinutes } = spanOf(clock);
  const touching = plan.filter((it) => it.fromMinutes <= toMinutes && fromMinutes <= it.toMinutes);
  const overlapping = touching.filter((it) => it.fromMinutes < toMinutes && fromMinutes < it.toMinutes);
  return clock.kind === 'within' && toMinutes === NOON_BREAK.toMinutes && fromMinutes === NOON_BREAK.fromMinutes ? touching : overlapping;
}

function spanOf(clock: WishedClock): ClockSpan {
  switch (clock.kind) {
    case 'any':
      return { fromMinutes: MIDNIGHT, toMinutes: NEXT_MIDNIGHT };
    case 'at':
      return { fromMinutes: clock.minute, toMinutes: clock.minute };
    case 'begins-in':
    case 'within':
      return { fromMinutes: clock.fromMinutes, toMinutes: clock.toMinutes };
    default:
      return unreachable(clock);
  }
}

function contains(outer: ClockSpan, inner: ClockSpan): boolean {
  return outer.fromMinutes <= inner.fromMinutes && inner.toMinutes <= outer.toMinutes;
}
