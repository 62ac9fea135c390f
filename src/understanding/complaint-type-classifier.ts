/**
 * What a complaint is about where no word of `complaint-type.ts` says so, by the weights learnt from `training/complaint-*.txt`:
 * people tell what happened to them in endless ways.
 */
import { COMPLAINT_TYPES, type ComplaintType } from '../domain/complaint.ts';
import weights from './complaint-type-weights.json' with { type: 'json' };
import { createTextClassifier } from './text-classifier.ts';

/** Below it the complaint is about something else. */
const KNOWN_AT = 0.3;

export function createComplaintTypeClassifier(): (shape: string) => ComplaintType {
  const classify = createTextClassifier(weights, COMPLAINT_TYPES);
  return (shape) => {
    const [best] = classify(shape);
    return best && best.confidence >= KNOWN_AT ? best.label : 'other';
  };
}
