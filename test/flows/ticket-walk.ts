/** What customers and look-ups can say in the two dialogs about a ticket, for `walk.ts`, and the tickets they speak of. */
import { appointmentChange } from '../../flows/appointment-change.ts';
import { type ChangeData, emptyChange, mergeChange } from '../../flows/appointment-change-data.ts';
import type { Answers, CustomerEvent, DialogEvent, OfferedWindows, WishedEngineer } from '../../flows/dialog-event.ts';
import type { FormContext } from '../../flows/form.ts';
import { progress } from '../../flows/progress.ts';
import type { ProgressData } from '../../flows/progress-report.ts';
import { mergeProof, NOTHING_PROVED, type TicketProof } from '../../flows/ticket-proof.ts';
import type { Appliance } from '../../src/domain/appliance.ts';
import type { EngineerWish } from '../../src/domain/engineer-wish.ts';
import { HOUR, type Instant, instantOf, MINUTE } from '../../src/domain/instant.ts';
import type { KnownTicket, KnownVisit } from '../../src/domain/known-ticket.ts';
import { DEFAULT_POLICY } from '../../src/domain/policy.ts';
import type { VisitWindow } from '../../src/domain/visit-window.ts';
import { answers, id, NOW, PHONE, report, SAID_IN_ANY, says, windowOn, wishFor } from './answers.ts';
import { type EdgeOf, walkerOf } from './walk.ts';

// ---- tickets ------------------------------------------------------------------------------------------------------

function aTicket(number: string, what: Partial<KnownTicket> = {}): KnownTicket {
  return {
    id: id(`id-of-${number}`),
    number,
    kind: 'repair',
    status: 'scheduled',
    priority: 'normal',
    appliance: 'fridge',
    city: '北京市',
    district: '朝阳区',
    openedAt: instantOf(NOW - 24 * HOUR),
    completedAt: null,
    visit: null,
    callBackBy: null,
    lateAnswerBy: null,
    ...what,
  };
}

/** A ticket with a visit; each has an engineer of its own, so that a name tells which ticket was spoken of. */
function withVisit(
  number: string,
  appliance: Appliance,
  window: VisitWindow,
  what: Partial<KnownTicket> = {},
): KnownTicket & { readonly visit: KnownVisit } {
  const visit: KnownVisit = {
    appointmentId: id(`visit-of-${number}`),
    engineer: { id: id(`engineer-of-${number}`), name: `师傅${number.slice(-4)}`, phone: `+86199${number.slice(-4)}0000` },
    window,
    tickets: [{ id: id(`id-of-${number}`), number, appliance }],
  };
  return { ...aTicket(number, { appliance, ...what }), visit };
}

const SHARED = withVisit('BX-20261118-0011', 'tv', windowOn(23, 8));
const SHARED_TICKETS = [
  ...SHARED.visit.tickets,
  { id: id('id-of-BX-20261118-0012'), number: 'BX-20261118-0012', appliance: 'washer' as const },
];

