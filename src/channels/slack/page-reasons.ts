/** What the codes that call for a person mean, in words: of pages, and of tickets that were opened for one of them. */
import type { StaffWord } from '../../wording/staff/render.ts';

const REASONS = [
  'danger-gas',
  'danger-smoke',
  'danger-fire',
  'danger-shock',
  'danger-water_on_live',
  'danger-trapped',
  'danger-contact',
  'complaint-urgent',
  'complaint-filed',
  'complaint-again',
  'complaint-chased',
  'private-payment',
  'low-score',
  'recall',
  'engineer-late',
  'visit-promise-missed',
  'call-back-late',
  'undelivered',
  'contact-overdue',
  'handoff-waiting',
  'escalated',
  'sla-first-response',
  'sla-next-response',
  'sla-resolution',
  'wechat-locked-out',
  'wechat-not-started',
  'wechat-silent',
] as const;

/** Null: a code we have no word for. */
export function pageReasonText(code: string, word: StaffWord): string | null {
  const known = REASONS.find((it) => it === code);
  return known === undefined ? null : word(`page.reason.${known}`);
}
