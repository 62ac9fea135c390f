import { describe, expect, it } from 'vitest';
import { sealWith, withoutNul } from '../../src/store/seal.ts';

const OLD = Buffer.alloc(32, 1);
const NEW = Buffer.alloc(32, 2);

describe('sealed text', () => {
  const { seal, open } = sealWith([OLD]);
  it('opens to what was sealed, and looks different each time', () => {
    for (const text of ['', '王芳', '洗衣机漏水了'.repeat(500), '{"a":"\\u0000"}'])
      expect(open('message.body', seal('message.body', text))).toBe(text);
    expect(seal('customer.name', '王芳').equals(seal('customer.name', '王芳'))).toBe(false);
  });
  it('may be bytes that are no text', () => {
    const bytes = Buffer.from(Array.from({ length: 1_000 }, (_, index) => (index * 7) % 256));
    expect(sealWith([OLD]).openBytes('attachment.bytes', seal('attachment.bytes', bytes)).equals(bytes)).toBe(true);
    expect(() => sealWith([OLD]).openBytes('message.body', seal('attachment.bytes', bytes))).toThrow(/^invariant: /);
  });
  it('does not open for another purpose, when a single bit is changed, or when it is cut short', () => {
    const sealed = seal('customer.name', '王芳');
    expect(() => open('customer.phone', sealed)).toThrow(/^invariant: /);
    for (let at = 0; at < sealed.length; at++) {
      const changed = Buffer.from(sealed);
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(() => open('customer.name', changed)).toThrow(/^invariant: /);
    }
    for (const length of [0, 4, 31, sealed.length - 1])
      expect(() => open('customer.name', sealed.subarray(0, length))).toThrow(/^invariant: /);
  });
  it('does not open with another key, and the refusal tells nothing of the text', () => {
    expect(() => sealWith([NEW]).open('customer.name', seal('customer.name', '王芳'))).toThrow(
      'invariant: customer.name was sealed with a key that is not open here',
    );
  });
});

describe('two keys', () => {
  const both = sealWith([NEW, OLD]);
  it('open what either has sealed; the first seals', () => {
    expect(both.open('customer.name', sealWith([OLD]).seal('customer.name', '王芳'))).toBe('王芳');
    expect(sealWith([NEW]).open('customer.name', both.seal('customer.name', '李雷'))).toBe('李雷');
  });
  it('keep the blind indexes of the oldest, so that look-ups survive the rotation', () => {
    expect(both.blindIndex('phone', '+8613800138000')).toEqual(sealWith([OLD]).blindIndex('phone', '+8613800138000'));
  });
});

it('a blind index is the same for the same text and purpose, and for nothing else', () => {
  const { blindIndex } = sealWith([OLD]);
  expect(blindIndex('phone', '+8613800138000')).toEqual(blindIndex('phone', '+8613800138000'));
  const others = [
    blindIndex('serial', '+8613800138000'),
    blindIndex('phone', '+8613800138001'),
    sealWith([NEW]).blindIndex('phone', '+8613800138000'),
  ];
  for (const other of others) expect(other).not.toEqual(blindIndex('phone', '+8613800138000'));
});

it('a key of the wrong length is refused, as is none', () => {
  expect(() => sealWith([Buffer.alloc(16)])).toThrow('invariant: a sealing key has 32 bytes');
  expect(() => sealWith([])).toThrow('invariant: sealing needs a key');
});

it('NUL is left out of text', () => {
  expect(withoutNul('a\0b\0')).toBe('ab');
});
