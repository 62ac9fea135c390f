/** S2-024: a ticket is shown only to its own account, or to who has its number and its full phone. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Chat, openShop, type Shop } from '../support/chat.ts';

let shop: Shop;
let number: string;
beforeAll(async () => {
  shop = await openShop();
  const chat = await shop.customer('the-owner');
  await chat.saysAll(`空调不制冷,后天下午三点,${HOME},${PHONE}`, '王芳', '确认');
  chat.hears('booked');
  const [ticket] = await shop.rows<{ number: string }>('select number from ticket where conversation_id = $1', [chat.conversationId]);
  number = ticket?.number ?? '';
});
beforeEach(() => shop.itIs('2026-11-20T10:00:00+08:00'));
afterAll(() => shop.close());

const HOME = '北京市朝阳区望京街道阜通东大街6号院3号楼1501';
const PHONE = '13800138000';
const WRONG = '13900139000';
/** As well formed as a true one. */
const NO_SUCH = 'BX-20261120-9876';

const SECRET = /阜通|望京|王芳|11月22日|1380013|空调/;

/** Everything the bot has said to a chat, not only last; the greeting has an example in it. */
async function allSaid(chat: Chat): Promise<string> {
  const log = await shop.core.store.readLog(chat.conversationId, 0, 500);
  return log
    .flatMap((it) =>
      it.from === 'bot' && !it.body.dialog.reply.includes('greeting')
        ? [it.body.text, ...it.body.choices.map((choice) => choice.label)]
        : [],
    )
    .join('\n');
}

async function summaryOf(chat: Chat) {
  const [row] = await shop.rows<{ reason: string; summary_sealed: Buffer }>(
    'select reason, summary_sealed from handoff where conversation_id = $1',
    [chat.conversationId],
  );
  if (row === undefined) throw new Error('a person was called');
  return { reason: row.reason, ...(JSON.parse(shop.core.store.seal.open('handoff.summary', row.summary_sealed)) as object) };
}

describe('from another account', () => {
  test('S2-024 number and phone together open it', async () => {
    const chat = await shop.customer();
    await chat.says('查一下我的维修进度');
    chat.hears('ask.ticket');
    await chat.says(number);
    chat.hears('ask.phone.proof');
    await chat.says(PHONE);
    chat.hears('progress.booked', 'link.offer');
    expect(chat.text()).toContain(number);
  });

  test('S2-024 both in one message, and the visit can be changed', async () => {
    const chat = await shop.customer();
    await chat.says(`帮我改一下时间,单号${number},手机号${PHONE}`);
    expect(chat.asking()).toBe('window');
    await chat.says('算了,不改了');
    chat.hears('change.kept');
  });

  test('S2-024 the number alone shows nothing, nor does the phone', async () => {
    const chat = await shop.customer();
    await chat.saysAll(`${number} 到哪了`);
    chat.hears('ask.phone.proof');
    expect(await allSaid(chat)).not.toMatch(SECRET);
    const other = await shop.customer();
    await other.saysAll('查进度', PHONE);
    other.hears('ask.ticket');
    expect(await allSaid(other)).not.toMatch(SECRET);
  });

  test('S2-024 a wrong phone, a wrong number and a number that never was get the same words', async () => {
    const said = await Promise.all(
      [
        [number, WRONG],
        [NO_SUCH, PHONE],
        [NO_SUCH, WRONG],
      ].map(async ([told = '', phone = '']) => {
        const chat = await shop.customer();
        await chat.saysAll('查进度', told, phone);
        chat.hears('ask.ticket.refused');
        return chat.text();
      }),
    );
    expect(new Set(said).size).toBe(1);
    expect(said[0]).toContain('还可以试4次');
    expect(said[0]).not.toMatch(SECRET);
  });
});

