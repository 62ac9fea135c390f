/** What an answer to the offered windows changes in a repair booking: none suits, or any will do. */
import type { DialogEvent } from './dialog-event.ts';
import { mergeAnswers, type RepairData, withoutWindow } from './repair-booking-data.ts';
import { firstOffered } from './window-choice.ts';

/** None of these: the customer says when. */
export const anotherWindow = (data: RepairData): RepairData => ({ ...withoutWindow(data), wishes: [], choice: { kind: 'open' } });

export const earliestOffer = (data: RepairData, event: DialogEvent): RepairData =>
  event.type === 'ANSWERED' ? firstOffered(mergeAnswers(data, { ...event.answers, wishes: [] }, event.text, 'window')) : data;