export const TICKETS = {
  /** In two days: time enough. */
  booked: withVisit('BX-20261118-0001', 'air_conditioner', windowOn(22, 14)),
  other: withVisit('BX-20261118-0002', 'range_hood', windowOn(24, 10), { district: '海淀区' }),
  /** In an hour: within the cut-off of two. */
  near: withVisit('BX-20261118-0003', 'water_heater', windowOn(20, 11)),
  /** The window runs. */
  running: withVisit('BX-20261118-0004', 'tv', windowOn(20, 9)),
  /** The window ended and nobody came. */
  missed: withVisit('BX-20261118-0005', 'dryer', windowOn(19, 14)),
  chased: withVisit('BX-20261118-0006', 'dryer', windowOn(19, 16), { lateAnswerBy: instantOf(NOW + 7 * MINUTE) }),
  chasedLongAgo: withVisit('BX-20261118-0007', 'dryer', windowOn(19, 18), { lateAnswerBy: instantOf(NOW - 7 * MINUTE) }),
  open: aTicket('BX-20261118-0008', { status: 'open', kind: 'enquiry', appliance: null }),
  toBeCalled: aTicket('BX-20261118-0009', { status: 'open', callBackBy: instantOf(NOW + HOUR) }),
  notCalled: aTicket('BX-20261118-0010', { status: 'open', callBackBy: instantOf(NOW - HOUR) }),
  sharedFirst: { ...SHARED, visit: { ...SHARED.visit, tickets: SHARED_TICKETS } },
  sharedSecond: aTicket('BX-20261118-0012', { appliance: 'washer', visit: { ...SHARED.visit, tickets: SHARED_TICKETS } }),
  urgent: aTicket('BX-20261118-0018', { status: 'open', priority: 'urgent' }),
  working: aTicket('BX-20261118-0013', { status: 'in-progress' }),
  waiting: aTicket('BX-20261118-0014', { status: 'waiting-customer' }),
  resolved: aTicket('BX-20261118-0015', { status: 'resolved', completedAt: instantOf(NOW - 3 * HOUR) }),
  closed: aTicket('BX-20261118-0016', { status: 'closed', completedAt: instantOf(NOW - 72 * HOUR) }),
  cancelled: aTicket('BX-20261118-0017', { status: 'cancelled' }),
} satisfies Readonly<Record<string, KnownTicket>>;

export const ALL_TICKETS: readonly KnownTicket[] = Object.values(TICKETS);

/** What gives a ticket away: its number, its engineer, its visit. */
export function secretsOf({ number, visit }: KnownTicket): readonly string[] {
  if (visit === null) return [number];
  const { engineer, window, tickets, appointmentId } = visit;
  return [number, ...tickets.map((it) => it.number), engineer.name, engineer.phone, `"from":${window.from}`, appointmentId];
}

// ---- what happens -------------------------------------------------------------------------------------------------

const SPOKEN: readonly CustomerEvent[] = [
  ...SAID_IN_ANY,
  { type: 'TICKET_CHOSEN', ticketId: TICKETS.other.id },
  { type: 'TICKET_CHOSEN', ticketId: id('a ticket of somebody else') },
  says({ ticketNumber: 'BX-20261118-0099' }),
];

const OWN: readonly (readonly KnownTicket[])[] = [
  [],
  [TICKETS.booked],
  [TICKETS.booked, TICKETS.other],
  [TICKETS.sharedFirst, TICKETS.sharedSecond],
  [TICKETS.near],
  [TICKETS.running],
  [TICKETS.missed],
  [TICKETS.open, TICKETS.cancelled],
  [TICKETS.cancelled, TICKETS.closed],
];

const WISHED_LI: EngineerWish = { kind: 'want', whom: { by: 'name', name: '李' } };
const AVOID_LAST: EngineerWish = { kind: 'avoid', whom: { by: 'last' } };

const OFFERS: readonly OfferedWindows[] = [
  { kind: 'exact', window: windowOn(23, 14) },
  { kind: 'offer', windows: [windowOn(23, 14), windowOn(23, 16)] },
  { kind: 'offer', windows: [windowOn(23, 14)] },
  { kind: 'nearest', windows: [windowOn(23, 14), windowOn(24, 8)], reason: 'full' },
  { kind: 'earliest', window: windowOn(21, 8), fromWished: windowOn(20, 14).from, toWished: windowOn(20, 18).to, reason: 'full' },
  { kind: 'none' },
];

const WISHED: readonly WishedEngineer[] = (['comes', 'full', 'unknown', 'kept-away', 'nobody-else', 'already'] as const).map((kind) => ({
  kind,
  name: '李建国',
}));

const LATE_ANSWER_MINUTES = 10;

type Clock = Extract<DialogEvent, { type: 'CLOCK_READ' }>;

function clockAt(now: Instant): Clock {
  return {
    type: 'CLOCK_READ',
    now,
    callBackBy: instantOf(now + 2 * HOUR),
    lateAnswerBy: instantOf(now + LATE_ANSWER_MINUTES * MINUTE),
  };
}

