/** The same desk through wechaty's own mock puppet: another puppet can be plugged in, and its own quirks stay outside. */
import { FileBox, type FileBoxInterface } from 'file-box';
import { afterEach, expect, test } from 'vitest';
import { types } from 'wechaty-puppet';
import { PuppetMock } from 'wechaty-puppet-mock';
import { createWechat, type WechatChannel } from '../../../src/channels/wechat/wechat.ts';
import type { Core } from '../../../src/core.ts';
import { whoHelps } from '../../../src/desk/handoff-words.ts';
import type { Identifier } from '../../../src/domain/identifier.ts';
import { DEFAULT_POLICY } from '../../../src/domain/policy.ts';
import { deskStore } from '../../../src/store/desk/desk-store.ts';
import { platformStore } from '../../../src/store/platform/platform-store.ts';
import type { CleanFile } from '../../../src/turn/clean-file.ts';
import { openShop } from '../../support/chat.ts';
import { openTestCore, type TestCore } from '../../support/core.ts';
import { freshDatabase } from '../../support/database.ts';
import { aFile } from '../../support/files.ts';
import { rowsAt } from '../../support/store-rows.ts';
import { SAMPLES } from '../../support/wechat-media.ts';

const POLICY = { ...DEFAULT_POLICY, burstMilliseconds: { ...DEFAULT_POLICY.burstMilliseconds, wechat: 50 } };
const PATIENCE = { timeout: 20_000, interval: 50 };

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

type Chat = {
  readonly channel: WechatChannel;
  readonly core: TestCore;
  readonly puppet: PuppetMock;
  readonly rows: ReturnType<typeof rowsAt>;
  /** Says something, or with null nothing, and waits for what comes next. */
  readonly ask: (something: string | FileBoxInterface | null) => Promise<string>;
  readonly customer: ReturnType<PuppetMock['mocker']['createContact']>;
  readonly us: ReturnType<PuppetMock['mocker']['createContact']>;
};

async function openChat(): Promise<Chat> {
  const database = await freshDatabase();
  const core = await openTestCore({ url: database.url, policy: POLICY, demoData: 'yes' });
  closing.push(database.drop, core.stop);
  return { core, rows: rowsAt(database.url), ...(await talkThroughMock(core)) };
}

/** Somebody beside us on wechaty's mock, in front of this core. */
async function talkThroughMock(core: Core): Promise<Pick<Chat, 'channel' | 'puppet' | 'ask' | 'customer' | 'us'>> {
  const puppet = new PuppetMock();
  const channel = createWechat({
    through: puppet,
    secret: Buffer.alloc(32, 7),
    openConversation: core.store.openConversation,
    accept: core.store.accept,
    acceptWithAttachments: core.store.acceptWithAttachments,
    cleanFile: core.cleanFile,
    platform: platformStore(core.store, POLICY.wechat.sends),
    choiceOf: async () => null,
    productOf: () => null,
    readKeptFile: core.store.readKeptFile,
    fileUrl: core.fileUrl,
    turnSoon: core.turns.turnSoon,
    tellsOfDanger: core.tellsOfDanger,
    deliverSoon: () => undefined,
    callStaff: ({ reason, key }) => core.callStaff(reason, key),
    policy: POLICY,
    timeZone: 'Asia/Shanghai',
    makeIdentifier: core.makeIdentifier,
    now: core.now,
    log: () => undefined,
  });
  core.addChannel('wechat', channel.send, []);
  closing.push(channel.stop);
  await channel.start();
  const [us, customer] = [puppet.mocker.createContact({ name: 'the desk' }), puppet.mocker.createContact({ name: 'somebody' })];
  puppet.mocker.login(us);
  const said = (): readonly string[] =>
    [...puppet.mocker.cacheMessagePayload.values()].filter((it) => it.talkerId === us.id).map((it) => it.text ?? '');
  const ask = async (something: string | FileBoxInterface | null) => {
    const before = said().length;
    if (something !== null) customer.say(something).to(us);
    await expect.poll(() => said().length, PATIENCE).toBeGreaterThan(before);
    await core.turns.idle();
    await core.deliveries.idle();
    return said().slice(before).join('\n');
  };
  return { channel, puppet, ask, customer, us };
}

test('a repair is booked by words and numbers, with a photo beside', async () => {
  const { ask, rows } = await openChat();
  await ask('空调不制冷，想报修');
  await ask('北京市朝阳区望京街道阜通东大街6号院3号楼1501');
  await ask(FileBox.fromBase64(Buffer.from(SAMPLES.image).toString('base64'), 'label.png'));
  await ask('13812345678');
  await ask('王芳，型号不知道');
  expect(await ask('1')).toMatch(/确认|对吗/);
  expect(await ask('确认')).toMatch(/BX-\d{8}-\d{4}/);
  expect(await rows(`select channel, status from ticket`)).toEqual([{ channel: 'wechat', status: 'scheduled' }]);
  expect(await rows(`select content_type, ticket_id is not null as tied from attachment`)).toEqual([
    { content_type: 'image/png', tied: true },
  ]);
});

test('a picture that comes while too many are being cleaned waits, and is kept', async () => {
  const database = await freshDatabase();
  const core = await openTestCore({ url: database.url, policy: POLICY, demoData: 'yes' });
  closing.push(database.drop, core.stop);
  let asked = 0;
  const cleanFile: CleanFile = async (kind, bytes) => (asked++ === 0 ? { kind: 'busy' } : await core.cleanFile(kind, bytes));
  const { ask } = await talkThroughMock({ ...core, cleanFile });
  await ask(FileBox.fromBase64(Buffer.from(SAMPLES.image).toString('base64'), 'label.png'));
  expect(asked).toBe(2);
  expect(await rowsAt(database.url)(`select content_type from attachment`)).toEqual([{ content_type: 'image/png' }]);
});

