/** What an answer to the offered windows changes: one is chosen, none suits, any will do, or somebody was faster. */
import type { VisitWindow } from '../src/domain/visit-window.ts';
import type { DialogEvent } from './dialog-event.ts';
import { mergeAnswers, type RepairData, type WindowChoice, withoutWindow } from './repair-booking-data.ts';
import { windowsOnOffer } from './repair-booking-questions.ts';

/** None of these: the customer says when. */
export const anotherWindow = (data: RepairData): RepairData => ({ ...withoutWindow(data), wishes: [], choice: { kind: 'open' } });

/** The window tapped, or the only one on offer. */
export const chooseWindow = (data: RepairData, event: DialogEvent): RepairData => {
  if (event.type === 'WINDOW_CHOSEN') return { ...data, window: event.window };
  const [only, ...others] = windowsOnOffer(data);
  return only !== undefined && others.length === 0 ? { ...data, window: only } : data;
};

/** 随便: the earliest on offer; the read-back still asks. */
export const firstOffered = (data: RepairData): RepairData => {
  const [first] = windowsOnOffer(data);
  return first === undefined ? data : { ...data, window: first };
};

/** 都行,你们安排 means that every time suits: no day and no hour is named. */
export const isAnytime = (data: RepairData, event: DialogEvent): boolean =>
  event.type === 'ANSWERED' &&
  windowsOnOffer(data).length > 0 &&
  event.answers.wishes.length > 0 &&
  event.answers.wishes.every((it) => it.flag === 'anytime' && it.dateFrom === null && it.dateTo === null && it.part === null);

export const earliestOffer = (data: RepairData, event: DialogEvent): RepairData =>
  event.type === 'ANSWERED' ? firstOffered(mergeAnswers(data, { ...event.answers, wishes: [] }, event.text, 'window')) : data;

/** Somebody was faster: the nearest that are left, or nothing at all. */
export const afterTaken = (nearest: readonly VisitWindow[]): WindowChoice =>
  nearest.length > 0 ? { kind: 'taken', nearest } : { kind: 'offered', offer: { kind: 'none' } };
