import { describe, expect, it, test } from 'vitest';
import { readDanger } from '../../src/understanding/danger.ts';
import { createPlainText } from '../../src/understanding/plain-text.ts';
import { DANGEROUS, HARMLESS } from './danger-sentences.ts';

const plainText = createPlainText();

describe('danger', () => {
  test.each(DANGEROUS)('%s is %s', (text, danger) => {
    expect(readDanger(plainText(text)).value).toBe(danger);
  });

  test.each(HARMLESS)('%s is no danger', (text) => {
    expect(readDanger(plainText(text)).value).toBeNull();
  });

  it('is found in the middle of anything else', () => {
    for (const [text, danger] of DANGEROUS)
      expect(readDanger(plainText(`你好,我想报修一下,${text},师傅今天能来吗`)).value, text).toBe(danger);
  });
});
