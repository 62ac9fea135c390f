/**
 * A ticket as the staff's chat shows it: the short card that stands in a channel, and the whole of it for who asks. Both
 * offer what may be done with it now and nothing else.
 */

import type { Ticket } from '../../desk/tickets.ts';
import { allowedTransitions, TRANSITIONS, type Transition } from '../../desk/transitions.ts';
import { isLive } from '../../domain/known-ticket.ts';
import { COMPLAINT_CATEGORY_NAMES } from '../../wording/names.ts';
import { button, buttons, context, fields, header, type KnownBlock, type ModalView, type Said, section, window } from './blocks.ts';
import { escapeSlack } from './slack-text.ts';
import {
  clockTexts,
  customerText,
  dueText,
  filesText,
  happeningText,
  isOverdue,
  matterText,
  momentText,
  noteText,
  staffName,
  staffNoteText,
  standText,
  type Telling,
  windowText,
} from './ticket-words.ts';

/** What may be done by a click on a ticket; the `action_id` is `ticket:<deed>`, the value the number. */
type TicketDeed = 'show' | 'assign-me' | 'change-visit' | 'answer' | 'note' | 'reveal' | 'escalate' | Transition;

const HAPPENINGS_MAX = 5;
const NOTES_SHOWN_MAX = 2;

/** The card of a channel. `isFinal`: it changes no more, unless somebody opens the ticket again. */
export function ticketCard(ticket: Ticket, telling: Telling): Said & { readonly isFinal: boolean } {
  const { word } = telling;
  const alert = isOverdue(ticket, telling.now())
    ? word('ticket.alert.overdue')
    : word(ticket.priority === 'urgent' && isLive(ticket) ? 'ticket.alert.urgent' : 'ticket.alert.new');
  const title = isLive(ticket) ? `${alert} ${ticket.number}` : `${ticket.number} ${word(`ticket.status.${ticket.status}`)}`;
  return {
    text: `${title} ${standText(ticket, telling)}`,
    blocks: [
      header(title),
      context(standText(ticket, telling)),
      ...factBlocks(ticket, telling),
      ...buttons(deedButtons(ticket, ['show', 'assign-me', 'escalate'], telling)),
    ],
    isFinal: ticket.status === 'resolved' || ticket.status === 'closed' || ticket.status === 'cancelled',
  };
}

/** The whole ticket: facts, what colleagues noted and what happened last, and everything that may be done now. */
export function ticketBlocks(ticket: Ticket, telling: Telling): KnownBlock[] {
  const { word } = telling;
  const happenings = ticket.timeline.slice(-HAPPENINGS_MAX).map((it) => happeningText(it, telling));
  const notes = ticket.notes.slice(-NOTES_SHOWN_MAX).map((it) => staffNoteText(it, telling));
  const [often, seldom] = [
    deedButtons(ticket, ['assign-me', 'change-visit', 'answer', 'note', 'reveal', 'escalate'], telling),
    deedButtons(ticket, TRANSITIONS, telling),
  ];
  return [
    section(`*${ticket.number}* ${standText(ticket, telling)}`),
    ...factBlocks(ticket, telling),
    ...(notes.length === 0 ? [] : [section(`*${word('ticket.notes', { count: ticket.notes.length })}*\n${notes.join('\n')}`)]),
    ...(happenings.length === 0 ? [] : [context(`*${word('ticket.timeline')}*\n${happenings.join('\n')}`)]),
    ...buttons(often),
    ...buttons(seldom),
  ];
}

/** The whole ticket in a window, under a line that says what was just done. */
export function ticketWindow(ticket: Ticket, line: string | null, telling: Telling): ModalView {
  const blocks = [...(line === null ? [] : [section(line)]), ...ticketBlocks(ticket, telling)];
  return window(ticket.number, telling.word('modal.close'), blocks);
}

