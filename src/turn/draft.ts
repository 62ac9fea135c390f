/**
 * The one write of a turn while it is being made. Effects and replies are gathered in the order they came; `finish`
 * makes the write of them, with every sentence rendered and every button's meaning kept.
 */
import type { Effect, Question } from '../../flows/effect.ts';
import type { FlowName } from '../../flows/registry.ts';
import type { Identifier, MakeIdentifier } from '../domain/identifier.ts';
import { type Instant, instantOf, MINUTE } from '../domain/instant.ts';
import type { Policy } from '../domain/policy.ts';
import { unreachable } from '../domain/unreachable.ts';
import { travelEndsAt } from '../domain/visit-window.ts';
import type { Reading } from '../wording/format.ts';
import { render } from '../wording/render.ts';
import type { Reply } from '../wording/reply.ts';
import type { ConversationState, Meaning } from './conversation-state.ts';
import type { OutgoingMessage } from './message.ts';
import type { ConversationAtRevision, TurnWrite } from './ports.ts';

export type DraftNeeds = { readonly policy: Policy; readonly timeZone: string; readonly makeIdentifier: MakeIdentifier };

/** A button before it is put in words. */
export type Button = { readonly label: Reply; readonly means: Meaning };

type Said = {
  readonly reply: Reply;
  readonly flow: FlowName | null;
  readonly asking: string | null;
  readonly buttons: readonly { readonly label: string; readonly means: Meaning }[];
};

type Growing<Items> = Items extends readonly (infer Item)[] ? Item[] : never;

/** Mutable, and seen by nobody but the turn that makes it. */
export type Draft = {
  readonly conversation: ConversationAtRevision;
  readonly now: Instant;
  readonly reading: Reading;
  state: ConversationState;
  owner: TurnWrite['owner'];
  handoff: TurnWrite['handoff'];
  reservation: TurnWrite['reservation'];
  customer: TurnWrite['customer'];
  newAddress: TurnWrite['newAddress'];
  readonly said: Said[];
  readonly releasedHolds: Identifier[];
  readonly tickets: Growing<TurnWrite['tickets']>;
  readonly ticketEvents: Growing<TurnWrite['ticketEvents']>;
  readonly relations: Growing<TurnWrite['relations']>;
  readonly pages: Growing<TurnWrite['pages']>;
  readonly contactTasks: Growing<TurnWrite['contactTasks']>;
  readonly waitingList: Growing<TurnWrite['waitingList']>;
};

export function newDraft(conversation: ConversationAtRevision, state: ConversationState, now: Instant, timeZone: string): Draft {
  return {
    conversation,
    now,
    reading: { language: state.language, timeZone },
    state,
    owner: conversation.owner,
    handoff: null,
    reservation: null,
    customer: { name: null, phone: null },
    newAddress: null,
    said: [],
    releasedHolds: [],
    tickets: [],
    ticketEvents: [],
    relations: [],
    pages: [],
    contactTasks: [],
    waitingList: [],
  };
}

/** Says something; the last question and its buttons stay in force. */
export function say(draft: Draft, reply: Reply, flow: FlowName | null = null): void {
  draft.said.push({ reply, flow, asking: null, buttons: [] });
}

/** Says something with buttons that hold until the next question. */
export function offer(draft: Draft, reply: Reply, buttons: readonly Button[]): void {
  put(draft, { reply, flow: null, asking: null, buttons: labelled(buttons, draft.reading) });
}

export function ask(draft: Draft, flow: FlowName, question: Question): void {
  put(draft, { reply: question.reply, flow, asking: question.asking, buttons: labelled(question.choices, draft.reading) });
}

function put(draft: Draft, said: Said): void {
  draft.said.push(said);
  draft.state = { ...draft.state, lastAsked: { flow: said.flow, asking: said.asking, choices: [...said.buttons] } };
}

function labelled(buttons: readonly Button[], reading: Reading): Said['buttons'] {
  return buttons.map((it) => ({ label: render(it.label, reading), means: it.means }));
}

/** Effects that are rows of the write. Asking, looking up and handing over are the turn's own business. */
export type WrittenEffect = Exclude<Effect, { kind: 'say' | 'ask' | 'look-up' | 'hand-off' }>;

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
      for (const ticket of draft.tickets.slice(0, 1)) {
        draft.contactTasks.push({ id: needs.makeIdentifier(), ticketId: ticket.id, reason: effect.reason, dueAt: effect.dueAt });
        draft.ticketEvents.push({
          ticketId: ticket.id,
          at: now,
          actor: 'bot',
          type: 'contact-task-opened',
          details: { reason: effect.reason, dueAt: iso(effect.dueAt) },
        });
      }
      return;
    case 'page':
      draft.pages.push({ id: needs.makeIdentifier(), reason: effect.reason, ticketId: draft.tickets[0]?.id ?? null, raisedAt: now });
      return;
    default:
      unreachable(effect);
  }
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
      dueAt: null,
    });
    draft.ticketEvents.push({
      ticketId: ticket.id,
      at: now,
      actor: 'customer',
      type: 'opened',
      details: { kind: ticket.kind, status: ticket.status, priority: ticket.priority, channel: conversation.channel },
    });
    if (ticket.repeatOf !== null) draft.relations.push({ from: ticket.id, to: ticket.repeatOf, kind: 'repeat-of' });
  }
  const [first, ...others] = effect.tickets;
  for (const other of others) if (first) draft.relations.push({ from: other.id, to: first.id, kind: 'same-visit' });
  if (first) draft.state = { ...draft.state, ticket: { id: first.id, number: first.number } };
}

/** The write; `applied` are the messages it answers. */
export function finish(draft: Draft, applied: readonly Identifier[], needs: DraftNeeds): TurnWrite {
  const { conversation } = draft;
  return {
    conversationId: conversation.conversationId,
    revision: conversation.revision,
    customerId: conversation.customerId,
    owner: draft.owner,
    state: draft.state,
    applied,
    reservation: draft.reservation,
    releasedHolds: draft.releasedHolds,
    outgoing: draft.said.map((said) => outgoing(draft, said, needs)),
    customer: draft.customer,
    newAddress: draft.newAddress,
    tickets: draft.tickets,
    ticketEvents: draft.ticketEvents,
    relations: draft.relations,
    handoff: draft.handoff,
    pages: draft.pages,
    contactTasks: draft.contactTasks,
    waitingList: draft.waitingList,
  };
}

function outgoing(draft: Draft, said: Said, needs: DraftNeeds): OutgoingMessage {
  const [ticket] = draft.tickets;
  return {
    id: needs.makeIdentifier(),
    sender: 'bot',
    at: draft.now,
    body: {
      text: render(said.reply, draft.reading),
      choices: said.buttons.map((it) => ({ label: it.label, value: it.label })),
      dialog: { flow: said.flow, asking: said.asking, reply: [said.reply.key] },
      ticket: ticket ? { number: ticket.number, kind: ticket.kind, status: ticket.status } : null,
    },
  };
}

function iso(instant: Instant): string {
  return new Date(instant).toISOString();
}
