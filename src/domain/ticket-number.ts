/**
 * Numbers people read out: BX-20261120-0031 for every ticket but a complaint, TS-202611-0007 for a complaint. The
 * sequence has four digits or more.
 */
import { type LocalDay, parseLocalDay } from './instant.ts';
import type { TicketKind } from './ticket.ts';

export type TicketNumber =
  | { readonly prefix: 'BX'; readonly day: LocalDay; readonly sequence: number }
  /** `month` is `YYYY-MM`. */
  | { readonly prefix: 'TS'; readonly month: string; readonly sequence: number };

const SEQUENCE_DIGITS_MIN = 4;
const PATTERN = /^(?:(BX)-?(\d{8})|(TS)-?(\d{6}))-?(\d{4,9})$/;

/** The number of the `sequence`th (1, 2, 3 …) ticket of a business day, or complaint of its month. */
export function ticketNumber(kind: TicketKind, day: LocalDay, sequence: number): string {
  if (!Number.isInteger(sequence) || sequence < 1) throw new Error('invariant: a ticket sequence is 1 or more');
  const digits = day.replaceAll('-', '');
  const running = String(sequence).padStart(SEQUENCE_DIGITS_MIN, '0');
  return kind === 'complaint' ? `TS-${digits.slice(0, 6)}-${running}` : `BX-${digits}-${running}`;
}

/** Reads a number as printed, in any case and without its hyphens too; null when it is none of ours. */
export function parseTicketNumber(text: string): TicketNumber | null {
  const match = PATTERN.exec(text.normalize('NFKC').trim().toUpperCase());
  if (!match) return null;
  const [, repair, day, , month, running] = match;
  const sequence = Number(running);
  if (sequence < 1) return null;
  if (repair && day) {
    const local = parseLocalDay(`${day.slice(0, 4)}-${day.slice(4, 6)}-${day.slice(6)}`);
    return local && { prefix: 'BX', day: local, sequence };
  }
  const named = `${month?.slice(0, 4)}-${month?.slice(4)}`;
  return parseLocalDay(`${named}-01`) && { prefix: 'TS', month: named, sequence };
}
