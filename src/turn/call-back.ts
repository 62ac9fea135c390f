/**
 * Who can't write is called. About a ticket of theirs that is open somebody phones by a time that is said; else a person
 * takes over, with the number to call.
 */
import { DIALOGS } from '../../flows/registry.ts';
import { callBackBy } from '../domain/business-calendar.ts';
import type { PhoneNumber } from '../domain/contact.ts';
import type { Identifier } from '../domain/identifier.ts';
import { isLive } from '../domain/known-ticket.ts';
import { maskPhone } from '../domain/privacy-mask.ts';
import type { Datum } from '../wording/reply.ts';
import { askOutside, type Draft, say } from './draft.ts';
import { addEffect } from './effect-rows.ts';
import { handOff } from './hand-off.ts';
import type { Turn } from './turn.ts';

/** Asked outside any dialog: the number to call. */
export const CALL_BACK = 'call-back';

/** `told`: the number they have just given for it. */
export async function callBack(turn: Turn, told: PhoneNumber | null): Promise<void> {
  const { draft, needs } = turn;
  const record = await needs.readings.customerRecord(draft.conversation.customerId);
  const top = draft.state.stack.at(-1);
  if (top === undefined && told === null && record.phone !== null && (await callOnTicket(turn, record.phone))) return;
  const phone = told ?? (top === undefined ? null : DIALOGS[top.flow].about(top.context).phone) ?? record.phone;
  if (told !== null) draft.customer = { ...draft.customer, phone: told };
  if (phone === null) say(draft, { key: 'call-back.asked', data: {} });
  else say(draft, { key: 'call-back', data: { phone: told === null ? hidden(phone) : { as: 'phone', value: told } } });
  await handOff(turn, 'call-back', phone);
  if (phone === null) return askOutside(draft, { key: 'ask.phone.call-back', data: {} }, CALL_BACK);
  draft.state = { ...draft.state, lastAsked: { flow: null, asking: CALL_BACK, choices: [] } };
}

/** While they wait for it: the number, or another one. */
export function noteNumber(draft: Draft, phone: PhoneNumber): void {
  draft.customer = { ...draft.customer, phone };
  say(draft, { key: 'call-back.noted', data: { phone: { as: 'phone', value: phone } } });
}

/** False when they have opened none here that is still open. */
async function callOnTicket({ draft, needs }: Turn, phone: PhoneNumber): Promise<boolean> {
  const { justOpened } = draft.state;
  const ticket = justOpened === null ? null : await needs.readings.ticketById(justOpened.id as Identifier);
  if (ticket === null || !isLive(ticket)) return false;
  const dueAt = callBackBy(needs.policy, draft.now, needs.timeZone);
  const onceKey = `call-back:${ticket.id}:${dueAt}`;
  addEffect(draft, { kind: 'contact-task', reason: 'call-back', dueAt, ticketId: ticket.id, onceKey }, needs);
  say(draft, {
    key: 'call-back.ticket',
    data: { by: { as: 'moment', value: dueAt, now: draft.now }, phone: hidden(phone), numbers: { as: 'numbers', value: [ticket.number] } },
  });
  return true;
}

/** A number on record is recognised, not read out. */
function hidden(phone: PhoneNumber): Datum {
  return { as: 'text', value: maskPhone(phone) };
}
