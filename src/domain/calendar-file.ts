/** A visit as an iCalendar file (RFC 5545), for the customer's own calendar. It names no person but the engineer. */
import type { Instant } from './instant.ts';
import type { VisitWindow } from './visit-window.ts';

export type CalendarEntry = {
  /** The same for the same ticket, so that a moved visit replaces the old entry. */
  readonly uid: string;
  readonly window: VisitWindow;
  readonly summary: string;
  readonly description: string;
  readonly alarmMinutes: number;
};

const LINE_BYTES_MAX = 75;

/** The text of the file: lines end in CRLF and are folded at 75 bytes, never inside a character. */
export function calendarFile(entry: CalendarEntry, now: Instant): string {
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Baoxiu//Visits//ZH',
    'CALSCALE:GREGORIAN',
    'METHOD:PUBLISH',
    'BEGIN:VEVENT',
    `UID:${escaped(entry.uid)}`,
    `DTSTAMP:${utc(now)}`,
    `SEQUENCE:${Math.floor(now / 1_000)}`,
    `DTSTART:${utc(entry.window.from)}`,
    `DTEND:${utc(entry.window.to)}`,
    `SUMMARY:${escaped(entry.summary)}`,
    `DESCRIPTION:${escaped(entry.description)}`,
    'BEGIN:VALARM',
    'ACTION:DISPLAY',
    `DESCRIPTION:${escaped(entry.summary)}`,
    `TRIGGER:-PT${entry.alarmMinutes}M`,
    'END:VALARM',
    'END:VEVENT',
    'END:VCALENDAR',
  ];
  return `${lines.flatMap(folded).join('\r\n')}\r\n`;
}

/** 20261122T060000Z */
function utc(instant: Instant): string {
  return new Date(instant).toISOString().replace(/[-:]|\.\d{3}/g, '');
}

function escaped(text: string): string {
  return text.replace(/[\\;,]/g, (it) => `\\${it}`).replace(/\r?\n/g, '\\n');
}

function folded(line: string): readonly string[] {
  const parts: string[] = [];
  let part = '';
  for (const character of line) {
    const room = LINE_BYTES_MAX - (parts.length === 0 ? 0 : 1);
    if (Buffer.byteLength(part + character) > room) {
      parts.push(part);
      part = '';
    }
    part += character;
  }
  return [...parts, part].map((it, index) => (index === 0 ? it : ` ${it}`));
}