function factBlocks(ticket: Ticket, telling: Telling): KnownBlock[] {
  const { word } = telling;
  const named = (
    key:
      | 'what'
      | 'customer'
      | 'address'
      | 'visit'
      | 'assignee'
      | 'due'
      | 'complaint'
      | 'promised'
      | 'answered'
      | 'clocks'
      | 'files'
      | 'related'
      | 'note',
    text: string | null,
  ) => (text === null ? [] : [`*${word(`ticket.field.${key}`)}*\n${text}`]);
  const { complaint, appointment, assignee, note } = ticket;
  const clocks = isLive(ticket) ? clockTexts(ticket.clocks, telling) : [];
  const visit =
    appointment === null
      ? null
      : word(appointment.status === 'cancelled' ? 'ticket.visit.cancelled' : 'ticket.visit', {
          window: windowText(appointment.window, telling),
          engineer: staffName(appointment.engineer),
        });
  const promised =
    complaint === null || !isLive(ticket)
      ? null
      : word('ticket.promised', { answer: momentText(complaint.answerBy, telling), resolve: momentText(complaint.resolveBy, telling) });
  return [
    fields([
      ...named('what', matterText(ticket, telling)),
      ...named('customer', `${customerText(ticket.customer, telling)} \u00b7 ${word(`ticket.channel.${ticket.channel}`)}`),
      ...named('address', ticket.address === null ? null : escapeSlack(ticket.address)),
      ...named('visit', visit),
      ...named('assignee', assignee === null ? word('ticket.nobody') : staffName(assignee)),
      ...named('due', dueText(ticket, telling)),
      ...named('clocks', clocks.length === 0 ? null : clocks.join('\n')),
      ...named('files', filesText(ticket, telling)),
      ...named('related', ticket.related.length === 0 ? null : ticket.related.slice(0, HAPPENINGS_MAX).join(' ')),
    ]),
    ...(complaint === null
      ? []
      : [
          fields([
            ...named('complaint', COMPLAINT_CATEGORY_NAMES[telling.policy.slack.language][complaint.category]),
            ...named('promised', promised),
            ...named('answered', complaint.answer === null ? null : momentText(complaint.answer.at, telling)),
          ]),
        ]),
    ...named('note', note === null ? null : noteText(note, telling)).map(section),
  ];
}

/** Those of the wanted deeds that make sense now; who may do them is asked of the desk. */
function deedButtons(ticket: Ticket, wanted: readonly TicketDeed[], { word }: Telling) {
  const possible = possibleDeeds(ticket);
  return wanted
    .filter((it) => possible.has(it))
    .map((deed) => {
      const sure = SURE.find((it) => it === deed);
      const label = deed === 'change-visit' && !hasVisit(ticket) ? word('ticket.do.book-visit') : word(`ticket.do.${deed}`);
      const what = { label, actionId: `ticket:${deed}`, value: ticket.number };
      if (sure === undefined) return button(what);
      return button({
        ...what,
        ...(deed === 'cancel' ? { style: 'danger' } : {}),
        sure: {
          title: { type: 'plain_text', text: word('ticket.sure') },
          text: { type: 'plain_text', text: word(`ticket.sure.${sure}`) },
          confirm: { type: 'plain_text', text: word('ticket.yes') },
          deny: { type: 'plain_text', text: word('ticket.no') },
        },
      });
    });
}

/** What ends a matter, or begins it anew, is asked for twice. */
const SURE = ['complete', 'resolve', 'cancel', 'reopen'] as const satisfies readonly Transition[];

function possibleDeeds(ticket: Ticket): ReadonlySet<TicketDeed> {
  const live = isLive(ticket);
  const isVisited = ticket.kind !== 'complaint' && ticket.appliance !== null;
  return new Set<TicketDeed>([
    'show',
    'note',
    'reveal',
    ...allowedTransitions(ticket.kind, ticket.status),
    ...(live ? (['assign-me', 'escalate'] as const) : []),
    ...(live && isVisited ? (['change-visit'] as const) : []),
    ...(live && ticket.complaint !== null ? (['answer'] as const) : []),
  ]);
}

function hasVisit({ appointment }: Ticket): boolean {
  return appointment?.status === 'booked';
}
