/** Moments as a test writes them: local time in the desk's zone. */
import { type Instant, type LocalDay, parseInstant, parseLocalDay } from '../../src/domain/instant.ts';

export const SHANGHAI = 'Asia/Shanghai';

/** `2026-11-20 10:00` in Shanghai. */
export function at(local: string): Instant {
  const instant = parseInstant(`${local.replace(' ', 'T')}+08:00`);
  if (instant === null) throw new Error(`invariant: ${local} is no moment`);
  return instant;
}

export function day(text: string): LocalDay {
  const parsed = parseLocalDay(text);
  if (parsed === null) throw new Error(`invariant: ${text} is no day`);
  return parsed;
}

/** `11-20 10:00` in Shanghai. */
export function said(instant: Instant): string {
  return new Date(instant + 8 * 3_600_000).toISOString().slice(5, 16).replace('T', ' ');
}
