/**
 * Slack, put together: staff get handoffs, tickets and calls in their channels and answer in threads; whoever writes to the bot
 * directly is a customer. Everything here translates; what is done is done by the desk and by turns.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { App } from '@slack/bolt';
import type { Config } from '../../config.ts';
import { changeBy } from '../../desk/change.ts';
import type { Desk } from '../../desk/desk.ts';
import type { DigestFigures } from '../../desk/digest.ts';
import type { FoundForStaff, StaffAccounts, StaffPosts, ThreadReplies } from '../../desk/staff-chat.ts';
import type { StaffMember } from '../../desk/staff-member.ts';
import type { Identifier, MakeIdentifier } from '../../domain/identifier.ts';
import { type Instant, type LocalDay, MINUTE, SECOND } from '../../domain/instant.ts';
import type { PageToSend } from '../../domain/on-call.ts';
import type { Policy } from '../../domain/policy.ts';
import type { FileUrl } from '../../turn/kept-file.ts';
import type { Send } from '../../turn/ports.ts';
import { staffWords } from '../../wording/staff/render.ts';
import { callsOf, createSlackClient, SILENT_LOGGER } from './api.ts';
import { type CustomerNeeds, createCustomers, FETCH_EVERY_MILLISECONDS } from './customers.ts';
import { createFetchFiles } from './fetch-files.ts';
import { createFillGaps } from './fill-gaps.ts';
import { registerHandoffs } from './handoff-actions.ts';
import type { StaffSide } from './needs.ts';
import { registerPages } from './page-card.ts';
import { createPutPosts } from './put-posts.ts';
import { createHttpReceiver, createSocketReceiver, type RequestListener } from './receivers.ts';
import { registerTickets } from './register-tickets.ts';
import { createRenderPosts, type RenderNeeds } from './render-posts.ts';
import { registerReplies } from './reply-actions.ts';
import { createServeLanes } from './serve-lanes.ts';
import { createMeet, createMemberOf, type IdentityNeeds } from './staff-identity.ts';
import { createAskReplies } from './thread-ask.ts';
import { threadHappeningOf } from './thread-events.ts';
import { createThreadIn } from './thread-in.ts';
import { createMarkReplies } from './thread-marks.ts';
import { createSayDue } from './thread-out.ts';
import { createTellPrivately } from './thread-private.ts';
import type { TicketSide } from './ticket-side.ts';

/** Where Slack calls us. */
const SLACK_PATH = '/slack/events';

export type SlackAccount = NonNullable<Config['slack']>;

export type SlackNeeds = {
  readonly account: SlackAccount;
  readonly desk: Desk;
  readonly posts: StaffPosts;
  readonly replies: ThreadReplies;
  readonly accounts: StaffAccounts;
  readonly admit: IdentityNeeds['admit'];
  readonly found: FoundForStaff;
  readonly tickets: Pick<TicketSide, 'board' | 'customerWaiting' | 'once'>;
  readonly digest: (day: LocalDay) => Promise<DigestFigures>;
  readonly customers: Omit<CustomerNeeds, 'policy' | 'makeIdentifier' | 'now' | 'log' | 'fileUrl'>;
  /** Where customers open a file. */
  readonly fileUrl: FileUrl;
  /** Where who reads a thread does. */
  readonly sharedFileUrl: RenderNeeds['sharedFileUrl'];
  readonly policy: Policy;
  readonly timeZone: string;
  readonly holder: Identifier;
  readonly makeIdentifier: MakeIdentifier;
  readonly now: () => Instant;
  readonly log: (event: string, fields: Readonly<Record<string, string | number | boolean>>) => void;
};

type SlackRound = { readonly name: string; readonly everyMilliseconds: number; readonly round: () => Promise<void> };

export type SlackChannel = {
  /** Takes Slack's requests; null in Socket Mode. */
  readonly listener: RequestListener | null;
  readonly send: Send;
  readonly rounds: readonly SlackRound[];
  /** Calls people; null: there is no channel for it. */
  readonly page: ((page: PageToSend) => Promise<'delivered' | 'failed'>) | null;
  /** What is wrong, in English, for the operator; empty when all is well. */
  readonly troubles: () => Promise<readonly string[]>;
  readonly start: () => Promise<void>;
  readonly stop: () => Promise<void>;
};

const GAPS_EVERY_MILLISECONDS = 3 * MINUTE;
/** Together below what a call for a person may take. */
const PAGE_LOOKS_MAX = 12;
const PAGE_LOOK_MILLISECONDS = 300;

