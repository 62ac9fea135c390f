/**
 * What staff type into a search box: a number, a full phone or a serial, told apart before the store is asked. Names and
 * addresses are sealed and found by nobody.
 */
import type { PhoneNumber, Serial } from '../domain/contact.ts';
import { parseTicketNumber } from '../domain/ticket-number.ts';

/** What a search text means: exactly one of these (S2-025). */
export type Search =
  | { readonly by: 'number'; readonly number: string }
  | { readonly by: 'phone'; readonly phone: PhoneNumber }
  | { readonly by: 'serial'; readonly serial: Serial }
  /** Nothing anything can be found by: the list is empty. */
  | { readonly by: 'nothing' };

/** A search the store is asked. */
export type AskedSearch = Exclude<Search, { readonly by: 'nothing' }>;

/** How search and intake read what staff type; the same reading the chat uses, handed in by `main`. */
export type ReadIdentity = {
  readonly phone: (text: string) => PhoneNumber | null;
  readonly serial: (text: string) => Serial | null;
};

/** Decides what `q` is: a number is told by its shape, then a phone, then a serial. */
export function searchOf(q: string, read: ReadIdentity): Search {
  const number = printedNumber(q);
  if (number !== null) return { by: 'number', number };
  const phone = read.phone(q);
  if (phone !== null) return { by: 'phone', phone };
  const serial = read.serial(q);
  return serial === null ? { by: 'nothing' } : { by: 'serial', serial };
}

/** A ticket number as it is printed, from any way it may be typed; null when it is none. */
export function printedNumber(text: string): string | null {
  return parseTicketNumber(text)?.printed ?? null;
}
