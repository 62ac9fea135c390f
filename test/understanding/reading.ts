/** The understanding under test, made once for a test file. */
import { type Labelled, label, parseExpected } from '../../src/understanding/labels.ts';
import { createUnderstand } from '../../src/understanding/understand.ts';
import type { Expected, Understood } from '../../src/understanding/understood.ts';
import { NOW, type Row, TIME_ZONE } from './labelled.ts';

export const understand = createUnderstand();

export function read(text: string, expects: Expected | null = null, now = NOW): Understood {
  return understand(text, { now, timeZone: TIME_ZONE, expects });
}

export function readRow({ text, expects }: Row): Labelled {
  return label(read(text, expects ? parseExpected(expects) : null));
}
