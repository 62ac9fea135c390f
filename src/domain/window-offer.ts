/**
 * Matches what a customer wishes for with what is open (S2-016): one window, a few to choose from, or the nearest and
 * why. Wishes are alternatives, the best first.
 */
import { localDayOf, spanOfDay, spansOn } from './business-calendar.ts';
import { type Instant, instantOf, type LocalDay, MINUTE } from './instant.ts';
import type { Policy } from './policy.ts';
import { type OpenWindow, type PlannedWindow, plannedWindows, type WindowOffer, type WishRefusal } from './visit-window.ts';
import type { VisitWish } from './visit-wish.ts';
import { type Fit, fitWish } from './wish-fit.ts';

type Asked = {
  readonly open: readonly OpenWindow[];
  readonly wishes: readonly VisitWish[];
  readonly now: Instant;
  readonly timeZone: string;
  readonly policy: Pick<Policy, 'booking'>;
};

/** A planned window and who could take it, null when nobody can. */
type Slot = { readonly planned: PlannedWindow; readonly open: OpenWindow | null };

type Calendar = { readonly slots: readonly Slot[]; readonly today: LocalDay; readonly lastDay: LocalDay };

/** A wish with the days it means and the slots that answer it, open or not. */
type ReadWish = {
  readonly wish: VisitWish;
  readonly days: { readonly from: LocalDay; readonly to: LocalDay };
  readonly fit: Fit;
  readonly slots: readonly Slot[];
};

const NEAREST_MAX = 3;

const ANY_TIME: VisitWish = {
  dateFrom: null,
  dateTo: null,
  part: null,
  timeFrom: null,
  timeTo: null,
  bound: 'day',
  flag: 'anytime',
  fuzzy: false,
};

/** What to offer for the wishes; no wish at all is any time. */
export function chooseWindows(asked: Asked): WindowOffer {
  const first = asked.open[0];
  if (first === undefined) return { kind: 'none' };
  const calendar = calendarOf(asked);
  const wishes = (asked.wishes.length > 0 ? asked.wishes : [ANY_TIME]).map((wish) => readWish(wish, calendar, asked));
  const asap = wishes.find((it) => it.wish.flag === 'asap');
  const nothingToday = !calendar.slots.some((it) => it.open !== null && it.planned.day === calendar.today);
  if (asap && asap.wish.dateFrom === null && asap.wish.dateTo === null && nothingToday) return earliestOf(asap, calendar, asked, first);

  const answers = wishes.map((it) => openOf(it.slots));
  const windows = byTime(answers.flat());
  const only = windows.length === 1 ? windows[0] : undefined;
  if (only && wishes.some((it, index) => isPrecise(it) && answers[index]?.includes(only))) return { kind: 'exact', window: only };
  if (windows.length > 0) return { kind: 'offer', windows: offered(wishes, answers, asked) };

  const todayOnly = wishes.find(
    (it) => it.days.from === calendar.today && it.days.to === calendar.today && refusalOf(it, calendar, asked) !== 'past',
  );
  const atOnce = asap ?? (nothingToday ? todayOnly : undefined);
  if (atOnce) return earliestOf(atOnce, calendar, asked, first);
  const best = wishes[0] as ReadWish;
  return { kind: 'nearest', windows: nearestTo(best, asked), reason: refusalOf(best, calendar, asked) };
}

function calendarOf(asked: Asked): Calendar {
  const openByStart = new Map(asked.open.map((it) => [it.from, it]));
  const slots = plannedWindows(asked.policy, asked.now, asked.timeZone).map((planned) => ({
    planned,
    open: openByStart.get(planned.from) ?? null,
  }));
  const today = localDayOf(asked.now, asked.timeZone);
  return { slots, today, lastDay: slots.at(-1)?.planned.day ?? today };
}

function readWish(wish: VisitWish, calendar: Calendar, asked: Asked): ReadWish {
  const [one, other] = [wish.dateFrom ?? calendar.today, wish.dateTo ?? calendar.lastDay];
  const days = wish.dateTo !== null && one > other && wish.dateFrom !== null ? { from: other, to: one } : { from: one, to: other };
  const plan = calendar.slots.slice(0, asked.policy.booking.windows.length).map((it) => it.planned);
  const fit = fitWish(wish, plan);
  const answering = new Set([...fit.fitting, ...fit.near].map((it) => it.fromMinutes));
  const slots = calendar.slots.filter(
    ({ planned }) => days.from <= planned.day && planned.day <= days.to && answering.has(planned.fromMinutes),
  );
  return { wish, days, fit, slots };
}

/** A vague wish, or one that nothing fits quite, is never settled without asking. */
function isPrecise({ wish, fit }: ReadWish): boolean {
  return fit.named && fit.fitting.length > 0 && !wish.fuzzy && wish.flag !== 'anytime' && wish.flag !== 'asap';
}

