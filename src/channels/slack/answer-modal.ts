/** Answering a complaint: the words go to the customer, so they are written in a window and read once more before they are sent. */
import type { App } from '@slack/bolt';
import { ANSWER_CHARACTERS_MAX } from '../../desk/complaint-answer.ts';
import { refusal } from '../../desk/staff-member.ts';
import { unreachable } from '../../domain/unreachable.ts';
import { choice, context, form, input, option, textInput } from './blocks.ts';
import { registerFormWindow } from './form-window.ts';
import { lackText, noteWindow } from './private-window.ts';
import { readAgain } from './ticket-actions.ts';
import { ticketWindow } from './ticket-card.ts';
import type { TicketSide } from './ticket-side.ts';

const CALLBACK = 'ticket_answer';

export function registerComplaintAnswer(app: App, side: TicketSide): void {
  const { word } = side;
  registerFormWindow(app, side, {
    actionId: 'ticket:answer',
    callbackId: CALLBACK,
    leaves: ['answered'],

    open: async (member, number) => {
      const no = refusal(member, 'complaints.answer');
      if (no) return noteWindow(lackText(no, word), word);
      const settled = choice([option(word('answer.settled.no'), 'no'), option(word('answer.settled.yes'), 'yes')], 'no', null);
      return form({
        callbackId: CALLBACK,
        carries: number,
        title: word('answer.title'),
        submit: word('answer.submit'),
        close: word('modal.close'),
        blocks: [
          input('text', word('answer.text'), textInput({ max: ANSWER_CHARACTERS_MAX, multiline: true })),
          input('settled', word('answer.settled'), settled),
          context(word('answer.hint')),
        ],
      });
    },

    submit: async (member, number, read) => {
      const done = await side.desk.tickets.answerComplaint(member, number, {
        text: read('text') ?? '',
        settled: read('settled') === 'yes',
      });
      switch (done.kind) {
        case 'answered':
          return { kind: 'shown', view: ticketWindow(done.ticket, word('ticket.done.answer'), side) };
        case 'text-refused':
          return { kind: 'refused', errors: { text: word('answer.refused', { max: ANSWER_CHARACTERS_MAX }) } };
        case 'not-a-complaint':
          return { kind: 'shown', view: noteWindow(word('answer.no-complaint'), word) };
        case 'ticket-over':
          return { kind: 'shown', view: await readAgain(side, member, number, word('ticket.over')) };
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
