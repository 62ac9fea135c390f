/**
 * A complaint told to staff: the same case as from a chat (S2-057 to S2-061, S4-001 to S4-004), with class, gravities and
 * wish read from its words, weighed by policy, and joined to the open complaint whose number, or ticket, is named.
 */

import { localDayOf } from '../domain/business-calendar.ts';
import type { ComplaintCategory, ComplaintForm, Gravity } from '../domain/complaint.ts';
import { complaintPromise, type EarlierComplaint } from '../domain/complaint-promise.ts';
import { complaintTimes, formOfComplaint } from '../domain/complaint-severity.ts';
import type { FullAddress, PhoneNumber } from '../domain/contact.ts';
import type { Identifier, MakeIdentifier } from '../domain/identifier.ts';
import { DAY, type Instant, instantOf } from '../domain/instant.ts';
import type { Policy } from '../domain/policy.ts';
import { quietUntil } from '../domain/reminder-time.ts';
import type { Priority } from '../domain/ticket.ts';
import { countedNumber } from '../domain/ticket-number.ts';
import type { ComplaintMatter, NewComplaint, NewTicket, Readings } from '../turn/ports.ts';
import { type Change, changeBy } from './change.ts';
import type { ComplaintTold, Filled, Incomplete, IntakeForm, ReadIntake } from './intake-form.ts';
import { printedNumber } from './search.ts';
import type { StaffMember } from './staff-member.ts';
import { type Ticket, type TicketRecord, ticketOf } from './tickets.ts';

/** Known only once nobody else can file for this customer: what was promised before, and what follows from it. */
export type ComplaintDecision = {
  readonly priority: Priority;
  readonly gravities: readonly Gravity[];
  readonly department: string;
  readonly answerBy: Instant;
  readonly resolveBy: Instant;
  readonly pages: readonly { readonly id: Identifier; readonly reason: string; readonly notBefore: Instant | null }[];
  /** Left out where a call by then is open already; null for a slip, about which nobody need phone. */
  readonly call: { readonly id: Identifier; readonly reason: string; readonly dueAt: Instant } | null;
};

export type ComplaintWrite = {
  readonly ticket: Omit<NewTicket, 'number' | 'addressId' | 'phone' | 'priority' | 'dueAt' | 'status' | 'kind' | 'faultCodes'> & {
    readonly phone: PhoneNumber;
  };
  /** The number is the next of this counter, taken in the same transaction; none is taken by what is joined. */
  readonly counted: { readonly counter: string; readonly pattern: string };
  readonly complaint: Pick<NewComplaint, 'wish' | 'purchasedOn'>;
  readonly matter: ComplaintMatter;
  /** In the customer's words; its id is the ticket's, so that the same request again is found whatever became of it. */
  readonly statement: string;
  readonly customer: { readonly newId: Identifier; readonly name: string; readonly phone: PhoneNumber };
  readonly address: FullAddress & { readonly id: Identifier };
  readonly decide: (known: { readonly earlier: EarlierComplaint | null; readonly lately: number }) => ComplaintDecision;
  readonly change: Change;
};

/**
 * One transaction: filed, or joined to the open complaint on the matter of the customer who phones under this number, or of
 * whose ticket it is about. The same ticket id again gives what it made.
 */
export type WriteComplaint = (write: ComplaintWrite) => Promise<{ readonly kind: 'opened' | 'joined'; readonly record: TicketRecord }>;

export type FileNeeds = {
  readonly complaint: WriteComplaint;
  readonly readings: Pick<Readings, 'ticketProvedBy'>;
  readonly read: Pick<ReadIntake, 'complaint' | 'danger'>;
  readonly policy: Policy;
  readonly timeZone: string;
  readonly makeIdentifier: MakeIdentifier;
};

/** `joined`: the ticket is the earlier complaint. */
export type Filed = { readonly kind: 'opened' | 'joined'; readonly ticket: Ticket };

export async function fileComplaint(
  needs: FileNeeds,
  member: StaffMember,
  form: IntakeForm,
  filled: Filled,
  at: Instant,
): Promise<Filed | Incomplete> {
  const told = needs.read.complaint(wordsOf(filled));
  const about = await aboutTicket(needs, form, filled, told);
  if (about === 'not-theirs')
    return { kind: 'incomplete', faults: [{ field: 'about', detail: 'is the number of no ticket with this phone' }] };
  const done = await needs.complaint(writeOf(needs, member, form, filled, told, about, at));
  return { kind: done.kind, ticket: ticketOf(done.record) };
}

