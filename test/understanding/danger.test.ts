import { describe, expect, it, test } from 'vitest';
import { readDanger } from '../../src/understanding/danger.ts';
import { createPlainText } from '../../src/understanding/plain-text.ts';
import { DANGEROUS, HARMLESS } from './danger-sentences.ts';

const SENTENCES_MIN = 120;
const FALSE_ALARMS_MAX = 1;

const plainText = createPlainText();
const dangerIn = (text: string) => readDanger(plainText(text)).value;

describe('danger', () => {
  it('is measured on enough sentences, each once', () => {
    const dangerous = DANGEROUS.map(([text]) => text);
    expect(dangerous.length).toBeGreaterThanOrEqual(SENTENCES_MIN);
    expect(HARMLESS.length).toBeGreaterThanOrEqual(SENTENCES_MIN);
    expect(repeated([...dangerous, ...HARMLESS].map(plainText))).toEqual([]);
  });

  it('is never missed, and hardly ever heard where there is none', () => {
    const missed = DANGEROUS.filter(([text]) => dangerIn(text) === null).map(([text]) => text);
    const alarms = HARMLESS.filter((text) => dangerIn(text) !== null);
    const figures = `recall ${DANGEROUS.length - missed.length}/${DANGEROUS.length}, false alarms ${alarms.length}/${HARMLESS.length}`;
    expect(missed, `${figures}; missed: ${missed.join(' | ')}`).toEqual([]);
    expect(alarms.length, `${figures}; false: ${alarms.join(' | ')}`).toBeLessThanOrEqual(FALSE_ALARMS_MAX);
  });

  test.each(DANGEROUS)('%s is %s', (text, danger) => {
    expect(dangerIn(text)).toBe(danger);
  });

  it('is found in the middle of anything else', () => {
    for (const [text, danger] of DANGEROUS) expect(dangerIn(`你好,我想报修一下,${text},师傅今天能来吗`), text).toBe(danger);
  });
});

function repeated(texts: readonly string[]): readonly string[] {
  return texts.filter((text, index) => texts.indexOf(text) !== index);
}
