/**
 * Intake by staff: a customer phoned, wrote or came to the shop, and the same ticket is opened as from a chat (S2-014,
 * S4-013). A phone number alone proves nothing, so it never leads to a chat customer's record.
 */
import { callBackBy, localDayOf } from '../domain/business-calendar.ts';
import type { FullAddress, PhoneNumber } from '../domain/contact.ts';
import type { Identifier, MakeIdentifier } from '../domain/identifier.ts';
import type { Instant, LocalDay } from '../domain/instant.ts';
import { hardshipOf, priorityFor } from '../domain/priority.ts';
import type { VisitWindow } from '../domain/visit-window.ts';
import type { NewTicket, Readings } from '../turn/ports.ts';
import { type Change, changeBy } from './change.ts';
import { type Filed, type FileNeeds, fileComplaint } from './intake-complaint.ts';
import { type Filled, type Incomplete, type IntakeForm, type ReadIntake, readForm } from './intake-form.ts';
import { type PlannedVisit, planVisit } from './intake-visit.ts';
import { type Forbidden, refusal, type StaffMember } from './staff-member.ts';
import { type TicketRecord, ticketOf } from './tickets.ts';

export type IntakeWrite = {
  readonly ticket: Omit<NewTicket, 'addressId' | 'phone'> & { readonly phone: PhoneNumber };
  /** The customer phone-in staff made for this phone before, else a new one with `newId`; never one with a chat account. */
  readonly customer: { readonly newId: Identifier; readonly name: string; readonly phone: PhoneNumber };
  readonly address: FullAddress & { readonly id: Identifier };
  readonly visit: PlannedVisit | null;
  readonly contactTask: { readonly id: Identifier; readonly reason: string; readonly dueAt: Instant };
  /** What was told is dangerous: somebody is called now. */
  readonly page: { readonly id: Identifier; readonly reason: string } | null;
  readonly change: Change;
};

/** One transaction; `window-taken` wrote nothing. The same ticket id again gives the ticket that is there. */
export type WriteIntake = (
  write: IntakeWrite,
) => Promise<{ readonly kind: 'opened'; readonly record: TicketRecord } | { readonly kind: 'window-taken' }>;

export type IntakeNeeds = FileNeeds & {
  readonly write: WriteIntake;
  readonly readings: Pick<Readings, 'engineers' | 'serviceAreas' | 'ticketNumbers'>;
  readonly read: ReadIntake;
  readonly now: () => Instant;
  readonly makeIdentifier: MakeIdentifier;
};

export type Opened =
  | Filed
  | Incomplete
  /** At most three, by time. */
  | { readonly kind: 'window-not-open'; readonly nearest: readonly VisitWindow[] }
  | Forbidden;

export type OpenByStaff = (member: StaffMember, form: IntakeForm) => Promise<Opened>;

const ATTEMPTS_MAX = 3;

/**
 * Opens a ticket from a form, with a visit when a window was agreed; somebody calls the customer to confirm. A complaint may
 * be joined to an earlier one instead.
 */
export function openByStaff(needs: IntakeNeeds): OpenByStaff {
  return async (member, form) => {
    const no = refusal(member, 'desk.act');
    if (no) return no;
    const at = needs.now();
    const filled = readForm(form, needs.read, await needs.readings.serviceAreas(), localDayOf(at, needs.timeZone));
    if (filled.kind === 'incomplete') return filled;
    if (form.kind === 'complaint') return await fileComplaint(needs, member, form, filled, at);

    for (let attempt = 1; ; attempt++) {
      const planned =
        form.window === null
          ? null
          : await planVisit({
              ...needs,
              now: at,
              window: form.window,
              appliance: filled.appliance,
              address: filled.address,
              spread: form.ticketId,
            });
      if (planned?.kind === 'not-open') return { kind: 'window-not-open', nearest: planned.nearest };
      const done = await needs.write(await writeOf(needs, member, form, filled, planned?.visit ?? null, at));
      if (done.kind === 'opened') return { kind: 'opened', ticket: ticketOf(done.record) };
      // Somebody was faster for every engineer we knew to be free: look again, now with what they took.
      if (attempt === ATTEMPTS_MAX) return { kind: 'window-not-open', nearest: [] };
    }
  };
}

async function writeOf(
  needs: IntakeNeeds,
  member: StaffMember,
  form: IntakeForm,
  filled: Filled,
  visit: PlannedVisit | null,
  at: Instant,
): Promise<IntakeWrite> {
  const day = localDayOf(at, needs.timeZone);
  const callBy = callBackBy(needs.policy, at, needs.timeZone);
  const { province, city, district } = filled.address;
  const told = `${filled.fault} ${filled.note ?? ''}`;
  const danger = needs.read.danger(told);
  return {
    ticket: {
      id: form.ticketId,
      number: await numberFor(needs, day),
      kind: form.kind,
      status: visit === null ? 'open' : 'scheduled',
      priority: priorityFor({ danger, hardship: hardshipOf(told) }),
      channel: form.channel,
      appliance: filled.appliance,
      faultCodes: filled.faults,
      details: { fault: filled.fault, name: filled.name, model: filled.model, errorCode: null, contact: null, note: filled.note },
      serial: filled.serial,
      phone: filled.phone,
      province,
      city,
      district,
      openedAt: at,
      // The next promise made to this customer: the visit, else the call.
      dueAt: visit === null ? callBy : visit.window.to,
      priceVersion: null,
    },
    customer: { newId: needs.makeIdentifier(), name: filled.name, phone: filled.phone },
    address: { ...filled.address, id: needs.makeIdentifier() },
    visit,
    contactTask: { id: needs.makeIdentifier(), reason: visit === null ? 'call-back' : 'confirm-booking', dueAt: callBy },
    page: danger === null ? null : { id: needs.makeIdentifier(), reason: `danger-${danger}` },
    change: changeBy(member, at, 'ticket.open', `ticket:${form.ticketId}`, { kind: form.kind, channel: form.channel }),
  };
}

async function numberFor(needs: IntakeNeeds, day: LocalDay): Promise<string> {
  const [number] = await needs.readings.ticketNumbers(day, 1);
  if (number === undefined) throw new Error('invariant: a ticket number was asked for and none was given');
  return number;
}
