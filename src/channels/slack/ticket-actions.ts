/** The buttons of a ticket, wherever they stand: what came of one is shown in a window to who pressed it. */
import type { App } from '@slack/bolt';
import type { StaffMember } from '../../desk/staff-member.ts';
import { TRANSITIONS, type Transition } from '../../desk/transitions.ts';
import { unreachable } from '../../domain/unreachable.ts';
import type { ModalView } from './blocks.ts';
import { publishHome } from './home.ts';
import { type Asker, askerOf, lackText, memberOrTell, noteWindow, showWindow } from './private-window.ts';
import { ticketWindow } from './ticket-card.ts';
import type { TicketSide } from './ticket-side.ts';

/** Adds the buttons that need nothing filled in. */
export function registerTicketActions(app: App, side: TicketSide): void {
  const on = (deed: string, work: (member: StaffMember, number: string) => Promise<ModalView>) =>
    app.action({ action_id: `ticket:${deed}`, type: 'block_actions' }, async ({ ack, body, action }) => {
      const number = action.type === 'button' ? action.value : undefined;
      if (number !== undefined) await press(askerOf(body), number, deed !== 'show', work);
      await ack();
    });

  async function press(
    asker: Asker,
    number: string,
    isChange: boolean,
    work: (member: StaffMember, number: string) => Promise<ModalView>,
  ): Promise<void> {
    const member = await memberOrTell(side, asker);
    if (member === null) return;
    await showWindow(side, asker, await work(member, number));
    if (!isChange) return;
    side.soon();
    publishHome(side, asker.userId);
  }

  on('show', (member, number) => readAgain(side, member, number, null));
  on('assign-me', async (member, number) => {
    const done = await side.desk.tickets.assign(member, number, member.id);
    switch (done.kind) {
      case 'assigned':
        return ticketWindow(done.ticket, side.word('ticket.done.assign-me'), side);
      case 'ticket-over':
        return await readAgain(side, member, number, side.word('ticket.over'));
      case 'no-such-ticket':
      case 'no-such-staff':
        return noteWindow(side.word('ticket.gone'), side.word);
      case 'forbidden':
        return noteWindow(lackText(done, side.word), side.word);
      default:
        return unreachable(done);
    }
  });
  for (const transition of TRANSITIONS) on(transition, (member, number) => goThrough(side, member, number, transition));
}

async function goThrough(side: TicketSide, member: StaffMember, number: string, transition: Transition): Promise<ModalView> {
  const { word } = side;
  const done = await side.desk.tickets.transit(member, number, transition);
  switch (done.kind) {
    case 'done':
      return ticketWindow(done.ticket, word(`ticket.done.${transition}`), side);
    case 'not-now':
      return await readAgain(side, member, number, word('ticket.not-now', { status: word(`ticket.status.${done.status}`) }));
    case 'no-such-ticket':
      return noteWindow(word('ticket.gone'), word);
    case 'forbidden':
      return noteWindow(lackText(done, word), word);
    default:
      return unreachable(done);
  }
}

/** The ticket as it is now, under a line. */
export async function readAgain(side: TicketSide, member: StaffMember, number: string, line: string | null): Promise<ModalView> {
  const read = await side.desk.tickets.read(member, number);
  switch (read.kind) {
    case 'found':
      return ticketWindow(read.ticket, line, side);
    case 'no-such-ticket':
      return noteWindow(side.word('ticket.gone'), side.word);
    case 'forbidden':
      return noteWindow(lackText(read, side.word), side.word);
    default:
      return unreachable(read);
  }
}
