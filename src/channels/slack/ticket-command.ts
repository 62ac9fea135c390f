/** `/ticket`: what somebody typed, read kindly, and the answer that only they see. Nothing they typed is said back. */
import type { App } from '@slack/bolt';
import { refusal, type StaffMember } from '../../desk/staff-member.ts';
import { unreachable } from '../../domain/unreachable.ts';
import { button, context, type KnownBlock, type Said, section } from './blocks.ts';
import { type Command, parseCommand } from './command-text.ts';
import { openIntake } from './intake-submit.ts';
import { lackText } from './private-window.ts';
import { escapeSlack } from './slack-text.ts';
import { ticketBlocks } from './ticket-card.ts';
import type { TicketSide } from './ticket-side.ts';
import { ticketLine } from './ticket-words.ts';

const TICKETS_MAX = 10;

type Typed = { readonly userId: string; readonly triggerId: string; readonly text: string };

/** Adds the command. */
export function registerTicketCommand(app: App, side: TicketSide): void {
  app.command('/ticket', async ({ ack, command }) => {
    const said = await answerTo(side, { userId: command.user_id, triggerId: command.trigger_id, text: command.text });
    if (said === null) return await ack();
    await ack({ response_type: 'ephemeral', ...said });
  });
}

/** Null: a window was opened instead. */
async function answerTo(side: TicketSide, { userId, triggerId, text }: Typed): Promise<Said | null> {
  const { word } = side;
  const member = await side.memberOf(userId);
  if (member === null) return say(word('who.unknown'));
  const command = parseCommand(text);
  switch (command.kind) {
    case 'help':
      return say(word('command.help'));
    case 'unknown':
      return say(word('command.unknown'));
    case 'wanting':
      return say(word(`command.${command.of}.example`));
    case 'find':
      return await found(side, member, command.q);
    case 'show':
      return await shown(side, member, command.number);
    case 'new':
      return (await openIntake(side, { userId, triggerId, windowId: null }, '')) ? null : say(word('command.failed'));
    case 'staff':
      return await linked(side, member, command);
    case 'merge':
      return await merged(side, member, command);
    default:
      return unreachable(command);
  }
}

function say(text: string, blocks: readonly KnownBlock[] = [section(text)]): Said {
  return { text, blocks: [...blocks] };
}

async function found(side: TicketSide, member: StaffMember, q: string): Promise<Said> {
  const { word } = side;
  const wanted = {
    q,
    kind: null,
    status: null,
    priority: null,
    channel: null,
    assignee: null,
    overdue: null,
    after: null,
    limit: TICKETS_MAX,
  };
  const done = await side.desk.tickets.list(member, wanted);
  if (done.kind === 'forbidden') return say(lackText(done, word));
  const { items, next } = done.slice;
  if (items.length === 0) return say(word('command.find.none'));
  const title = word('command.find.found', { count: items.length });
  const lines = items.map((it) => ({
    ...section(ticketLine(it, side)),
    accessory: button({ label: word('ticket.do.show'), actionId: 'ticket:show', value: it.number }),
  }));
  const more = next === null ? [] : [context(word('command.find.more', { count: items.length }))];
  return say(title, [section(`*${title}*`), ...lines, ...more]);
}

async function shown(side: TicketSide, member: StaffMember, number: string): Promise<Said> {
  const done = await side.desk.tickets.read(member, number);
  switch (done.kind) {
    case 'found':
      return say(done.ticket.number, ticketBlocks(done.ticket, side));
    case 'no-such-ticket':
      return say(side.word('command.show.none'));
    case 'forbidden':
      return say(lackText(done, side.word));
    default:
      return unreachable(done);
  }
}

async function linked(side: TicketSide, member: StaffMember, { userId, email }: Extract<Command, { kind: 'staff' }>): Promise<Said> {
  const { word } = side;
  const no = refusal(member, 'staff.manage');
  if (no) return say(lackText(no, word));
  const colleague = await side.linkStaff(member, userId, email);
  if (colleague === null) return say(word('command.staff.none'));
  const role = word(`role.${colleague.role}`);
  return say(word('command.staff.done', { user: `<@${userId}>`, name: escapeSlack(colleague.name), role }));
}

async function merged(side: TicketSide, member: StaffMember, { keep, duplicate }: Extract<Command, { kind: 'merge' }>): Promise<Said> {
  const { word } = side;
  const done = await side.desk.tickets.mergeDuplicates(member, keep, duplicate);
  switch (done.kind) {
    case 'merged':
      side.soon();
      return say(word('command.merge.done', { number: done.ticket.number }), [
        section(word('command.merge.done', { number: done.ticket.number })),
        ...ticketBlocks(done.ticket, side),
      ]);
    case 'same-ticket':
    case 'other-customer':
    case 'other-kind':
    case 'complaint':
    case 'ticket-over':
      return say(word(`command.merge.${done.kind}`));
    case 'no-such-ticket':
      return say(word('command.show.none'));
    case 'forbidden':
      return say(lackText(done, word));
    default:
      return unreachable(done);
  }
}
