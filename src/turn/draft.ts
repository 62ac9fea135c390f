/**
 * The one write of a turn while it is being made. Rows and replies are gathered in the order they came; `finish` makes the
 * write of them, with every sentence rendered and every button's meaning kept.
 */
import type { Question } from '../../flows/effect.ts';
import type { FlowName } from '../../flows/registry.ts';
import type { Identifier, MakeIdentifier } from '../domain/identifier.ts';
import type { Instant } from '../domain/instant.ts';
import type { Policy } from '../domain/policy.ts';
import type { Language } from '../domain/ticket.ts';
import type { Reading } from '../wording/format.ts';
import { render } from '../wording/render.ts';
import type { Reply } from '../wording/reply.ts';
import { type ConversationState, isLeftOpen, isWhole } from './conversation-state.ts';
import { keptMeaning, type Meaning } from './meaning.ts';
import type { OutgoingBody } from './message.ts';
import type { ConversationAtRevision, MustReach, SaidMessage, TurnWrite } from './ports.ts';

export type DraftNeeds = {
  readonly policy: Policy;
  readonly timeZone: string;
  readonly makeIdentifier: MakeIdentifier;
  /** Where a customer finds the calendar file of a visit; nobody else can guess it. */
  readonly calendarUrl: (appointmentId: Identifier) => string;
};

/** A button before it is put in words. */
export type Button = { readonly label: Reply; readonly means: Meaning };

type Said = {
  readonly reply: Reply;
  readonly flow: FlowName | null;
  readonly asking: string | null;
  readonly buttons: readonly { readonly label: string; readonly means: Meaning }[];
  readonly links: readonly Link[];
  readonly mustReach: MustReach | null;
};

/** A link before its label is put in words. */
export type Link = { readonly label: Reply; readonly url: string };

/** As many as a stored question holds. */
const BUTTONS_MAX = 12;

type Growing<Items> = Items extends readonly (infer Item)[] ? Item[] : never;

/** Mutable, and seen by nobody but the turn that makes it. */
export type Draft = {
  readonly conversation: ConversationAtRevision;
  readonly now: Instant;
  reading: Reading;
  state: ConversationState;
  owner: TurnWrite['owner'];
  handoff: TurnWrite['handoff'];
  reservation: TurnWrite['reservation'];
  customer: TurnWrite['customer'];
  newAddress: TurnWrite['newAddress'];
  /** The ticket a change was about, for the client to see. */
  changedTicket: NonNullable<OutgoingBody['ticket']> | null;
  readonly said: Said[];
  readonly releasedHolds: Identifier[];
  calledOff: TurnWrite['calledOff'];
  wrongProof: TurnWrite['wrongProof'];
  readonly ticketChanges: Growing<TurnWrite['ticketChanges']>;
  readonly tickets: Growing<TurnWrite['tickets']>;
  readonly ticketEvents: Growing<TurnWrite['ticketEvents']>;
  readonly relations: Growing<TurnWrite['relations']>;
  counted: TurnWrite['counted'];
  readonly complaints: Growing<TurnWrite['complaints']>;
  readonly statements: Growing<TurnWrite['statements']>;
  readonly surveys: Growing<TurnWrite['surveys']>;
  readonly evidence: Growing<TurnWrite['evidence']>;
  accountLink: TurnWrite['accountLink'];
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
    changedTicket: null,
    said: [],
    releasedHolds: [],
    calledOff: null,
    wrongProof: null,
    ticketChanges: [],
    tickets: [],
    ticketEvents: [],
    relations: [],
    counted: null,
    complaints: [],
    statements: [],
    surveys: [],
    evidence: [],
    accountLink: null,
    pages: [],
    contactTasks: [],
    waitingList: [],
  };
}

/** Says something; the last question and its buttons stay in force. */
export function say(draft: Draft, reply: Reply, flow: FlowName | null = null): void {
  draft.said.push({ reply, flow, asking: null, buttons: [], links: [], mustReach: null });
}

/** Says something in front of what was said from `place` on. */
export function sayAt(draft: Draft, place: number, reply: Reply, flow: FlowName | null = null): void {
  draft.said.splice(place, 0, { reply, flow, asking: null, buttons: [], links: [], mustReach: null });
}

/** Says something that has to reach the customer, by their channel or another way. */
export function sayForSure(draft: Draft, reply: Reply, mustReach: MustReach, links: readonly Link[], flow: FlowName | null = null): void {
  draft.said.push({ reply, flow, asking: null, buttons: [], links, mustReach });
}

/** What was said last has to reach the customer; nothing when nothing was said from `place` on. */
export function lastForSure({ said }: Draft, place: number, mustReach: MustReach): void {
  const last = said.length > place ? said.pop() : undefined;
  if (last !== undefined) said.push({ ...last, mustReach });
}

