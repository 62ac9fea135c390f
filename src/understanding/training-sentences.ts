/** The sentences the classifier learns from: one file an intent, one sentence a line. */
import { readdirSync, readFileSync } from 'node:fs';
import { todayOf } from './calendar-day.ts';
import { extract } from './extraction.ts';
import type { Example } from './intent-classifier.ts';
import { createPlainText } from './plain-text.ts';
import { INTENTS, type Intent } from './understood.ts';

export type TrainingSentence = { readonly text: string; readonly intent: Intent };

const FOLDER = new URL('./training/', import.meta.url);
/** Any fixed moment: the shape of a sentence does not depend on the date. */
const TRAINING_DAY = { day: todayOf(0, 'UTC').day, minuteOfDay: 0 };

/** Danger is not learnt: `danger.ts` decides it by rules. */
export function readTrainingSentences(): readonly TrainingSentence[] {
  return readdirSync(FOLDER)
    .filter((file) => file.endsWith('.txt'))
    .sort()
    .flatMap((file) => {
      const intent = INTENTS.find((known) => `${known}.txt` === file);
      if (!intent) throw new Error(`invariant: ${file} is named after no intent`);
      const lines = readFileSync(new URL(file, FOLDER), 'utf8').split('\n');
      return lines.filter((line) => line.trim() !== '').map((text) => ({ text, intent }));
    });
}

/** The sentences as the classifier sees them. */
export function readExamples(): readonly Example[] {
  const plainText = createPlainText();
  return readTrainingSentences().map(({ text, intent }) => ({ shape: extract(plainText(text), TRAINING_DAY, null).shape, intent }));
}
