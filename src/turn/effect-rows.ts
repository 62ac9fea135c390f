/** Effects of dialogs as rows of the turn's write. Asking, looking up and handing over are the turn's own business. */
import type { Effect } from '../../flows/effect.ts';
import { callBackBy } from '../domain/business-calendar.ts';
import type { Identifier } from '../domain/identifier.ts';
import { type Instant, instantOf, MINUTE } from '../domain/instant.ts';
import type { KnownTicket, KnownVisit } from '../domain/known-ticket.ts';
import { quietUntil } from '../domain/reminder-time.ts';
import type { TicketStatus } from '../domain/ticket.ts';
import { unreachable } from '../domain/unreachable.ts';
import { visitPromisedBy } from '../domain/visit-promise.ts';
import { travelEndsAt } from '../domain/visit-window.ts';
import { render } from '../wording/render.ts';
import type { ReplyData, ReplyKey } from '../wording/reply.ts';
import { joinComplaint, openComplaint } from './complaint-rows.ts';
import type { Draft, DraftNeeds } from './draft.ts';
import { ticketCalledOff, ticketOpened } from './loose-photos.ts';
import type { PlainDetails } from './ports.ts';

export type WrittenEffect = Exclude<Effect, { kind: 'say' | 'ask' | 'look-up' | 'hand-off' | 'start' | 'tell-below' }>;

export function addEffect(draft: Draft, effect: WrittenEffect, needs: DraftNeeds): void {
  const { now } = draft;
  switch (effect.kind) {
    case 'open-tickets':
      openTickets(draft, effect, needs);
      return;
    case 'book': {
      const common = {
        appointmentId: effect.appointmentId,
        engineerId: effect.engineer.id,
        window: effect.window,
        travelEndsAt: travelEndsAt(effect.window, needs.policy),
      };
      draft.reservation = {
        ...common,
        kind: effect.held ? 'confirm-hold' : 'book',
        ticketIds: draft.tickets.map((it) => it.id),
        confirmedAt: now,
      };
      for (const [index, ticket] of draft.tickets.entries()) {
        draft.tickets[index] = { ...ticket, dueAt: effect.window.to };
        const details = {
          engineer: effect.engineer.id,
          from: iso(effect.window.from),
          to: iso(effect.window.to),
          appointment: effect.appointmentId,
        };
        draft.ticketEvents.push({ ticketId: ticket.id, at: now, actor: 'customer', type: 'appointment-booked', details });
      }
      return;
    }
    case 'hold': {
      const { appointmentId, engineer, window } = effect.held;
      const heldUntil = instantOf(now + needs.policy.booking.holdMinutes * MINUTE);
      draft.reservation = {
        kind: 'hold',
        appointmentId,
        engineerId: engineer.id,
        window,
        travelEndsAt: travelEndsAt(window, needs.policy),
        heldUntil,
      };
      return;
    }
    case 'release-hold':
      // A hold made in this very turn was never written: there is nothing to give back.
      if (draft.reservation?.kind === 'hold' && draft.reservation.appointmentId === effect.appointmentId) draft.reservation = null;
      else draft.releasedHolds.push(effect.appointmentId);
      return;
    case 'wait-for-earlier':
      for (const ticket of draft.tickets.slice(0, 1)) {
        draft.waitingList.push({ id: needs.makeIdentifier(), ticketId: ticket.id, fromAt: effect.from, toAt: effect.to, at: now });
        draft.ticketEvents.push({
          ticketId: ticket.id,
          at: now,
          actor: 'customer',
          type: 'waiting-list-joined',
          details: { from: iso(effect.from), to: iso(effect.to) },
        });
      }
      return;
    case 'contact-task':
      callCustomer(draft, effect, needs);
      return;
    case 'page':
      raisePage(draft, effect.reason, effect.ticketId ?? draft.tickets[0]?.id ?? null, needs, effect.onceKey);
      return;
    case 'tell-staff':
      raisePage(
        draft,
        effect.reason,
        effect.ticketId ?? draft.tickets[0]?.id ?? null,
        needs,
        effect.onceKey,
        quietUntil(now, needs.policy, needs.timeZone),
      );
      return;
    case 'open-complaint':
      openComplaint(draft, effect, needs);
      return;
    case 'join-complaint':
      joinComplaint(draft, effect, needs);
      return;
    case 'answer-survey': {
      const { surveyId, ticketId, answers, recheckTicketId, done } = effect;
      const { score, resolved } = answers;
      if (done && ticketId !== null && (score !== null || resolved !== null))
        draft.ticketEvents.push({ ticketId, at: now, actor: 'customer', type: 'survey-answered', details: { score, resolved } });
      const surveys = draft.surveys.filter((it) => it.surveyId !== surveyId);
      draft.surveys.splice(0, draft.surveys.length, ...surveys, { kind: 'answered', surveyId, at: now, answers, recheckTicketId, done });
      return;
    }
    case 'attach': {
      const ticketId = effect.ticketId ?? draft.tickets[0]?.id;
      if (ticketId === undefined) throw new Error('invariant: evidence is of a ticket');
      for (const attachmentId of effect.attachmentIds) draft.evidence.push({ attachmentId, ticketId });
      return;
    }
    case 'rebook':
      rebook(draft, effect, needs);
      return;
    case 'call-off':
      callOff(draft, effect, needs);
      return;
    case 'wrong-proof':
      draft.wrongProof = { number: effect.number, phone: effect.phone };
      return;
    default:
      unreachable(effect);
  }
}

