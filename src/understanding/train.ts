/**
 * Learns the weights of the classifiers and writes them beside their sources. Run it after a change to the training sentences or
 * to an extractor: `node --import tsx src/understanding/train.ts`.
 */
import { writeFileSync } from 'node:fs';
import { trainTextClassifier, type Weights } from './text-classifier.ts';
import { readComplaintExamples, readIntentExamples } from './training-sentences.ts';

write('intent-weights.json', trainTextClassifier(readIntentExamples()));
write('complaint-type-weights.json', trainTextClassifier(readComplaintExamples()));

function write(file: string, weights: Weights): void {
  writeFileSync(new URL(file, import.meta.url), `${JSON.stringify(weights)}\n`);
}
