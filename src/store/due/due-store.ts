/** Everything the jobs find due, over the store: one port for each job. */
import type { Store } from '../open-store.ts';
import { accountLinksOn } from './account-links.ts';
import { noticesOn } from './notices.ts';
import { pageCausesOn } from './page-causes.ts';
import { duePagesOn } from './pages.ts';
import { priceNoticesOn } from './price-notices.ts';
import { reachOn } from './reach.ts';
import { remindersOn } from './reminders.ts';
import { silentChatsOn } from './silent-chats.ts';
import { silentHandoffsOn } from './silent-handoffs.ts';
import { slaClocksOn } from './sla-clocks.ts';
import { surveysOn } from './surveys.ts';
import { waitingListOn } from './waiting-list.ts';

/** The ports, as `dueRounds` takes them. */
export function dueStore(store: Pick<Store, 'pool' | 'seal'>) {
  return {
    pages: duePagesOn(store),
    causes: pageCausesOn(store),
    reminders: remindersOn(store),
    reach: reachOn(store),
    notices: noticesOn(store),
    handoffs: silentHandoffsOn(store),
    waitingList: waitingListOn(store),
    prices: priceNoticesOn(store),
    surveys: surveysOn(store),
    links: accountLinksOn(store),
    chats: silentChatsOn(store),
    clocks: slaClocksOn(store),
  };
}
