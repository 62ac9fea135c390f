/** Outside any dialog: what a customer may want, as buttons, and asking back when it was not clear. */
import { MISSES_MAX } from '../../flows/form.ts';
import type { Intent } from '../understanding/understood.ts';
import type { ReplyKey } from '../wording/reply.ts';
import type { Wanted } from './conversation-state.ts';
import { type Button, offer, say } from './draft.ts';
import { handOff } from './hand-off.ts';
import type { Turn } from './turn.ts';

const WANTED: Readonly<Record<Wanted['what'], ReplyKey>> = {
  repair: 'choice.book-repair',
  progress: 'choice.progress',
  person: 'choice.human',
  price: 'choice.ask-price',
  hours: 'choice.ask-hours',
};

const button = (what: Wanted['what']): Button => ({ label: { key: WANTED[what], data: {} }, means: { type: 'WANTED', what } });

export const OPENING_BUTTONS: readonly Button[] = [button('repair'), button('progress'), button('price'), button('person')];

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
  const likely = options.flatMap((it) =>
    it === 'ask_price' || it === 'ask_hours' ? [it === 'ask_price' ? ('price' as const) : ('hours' as const)] : [],
  );
  offer(draft, { key: likely.length > 0 ? 'unclear.two' : 'unclear.open', data: {} }, [
    button(likely[0] ?? 'repair'),
    button(likely[0] === undefined ? 'person' : 'repair'),
  ]);
}
