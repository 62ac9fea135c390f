/** The window in which staff take a call down (S4-014): what is asked, and how every gap is named at its own input. */
import { INTAKE_CHANNELS, type IntakeForm } from '../../desk/intake-form.ts';
import { maskTyped } from '../../desk/masked.ts';
import { maskDoors } from '../../desk/masked-doors.ts';
import type { Ticket } from '../../desk/tickets.ts';
import { APPLIANCES } from '../../domain/appliance.ts';
import { clockSpan, spansOn } from '../../domain/business-calendar.ts';
import { type Identifier, parseIdentifier } from '../../domain/identifier.ts';
import { type Instant, parseInstant, parseLocalDay } from '../../domain/instant.ts';
import type { Policy } from '../../domain/policy.ts';
import { TICKET_KINDS } from '../../domain/ticket.ts';
import type { VisitWindow } from '../../domain/visit-window.ts';
import { APPLIANCE_NAMES } from '../../wording/names.ts';
import { choice, form, INPUT_ACTION, input, type KnownBlock, type ModalView, option, section, textInput, window } from './blocks.ts';
import { escapeSlack } from './slack-text.ts';
import { momentText, type Telling, windowsText, windowText } from './ticket-words.ts';

export const INTAKE = 'intake';

/** Inputs of the window; a block is named after its own. */
type IntakeField = 'kind' | 'appliance' | 'fault' | 'name' | 'phone' | 'address' | 'channel' | 'day' | 'window' | 'note';
export type ReadField = (field: IntakeField) => string | null;

const FAULT_CHARACTERS_MAX = 1_000;
const NAME_CHARACTERS_MAX = 60;
const PHONE_CHARACTERS_MAX = 40;
const ADDRESS_CHARACTERS_MAX = 300;
const NOTE_CHARACTERS_MAX = 1_000;

/** `ticketId` is the ticket this window opens, so that it is opened once; `fault` is what a colleague wrote already. */
export function intakeWindow(ticketId: Identifier, fault: string, telling: Telling): ModalView {
  const { word, policy } = telling;
  const appliances = APPLIANCE_NAMES[policy.slack.language];
  // Who passes a message on may have a number or a door in it: neither is sent out again.
  const words = maskDoors(maskTyped(fault));
  return form({
    callbackId: INTAKE,
    carries: ticketId,
    title: word('intake.title'),
    submit: word('intake.submit'),
    close: word('modal.close'),
    blocks: [
      input(
        'kind',
        word('intake.kind'),
        choice(
          TICKET_KINDS.map((it) => option(word(`ticket.kind.${it}`), it)),
          'repair',
          null,
        ),
      ),
      input(
        'appliance',
        word('intake.appliance'),
        choice(
          APPLIANCES.map((it) => option(appliances[it], it)),
          null,
          null,
        ),
      ),
      input('fault', word('intake.fault'), textInput({ max: FAULT_CHARACTERS_MAX, initial: words, multiline: true })),
      input('name', word('intake.name'), textInput({ max: NAME_CHARACTERS_MAX })),
      input('phone', word('intake.phone'), textInput({ max: PHONE_CHARACTERS_MAX })),
      input('address', word('intake.address'), textInput({ max: ADDRESS_CHARACTERS_MAX, example: word('intake.address.example') })),
      input(
        'channel',
        word('intake.channel'),
        choice(
          INTAKE_CHANNELS.map((it) => option(word(`ticket.channel.${it}`), it)),
          'phone',
          null,
        ),
      ),
      input('day', word('intake.day'), { type: 'datepicker', action_id: INPUT_ACTION }, true),
      input('window', word('intake.window'), choice(windowOptions(policy), null, word('intake.window.choose')), true),
      input('note', word('intake.note'), textInput({ max: NOTE_CHARACTERS_MAX, multiline: true }), true),
    ],
  });
}

function windowOptions({ booking }: Policy) {
  return booking.windows.map(({ from, to }) => option(`${from}\u2013${to}`, from));
}

export type Refusals = Readonly<Partial<Record<IntakeField, string>>>;

