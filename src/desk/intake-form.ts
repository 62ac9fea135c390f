/**
 * The form staff fill in while a customer is on the phone, read as the chat reads what a customer types (S4-013). A record
 * with a gap is refused, and every gap is named (S4-014).
 */
import { APPLIANCES, type Appliance, type Fault } from '../domain/appliance.ts';
import type { ComplaintCategory, ComplaintType, ComplaintWish, Gravity } from '../domain/complaint.ts';
import type { AddressParts, FullAddress, PhoneNumber, Serial } from '../domain/contact.ts';
import type { Danger } from '../domain/danger.ts';
import type { Identifier } from '../domain/identifier.ts';
import { type LocalDay, parseLocalDay } from '../domain/instant.ts';
import { type AreaRow, matchArea } from '../domain/service-area.ts';
import type { Channel, TicketKind } from '../domain/ticket.ts';
import type { VisitWindow } from '../domain/visit-window.ts';
import type { ReadIdentity } from './search.ts';
import { readStaffText } from './staff-text.ts';

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
  readonly model: string | null;
  readonly serial: string | null;
  /** What only a complaint is asked; all null for every other kind. */
  readonly complaint: {
    readonly category: ComplaintCategory | null;
    readonly wish: ComplaintWish | null;
    /** Number of the ticket it is about. */
    readonly about: string | null;
    /** `YYYY-MM-DD` or `YYYY-MM`. */
    readonly purchasedOn: string | null;
  };
};

/** What the words of a complaint tell by themselves. */
export type ComplaintTold = {
  readonly category: ComplaintCategory | null;
  readonly types: readonly ComplaintType[];
  readonly gravities: readonly Gravity[];
  readonly amountYuan: number | null;
  readonly wish: ComplaintWish | null;
  /** They say that nothing was lost. */
  readonly lossless: boolean;
  readonly model: string | null;
  readonly serial: Serial | null;
  readonly purchasedOn: string | null;
  readonly ticketNumber: string | null;
};

/** How the form is read: as the chat reads what a customer types; handed in by `main`. */
export type ReadIntake = ReadIdentity & {
  readonly address: (text: string) => AddressParts;
  readonly appliance: (text: string) => Appliance | null;
  readonly faults: (text: string) => readonly Fault[];
  readonly danger: (text: string) => Danger | null;
  readonly complaint: (text: string) => ComplaintTold;
};

/** What is wrong with a field, in English. */
export type IntakeFault = { readonly field: string; readonly detail: string };

export type Incomplete = { readonly kind: 'incomplete'; readonly faults: readonly IntakeFault[] };

/** The form with every field good. */
export type Filled = {
  readonly kind: 'filled';
  readonly appliance: Appliance;
  readonly fault: string;
  readonly faults: readonly Fault[];
  readonly name: string;
  readonly phone: PhoneNumber;
  readonly address: FullAddress;
  readonly note: string | null;
  readonly model: string | null;
  readonly serial: Serial | null;
};

export function readForm(form: IntakeForm, read: ReadIntake, areas: readonly AreaRow[], today: LocalDay): Filled | Incomplete {
  const appliance = APPLIANCES.find((it) => it === form.appliance.trim().toLowerCase()) ?? read.appliance(form.appliance);
  const fault = readStaffText(form.fault);
  const name = readStaffText(form.name);
  const phone = read.phone(form.phone);
  const serial = form.serial === null ? null : read.serial(form.serial);
  const parts = placed(areas, typeof form.address === 'string' ? read.address(form.address) : form.address);
  const missing = (['province', 'city', 'district', 'detail'] as const).filter((it) => (parts[it] ?? '').trim() === '');

  const faults: readonly (IntakeFault | null)[] = [
    appliance === null ? { field: 'appliance', detail: 'is not an appliance we know; take a code of the catalogue' } : null,
    fault === null ? { field: 'fault', detail: 'is missing' } : null,
    name === null ? { field: 'name', detail: 'is missing' } : null,
    phone === null ? { field: 'phone', detail: 'is not a phone number' } : null,
    missing.length > 0 ? { field: 'address', detail: `is not complete; missing: ${missing.join(', ')}` } : null,
    form.serial !== null && serial === null ? { field: 'serial', detail: 'is not a serial: 8 to 20 letters and digits' } : null,
    ...(form.kind === 'complaint' ? complaintFaults(form, today) : otherFaults(form)),
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
  const text = (it: string | null) => (it === null ? null : readStaffText(it));
  const faultCodes = read.faults(fault);
  const more = { note: text(form.note), model: text(form.model), serial };
  return { kind: 'filled', appliance, fault, faults: faultCodes, name, phone, address, ...more };
}

/** Nothing that staff typed is left out in silence. */
function otherFaults({ complaint }: IntakeForm): readonly IntakeFault[] {
  const given = Object.entries(complaint).filter(([, value]) => value !== null);
  return given.map(([field]) => ({ field, detail: 'is of a complaint only' }));
}

function complaintFaults({ window, complaint: { purchasedOn } }: IntakeForm, today: LocalDay): readonly (IntakeFault | null)[] {
  return [
    window === null ? null : { field: 'window', detail: 'is of no use to a complaint; open a repair for the visit' },
    purchasedOn === null || isPastDay(purchasedOn, today)
      ? null
      : { field: 'purchasedOn', detail: 'is no past day or month: YYYY-MM-DD or YYYY-MM' },
  ];
}

function isPastDay(text: string, today: LocalDay): boolean {
  const isMonth = text.length === 'YYYY-MM'.length;
  return parseLocalDay(isMonth ? `${text}-01` : text) !== null && text <= today.slice(0, text.length);
}

/** A district we serve is named as our areas name it; any other place stays as it was typed. */
function placed(areas: readonly AreaRow[], parts: AddressParts): AddressParts {
  const area = matchArea(areas, parts);
  return area.kind === 'served' ? { province: area.province, city: area.city, district: area.district, detail: parts.detail } : parts;
}
