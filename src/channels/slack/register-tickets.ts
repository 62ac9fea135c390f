/** Everything staff do with tickets in Slack: the command, the message shortcut, the buttons, the windows, the home page. */
import type { App } from '@slack/bolt';
import { registerComplaintAnswer } from './answer-modal.ts';
import { registerEscalation } from './escalate-modal.ts';
import { registerHome } from './home.ts';
import { registerIntake } from './intake-submit.ts';
import { registerReveal } from './reveal-modal.ts';
import { registerTicketActions } from './ticket-actions.ts';
import { registerTicketCommand } from './ticket-command.ts';
import { registerTicketNote } from './ticket-note-modal.ts';
import type { TicketSide } from './ticket-side.ts';
import { registerVisitChange } from './visit-modal.ts';

const PARTS = [
  registerTicketCommand,
  registerIntake,
  registerTicketActions,
  registerVisitChange,
  registerComplaintAnswer,
  registerEscalation,
  registerTicketNote,
  registerReveal,
  registerHome,
];

export function registerTickets(app: App, side: TicketSide): void {
  for (const register of PARTS) register(app, side);
}
