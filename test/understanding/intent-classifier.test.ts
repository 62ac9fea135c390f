import { describe, expect, it } from 'vitest';
import { COMPLAINT_TYPES } from '../../src/domain/complaint.ts';
import complaintTypeWeights from '../../src/understanding/complaint-type-weights.json' with { type: 'json' };
import { createIntentClassifier } from '../../src/understanding/intent-classifier.ts';
import intentWeights from '../../src/understanding/intent-weights.json' with { type: 'json' };
import { fingerprintOf } from '../../src/understanding/text-classifier.ts';
import { readComplaintExamples, readIntentExamples, readTrainingSentences } from '../../src/understanding/training-sentences.ts';
import { INTENTS } from '../../src/understanding/understood.ts';
import { HELD_OUT } from './held-out.ts';
import { ABOUT_A_TICKET } from './held-out-tickets.ts';

const SENTENCES_PER_INTENT_MIN = 40;

describe('the classifiers', () => {
  it('have weights learnt from the sentences and extractors of today (else run node --import tsx src/understanding/train.ts)', () => {
    expect(intentWeights.fingerprint).toBe(fingerprintOf(readIntentExamples()));
    expect(complaintTypeWeights.fingerprint).toBe(fingerprintOf(readComplaintExamples()));
  });

  it('learn at least forty sentences of every intent but danger, each once, and none that measures them', () => {
    const sentences = readTrainingSentences();
    const measured = new Set([...HELD_OUT.map(({ text }) => text), ...Object.values(ABOUT_A_TICKET).flat()]);
    for (const intent of INTENTS) {
      if (intent !== 'danger')
        expect(sentences.filter((one) => one.intent === intent).length, intent).toBeGreaterThanOrEqual(SENTENCES_PER_INTENT_MIN);
    }
    expect(new Set(sentences.map(({ text }) => text)).size).toBe(sentences.length);
    expect(sentences.filter(({ text, intent }) => measured.has(text) && text.length > 6 && intent).map(({ text }) => text)).toEqual([]);
  });

  it('learn at least forty complaints of every kind', () => {
    const examples = readComplaintExamples();
    for (const type of COMPLAINT_TYPES)
      expect(examples.filter(({ label }) => label === type).length, type).toBeGreaterThanOrEqual(SENTENCES_PER_INTENT_MIN);
  });

  it('give chances that add up to one, best first', () => {
    const guesses = createIntentClassifier()('给我转人工');
    expect(guesses[0]?.intent).toBe('human');
    expect(guesses.reduce((all, { confidence }) => all + confidence, 0)).toBeCloseTo(1);
  });
});
