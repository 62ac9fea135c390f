/**
 * Every round besides the messages, by name. There is no queue of jobs: each round asks the rows what is due and leaves
 * them so that nothing is done twice, however many processes ask and whenever one of them dies.
 */
import type { MakeIdentifier } from '../domain/identifier.ts';
import { type Instant, SECOND } from '../domain/instant.ts';
import type { Policy } from '../domain/policy.ts';
import type { Accept, Readings } from '../turn/ports.ts';
import { type AccountLinks, createAccountLinks } from './account-links.ts';
import type { Log } from './failure.ts';
import { createHandoffSilence, type SilentHandoffs } from './handoff-silence.ts';
import type { PutInWords } from './notice.ts';
import { createNotifier, type Notices, type NoticeWays } from './notifier.ts';
import { createNudges, type SilentChats } from './nudges.ts';
import { createPaging, type DuePages, type PageChannel } from './paging.ts';
import { createPriceNotices, type PriceNotices } from './price-notices.ts';
import { createRaisePages, type PageCauses } from './raise-pages.ts';
import { createReach, type Reach } from './reach.ts';
import { createReminders, type Reminders } from './reminders.ts';
import { createSlaClocks, type SlaClocks } from './sla-clocks.ts';
import { createSurveys, type Surveys } from './surveys.ts';
import type { NamedRound, SweepNeeds } from './sweep.ts';
import { createWaitingList, type WaitingList } from './waiting-list.ts';

export type DueRoundsNeeds = {
  readonly due: {
    readonly pages: DuePages;
    readonly causes: PageCauses;
    readonly reminders: Reminders;
    readonly reach: Reach;
    readonly notices: Notices;
    readonly handoffs: SilentHandoffs;
    readonly waitingList: WaitingList;
    readonly chats: SilentChats;
    readonly prices: PriceNotices;
    readonly surveys: Surveys;
    readonly links: AccountLinks;
    readonly clocks: SlaClocks;
  };
  readonly accept: Accept;
  readonly engineers: Readings['engineers'];
  readonly turnSoon: SweepNeeds['turnSoon'];
  /** Those that are on, by name; others may be switched on later. */
  readonly pageChannels: Readonly<Record<string, PageChannel>>;
  /** How calls are spared; where there is none, every call is a person's. */
  readonly noticeWays: NoticeWays;
  readonly putInWords: PutInWords;
  readonly policy: Policy;
  readonly timeZone: string;
  readonly makeIdentifier: MakeIdentifier;
  readonly now: () => Instant;
  readonly log: Log;
};

/** The rounds for `createSweep`. Causes of pages come before the pages, what opens calls before what sends them. */
export function dueRounds({ due, ...needs }: DueRoundsNeeds): readonly NamedRound[] {
  const every = (seconds: number, name: string, round: () => Promise<void>): NamedRound => ({
    name,
    everyMilliseconds: seconds * SECOND,
    round,
  });
  return [
    every(5, 'handoff-silence', createHandoffSilence({ ...needs, ...due })),
    every(5, 'raise-pages', createRaisePages({ ...needs, ...due })),
    every(2, 'sla-clocks', createSlaClocks({ ...needs, ...due })),
    every(2, 'paging', createPaging({ ...needs, ...due })),
    every(10, 'reminders', createReminders({ ...needs, ...due })),
    every(60, 'price-notices', createPriceNotices({ ...needs, ...due })),
    every(10, 'surveys', createSurveys({ ...needs, ...due })),
    every(2, 'account-links', createAccountLinks({ ...needs, ...due })),
    every(5, 'reach', createReach({ ...needs, ...due })),
    every(10, 'nudges', createNudges({ ...needs, ...due })),
    every(30, 'waiting-list', createWaitingList({ ...needs, ...due })),
    every(5, 'notifier', createNotifier({ ...needs, ...due })),
  ];
}
