/** Turns as the rows their write inserts, everything personal sealed; the columns are those of `turn-write-sql.ts`. */

import { unreachable } from '../domain/unreachable.ts';
import type { NewComplaint, NewStatement, NewTicket, Reservation, SurveyChange, TurnWrite } from '../turn/ports.ts';
import { jsonParameter, timestamp } from './connection.ts';
import { INDEXED, SEALED } from './purposes.ts';
import { type Seal, withoutNul } from './seal.ts';

/** Whether a turn writes more than its conversation, its messages and an appointment. */
export function wantsRecord(turn: TurnWrite): boolean {
  const { customer, newAddress, tickets, ticketChanges, ticketEvents, relations, handoff, pages, contactTasks, waitingList } = turn;
  const { complaints, statements, surveys, evidence } = turn;
  const lists = [
    tickets,
    ticketChanges,
    ticketEvents,
    relations,
    pages,
    contactTasks,
    waitingList,
    complaints,
    statements,
    surveys,
    evidence,
  ];
  if (customer.name !== null || customer.phone !== null || newAddress !== null || handoff !== null || turn.wrongProof !== null) return true;
  return lists.some((it) => it.length > 0);
}

/**
 * The turns as one JSON parameter: an object a turn, with a list of rows for each table it writes. Lists without a row
 * are left out.
 */
export function turnsParameter(turns: readonly TurnWrite[], seal: Seal): string {
  return jsonParameter(turns.map((turn, n) => ({ n, ...turnRow(turn, seal), ...(wantsRecord(turn) ? recordRows(turn, seal) : {}) })));
}

/** What every turn writes: its conversation, its messages, perhaps an appointment. */
function turnRow(turn: TurnWrite, seal: Seal): object {
  const { conversationId, revision, owner, state, applied, reservation, releasedHolds, calledOff, outgoing } = turn;
  return {
    conversation_id: conversationId,
    revision,
    owner,
    asking: turn.asking,
    state: sealed(seal, SEALED.conversationState, JSON.stringify(state ?? null)),
    appointment_id: reservation?.appointmentId,
    called_off: calledOff ?? undefined,
    said: outgoing.length,
    applied,
    outgoing: listed(
      outgoing.map(({ id, sender, body, at, mustReach }, index) => ({
        place: index + 1,
        id,
        sender,
        body: sealed(seal, SEALED.messageBody, JSON.stringify(body)),
        at: timestamp(at),
        reach: mustReach?.reason,
        reach_ticket_id: mustReach?.ticketId,
      })),
    ),
    reservations: reservation === null ? undefined : [reservationRow(reservation)],
    reserved_tickets: listed(ticketsOf(reservation).map((it) => ({ ticket_id: it }))),
    released_holds: listed(releasedHolds.map((id) => ({ id }))),
  };
}

function recordRows(turn: TurnWrite, seal: Seal): object {
  const { customerId, customer, newAddress, handoff } = turn;
  return {
    customers: customer.name === null && customer.phone === null ? undefined : [customerRow(turn, seal)],
    addresses:
      newAddress === null
        ? undefined
        : [{ ...newAddress, customer_id: customerId, detail: sealed(seal, SEALED.addressDetail, newAddress.detail) }],
    tickets: listed(turn.tickets.map((it) => ticketRow(it, turn, seal))),
    ticket_changes: listed(
      turn.ticketChanges.map((it) => ({
        ticket_id: it.ticketId,
        status: it.status,
        due_at: it.dueAt === null ? null : timestamp(it.dueAt),
      })),
    ),
    wrong_proofs:
      turn.wrongProof === null
        ? undefined
        : [{ number: turn.wrongProof.number, phone_index: indexed(seal, INDEXED.phone, turn.wrongProof.phone) }],
    ticket_events: listed(
      turn.ticketEvents.map(({ ticketId, at, actor, type, details }) => ({ ticket_id: ticketId, at: timestamp(at), actor, type, details })),
    ),
    relations: listed(turn.relations.map(({ from, to, kind }) => ({ from_id: from, to_id: to, kind }))),
    handoffs: handoff?.kind === 'open' ? [handoffRow(handoff, seal)] : undefined,
    withdrawals: handoff?.kind === 'withdraw' ? [{ at: timestamp(handoff.at) }] : undefined,
    pages: listed(
      turn.pages.map((it) => ({
        id: it.id,
        reason: it.reason,
        ticket_id: it.ticketId,
        raised_at: timestamp(it.raisedAt),
        once_key: it.onceKey,
        not_before: it.notBefore === null ? null : timestamp(it.notBefore),
      })),
    ),
    complaints: listed(turn.complaints.map(complaintRow)),
    statements: listed(turn.statements.map((it) => statementRow(it, seal))),
    surveys: listed(turn.surveys.map((it) => surveyRow(it, seal))),
    evidence: listed(turn.evidence.map((it) => ({ id: it.attachmentId, ticket_id: it.ticketId }))),
    contact_tasks: listed(
      turn.contactTasks.map((it) => ({
        id: it.id,
        ticket_id: it.ticketId,
        whom: it.whom.kind,
        engineer_id: it.whom.kind === 'engineer' ? it.whom.engineerId : null,
        reason: it.reason,
        notice: it.notice === null ? null : sealed(seal, SEALED.contactNotice, it.notice),
        due_at: timestamp(it.dueAt),
        once_key: it.onceKey,
      })),
    ),
    waiting_list: listed(
      turn.waitingList.map((it) => ({
        id: it.id,
        ticket_id: it.ticketId,
        from_at: timestamp(it.fromAt),
        to_at: timestamp(it.toAt),
        at: timestamp(it.at),
      })),
    ),
  };
}