/** Now; and after a customer who thought about it until the visit was near. */
const CLOCKS: readonly Clock[] = [clockAt(NOW), clockAt(instantOf(windowOn(22, 14).from - HOUR))];

const NEW_ENGINEER = { id: id('engineer-new'), name: '新来的', phone: '+8619900010009' };

const lookedUpOf =
  (provable: readonly KnownTicket[]) =>
  (place: string, { data }: FormContext<TicketProof>): readonly DialogEvent[] => {
    switch (place) {
      case 'findingTickets':
        return OWN.map((tickets) => ({ type: 'TICKETS_FOUND', tickets, now: NOW }));
      case 'proving':
        return [
          ...provable.map((ticket) => ({ type: 'TICKET_PROVED' as const, ticket, now: NOW })),
          { type: 'PROOF_REFUSED', triesLeft: 4, counts: true },
          { type: 'PROOF_REFUSED', triesLeft: 0, counts: true },
          { type: 'PROOF_REFUSED', triesLeft: 0, counts: false },
        ];
      case 'readingClock':
        return CLOCKS;
      case 'judging':
        return CLOCKS.flatMap((it) =>
          asTheyAreNow(data.ticket).map((ticket) => ({ type: 'TICKET_READ', ticket, now: it.now, lateAnswerBy: it.lateAnswerBy }) as const),
        );
      case 'findingWindows':
        return [
          ...OFFERS.map((offer) => ({ type: 'WINDOWS_FOUND' as const, offer, wished: null })),
          // The time it is booked for is wished for.
          ...(data.ticket?.visit ? [data.ticket.visit.window] : []).map((window) => ({
            type: 'WINDOWS_FOUND' as const,
            offer: { kind: 'exact' as const, window },
            wished: null,
          })),
          ...WISHED.map((wished) => ({ type: 'WINDOWS_FOUND' as const, offer: OFFERS[1] as OfferedWindows, wished })),
        ];
      case 'reserving':
        return [
          ...[data.ticket?.visit?.engineer ?? NEW_ENGINEER, NEW_ENGINEER].map((engineer) => ({
            type: 'WINDOW_RESERVED' as const,
            appointmentId: id('appointment-new'),
            engineer,
            fromHold: false,
            promiseKept: true,
            tickets: [],
          })),
          { type: 'WINDOW_TAKEN', nearest: [windowOn(24, 8)] },
          { type: 'WINDOW_TAKEN', nearest: [] },
        ];
      default:
        throw new Error(`no answer for ${place}`);
    }
  };

const SAID: Readonly<Record<string, readonly DialogEvent[]>> = {
  ticket: [says({ ticketNumber: TICKETS.booked.number }), says({ phone: PHONE }), says({ reports: [report('range_hood')] }, '油烟机那单')],
  phone: [says({ phone: PHONE }), says({ ticketNumber: TICKETS.booked.number, phone: PHONE })],
  window: [
    says({ wishes: [wishFor('2026-11-23', 'afternoon')] }),
    says({ wishes: [{ ...wishFor('2026-11-23'), dateFrom: null, dateTo: null, flag: 'anytime' }] }, '都行,你们安排'),
    says({ engineerWish: WISHED_LI }),
  ],
  confirm: [says({ wishes: [wishFor('2026-11-25')] }), says({ engineerWish: AVOID_LAST })],
  change: [says({ wishes: [wishFor('2026-11-23', 'afternoon')] })],
};

const CHANGES: readonly CustomerEvent[] = [
  { type: 'CHANGE_CHOSEN', change: 'reschedule' },
  { type: 'CHANGE_CHOSEN', change: 'cancel' },
];

/** Once the ticket is known only it counts. */
/** The same, moved by somebody else, called off, and gone. */
function asTheyAreNow(ticket: KnownTicket | null): readonly (KnownTicket | null)[] {
  if (ticket === null || ticket.visit === null) return [ticket];
  return [ticket, { ...ticket, visit: { ...ticket.visit, appointmentId: id('appointment-moved') } }, { ...ticket, visit: null }, null];
}

