/** Writing an internal note on a ticket: one field, read by colleagues only. */
import { createHash } from 'node:crypto';
import type { App } from '@slack/bolt';
import { refusal } from '../../desk/staff-member.ts';
import { TICKET_NOTE_CHARACTERS_MAX, TICKET_NOTES_MAX } from '../../desk/ticket-note.ts';
import { type Identifier, identifierFrom } from '../../domain/identifier.ts';
import { unreachable } from '../../domain/unreachable.ts';
import { context, form, input, textInput } from './blocks.ts';
import { registerFormWindow } from './form-window.ts';
import { lackText, noteWindow } from './private-window.ts';
import { readAgain } from './ticket-actions.ts';
import { ticketWindow } from './ticket-card.ts';
import type { TicketSide } from './ticket-side.ts';

const CALLBACK = 'ticket_note';

export function registerTicketNote(app: App, side: TicketSide): void {
  const { word } = side;
  registerFormWindow(app, side, {
    actionId: 'ticket:note',
    callbackId: CALLBACK,
    // The note's own id makes it once.
    leaves: null,

    open: async (member, number) => {
      const no = refusal(member, 'desk.act');
      if (no) return noteWindow(lackText(no, word), word);
      return form({
        callbackId: CALLBACK,
        carries: `${number} ${side.makeIdentifier()}`,
        title: word('note.title'),
        submit: word('note.submit'),
        close: word('modal.close'),
        blocks: [
          input('text', word('note.text'), textInput({ max: TICKET_NOTE_CHARACTERS_MAX, multiline: true })),
          context(word('note.hint')),
        ],
      });
    },

    submit: async (member, carried, read) => {
      const [number = ''] = carried.split(' ');
      const text = read('text') ?? '';
      const done = await side.desk.tickets.note(member, number, { noteId: noteIdOf(carried, text), text });
      switch (done.kind) {
        case 'noted':
          return { kind: 'shown', view: ticketWindow(done.ticket, word('ticket.done.note'), side) };
        case 'text-refused':
          return { kind: 'refused', errors: { text: word('note.refused', { max: TICKET_NOTE_CHARACTERS_MAX }) } };
        case 'too-many-notes':
          return { kind: 'shown', view: await readAgain(side, member, number, word('note.full', { max: TICKET_NOTES_MAX })) };
        case 'no-such-ticket':
          return { kind: 'shown', view: noteWindow(word('ticket.gone'), word) };
        case 'forbidden':
          return { kind: 'shown', view: noteWindow(lackText(done, word), word) };
        default:
          return unreachable(done);
      }
    },
  });
}

/** A window that is sent again is the same note; sent again with other words it is another, so that none are lost. */
function noteIdOf(carried: string, text: string): Identifier {
  return identifierFrom(0, createHash('sha256').update(`${carried}\n${text}`).digest());
}
