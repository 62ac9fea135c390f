import { describe, expect, test } from 'vitest';
import type { VisitWish } from '../../src/domain/visit-wish.ts';
import { parseExpected } from '../../src/understanding/labels.ts';
import type { Expected } from '../../src/understanding/understood.ts';
import { read } from './reading.ts';
import { ASKED, UNASKED } from './visit-expressions.ts';
import { BESIDE_REMARKS } from './visit-remarks.ts';

const YEAR = '2026-';

describe('what people say of a visit', () => {
  test.each(ASKED)('%s', (line) => check(line, 'window'));
  test.each(UNASKED)('unasked: %s', (line) => check(line, null));
  test.each(BESIDE_REMARKS)('%s', (line) => {
    const [expects = '', ...said] = line.split('|');
    check(said.join('|'), parseExpected(expects));
  });
});

function check(line: string, expects: Expected | null): void {
  const [text = '', meaning = ''] = line.split(/ = ?/);
  const wishes = read(text, expects).entities.visitWishes;
  if (meaning === '?') expect(wishes.every(({ fuzzy, dateFrom, dateTo }) => fuzzy || (dateFrom === null && dateTo === null))).toBe(true);
  else if (meaning === '~') expect(wishes.map(({ fuzzy }) => fuzzy)).toEqual([true]);
  else expect(wishes.map(meaningOf).join(' | ')).toBe(meaning);
}

function meaningOf(wish: VisitWish): string {
  return [daysOf(wish), wish.part, clockOf(wish), wish.flag, wish.fuzzy ? '~' : null]
    .filter((word) => word !== null && word !== '')
    .join(' ');
}

function daysOf({ dateFrom, dateTo }: VisitWish): string {
  const [from, to] = [dateFrom, dateTo].map((day) => day?.replace(YEAR, '') ?? '');
  return from === to ? `${from}` : `${from}..${to}`;
}

function clockOf({ timeFrom, timeTo, bound }: VisitWish): string | null {
  if (timeFrom && timeTo) return `${timeFrom}-${timeTo}`;
  if (timeFrom) return bound === 'after' ? `>${timeFrom}` : `at ${timeFrom}`;
  if (timeTo) return `<${timeTo}`;
  return bound === 'day' ? null : bound;
}
