/**
 * `npm run understand:report`: scores every set in `sets/` and writes the figures into docs/understanding.md, below its
 * marker. What stands above the marker is written by hand and kept.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { readTrainingSentences } from '../../src/understanding/training-sentences.ts';
import { createUnderstand } from '../../src/understanding/understand.ts';
import { INTENTS } from '../../src/understanding/understood.ts';
import { type SetScore, type Share, scoreSet, wilson } from './score.ts';
import { FROZEN, type LabelledSet, readSet, setNames } from './sets.ts';

const DOCUMENT = new URL('../../docs/understanding.md', import.meta.url);
const MARKER = '<!-- Below: written by npm run understand:report. -->';
const CONFUSIONS_SHOWN_MAX = 15;
const LOOKED_AT =
  'Its errors were looked at while the rules and the training sentences were written: an upper bound, not an honest figure.';
const NEVER_LOOKED_AT = 'Nobody looked at its sentences, only at the counts below. This is the honest figure.';

const understand = createUnderstand();
/** The honest figure first. */
const names = [...setNames()].sort((one, other) => Number(other === FROZEN) - Number(one === FROZEN));
const sections = names.map((name) => section(readSet(name)));
const [kept] = readFileSync(DOCUMENT, 'utf8').split(MARKER);
writeFileSync(DOCUMENT, `${[`${(kept ?? '').trimEnd()}\n\n${MARKER}`, training(), ...sections].join('\n\n')}\n`);

function section(set: LabelledSet): string {
  const score = scoreSet(understand, set.sentences, set.answers);
  return [
    `## Set \`${set.name}\`: ${set.sentences.length} sentences`,
    `Measured ${new Date().toISOString().slice(0, 10)}. ${set.name === FROZEN ? NEVER_LOOKED_AT : LOOKED_AT}`,
    summary(score),
    '### By intent',
    table(
      ['intent', 'n', 'recall', 'precision'],
      score.intents.map(({ intent, recall, precision }) => [intent, recall.of, percent(recall), percent(precision)]),
    ),
    '### Confusion pairs',
    table(
      ['label', 'read as', 'n'],
      score.confusions.slice(0, CONFUSIONS_SHOWN_MAX).map(({ label, got, count }) => [label, got, count]),
    ),
    '### By entity',
    'Exactly right of the sentences whose label states it; *invented* is where only we state it.',
    table(
      ['entity', 'n', 'exactly right', '95 %', 'invented'],
      score.entities.map(({ entity, stated, invented }) => [entity, stated.of, percent(stated), interval(stated), invented]),
    ),
  ].join('\n\n');
}

function summary(score: SetScore): string {
  const recall = (intent: string): Share => score.intents.find((one) => one.intent === intent)?.recall ?? { right: 0, of: 0 };
  const stated = (entity: string): Share => score.entities.find((one) => one.entity === entity)?.stated ?? { right: 0, of: 0 };
  const { p50, p95 } = score.milliseconds;
  const rows: readonly (readonly [string, Share, string])[] = [
    ['intent right', score.intent, '≥ 92 %'],
    ['recall of complaint', recall('complaint'), '≥ 97 %'],
    ['recall of human', recall('human'), '≥ 97 %'],
    ['recall of danger', recall('danger'), '100 %'],
    ['appliance', stated('appliance'), '≥ 97 %'],
    ['phone', stated('phone'), '100 %'],
    ['address, all four fields', stated('address'), '≥ 92 %'],
    ['visit time fully right', stated('visitTime'), '≥ 85 %'],
    ['silent wrong dates', score.wrongDates, '≤ 2 %'],
    ['answers taken for digressions', score.falseDigressions, '≤ 1 %'],
  ];
  return table(
    ['', 'n', 'measured', '95 %', 'aim'],
    [
      ...rows.map(([name, share, aim]) => [name, share.of, percent(share), interval(share), aim]),
      ['macro-F1', score.readings.length, score.macroF1.toFixed(3), '', '≥ 0.90'],
      ['ms a sentence, p50 / p95', score.readings.length, `${p50.toFixed(2)} / ${p95.toFixed(2)}`, '', 'p95 ≤ 5'],
    ],
  );
}

function training(): string {
  const sentences = readTrainingSentences();
  const counts = INTENTS.filter((intent) => intent !== 'danger').map((intent) => {
    return `${intent} ${sentences.filter((one) => one.intent === intent).length}`;
  });
  return `Trained on ${sentences.length} sentences: ${counts.join(', ')}. Danger is decided by rules.`;
}

function percent({ right, of }: Share): string {
  return of === 0 ? '–' : `${((100 * right) / of).toFixed(1)} %`;
}

function interval(share: Share): string {
  const { from, to } = wilson(share);
  return share.of === 0 ? '–' : `${(100 * from).toFixed(1)}–${(100 * to).toFixed(1)}`;
}

function table(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const line = (cells: readonly (string | number)[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
