/** What staff read in their own chat, in English; the same keys and placeholders as in Chinese. */

import { COMMAND_WORDS } from './command.ts';
import { DIGEST_WORDS } from './digest.ts';
import { HANDOFF_CARD_WORDS } from './handoff-card.ts';
import { HOME_WORDS } from './home.ts';
import { MODAL_WORDS } from './modal.ts';
import { PAGE_WORDS } from './page.ts';
import { THREAD_WORDS } from './thread.ts';
import { TICKET_WORDS } from './ticket.ts';
import { TIMELINE_WORDS } from './timeline.ts';
import type { StaffKey } from './zh-cn.ts';

export const STAFF_EN: Readonly<Record<StaffKey, string>> = {
  ...HANDOFF_CARD_WORDS.en,
  ...COMMAND_WORDS.en,
  ...DIGEST_WORDS.en,
  ...HOME_WORDS.en,
  ...MODAL_WORDS.en,
  ...PAGE_WORDS.en,
  ...TICKET_WORDS.en,
  ...TIMELINE_WORDS.en,
  ...THREAD_WORDS.en,
};
