/** How tickets and what belongs to them read in the staff's chat: words of the house, masked facts, nothing that is a mark. */
import type { StaffName } from '../../desk/staff-member.ts';
import type { Ticket, TicketClock, TicketNote, TicketSummary, TimelineEntry } from '../../desk/tickets.ts';
import type { Appliance, Fault } from '../../domain/appliance.ts';
import type { Instant } from '../../domain/instant.ts';
import { isLive } from '../../domain/known-ticket.ts';
import type { VisitWindow } from '../../domain/visit-window.ts';
import { formatDatum } from '../../wording/format.ts';
import { APPLIANCE_NAMES, faultName } from '../../wording/names.ts';
import { cut } from './blocks.ts';
import type { StaffSide } from './needs.ts';
import { pageReasonText } from './page-reasons.ts';
import { escapeSlack } from './slack-text.ts';

/** What it takes to say something. */
export type Telling = Pick<StaffSide, 'word' | 'policy' | 'timeZone' | 'now'>;

const FAULT_CHARACTERS_MAX = 120;
const NOTE_CHARACTERS_MAX = 300;
const NAME_CHARACTERS_MAX = 40;

export function momentText(at: Instant, { policy, timeZone, now }: Telling): string {
  return formatDatum({ as: 'moment', value: at, now: now() }, { language: policy.slack.language, timeZone });
}

export function clockText(at: Instant, { policy, timeZone }: Telling): string {
  return formatDatum({ as: 'clock', value: at }, { language: policy.slack.language, timeZone });
}

export function windowText(window: VisitWindow, { policy, timeZone }: Telling): string {
  return formatDatum({ as: 'window', value: window }, { language: policy.slack.language, timeZone });
}

/** Several windows, those of one day together. */
export function windowsText(windows: readonly VisitWindow[], { policy, timeZone }: Telling): string {
  return formatDatum({ as: 'windows', value: [...windows] }, { language: policy.slack.language, timeZone });
}

type Promised = Pick<TicketSummary, 'status' | 'dueAt' | 'overdue'>;

/** A promise of ours is past; while we wait for the customer nothing of ours is late. */
export function isOverdue(ticket: Promised, now: Instant): boolean {
  if (ticket.overdue) return true;
  return ticket.dueAt !== null && ticket.dueAt < now && isLive(ticket) && ticket.status !== 'waiting-customer';
}

/** The appliance and what is wrong with it, by codes alone. */
export function plainMatter(
  what: { readonly appliance: Appliance | null; readonly faultCodes: readonly Fault[] },
  telling: Telling,
): string {
  const { language } = telling.policy.slack;
  const { appliance } = what;
  if (appliance === null) return telling.word('ticket.no-appliance');
  const faults = what.faultCodes.filter((it) => it !== 'other').map((it) => faultName(appliance, it, language));
  return [APPLIANCE_NAMES[language][appliance], ...faults].join(language === 'zh-CN' ? ' ' : ', ');
}

/** The appliance, and the fault in the customer's words. */
export function matterText(ticket: Pick<TicketSummary, 'appliance' | 'fault' | 'faultCodes'>, telling: Telling): string {
  const { language } = telling.policy.slack;
  if (ticket.fault === null) return plainMatter(ticket, telling);
  const said = escapeSlack(cut(ticket.fault, FAULT_CHARACTERS_MAX));
  return ticket.appliance === null ? said : `${APPLIANCE_NAMES[language][ticket.appliance]} \u00b7 ${said}`;
}

/** Why a ticket was opened where nobody wrote it down. */
const NOTE_CODES = ['outside-area', 'unknown-product', 'no-engineer'] as const;

/** What somebody wrote down, or the words for a code the desk wrote itself. */
export function noteText(note: string, { word }: Telling): string {
  const code = NOTE_CODES.find((it) => it === note);
  if (code !== undefined) return word(`ticket.note.${code}`);
  return pageReasonText(note, word) ?? escapeSlack(cut(note, NOTE_CHARACTERS_MAX));
}

/** What a colleague noted: when, who, what. */
export function staffNoteText({ at, by, text }: TicketNote, telling: Telling): string {
  return telling.word('ticket.notes.line', { moment: momentText(at, telling), who: staffName(by), what: escapeSlack(text) });
}

/** A colleague or an engineer. */
export function staffName({ name }: Pick<StaffName, 'name'>): string {
  return escapeSlack(cut(name, NAME_CHARACTERS_MAX));
}

