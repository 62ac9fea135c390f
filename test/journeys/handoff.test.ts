import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Chat, openShop, type Shop } from '../support/chat.ts';

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
});
afterAll(() => shop.close());

const HOME = '北京市朝阳区望京街道阜通东大街6号院3号楼1501';

/** The handoff of a chat and what staff read of it first. */
async function handoffOf(chat: Chat) {
  const [row] = await shop.rows<{ id: string; reason: string; status: string; summary_sealed: Buffer }>(
    'select id, reason, status, summary_sealed from handoff where conversation_id = $1',
    [chat.conversationId],
  );
  if (row === undefined) return null;
  const { flow, asking, known } = JSON.parse(shop.core.store.seal.open('handoff.summary', row.summary_sealed)) as Record<string, unknown>;
  return { id: row.id, reason: row.reason, status: row.status, flow, asking, known };
}

describe('to a person', () => {
  test('人工: the queue is told honestly, staff read what is known, and what is written meanwhile is noted once', async () => {
    const chat = await shop.customer();
    await chat.saysAll('我家空调不制冷', '北京市朝阳区望京街道阜通东大街6号院');
    await chat.says('转人工');
    expect(chat.keys()[0]).toMatch(/^handoff\.(?:next|waiting)$/);
    expect(chat.text()).toMatch(/大约\d+分钟。情况可以先发在这里/);
    expect(await handoffOf(chat)).toMatchObject({
      reason: 'asked',
      status: 'queued',
      flow: 'repair-booking',
      asking: 'address',
      known: { fault: '空调不制冷', address: '北京市朝阳区望京街道阜通东大街6号院' },
    });
    await chat.says('已经三天了');
    chat.hears('handoff.noted');
    await chat.says('在吗');
    chat.hearsNothing();
    await chat.says('不等了,继续报修');
    chat.hears('handoff.withdrawn', 'resumed.repair-booking', 'ask.address.detail');
    expect(await handoffOf(chat)).toMatchObject({ status: 'resolved' });
  });

  test('after a claim the bot is silent, after the release it goes on where it was', async () => {
    const chat = await shop.customer();
    await chat.saysAll('冰箱漏水', '人工');
    const agent = await shop.staff('agent');
    const handoff = await handoffOf(chat);
    await shop.desk.handoffs.claim(agent, handoff?.id as never);
    await shop.settled();
    await chat.says(HOME);
    chat.hearsNothing();
    await shop.desk.handoffs.release(agent, handoff?.id as never, 'bot');
    await shop.settled();
    chat.hears('handoff.back', 'resumed.repair-booking', 'ask.address');
    await chat.says(HOME);
    chat.hears('ask.phone');
  });

  test('three messages that move nothing: a person, with the summary; given back, the question is open again', async () => {
    const chat = await shop.customer();
    await chat.saysAll('空调不制冷', 'asdf', '9', 'qwer zxcv');
    expect(chat.keys()[0]).toBe('handoff.misses');
    const handoff = await handoffOf(chat);
    expect(handoff).toMatchObject({ reason: 'misses', flow: 'repair-booking', known: { fault: '空调不制冷' } });
    const agent = await shop.staff('agent');
    await shop.desk.handoffs.claim(agent, handoff?.id as never);
    await shop.settled();
    await chat.says('我发的是地址');
    chat.hearsNothing();
    await shop.desk.handoffs.release(agent, handoff?.id as never, 'bot');
    await shop.settled();
    chat.hears('handoff.back', 'resumed.repair-booking', 'ask.address');
  });

  test('abuse is met with an apology and a person, never with blame', async () => {
    const chat = await shop.customer();
    await chat.saysAll('空调不制冷', '你们这群骗子 滚蛋 什么垃圾公司');
    expect(chat.keys()[0]).toBe('handoff.abuse');
    expect(chat.text()).not.toMatch(/[!\uff01\p{Extended_Pictographic}]/u);
    expect(await handoffOf(chat)).toMatchObject({ reason: 'abuse', known: { fault: '空调不制冷' } });
  });

  test('at night the customer is told when people are back, and can go on', async () => {
    shop.itIs('2026-11-20T22:40:00+08:00');
    const chat = await shop.customer();
    await chat.saysAll('冰箱不制冷', '人工');
    chat.hears('handoff.after-hours');
    expect(chat.text()).toBe(
      '现在是22:40,人工客服明天08:30上班,会先回您。报修、改时间我现在就能办,说"继续"就行;有漏电、燃气味这类危险,请直接说。',
    );
    await chat.says('继续报修');
    chat.hears('handoff.withdrawn', 'resumed.repair-booking', 'ask.address');
    shop.itIs('2026-11-20T10:00:00+08:00');
  });
});

