/**
 * What a customer hears at the moment somebody takes their chat: who it is. It is written by the change itself and not by
 * the next turn, so it stands in front of whatever that person says, once for each change.
 */
import type { Identifier, MakeIdentifier } from '../domain/identifier.ts';
import type { Language } from '../domain/ticket.ts';
import type { OutgoingBody } from '../turn/message.ts';
import { render } from '../wording/render.ts';
import { ADMINISTRATOR_NAME } from './staff.ts';
import type { StaffName } from './staff-member.ts';

/** A message of the bot that a change at the desk says; the store knows the customer's language. */
export type ChatWord = { readonly id: Identifier; readonly body: (language: Language) => OutgoingBody };

/** What a customer may call them; null for the administrator every installation starts with. */
export function nameTold({ name }: StaffName): string | null {
  return name === ADMINISTRATOR_NAME ? null : name;
}

/** The word on who helps from now on, by the name the desk knows them by. */
export function whoHelps(
  key: 'handoff.claimed' | 'handoff.transferred',
  staff: StaffName,
  needs: { readonly timeZone: string; readonly makeIdentifier: MakeIdentifier },
): ChatWord {
  return {
    id: needs.makeIdentifier(),
    body: (language) => {
      const reading = { language, timeZone: needs.timeZone };
      const name = nameTold(staff) ?? render({ key: 'staff.colleague', data: {} }, reading);
      return {
        text: render({ key, data: { name: { as: 'text', value: name } } }, reading),
        speaker: null,
        choices: [],
        links: [],
        files: [],
        dialog: { flow: null, asking: null, reply: [key] },
        ticket: null,
      };
    },
  };
}