const proofOf = ({ own, ticket, number, phone, numberLost, phoneLost, appliance, underBooking, triesLeft }: TicketProof) => {
  if (ticket !== null) return [ticket.number, own === null, appliance];
  return [
    own === null ? 'unread' : own.length > 1 ? own.map((it) => it.number) : own.length,
    number !== null,
    phone !== null,
    numberLost,
    phoneLost,
    appliance,
    underBooking,
    triesLeft,
  ];
};

// ---- the two dialogs ----------------------------------------------------------------------------------------------

export type ChangeEdge = EdgeOf<ChangeData>;
export type ProgressEdge = EdgeOf<ProgressData>;

/** One of each kind that a change treats differently. */
const CHANGED: readonly KnownTicket[] = [TICKETS.booked, TICKETS.near, TICKETS.missed, TICKETS.open, TICKETS.sharedFirst];

const untouched = (means: DialogEvent): DialogEvent => means;

export const changeWalker = walkerOf<ChangeData>({
  machine: appointmentChange,
  said: SAID,
  anytime: [...SPOKEN, ...CHANGES],
  lookedUp: lookedUpOf(CHANGED),
  tapped: untouched,
  sameness: ({ value, context: { data, misses, trail } }) => {
    const { choice, window, ticket } = data;
    const offered =
      choice.kind === 'offered' ? [choice.offer.kind, choice.offer.kind === 'offer' && choice.offer.windows.length > 1] : choice.kind;
    // Only whether the time stays tells windows apart, and on the way to the ticket nothing of the window counts.
    const chosen = window === null ? 'open' : window.from === ticket?.visit?.window.from ? 'same time' : 'chosen';
    const asked = [value, misses, proofOf(data), data.change, chosen, chosen === 'open' ? offered : ''];
    if (misses > 0 || ticket === null) return JSON.stringify([...asked, trail.length > 0]);
    return JSON.stringify([...asked, trail.at(-1) ?? '', data.cancelFeeYuan]);
  },
});

export const progressWalker = walkerOf<ProgressData>({
  machine: progress,
  said: SAID,
  anytime: SPOKEN,
  lookedUp: lookedUpOf(ALL_TICKETS),
  tapped: untouched,
  sameness: ({ value, context: { data, misses, trail } }) => JSON.stringify([value, misses, proofOf(data), trail.at(-1) ?? '']),
});

const WITH_FEE = { ...DEFAULT_POLICY, booking: { ...DEFAULT_POLICY.booking, cancelFee: 30 } };

function begun(said: Partial<Answers>, change: ChangeData['change'] = null, policy = DEFAULT_POLICY): ChangeData {
  return mergeChange(emptyChange(policy, change), answers(said), '', '');
}

/** What the customer has said before the dialog begins. */
export const CHANGE_BEGINNINGS: readonly ChangeData[] = [
  begun({}),
  begun({}, 'reschedule'),
  begun({}, 'cancel'),
  { ...begun({}, 'cancel', WITH_FEE), own: [TICKETS.booked], ticket: TICKETS.booked },
  begun({ wishes: [wishFor('2026-11-23', 'afternoon')] }, 'reschedule'),
  begun({ engineerWish: AVOID_LAST }, 'reschedule'),
  begun({ ticketNumber: TICKETS.booked.number }, 'cancel'),
  begun({ ticketNumber: TICKETS.booked.number, phone: PHONE }, 'reschedule'),
  { ...begun({}, 'reschedule'), underBooking: true },
  begun({ reports: [report('washer')] }, 'cancel'),
];

export const PROGRESS_BEGINNINGS: readonly ProgressData[] = [
  NOTHING_PROVED,
  { ...NOTHING_PROVED, underBooking: true },
  mergeProof(NOTHING_PROVED, answers({ ticketNumber: TICKETS.booked.number })),
  mergeProof(NOTHING_PROVED, answers({ ticketNumber: TICKETS.booked.number, phone: PHONE })),
];
