import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type CalendarEntry, calendarFile } from '../../src/domain/calendar-file.ts';
import { instantOf } from '../../src/domain/instant.ts';

const at = (moment: string) => instantOf(Date.parse(`${moment}+08:00`));

const NOW = at('2026-11-20T10:00:00');
const VISIT: CalendarEntry = {
  uid: 'BX-20261120-0001@baoxiu',
  window: { from: at('2026-11-22T14:00:00'), to: at('2026-11-22T16:00:00') },
  summary: '空调维修上门',
  description: '单号BX-20261120-0001,李建国师傅,电话19900010001。',
  alarmMinutes: 120,
};

/** The lines as a calendar reads them: folded ones joined again. */
const unfolded = (file: string) => file.replace(/\r\n[ \t]/gu, '').split('\r\n');

/** The text of a property as a calendar shows it. */
function shown(file: string, name: string): string | undefined {
  const line = unfolded(file).find((it) => it.startsWith(`${name}:`));
  return line?.slice(name.length + 1).replace(/\\(n|.)/gu, (_, it: string) => (it === 'n' ? '\n' : it));
}

test('a visit is one event, in UTC, with an alarm', () => {
  const file = calendarFile(VISIT, NOW);
  expect(unfolded(file)).toEqual([
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Baoxiu//Visits//ZH',
    'CALSCALE:GREGORIAN',
    'METHOD:PUBLISH',
    'BEGIN:VEVENT',
    'UID:BX-20261120-0001@baoxiu',
    'DTSTAMP:20261120T020000Z',
    `SEQUENCE:${NOW / 1_000}`,
    'DTSTART:20261122T060000Z',
    'DTEND:20261122T080000Z',
    'SUMMARY:空调维修上门',
    'DESCRIPTION:单号BX-20261120-0001\\,李建国师傅\\,电话19900010001。',
    'BEGIN:VALARM',
    'ACTION:DISPLAY',
    'DESCRIPTION:空调维修上门',
    'TRIGGER:-PT120M',
    'END:VALARM',
    'END:VEVENT',
    'END:VCALENDAR',
    '',
  ]);
});

test('a moved visit has the same uid and a greater sequence, so that it replaces the old entry', () => {
  const before = calendarFile(VISIT, NOW);
  const after = calendarFile(
    { ...VISIT, window: { from: at('2026-11-24T10:00:00'), to: at('2026-11-24T12:00:00') } },
    at('2026-11-20T10:00:01'),
  );
  expect(shown(after, 'UID')).toBe(shown(before, 'UID'));
  expect(Number(shown(after, 'SEQUENCE'))).toBeGreaterThan(Number(shown(before, 'SEQUENCE')));
  expect(Number(shown(after, 'SEQUENCE'))).toBeLessThan(2 ** 31);
});

describe('any text', () => {
  const texts = fc.string({ unit: fc.constantFrom('维', '修', 'é', '👩‍🔧', 'a', ',', ';', '\\', '\n', ' ', ':', '"'), maxLength: 120 });

  test('is read back as it was; no line is longer than 75 bytes, none breaks inside a character, none is forged', () => {
    fc.assert(
      fc.property(texts, texts, (summary, description) => {
        const file = calendarFile({ ...VISIT, summary, description }, NOW);
        expect(file.endsWith('\r\n')).toBe(true);
        expect(file.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/u);
        for (const line of file.split('\r\n')) {
          expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
          expect(line).not.toContain('\ufffd');
        }
        expect(shown(file, 'SUMMARY')).toBe(summary);
        expect(shown(file, 'DESCRIPTION')).toBe(description);
        expect(unfolded(file).filter((it) => it.startsWith('END:VEVENT'))).toHaveLength(1);
      }),
    );
  });
});
