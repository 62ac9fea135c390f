/** Choosing a visit window: what is on offer, how it is asked, and what an answer to it changes; shared by every dialog that has one. */
import type { EngineerWish } from '../src/domain/engineer-wish.ts';
import type { VisitWindow } from '../src/domain/visit-window.ts';
import type { VisitWish } from '../src/domain/visit-wish.ts';
import type { ReplyKey } from '../src/wording/reply.ts';
import type { DialogEvent, OfferedWindows, WishedEngineer } from './dialog-event.ts';
import { type Effect, type Question, say } from './effect.ts';
import { choice, question } from './question.ts';

/** What the window question is about: what look-ups offered, or a question without an offer. */
export type WindowChoice =
  | { readonly kind: 'unknown' }
  | { readonly kind: 'offered'; readonly offer: OfferedWindows }
  | { readonly kind: 'taken'; readonly nearest: readonly VisitWindow[] }
  /** None of the offered ones suited: the customer says when. */
  | { readonly kind: 'open' };

export type WindowChoosing = {
  readonly wishes: readonly VisitWish[];
  readonly engineerWish: EngineerWish | null;
  /** What became of the wish when it was last told, so that it is not told again. */
  readonly wishTold: WishedEngineer | null;
  readonly choice: WindowChoice;
  readonly window: VisitWindow | null;
};

const DAY_NAMED = /今|明|后|昨|天|周|星期|礼拜|号|日(?!子)|月|初|\d\s*[./-]\s*\d|day|week|to-?(?:day|morrow)/iu;

/** 周日, and then 下午: a part of a day without a day is of the day spoken of before, not of today. */
export function onTheSameDay(wishes: readonly VisitWish[], before: readonly VisitWish[], text: string): readonly VisitWish[] {
  const [spoken] = before;
  if (spoken === undefined || spoken.dateFrom === null || spoken.dateFrom !== spoken.dateTo || DAY_NAMED.test(text)) return wishes;
  const { dateFrom, dateTo } = spoken;
  // Filled in, the day is one and the same in all of them.
  const filledIn = wishes.every(
    (it) => it.flag === null && it.dateFrom !== null && it.dateFrom === it.dateTo && it.dateFrom === wishes[0]?.dateFrom,
  );
  return filledIn ? wishes.map((it) => ({ ...it, dateFrom, dateTo })) : wishes;
}

/** The windows that a bare 行 or a button can mean now. */
function windowsOnOffer({ choice: state }: Pick<WindowChoosing, 'choice'>): readonly VisitWindow[] {
  switch (state.kind) {
    case 'unknown':
    case 'open':
      return [];
    case 'taken':
      return state.nearest;
    case 'offered':
      return state.offer.kind === 'offer' || state.offer.kind === 'nearest'
        ? state.offer.windows
        : state.offer.kind === 'earliest'
          ? [state.offer.window]
          : [];
  }
}

/** Whether windows are before the customer: a time said again may have become free since, and is looked up anew. */
export function isOffered({ choice: state }: Pick<WindowChoosing, 'choice'>, asked: string): boolean {
  return asked === 'window' && state.kind !== 'unknown';
}

/** Offers windows as buttons, or asks when it would suit. `held`: the earliest is being kept for this customer. */
export function askWindow(data: Pick<WindowChoosing, 'choice'>, misses: number, held: boolean): Question {
  const offered = (key: ReplyKey, windows: readonly VisitWindow[]): Question =>
    question('window', key, { windows: { as: 'windows', value: windows } }, [
      ...windows.map((window) => choice('choice.window', { type: 'WINDOW_CHOSEN', window }, { window: { as: 'window', value: window } })),
      choice('choice.another-time', { type: 'ANOTHER_WINDOW_WANTED' }),
    ]);
  if (misses > 0) {
    const windows = windowsOnOffer(data);
    return windows.length > 0 ? offered('ask.window.again', windows) : question('window', 'ask.window.open');
  }
  const { choice: state } = data;
  switch (state.kind) {
    case 'unknown':
    case 'open':
      return question('window', 'ask.window.open');
    case 'taken':
      return offered('ask.window.taken', state.nearest);
    case 'offered': {
      const { offer } = state;
      switch (offer.kind) {
        case 'offer':
          return offered(offer.windows.length === 1 ? 'ask.window.only' : 'ask.window.offer', offer.windows);
        case 'nearest':
          return offered(`ask.window.nearest.${offer.reason}`, offer.windows);
        case 'earliest':
          return question('window', earliestKey(held, offer.reason), { window: { as: 'window', value: offer.window } }, [
            choice('choice.take-earliest', { type: 'WINDOW_CHOSEN', window: offer.window }),
            choice('choice.another-time', { type: 'ANOTHER_WINDOW_WANTED' }),
          ]);
        case 'exact':
        case 'none':
          return question('window', 'ask.window.open');
      }
    }
  }
}

function earliestKey(held: boolean, reason: 'full' | 'too-soon'): ReplyKey {
  if (!held) return 'ask.window.earliest';
  return reason === 'full' ? 'ask.window.earliest.held' : 'ask.window.earliest.too-soon';
}

/** The window tapped, or the only one on offer. */
export function chooseWindow<Data extends WindowChoosing>(data: Data, event: DialogEvent): Data {
  if (event.type === 'WINDOW_CHOSEN') return { ...data, window: event.window };
  const [only, ...others] = windowsOnOffer(data);
  return only !== undefined && others.length === 0 ? { ...data, window: only } : data;
}

/** 随便: the earliest on offer; the read-back still asks. */
export function firstOffered<Data extends WindowChoosing>(data: Data): Data {
  const [first] = windowsOnOffer(data);
  return first === undefined ? data : { ...data, window: first };
}

/** 都行,你们安排 means that every time suits: no day and no hour is named. */
export function isAnytime(data: WindowChoosing, event: DialogEvent): boolean {
  return (
    event.type === 'ANSWERED' &&
    windowsOnOffer(data).length > 0 &&
    event.answers.wishes.length > 0 &&
    event.answers.wishes.every((it) => it.flag === 'anytime' && it.dateFrom === null && it.dateTo === null && it.part === null)
  );
}

/** Somebody was faster: the nearest that are left, or nothing at all. */
export function afterTaken(nearest: readonly VisitWindow[]): WindowChoice {
  return nearest.length > 0 ? { kind: 'taken', nearest } : { kind: 'offered', offer: { kind: 'none' } };
}

/** Whether the engineer wished for can come; nothing when nobody was wished for, or that was told before. */
export function sayWishedEngineer(wished: WishedEngineer | null, told: WishedEngineer | null): readonly Effect[] {
  if (wished === null || (told?.kind === wished.kind && told.name === wished.name)) return [];
  const engineer = { as: 'text', value: wished.name } as const;
  switch (wished.kind) {
    case 'already':
      return [say('engineer.already', { engineer })];
    case 'comes':
      return [say('engineer.comes', { engineer })];
    case 'full':
      return [say('engineer.full', { engineer })];
    case 'unknown':
      return [say('engineer.unknown', { engineer })];
    case 'kept-away':
      return [say('engineer.kept-away', { engineer })];
    case 'nobody-else':
      return [say('engineer.nobody-else', { engineer })];
  }
}
