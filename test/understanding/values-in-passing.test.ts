import { describe, expect, test } from 'vitest';
import { parseExpected } from '../../src/understanding/labels.ts';
import type { Entities } from '../../src/understanding/understood.ts';
import { read } from './reading.ts';
import { IN_PASSING } from './values-in-passing.ts';

const VALUES: Readonly<Record<string, (entities: Entities) => string>> = {
  phone: ({ phone }) => phone ?? '',
  name: ({ name }) => name ?? '',
  app: ({ appliances }) => appliances.join(','),
  buy: ({ purchaseDate }) => purchaseDate ?? '',
};

describe('a value beside other words', () => {
  test.each(IN_PASSING)('%s', (line) => {
    const [said = '', value = ''] = line.split(/ = ?/);
    const [kind = '', expects = '', ...text] = said.split('|');
    expect(VALUES[kind]?.(read(text.join('|'), parseExpected(expects)).entities)).toBe(value);
  });
});