/** What is told beside the words counts as well. */
function wordsOf({ fault, note }: Filled): string {
  return note === null ? fault : `${fault}\n${note}`;
}

/** A number in the form has to be right; one in the words is taken only when it is. */
async function aboutTicket(
  { readings }: FileNeeds,
  { complaint }: IntakeForm,
  { phone }: Filled,
  { ticketNumber }: ComplaintTold,
): Promise<Identifier | null | 'not-theirs'> {
  const number = complaint.about === null ? ticketNumber : printedNumber(complaint.about);
  const ticket = number === null ? null : await readings.ticketProvedBy(number, phone);
  return ticket?.id ?? (complaint.about === null ? null : 'not-theirs');
}

const NUMBER_PATTERN = { complaint: 'numberPattern', 'exception-slip': 'slipNumberPattern' } as const;

function writeOf(
  needs: FileNeeds,
  member: StaffMember,
  { ticketId, kind, channel, complaint }: IntakeForm,
  filled: Filled,
  told: ComplaintTold,
  aboutTicketId: Identifier | null,
  at: Instant,
): ComplaintWrite {
  const { policy, timeZone, makeIdentifier } = needs;
  const { fault, name, phone, note, appliance } = filled;
  const { province, city, district } = filled.address;
  const { types } = told;
  const category = complaint.category ?? told.category ?? 'other';
  const wish = complaint.wish ?? told.wish;
  const danger = needs.read.danger(wordsOf(filled));
  const form = formOfComplaint({ ...told, wish, lossless: told.lossless && danger === null });
  const since = instantOf(at - policy.complaints.joinDays * DAY);
  const model = filled.model ?? told.model;
  return {
    ticket: {
      id: ticketId,
      channel,
      appliance,
      details: { fault, name, model, errorCode: null, contact: null, note },
      serial: filled.serial ?? told.serial,
      phone,
      province,
      city,
      district,
      openedAt: at,
      priceVersion: null,
    },
    counted: countedNumber(policy.complaints[NUMBER_PATTERN[form]], localDayOf(at, timeZone)),
    complaint: { wish, purchasedOn: complaint.purchasedOn ?? told.purchasedOn },
    matter: { form, aboutTicketId, category, types, appliance, since },
    statement: fault,
    customer: { newId: makeIdentifier(), name, phone },
    address: { ...filled.address, id: makeIdentifier() },
    decide: (known) => decision(needs, { ...told, form, category, danger }, known, at),
    change: changeBy(member, at, 'ticket.open', `ticket:${ticketId}`, { kind, channel }),
  };
}

type Weighed = Pick<ComplaintTold, 'gravities' | 'amountYuan'> & {
  readonly form: ComplaintForm;
  readonly category: ComplaintCategory;
  readonly danger: string | null;
};

function decision(
  { policy, timeZone, makeIdentifier }: FileNeeds,
  { form, category, gravities, amountYuan, danger }: Weighed,
  known: Parameters<ComplaintWrite['decide']>[0],
  at: Instant,
): ComplaintDecision {
  const weighed = complaintPromise({ form, category, gravities, amountYuan }, known, at, policy, timeZone);
  // Danger waits for nobody, whatever else the complaint weighs.
  const promise =
    danger === null ? weighed : { ...weighed, priority: 'urgent' as const, ...complaintTimes('urgent', at, policy, timeZone) };
  const again = known.earlier !== null;
  const told =
    danger !== null
      ? { reason: `danger-${danger}`, notBefore: null }
      : promise.priority === 'urgent'
        ? { reason: 'complaint-urgent', notBefore: null }
        : { reason: again ? 'complaint-again' : 'complaint-filed', notBefore: quietUntil(at, policy, timeZone) };
  const paid = gravities.includes('private-payment') ? [{ reason: 'private-payment', notBefore: null }] : [];
  const call = { id: makeIdentifier(), reason: again ? 'complaint-again' : 'call-back', dueAt: promise.answerBy };
  return {
    ...promise,
    pages: [...paid, told].map((it) => ({ ...it, id: makeIdentifier() })),
    call: form === 'exception-slip' ? null : call,
  };
}
