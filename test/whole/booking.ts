/** A customer who books a repair on Direct Line, and what they were promised on the way. */
import type { ChatActivity, DirectLineClient } from '../support/direct-line-client.ts';

/** What the read-back says, line by line. */
export type ReadBack = {
  readonly text: string;
  readonly fault: string;
  readonly window: string;
  readonly address: string;
  readonly person: string;
};

export type Wish = {
  readonly fault: string;
  readonly address: string;
  readonly phone: string;
  readonly name: string;
  /** In the customer's words; unset: the first window that is offered. */
  readonly when?: string;
};

const MESSAGES_MAX = 12;

/** The dialog part of an activity; null for what staff wrote. */
export function askingOf(activity: ChatActivity): string | null {
  return activity.channelData.dialog?.asking ?? null;
}

/** What the customer last heard, once something was said after everything already taken. */
function nextQuestion(client: DirectLineClient): Promise<ChatActivity> {
  return client.next((it) => askingOf(it) !== null);
}

/** Answers whatever is asked until the read-back stands. */
export async function talkToReadBack(client: DirectLineClient, wish: Wish): Promise<ReadBack> {
  await client.say([wish.fault, wish.when ?? ''].filter((it) => it !== '').join(','));
  for (let said = 1; said < MESSAGES_MAX; said++) {
    const question = await nextQuestion(client);
    const asking = askingOf(question);
    if (asking === 'confirm') return readBackOf(question.text);
    await client.say(answerTo(question, wish));
  }
  throw new Error(`no read-back after ${MESSAGES_MAX} messages`);
}

function answerTo(question: ChatActivity, wish: Wish): string {
  switch (askingOf(question)) {
    case 'address':
      return wish.address;
    case 'phone':
      return wish.phone;
    case 'name':
      return wish.name;
    case 'serviceMode':
      return '上门维修';
    case 'window':
      return question.suggestedActions?.actions[0]?.value ?? '';
    default:
      throw new Error(`not expected to be asked: ${question.text}`);
  }
}

/** The lines of a read-back. Throws when one is missing. */
export function readBackOf(text: string): ReadBack {
  const line = (name: string): string => {
    const found = new RegExp(`^· ${name}[:：](.+)$`, 'm').exec(text)?.[1];
    if (found === undefined) throw new Error(`the read-back has no line ${name}:\n${text}`);
    return found.trim();
  };
  return { text, fault: line('故障'), window: line('时间'), address: line('地址'), person: line('联系人') };
}

/** A visit window as the bot writes it, from the instants of the API: `11月22日 周日 14:00–16:00`. */
export function windowWords({ from, to }: { readonly from: string; readonly to: string }): string {
  const part = (at: string, options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat('zh-CN', { timeZone: 'Asia/Shanghai', ...options }).format(new Date(at));
  const clock = (at: string) => part(at, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  return `${part(from, { month: 'numeric', day: 'numeric' }).replace('/', '月')}日 ${part(from, { weekday: 'short' })} ${clock(from)}–${clock(to)}`;
}

/** A mobile number that nobody else in the run has. */
export function phoneOf(index: number): string {
  return `138${String(10_000_000 + index)}`;
}

export type Booked = { readonly readBack: ReadBack; readonly confirmation: ChatActivity; readonly number: string };

const CONFIRMATIONS_MAX = 5;

/** Books to the end: a window that somebody else took meanwhile is chosen anew and confirmed again. */
export async function book(client: DirectLineClient, wish: Wish): Promise<Booked> {
  let readBack = await talkToReadBack(client, wish);
  for (let confirmed = 0; confirmed < CONFIRMATIONS_MAX; confirmed++) {
    await client.press('确认');
    const answer = await client.next((it) => it.channelData.ticket !== undefined || askingOf(it) === 'window');
    const number = answer.channelData.ticket?.number;
    if (number !== undefined) return { readBack, confirmation: answer, number };
    await client.say(answerTo(answer, wish));
    readBack = readBackOf((await client.next((it) => askingOf(it) === 'confirm')).text);
  }
  throw new Error(`the window was taken ${CONFIRMATIONS_MAX} times`);
}
