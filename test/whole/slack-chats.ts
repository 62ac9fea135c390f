/**
 * Chats between customers on the web page and colleagues in Slack, seen from both ends: what stands in a thread, what a
 * customer heard, what is still to be posted, and what `/readyz` says of Slack.
 */
import { type FreshDatabase, freshDatabase } from '../support/database.ts';
import { connect, type DirectLineClient } from '../support/direct-line-client.ts';
import { DESK_CHANNEL, type SlackDesk, type SlackDeskOptions, startSlackDesk } from '../support/slack-desk.ts';
import type { SlackPerson } from '../support/slack-person.ts';
import type { Post } from '../support/slack-screen.ts';
import { type ReadRows, rowsAt } from '../support/store-rows.ts';

/** Machines that run this are slow: nothing is proved by the time an answer takes. */
export const PATIENCE_MILLISECONDS = 60_000;

export type Chat = { readonly customer: DirectLineClient; readonly card: Post };

export type SlackChats = SlackDesk & {
  readonly rows: ReadRows;
  /** A customer who waits for a desk that is away. */
  readonly patientCustomer: () => Promise<DirectLineClient>;
  /** Somebody wants a person, and their card stands in the desk's channel. */
  readonly aHandoff: () => Promise<Chat>;
  readonly aClaimedHandoff: (by?: SlackPerson) => Promise<Chat>;
  /** What the operator is told of Slack; empty when all is well. */
  readonly trouble: () => Promise<string>;
  /** Until nothing waits to be posted and nothing is wrong. */
  readonly allPosted: () => Promise<void>;
  readonly killAndRestart: () => Promise<void>;
};

/** A desk on a database of its own; `close` drops it. Replies are held for a second unless told otherwise. */
export async function openSlackChats(options: SlackDeskOptions = {}): Promise<SlackChats> {
  const database: FreshDatabase = await freshDatabase();
  const policy = { slack: { digestAt: null, holdSeconds: 1 }, ...options.policy };
  const house = await startSlackDesk({ ...options, policy, databaseUrl: database.url });
  const { desk, slack } = house;
  const rows = rowsAt(database.url);
  const clients: DirectLineClient[] = [];

  const patientCustomer = async () => {
    const client = await connect(desk.url, { patienceMilliseconds: PATIENCE_MILLISECONDS, answerMilliseconds: PATIENCE_MILLISECONDS });
    clients.push(client);
    return client;
  };
  const aHandoff = async (): Promise<Chat> => {
    const before = new Set(slack.posts(DESK_CHANNEL).map((post) => post.ts));
    const customer = await patientCustomer();
    await customer.ask('转人工');
    const isNew = () => slack.posts(DESK_CHANNEL).find((post) => !before.has(post.ts));
    return { customer, card: await slack.waitFor(isNew, 'the card', PATIENCE_MILLISECONDS) };
  };
  const trouble = async () => {
    const answer = await fetch(`${desk.url}/readyz`);
    const { notes } = (await answer.json()) as { readonly notes?: Readonly<Record<string, string>> };
    return notes?.['slack'] ?? '';
  };
  return {
    ...house,
    rows,
    patientCustomer,
    aHandoff,
    aClaimedHandoff: async (by = house.wang) => {
      const chat = await aHandoff();
      await by.click(chat.card, 'claim');
      await chat.customer.next((activity) => activity.text.includes(`${by.name}来帮您了`));
      return chat;
    },
    trouble,
    allPosted: async () => {
      await slack.waitFor(async () => (await rows(WAITING)).length === 0, 'nothing left to post', PATIENCE_MILLISECONDS);
      await slack.waitFor(async () => (await trouble()) === '', 'nothing wrong', PATIENCE_MILLISECONDS);
    },
    killAndRestart: async () => {
      await desk.kill9();
      await desk.restart();
    },
    close: async () => {
      for (const client of clients) client.close();
      await house.close();
      await database.drop();
    },
  };
}

const WAITING = `select from staff_post where status = 'waiting'`;

/** The thread under a card, as it can be read. */
export function threadOf({ slack }: Pick<SlackChats, 'slack'>, { card }: Chat): readonly Post[] {
  return slack.posts(DESK_CHANNEL, { threadTs: card.ts });
}

/** Marked messages such as 甲07, in the order they stand there, as often as they stand there. */
export function marked(mark: string, texts: readonly string[]): readonly string[] {
  return texts.flatMap((text) => [...text.matchAll(new RegExp(`${mark}\\d{2}`, 'gu'))].map(([found]) => found));
}

export function marks(mark: string, from: number, to: number): readonly string[] {
  return Array.from({ length: to - from + 1 }, (_, index) => `${mark}${String(from + index).padStart(2, '0')}`);
}

/** What the desk and its people said to them. */
export function heardBy(customer: DirectLineClient): readonly string[] {
  return customer.messages.filter((activity) => activity.from.role !== 'user').map((activity) => activity.text);
}