describe('a question in between', () => {
  test.each([
    ['修一下大概多少钱', 'answer.price.list'],
    ['你们几点下班', 'enquiry.answer'],
    ['你是机器人吗', 'answer.robot'],
    ['谢谢', 'thanks'],
  ] as const)('%s is answered, then the open question stands again', async (question, key) => {
    const chat = await shop.customer();
    await chat.saysAll('洗衣机漏水', HOME, question);
    chat.hears(key, 'ask.phone');
    await chat.says('13800138000');
    chat.hears('ask.name');
  });

  test('再说一遍 and 上一步 are no misses', async () => {
    const chat = await shop.customer();
    await chat.saysAll('洗衣机漏水', HOME, '没听清,再说一遍');
    chat.hears('ask.phone');
    await chat.says('上一步');
    chat.hears('ask.address');
  });

  test.each(['算了不修了', '不用了 先不约了', '取消吧'])('%s ends it with nothing booked', async (said) => {
    const chat = await shop.customer();
    await chat.saysAll('电视黑屏', said);
    chat.hears('cancelled');
    await chat.says('冰箱不制冷');
    chat.hears('ask.address');
  });
});

describe('bad input', () => {
  test('too long, empty and unreadable messages are answered, and what was said before stands', async () => {
    const chat = await shop.customer();
    await chat.says('空调不制冷');
    for (const why of ['too-long', 'empty', 'unsupported'] as const) {
      await chat.sends({ kind: 'unreadable', why });
      chat.hears(`unreadable.${why}`, 'ask.address');
    }
    await chat.says(HOME);
    chat.hears('ask.phone');
  });

  test.each([
    ['emoji only', '😀😀'],
    ['markup', '<script>alert(1)</script><img src=x onerror=alert(1)>'],
    ['a choice there is not', '9'],
    ['control characters', 'a\u0001\u0002b'],
    ['a button of an earlier question', '空调'],
    ['four thousand characters', '哈'.repeat(4_000)],
  ])('%s at the address is met with the question again, and the process lives', async (_, said) => {
    const chat = await shop.customer();
    await chat.taps('报修');
    await chat.saysAll('空调', '不制冷', said);
    expect(chat.asking()).toBe('address');
    await chat.says(HOME);
    chat.hears('ask.phone');
  });

  test('markup in a fault is text, read back as it was typed', async () => {
    const chat = await shop.customer();
    await chat.saysAll('电视坏了', '屏幕上有<b>条纹</b>', `${HOME},13800138000,明天下午三点`, '王芳');
    expect(chat.text()).toContain('<b>条纹</b>');
  });

  test('a number chooses only what is offered now: 2 at the phone is no window', async () => {
    const chat = await shop.customer();
    await chat.saysAll(`空调不制冷,${HOME}`, '2');
    chat.hears('ask.phone.again');
  });
});

test('S2-061 waiting for a person, who is hurt or asked to pay privately hears a word at once, and staff are paged once', async () => {
  const chat = await shop.customer();
  await chat.saysAll('转人工', '师傅拆机器的时候砸到我的脚,流血了');
  chat.hears('complaint.concern');
  await chat.says('还有个自称你们公司的人让我先转300定金');
  chat.hears('complaint.private-payment');
  await chat.says('他又让我转账给他个人微信');
  const pages = await shop.rows<{ reason: string }>('select reason from page where conversation_id = $1 order by reason', [
    chat.conversationId,
  ]);
  expect(pages.map((it) => it.reason)).toEqual(['complaint-urgent', 'private-payment']);
});
