/**
 * Who talks how. A *register* is the way of putting things that sentences are filed under; a *manner* is a register and
 * what its owner does besides: everything at once, bursts, slips put right, questions in between, going away, tapping.
 */
import type { Random } from './random.ts';

export const REGISTERS = ['plain', 'terse', 'chatty', 'elderly', 'cantonese', 'emoji', 'english'] as const;
export type Register = (typeof REGISTERS)[number];

/** Sentences by register. */
export type Phrases = Readonly<Record<Register, readonly string[]>>;

/** How a Chinese sentence is punctuated: as a keyboard does, half-width, by blanks, not at all. */
export type Marks = 'full' | 'half' | 'blank' | 'none';

export type Manner = {
  readonly name: string;
  readonly register: Register;
  readonly marks: readonly Marks[];
  /** How the matter is opened: one thing at a time, all of it in one message, all of it in many short ones. */
  readonly opens: 'bare' | 'fault' | 'everything' | 'burst';
  /** Taps what can be tapped, or says its number. */
  readonly chooses: 'words' | 'taps' | 'numbers';
  /** Questions of their own in between. */
  readonly digressions: number;
  /** Says something wrong and puts it right a moment later. */
  readonly corrects: boolean;
  /** Wants it otherwise when it is read back. */
  readonly changesMind: boolean;
  /** Goes away in the middle and comes back. */
  readonly leaves: boolean;
  /** Tells an address in two parts. */
  readonly byParts: boolean;
  /** How many of a hundred customers are like that. */
  readonly weight: number;
};

const STEADY = {
  opens: 'fault',
  chooses: 'words',
  digressions: 0,
  corrects: false,
  changesMind: false,
  leaves: false,
  byParts: false,
} as const;

export const MANNERS: readonly Manner[] = [
  { ...STEADY, name: 'step-by-step', register: 'plain', marks: ['full', 'half'], weight: 12 },
  { ...STEADY, name: 'asks-for-a-visit-first', register: 'plain', marks: ['full', 'blank'], opens: 'bare', weight: 5 },
  { ...STEADY, name: 'terse', register: 'terse', marks: ['blank'], weight: 8 },
  { ...STEADY, name: 'chatty', register: 'chatty', marks: ['full', 'half'], digressions: 1, weight: 7 },
  { ...STEADY, name: 'elderly-voice', register: 'elderly', marks: ['none', 'full'], byParts: true, weight: 8 },
  { ...STEADY, name: 'cantonese', register: 'cantonese', marks: ['full', 'blank'], weight: 7 },
  { ...STEADY, name: 'emoji', register: 'emoji', marks: ['full', 'blank'], weight: 6 },
  { ...STEADY, name: 'all-at-once', register: 'plain', marks: ['full', 'blank'], opens: 'everything', weight: 9 },
  { ...STEADY, name: 'burst', register: 'terse', marks: ['blank'], opens: 'burst', weight: 7 },
  { ...STEADY, name: 'corrects-slips', register: 'plain', marks: ['full', 'blank'], corrects: true, weight: 7 },
  { ...STEADY, name: 'digresses', register: 'chatty', marks: ['full'], digressions: 2, weight: 7 },
  { ...STEADY, name: 'goes-away', register: 'plain', marks: ['full'], leaves: true, weight: 3 },
  { ...STEADY, name: 'taps', register: 'terse', marks: ['none'], chooses: 'taps', opens: 'bare', weight: 5 },
  { ...STEADY, name: 'numbers', register: 'terse', marks: ['none'], chooses: 'numbers', opens: 'bare', weight: 4 },
  { ...STEADY, name: 'changes-mind', register: 'plain', marks: ['full', 'half'], changesMind: true, weight: 6 },
  { ...STEADY, name: 'english', register: 'english', marks: ['half'], weight: 4 },
];

export function drawManner(random: Random): Manner {
  const drawn = random.next() * MANNERS.reduce((sum, it) => sum + it.weight, 0);
  let sum = 0;
  for (const manner of MANNERS) {
    sum += manner.weight;
    if (drawn < sum) return manner;
  }
  return random.pick(MANNERS);
}
