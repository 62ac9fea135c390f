/** Taking a call down in Slack: the window is opened by the command, a message or the home page, and opens one ticket. */
import type { App } from '@slack/bolt';
import { refusal, type StaffMember } from '../../desk/staff-member.ts';
import { unreachable } from '../../domain/unreachable.ts';
import type { ModalView } from './blocks.ts';
import { publishHome } from './home.ts';
import { INTAKE, intakeForm, intakeWindow, openedWindow, type Refusals, refusalsOf, takenText } from './intake-modal.ts';
import { type Asker, askerOf, lackText, memberOrTell, noteWindow, openWindow } from './private-window.ts';
import { plainTextOf } from './slack-text.ts';
import type { TicketSide } from './ticket-side.ts';
import { filledIn } from './window-state.ts';

/** The message shortcut. */
const MAKE_TICKET = 'make_ticket';

/** Adds the shortcut, the home page's button and what is done with a filled-in window. */
export function registerIntake(app: App, side: TicketSide): void {
  app.shortcut({ callback_id: MAKE_TICKET, type: 'message_action' }, async ({ ack, shortcut }) => {
    await ack();
    const { message } = shortcut;
    // What a machine said of a ticket is no customer's fault description.
    const fault = 'bot_id' in message ? '' : plainTextOf(message);
    await openIntake(side, { userId: shortcut.user.id, triggerId: shortcut.trigger_id, windowId: null }, fault);
  });

  app.action({ action_id: 'home:new', type: 'block_actions' }, async ({ ack, body }) => {
    await ack();
    await openIntake(side, askerOf(body), '');
  });

  app.view({ callback_id: INTAKE, type: 'view_submission' }, async ({ ack, body, view }) => {
    const member = await side.memberOf(body.user.id);
    if (member === null) return await ack({ response_action: 'update', view: noteWindow(side.word('who.unknown'), side.word) });
    const done = await submitted(side, member, view.private_metadata, (field) => filledIn(view, field));
    if (done.kind === 'refused') return await ack({ response_action: 'errors', errors: { ...done.refusals } });
    await ack({ response_action: 'update', view: done.view });
    side.soon();
    publishHome(side, body.user.id);
  });
}

/** Shows the empty window to who may use it; false: the platform did not take it. */
export async function openIntake(side: TicketSide, asker: Asker, fault: string): Promise<boolean> {
  const member = await memberOrTell(side, asker);
  if (member === null) return true;
  const no = refusal(member, 'desk.act');
  return await openWindow(
    side,
    asker,
    no === null ? intakeWindow(side.makeIdentifier(), fault, side) : noteWindow(lackText(no, side.word), side.word),
  );
}

async function submitted(
  side: TicketSide,
  member: StaffMember,
  metadata: string,
  read: Parameters<typeof intakeForm>[1],
): Promise<{ readonly kind: 'shown'; readonly view: ModalView } | { readonly kind: 'refused'; readonly refusals: Refusals }> {
  const filled = intakeForm(metadata, read, side);
  if (filled.kind === 'refused') return filled;
  const done = await side.desk.tickets.open(member, filled.form);
  switch (done.kind) {
    case 'opened':
    case 'joined':
      return { kind: 'shown', view: openedWindow(done, side) };
    case 'incomplete':
      return { kind: 'refused', refusals: refusalsOf(done.faults, side) };
    case 'window-not-open':
      return { kind: 'refused', refusals: { window: takenText(done.nearest, side) } };
    case 'forbidden':
      return { kind: 'shown', view: noteWindow(lackText(done, side.word), side.word) };
    default:
      return unreachable(done);
  }
}
