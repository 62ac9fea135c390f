/**
 * A voice message without words: kept for the people who can hear it, the customer shown how it becomes text, and a call
 * offered. Told once at length, then shortly; who goes on speaking is handed to a person.
 */
import { MISSES_MAX } from '../../flows/form.ts';
import { DAY } from '../domain/instant.ts';
import type { Reply } from '../wording/reply.ts';
import { CALL_BACK } from './call-back.ts';
import { OPENING_BUTTONS, wantedButton } from './clarify.ts';
import type { ConversationState } from './conversation-state.ts';
import { addButton, askOutside, say } from './draft.ts';
import { handOff, noteInQueue } from './hand-off.ts';
import { keepLoose, tieToJustOpened } from './loose-photos.ts';
import type { InboundBody } from './message.ts';
import { askAgain } from './tell-dialog.ts';
import type { Turn } from './turn.ts';

/** So long nobody needs to be told again. */
const TOLD_FOR = DAY;
const CALL_ME = wantedButton('call-back');

export async function spoken(turn: Turn, { attachmentId }: Extract<InboundBody, { kind: 'voice' }>): Promise<void> {
  const { draft } = turn;
  if (draft.owner === 'human') return;
  if (draft.owner === 'queue') return noteInQueue(draft);
  keepLoose(draft, [attachmentId]);
  const number = tieToJustOpened(draft, [attachmentId]);
  const { voices } = draft.state;
  const inARow = (voices?.inARow ?? 0) + 1;
  const isTold = voices !== null && draft.now - voices.toldAt < TOLD_FOR;
  if (isTold && inARow >= MISSES_MAX) {
    draft.state = { ...draft.state, voices: { ...voices, inARow: 0 } };
    say(draft, { key: 'voice.person', data: {} });
    return await handOff(turn, 'voice');
  }
  draft.state = { ...draft.state, nudged: false, voices: { toldAt: isTold ? voices.toldAt : draft.now, inARow } };
  const inDialog = draft.state.stack.length > 0;
  const reply = isTold ? AGAIN : howTo(number, inDialog);
  if (!inDialog) return askOutside(draft, reply, CALL_BACK, [CALL_ME, ...OPENING_BUTTONS]);
  say(draft, reply);
  await askAgain(turn);
  addButton(draft, CALL_ME);
}

/** Words came: what is spoken after them is the first of a new row. */
export function wordsAfter(voices: ConversationState['voices']): ConversationState['voices'] {
  return voices === null ? null : { ...voices, inARow: 0 };
}

const AGAIN: Reply = { key: 'voice.again', data: {} };

/** Outside a dialog nothing else is open, so that a number alone is understood. */
function howTo(number: string | null, inDialog: boolean): Reply {
  if (number !== null) return { key: 'voice.with-ticket', data: { numbers: { as: 'numbers', value: [number] } } };
  return { key: inDialog ? 'voice' : 'voice.open', data: {} };
}
