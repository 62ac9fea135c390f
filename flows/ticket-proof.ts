/**
 * Which ticket a dialog is about, and whose it is: one of the account's own, or one whose number and full phone are told
 * (S2-024). A wrong pair tells nothing, not even whether the ticket exists; after too many a person takes over.
 */
import type { Appliance } from '../src/domain/appliance.ts';
import type { PhoneNumber } from '../src/domain/contact.ts';
import { isLive, type KnownTicket } from '../src/domain/known-ticket.ts';
import type { Answers, DialogEvent } from './dialog-event.ts';
import { type DialogChoice, type Effect, type LookUp, type Question, say } from './effect.ts';
import type { FormContext, form, Gate, Slot } from './form.ts';
import { choice, question } from './question.ts';

export type TicketProof = {
  /** The account's own tickets that may be meant; null until they are read. */
  readonly own: readonly KnownTicket[] | null;
  readonly ticket: KnownTicket | null;
  readonly number: string | null;
  readonly phone: PhoneNumber | null;
  /** The customer has no number at hand. */
  readonly numberLost: boolean;
  /** Nor the phone the ticket was opened with. */
  readonly phoneLost: boolean;
  /** What was named before the tickets were read: 取消空调那单. */
  readonly appliance: Appliance | null;
  /** Asked in the middle of a booking, which is not yet anything to ask after. */
  readonly underBooking: boolean;
  /** After a wrong pair: how many more this hour; null before the first. */
  readonly triesLeft: number | null;
};

export const NOTHING_PROVED: TicketProof = {
  own: null,
  ticket: null,
  number: null,
  phone: null,
  numberLost: false,
  phoneLost: false,
  appliance: null,
  underBooking: false,
  triesLeft: null,
};

const OFFERED_MAX = 4;

/** The steps that lead to a ticket; `forget` drops what hung on the one before. The states they go to are made by `proofStates`. */
export function proofSteps<Data extends TicketProof>(forget: (data: Data) => Data): readonly (Slot<Data> | Gate<Data>)[] {
  return [
    { when: (data) => data.own === null, to: '#findingTickets' },
    { when: (data) => data.ticket === null && data.number !== null && data.phone !== null, to: '#proving' },
    {
      when: (data) =>
        data.ticket === null && data.underBooking && data.own?.length === 0 && data.number === null && data.triesLeft === null,
      to: '#notYet',
    },
    { when: (data) => data.ticket === null && (data.phoneLost || (data.numberLost && data.phone !== null)), to: '#unproved' },
    {
      slot: 'ticket',
      missing: (data) => data.ticket === null && data.number === null && !data.numberLost,
      question: askTicket,
      reopened: (data) => forget({ ...data, ticket: null, number: null, numberLost: false }),
      // 随便 where tickets are listed means the first of them.
      skipped: (data) => (data.own?.[0] === undefined ? { ...data, numberLost: true } : { ...data, ticket: data.own[0] }),
      denied: (data) => ({ ...data, numberLost: true }),
    },
    {
      slot: 'phone',
      missing: (data) => data.ticket === null,
      question: askPhone,
      reopened: (data) => ({ ...data, phone: null, phoneLost: false }),
      skipped: (data) => ({ ...data, phoneLost: true }),
    },
  ];
}

function askTicket(data: TicketProof, misses: number): Question {
  const own = data.own ?? [];
  const noNumber = choice('choice.no-number', { type: 'SKIPPED' });
  const choices = own.slice(0, OFFERED_MAX).map(choiceOf);
  if (data.triesLeft !== null) {
    return question('ticket', 'ask.ticket.refused', { count: { as: 'number', value: data.triesLeft } }, [...choices, noNumber]);
  }
  if (own.length > 0) return question('ticket', misses === 0 ? 'ask.ticket.which' : 'ask.ticket.which.again', {}, choices);
  return question('ticket', misses === 0 ? 'ask.ticket' : 'ask.ticket.again', {}, [noNumber]);
}

function choiceOf(ticket: KnownTicket): DialogChoice {
  const means = { type: 'TICKET_CHOSEN', ticketId: ticket.id } as const;
  const appliances = { as: 'appliances', value: appliancesOf(ticket) } as const;
  if (ticket.visit === null) return choice('choice.ticket', means, { appliances, numbers: { as: 'numbers', value: [ticket.number] } });
  return choice('choice.ticket.visit', means, { appliances, window: { as: 'window', value: ticket.visit.window } });
}

function askPhone(data: TicketProof, misses: number): Question {
  if (misses > 0) return question('phone', 'ask.phone.again');
  return question('phone', data.numberLost ? 'ask.phone.no-number' : 'ask.phone.proof');
}

/** Every appliance of the visit, or of the ticket. */
export function appliancesOf(ticket: KnownTicket) {
  const named = ticket.visit?.tickets.flatMap((it) => it.appliance ?? []) ?? [];
  return named.length > 0 ? named : [ticket.appliance ?? 'other'];
}

/** The proof with a message's number, phone or choice in it; the same object when they say nothing new. */
export function mergeProof<Data extends TicketProof>(data: Data, answers: Answers): Data {
  if (data.ticket !== null && (answers.ticketNumber === null || answers.ticketNumber === data.ticket.number)) return data;
  const named = chosenBy(data.own ?? [], answers);
  if (named !== null) return { ...data, ticket: named, number: null };
  const said = answers.reports[0]?.appliance ?? null;
  if (data.own === null && said !== null && said !== data.appliance) return mergeProof({ ...data, appliance: said }, answers);
  const number = answers.ticketNumber ?? data.number;
  const phone = answers.phone ?? data.phone;
  if (number === data.number && phone === data.phone) return data;
  return { ...data, ticket: null, number, phone, numberLost: number === null && data.numberLost };
}