/** The form as the desk reads it, or what has to be mended before anybody can. */
export function intakeForm(
  carried: string,
  read: ReadField,
  telling: Pick<Telling, 'word' | 'policy' | 'timeZone' | 'now'>,
): { readonly kind: 'form'; readonly form: IntakeForm } | { readonly kind: 'refused'; readonly refusals: Refusals } {
  const { word } = telling;
  const ticketId = parseIdentifier(carried);
  if (ticketId === null) throw new Error('invariant: the window carries the ticket it opens');
  const kind = TICKET_KINDS.find((it) => it === read('kind'));
  const channel = INTAKE_CHANNELS.find((it) => it === read('channel'));
  const visit = visitOf(read('day'), read('window'), telling);
  if (kind === undefined) return { kind: 'refused', refusals: { kind: word('intake.refused.kind') } };
  if (channel === undefined) return { kind: 'refused', refusals: { channel: word('intake.refused.channel') } };
  if (visit === 'half') return { kind: 'refused', refusals: { window: word('intake.refused.day') } };
  const text = (field: IntakeField) => read(field) ?? '';
  return {
    kind: 'form',
    form: {
      ticketId,
      kind,
      channel,
      appliance: text('appliance'),
      fault: text('fault'),
      name: text('name'),
      phone: text('phone'),
      address: text('address'),
      window: visit,
      note: read('note'),
      model: null,
      serial: null,
      complaint: { category: null, wish: null, about: null, purchasedOn: null },
    },
  };
}

/** `half`: a day without a time, or a time without a day. */
function visitOf(day: string | null, from: string | null, { policy, timeZone }: Telling): VisitWindow | null | 'half' {
  if (day === null && from === null) return null;
  const local = day === null ? null : parseLocalDay(day);
  const block = policy.booking.windows.find((it) => it.from === from);
  if (local === null || block === undefined) return 'half';
  return spansOn(local, [clockSpan(block)], timeZone)[0] ?? 'half';
}

/** Faults of the desk, in the reader's words, each at its input. */
export function refusalsOf(
  faults: readonly { readonly field: string; readonly detail: string }[],
  { word }: Pick<Telling, 'word'>,
): Refusals {
  return Object.fromEntries(
    faults.map(({ field, detail }) => {
      const asked = (['appliance', 'fault', 'name', 'phone', 'address'] as const).find((it) => it === field);
      if (asked !== undefined) return [asked, word(`intake.refused.${asked}`)];
      if (field === 'window') return ['window', word('intake.refused.complaint-window')];
      return ['note', word('intake.refused.other', { detail: `${field} ${detail}` })];
    }),
  );
}

/** Nobody is free then. */
export function takenText(nearest: readonly VisitWindow[], telling: Telling): string {
  return nearest.length === 0
    ? telling.word('intake.taken.none')
    : telling.word('intake.taken', { nearest: windowsText(nearest, telling) });
}

/** The number, and what happens next. */
export function openedWindow(done: { readonly kind: 'opened' | 'joined'; readonly ticket: Ticket }, telling: Telling): ModalView {
  const { word } = telling;
  const { number } = done.ticket;
  const lines = [word(done.kind === 'opened' ? 'intake.done' : 'intake.joined', { number }), ...nextLines(done.ticket, telling)];
  const blocks: readonly KnownBlock[] = [section(lines.join('\n'))];
  return window(word('intake.title'), word('modal.close'), blocks);
}

function nextLines(ticket: Ticket, telling: Telling): readonly string[] {
  const { word } = telling;
  const urgent = ticket.priority === 'urgent' ? [word('intake.next.urgent')] : [];
  const { complaint, appointment } = ticket;
  if (complaint !== null)
    return [
      ...urgent,
      word('intake.next.complaint', { answer: momentText(complaint.answerBy, telling), resolve: momentText(complaint.resolveBy, telling) }),
    ];
  const call = callOf(ticket);
  if (appointment?.status === 'booked') {
    const visit = { window: windowText(appointment.window, telling), engineer: escapeSlack(appointment.engineer.name) };
    const next =
      call === null ? word('intake.next.visit.plain', visit) : word('intake.next.visit', { ...visit, moment: momentText(call, telling) });
    return [...urgent, next];
  }
  return call === null ? urgent : [...urgent, word('intake.next.call', { moment: momentText(call, telling) })];
}

/** When somebody has to phone at the latest; null when nobody has. */
function callOf({ timeline }: Pick<Ticket, 'timeline'>): Instant | null {
  const dueAt = timeline.findLast((it) => it.type === 'contact-task-opened')?.details['dueAt'];
  return typeof dueAt === 'string' ? parseInstant(dueAt) : null;
}