/** Says something with buttons that hold until the next question. */
export function offer(draft: Draft, reply: Reply, buttons: readonly Button[], links: readonly Link[] = []): void {
  put(draft, { reply, flow: null, asking: null, buttons: labelled(buttons, draft.reading), links, mustReach: null });
}

/** Asks something that no dialog asks: `asking` names it for the next message. */
export function askOutside(draft: Draft, reply: Reply, asking: string, buttons: readonly Button[] = []): void {
  put(draft, { reply, flow: null, asking, buttons: labelled(buttons, draft.reading), links: [], mustReach: null });
}

/** Asks something of the dialog on top itself: the next answer is to this. */
export function offerAbout(draft: Draft, flow: FlowName, asking: string | null, reply: Reply, buttons: readonly Button[]): void {
  put(draft, { reply, flow, asking, buttons: labelled(buttons, draft.reading), links: [], mustReach: null });
}

/** From here on the customer is answered in this language. */
export function speak(draft: Draft, language: Language): void {
  if (language === draft.state.language) return;
  draft.state = { ...draft.state, language };
  draft.reading = { ...draft.reading, language };
}

/** One more button under the question this turn ends with; left out where there are as many as can be. */
export function addButton(draft: Draft, button: Button): void {
  const last = draft.said.at(-1);
  const { lastAsked } = draft.state;
  if (last === undefined || lastAsked === null || last.buttons.length >= BUTTONS_MAX) return;
  const buttons = [...last.buttons, ...labelled([button], draft.reading)];
  draft.said[draft.said.length - 1] = { ...last, buttons };
  draft.state = { ...draft.state, lastAsked: { ...lastAsked, choices: keptChoices(buttons) } };
}

export function ask(draft: Draft, flow: FlowName, question: Question): void {
  put(draft, {
    reply: question.reply,
    flow,
    asking: question.asking,
    buttons: labelled(question.choices, draft.reading),
    links: [],
    mustReach: null,
  });
}

function put(draft: Draft, said: Said): void {
  draft.said.push(said);
  draft.state = { ...draft.state, lastAsked: { flow: said.flow, asking: said.asking, choices: keptChoices(said.buttons) } };
}

function labelled(buttons: readonly Button[], reading: Reading): Said['buttons'] {
  return buttons.map((it) => ({ label: render(it.label, reading), means: it.means }));
}

function keptChoices(buttons: Said['buttons']): NonNullable<ConversationState['lastAsked']>['choices'] {
  return buttons.map(({ label, means }) => ({ label, means: keptMeaning(means) }));
}

/** The write; `applied` are the messages it answers. */
export function finish(draft: Draft, applied: readonly Identifier[], needs: DraftNeeds): TurnWrite {
  const { conversation } = draft;
  return {
    conversationId: conversation.conversationId,
    revision: conversation.revision,
    customerId: conversation.customerId,
    owner: draft.owner,
    state: isWhole(draft.state),
    asking: draft.owner === 'bot' && isLeftOpen(draft.state),
    applied,
    reservation: draft.reservation,
    releasedHolds: draft.releasedHolds,
    calledOff: draft.calledOff,
    outgoing: draft.said.map((said) => outgoing(draft, said, needs)),
    customer: draft.customer,
    newAddress: draft.newAddress,
    tickets: draft.tickets,
    ticketChanges: draft.ticketChanges,
    wrongProof: draft.wrongProof,
    ticketEvents: draft.ticketEvents,
    relations: draft.relations,
    counted: draft.counted,
    complaints: draft.complaints,
    statements: draft.statements,
    surveys: draft.surveys,
    evidence: draft.evidence,
    accountLink: draft.accountLink,
    handoff: draft.handoff,
    pages: draft.pages,
    contactTasks: draft.contactTasks,
    waitingList: draft.waitingList,
  };
}

function outgoing(draft: Draft, said: Said, needs: DraftNeeds): SaidMessage {
  const ticket = draft.tickets[0] ?? draft.changedTicket;
  return {
    id: needs.makeIdentifier(),
    sender: 'bot',
    at: draft.now,
    mustReach: said.mustReach,
    body: {
      text: render(said.reply, draft.reading),
      speaker: null,
      choices: said.buttons.map((it) => ({ label: it.label, value: it.label })),
      links: said.links.map((it) => ({ label: render(it.label, draft.reading), url: it.url })),
      files: [],
      dialog: { flow: said.flow, asking: said.asking, reply: [said.reply.key] },
      ticket: ticket ? { number: ticket.number, kind: ticket.kind, status: ticket.status } : null,
    },
  };
}
