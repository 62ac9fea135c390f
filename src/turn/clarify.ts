/** Outside any dialog: what a customer may want, as buttons, and asking back when it was not clear. */
import { MISSES_MAX } from '../../flows/form.ts';
import type { Intent } from '../understanding/understood.ts';
import type { ReplyKey } from '../wording/reply.ts';
import { type Button, offer, offerAbout, say } from './draft.ts';
import { handOff } from './hand-off.ts';
import type { Wanted } from './meaning.ts';
import type { Turn } from './turn.ts';

const WANTED: Readonly<Record<Wanted['what'], ReplyKey>> = {
  repair: 'choice.book-repair',
  progress: 'choice.progress',
  person: 'choice.human',
  'call-back': 'choice.call-back',
  price: 'choice.ask-price',
  hours: 'choice.ask-hours',
  warranty: 'choice.warranty',
  complaint: 'choice.complaint',
  change: 'choice.change',
};

/** What an intent that was not sure may come to. */
const LIKELY: Readonly<Partial<Record<Intent, Wanted['what']>>> = {
  book_repair: 'repair',
  query_progress: 'progress',
  query_warranty: 'warranty',
  complaint: 'complaint',
  reschedule: 'change',
  cancel_booking: 'change',
  human: 'person',
  ask_price: 'price',
  ask_hours: 'hours',
};
const GO_ON: Button = { label: { key: 'choice.go-on', data: {} }, means: { type: 'RESUMED' } };

export const wantedButton = (what: Wanted['what']): Button => ({ label: { key: WANTED[what], data: {} }, means: { type: 'WANTED', what } });

export const OPENING_BUTTONS: readonly Button[] = (['repair', 'progress', 'warranty', 'price', 'person'] as const).map(wantedButton);

/** Two likely readings as buttons; the third such message in a row goes to a person. */
export async function clarify(turn: Turn, options: readonly Intent[]): Promise<void> {
  const { draft } = turn;
  const misses = draft.state.misses + 1;
  if (misses >= MISSES_MAX) {
    draft.state = { ...draft.state, misses: 0 };
    say(draft, { key: 'handoff.misses', data: {} });
    return await handOff(turn, 'misses');
  }
  draft.state = { ...draft.state, misses };
  const likely = [...new Set(options.flatMap((it) => LIKELY[it] ?? []))];
  const [first, second] = likely;
  const top = draft.state.stack.at(-1);
  if (top !== undefined) {
    const { lastAsked } = draft.state;
    return offerAbout(draft, top.flow, lastAsked?.asking ?? null, { key: 'unclear.in-dialog', data: {} }, [
      wantedButton(first ?? 'person'),
      GO_ON,
    ]);
  }
  offer(draft, { key: first === undefined ? 'unclear.open' : 'unclear.two', data: {} }, [
    wantedButton(first ?? 'repair'),
    wantedButton(second ?? (first === undefined || first === 'repair' ? 'person' : 'repair')),
  ]);
}
