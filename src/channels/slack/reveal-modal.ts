/**
 * How to reach a customer, in full, for who has a reason: shown in a window of theirs alone, as the answer to what they filled
 * in, and in no message of any kind. The desk puts it on record before it gives it (S2-024).
 */
import type { App } from '@slack/bolt';
import type { Revealed } from '../../desk/customers.ts';
import { refusal, type StaffMember } from '../../desk/staff-member.ts';
import { type Identifier, parseIdentifier } from '../../domain/identifier.ts';
import { unreachable } from '../../domain/unreachable.ts';
import { context, form, input, type ModalView, section, textInput, window } from './blocks.ts';
import { registerFormWindow } from './form-window.ts';
import { lackText, noteWindow } from './private-window.ts';
import { escapeSlack } from './slack-text.ts';
import type { TicketSide } from './ticket-side.ts';
import type { Telling } from './ticket-words.ts';

const REASON_CHARACTERS_MIN = 3;
const REASON_CHARACTERS_MAX = 500;
const CALLBACK = 'reveal';

/** Any button with `reveal` in its `action_id`; its value is a ticket's number or a handoff's id. */
export function registerReveal(app: App, side: TicketSide): void {
  const { word } = side;
  registerFormWindow(app, side, {
    actionId: /reveal/,
    callbackId: CALLBACK,
    leaves: null,

    open: async (member, about) => {
      const no = refusal(member, 'customers.reveal');
      if (no) return noteWindow(lackText(no, word), word);
      const reason = { ...textInput({ max: REASON_CHARACTERS_MAX, multiline: true }), min_length: REASON_CHARACTERS_MIN };
      return form({
        callbackId: CALLBACK,
        carries: about,
        title: word('reveal.title'),
        submit: word('reveal.submit'),
        close: word('modal.close'),
        blocks: [input('reason', word('reveal.reason'), reason), context(word('reveal.hint'))],
      });
    },

    submit: async (member, about, read) => {
      const customerId = await customerOf(side, member, about);
      if (customerId === null) return { kind: 'shown', view: noteWindow(word('reveal.gone'), word) };
      const done = await side.desk.customers.reveal(member, customerId, { reason: read('reason') ?? '', isReplay: false });
      switch (done.kind) {
        case 'revealed':
          return { kind: 'shown', view: revealedWindow(done.revealed, side) };
        case 'reason-refused':
          return { kind: 'refused', errors: { reason: word('reveal.refused') } };
        case 'no-such-customer':
          return { kind: 'shown', view: noteWindow(word('reveal.gone'), word) };
        case 'forbidden':
          return { kind: 'shown', view: noteWindow(lackText(done, word), word) };
        default:
          return unreachable(done);
      }
    },
  });
}

async function customerOf(side: TicketSide, member: StaffMember, about: string): Promise<Identifier | null> {
  const handoffId = parseIdentifier(about);
  if (handoffId !== null) return await side.customerWaiting(handoffId);
  const read = await side.desk.tickets.read(member, about);
  return read.kind === 'found' ? read.ticket.customer.id : null;
}

/** Everything there is to reach them by. */
function revealedWindow({ name, phone, addresses, tickets }: Revealed, { word }: Pick<Telling, 'word'>): ModalView {
  const line = (label: string, text: string) => `*${label}*\n${text}`;
  const people = tickets.flatMap((it) => {
    const contact = it.contact === null ? [] : [word('reveal.contact', { who: told([it.contact.who, it.contact.phone]) })];
    const own = told([it.name, it.phone]);
    const all = [...(own === '' ? [] : [own]), ...contact];
    return all.length === 0 ? [] : [word('reveal.ticket', { number: it.number, told: all.join(' \u00b7 ') })];
  });
  const lines = [
    ...(name === null ? [] : [line(word('reveal.name'), escapeSlack(name))]),
    ...(phone === null ? [] : [line(word('reveal.phone'), escapeSlack(phone))]),
    ...(addresses.length === 0
      ? []
      : [line(word('reveal.addresses'), addresses.map((it) => escapeSlack(`${it.city}${it.district}${it.detail}`)).join('\n'))]),
    ...people,
  ];
  return window(word('reveal.title'), word('modal.close'), [
    section(lines.length === 0 ? word('reveal.nothing') : lines.join('\n')),
    context(word('reveal.private')),
  ]);
}

function told(facts: readonly (string | null)[]): string {
  return facts
    .filter((it) => it !== null)
    .map(escapeSlack)
    .join(' ');
}
