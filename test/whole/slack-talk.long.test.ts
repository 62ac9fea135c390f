/**
 * A customer on the web page and a colleague in Slack talk, twenty messages each way, with notes between, second thoughts and
 * a slip of the hand: each hears all of the other, once and in order, and neither hears what is not theirs.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { aFile } from '../support/files.ts';
import { DESK_CHANNEL } from '../support/slack-desk.ts';
import { type Chat, heardBy, marked, marks, openSlackChats, PATIENCE_MILLISECONDS, type SlackChats, threadOf } from './slack-chats.ts';

vi.setConfig({ testTimeout: 180_000 });

const LINES = 20;
const TYPING_MILLISECONDS = 300;
const PHONE = '13800138000';
const ADDRESS = '望京街道阜通东大街6号院3号楼1501';

let chats: SlackChats;
let chat: Chat;
beforeAll(async () => {
  chats = await openSlackChats({ policy: { slack: { digestAt: null, holdSeconds: 3 } }, slack: { echoes: true } });
}, 120_000);
afterAll(() => chats.close(), 60_000);

describe('twenty messages each way', () => {
  beforeAll(async () => {
    const { wang, li, slack } = chats;
    chat = await chats.aClaimedHandoff();
    const inThread = { threadTs: chat.card.ts };
    const customerSays = async () => {
      for (const text of marks('客', 1, LINES)) {
        const more: Readonly<Record<string, string>> = { 客05: `我的电话是${PHONE}`, 客09: `地址是北京市朝阳区${ADDRESS}` };
        await chat.customer.say(`${text} ${more[text] ?? '空调还是不制冷'}`);
        await pause(TYPING_MILLISECONDS);
      }
    };
    const wangSays = async () => {
      const notes = ['备注: 内情甲', '备注：内情乙', 'note: 内情丙', 'Note：内情丁'];
      for (const [index, text] of marks('员', 1, LINES).entries()) {
        const said = await wang.say(DESK_CHANNEL, `${text} ${index === 6 ? '师傅三点倒' : '好的'} <@${li.id}>`, inThread);
        if (index === 6) await wang.edit(said, `${text} 师傅三点到`);
        const note = index % 5 === 2 ? notes[(index - 2) / 5] : undefined;
        if (note !== undefined) await wang.say(DESK_CHANNEL, note, inThread);
        if (index === 11) await wang.remove(await wang.say(DESK_CHANNEL, '内情戊，发错了', inThread));
        if (index === 14) await li.say(DESK_CHANNEL, '内情己，我来说一句', inThread);
        await pause(TYPING_MILLISECONDS);
      }
    };
    await Promise.all([customerSays(), wangSays()]);
    await slack.waitFor(() => marked('员', heardBy(chat.customer)).length >= LINES, 'all of the colleague', PATIENCE_MILLISECONDS);
    await chats.allPosted();
  }, 180_000);

  it('reach the other side, none lost, none twice, each in its order', () => {
    const { customer } = chat;
    const thread = threadOf(chats, chat).filter((post) => post.isBot);
    expect(
      marked(
        '客',
        thread.map((post) => post.shown),
      ),
    ).toEqual(marks('客', 1, LINES));
    expect(marked('员', heardBy(customer))).toEqual(marks('员', 1, LINES));
    expect(customer.doubled()).toBe(0);
    expect(
      marked(
        '员',
        thread.map((post) => post.shown),
      ),
    ).toEqual([]);
  });

  it('tell the customer nothing that is not theirs', () => {
    const heard = JSON.stringify(chat.customer.messages);
    const mine = heardBy(chat.customer);
    expect(mine.some((text) => text.includes('师傅三点到'))).toBe(true);
    expect(mine.join('\n')).not.toMatch(/备注|note|内情|三点倒|<@|<|@U/iu);
    for (const id of [chats.wang.id, chats.li.id, DESK_CHANNEL, chat.card.ts]) expect(heard).not.toContain(id);
  });

  it('tell Slack no full number and no door', () => {
    const told = chats.slack.allText();
    expect(told).not.toContain(PHONE);
    expect(told).not.toContain('1501');
    expect(told).not.toMatch(/6号院|3号楼/u);
    expect(told).toMatch(/138\*+8000/u);
    expect(told).toContain('北京市朝阳区');
  });

  it('are marked, each by what became of it', async () => {
    const { slack } = chats;
    const theirs = threadOf(chats, chat).filter((post) => !post.isBot);
    const wanted = (text: string) => {
      if (text.includes('内情己')) return 'grey_question';
      return text.includes('内情') ? 'lock' : 'white_check_mark';
    };
    for (const { ts, text } of theirs)
      await slack.waitFor(() => slack.reactions(DESK_CHANNEL, ts).includes(wanted(text)), `a mark on ${text}`, PATIENCE_MILLISECONDS);
    expect(theirs).toHaveLength(LINES + 5);
    expect(slack.callsOf('reactions.add').filter((call) => call.answer === 'ok')).toHaveLength(LINES + 5);
  });
});

it('S2-024 a photo of the customer is a link in the thread, and who follows it is on record', async () => {
  const { slack, desk, api } = chats;
  const bytes = aFile('jpeg', 5_000);
  const contentUrl = `data:image/jpeg;base64,${Buffer.from(bytes).toString('base64')}`;
  await chat.customer.send({ type: 'message', attachments: [{ contentType: 'image/jpeg', contentUrl, name: '铭牌.jpg' }] });
  const linkIn = () =>
    threadOf(chats, chat).flatMap((post) => /<(http[^|>]+\/files\/[^|>]+)\|/u.exec(JSON.stringify(post.blocks))?.[1] ?? []);
  const link = await slack.waitFor(() => linkIn()[0], 'the link', PATIENCE_MILLISECONDS);
  const opened = await fetch(`${desk.url}${new URL(link).pathname}`);
  expect([opened.status, (await opened.arrayBuffer()).byteLength]).toEqual([200, bytes.length]);
  const { body } = await api<{ items: { actor: string; details: object }[] }>('GET', '/audit?action=attachment.read');
  expect(body.items).toMatchObject([{ actor: 'link:slack', details: { by: `link in Slack ${DESK_CHANNEL}/${chat.card.ts}` } }]);
});
