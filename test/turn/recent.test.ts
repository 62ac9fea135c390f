/** What a process remembers of a conversation is what the rows say: another process, which remembers nothing, reads the same. */
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { createRecent } from '../../src/store/recent.ts';
import { aCustomer, openTestCore, type TestCore } from '../support/core.ts';
import { type FreshDatabase, freshDatabase, newId } from '../support/database.ts';

const TALK = [
  '我要报修',
  '空调不制冷\uFF0C还有冰箱漏水',
  '北京市朝阳区望京街道阜通东大街6号院3号楼1501',
  '13800138000',
  '王小明\uFF0C型号不知道 \u0000 \ud83d',
  '等等\uFF0C保修还有多久',
  '都行',
  '确认',
];

let database: FreshDatabase;
let here: TestCore;
let there: TestCore;
beforeAll(async () => {
  database = await freshDatabase();
  here = await openTestCore({ url: database.url, demoData: 'yes', channels: { 'web-chat': delivered } });
  there = await openTestCore({ url: database.url, channels: { 'web-chat': delivered } });
});
afterAll(async () => {
  await here.stop();
  await there.stop();
  await database.drop();
});

const delivered: Parameters<TestCore['addChannel']>[1] = (_, messages) => Promise.resolve(messages.map(() => ({ kind: 'delivered' })));

/** Its number is counted only while it is written. */
const COMPLAINT = ['我要投诉\uFF0C师傅态度太差了\uFF0C让他道歉', '13800138000', '确认', '谢谢'];

test.each([
  ['a booking', TALK],
  ['a complaint', COMPLAINT],
])('after every turn of %s, and before it', async (_, talk) => {
  const { conversationId, post } = await aCustomer(here);
  for (const text of talk) {
    await post(here, text);
    expect(await here.store.readConversation(conversationId)).toEqual(await there.store.readConversation(conversationId));
    here.turns.turnSoon(conversationId);
    await here.turns.idle();
    const read = await here.store.readConversation(conversationId);
    expect(read).toEqual(await there.store.readConversation(conversationId));
    expect(read?.unapplied).toEqual([]);
  }
});

test('when the other process has taken a turn meanwhile', async () => {
  const { conversationId, say } = await aCustomer(here);
  await say(here, '空调不制冷');
  await here.turns.idle();
  await say(there, '13800138000');
  await there.turns.idle();
  const read = await here.store.readConversation(conversationId);
  expect(read).toEqual(await there.store.readConversation(conversationId));
  expect(read?.revision).toBe(2);
  await say(here, '北京市朝阳区望京街道阜通东大街6号院3号楼1501');
  await here.turns.idle();
  expect(await there.store.readConversation(conversationId)).toEqual(await here.store.readConversation(conversationId));
});

test('a turn reads nothing where this process answered everything before it, and reads where another said something', async () => {
  const { conversationId, post } = await aCustomer(here);
  const asked = vi.spyOn(here.store.pool, 'query');
  const reads = () => asked.mock.calls.filter(([it]) => (it as { readonly name?: string }).name === 'read-conversation').length;
  const take = async () => {
    here.turns.turnSoon(conversationId);
    await here.turns.idle();
  };
  await post(here, '空调不制冷');
  await take();
  await post(here, '北京市朝阳区望京街道阜通东大街6号院3号楼1501');
  await take();
  expect(reads()).toBe(0);
  await post(there, '13800138000');
  await post(here, '王小明');
  await take();
  expect(reads()).toBeGreaterThan(0);
  asked.mockRestore();
  expect(await there.store.readConversation(conversationId)).toMatchObject({ revision: 4, unapplied: [] });
  const log = await there.store.readLog(conversationId, 0, 20);
  expect(log.flatMap((it) => (it.from === 'customer' && 'text' in it.body ? [it.body.text] : [])).at(-1)).toBe('王小明');
});

test('it holds so many conversations and no more, and can be told to forget', () => {
  const recent = createRecent();
  const ids = Array.from({ length: 2_001 }, newId);
  for (const id of ids) recent.keepState(id, { revision: 1, lastSeq: null, state: id });
  expect(recent.stateOf(ids[0] as (typeof ids)[number])).toBeNull();
  expect(recent.stateOf(ids[1] as (typeof ids)[number])).toEqual({ revision: 1, lastSeq: null, state: ids[1] });
  recent.clear();
  expect(recent.stateOf(ids[2] as (typeof ids)[number])).toBeNull();
});
