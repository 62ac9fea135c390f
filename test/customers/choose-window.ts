/** Answering the question when the visit shall be: a wish in words, or one of the windows on offer. */
import { type Customer, labelled, line } from './errand.ts';
import { NONE_OF_THESE, THE_NTH } from './sentences/times.ts';
import { inWords, typed } from './speech.ts';
import type { Line, Turn } from './story.ts';
import { windowStart } from './window-label.ts';
import { answersWish, localClock, type Wish, wishInWords } from './wish.ts';

export type WindowWanted = {
  readonly wish: Wish;
  /** The start of the window they picked by sight; it counts in place of the wish. */
  readonly picked: number | null;
  readonly wishTold: boolean;
};

const NTH = ['一', '二', '三', '四'];

/** What they say to the windows on offer, and what they then expect. */
export function chooseWindow(turn: Turn, wanted: WindowWanted, customer: Customer): { readonly line: Line; readonly wanted: WindowWanted } {
  const { manner, random, now } = customer;
  const offered = turn.buttons.flatMap((button) => {
    const start = windowStart(button.label, now());
    return start === null ? [] : [{ ...button, start }];
  });
  const only = offered.length === 0 ? onlyOneIn(turn, now()) : null;
  const fitting = offered.find((it) => answersWish(wanted.wish, it.start));
  if (only !== null) {
    const take = labelled(turn, /就这个时间|take/i);
    return { line: line('picks', take?.value ?? '可以', ['window', 'picked']), wanted: { ...wanted, picked: only } };
  }
  if (offered.length === 0 || (fitting === undefined && !wanted.wishTold)) {
    const said = typed(wishInWords(wanted.wish, manner.register, random, now()), manner, random);
    return { line: line('tells', said, ['window']), wanted: { ...wanted, wishTold: true } };
  }
  const taken = fitting ?? offered[0];
  if (taken === undefined) return { line: line('tells', inWords(NONE_OF_THESE, manner.register, random)), wanted };
  return { line: line('picks', pickInWords(taken, offered, customer), ['window', 'picked']), wanted: { ...wanted, picked: taken.start } };
}

function pickInWords(
  taken: { readonly label: string; readonly value: string; readonly start: number },
  offered: readonly { readonly start: number }[],
  customer: Customer,
): string {
  const { manner, random } = customer;
  const place = offered.findIndex((it) => it.start === taken.start);
  if (manner.chooses === 'taps') return taken.value;
  if (manner.chooses === 'numbers') return String(place + 1);
  const nth = inWords(THE_NTH, manner.register, random, { nth: NTH[place] ?? '一', label: taken.label });
  const hour = Number(localClock(taken.start).slice(0, 2));
  const sameHour = offered.filter((it) => localClock(it.start) === localClock(taken.start)).length;
  const clock = sameHour === 1 && manner.register !== 'english' ? [`${hour}点那个`, `${hour}点的吧`] : [];
  return typed(random.pick([nth, nth, taken.label, ...clock]), manner, random);
}

/** The earliest that is held: it stands in the sentence, not on a button. */
function onlyOneIn(turn: Turn, now: number): number | null {
  if (labelled(turn, /就这个时间|take/i) === null) return null;
  return windowStart(turn.texts.join('\n'), now);
}
