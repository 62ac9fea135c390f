/** Whether a repair stands on record as the customer meant it: a ticket, a visit, and every fact of both. */
import type { WindowWanted } from './choose-window.ts';
import type { DeskRecord, RecordedTicket, Revealed } from './desk-record.ts';
import { type Finding, outcome, sameField } from './errand.ts';
import type { Door } from './sentences/addresses.ts';
import type { Fault } from './sentences/told-fault.ts';
import { answersWish, localClock, localDay } from './wish.ts';

export type BookingExpected = {
  /** The ticket they were told of; null when none was named. */
  readonly number: string | null;
  readonly fault: Fault;
  readonly door: Door;
  readonly phone: string;
  readonly name: string;
  /** Null: it was never told. */
  readonly model: string | null;
  readonly wanted: WindowWanted;
  readonly toShop: boolean;
};

export function judgeBooking(expected: BookingExpected, record: DeskRecord): readonly Finding[] {
  const repairs = record.tickets.filter((it) => it.kind === 'repair' && it.status !== 'cancelled');
  const ticket = repairs.find((it) => it.number === expected.number) ?? repairs.find((it) => it.appliance === expected.fault.appliance);
  if (ticket === undefined) return [outcome('no repair ticket')];
  if (record.tickets.some((it) => it.kind === 'complaint')) return [outcome('a complaint that nobody made')];
  if (!expected.toShop && ticket.appointment === null) return [outcome(`${ticket.number} has no visit`)];
  const customer = judgeCustomer(expected, ticket, record.revealed);
  // Who brings it to a shop need not say where they live.
  const facts = expected.toShop ? customer.filter((it) => !it.what.startsWith('address')) : customer;
  return [...judgeMatter(expected, ticket), ...facts, ...judgeWindow(expected, ticket), ...besides(ticket, repairs)];
}

/** A slip put right leaves no ticket of its own in the visit. */
function besides(ticket: RecordedTicket, repairs: readonly RecordedTicket[]): readonly Finding[] {
  const visit = ticket.appointment?.id;
  const others = repairs.filter((it) => visit !== undefined && it.number !== ticket.number && it.appointment?.id === visit);
  return others.map((it) => ({ kind: 'field', what: `besides: ${it.appliance} in the same visit` }));
}

function judgeMatter({ fault, model }: BookingExpected, ticket: RecordedTicket): readonly Finding[] {
  return [
    ...sameField('appliance', ticket.appliance, fault.appliance),
    ...fault.codes
      .filter((it) => !ticket.faultCodes.includes(it))
      .map((it): Finding => ({ kind: 'field', what: `fault: ${ticket.faultCodes.join('+') || 'none'} in place of ${it}` })),
    ...(model === null ? [] : sameField('model', ticket.model?.toUpperCase() ?? null, model)),
  ];
}

/** Phone, name, address: masked on the ticket, and exactly where they are revealed. */
export function judgeCustomer(
  { phone, name, door }: Pick<BookingExpected, 'phone' | 'name' | 'door'>,
  ticket: RecordedTicket,
  revealed: Revealed | null,
): readonly Finding[] {
  const said = revealed?.tickets.find((it) => it.number === ticket.number);
  const where = revealed?.addresses.find((it) => sameDoor(it.detail, door.detail));
  return [
    ...sameField('phone, masked', ticket.customer.phone, `${phone.slice(0, 3)}****${phone.slice(-4)}`),
    ...sameField('name, masked', ticket.customer.name, `${[...name][0]}*`),
    ...sameField('phone', said?.phone?.replace(/^\+86/, '') ?? null, phone),
    ...sameField('name', said?.name ?? null, name),
    ...sameField('district', ticket.address?.endsWith(`${door.city}${door.district}`) ?? false, true),
    ...(where === undefined
      ? [
          {
            kind: 'field',
            what: `address: ${revealed?.addresses.map((it) => it.detail).join(' / ') ?? 'none'} in place of ${door.detail}`,
          } as const,
        ]
      : sameField('address', `${where.city}${where.district}`, `${door.city}${door.district}`)),
  ];
}

export function judgeWindow({ wanted, toShop }: Pick<BookingExpected, 'wanted' | 'toShop'>, ticket: RecordedTicket): readonly Finding[] {
  if (toShop || ticket.appointment === null) return [];
  const starts = Date.parse(ticket.appointment.window.from);
  const words = (at: number) => `${localDay(at)} ${localClock(at)}`;
  if (wanted.picked !== null) return sameField('window', words(starts), words(wanted.picked));
  return answersWish(wanted.wish, starts)
    ? []
    : [{ kind: 'field', what: `window: ${words(starts)} in place of ${JSON.stringify(wanted.wish)}` }];
}

/** The door as told, perhaps with a remark of the customer's after it that names no other. */
function sameDoor(actual: string, told: string): boolean {
  const [said = '', ...remarks] = actual.split(/[,\uff0c]/);
  return bareDoor(said) === bareDoor(told) && remarks.every((it) => !/\d/.test(it));
}

/** Digits dictated in Chinese are the same digits. */
function bareDoor(detail: string): string {
  const digits = '零一二三四五六七八九';
  return detail
    .normalize('NFKC')
    .replace(/[\s,.-]/g, '')
    .replace(/[零一二三四五六七八九]/g, (it) => String(digits.indexOf(it)));
}
