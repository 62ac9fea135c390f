/** What staff read in their own chat, in Chinese: short, plain, what happened and what to do. */

import { COMMAND_WORDS } from './command.ts';
import { DIGEST_WORDS } from './digest.ts';
import { HANDOFF_CARD_WORDS } from './handoff-card.ts';
import { HOME_WORDS } from './home.ts';
import { MODAL_WORDS } from './modal.ts';
import { PAGE_WORDS } from './page.ts';
import { THREAD_WORDS } from './thread.ts';
import { TICKET_WORDS } from './ticket.ts';
import { TIMELINE_WORDS } from './timeline.ts';

export const STAFF_ZH = {
  ...HANDOFF_CARD_WORDS['zh-CN'],
  ...COMMAND_WORDS['zh-CN'],
  ...DIGEST_WORDS['zh-CN'],
  ...HOME_WORDS['zh-CN'],
  ...MODAL_WORDS['zh-CN'],
  ...PAGE_WORDS['zh-CN'],
  ...TICKET_WORDS['zh-CN'],
  ...TIMELINE_WORDS['zh-CN'],
  ...THREAD_WORDS['zh-CN'],
} as const;

export type StaffKey = keyof typeof STAFF_ZH;
