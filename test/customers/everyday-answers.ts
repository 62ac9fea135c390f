/** Answers that every errand gives alike: a yes, a name with a model, a fault off the buttons. */
import { FAULT_NAMES } from '../../src/wording/names.ts';
import { type Customer, labelled } from './errand.ts';
import type { Manner } from './manner.ts';
import { WITH_MODEL } from './sentences/contact.ts';
import { YES } from './sentences/openings.ts';
import type { Fault } from './sentences/told-fault.ts';
import { inWords, typed } from './speech.ts';
import type { Turn } from './story.ts';

/** Yes to what was read back, tapped where they tap. */
export function yes({ manner, random }: Customer, turn: Turn | null = null): string {
  const button = turn === null ? null : labelled(turn, /^(确认|confirm|yes)/i);
  if (button !== null && manner.chooses === 'taps') return button.value;
  if (button !== null && manner.chooses === 'numbers') return '1';
  return typed(inWords(YES, manner.register, random), manner, random);
}

/** The name, and the model where it was asked for and is known. */
export function nameAndModel(question: string, name: string, model: string | null, { manner, random }: Customer): string {
  const asked = /型号|model/i.test(question);
  return asked && model !== null ? inWords(WITH_MODEL, manner.register, random, { name, model }) : name;
}

/** The button of the fault, or its number, for those who choose so. */
export function faultButton(turn: Turn, fault: Fault, manner: Manner): string | null {
  if (manner.chooses === 'words') return null;
  const [code] = fault.codes;
  const name = FAULT_NAMES['zh-CN'][code as keyof (typeof FAULT_NAMES)['zh-CN']];
  const place = turn.buttons.findIndex((it) => it.label.includes(name));
  if (place < 0) return null;
  return manner.chooses === 'taps' ? (turn.buttons[place]?.value ?? null) : String(place + 1);
}