describe('guessing', () => {
  const guess = async (chat: Chat, times: number) => {
    for (let tries = 0; tries < times; tries++) await chat.saysAll(NO_SUCH, PHONE);
  };

  test('S2-024 five wrong tries an hour: a person; the right pair is refused for the rest of the hour, and works after it', async () => {
    const chat = await shop.customer('who-guesses');
    await chat.says('查进度');
    await guess(chat, 4);
    chat.hears('ask.ticket.refused');
    expect(chat.text()).toContain('还可以试1次');
    await guess(chat, 1);
    expect(chat.keys()[0]).toBe('handoff.proof-failed');
    expect(await summaryOf(chat)).toMatchObject({ reason: 'proof-failed' });
    expect(await allSaid(chat)).not.toMatch(SECRET);

    shop.itIs('2026-11-20T10:30:00+08:00');
    const again = await shop.customer('who-guesses');
    await again.saysAll('查进度', number, PHONE);
    expect(again.keys()[0]).toBe('handoff.proof-failed');
    expect(await allSaid(again)).not.toMatch(SECRET);

    shop.itIs('2026-11-20T11:00:01+08:00');
    const later = await shop.customer('who-guesses');
    await later.saysAll('查进度', number, PHONE);
    later.hears('progress.booked', 'link.offer');
  });

  test('S2-024 a right pair in between is no wrong try, and another account is not locked out', async () => {
    const chat = await shop.customer('who-mistypes');
    await chat.says('查进度');
    await guess(chat, 2);
    await chat.saysAll(number, PHONE);
    chat.hears('progress.booked', 'link.offer');
    expect(
      await shop.rows("select 1 from wrong_proof w join channel_account a on a.id = w.account_id where a.external_id = 'who-mistypes'"),
    ).toHaveLength(2);
  });
});

describe('without a number', () => {
  test.each(['没有单号', '忘了', '找不到了'])(
    'S2-024 %s: the phone, then a person, who sees which tickets it may be; the customer sees none',
    async (said) => {
      const chat = await shop.customer();
      await chat.saysAll('查进度', said);
      chat.hears('ask.phone.no-number');
      await chat.says(PHONE);
      expect(chat.keys()[0]).toBe('handoff.no-number');
      expect(await summaryOf(chat)).toMatchObject({ reason: 'no-ticket-number', flow: 'progress', possibleTickets: [number] });
      expect(await allSaid(chat)).not.toMatch(SECRET);
      expect(await allSaid(chat)).not.toContain(number);
    },
  );

  test('S2-024 staff link the customer, give the chat back, and the progress is told', async () => {
    const chat = await shop.customer();
    await chat.saysAll('查进度', '没有单号', PHONE);
    const [handoff] = await shop.rows<{ id: string }>('select id from handoff where conversation_id = $1', [chat.conversationId]);
    const agent = await shop.staff('agent');
    await shop.desk.handoffs.claim(agent, handoff?.id as never);
    await shop.desk.handoffs.link(agent, handoff?.id as never, { customerTicket: number, confirmed: true });
    await shop.desk.handoffs.release(agent, handoff?.id as never, 'bot');
    await shop.settled();
    expect(chat.keys()).toContain('handoff.back');
    expect(chat.keys().at(-1)).toBe('progress.booked');
  });
});

test('S2-024 guesses from ever new accounts at one phone are counted together, and then the right pair is refused too', async () => {
  const phone = '13800138777';
  const owner = await shop.customer();
  await owner.saysAll('空调不制冷,后天下午三点,北京市朝阳区望京街道阜通东大街6号院3号楼1777', phone, '王芳', '确认');
  const number = /BX-\d{8}-\d{4}/.exec(owner.text())?.[0] ?? '';
  for (let guess = 1; guess <= 10; guess++) {
    const stranger = await shop.customer();
    await stranger.saysAll('我的维修到哪了', `BX-20261120-${9000 + guess}`, phone);
    expect(stranger.keys()).not.toContain('progress.booked');
  }
  const stranger = await shop.customer();
  await stranger.saysAll('我的维修到哪了', number, phone);
  expect(stranger.keys()[0]).toBe('handoff.proof-failed');
  await owner.says('我的维修到哪了');
  owner.hears('progress.booked');
});
