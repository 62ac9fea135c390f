/**
 * Every repair behaviour in every dialog: the rows are behaviours, the columns the flows of the registry. A dialog
 * without its scene, or a scene that leaves a behaviour out, is a failing test.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { NOTHING_SAID } from '../../flows/dialog-event.ts';
import { FLOWS, type FlowName } from '../../flows/registry.ts';
import type { Identifier } from '../../src/domain/identifier.ts';
import { parseState } from '../../src/turn/conversation-state.ts';
import { route } from '../../src/turn/route.ts';
import type { Intent } from '../../src/understanding/understood.ts';
import { type Chat, openShop, type Shop } from '../support/chat.ts';

const HOME = '北京市朝阳区望京街道阜通东大街6号院3号楼1501';
const PHONE = '13800138000';

/** What a customer says from the opened dialog on, and the slot that is asked then; null when the dialog is over. */
type Lines = { readonly says: readonly string[]; readonly asks: string | null };

type Scene = {
  /** The dialog with a question open; `asks` is its slot. */
  readonly open: () => Promise<Chat>;
  readonly asks: string;
  /** One sentence, from the very beginning, that answers more than one question. */
  readonly several: { readonly begin: () => Promise<Chat> } & Lines;
  /** Something said before is taken back; `asks` is asked with what hangs on it known anew. */
  readonly correction: Lines;
  readonly skip: Lines;
  /** One answer and a step back. */
  readonly back: Lines;
  readonly restart: Lines;
  /** What is said to give it up, and whether that is asked about first. */
  readonly cancel: { readonly says: readonly string[]; readonly isAsked: boolean };
  /** Until a question with buttons is open. */
  readonly buttons: readonly string[];
  /** A button of a question that is long gone, tapped once more. */
  readonly stale: Lines;
  /** After days: asked whether to go on, or simply asked again. */
  readonly isAskedAfterDays: boolean;
};

let shop: Shop;
let count = 0;
beforeAll(async () => {
  shop = await openShop();
});
afterAll(() => shop.close());

const someone = () => `customer-${++count}`;

async function said(lines: readonly string[], who: string = someone()): Promise<Chat> {
  const chat = await shop.customer(who);
  if (lines.length > 0) await chat.saysAll(...lines);
  return chat;
}

/** A booked visit, and who booked it; a day for each, so that there is room. */
async function booked(): Promise<{ readonly who: string; readonly number: string; readonly chat: Chat }> {
  const who = someone();
  const chat = await said([`空调不制冷,${HOME},${PHONE},王芳`, '不清楚', '1', '确认'], who);
  const number = chat.messages().at(-1)?.body.ticket?.number;
  if (number === undefined) throw new Error(`not booked: ${chat.text()}`);
  return { who, number, chat };
}

async function surveyed(): Promise<Chat> {
  const { number, chat } = await booked();
  await shop.desk.tickets.transit(await shop.staff('admin'), number, 'complete');
  const [survey] = await shop.rows<{ id: Identifier }>(
    'select s.id from survey s join ticket t on t.id = s.ticket_id where t.number = $1',
    [number],
  );
  if (survey === undefined) throw new Error('no survey');
  await chat.sends({ kind: 'event', event: 'survey-due', surveyId: survey.id, reminder: false });
  return chat;
}

