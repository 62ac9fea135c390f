/** What a repair booking leaves behind: tickets, an appointment, tasks for people, and the sentence that names them. */
import type { OnSiteContact } from '../src/domain/contact.ts';
import type { LookUpAnswer } from './dialog-event.ts';
import { type Effect, say, type TicketToOpen } from './effect.ts';
import { fullAddress, isUnknownProduct, type RepairData, repairTickets } from './repair-booking-data.ts';

type Reserved = Extract<LookUpAnswer, { type: 'WINDOW_RESERVED' }>;
type Numbered = Extract<LookUpAnswer, { type: 'NUMBERS_TAKEN' }>;

/** Booked: one ticket an appliance, all in one visit; the confirmation names number, engineer, contact, window (S2-017). */
export function bookedEffects(data: RepairData, reserved: Reserved): readonly Effect[] {
  const { window } = data;
  if (window === null) throw new Error('invariant: a booking needs a window');
  const numbers = reserved.tickets.map((it) => it.number);
  const earlier = data.earlier;
  const waits: readonly Effect[] =
    earlier === null
      ? []
      : [
          { kind: 'wait-for-earlier', from: earlier.from, to: earlier.to },
          { kind: 'page', reason: 'earlier-window-wanted', ticketId: null, onceKey: null },
        ];
  return [
    openTickets(data, 'scheduled', reserved.tickets),
    { kind: 'book', appointmentId: reserved.appointmentId, engineer: reserved.engineer, window, held: reserved.fromHold },
    ...waits,
    // Called back by its maker: more than one visit may hang on it.
    ...(data.covers?.some((it) => it.kind === 'recall')
      ? [{ kind: 'tell-staff', reason: 'recall', ticketId: null, onceKey: null } as const]
      : []),
    // Nobody can come as soon as we promise: the dispatcher may still find a way.
    ...(reserved.promiseKept ? [] : [{ kind: 'page', reason: 'visit-promise-missed', ticketId: null, onceKey: null } as const]),
    say(
      numbers.length > 1 ? 'booked.several' : 'booked',
      {
        numbers: { as: 'numbers', value: numbers },
        engineer: { as: 'text', value: reserved.engineer.name },
        phone: { as: 'phone', value: reserved.engineer.phone },
        window: { as: 'window', value: window },
      },
      'confirmation',
    ),
    ...(earlier === null ? [] : [say('booked.waiting-list')]),
  ];
}

/** Brought to a shop: a ticket, no engineer (S2-053). */
export function shopEffects(data: RepairData, numbered: Numbered): readonly Effect[] {
  return [
    openTickets(data, 'open', numbered.tickets),
    say('shop.arranged', { numbers: { as: 'numbers', value: numbered.tickets.map((it) => it.number) } }),
  ];
}

/** Nothing we can book: an enquiry that a person answers by phone, by a time that is named. */
export function enquiryEffects(data: RepairData, numbered: Numbered): readonly Effect[] {
  const reason = isUnknownProduct(data) ? 'unknown-product' : data.area?.kind === 'outside' ? 'outside-area' : 'no-engineer';
  const [first] = numbered.tickets;
  const report = repairTickets(data)[0] ?? null;
  if (first === undefined) throw new Error('invariant: an enquiry needs a number');
  return [
    openWith(data, [
      {
        ...first,
        kind: 'enquiry',
        status: 'open',
        priority: data.hardship === null ? 'normal' : 'high',
        report,
        note: reason,
        relatedTo: null,
        dueAt: null,
        priceVersion: null,
        cover: null,
      },
    ]),
    { kind: 'contact-task', reason, dueAt: numbered.callBackBy, ticketId: null, onceKey: null },
    say(`enquiry.${reason}`, {
      numbers: { as: 'numbers', value: [first.number] },
      by: { as: 'moment', value: numbered.callBackBy, now: numbered.now },
    }),
  ];
}

function openTickets(data: RepairData, status: 'scheduled' | 'open', taken: Reserved['tickets']): Effect {
  const tickets = repairTickets(data).map((report, index): TicketToOpen => {
    const identity = taken[index];
    if (identity === undefined) throw new Error('invariant: a number for every appliance');
    const cover = data.covers?.[index];
    return {
      ...identity,
      kind: 'repair',
      status,
      priority: data.hardship === null ? 'normal' : 'high',
      report,
      note: data.hardship,
      relatedTo: cover?.kind === 'repair-warranty' ? { ticketId: cover.prior.ticketId, as: 'repeat-of' } : null,
      dueAt: null,
      priceVersion: cover !== undefined && 'priceVersion' in cover ? cover.priceVersion : null,
      cover: cover?.kind ?? null,
    };
  });
  return openWith(data, tickets);
}

function openWith(data: RepairData, tickets: readonly TicketToOpen[]): Effect {
  const contact: OnSiteContact | null = data.contact;
  return {
    kind: 'open-tickets',
    tickets,
    customer: { name: data.name, phone: data.phone },
    address: fullAddress(data),
    area: { province: data.address.province, city: data.address.city, district: data.address.district },
    contact,
  };
}
