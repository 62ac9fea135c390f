/** Another time for a visit: only what is free is offered, and the desk decides again when it is sent. */
import type { App } from '@slack/bolt';
import { refusal } from '../../desk/staff-member.ts';
import { VISIT_CHANGE_REASONS } from '../../desk/visit-change.ts';
import { type Instant, instantOf } from '../../domain/instant.ts';
import { unreachable } from '../../domain/unreachable.ts';
import type { VisitWindow } from '../../domain/visit-window.ts';
import { choice, context, form, input, option } from './blocks.ts';
import { registerFormWindow } from './form-window.ts';
import { lackText, noteWindow } from './private-window.ts';
import { escapeSlack } from './slack-text.ts';
import { ticketWindow } from './ticket-card.ts';
import type { TicketSide } from './ticket-side.ts';
import { windowsText, windowText } from './ticket-words.ts';

const CALLBACK = 'ticket_visit';
/** What a menu holds. */
const WINDOWS_MAX = 100;

export function registerVisitChange(app: App, side: TicketSide): void {
  const { word } = side;
  registerFormWindow(app, side, {
    actionId: 'ticket:change-visit',
    callbackId: CALLBACK,
    leaves: ['appointment-booked', 'appointment-changed'],

    open: async (member, number) => {
      const no = refusal(member, 'desk.act');
      if (no) return noteWindow(lackText(no, word), word);
      const read = await side.desk.tickets.read(member, number);
      const listed = await side.desk.tickets.windows(member, number, { from: null, days: side.policy.booking.horizonDays + 1 });
      switch (listed.kind) {
        case 'listed':
          break;
        case 'not-allowed':
          return noteWindow(word('visit.refused', { why: word(`visit.not.${listed.why}`) }), word);
        case 'no-such-ticket':
          return noteWindow(word('ticket.gone'), word);
        case 'forbidden':
          return noteWindow(lackText(listed, word), word);
        default:
          return unreachable(listed);
      }
      if (listed.windows.length === 0) return noteWindow(word('visit.none'), word);
      const windows = listed.windows.slice(0, WINDOWS_MAX).map((it) => option(windowText(it, side), `${it.from}-${it.to}`));
      const reasons = VISIT_CHANGE_REASONS.map((it) => option(word(`visit.reason.${it}`), it));
      const booked = read.kind === 'found' && read.ticket.appointment?.status === 'booked' ? read.ticket.appointment.window : null;
      return form({
        callbackId: CALLBACK,
        carries: number,
        title: word('visit.title'),
        submit: word('visit.submit'),
        close: word('modal.close'),
        blocks: [
          ...(booked === null ? [] : [context(word('visit.now', { window: windowText(booked, side) }))]),
          input('window', word('visit.window'), choice(windows, null, word('visit.choose'))),
          input('why', word('visit.why'), choice(reasons, 'customer-asked', null)),
        ],
      });
    },

    submit: async (member, number, read) => {
      const window = windowOf(read('window') ?? '');
      if (window === null) return { kind: 'refused', errors: { window: word('visit.choose') } };
      const reason = VISIT_CHANGE_REASONS.find((it) => it === read('why')) ?? null;
      const done = await side.desk.tickets.changeVisit(member, number, { window, engineerId: null, reason });
      switch (done.kind) {
        case 'changed': {
          const engineer = escapeSlack(done.ticket.appointment?.engineer.name ?? '');
          const line = word('ticket.done.visit', { window: windowText(window, side), engineer });
          return { kind: 'shown', view: ticketWindow(done.ticket, line, side) };
        }
        case 'window-taken': {
          const text =
            done.nearest.length === 0 ? word('intake.taken.none') : word('visit.taken', { nearest: windowsText(done.nearest, side) });
          return { kind: 'refused', errors: { window: text } };
        }
        case 'not-allowed':
          return { kind: 'refused', errors: { window: word('visit.refused', { why: word(`visit.not.${done.why}`) }) } };
        case 'no-such-ticket':
        case 'no-such-engineer':
          return { kind: 'shown', view: noteWindow(word('ticket.gone'), word) };
        case 'forbidden':
          return { kind: 'shown', view: noteWindow(lackText(done, word), word) };
        default:
          return unreachable(done);
      }
    },
  });
}

function windowOf(value: string): VisitWindow | null {
  const [from, to] = value.split('-').map((it) => instantIn(it));
  return from === undefined || to === undefined || from === null || to === null ? null : { from, to };
}

function instantIn(text: string): Instant | null {
  return /^\d{12,14}$/.test(text) ? instantOf(Number(text)) : null;
}
