/**
 * An errand is one thing a customer wants of the desk: what they say first, what they answer, when they are done, and what
 * must stand on record afterwards. A customer has one or more of them, one after the other, in one chat.
 */
import type { Chat } from './chat.ts';
import type { DeskRecord } from './desk-record.ts';
import type { Manner } from './manner.ts';
import type { Person } from './person.ts';
import type { Random } from './random.ts';
import type { Line, Turn } from './story.ts';

export type Customer = {
  readonly index: number;
  readonly manner: Manner;
  readonly person: Person;
  readonly random: Random;
  readonly now: () => number;
};

/** What is not as it should be. `outcome`: not done. `field`: done, and a fact is wrong. */
export type Finding = { readonly kind: 'outcome' | 'field'; readonly what: string };

export type Errand = {
  /** Told apart in the table: `booking`, `reschedule`, `complaint` … */
  readonly name: string;
  readonly flow: string;
  /** Whether a person in the chat is what they want, is right for this matter, or is needless. */
  readonly person: 'wanted' | 'right' | 'needless';
  /** Step by step: the fault first, then one answer a message, no detour. Their messages are counted. */
  readonly isPlain: boolean;
  /** What must happen at the desk before it can begin; resolves to what the desk said of it, null when nothing did. */
  readonly meanwhile: ((chat: Chat) => Promise<Turn | null>) | null;
  /** Ends the errand without a word of theirs when it can't begin. */
  readonly opening: (before: Turn) => readonly Line[];
  /** What they say to the question; null when they have nothing to say to it. */
  readonly answer: (turn: Turn) => readonly Line[] | null;
  readonly isDone: (turn: Turn) => boolean;
  /** The button for this errand where the desk asks what they want. */
  readonly wanted: RegExp;
  readonly judge: (record: DeskRecord) => readonly Finding[];
};

export function line(kind: Line['kind'], text: string, tells: readonly string[] = [], reopens: readonly string[] = []): Line {
  return { kind, text, tells, reopens };
}

export const outcome = (what: string): Finding => ({ kind: 'outcome', what });

/** A finding when the two differ. */
export function sameField(name: string, actual: unknown, expected: unknown): readonly Finding[] {
  return Object.is(actual, expected) ? [] : [{ kind: 'field', what: `${name}: ${String(actual)} in place of ${String(expected)}` }];
}

/** The button whose label says it. */
export function labelled(turn: Turn, label: RegExp) {
  return turn.buttons.find((it) => label.test(it.label)) ?? null;
}
