/**
 * WeChat chats with the running desk, from both ends: what stands on a customer's screen, by the replies it came from, and
 * what the staff API and the store know of the same chat.
 */
import type { ReplyKey } from '../../src/wording/reply.ts';
import { type FreshDatabase, freshDatabase } from '../support/database.ts';
import { says } from '../support/says.ts';
import { type ReadRows, rowsAt } from '../support/store-rows.ts';
import { API_PATHS } from '../support/wechat-api.ts';
import type { WechatCustomer } from '../support/wechat-customer.ts';
import { startWechatDesk, type WechatDesk, type WechatDeskOptions } from '../support/wechat-desk.ts';
import { type Shown, wordsOf } from '../support/wechat-people.ts';
import type { RecordedCall } from '../support/wechat-platform.ts';
import { type Handoff, type Message, type StaffApi, staffApi } from './staff-api.ts';

/** Machines that run this are slow: nothing is proved by the time an answer takes. */
export const PATIENCE_MILLISECONDS = 40_000;
export const SOON = { timeout: PATIENCE_MILLISECONDS, interval: 100 } as const;

const always = [{ from: '00:00', to: '24:00' }];
/** The same by day and by night; customers type fast. */
export const OPEN_ALWAYS = {
  burstMilliseconds: { wechat: 200 },
  hours: { weekdays: { 1: always, 2: always, 3: always, 4: always, 5: always, 6: always, 7: always } },
  quietHours: { from: '04:00', to: '04:01' },
};

export type WechatChats = WechatDesk & {
  readonly database: FreshDatabase;
  readonly api: StaffApi;
  readonly rows: ReadRows;
  readonly conversationOf: (customer: WechatCustomer) => Promise<string>;
  /** As staff read it. */
  readonly log: (customer: WechatCustomer) => Promise<readonly Message[]>;
  /** How what we said stands, in order. */
  readonly deliveries: (customer: WechatCustomer) => Promise<readonly (string | null)[]>;
  /** Calls for a person, who claims the chat. */
  readonly claim: (customer: WechatCustomer) => Promise<Claimed>;
  /** Calls of the platform by which something was to be sent to them, agreed to or not. */
  readonly sendsTo: (customer: WechatCustomer) => readonly RecordedCall[];
};

export type Claimed = { readonly id: string; readonly reply: (text: string) => Promise<void> };

/** A desk on a database of its own; `close` drops it. */
export async function openChats(options: WechatDeskOptions = {}): Promise<WechatChats> {
  const database = await freshDatabase();
  const wechat = await startWechatDesk({ policy: OPEN_ALWAYS, ...options, databaseUrl: database.url });
  const api = staffApi(wechat.desk);
  const rows = rowsAt(database.url);

  const conversationOf = async ({ openId }: WechatCustomer): Promise<string> => {
    const [row] = await rows<{ id: string }>(CONVERSATION, [openId]);
    if (row === undefined) throw new Error('this customer has not been heard of');
    return row.id;
  };
  const log = async (customer: WechatCustomer): Promise<readonly Message[]> =>
    (await api.get<{ readonly items: readonly Message[] }>(`/conversations/${await conversationOf(customer)}/messages?limit=200`)).body
      .items;

  return {
    ...wechat,
    database,
    api,
    rows,
    conversationOf,
    log,
    deliveries: async (customer) => (await log(customer)).filter((it) => it.from !== 'customer').map((it) => it.delivery),
    claim: async (customer) => {
      await customer.say('人工');
      await heard(customer, 'handoff.next', 'handoff.waiting');
      const conversationId = await conversationOf(customer);
      const id = (await api.all<Handoff>('/handoffs?status=queued')).find((it) => it.conversationId === conversationId)?.id ?? '';
      await done(api.post(`/handoffs/${id}/claim`));
      await heard(customer, 'handoff.claimed');
      return { id, reply: (text) => done(api.post(`/handoffs/${id}/reply`, { text })) };
    },
    sendsTo: ({ openId }) => wechat.platform.calls(API_PATHS.send).filter((it) => toUser(it.body) === openId),
    close: async () => {
      await wechat.close();
      await database.drop();
    },
  };
}

const CONVERSATION = 'select c.id from conversation c join channel_account a on a.id = c.account_id where a.external_id = $1';

async function done(asked: ReturnType<StaffApi['post']>): Promise<void> {
  const { status, body } = await asked;
  if (status >= 300) throw new Error(`the staff API answered ${status}: ${JSON.stringify(body)}`);
}

function toUser(body: unknown): unknown {
  return typeof body === 'object' && body !== null && 'touser' in body ? body.touser : null;
}

/** The next thing on the screen that says one of these. */
export function heard(customer: WechatCustomer, ...keys: readonly ReplyKey[]): Promise<Shown> {
  return customer.next((it) => keys.some((key) => says(it, key)), PATIENCE_MILLISECONDS);
}

type Attachment = { readonly contentType: string; readonly url: string };

/** What of their files staff can open. */
export async function keptFiles(
  { desk, log }: Pick<WechatChats, 'desk' | 'log'>,
  customer: WechatCustomer,
): Promise<readonly { readonly contentType: string | null; readonly bytes: Buffer }[]> {
  const files = (await log(customer)).flatMap((it) => it.attachments as readonly Attachment[]);
  const read = files.map(async ({ url }) => {
    const response = await fetch(`${desk.url}${url}`, { headers: { Authorization: `Bearer ${desk.staffToken}` } });
    const bytes = Buffer.from(await response.arrayBuffer());
    return response.ok ? [{ contentType: response.headers.get('content-type'), bytes }] : [];
  });
  return (await Promise.all(read)).flat();
}

export type Wish = { readonly fault: string; readonly address: string; readonly phone: string; readonly name: string };

const QUESTIONS_MAX = 12;

/** Books a visit, tapping the first choice wherever nothing of the wish is asked for; the number of the ticket. */
export async function bookVisit(customer: WechatCustomer, { fault, address, phone, name }: Wish): Promise<string> {
  const answers = [
    ['confirm.read-back', '确认'],
    ['ask.address', address],
    ['ask.phone', phone],
    ['ask.name', name],
  ] as const;
  await customer.say(fault);
  for (let asked = 0; asked < QUESTIONS_MAX; asked++) {
    const shown = await customer.next(undefined, PATIENCE_MILLISECONDS);
    if (says(shown, 'booked')) return /BX-\d{8}-\d{4,}/.exec(wordsOf(shown))?.[0] ?? '';
    const answer = answers.find(([key]) => says(shown, key))?.[1];
    if (answer !== undefined) await customer.say(answer);
    else if (shown.kind === 'menu') await customer.tap(shown.items[0]?.label ?? '');
    else throw new Error(`not expected to be asked: ${wordsOf(shown)}`);
  }
  throw new Error(`not booked after ${QUESTIONS_MAX} questions`);
}

/** What is on the screen, one after the other. */
export function screenOf(customer: WechatCustomer): string {
  return customer.heard().join('\n');
}

/** How often words stand on the screen. */
export function times(customer: WechatCustomer, words: string): number {
  return screenOf(customer).split(words).length - 1;
}