/** Calls for a person now. With a key the same matter is one page, however often it comes up. */
export function raisePage(
  draft: Draft,
  reason: string,
  ticketId: Identifier | null,
  needs: DraftNeeds,
  onceKey: string | null = null,
  notBefore: Instant | null = null,
): void {
  draft.pages.push({ id: needs.makeIdentifier(), reason, ticketId, raisedAt: draft.now, onceKey, notBefore });
}

function openTickets(draft: Draft, effect: Extract<Effect, { kind: 'open-tickets' }>, needs: DraftNeeds): void {
  const { now, conversation } = draft;
  const { address, customer, area, contact } = effect;
  if (address !== null) draft.newAddress = { ...address, id: needs.makeIdentifier() };
  draft.customer = { name: customer.name ?? draft.customer.name, phone: customer.phone ?? draft.customer.phone };
  for (const ticket of effect.tickets) {
    const { report } = ticket;
    draft.tickets.push({
      id: ticket.id,
      number: ticket.number,
      kind: ticket.kind,
      status: ticket.status,
      priority: ticket.priority,
      channel: conversation.channel,
      appliance: report?.appliance ?? null,
      faultCodes: report?.faults ?? [],
      details: {
        fault: report?.text ?? null,
        name: customer.name,
        model: report?.model ?? null,
        errorCode: report?.errorCode ?? null,
        contact,
        note: ticket.note,
      },
      serial: report?.serial ?? null,
      phone: customer.phone,
      province: address?.province ?? area.province,
      city: address?.city ?? area.city,
      district: address?.district ?? area.district,
      addressId: draft.newAddress?.id ?? null,
      openedAt: now,
      dueAt:
        ticket.dueAt !== null
          ? ticket.dueAt
          : ticket.kind === 'repair'
            ? visitPromisedBy(needs.policy, { city: address?.city ?? area.city, priority: ticket.priority, reportedAt: now })
            : null,
      priceVersion: ticket.priceVersion,
    });
    draft.ticketEvents.push({
      ticketId: ticket.id,
      at: now,
      actor: 'customer',
      type: 'opened',
      details: {
        kind: ticket.kind,
        status: ticket.status,
        priority: ticket.priority,
        channel: conversation.channel,
        // What was told of the cover stands on the dispatch card (S4-015).
        ...(ticket.cover === null ? {} : { cover: ticket.cover }),
      },
    });
    if (ticket.relatedTo !== null) draft.relations.push({ from: ticket.id, to: ticket.relatedTo.ticketId, kind: ticket.relatedTo.as });
  }
  const [first, ...others] = effect.tickets;
  for (const other of others) if (first) draft.relations.push({ from: other.id, to: first.id, kind: 'same-visit' });
  if (first) ticketOpened(draft, { id: first.id, number: first.number });
}