function customerRow({ customerId, customer: { name, phone } }: TurnWrite, seal: Seal): object {
  return {
    id: customerId,
    name: name === null ? null : sealed(seal, SEALED.customerName, name),
    phone: phone === null ? null : sealed(seal, SEALED.customerPhone, phone),
    phone_index: indexed(seal, INDEXED.phone, phone),
  };
}

function ticketRow(it: NewTicket, { customerId }: TurnWrite, seal: Seal): object {
  return {
    id: it.id,
    number: it.number,
    kind: it.kind,
    status: it.status,
    priority: it.priority,
    channel: it.channel,
    appliance: it.appliance,
    fault_codes: it.faultCodes,
    details: sealed(seal, SEALED.ticketDetails, JSON.stringify({ ...it.details, serial: it.serial, phone: it.phone })),
    serial_index: indexed(seal, INDEXED.serial, it.serial),
    phone_index: indexed(seal, INDEXED.phone, it.phone),
    province: it.province,
    city: it.city,
    district: it.district,
    customer_id: customerId,
    address_id: it.addressId,
    opened_at: timestamp(it.openedAt),
    due_at: it.dueAt === null ? null : timestamp(it.dueAt),
    price_version: it.priceVersion,
  };
}

function complaintRow(it: NewComplaint): object {
  return {
    ticket_id: it.ticketId,
    form: it.form,
    category: it.category,
    types: it.types,
    gravities: it.gravities,
    wish: it.wish,
    department: it.department,
    purchased_on: it.purchasedOn,
    about_ticket_id: it.aboutTicketId,
    answer_by: timestamp(it.answerBy),
    resolve_by: timestamp(it.resolveBy),
  };
}

function statementRow(it: NewStatement, seal: Seal): object {
  const { id, ticketId, at, text, gravities, wish, priority } = it;
  return { id, ticket_id: ticketId, at: timestamp(at), text: sealed(seal, SEALED.complaintStatement, text), gravities, wish, priority };
}

function surveyRow(it: SurveyChange, seal: Seal): object {
  if (it.kind === 'put-off') return { id: it.surveyId, put_off: true, due_at: timestamp(it.dueAt) };
  const { score, resolved, reason, comment, items } = it.answers;
  return {
    id: it.surveyId,
    put_off: false,
    at: timestamp(it.at),
    score,
    resolved,
    reason: reason === null ? null : sealed(seal, SEALED.surveyText, reason),
    comment: comment === null ? null : sealed(seal, SEALED.surveyText, comment),
    items,
    recheck_ticket_id: it.recheckTicketId,
    done: it.done,
  };
}

function handoffRow(it: Extract<TurnWrite['handoff'], { kind: 'open' }>, seal: Seal): object {
  const summary = sealed(seal, SEALED.handoffSummary, JSON.stringify(it.summary));
  return { id: it.id, ticket_id: it.ticketId, reason: it.reason, summary, waiting_since: timestamp(it.waitingSince) };
}

function reservationRow(it: Reservation): object {
  const row = {
    kind: it.kind,
    id: it.appointmentId,
    engineer_id: it.engineerId,
    window_from: timestamp(it.window.from),
    window_to: timestamp(it.window.to),
    ends_at: timestamp(it.travelEndsAt),
  };
  switch (it.kind) {
    case 'hold':
      return { ...row, held_until: timestamp(it.heldUntil) };
    case 'book':
    case 'confirm-hold':
      return { ...row, confirmed_at: timestamp(it.confirmedAt) };
    default:
      return unreachable(it);
  }
}

function ticketsOf(reservation: Reservation | null): Extract<Reservation, { kind: 'book' }>['ticketIds'] {
  return reservation === null || reservation.kind === 'hold' ? [] : reservation.ticketIds;
}

function sealed(seal: Seal, purpose: string, text: string): string {
  return seal.seal(purpose, withoutNul(text)).toString('base64');
}

function indexed(seal: Seal, purpose: string, text: string | null): string | null {
  return text === null ? null : seal.blindIndex(purpose, text).toString('base64');
}

function listed(rows: readonly object[]): readonly object[] | undefined {
  return rows.length > 0 ? rows : undefined;
}
