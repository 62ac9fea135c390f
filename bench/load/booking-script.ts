/** What every customer of the load says, on whatever channel: a booking by free text in seven turns, and what each is answered with. */
import type { ReplyKey } from '../../src/wording/reply.ts';
import { says } from '../../test/support/says.ts';
import { districtOf, phoneOf } from '../districts.ts';

/**
 * `isAnswer`: whether these words of the desk are what this turn is to be answered with. `isTaken`: whether they say that
 * somebody else was faster, so that another window is to be picked.
 */
export type Step = { readonly text: string; readonly isAnswer: (words: string) => boolean; readonly isTaken: (words: string) => boolean };

/** Turns to go back for another window. */
export const BACK_TO_WINDOWS = 1;

const HOUSES = 900;

export function bookingOf(customer: number): readonly Step[] {
  const { city, district } = districtOf(customer);
  return [
    step('我要报修', 'ask.appliance'),
    step('空调不制冷', 'ask.address'),
    step(`${city}${district}建设路${(customer % HOUSES) + 1}号3号楼1501`, 'ask.phone'),
    step(phoneOf(customer), 'ask.name'),
    step('王小明', 'ask.window.offer', 'ask.window.only'),
    step('1', 'confirm.read-back'),
    step('确认', 'booked', TAKEN),
  ];
}

/** The number of the ticket, as the last answer says it; null when it says none. */
export function ticketNumberIn(words: string): string | null {
  return /BX-\d{8}-\d{4,}/.exec(words)?.[0] ?? null;
}

const TAKEN: ReplyKey = 'ask.window.taken';

function step(text: string, ...answers: readonly ReplyKey[]): Step {
  return {
    text,
    isAnswer: (words) => answers.some((it) => says(words, it)),
    isTaken: (words) => answers.includes(TAKEN) && says(words, TAKEN),
  };
}
