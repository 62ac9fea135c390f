/**
 * Intake by staff: a customer phoned, wrote or came to the shop, and the same ticket is opened as from a chat (S2-014,
 * S4-013). A phone number alone proves nothing, so it never leads to a chat customer's record.
 */
import { APPLIANCES, type Appliance, type Fault } from '../domain/appliance.ts';
import { callBackBy, localDayOf } from '../domain/business-calendar.ts';
import type { AddressParts, FullAddress, PhoneNumber } from '../domain/contact.ts';
import type { Danger } from '../domain/danger.ts';
import type { Identifier, MakeIdentifier } from '../domain/identifier.ts';
import type { Instant, LocalDay } from '../domain/instant.ts';
import type { Policy } from '../domain/policy.ts';
import { hardshipOf, priorityFor } from '../domain/priority.ts';
import { type AreaRow, matchArea } from '../domain/service-area.ts';
import type { Channel, TicketKind } from '../domain/ticket.ts';
import { countedNumber } from '../domain/ticket-number.ts';
import type { VisitWindow } from '../domain/visit-window.ts';
import type { NewTicket, Readings } from '../turn/ports.ts';
import { type Change, changeBy } from './change.ts';
import { type PlannedVisit, planVisit } from './intake-visit.ts';
import { type Forbidden, refusal, type StaffMember } from './staff-member.ts';
import { readStaffText } from './staff-text.ts';
import { type Ticket, type TicketRecord, ticketOf } from './tickets.ts';

export const INTAKE_CHANNELS = ['phone', 'email', 'store'] as const satisfies readonly Channel[];
export type IntakeChannel = (typeof INTAKE_CHANNELS)[number];

/** The form as staff filled it in; texts unread. */
export type IntakeForm = {
  readonly ticketId: Identifier;
  readonly kind: TicketKind;
  readonly channel: IntakeChannel;
  /** A code of the catalogue or the customer's word for it. */
  readonly appliance: string;
  readonly fault: string;
  readonly name: string;
  readonly phone: string;
  readonly address: string | AddressParts;
  readonly window: VisitWindow | null;
  readonly note: string | null;
};

/** How the form is read: as the chat reads what a customer types; handed in by `main`. */
export type ReadIntake = {
  readonly phone: (text: string) => PhoneNumber | null;
  readonly address: (text: string) => AddressParts;
  readonly appliance: (text: string) => Appliance | null;
  readonly faults: (text: string) => readonly Fault[];
  readonly danger: (text: string) => Danger | null;
};

/** What is wrong with a field, in English. */
export type IntakeFault = { readonly field: string; readonly detail: string };

export type IntakeWrite = {
  /** `gapless`: the next complaint number of this counter is taken in the same transaction. */
  readonly ticket: Omit<NewTicket, 'number' | 'addressId' | 'phone' | 'serial'> & {
    readonly number:
      | { readonly kind: 'taken'; readonly number: string }
      | { readonly kind: 'gapless'; readonly counter: string; readonly pattern: string };
    readonly phone: PhoneNumber;
  };
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

export type IntakeNeeds = {
  readonly write: WriteIntake;
  readonly readings: Pick<Readings, 'engineers' | 'serviceAreas' | 'ticketNumbers'>;
  readonly read: ReadIntake;
  readonly policy: Policy;
  readonly timeZone: string;
  readonly now: () => Instant;
  readonly makeIdentifier: MakeIdentifier;
};

export type Opened =
  | { readonly kind: 'opened'; readonly ticket: Ticket }
  | { readonly kind: 'incomplete'; readonly faults: readonly IntakeFault[] }
  /** At most three, by time. */
  | { readonly kind: 'window-not-open'; readonly nearest: readonly VisitWindow[] }
  | Forbidden;

export type OpenByStaff = (member: StaffMember, form: IntakeForm) => Promise<Opened>;

const ATTEMPTS_MAX = 3;

/** Opens a ticket from a form, with a visit when a window was agreed; somebody calls the customer to confirm. */
export function openByStaff(needs: IntakeNeeds): OpenByStaff {
  return async (member, form) => {
    const no = refusal(member, 'desk.act');
    if (no) return no;
    const at = needs.now();
    const filled = readForm(form, needs.read, await needs.readings.serviceAreas());
    if (filled.kind === 'incomplete') return filled;

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

type Filled = {
  readonly kind: 'filled';
  readonly appliance: Appliance;
  readonly fault: string;
  readonly faults: readonly Fault[];
  readonly name: string;
  readonly phone: PhoneNumber;
  readonly address: FullAddress;
  readonly note: string | null;
};

/** S4-014: a record with a gap is refused, and every gap is named. */
function readForm(form: IntakeForm, read: ReadIntake, areas: readonly AreaRow[]): Filled | Extract<Opened, { kind: 'incomplete' }> {
  const appliance = APPLIANCES.find((it) => it === form.appliance.trim().toLowerCase()) ?? read.appliance(form.appliance);
  const fault = readStaffText(form.fault);
  const name = readStaffText(form.name);
  const phone = read.phone(form.phone);
  const parts = placed(areas, typeof form.address === 'string' ? read.address(form.address) : form.address);
  const missing = (['province', 'city', 'district', 'detail'] as const).filter((it) => (parts[it] ?? '').trim() === '');

  const faults: readonly (IntakeFault | null)[] = [
    appliance === null ? { field: 'appliance', detail: 'is not an appliance we know; take a code of the catalogue' } : null,
    fault === null ? { field: 'fault', detail: 'is missing' } : null,
    name === null ? { field: 'name', detail: 'is missing' } : null,
    phone === null ? { field: 'phone', detail: 'is not a phone number' } : null,
    missing.length > 0 ? { field: 'address', detail: `is not complete; missing: ${missing.join(', ')}` } : null,
  ];
  const found = faults.filter((it) => it !== null);
  const { province, city, district, detail } = parts;
  if (
    found.length > 0 ||
    appliance === null ||
    fault === null ||
    name === null ||
    phone === null ||
    !province ||
    !city ||
    !district ||
    !detail
  ) {
    return { kind: 'incomplete', faults: found };
  }
  const address = { province, city, district, detail: detail.replaceAll('\u0000', '').trim() };
  return {
    kind: 'filled',
    appliance,
    fault,
    faults: read.faults(fault),
    name,
    phone,
    address,
    note: form.note === null ? null : readStaffText(form.note),
  };
}

/** A district we serve is named as our areas name it; any other place stays as it was typed. */
function placed(areas: readonly AreaRow[], parts: AddressParts): AddressParts {
  const area = matchArea(areas, parts);
  return area.kind === 'served' ? { province: area.province, city: area.city, district: area.district, detail: parts.detail } : parts;
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
      number: await numberFor(needs, form.kind, day),
      kind: form.kind,
      status: visit === null ? 'open' : 'scheduled',
      priority: priorityFor({ danger, hardship: hardshipOf(told) }),
      channel: form.channel,
      appliance: filled.appliance,
      faultCodes: filled.faults,
      details: { fault: filled.fault, name: filled.name, model: null, errorCode: null, contact: null, note: filled.note },
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

/** Complaints count without a gap and by the policy's pattern, everything else takes the next number of the day. */
async function numberFor(needs: IntakeNeeds, kind: TicketKind, day: LocalDay): Promise<IntakeWrite['ticket']['number']> {
  if (kind === 'complaint') return { kind: 'gapless', ...countedNumber(needs.policy.complaints.numberPattern, day) };
  const [number] = await needs.readings.ticketNumbers(day, 1);
  if (number === undefined) throw new Error('invariant: a ticket number was asked for and none was given');
  return { kind: 'taken', number };
}