const SCENES: Readonly<Record<FlowName, Scene>> = {
  'repair-booking': {
    open: () => said(['空调不制冷']),
    asks: 'address',
    several: { begin: () => said([]), says: [`空调不制冷,${HOME},${PHONE},王芳`], asks: 'model' },
    correction: { says: ['不对,是冰箱'], asks: 'address' },
    skip: { says: [HOME, PHONE, '跳过'], asks: 'window' },
    back: { says: [HOME, '上一步'], asks: 'address' },
    restart: { says: ['重新开始'], asks: 'appliance' },
    cancel: { says: [HOME, '算了不修了'], isAsked: true },
    buttons: [HOME, PHONE, '王芳', '跳过'],
    stale: { says: ['没有序列号'], asks: 'address' },
    isAskedAfterDays: true,
  },
  'appointment-change': {
    open: async () => said(['我要改时间'], (await booked()).who),
    asks: 'window',
    several: {
      begin: async () => {
        const { number } = await booked();
        return said([`${number}这单改到下周二上午,登记的手机${PHONE}`]);
      },
      says: [],
      asks: 'window',
    },
    correction: { says: ['1', '不对,改到下周三上午'], asks: 'window' },
    skip: { says: ['随便'], asks: 'confirm' },
    back: { says: ['1', '上一步'], asks: 'window' },
    restart: { says: ['1', '重新开始'], asks: 'change' },
    cancel: { says: ['算了,不改了'], isAsked: false },
    buttons: [],
    stale: { says: ['改时间'], asks: 'window' },
    isAskedAfterDays: true,
  },
  progress: {
    open: () => said(['我的维修到哪一步了']),
    asks: 'ticket',
    several: {
      begin: async () => {
        const { number } = await booked();
        return said([`${number}修到哪了,手机${PHONE}`]);
      },
      says: [],
      asks: null,
    },
    correction: { says: ['BX-20261120-9001', '单号错了,是BX-20261120-9002'], asks: 'phone' },
    skip: { says: ['跳过'], asks: 'phone' },
    back: { says: ['BX-20261120-9001', '上一步'], asks: 'ticket' },
    restart: { says: ['BX-20261120-9001', '重新开始'], asks: 'ticket' },
    cancel: { says: ['算了,不查了'], isAsked: false },
    buttons: [],
    stale: { says: ['确认'], asks: 'ticket' },
    isAskedAfterDays: false,
  },
  'warranty-lookup': {
    open: () => said(['查保修']),
    asks: 'serial',
    several: { begin: () => said([]), says: ['冰箱2026年3月18号买的还保修吗,有发票'], asks: 'next' },
    correction: { says: ['冰箱,2026年3月18号买的', '说错了,是2024年3月18号买的'], asks: 'proof' },
    skip: { says: ['没有'], asks: 'appliance' },
    back: { says: ['没有', '冰箱', '上一步'], asks: 'appliance' },
    restart: { says: ['没有', '冰箱', '重新开始'], asks: 'serial' },
    cancel: { says: ['算了,不查了'], isAsked: false },
    buttons: [],
    stale: { says: ['5分 很满意'], asks: 'serial' },
    isAskedAfterDays: true,
  },
  complaint: {
    open: () => said(['我要投诉,师傅迟到两个小时还骂人,要求道歉']),
    asks: 'phone',
    several: { begin: () => said([]), says: [`我要投诉,师傅迟到两小时还骂人,我要求道歉,电话${PHONE}`], asks: 'confirm' },
    correction: { says: [PHONE, '不对,我要退费'], asks: 'confirm' },
    skip: { says: ['跳过'], asks: 'confirm' },
    back: { says: [PHONE, '上一步'], asks: 'phone' },
    restart: { says: ['重新开始'], asks: 'what' },
    cancel: { says: ['算了,不投诉了'], isAsked: true },
    buttons: [],
    stale: { says: ['5分 很满意'], asks: 'phone' },
    isAskedAfterDays: true,
  },
  survey: {
    open: surveyed,
    asks: 'score',
    several: { begin: surveyed, says: ['5分,已经修好了'], asks: null },
    correction: { says: ['5', '打错了,是2分'], asks: 'reason' },
    skip: { says: ['2', '不想说'], asks: 'resolved' },
    back: { says: ['4', '上一步'], asks: 'score' },
    restart: { says: ['4', '重新开始'], asks: 'score' },
    cancel: { says: ['不想评'], isAsked: false },
    buttons: [],
    stale: { says: ['确认'], asks: 'score' },
    isAskedAfterDays: false,
  },
};