/** The old window is free in the write that takes the new one (S2-018). */
function rebook(draft: Draft, effect: Extract<Effect, { kind: 'rebook' }>, needs: DraftNeeds): void {
  const { ticket, visit, engineer, window, appointmentId } = effect;
  draft.calledOff = visit.appointmentId;
  draft.reservation = {
    kind: 'book',
    appointmentId,
    engineerId: engineer.id,
    window,
    travelEndsAt: travelEndsAt(window, needs.policy),
    ticketIds: visit.tickets.map((it) => it.id),
    confirmedAt: draft.now,
  };
  changeTickets(draft, ticket, visit, 'scheduled', window.to, 'appointment-changed', {
    from: iso(window.from),
    to: iso(window.to),
    engineer: engineer.id,
    appointment: appointmentId,
    before: visit.appointmentId,
  });
  if (engineer.id === visit.engineer.id) {
    tellEngineer(draft, visit.engineer.id, ticket, visit, 'visit-moved', { window: { as: 'window', value: window } }, needs);
  } else {
    tellEngineer(draft, visit.engineer.id, ticket, visit, 'visit-off', {}, needs);
    tellEngineer(draft, engineer.id, ticket, visit, 'visit-given', { window: { as: 'window', value: window } }, needs);
  }
}

function callOff(draft: Draft, { ticket, visit, feeYuan }: Extract<Effect, { kind: 'call-off' }>, needs: DraftNeeds): void {
  draft.calledOff = visit.appointmentId;
  for (const { id } of visit.tickets) ticketCalledOff(draft, id);
  changeTickets(draft, ticket, visit, 'cancelled', null, 'cancelled', { appointment: visit.appointmentId, feeYuan });
  tellEngineer(draft, visit.engineer.id, ticket, visit, 'visit-off', {}, needs);
}

/** Every ticket of the visit goes the same way. */
function changeTickets(
  draft: Draft,
  ticket: KnownTicket,
  visit: KnownVisit,
  status: TicketStatus,
  dueAt: Instant | null,
  type: string,
  details: PlainDetails,
): void {
  for (const { id } of visit.tickets) {
    draft.ticketChanges.push({ ticketId: id, status, dueAt });
    draft.ticketEvents.push({ ticketId: id, at: draft.now, actor: 'customer', type, details });
  }
  draft.changedTicket = { number: ticket.number, kind: ticket.kind, status };
  draft.state = { ...draft.state, ticket: { id: ticket.id, number: ticket.number } };
}

/** The engineer is phoned, or sent a message by the notifier, before the time that changed. */
function tellEngineer(
  draft: Draft,
  engineerId: Identifier,
  ticket: KnownTicket,
  visit: KnownVisit,
  what: 'visit-moved' | 'visit-given' | 'visit-off',
  data: ReplyData,
  needs: DraftNeeds,
): void {
  const key: ReplyKey = `engineer.notice.${what}`;
  const facts: ReplyData = {
    numbers: { as: 'numbers', value: visit.tickets.map((it) => it.number) },
    place: { as: 'text', value: `${ticket.city ?? ''}${ticket.district ?? ''}` },
    ...(what === 'visit-given' ? {} : { visit: { as: 'window', value: visit.window } }),
    ...data,
  };
  const id = needs.makeIdentifier();
  draft.contactTasks.push({
    id,
    ticketId: ticket.id,
    whom: { kind: 'engineer', engineerId },
    reason: what,
    notice: render({ key, data: facts }, { language: 'zh-CN', timeZone: needs.timeZone }),
    dueAt: instantOf(Math.min(callBackBy(needs.policy, draft.now, needs.timeZone), Math.max(draft.now, visit.window.from))),
    onceKey: null,
  });
  draft.ticketEvents.push({
    ticketId: ticket.id,
    at: draft.now,
    actor: 'bot',
    type: 'engineer-told',
    details: { engineer: engineerId, what },
  });
}

function callCustomer(draft: Draft, effect: Extract<Effect, { kind: 'contact-task' }>, needs: DraftNeeds): void {
  const ticketId = effect.ticketId ?? draft.tickets[0]?.id;
  if (ticketId === undefined) throw new Error('invariant: a call is about a ticket');
  const { reason, dueAt, onceKey } = effect;
  // The next promise made to this customer is the call.
  for (const [index, ticket] of draft.tickets.entries())
    if (ticket.id === ticketId && ticket.dueAt === null) draft.tickets[index] = { ...ticket, dueAt };
  draft.contactTasks.push({ id: needs.makeIdentifier(), ticketId, whom: { kind: 'customer' }, reason, notice: null, dueAt, onceKey });
  draft.ticketEvents.push({
    ticketId,
    at: draft.now,
    actor: 'bot',
    type: 'contact-task-opened',
    details: { reason, dueAt: iso(dueAt) },
  });
}

function iso(instant: Instant): string {
  return new Date(instant).toISOString();
}
