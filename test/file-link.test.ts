import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DAY, HOUR, type Instant, instantOf, MINUTE } from '../src/domain/instant.ts';
import { createFileLinks } from '../src/file-link.ts';
import { newId } from './support/database.ts';

const NOON = instantOf(Date.parse('2026-11-20T12:00:00+08:00'));
let now: Instant = NOON;
const linksWith = (key: number) => createFileLinks(Buffer.alloc(32, key), 24 * HOUR, () => now);
const links = linksWith(7);
const nameOf = (path: string) => path.replace('/files/', '');
const linkAt = (at: Instant, id = newId()) => {
  now = at;
  return nameOf(links.pathOf(id));
};

describe('the link to a file', () => {
  test('opens that file for a week, to the hour, and then no more', () => {
    const id = newId();
    const name = linkAt(instantOf(NOON + 20 * MINUTE), id);
    const until = instantOf(NOON + 7 * DAY + HOUR);
    now = instantOf(until - 1);
    expect(links.read(name)).toEqual({ kind: 'good', fileId: id, until, sharedIn: null });
    now = until;
    expect(links.read(name)).toEqual({ kind: 'expired', fileId: id, sharedIn: null });
  });

  test('is good for seven days at the least, whenever it is made', () => {
    fc.assert(
      fc.property(fc.integer({ min: NOON, max: NOON + 400 * DAY }), (at) => {
        const name = linkAt(instantOf(at));
        now = instantOf(at + 7 * DAY - 1);
        expect(links.read(name).kind).toBe('good');
      }),
    );
  });

  test('made anew is another, and within an hour the same', () => {
    const id = newId();
    expect(linkAt(instantOf(NOON + 1), id)).toBe(linkAt(instantOf(NOON + HOUR), id));
    expect(linkAt(NOON, id)).not.toBe(linkAt(instantOf(NOON + HOUR), id));
  });

  test('with any one character changed it is forged, and nothing else is one of ours', () => {
    const name = linkAt(NOON);
    fc.assert(
      fc.property(fc.nat(name.length - 1), fc.constantFrom(...'abf019.-_'), (at, other) => {
        fc.pre(name[at] !== other);
        expect(links.read(name.slice(0, at) + other + name.slice(at + 1))).toEqual({ kind: 'forged' });
      }),
    );
    for (const odd of ['', '.', '..', newId(), `${name}.x`, `${name.slice(0, -1)}\u4E00`, `${name}.`, name.toUpperCase(), `../${name}`])
      expect(links.read(odd)).toEqual({ kind: 'forged' });
  });

  test('of one file opens no other, gets no longer life, and is worth nothing at another desk', () => {
    const name = linkAt(NOON);
    const [id = '', hours = '', mac = ''] = name.split('.');
    expect(links.read([newId(), hours, mac].join('.'))).toEqual({ kind: 'forged' });
    const later = (Number.parseInt(hours, 36) + 24).toString(36);
    expect(links.read([id, later, mac].join('.'))).toEqual({ kind: 'forged' });
    expect(linksWith(8).read(name)).toEqual({ kind: 'forged' });
  });

  test('in the staff’s chat says which thread it was put in, is good as long as it was told, and is no customer’s', () => {
    const id = newId();
    const sharedIn = { channel: 'C0DESK', thread: '1763600000.000100' };
    now = NOON;
    const name = nameOf(links.sharedPathOf(id, sharedIn));
    expect(links.read(name)).toEqual({ kind: 'good', fileId: id, until: instantOf(NOON + 24 * HOUR), sharedIn });
    const [file = '', hours = '', place = '', mac = ''] = name.split('.');
    for (const odd of [
      [file, hours, mac],
      [file, hours, `${place}A`, mac],
      [file, hours, place, place, mac],
    ])
      expect(links.read(odd.join('.'))).toEqual({ kind: 'forged' });
    now = instantOf(NOON + 24 * HOUR);
    expect(links.read(name)).toEqual({ kind: 'expired', fileId: id, sharedIn });
  });
});