function openOf(slots: readonly Slot[]): readonly OpenWindow[] {
  return slots.flatMap((it) => (it.open === null ? [] : [it.open]));
}

function byTime(windows: readonly OpenWindow[]): readonly OpenWindow[] {
  return [...new Set(windows)].sort((a, b) => a.from - b.from);
}

/** As soon as possible: the earliest. Else a few of every wish, over different days, then over the day. */
function offered(wishes: readonly ReadWish[], answers: readonly (readonly OpenWindow[])[], asked: Asked): readonly OpenWindow[] {
  const max = asked.policy.booking.offerMax;
  if (wishes.some((it) => it.wish.flag === 'asap')) return byTime(answers.flat()).slice(0, max);
  const spread = answers.map((windows) => spreadOut(windows, max, asked.timeZone));
  return byTime([...new Set(inTurns(spread))].slice(0, max));
}

function spreadOut(windows: readonly OpenWindow[], max: number, timeZone: string): readonly OpenWindow[] {
  const days = new Map<LocalDay, OpenWindow[]>();
  for (const window of windows) {
    const day = localDayOf(window.from, timeZone);
    days.set(day, [...(days.get(day) ?? []), window]);
    if (days.size > max) break;
  }
  if (days.size === 1) return evenly(windows, max);
  // A morning, an afternoon, an evening: who works by day must find one too.
  return inTurns([...days.values()].map((list, index) => turned(list, Math.floor(((index % max) * list.length) / max))));
}

/** At most `max` of the list with the first and the last among them. */
function evenly<Item>(list: readonly Item[], max: number): readonly Item[] {
  if (list.length <= max) return list;
  if (max === 1) return list.slice(0, 1);
  return Array.from({ length: max }, (_, index) => list[Math.round((index * (list.length - 1)) / (max - 1))] as Item);
}

/** The list from `start` on, then what stood before it. */
function turned<Item>(list: readonly Item[], start: number): readonly Item[] {
  return [...list.slice(start), ...list.slice(0, start)];
}

/** The first of every list, then the second of every list … */
function inTurns<Item>(lists: readonly (readonly Item[])[]): readonly Item[] {
  const longest = Math.max(0, ...lists.map((it) => it.length));
  return Array.from({ length: longest }, (_, index) => lists.flatMap((list) => list.slice(index, index + 1))).flat();
}

function earliestOf(read: ReadWish, calendar: Calendar, asked: Asked, first: OpenWindow): WindowOffer {
  const { now, timeZone } = asked;
  const fromWished = instantOf(Math.max(now, spanOfDay(read.days.from, timeZone).from));
  const window = asked.open.find((it) => it.from >= fromWished) ?? first;
  const dated = read.wish.dateTo === null ? null : spanOfDay(read.days.to, timeZone).to;
  // Wanted at once with no day named: anything before the one we hold would be welcome.
  const toWished = dated !== null && dated > fromWished ? dated : window.from;
  const wishedDay = read.wish.dateTo === null ? calendar.today : read.days.to;
  const full = calendar.slots.some((it) => it.planned.day <= wishedDay && it.planned.from >= Math.max(fromWished, earliestStart(asked)));
  return { kind: 'earliest', window, fromWished, toWished, reason: full ? 'full' : 'too-soon' };
}

function refusalOf(read: ReadWish, calendar: Calendar, asked: Asked): WishRefusal {
  if (read.days.to < calendar.today) return 'past';
  if (read.days.from > calendar.lastDay) return 'beyond-horizon';
  const last = read.slots.at(-1)?.planned;
  if (last === undefined) return 'no-such-window';
  if (last.from >= earliestStart(asked)) return 'full';
  return last.to > asked.now ? 'too-soon' : 'past';
}

function earliestStart({ now, policy }: Asked): Instant {
  return instantOf(now + policy.booking.leadMinutes * MINUTE);
}

/** The open windows with the least time between them and the wish, on either side of it where there are any. */
function nearestTo({ days, fit }: ReadWish, { open, now, timeZone }: Asked): readonly OpenWindow[] {
  const from = spansOn(days.from, [fit.wished], timeZone)[0]?.from ?? now;
  const to = spansOn(days.to, [fit.wished], timeZone)[0]?.to ?? now;
  const apart = (window: OpenWindow): number => Math.max(0, window.from - to, from - window.to);
  const nearest = [...open].sort((a, b) => apart(a) - apart(b) || a.from - b.from);
  const within = nearest.filter((it) => apart(it) === 0 && it.from < to && from < it.to);
  const sides = [nearest.find((it) => it.to <= from), nearest.find((it) => to <= it.from)].flatMap((it) => it ?? []);
  return byTime([...new Set([...within, ...sides, ...nearest])].slice(0, NEAREST_MAX));
}
