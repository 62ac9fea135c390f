/**
 * Talk about a dialog itself: whether to give it up when words would be lost, whether to go on with it after another
 * matter or after days. The question stands on top of the dialog's own, which comes again with the answer.
 */
import { DIALOGS, type FlowName } from '../../flows/registry.ts';
import { MINUTE } from '../domain/instant.ts';
import type { ConversationState } from './conversation-state.ts';
import { type Button, type Draft, offerAbout } from './draft.ts';
import type { Meaning } from './meaning.ts';
import type { Move } from './move.ts';

/** What is asked of a dialog itself stands where else the slot stands. */
export const ABOUT_DIALOG = ['cancel', 'resume'] as const;
type AboutDialog = (typeof ABOUT_DIALOG)[number];

/** Dialogs that change something: taken up again only when the customer still wants that. */
const TRANSACTIONS = ['repair-booking', 'appointment-change', 'complaint', 'warranty-lookup'] as const;
type Transaction = (typeof TRANSACTIONS)[number];

export function aboutDialog(state: ConversationState): AboutDialog | null {
  return ABOUT_DIALOG.find((it) => it === state.lastAsked?.asking) ?? null;
}

/** Asks whether the dialog on top is to be given up; false when nothing would be lost by it. */
export function askBeforeGivingUp(draft: Draft): boolean {
  const top = draft.state.stack.at(-1);
  const flow = TRANSACTIONS.find((it) => it === top?.flow);
  if (top === undefined || flow === undefined || !DIALOGS[top.flow].losing(top.context)) return false;
  offerAbout(draft, flow, 'cancel', { key: `cancel.sure.${flow}`, data: {} }, [GIVE_UP, GO_ON]);
  return true;
}

/** After another matter was settled: asks before a dialog that changes something is taken up again (S2-015). */
export function askBeforeResuming(draft: Draft, flow: FlowName): boolean {
  const settled = draft.tickets.length + draft.ticketChanges.length + draft.statements.length > 0;
  const transaction = transactionOf(flow);
  if (!settled || transaction === null) return false;
  offerAbout(draft, transaction, 'resume', { key: `resume.next.${transaction}`, data: {} }, [GO_ON, NOT_ANY_MORE]);
  return true;
}

/**
 * Whether a customer who comes back after long is first asked to go on with what was left open: unless the message plainly
 * answers the open question, taps its button, or is of another matter that goes first.
 */
export function comesBack(state: ConversationState, now: number, parkMinutes: number, move: Move): Transaction | null {
  const top = state.stack.at(-1);
  const flow = transactionOf(top?.flow ?? null);
  if (flow === null || state.heardAt === null || now - state.heardAt < parkMinutes * MINUTE || aboutDialog(state) !== null) return null;
  switch (move.kind) {
    case 'start':
      return move.flow === flow ? flow : null;
    case 'courtesy':
    case 'clarify':
      return flow;
    case 'event':
      return move.event.type === 'NOT_UNDERSTOOD' || move.event.type === 'AFFIRMED' || tellsAnew(move) ? flow : null;
    default:
      return null;
  }
}

/** The question to a customer who is back; what they just said begins the matter anew if they say no. */
export function askWhoComesBack(
  draft: Draft,
  flow: Transaction,
  said: { readonly move: Move; readonly text: string },
  isAnotherDay: boolean,
): void {
  const { move, text } = said;
  const answers =
    move.kind === 'start' ? move.answers : move.kind === 'event' && move.event.type === 'ANSWERED' ? move.event.answers : null;
  // On another day no window that was offered or chosen is to be counted on.
  const isOfWindow =
    isAnotherDay &&
    flow === 'repair-booking' &&
    (draft.state.lastAsked?.asking === 'window' || draft.state.lastAsked?.asking === 'confirm');
  const goOn: Button = isOfWindow ? { ...GO_ON, means: { type: 'ANOTHER_WINDOW_WANTED' } } : GO_ON;
  // What brought them back is said: it goes into the dialog with them.
  const tells = answers?.reports.some((it) => it.appliance !== null && it.text !== null) === true;
  const goingOn: Button = tells && answers !== null ? { ...GO_ON, means: { type: 'ANSWERED', answers, text } } : goOn;
  const anew: Meaning = answers === null ? NOT_ANY_MORE.means : { type: 'ANEW', flow, answers, text };
  offerAbout(draft, flow, 'resume', { key: `resume.ask.${flow}`, data: {} }, [goingOn, { ...NOT_ANY_MORE, means: anew }]);
}

/** A fault told again may be the old one or a new one. */
function tellsAnew(move: Extract<Move, { kind: 'event' }>): boolean {
  return move.event.type === 'ANSWERED' && move.event.answers.reports.some((it) => it.appliance !== null);
}

function transactionOf(flow: FlowName | null): Transaction | null {
  return TRANSACTIONS.find((it) => it === flow) ?? null;
}

const GIVE_UP: Button = { label: { key: 'choice.give-up', data: {} }, means: { type: 'CANCELLED' } };
const GO_ON: Button = { label: { key: 'choice.go-on', data: {} }, means: { type: 'RESUMED' } };
const NOT_ANY_MORE: Button = { label: { key: 'choice.not-any-more', data: {} }, means: { type: 'CANCELLED' } };
