/** Instants as the API writes them: ISO 8601 with the offset of the business zone. */
import dayjs from 'dayjs';
import timezone from 'dayjs/plugin/timezone.js';
import utc from 'dayjs/plugin/utc.js';
import type { Instant } from '../domain/instant.ts';

dayjs.extend(utc);
dayjs.extend(timezone);

/** Writes an instant, such as `2026-11-20T09:30:00.000+08:00`. */
export type WriteTime = (instant: Instant) => string;

/** The writer of a zone, such as `Asia/Shanghai`. */
export function timeWriter(timeZone: string): WriteTime {
  return (instant) => dayjs(instant).tz(timeZone).format('YYYY-MM-DDTHH:mm:ss.SSSZ');
}
