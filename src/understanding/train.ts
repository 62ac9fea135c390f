/**
 * Learns the weights of the intent classifier and writes `intent-weights.json`. Run it after a change to the training
 * sentences or to an extractor: `node --import tsx src/understanding/train.ts`.
 */
import { writeFileSync } from 'node:fs';
import { trainClassifier } from './intent-classifier.ts';
import { readExamples } from './training-sentences.ts';

writeFileSync(new URL('./intent-weights.json', import.meta.url), `${JSON.stringify(trainClassifier(readExamples()))}\n`);