/** One of the own tickets, by its number or as the only one of its appliance. */
function chosenBy(own: readonly KnownTicket[], answers: Answers): KnownTicket | null {
  const byNumber = own.find((it) => it.number === answers.ticketNumber);
  if (byNumber !== undefined) return byNumber;
  const appliance = answers.ticketNumber === null ? answers.reports[0]?.appliance : undefined;
  const [only, ...others] = appliance == null ? [] : own.filter((it) => appliancesOf(it).includes(appliance));
  return only !== undefined && others.length === 0 ? only : null;
}

/** The own tickets that were found: one of them when it is plain which is meant. A visit shared by several is one choice. */
function foundTickets<Data extends TicketProof>(data: Data, tickets: readonly KnownTicket[]): Data {
  const own = tickets.filter(
    (it, index) => it.visit === null || tickets.findIndex((other) => other.visit?.appointmentId === it.visit?.appointmentId) === index,
  );
  const meant = data.number === null ? null : (tickets.find((it) => it.number === data.number) ?? null);
  if (meant !== null) return { ...data, own, ticket: meant, number: null };
  const about = own.filter((it) => data.appliance !== null && appliancesOf(it).includes(data.appliance));
  const [only, ...others] = about.length > 0 ? about : own;
  return { ...data, own, ticket: data.number === null && only !== undefined && others.length === 0 ? only : null };
}

/** Taken up again after a person had the chat: they may have linked the customer to a ticket, so it is looked for anew. */
export function lookAgain<Data extends TicketProof>(data: Data): Data {
  return data.ticket === null && data.own !== null ? { ...data, own: null, numberLost: false, phoneLost: false } : data;
}

/** The live ones; when there are none, the last there was. */
export function recentOnes(tickets: readonly KnownTicket[]): readonly KnownTicket[] {
  const live = liveOnes(tickets);
  return live.length > 0 ? live : tickets.slice(0, 1);
}

/** The live ones of the tickets found. */
export function liveOnes(tickets: readonly KnownTicket[]): readonly KnownTicket[] {
  return tickets.filter(isLive);
}

/** The states of finding a ticket; `wanted` keeps those of the account's own that the dialog is for, `whenNone` is where it ends when all of them are over. */
export function proofStates<Data extends TicketProof>(
  { base }: ReturnType<typeof form<Data>>,
  wanted: (tickets: readonly KnownTicket[]) => readonly KnownTicket[],
  whenNone: '#nothingToChange' | null,
) {
  const effects = (of: (data: Data, event: DialogEvent) => readonly Effect[]) => ({
    type: 'effects' as const,
    params: ({ context, event }: { context: FormContext<Data>; event: DialogEvent }) => of(context.data, event),
  });
  const learn = (change: (data: Data, event: DialogEvent) => Data) =>
    base.assign(({ context, event }) => ({ ...context, data: change(context.data, event) }));
  const counted = effects(({ number, phone }, event) =>
    event.type === 'PROOF_REFUSED' && event.counts && number !== null && phone !== null ? [{ kind: 'wrong-proof', number, phone }] : [],
  );
  return {
    findingTickets: base.createStateConfig({
      id: 'findingTickets',
      entry: [effects(() => [{ kind: 'look-up', lookUp: { about: 'own-tickets' } }])],
      on: {
        TICKETS_FOUND: [
          ...(whenNone === null
            ? []
            : [
                {
                  // All there was is over, and no number of another ticket was told.
                  guard: ({ context, event }: { context: FormContext<Data>; event: { readonly tickets: readonly KnownTicket[] } }) =>
                    event.tickets.length > 0 && liveOnes(event.tickets).length === 0 && context.data.number === null,
                  target: whenNone,
                },
              ]),
          {
            target: '#filling',
            actions: [learn((data, event) => (event.type === 'TICKETS_FOUND' ? foundTickets(data, wanted(event.tickets)) : data))],
          },
        ],
      },
    }),
    proving: base.createStateConfig({
      id: 'proving',
      entry: [effects(({ number, phone }) => [{ kind: 'look-up', lookUp: proofOf(number, phone) }])],
      on: {
        TICKET_PROVED: {
          target: '#filling',
          actions: [learn((data, event) => (event.type === 'TICKET_PROVED' ? { ...data, ticket: event.ticket, number: null } : data))],
        },
        PROOF_REFUSED: [
          { guard: ({ event }) => event.triesLeft <= 0, target: '#lockedOut', actions: [counted] },
          {
            target: '#filling',
            actions: [
              counted,
              learn((data, event) =>
                event.type === 'PROOF_REFUSED' ? { ...data, number: null, phone: null, triesLeft: event.triesLeft } : data,
              ),
            ],
          },
        ],
      },
    }),
    /** No number: staff see what may be theirs by the phone, and link it; nothing is shown before. */
    unproved: base.createStateConfig({
      id: 'unproved',
      type: 'final',
      entry: [effects(({ phone }) => [{ kind: 'hand-off', reason: 'no-ticket-number', first: 'handoff.no-number', phone, waits: true }])],
    }),
    /** There is nothing to ask after but the booking below, which goes on. */
    notYet: base.createStateConfig({ id: 'notYet', type: 'final', entry: [effects(() => [say('progress.not-yet')])] }),
    lockedOut: base.createStateConfig({
      id: 'lockedOut',
      type: 'final',
      entry: [effects(() => [{ kind: 'hand-off', reason: 'proof-failed', first: 'handoff.proof-failed', phone: null, waits: false }])],
    }),
  };
}

function proofOf(number: string | null, phone: PhoneNumber | null): LookUp {
  if (number === null || phone === null) throw new Error('invariant: a proof is a number and a phone');
  return { about: 'proof', number, phone };
}
