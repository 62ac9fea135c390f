import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Serial } from '../src/domain/contact.ts';
import { createProductCodes } from '../src/product-code.ts';

const codes = createProductCodes(Buffer.alloc(32, 7));
const FRIDGE = 'DEMO2026IN0001' as Serial;
const serials = fc.stringMatching(/^[A-Z0-9]{7,19}[0-9]$/).map((it) => it as Serial);

describe('S4-013 the code of a label', () => {
  test('names its serial, in characters and a length any platform carries', () => {
    fc.assert(
      fc.property(serials, (serial) => {
        const scene = codes.sceneOf(serial);
        expect(scene).toMatch(/^[A-Za-z0-9._-]{1,64}$/);
        expect(codes.read(scene)).toBe(serial);
      }),
    );
  });

  test('is the same whenever it is made, and another for another product', () => {
    expect(codes.sceneOf(FRIDGE)).toBe(codes.sceneOf(FRIDGE));
    expect(codes.sceneOf('DEMO2026IN0002' as Serial).split('.')[1]).not.toBe(codes.sceneOf(FRIDGE).split('.')[1]);
  });

  test('with any one character changed it is refused', () => {
    const scene = codes.sceneOf(FRIDGE);
    fc.assert(
      fc.property(fc.nat(scene.length - 1), fc.constantFrom(...'AZaz09._-'), (at, other) => {
        const forged = scene.slice(0, at) + other + scene.slice(at + 1);
        expect(codes.read(forged)).toBe(forged === scene ? FRIDGE : null);
      }),
    );
  });

  test('with the key of another shop it is refused', () => {
    expect(createProductCodes(randomBytes(32)).read(codes.sceneOf(FRIDGE))).toBeNull();
  });

  test.each([
    ['nothing', ''],
    ['a serial alone', 'DEMO2026IN0001'],
    ['a serial and a dot', 'DEMO2026IN0001.'],
    ['a signature cut short', codes.sceneOf(FRIDGE).slice(0, -1)],
    ['something after it', `${codes.sceneOf(FRIDGE)}.x`],
    ['a padded signature', `${codes.sceneOf(FRIDGE)}==`],
    ['small letters', codes.sceneOf(FRIDGE).replace('DEMO', 'demo')],
    ['blanks around it', ` ${codes.sceneOf(FRIDGE)}`],
    ['another scene of the shop', 'spring-fair-2027'],
    ['a very long one', `${'A1'.repeat(5_000)}.${'A'.repeat(22)}`],
    ['a serial with its own dot', `DEMO.2026.${'A'.repeat(22)}`],
  ])('%s is refused', (_, scene) => expect(codes.read(scene)).toBeNull());
});
