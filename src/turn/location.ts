/**
 * A place on the map. Where a booking lacks its address the platform's words for the place are that address, shown at once
 * and taken back with one tap; before anything is begun it is kept for the booking that may follow.
 */
import { NOTHING_SAID } from '../../flows/dialog-event.ts';
import { DIALOGS } from '../../flows/registry.ts';
import type { AddressParts } from '../domain/contact.ts';
import type { Identifier } from '../domain/identifier.ts';
import { isLive } from '../domain/known-ticket.ts';
import { detailIsEnough } from '../domain/service-area.ts';
import { withoutOurMarks } from '../domain/ticket-number.ts';
import { OPENING_BUTTONS } from './clarify.ts';
import { addButton, type Button, type Draft, offer, say } from './draft.ts';
import { noteInQueue } from './hand-off.ts';
import type { InboundBody } from './message.ts';
import { keepPlace, placeOf, showPlace } from './shown.ts';
import { askAgain, tell } from './tell-dialog.ts';
import type { Turn } from './turn.ts';

const LABEL_CHARACTERS_MAX = 200;
const CHANGE_ADDRESS: Button = { label: { key: 'choice.change-address', data: {} }, means: { type: 'ANOTHER_ADDRESS_WANTED' } };

export async function located(turn: Turn, { label }: Extract<InboundBody, { kind: 'location' }>): Promise<void> {
  const { draft } = turn;
  if (draft.owner === 'human') return;
  if (draft.owner === 'queue') return noteInQueue(draft);
  draft.state = { ...draft.state, nudged: false };
  const isDanger = await inDanger(turn);
  if (isDanger) say(draft, { key: 'location.danger', data: {} });
  const words = withoutOurMarks(label).trim().slice(0, LABEL_CHARACTERS_MAX);
  const address = words === '' ? null : addressIn(turn, words);
  const known = bookingAddress(draft);
  if (draft.state.stack.length === 0) return isDanger ? undefined : keep(draft, address);
  if (known === null) {
    if (address !== null && isPlace(address, null)) keepPlace(draft, address);
    if (!isDanger) say(draft, { key: 'location.kept.aside', data: {} });
    return await askAgain(turn);
  }
  if (address === null || !isPlace(address, known)) {
    if (!isDanger) say(draft, { key: 'location.unread', data: {} });
    return await askAgain(turn);
  }
  if (draft.state.lastAsked?.asking === 'address' || !isWhole(known)) return await fillIn(turn, address, words);
  say(draft, { key: 'location.settled', data: placeOf(known) });
  await askAgain(turn);
  addButton(draft, CHANGE_ADDRESS);
}

/** As typed words that answer the address question; what comes of it is shown, whatever is asked next. */
async function fillIn(turn: Turn, address: AddressParts, words: string): Promise<void> {
  const { draft } = turn;
  const before = draft.said.length;
  await tell(turn, { type: 'ANSWERED', answers: { ...NOTHING_SAID, address }, text: words }, { type: 'RESUMED' });
  const taken = bookingAddress(draft);
  if (taken !== null) showPlace(draft, before, taken);
}

/** Outside any dialog: kept, and what can be done. */
function keep(draft: Draft, address: AddressParts | null): void {
  const isKept = address !== null && isPlace(address, null);
  if (isKept) keepPlace(draft, address);
  offer(draft, isKept ? { key: 'location.kept', data: placeOf(address) } : { key: 'location.unread.open', data: {} }, OPENING_BUTTONS);
}

function addressIn({ draft, needs }: Turn, words: string): AddressParts | null {
  return needs.understand(words, { now: draft.now, timeZone: needs.timeZone, expects: 'address' }).entities.address;
}

/** A street alone is a place only where the district is known. */
function isPlace({ province, city, district }: AddressParts, known: AddressParts | null): boolean {
  return province !== null || city !== null || district !== null || (known !== null && known.district !== null);
}

/** Nothing of it is asked for any more. */
function isWhole({ city, district, detail }: AddressParts): boolean {
  return city !== null && district !== null && detail !== null && detailIsEnough(detail);
}

/** Of the booking on top; null when another dialog is. */
function bookingAddress(draft: Draft): AddressParts | null {
  const top = draft.state.stack.at(-1);
  return top?.flow === 'repair-booking' ? DIALOGS[top.flow].about(top.context).address : null;
}

async function inDanger({ draft, needs }: Turn): Promise<boolean> {
  const { danger } = draft.state;
  const ticket = danger === null ? null : await needs.readings.ticketById(danger.ticketId as Identifier);
  return ticket !== null && isLive(ticket);
}
