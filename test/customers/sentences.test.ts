/** Simulated customers speak in sentences that neither the classifier nor its author has seen. */
import { expect, it } from 'vitest';
import { readTrainingSentences } from '../../src/understanding/training-sentences.ts';
import { REGISTERS } from './manner.ts';
import { allSentences } from './sentences/all.ts';
import { DIGRESSIONS } from './sentences/digressions.ts';
import { FAULTS, saidOf } from './sentences/faults.ts';
import { filled } from './speech.ts';

/** A yes, a score, 报修, 转人工: so short that everybody says it alike, to the letter. */
const CHARACTERS_MIN = 5;

it('no sentence of a simulated customer is a training sentence', () => {
  const trained = new Set(readTrainingSentences().map((it) => bare(it.text)));
  const said = [
    ...allSentences(),
    ...DIGRESSIONS.flatMap((it) => it.said),
    ...FAULTS.flatMap((fault) => REGISTERS.flatMap((it) => saidOf(fault, it))),
  ];
  const both = said.filter((it) => bare(it).length >= CHARACTERS_MIN && trained.has(bare(it)));
  expect([...new Set(both)]).toEqual([]);
});

it('there are hundreds of them, and every one that names a fault has a place for it', () => {
  expect(allSentences().length).toBeGreaterThan(700);
  expect(
    allSentences()
      .filter((it) => it.includes('{fault}'))
      .map((it) => filled(it, { fault: '' }))
      .filter((it) => it.includes('{fault}')),
  ).toEqual([]);
});

/** Letters and digits alone, as a keyboard or a style may leave them. */
function bare(sentence: string): string {
  return sentence
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
}