test('a complaint gets its number, and a finished repair is asked about', async () => {
  const policy = {
    ...POLICY,
    burstMilliseconds: { ...POLICY.burstMilliseconds, wechat: 0 },
    survey: { ...POLICY.survey, delayMinutes: 0 },
  };
  const shop = await openShop(undefined, policy);
  closing.push(shop.close);
  const { ask } = await talkThroughMock(shop.core);
  await ask('我要投诉，师傅上门多收了我两百块钱');
  await ask('退费');
  await ask('13812345678');
  expect(await ask('确认')).toMatch(/TS-202611-0001/);
  await ask('空调不制冷，想报修');
  await ask('北京市朝阳区望京街道阜通东大街6号院3号楼1501');
  for (const answer of ['13812345678', '王芳，型号不知道', '1']) {
    const said = await ask(answer);
    if (/核对/.test(said)) break;
  }
  const number = /BX-\d{8}-\d{4}/.exec(await ask('确认'))?.[0] ?? '';
  expect(await shop.desk.tickets.transit(await shop.staff('dispatcher'), number, 'complete')).toMatchObject({ kind: 'done' });
  const asked = ask(null);
  await shop.core.rounds.find((it) => it.name === 'surveys')?.round();
  expect(await asked).toMatch(/1.*5|打几分|评/s);
  expect(await ask('5')).toMatch(/谢/);
});

test('warranty, complaint and the way to a person work the same', async () => {
  const { ask, rows } = await openChat();
  expect(await ask('查保修，序列号 DEMO2026IN0001')).toMatch(/整机保1年/);
  await ask('我要投诉，师傅态度很差，骂人');
  expect(await ask('转人工')).toMatch(/同事|人工|客服/);
  expect(await rows(`select status from handoff`)).toEqual([{ status: 'queued' }]);
});

test('our own words, rooms and what is long past are left alone', async () => {
  const { puppet, customer, us, rows, ask } = await openChat();
  us.say('我自己说的').to(customer);
  const room = puppet.mocker.createRoom({ memberIdList: [customer.id, us.id] });
  customer.say('群里说的').to(room);
  puppet.mocker.cacheMessagePayload.set('old', {
    id: 'old',
    talkerId: customer.id,
    listenerId: us.id,
    text: '很久以前说的',
    type: 7,
    timestamp: Date.now() - 24 * 3_600_000,
  });
  puppet.emit('message', { messageId: 'old' });
  await ask('你好');
  expect(await rows(`select count(*)::int as count from message where direction = 'in'`)).toEqual([{ count: 1 }]);
});

test('the same message twice is one, and a puppet that fails is no end', async () => {
  const { puppet, customer, rows, ask } = await openChat();
  await ask('你好');
  const first = [...puppet.mocker.cacheMessagePayload.values()].find((it) => it.talkerId === customer.id);
  puppet.emit('message', { messageId: first?.id ?? '' });
  puppet.emit('message', { messageId: 'nobody knows' });
  puppet.emit('error', { data: 'broken', gerror: '{}' });
  await ask('查保修');
  expect(await rows(`select count(*)::int as count from message where direction = 'in'`)).toEqual([{ count: 2 }]);
});

test('a puppet that is not logged in is named, and nobody is told that all is well', async () => {
  const { channel, puppet } = await openChat();
  expect(await channel.troubles()).toEqual([]);
  await puppet.logout();
  expect(await channel.troubles()).toMatchObject([{ reason: 'wechat-not-started' }]);
});

test('a picture of staff goes as a picture through any puppet, a PDF as a link', async () => {
  const { core, puppet, us, ask, rows } = await openChat();
  await ask('人工');
  const [handoff] = await rows<{ id: Identifier; conversation_id: Identifier }>('select id, conversation_id from handoff');
  const id = handoff?.id ?? core.makeIdentifier();
  const desk = deskStore(core.store).handoffs;
  const member = { id: core.makeIdentifier(), name: '李敏' };
  await core.store.pool.query(
    "insert into staff (id, name, email, role, token_hash, created_at) values ($1, $2, 'a@b.c', 'agent', 'x', now())",
    [member.id, member.name],
  );
  const change = { at: core.now(), actor: `staff:${member.id}`, action: 'handoff.reply', subject: `handoff:${id}`, details: {} } as const;
  await desk.claim(id, member, whoHelps('handoff.claimed', member, { ...core, timeZone: 'Asia/Shanghai' }), change);
  const files = [
    { id: core.makeIdentifier(), name: '滤网.png', contentType: 'image/png', bytes: SAMPLES.image, thumbnail: null },
    { id: core.makeIdentifier(), name: '说明书.pdf', contentType: 'application/pdf', bytes: aFile('pdf'), thumbnail: null },
  ];
  await desk.say({ handoffId: id, owner: member.id, change }, { id: core.makeIdentifier(), speaker: null, text: '照这样装', files }, 50);
  await core.deliveries.sweep();
  const sent = () => [...puppet.mocker.cacheMessagePayload.values()].filter((it) => it.talkerId === us.id).slice(-2);
  await expect.poll(() => sent().map((it) => it.type), PATIENCE).toEqual([types.Message.Text, types.Message.Image]);
  const [words, picture] = sent();
  // In one send with the word on who helps, which nobody has sent yet.
  expect(words?.text).toBe(`李敏来帮您了，前面说的都能看到，不用再说一遍。\n\n照这样装\n说明书.pdf\n${core.fileUrl(files[1]?.id ?? id)}`);
  const shown = await puppet.messageFile(picture?.id ?? '');
  expect(Buffer.compare(await shown.toBuffer(), SAMPLES.image)).toBe(0);
});
