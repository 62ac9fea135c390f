/** Internal notes of a ticket: what a colleague leaves for the next one, on a live ticket or one that is over. The customer hears nothing of them. */
import type { Identifier } from '../domain/identifier.ts';
import type { Instant } from '../domain/instant.ts';
import { type Change, changeBy } from './change.ts';
import type { NewNote, TextRefused } from './handoff.ts';
import { printedNumber } from './search.ts';
import { type Forbidden, refusal, type StaffMember } from './staff-member.ts';
import { readStaffText } from './staff-text.ts';
import { type Ticket, type TicketRecord, ticketOf } from './tickets.ts';

type NotNoted = { readonly kind: 'no-such-ticket' } | { readonly kind: 'too-many-notes' };

/** One transaction with the audit, once per note id; `too-many-notes`: the ticket holds `notesMax` already. */
export type WriteTicketNote = (
  number: string,
  note: NewNote,
  notesMax: number,
  change: Change,
) => Promise<{ readonly kind: 'noted'; readonly record: TicketRecord } | NotNoted>;

/** `noteId` makes a repeated request harmless. `text-refused`: empty, or longer than `TICKET_NOTE_CHARACTERS_MAX`. */
export type NoteTicket = (
  member: StaffMember,
  number: string,
  noted: { readonly noteId: Identifier; readonly text: string },
) => Promise<{ readonly kind: 'noted'; readonly ticket: Ticket } | NotNoted | TextRefused | Forbidden>;

/** A note is read beside others, so it is short. */
export const TICKET_NOTE_CHARACTERS_MAX = 1_000;

/** What two tickets hold between them may be more once they are merged. */
export const TICKET_NOTES_MAX = 100;

export function noteTicket({ write, now }: { readonly write: WriteTicketNote; readonly now: () => Instant }): NoteTicket {
  return async (member, typed, { noteId, text: raw }) => {
    const no = refusal(member, 'desk.act');
    if (no) return no;
    const number = printedNumber(typed);
    if (number === null) return { kind: 'no-such-ticket' };
    const text = readStaffText(raw);
    if (text === null || text.length > TICKET_NOTE_CHARACTERS_MAX) return { kind: 'text-refused' };
    const note = { id: noteId, staffId: member.id, text };
    const change = changeBy(member, now(), 'ticket.note', `ticket:${number}`, { note: noteId });
    const done = await write(number, note, TICKET_NOTES_MAX, change);
    return done.kind === 'noted' ? { kind: 'noted', ticket: ticketOf(done.record) } : done;
  };
}