/** Opens nothing: `start` does. */
export function createSlack(needs: SlackNeeds): SlackChannel {
  const { account, desk, posts, replies, policy, timeZone, holder, makeIdentifier, now, log } = needs;
  const client = createSlackClient(account);
  const call = callsOf(client);
  const reader: StaffMember = { id: holder, name: 'Slack', role: 'quality' };
  const word = staffWords(policy.slack.language);
  const meet = createMeet({ accounts: needs.accounts, call, now });
  const memberOf = createMemberOf({ accounts: needs.accounts, call, named: account.staff, admit: needs.admit, now });

  const side: StaffSide = {
    desk,
    call,
    memberOf,
    userIdOf: needs.accounts.externalIdOf,
    word,
    policy,
    timeZone,
    now,
    makeIdentifier,
    log,
    soon: () => {
      render.lookAgain();
      void serve();
      void threads();
    },
  };
  const linkStaff: TicketSide['linkStaff'] = (by, userId, email) =>
    needs.accounts.linkByCommand(userId, email, changeBy(by, now(), 'staff.link', `slack:${userId}`));
  const tell = createTellPrivately(side);
  const fetchFiles = createFetchFiles({ ...account, policy });
  const threadIn = createThreadIn({ ...side, replies, handoffOfThread: posts.handoffOfThread, reader, tell });
  const render = createRenderPosts({ ...side, replies, reader, sharedFileUrl: needs.sharedFileUrl, digest: needs.digest });
  const put = createPutPosts({ ...side, account, posts, reader, found: needs.found });
  const serveLanes = createServeLanes({ posts, call, render, word, holder, now, log });
  const sayDue = createSayDue({ ...side, replies, posts, fetchFiles, tell });
  const askReplies = createAskReplies({ ...side, replies, reader, tell });
  const markReplies = createMarkReplies({ call, replies, posts, cardOf: posts.cardOf, makeIdentifier, now });
  const fillGaps = createFillGaps({ call, posts, replies, threadIn, now, log });
  const customers = createCustomers({ ...needs.customers, fileUrl: needs.fileUrl, policy, makeIdentifier, now, log }, call, fetchFiles);

  const serve = alone(async () => {
    await put.round();
    await serveLanes();
  }, failed('staff-posts-put-off'));
  const threads = alone(async () => {
    await sayDue();
    await askReplies();
    await markReplies();
  }, failed('thread-replies-put-off'));

  const { urgentChannel } = account;
  /** It goes before all else that waits in its lane; what is not posted now is there to be posted later. */
  async function callPeople(page: PageToSend, lane: string): Promise<'delivered' | 'failed'> {
    await meet(page.roster);
    const onceKey = await put.page(page, lane);
    // The lane may have just posted something else, and rest for a second.
    for (let looks = 0; looks < PAGE_LOOKS_MAX; looks++) {
      if (looks > 0) await pause(PAGE_LOOK_MILLISECONDS);
      await serve();
      if (await posts.isPosted(onceKey)) return 'delivered';
    }
    return 'failed';
  }

  function failed(event: string): (error: unknown) => void {
    return (error) => log(event, { error: error instanceof Error ? error.name : 'unknown' });
  }

  const notTaken = failed('slack-event-failed');
  const http =
    account.appToken === null
      ? createHttpReceiver({ signingSecret: account.signingSecret, path: SLACK_PATH, now, failed: notTaken })
      : null;
  const socket =
    account.appToken === null ? null : createSocketReceiver({ appToken: account.appToken, apiUrl: account.apiUrl, failed: notTaken });
  const receiver = http?.receiver ?? socket?.receiver;
  if (receiver === undefined) throw new Error('invariant: Slack reaches us one way or the other');

  const app = new App({
    receiver,
    // Asked at every event, Slack would have to answer before we may listen to it.
    authorize: async () => ({ botToken: account.botToken }),
    clientOptions: { slackApiUrl: account.apiUrl, retryConfig: { retries: 0 } },
    ignoreSelf: false,
    logger: SILENT_LOGGER,
  });
  // Told to nobody else: what failed is not acknowledged, and comes again.
  app.error(async (error) => {
    throw error;
  });
  app.event('message', async ({ event }) => {
    const happening = threadHappeningOf(event);
    if (happening.kind === 'written') await threadIn.written(happening.message);
    if (happening.kind === 'edited') await threadIn.edited(happening.message);
    if (happening.kind === 'removed') await threadIn.removed(happening.lane, happening.ts);
  });
  registerHandoffs(app, { ...side, tell });
  registerReplies(app, { ...side, tell, replies, posts });
  registerPages(app, side);
  registerTickets(app, { ...side, ...needs.tickets, linkStaff });
  customers.register(app);

  return {
    listener: http?.listener ?? null,
    send: customers.send,
    rounds: [
      { name: 'slack-posts', everyMilliseconds: SECOND, round: serve },
      { name: 'slack-threads', everyMilliseconds: SECOND, round: threads },
      { name: 'slack-gaps', everyMilliseconds: GAPS_EVERY_MILLISECONDS, round: fillGaps },
      { name: 'slack-customer-gaps', everyMilliseconds: GAPS_EVERY_MILLISECONDS, round: customers.fillGaps },
      { name: 'slack-files', everyMilliseconds: FETCH_EVERY_MILLISECONDS, round: customers.fetchRound },
    ],
    page: urgentChannel === null ? null : (page) => callPeople(page, urgentChannel),
    troubles: async () => {
      const faults = (await posts.faults()).map(
        ({ lane, fault, since }) => `channel ${lane}: ${fault} since ${new Date(since).toISOString()}`,
      );
      const unheard = socket !== null && !socket.isConnected() ? ['Socket Mode is not connected'] : [];
      const nowhere = account.deskChannel === null ? ['no SLACK_DESK_CHANNEL: handoffs are not shown'] : [];
      const unsaid = customers.trouble();
      return [...faults, ...unheard, ...nowhere, ...(unsaid === null ? [] : [`direct messages: ${unsaid}`])];
    },
    start: async () => {
      // What it can't do now it tries again: nobody waits for Slack.
      if (socket !== null) void app.start();
    },
    stop: async () => {
      if (socket !== null) await app.stop();
    },
  };
}

/** One at a time: who asks while it runs gets another run after it, and all who ask then the same one. Never throws. */
function alone(round: () => Promise<void>, failed: (error: unknown) => void): () => Promise<void> {
  let running: Promise<void> | null = null;
  let next: Promise<void> | null = null;
  const run = (): Promise<void> => {
    running = round()
      .catch(failed)
      .finally(() => {
        running = null;
      });
    return running;
  };
  return () => {
    if (running === null) return run();
    next ??= running.then(() => {
      next = null;
      return run();
    });
    return next;
  };
}
