/**
 * A desk whose staff work from Slack: every role sits in front of it, customers are on the web page, and whatever was told to
 * Slack can be looked through for what must not be there.
 */
import { expect } from 'vitest';
import { freshDatabase } from '../support/database.ts';
import { connect, type DirectLineClient } from '../support/direct-line-client.ts';
import { type SlackDesk, type SlackDeskOptions, startSlackDesk, URGENT_CHANNEL } from '../support/slack-desk.ts';
import type { SlackPerson } from '../support/slack-person.ts';
import type { Post, ShownView } from '../support/slack-screen.ts';
import { askingOf } from './booking.ts';
import { type StaffApi, staffApi } from './staff-api.ts';

const PATIENCE_MILLISECONDS = 60_000;

export type SlackOffice = SlackDesk & {
  readonly staff: StaffApi;
  /** An administrator because the settings say so. */
  readonly boss: SlackPerson;
  readonly dispatcher: SlackPerson;
  readonly quality: SlackPerson;
  readonly engineer: SlackPerson;
};

export async function openSlackOffice(options: SlackDeskOptions = {}): Promise<SlackOffice> {
  const database = await freshDatabase();
  const { environment, ...rest } = options;
  const house = await startSlackDesk({
    ...rest,
    databaseUrl: database.url,
    environment: { SLACK_STAFF: 'U0BOSS:boss@example.com:admin', ...environment },
  });
  const { slack, desk } = house;
  const staff = staffApi(desk);
  const member = async (name: string, email: string, role: string) => {
    await staff.post('/staff', { name, email, role });
    return slack.person({ name, email });
  };
  const clients: DirectLineClient[] = [];
  return {
    ...house,
    staff,
    boss: slack.person({ id: 'U0BOSS', name: '陈总' }),
    dispatcher: await member('调度小陈', 'chen@example.com', 'dispatcher'),
    quality: await member('质检小周', 'zhou@example.com', 'quality'),
    engineer: await member('维修小何', 'he@example.com', 'engineer'),
    customer: async () => {
      const client = await connect(desk.url, { patienceMilliseconds: PATIENCE_MILLISECONDS, answerMilliseconds: PATIENCE_MILLISECONDS });
      clients.push(client);
      return client;
    },
    close: async () => {
      for (const client of clients) client.close();
      await house.close();
      await database.drop();
    },
  };
}

/** What is shown to somebody alone after they typed it. */
export async function answerTo({ slack }: SlackOffice, person: SlackPerson, typed: string) {
  const answered = await person.command('/ticket', typed);
  expect(answered.status).toBe(200);
  const shown = slack.ephemerals(person.id).at(-1);
  if (shown === undefined) throw new Error(`no answer to /ticket ${typed}`);
  return shown;
}

/** The window on top of somebody's screen. */
export function windowOf({ slack }: SlackOffice, person: SlackPerson): ShownView {
  const view = slack.views(person.id).at(-1);
  if (view === undefined) throw new Error(`${person.name} has no window open`);
  return view;
}

type Menu = { readonly options: readonly { readonly value: string; readonly text: { readonly text: string } }[] };

/** What a menu of a window offers. */
export function optionsOf(view: ShownView, field: string): readonly { readonly value: string; readonly label: string }[] {
  const block = view.blocks.find((it) => it['block_id'] === field);
  if (block === undefined) throw new Error(`no menu ${field}`);
  return (block['element'] as Menu).options.map(({ value, text }) => ({ value, label: text.text }));
}

/** The first post of a channel, or of a thread, that reads so. */
export function posted(
  { slack }: SlackOffice,
  words: string | RegExp,
  channel = URGENT_CHANNEL,
  of?: { readonly threadTs: string },
): Promise<Post> {
  const reads = (post: Post) => (typeof words === 'string' ? post.shown.includes(words) : words.test(post.shown));
  return slack.waitFor(() => slack.posts(channel, of).find(reads), `${String(words)} in ${channel}`, PATIENCE_MILLISECONDS);
}

const MESSAGES_MAX = 12;

/** Says something and answers what is asked, by slot, else with what is offered first, until a ticket is opened. */
export async function talkToTicket(client: DirectLineClient, said: string, answers: Readonly<Record<string, string>>): Promise<string> {
  await client.say(said);
  for (let messages = 1; messages < MESSAGES_MAX; messages++) {
    const heard = await client.next((it) => askingOf(it) !== null || it.channelData.ticket !== undefined);
    const { ticket } = heard.channelData;
    if (ticket !== undefined) return ticket.number;
    const offered = heard.suggestedActions?.actions.map((it) => it.value) ?? [];
    const answer = answers[askingOf(heard) ?? ''] ?? (offered.includes('确认') ? '确认' : offered[0]);
    if (answer === undefined) throw new Error(`not expected to be asked: ${heard.text}`);
    await client.say(answer);
  }
  throw new Error(`no ticket after ${MESSAGES_MAX} messages`);
}

const heardBy = (customer: DirectLineClient): readonly string[] =>
  customer.messages.filter((activity) => activity.from.role !== 'user').map((activity) => activity.text);

type Secrets = { readonly phones: readonly string[]; readonly doors: readonly string[]; readonly names: readonly string[] };

/** Slack heard of nobody more than it may; `revealed`: what was answered into a window of one person is left out. */
export function expectKept({ slack }: SlackOffice, { phones, doors, names }: Secrets, revealed = false): void {
  const told = revealed ? JSON.stringify(slack.calls.map((it) => it.args)) : slack.allText();
  const bare = told.replace(/(?<=\d)[\s-](?=\d)/g, '');
  for (const phone of phones) expect(bare.includes(phone), `the phone ${phone}`).toBe(false);
  // Digits of a door inside an id or a time are no door.
  for (const door of doors) expect(new RegExp(`(?<![\\da-fA-F.-])${door}(?![\\da-fA-F-])`).test(told), `the door ${door}`).toBe(false);
  for (const name of names) expect(told.includes(name), `the name ${name}`).toBe(false);
}

/** No customer sees that staff sit in Slack. */
export function expectPlain(customers: readonly DirectLineClient[]): void {
  for (const customer of customers)
    for (const text of heardBy(customer))
      expect(text).not.toMatch(/slack|<[@#!]|&(?:amp|lt|gt);|C0DESK|C0URGENT|U0BOSS|(?<![\d*])\*[^\s*]+\*(?!\*)|\[object|undefined/i);
}
