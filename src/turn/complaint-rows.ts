/** A complaint as rows of the turn's write: filed under a number of its own, or joined to the one there is (S4-001). */
import type { Effect } from '../../flows/effect.ts';
import { localDayOf } from '../domain/business-calendar.ts';
import { countedNumber, NUMBER_TO_COME } from '../domain/ticket-number.ts';
import type { Draft, DraftNeeds } from './draft.ts';
import { ticketOpened } from './loose-photos.ts';

const NUMBER_PATTERN = { complaint: 'numberPattern', 'exception-slip': 'slipNumberPattern' } as const;

/** Under its own number, which the write takes: gapless within the month (S4-001). */
export function openComplaint(draft: Draft, effect: Extract<Effect, { kind: 'open-complaint' }>, needs: DraftNeeds): void {
  const { now, conversation } = draft;
  const { complaint, statement, phone } = effect;
  const { ticketId, priority, appliance, model, serial, answerBy, note, ...filed } = complaint;
  const { counter, pattern } = countedNumber(needs.policy.complaints[NUMBER_PATTERN[filed.form]], localDayOf(now, needs.timeZone));
  draft.counted = { counter, pattern };
  draft.customer = { ...draft.customer, phone: phone ?? draft.customer.phone };
  draft.tickets.push({
    id: ticketId,
    number: NUMBER_TO_COME,
    kind: 'complaint',
    status: 'open',
    priority,
    channel: conversation.channel,
    appliance,
    faultCodes: [],
    details: { fault: statement, name: null, model, errorCode: null, contact: null, note },
    serial,
    phone,
    province: null,
    city: null,
    district: null,
    addressId: null,
    openedAt: now,
    dueAt: answerBy,
    priceVersion: null,
  });
  draft.complaints.push({ ticketId, answerBy, ...filed });
  draft.statements.push({ id: needs.makeIdentifier(), ticketId, at: now, text: statement, gravities: [], wish: null, priority: null });
  draft.ticketEvents.push({
    ticketId,
    at: now,
    actor: 'customer',
    type: 'opened',
    details: {
      kind: 'complaint',
      form: filed.form,
      status: 'open',
      priority,
      channel: conversation.channel,
      category: filed.category,
      department: filed.department,
      gravities: filed.gravities,
      answerBy: new Date(answerBy).toISOString(),
      resolveBy: new Date(filed.resolveBy).toISOString(),
    },
  });
  if (filed.aboutTicketId !== null) draft.relations.push({ from: ticketId, to: filed.aboutTicketId, kind: 'about' });
  ticketOpened(draft, { id: ticketId, number: NUMBER_TO_COME });
}

export function joinComplaint(draft: Draft, effect: Extract<Effect, { kind: 'join-complaint' }>, needs: DraftNeeds): void {
  const { ticketId, number, statement, priority, gravities, wish } = effect;
  draft.statements.push({ id: needs.makeIdentifier(), ticketId, at: draft.now, text: statement, gravities, wish, priority });
  draft.ticketEvents.push({
    ticketId,
    at: draft.now,
    actor: 'customer',
    type: 'complaint-joined',
    details: { priority, gravities, wish },
  });
  draft.changedTicket = { number, kind: 'complaint', status: 'open' };
  ticketOpened(draft, { id: ticketId, number });
}
