/** Calling the lead about a ticket, with a reason. */
import type { App } from '@slack/bolt';
import { ESCALATION_REASONS } from '../../desk/call-the-lead.ts';
import { refusal } from '../../desk/staff-member.ts';
import { unreachable } from '../../domain/unreachable.ts';
import { choice, form, input, option } from './blocks.ts';
import { registerFormWindow } from './form-window.ts';
import { lackText, noteWindow } from './private-window.ts';
import { readAgain } from './ticket-actions.ts';
import type { TicketSide } from './ticket-side.ts';

export function registerEscalation(app: App, side: TicketSide): void {
  const { word } = side;
  registerFormWindow(app, side, {
    actionId: 'ticket:escalate',
    callbackId: 'ticket_escalate',
    leaves: ['escalated'],

    open: async (member, number) => {
      const no = refusal(member, 'desk.act');
      if (no) return noteWindow(lackText(no, word), word);
      const reasons = ESCALATION_REASONS.map((it) => option(word(`escalate.reason.${it}`), it));
      return form({
        callbackId: 'ticket_escalate',
        carries: number,
        title: word('escalate.title'),
        submit: word('escalate.submit'),
        close: word('modal.close'),
        blocks: [input('why', word('escalate.why'), choice(reasons, null, null))],
      });
    },

    submit: async (member, number, read) => {
      const reason = ESCALATION_REASONS.find((it) => it === read('why'));
      if (reason === undefined) return { kind: 'refused', errors: { why: word('escalate.why') } };
      const done = await side.desk.tickets.escalate(member, number, reason);
      switch (done.kind) {
        case 'escalated':
          return { kind: 'shown', view: await readAgain(side, member, number, word('ticket.done.escalate')) };
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