const ownerOf = async ({ conversationId }: Chat) => (await shop.core.store.readConversation(conversationId))?.owner;
const stateOf = async ({ conversationId }: Chat) => parseState((await shop.core.store.readConversation(conversationId))?.state ?? null);
const flowsOf = async (chat: Chat) => (await stateOf(chat))?.stack.map((it) => it.flow);
const ticketsOf = ({ conversationId }: Chat) => shop.rows('select 1 from ticket where conversation_id = $1', [conversationId]);

async function hold(chat: Chat, { says, asks }: Lines): Promise<Chat> {
  if (says.length > 0) await chat.saysAll(...says);
  expect(chat.asking(), chat.text()).toBe(asks);
  return chat;
}

async function opened(scene: Scene): Promise<Chat> {
  const chat = await scene.open();
  expect(chat.asking(), chat.text()).toBe(scene.asks);
  return chat;
}

const BEHAVIOURS: Readonly<Record<string, (scene: Scene, flow: FlowName) => Promise<void>>> = {
  'several answers in one sentence are all taken': async ({ several }) => {
    await hold(await several.begin(), several);
  },
  'an earlier answer is taken back, and what hangs on it is asked anew': async (scene) => {
    await hold(await opened(scene), scene.correction);
  },
  'a question in between is answered, then the open one again': async (scene) => {
    const chat = await opened(scene);
    await chat.says('上门费多少钱?');
    expect(chat.keys()[0]).toMatch(/^(?:answer\.price|enquiry\.answer)/);
    expect(chat.asking()).toBe(scene.asks);
  },
  'another matter goes first, then this one is taken up again aloud or asked about': async (scene, flow) => {
    const chat = await opened(scene);
    const [other, giveUp] = flow === 'complaint' ? ['帮我查一下保修', '不查了'] : ['我要投诉', '不投诉了'];
    await chat.says(other);
    expect((await flowsOf(chat))?.length).toBe(2);
    await chat.says(giveUp);
    if (chat.asking() === 'cancel') await chat.says('对');
    expect(chat.keys().join(' ')).toMatch(new RegExp(`(?:resumed|resume\\.next)\\.${flow}`));
    expect(await flowsOf(chat)).toEqual([flow]);
    expect(chat.asking()).toBe(scene.asks);
  },
  'S2-057 我要投诉 is heard whatever is asked': async (scene, flow) => {
    const chat = await opened(scene);
    await chat.says('我要投诉');
    expect((await flowsOf(chat))?.at(-1)).toBe('complaint');
    if (flow === 'complaint') expect(await flowsOf(chat)).toEqual(['complaint']);
  },
  'what nobody need say is skipped': async (scene) => {
    await hold(await opened(scene), scene.skip);
  },
  '再说一遍 puts the question again, and is no miss': async (scene) => {
    const chat = await opened(scene);
    for (const _ of [1, 2, 3, 4]) {
      await chat.says('再说一遍');
      expect(chat.asking()).toBe(scene.asks);
    }
    expect(await ownerOf(chat)).toBe('bot');
  },
  '上一步 opens the answer before': async (scene) => {
    await hold(await opened(scene), scene.back);
  },
  '重新开始 begins anew': async (scene) => {
    await hold(await opened(scene), scene.restart);
  },
  'it is given up on a word, asked about first when something would be lost': async (scene, flow) => {
    const chat = await opened(scene);
    await chat.saysAll(...scene.cancel.says);
    if (scene.cancel.isAsked) {
      expect(chat.asking()).toBe('cancel');
      await chat.says('不,继续');
      expect(await flowsOf(chat)).toEqual([flow]);
      expect(chat.asking()).not.toBe('cancel');
      await chat.saysAll(...scene.cancel.says.slice(-1), '对');
    }
    expect(await flowsOf(chat)).toEqual([]);
    expect(chat.keys()).toHaveLength(1);
  },
  'what is half understood is put as two buttons': async (scene) => {
    const chat = await opened(scene);
    const state = await stateOf(chat);
    if (state === null) throw new Error('no state');
    const intent: Intent = 'ask_hours';
    const doubt = { intent, confidence: 0.5, alternatives: [] };
    const { entities } = shop.core.understand('那个事情怎么说', { now: shop.clock.now, timeZone: 'Asia/Shanghai', expects: null });
    const move = route(
      {
        text: '那个事情怎么说',
        understood: { ...doubt, entities },
        answers: NOTHING_SAID,
        enquiry: { kind: 'nothing' },
        likely: { kind: 'nothing' },
      },
      state,
      'bot',
    );
    expect(move).toEqual({ kind: 'clarify', options: [intent] });
  },
  'the third message in a row that moves nothing goes to a person': async (scene) => {
    const chat = await opened(scene);
    await chat.saysAll('#$%', '#$%');
    expect(chat.asking()).toBe(scene.asks);
    await chat.says('#$%');
    expect(await ownerOf(chat)).toBe('queue');
  },
  'silence is asked about once, then left in peace; a survey is not': async (scene, flow) => {
    const chat = await opened(scene);
    const quiet = { kind: 'event', event: 'customer-quiet' } as const;
    await chat.sends(quiet);
    if (flow === 'survey') return chat.hearsNothing();
    expect(chat.keys()[0]).toBe('nudge');
    expect(chat.asking()).toBe(scene.asks);
    await chat.sends(quiet);
    chat.hearsNothing();
  },
  'back after days, the customer is asked whether to go on': async (scene, flow) => {
    const before = shop.clock.now;
    const chat = await opened(scene);
    shop.itIs('2026-11-23T10:00:00+08:00');
    await chat.says('你好');
    if (scene.isAskedAfterDays) {
      chat.hears(`resume.ask.${flow as Exclude<FlowName, 'survey' | 'progress'>}`);
      await chat.says('好的');
    }
    expect(chat.asking()).toBe(scene.asks);
    shop.clock.now = before;
  },
  'a button of an earlier question does nothing but put this one again': async (scene) => {
    const chat = await opened(scene);
    const before = await ticketsOf(chat);
    await hold(chat, scene.stale);
    expect(await ticketsOf(chat)).toEqual(before);
  },
  'a choice is its number, its label or its button': async (scene) => {
    const heard: string[] = [];
    for (const how of ['tap', '1', '１', '第一个'] as const) {
      const chat = await opened(scene);
      if (scene.buttons.length > 0) await chat.saysAll(...scene.buttons);
      const label = chat.messages().at(-1)?.body.choices[0]?.label;
      if (label === undefined) throw new Error(`no buttons: ${chat.text()}`);
      await (how === 'tap' ? chat.taps(label) : chat.says(how));
      heard.push(chat.keys().join(' '));
    }
    expect(new Set(heard).size, heard.join('\n')).toBe(1);
  },
  'the answer is in the language of the customer': async (scene) => {
    const chat = await opened(scene);
    await chat.says('Could you please speak English with me?');
    expect(chat.text()).not.toMatch(/\p{Script=Han}{5}/u);
    expect(chat.asking()).toBe(scene.asks);
    await chat.says('还是说中文吧,再说一遍');
    expect(chat.text()).toMatch(/\p{Script=Han}{3}/u);
    expect(chat.asking()).toBe(scene.asks);
  },
  'a person is given when one is asked for': async (scene) => {
    const chat = await opened(scene);
    await chat.says('转人工');
    expect(await ownerOf(chat)).toBe('queue');
  },
  'danger comes first': async (scene) => {
    const chat = await opened(scene);
    await chat.says('家里有煤气味,好浓');
    expect(chat.keys()[0]).toBe('danger.gas');
  },
};

test('every dialog of the registry has its scene', () => {
  expect(Object.keys(SCENES).sort()).toEqual([...FLOWS].sort());
});

describe.each(FLOWS)('%s', (flow) => {
  test.each(Object.entries(BEHAVIOURS))('%s', async (_, behaviour) => {
    await behaviour(SCENES[flow], flow);
  });
});
