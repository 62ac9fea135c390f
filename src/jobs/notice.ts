/** What somebody is told outside a chat, before it is put in words: the wording is handed to the jobs as a function. */
import type { Appliance } from '../domain/appliance.ts';
import type { LocalDay } from '../domain/instant.ts';
import type { ReminderKind } from '../domain/reminder-time.ts';
import type { VisitWindow } from '../domain/visit-window.ts';

export type Notice =
  | {
      readonly kind: 'reminder';
      readonly when: ReminderKind;
      readonly ticket: string;
      readonly appliance: Appliance | null;
      readonly window: VisitWindow;
    }
  /** A new price list takes effect on a day, before the visit (S2-001). */
  | {
      readonly kind: 'price-notice';
      readonly ticket: string;
      readonly appliance: Appliance | null;
      readonly effectiveFrom: LocalDay;
      readonly window: VisitWindow;
    };

/** One sentence in the customer's language, as it is read out on the phone or sent as a text message. */
export type PutInWords = (notice: Notice) => string;
