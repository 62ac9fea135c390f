/**
 * The sentences the classifiers learn from, one a line: a file for each intent, and of complaints one for each thing they are
 * about (`complaint-late.txt`) beside those about nothing yet or several things (`complaint.txt`).
 */
import { readdirSync, readFileSync } from 'node:fs';
import { COMPLAINT_TYPES, type ComplaintType } from '../domain/complaint.ts';
import { todayOf } from './calendar-day.ts';
import { extract } from './extraction.ts';
import { createPlainText } from './plain-text.ts';
import type { Example } from './text-classifier.ts';
import { INTENTS, type Intent } from './understood.ts';

export type TrainingSentence = { readonly text: string; readonly intent: Intent; readonly complaintType: ComplaintType | null };

const FOLDER = new URL('./training/', import.meta.url);
/** Any fixed moment: the shape of a sentence does not depend on the date. */
const TRAINING_DAY = { day: todayOf(0, 'UTC').day, minuteOfDay: 0 };

/** Danger is not learnt: `danger.ts` decides it by rules. */
export function readTrainingSentences(): readonly TrainingSentence[] {
  return readdirSync(FOLDER)
    .filter((file) => file.endsWith('.txt'))
    .sort()
    .flatMap((file) => {
      const [name, about] = file.replace('.txt', '').split('-');
      const intent = INTENTS.find((known) => known === name);
      const complaintType = COMPLAINT_TYPES.find((known) => known === about) ?? null;
      if (!intent || (about !== undefined && complaintType === null)) throw new Error(`invariant: ${file} is named after no intent`);
      const lines = readFileSync(new URL(file, FOLDER), 'utf8').split('\n');
      return lines.filter((line) => line.trim() !== '').map((text) => ({ text, intent, complaintType }));
    });
}

/** The sentences as the classifier of intents sees them. */
export function readIntentExamples(): readonly Example<Intent>[] {
  const shapeOf = createShape();
  return readTrainingSentences().map(({ text, intent }) => ({ shape: shapeOf(text), label: intent }));
}

/** The complaints as the classifier of what they are about sees them. */
export function readComplaintExamples(): readonly Example<ComplaintType>[] {
  const shapeOf = createShape();
  return readTrainingSentences().flatMap(({ text, complaintType }) =>
    complaintType ? [{ shape: shapeOf(text), label: complaintType }] : [],
  );
}

function createShape(): (text: string) => string {
  const plainText = createPlainText();
  return (text) => extract(plainText(text), TRAINING_DAY, null).shape;
}