/** `王* 138****8000` */
export function customerText({ name, phone }: { readonly name: string | null; readonly phone: string | null }, { word }: Telling): string {
  const known = [name, phone].filter((it) => it !== null).map(escapeSlack);
  return known.length === 0 ? word('ticket.nobody-named') : known.join(' ');
}

/** By when, or since when it is late; null when nothing was promised or it is over. */
export function dueText(ticket: Promised, telling: Telling): string | null {
  if (!isLive(ticket)) return null;
  const isLate = isOverdue(ticket, telling.now());
  const { dueAt } = ticket;
  if (dueAt === null || (isLate && dueAt >= telling.now())) return isLate ? telling.word('ticket.late') : null;
  return telling.word(isLate ? 'ticket.overdue' : 'ticket.due', { moment: momentText(dueAt, telling) });
}

/** How many pictures, and how many other files, hang on it; null when there are none. They are opened in the thread, or by the API. */
export function filesText({ attachments }: Pick<Ticket, 'attachments'>, { word }: Telling): string | null {
  const photos = attachments.filter((it) => it.contentType.startsWith('image/')).length;
  const others = attachments.length - photos;
  const texts = [
    ...(photos > 0 ? [word('ticket.photos', { count: photos })] : []),
    ...(others > 0 ? [word('ticket.files', { count: others })] : []),
  ];
  return texts.length === 0 ? null : texts.join(' \u00b7 ');
}

/** The promised times that are still owed. */
export function clockTexts(clocks: readonly TicketClock[], telling: Telling): readonly string[] {
  return clocks
    .filter((it) => it.endedAt === null)
    .map(({ kind, dueAt, breachedAt }) => {
      const when =
        dueAt === null
          ? telling.word('ticket.clock.paused')
          : telling.word(breachedAt !== null || dueAt < telling.now() ? 'ticket.overdue' : 'ticket.due', {
              moment: momentText(dueAt, telling),
            });
      return telling.word('ticket.clock', { what: telling.word(`ticket.clock.${kind}`), when });
    });
}

/** Kind, status and, where it is not the usual one, priority. */
export function standText(ticket: Pick<TicketSummary, 'kind' | 'status' | 'priority'>, { word }: Telling): string {
  const isUsual = ticket.priority === 'normal' || ticket.priority === 'low';
  const priority = isUsual ? [] : [word(`ticket.priority.${ticket.priority}`)];
  return [word(`ticket.kind.${ticket.kind}`), word(`ticket.status.${ticket.status}`), ...priority].join(' \u00b7 ');
}

/** The two lines of a list. */
export function ticketLine(ticket: TicketSummary, telling: Telling): string {
  const { customer } = ticket;
  const second = [customerText(customer, telling), dueText(ticket, telling)].filter((it) => it !== null).join(' \u00b7 ');
  return `*${ticket.number}* ${standText(ticket, telling)}\n${matterText(ticket, telling)}\n${second}`;
}

const EVENTS = [
  'opened',
  'appointment-booked',
  'appointment-changed',
  'contact-task-opened',
  'contact-task-done',
  'engineer-told',
  'complaint-joined',
  'complaint-chased',
  'answered',
  'complaint-cause',
  'survey-answered',
  'completed',
  'resolved',
  'cancelled',
  'reopened',
  'assigned',
  'escalated',
  'page-sent',
  'page-acknowledged',
  'page-closed',
  'sla-warned',
  'sla-breached',
  'sla-escalated',
  'merged',
  'merged-into',
  'appointment-renewed',
  'waiting-customer',
  'customer-answered',
  'handoff-claimed',
  'handoff-queued',
  'handoff-resolved',
  'handoff-transferred',
  'handoff-reopened',
  'customer-linked',
  'waiting-list-joined',
] as const;

/** One happening: when, who, what; one we have no word for is named by its code. */
export function happeningText({ at, actor, type }: TimelineEntry, telling: Telling): string {
  const { word } = telling;
  const event = EVENTS.find((it) => it === type);
  const role = actor.startsWith('staff:') ? 'staff' : (['customer', 'bot'] as const).find((it) => it === actor);
  const what = event === undefined ? escapeSlack(type) : word(`ticket.event.${event}`);
  return word('ticket.timeline.line', { moment: momentText(at, telling), who: word(`ticket.who.${role ?? 'system'}`), what });
}
