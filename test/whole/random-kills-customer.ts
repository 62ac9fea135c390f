/**
 * A customer of the random kills: books, and then moves the visit, asks about it, calls it off or tells of a danger, as
 * the plan says. Remembers what the desk told them was done; the test compares that with the record.
 */
import { setTimeout as pause } from 'node:timers/promises';
import type { Chance } from '../support/core.ts';
import { type ChatActivity, connect, type DirectLineClient } from '../support/direct-line-client.ts';
import { askingOf, phoneOf, type Wish } from './booking.ts';

export type Step = 'move' | 'ask' | 'danger' | 'cancel';

export type Plan = {
  readonly wish: Wish;
  readonly startsAfterMilliseconds: number;
  /** The question of the booking at which a danger is told in place of an answer; null: none. */
  readonly dangerAtQuestion: number | null;
  /** What follows the booking. `moveTo` in the customer's words. */
  readonly steps: readonly { readonly step: Step; readonly moveTo: string; readonly danger: string }[];
};

/** What the customer was told was done, counted. */
export type Lived = {
  readonly client: DirectLineClient;
  readonly number: string;
  readonly moves: number;
  readonly dangers: number;
  readonly calledOff: boolean;
};

const START_SPREAD_MILLISECONDS = 800;
/** Between two questions: fewer a minute than the desk takes from one conversation. */
const READING_MILLISECONDS = 40;
const QUESTIONS_MAX = 16;
/** Long enough for a killed desk to be there again on a busy machine. */
const PATIENCE_MILLISECONDS = 60_000;

const FAULTS = ['空调不制冷', '冰箱漏水', '洗衣机响声大'];
const PLACES = ['北京市朝阳区望京街道阜通东大街6号院3号楼', '北京市海淀区中关村南大街5号院2号楼', '上海市浦东新区张杨路500号2号楼'];
/** The first is wanted by half of the customers: they are after the same engineers. */
const MOMENTS = ['后天下午三点', '大后天上午9点', '大后天下午五点', '后天晚上七点', '后天上午11点'];
const DANGERS = ['等一下 它好像冒烟了', '插座冒火花了', '摸到它有点麻手'];

export function planOf(dice: Chance, index: number): Plan {
  const one = <Item>(items: readonly Item[]): Item => items[dice.below(items.length)] as Item;
  const steps: readonly Step[] = Array.from({ length: dice.below(5) }, () => one(['move', 'move', 'ask', 'danger'] as const));
  return {
    wish: {
      fault: one(FAULTS),
      address: `${one(PLACES)}${101 + index}`,
      phone: phoneOf(10_000 + index),
      name: '王芳',
      when: dice.below(2) === 0 ? '后天下午三点' : one(MOMENTS),
    },
    startsAfterMilliseconds: dice.below(START_SPREAD_MILLISECONDS),
    dangerAtQuestion: dice.below(4) === 0 ? dice.below(4) : null,
    steps: [...steps, ...(dice.below(3) === 0 ? (['cancel'] as const) : [])].map((step) => ({
      step,
      moveTo: one(MOMENTS),
      danger: one(DANGERS),
    })),
  };
}

/**
 * From the first call to the last answer, and on with questions until `isOver`, so that the desk is killed under somebody's
 * hands whenever it is. `opened` hears of the client at once, so that it is closed whatever happens.
 */
export async function live(url: string, plan: Plan, opened: (client: DirectLineClient) => void, isOver: () => boolean): Promise<Lived> {
  await pause(plan.startsAfterMilliseconds);
  const client = await connect(url, { patienceMilliseconds: PATIENCE_MILLISECONDS, answerMilliseconds: PATIENCE_MILLISECONDS });
  opened(client);
  const number = await bookThrough(client, plan);
  let moves = 0;
  for (const { step, moveTo, danger } of plan.steps) {
    // The time wished for may be the one there is.
    if (step === 'move' && (await done(client, `改到${moveTo}`, 'changed', 'change.already')) === 'changed') moves += 1;
    if (step === 'ask') await done(client, '师傅什么时候到', 'progress.');
    if (step === 'cancel') await done(client, '取消上门', 'called-off');
    if (step === 'danger') {
      await tellDanger(client, danger);
      await client.next((it) => says(it, 'danger.safe'));
    }
  }
  while (!isOver()) {
    await done(client, '师傅什么时候到', 'progress.');
    await pause(READING_MILLISECONDS);
  }
  const count = (wanted: Step) => plan.steps.filter((it) => it.step === wanted).length;
  return {
    client,
    number,
    moves,
    dangers: count('danger') + (plan.dangerAtQuestion === null ? 0 : 1),
    calledOff: count('cancel') > 0,
  };
}

/** Resolves to the number of the ticket. */
async function bookThrough(client: DirectLineClient, { wish, dangerAtQuestion }: Plan): Promise<string> {
  await client.say([wish.fault, wish.when ?? ''].join(','));
  for (let asked = 0; asked < QUESTIONS_MAX; asked++) {
    let heard = await client.next((it) => askingOf(it) !== null || says(it, 'booked'));
    if (says(heard, 'booked')) return heard.channelData.ticket?.number ?? '';
    if (asked === dangerAtQuestion) {
      await tellDanger(client, DANGERS[0] ?? '');
      heard = await client.next((it) => askingOf(it) !== null);
    }
    await client.say(answerTo(heard, wish));
  }
  throw new Error(`not booked after ${QUESTIONS_MAX} questions`);
}

/** Says what is wanted and yes to whatever is asked, until a reply beginning with one of the keys says that it is done; that key. */
async function done(client: DirectLineClient, wanted: string, ...keys: readonly string[]): Promise<string> {
  await client.say(wanted);
  for (let asked = 0; asked < QUESTIONS_MAX; asked++) {
    const heard = await client.next((it) => askingOf(it) !== null || [...keys, 'handoff.'].some((key) => says(it, key)));
    const key = keys.find((it) => says(heard, it));
    if (key !== undefined) return key;
    if (says(heard, 'handoff.')) throw new Error(`"${wanted}" went to a person: ${heard.text}`);
    await client.say(firstButton(heard));
  }
  throw new Error(`"${wanted}" is not done after ${QUESTIONS_MAX} questions`);
}

/** Told, answered, and over again; what the bot then says is left to be heard. */
async function tellDanger(client: DirectLineClient, words: string): Promise<void> {
  await client.say(words);
  await client.next((it) => says(it, 'danger.'));
  await client.say('安全了');
}

function says(activity: ChatActivity, key: string): boolean {
  return activity.channelData.dialog?.reply.some((it) => it.startsWith(key)) ?? false;
}

function answerTo(question: ChatActivity, { address, phone, name }: Wish): string {
  const answers: Readonly<Record<string, string>> = { address, phone, name };
  return answers[askingOf(question) ?? ''] ?? firstButton(question);
}

function firstButton(question: ChatActivity): string {
  const value = question.suggestedActions?.actions[0]?.value;
  if (value === undefined) throw new Error(`a question without a button: ${question.text}`);
  return value;
}
