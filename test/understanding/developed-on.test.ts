/** What has been reached on the sets seen during development must not be lost. The honest figures are in docs/understanding.md. */
import { describe, expect, it } from 'vitest';
import { understand } from './reading.ts';
import { scoreSet } from './score.ts';
import { FROZEN, readSet, setNames } from './sets.ts';

const SENTENCES_MIN = 500;
const INTENT_FLOOR = 0.95;
const MACRO_F1_FLOOR = 0.94;
const WRONG_DATES_MAX = 0.02;
const FALSE_DIGRESSIONS_MAX = 0.01;
const RECALL_FLOORS: Readonly<Record<string, number>> = { danger: 1, complaint: 0.92, human: 0.94 };
const ENTITY_FLOORS: Readonly<Record<string, number>> = {
  phone: 1,
  appliance: 0.97,
  address: 0.95,
  visitTime: 0.92,
  name: 0.75,
  ticketNo: 0.85,
};

const rate = ({ right, of }: { readonly right: number; readonly of: number }): number => right / of;

describe.each(setNames().filter((it) => it !== FROZEN))('the sentences of a stranger, seen during development: %s', (name) => {
  const { sentences, answers } = readSet(name);
  const score = scoreSet(understand, sentences, answers);

  it('are many, and their intents are read right', () => {
    expect(sentences.length).toBeGreaterThanOrEqual(SENTENCES_MIN);
    expect(rate(score.intent)).toBeGreaterThanOrEqual(INTENT_FLOOR);
    expect(score.macroF1).toBeGreaterThanOrEqual(MACRO_F1_FLOOR);
  });

  it.each(Object.entries(RECALL_FLOORS))('are hardly ever missed when they are %s', (intent, floor) => {
    const one = score.intents.find((found) => found.intent === intent);
    if (!one) throw new Error(`no sentence is labelled ${intent}`);
    expect(rate(one.recall)).toBeGreaterThanOrEqual(floor);
  });

  it.each(Object.entries(ENTITY_FLOORS))('give their %s', (entity, floor) => {
    const one = score.entities.find((found) => found.entity === entity);
    if (!one) throw new Error(`no sentence states ${entity}`);
    expect(rate(one.stated)).toBeGreaterThanOrEqual(floor);
  });

  it('give no wrong day without a doubt, and no answer is taken for another matter', () => {
    expect(rate(score.wrongDates)).toBeLessThanOrEqual(WRONG_DATES_MAX);
    expect(rate(score.falseDigressions)).toBeLessThanOrEqual(FALSE_DIGRESSIONS_MAX);
  });
});
