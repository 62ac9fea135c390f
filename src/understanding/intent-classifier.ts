/** Which intent a sentence has, by the weights learnt from `training/`: what the rules of the understanding choose from. */
import weights from './intent-weights.json' with { type: 'json' };
import { createTextClassifier } from './text-classifier.ts';
import { INTENTS, type Intent } from './understood.ts';

export type Guess = { readonly intent: Intent; readonly confidence: number };
/** All intents it knows, most likely first; the confidences add up to 1. */
type Classify = (shape: string) => readonly Guess[];

export function createIntentClassifier(): Classify {
  const classify = createTextClassifier(weights, INTENTS);
  return (shape) => classify(shape).map(({ label, confidence }) => ({ intent: label, confidence }));
}
