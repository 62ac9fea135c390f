/** One customer on two channels: put together by proof and a yes on the account known before, and by nothing less (S2-024). */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { ChatChannel } from '../../src/domain/ticket.ts';
import { NOTHING_MORE } from '../desk/a-desk.ts';
import { type Chat, openShop, type Shop } from '../support/chat.ts';

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
});
beforeEach(() => shop.itIs('2026-11-20T10:00:00+08:00'));
afterAll(() => shop.close());

const TOLD = ['progress.booked', 'link.offer'] as const;

type Owner = { readonly chat: Chat; readonly who: string; readonly phone: string; readonly number: string };

let people = 0;

/** Somebody with a booked visit, on the web page unless told otherwise. */
async function anOwner(channel: ChatChannel = 'web-chat'): Promise<Owner> {
  people += 1;
  const [who, phone] = [`owner-${people}`, `138001381${String(people).padStart(2, '0')}`];
  const chat = await shop.customer(who, channel);
  const home = `北京市朝阳区望京街道阜通东大街6号院3号楼${1000 + people}`;
  await books(chat, `空调不制冷,11月27日下午,${home},${phone}`);
  return { chat, who, phone, number: await numberOf(chat) };
}

/** From the fault to the confirmed visit, whatever is asked on the way. */
async function books(chat: Chat, fault: string): Promise<void> {
  await chat.says(fault);
  for (let answers = 0; answers < 6 && !chat.keys().includes('booked'); answers++) {
    const asking = chat.asking();
    if (asking === 'window') await chat.taps(':00');
    else await chat.says(asking === 'name' ? '王芳' : asking === 'confirm' ? '确认' : '是的');
  }
  expect(chat.keys(), chat.text()).toContain('booked');
}

async function numberOf({ conversationId }: Chat): Promise<string> {
  const [ticket] = await shop.rows<{ number: string }>('select number from ticket where conversation_id = $1', [conversationId]);
  return ticket?.number ?? '';
}

/** Asks after the ticket on another account, with number and phone. */
async function newcomer({ number, phone }: Owner, channel: ChatChannel = 'terminal'): Promise<Chat> {
  const chat = await shop.customer(undefined, channel);
  await chat.says(`查进度,单号${number},手机号${phone}`);
  return chat;
}

/** What the rounds do in a few seconds: the question is put, and both sides hear what happened. */
async function aMoment(): Promise<void> {
  await shop.core.rounds.find((it) => it.name === 'account-links')?.round();
  await shop.settled();
  await shop.core.sweep.round(0);
  await shop.settled();
}

/** The newcomer has proved the ticket, wants it, and the owner was asked. */
async function asked(owner: Owner, channel?: ChatChannel): Promise<Chat> {
  const chat = await newcomer(owner, channel);
  await chat.taps('合到一起');
  chat.hears('link.asked');
  await aMoment();
  return chat;
}

const accountOf = async ({ conversationId }: Chat) => {
  const [row] = await shop.rows<{ account: string; customer: string }>(
    'select a.id as account, a.customer_id as customer from conversation c join channel_account a on a.id = c.account_id where c.id = $1',
    [conversationId],
  );
  if (row === undefined) throw new Error('the account is there');
  return row;
};
const isOneCustomer = async (one: Chat, other: Chat) => (await accountOf(one)).customer === (await accountOf(other)).customer;
const linksOf = async (chat: Chat) =>
  (
    await shop.rows<{ status: string }>('select status from account_link where account_id = $1 order by asked_at, id', [
      (await accountOf(chat)).account,
    ])
  ).map((it) => it.status);
const auditOf = async (chat: Chat) =>
  await shop.rows<{ action: string; actor: string; details: Readonly<Record<string, unknown>> }>(
    'select action, actor, details from audit where subject = $1 order by id',
    [`account:${(await accountOf(chat)).account}`],
  );
/** The numbers a chat is shown when its customer asks for all of theirs. */
const shown = async (chat: Chat): Promise<string> => {
  await chat.says('我的维修到哪了');
  return chat.text();
};

describe('S2-024 proved, wanted, and confirmed on the account known before', () => {
  test('two accounts are one customer: both are told, and both see the tickets of both', async () => {
    const owner = await anOwner();
    const guest = await shop.customer('two-channels');
    await books(guest, '洗衣机漏水,北京市朝阳区望京街道阜通东大街6号院3号楼1777,13800138999');
    await guest.says(`查进度,单号${owner.number},手机号${owner.phone}`);
    guest.hears(...TOLD);
    await guest.taps('合到一起');
    guest.hears('link.asked');
    expect(guest.text()).toContain('11月23日10:00前有效');
    expect(await linksOf(guest)).toEqual(['asked']);
    expect(await isOneCustomer(owner.chat, guest)).toBe(false);
    const former = await accountOf(guest);

    await aMoment();
    expect(owner.chat.keys().at(-1)).toBe('link.question');
    expect(owner.chat.text()).toContain(`终端报对了${owner.number}的单号和手机号`);
    await aMoment();
    expect(owner.chat.keys().filter((it) => it === 'link.question')).toHaveLength(1);

    await owner.chat.taps('是我');
    owner.chat.hears('link.mine');
    await aMoment();
    expect(guest.keys().at(-1)).toBe('link.done');
    expect(await linksOf(guest)).toEqual(['linked']);

    const customer = (await accountOf(owner.chat)).customer;
    expect((await accountOf(guest)).customer).toBe(customer);
    expect(await shop.rows('select 1 from customer where id = $1', [former.customer])).toEqual([]);
    expect(await auditOf(guest)).toMatchObject([
      {
        action: 'account.link',
        actor: 'customer',
        details: { ticket: owner.number, fromCustomer: former.customer, toCustomer: customer },
      },
    ]);
    for (const side of [guest, owner.chat]) {
      const text = await shown(side);
      expect(text).toContain('空调');
      expect(text).toContain('洗衣机');
    }
    const lines = await shop.rows<{ type: string; actor: string }>(
      "select type, actor from ticket_event e join ticket t on t.id = e.ticket_id where t.customer_id = $1 and type like '%link%' order by e.id",
      [customer],
    );
    expect(lines).toEqual([
      { type: 'account-link-asked', actor: 'customer' },
      { type: 'customer-linked', actor: 'customer' },
      { type: 'customer-linked', actor: 'customer' },
    ]);
  });

  test('after a visit was changed on the strength of the proof as well', async () => {
    const owner = await anOwner();
    const guest = await shop.customer();
    await guest.says(`取消预约,单号${owner.number},手机号${owner.phone}`);
    guest.hears('confirm.cancel');
    await guest.taps('取消');
    guest.hears('called-off', 'link.offer');
  });

  test('once it is done the ticket is their own: nothing is offered, nothing linked twice', async () => {
    const owner = await anOwner();
    const guest = await asked(owner);
    await owner.chat.taps('是我');
    await aMoment();
    await guest.says(`查进度,单号${owner.number},手机号${owner.phone}`);
    guest.hears('progress.booked');
    expect(await linksOf(guest)).toEqual(['linked']);
    expect(await auditOf(guest)).toHaveLength(1);
  });

  test('in English', async () => {
    const owner = await anOwner();
    await owner.chat.says('please speak english');
    const guest = await shop.customer();
    await guest.says(`Where is my repair? ${owner.number}, phone ${owner.phone}`);
    guest.hears(...TOLD);
    await guest.taps('Put together');
    guest.hears('link.asked');
    await aMoment();
    await owner.chat.says("yes, it's me");
    owner.chat.hears('link.mine');
    await aMoment();
    expect(guest.text()).toContain('It was confirmed');
  });
});

describe('S2-024 nothing less links', () => {
  test('a phone alone, however often it is told', async () => {
    const owner = await anOwner();
    const guest = await shop.customer();
    await guest.saysAll('查进度', owner.phone, `我的手机号是${owner.phone}`);
    expect(guest.keys()).not.toContain('link.offer');
    await aMoment();
    expect(await linksOf(guest)).toEqual([]);
    expect(await isOneCustomer(owner.chat, guest)).toBe(false);
  });

  test('a wrong pair is offered nothing', async () => {
    const owner = await anOwner();
    const guest = await newcomer({ ...owner, phone: '13900139999' });
    guest.hears('ask.ticket.refused');
    const other = await newcomer({ ...owner, number: 'BX-20261120-9876' });
    other.hears('ask.ticket.refused');
  });

  test('number and phone without the yes: that one ticket, and no other of the customer', async () => {
    const owner = await anOwner();
    await books(owner.chat, '冰箱不制冷');
    const guest = await asked(owner);
    expect(await isOneCustomer(owner.chat, guest)).toBe(false);
    const now = await shown(guest);
    expect(now).toContain('空调');
    expect(now).not.toContain('冰箱');
    shop.itIs('2026-11-20T10:31:00+08:00');
    await guest.says('我的维修到哪了');
    guest.hears('ask.ticket');
  });

  test('是我 on the account that asks', async () => {
    const owner = await anOwner();
    const guest = await asked(owner);
    await guest.says('是我');
    await guest.says('是我本人');
    await aMoment();
    expect(await linksOf(guest)).toEqual(['asked']);
    expect(await isOneCustomer(owner.chat, guest)).toBe(false);
  });

  test('是我 before anybody asked, or after it is settled', async () => {
    const owner = await anOwner();
    await owner.chat.says('是我');
    const guest = await newcomer(owner);
    await guest.taps('合到一起');
    await owner.chat.says('是我');
    expect(await linksOf(guest)).toEqual(['asked']);
    await aMoment();
    await owner.chat.taps('不是我');
    await owner.chat.says('是我');
    await aMoment();
    expect(await linksOf(guest)).toEqual(['refused']);
    expect(await isOneCustomer(owner.chat, guest)).toBe(false);
  });

  test('the yes of somebody else: their own question, and no other', async () => {
    const [one, two] = [await anOwner(), await anOwner()];
    const guest = await asked(one);
    await two.chat.says('是我');
    expect(await linksOf(guest)).toEqual(['asked']);
  });
});

describe('the offer', () => {
  test('comes once for a ticket, and after a while needs the proof again', async () => {
    const owner = await anOwner();
    const guest = await newcomer(owner);
    guest.hears(...TOLD);
    await guest.says(`查进度,单号${owner.number},手机号${owner.phone}`);
    guest.hears('progress.booked');
    shop.itIs('2026-11-20T10:40:00+08:00');
    await guest.says(`查进度,单号${owner.number},手机号${owner.phone}`);
    guest.hears('progress.booked');

    const late = await newcomer(owner);
    late.hears(...TOLD);
    shop.itIs('2026-11-20T11:30:00+08:00');
    await late.taps('合到一起');
    late.hears('link.prove-again');
    expect(await linksOf(late)).toEqual([]);
    await late.says(`${owner.number} ${owner.phone}`);
    late.hears(...TOLD);
    await late.taps('合到一起');
    late.hears('link.asked');
  });

  test('may be answered in words', async () => {
    const owner = await anOwner();
    const guest = await newcomer(owner);
    await guest.says('不用了');
    guest.hears('link.unwanted');
    expect(await linksOf(guest)).toEqual([]);
    const other = await newcomer(owner);
    await other.says('好的,合吧');
    other.hears('link.asked');
    expect(await linksOf(other)).toEqual(['asked']);
  });

  test('tapped a second time says that it was asked', async () => {
    const owner = await anOwner();
    const guest = await newcomer(owner);
    await guest.taps('合到一起');
    await guest.says('合到一起');
    guest.hears('link.asked.already');
    expect(await linksOf(guest)).toEqual(['asked']);
  });

  test('is left out where another matter goes on below', async () => {
    const owner = await anOwner();
    const guest = await shop.customer();
    await guest.says('冰箱不制冷');
    await guest.says(`我另外一单到哪了,单号${owner.number},手机号${owner.phone}`);
    expect(guest.keys()).toContain('progress.booked');
    expect(guest.keys()).not.toContain('link.offer');
  });

  test('of who has phoned and never chatted leads to a person, who links', async () => {
    const agent = await shop.staff('agent');
    const phone = '13800138555';
    const done = await shop.desk.tickets.open(agent, {
      ticketId: shop.core.makeIdentifier(),
      kind: 'repair',
      channel: 'phone',
      appliance: 'washer',
      fault: '漏水',
      name: '王芳',
      phone,
      address: '北京朝阳区建国路88号院3号楼1501',
      ...NOTHING_MORE,
    });
    if (done.kind !== 'opened') throw new Error(done.kind);
    const guest = await shop.customer();
    await guest.says(`查进度,单号${done.ticket.number},手机号${phone}`);
    expect(guest.keys().at(-1)).toBe('link.offer.person');
    await guest.taps('请同事核对');
    guest.hears('link.person', 'handoff.next');
    const [handoff] = await shop.rows<{ id: string; reason: string; summary_sealed: Buffer }>(
      'select id, reason, summary_sealed from handoff where conversation_id = $1',
      [guest.conversationId],
    );
    expect(handoff?.reason).toBe('link-wanted');
    expect(JSON.parse(shop.core.store.seal.open('handoff.summary', handoff?.summary_sealed as Buffer))).toMatchObject({
      possibleTickets: [done.ticket.number],
    });
    await shop.desk.handoffs.claim(agent, handoff?.id as never);
    const linked = await shop.desk.handoffs.link(agent, handoff?.id as never, { customerTicket: done.ticket.number, confirmed: false });
    expect(linked.kind).toBe('linked');
  });
});

describe('S2-024 not me', () => {
  test('staff are paged, the proof counts no longer, and nobody is told more', async () => {
    const owner = await anOwner();
    const guest = await asked(owner);
    await owner.chat.taps('不是我');
    owner.chat.hears('link.not-mine');
    await aMoment();
    expect(guest.keys().at(-1)).toBe('link.declined');
    expect(await linksOf(guest)).toEqual(['refused']);
    expect(
      await shop.rows('select reason, ticket_id is not null as of_ticket from page where conversation_id = $1', [
        owner.chat.conversationId,
      ]),
    ).toEqual([{ reason: 'link-refused', of_ticket: true }]);
    expect(await auditOf(guest)).toMatchObject([{ action: 'account.link-refused', actor: 'customer', details: { ticket: owner.number } }]);

    await guest.says('我的维修到哪了');
    guest.hears('ask.ticket');
    await guest.saysAll(owner.number, owner.phone);
    guest.hears('ask.ticket.refused');
    await owner.chat.says('我的维修到哪了');
    owner.chat.hears('progress.booked');
  });

  test('a change they are in the midst of stops', async () => {
    const owner = await anOwner();
    const guest = await asked(owner);
    await guest.says('改一下时间');
    expect(guest.asking()).toBe('window');
    await owner.chat.taps('不是我');
    await aMoment();
    expect(guest.keys().at(-1)).toBe('link.declined');
    await guest.says('1');
    expect(guest.keys()).not.toContain('confirm.change');
  });

  test('and the next account that proves the same is sent to a person', async () => {
    const owner = await anOwner();
    await asked(owner);
    await owner.chat.taps('不是我');
    const another = await newcomer(owner);
    another.hears('progress.booked', 'link.offer.person');
  });
});

describe('no answer', () => {
  test('after the policy’s time it is over, quietly; proved again it is offered again', async () => {
    const owner = await anOwner();
    const guest = await asked(owner);
    shop.itIs('2026-11-23T10:00:00+08:00');
    await aMoment();
    expect(await linksOf(guest)).toEqual(['expired']);
    expect(guest.keys().at(-1)).toBe('link.asked');
    await owner.chat.taps('是我');
    owner.chat.hears('link.over');
    expect(await isOneCustomer(owner.chat, guest)).toBe(false);
    await guest.says(`查进度,单号${owner.number},手机号${owner.phone}`);
    expect(guest.keys().at(-1)).toBe('link.offer');
    await guest.taps('合到一起');
    await aMoment();
    await owner.chat.taps('是我');
    await aMoment();
    expect(await linksOf(guest)).toEqual(['expired', 'linked']);
  });

  test('an answer in the very moment it runs out counts for nothing', async () => {
    const owner = await anOwner();
    const guest = await asked(owner);
    shop.itIs('2026-11-23T10:00:00+08:00');
    await owner.chat.taps('是我');
    owner.chat.hears('link.over');
    expect(await isOneCustomer(owner.chat, guest)).toBe(false);
  });
});

describe('the question', () => {
  test('is put once no dialog of theirs waits, or has fallen silent; the dialog goes on after it', async () => {
    const owner = await anOwner();
    await owner.chat.says('我家洗衣机漏水');
    const open = owner.chat.asking();
    const guest = await asked(owner);
    expect(owner.chat.keys()).not.toContain('link.question');
    shop.itIs('2026-11-20T10:21:00+08:00');
    await aMoment();
    expect(owner.chat.keys().at(-1)).toBe('link.question');
    await owner.chat.taps('是我');
    expect(owner.chat.keys()[0]).toBe('link.mine');
    expect(owner.chat.asking()).toBe(open);
    expect(await linksOf(guest)).toEqual(['linked']);
  });

  test('waits while a person has the chat, and is put when they give it back; what is said to them is no answer', async () => {
    const owner = await anOwner();
    await owner.chat.says('人工');
    const [handoff] = await shop.rows<{ id: string }>('select id from handoff where conversation_id = $1', [owner.chat.conversationId]);
    const agent = await shop.staff('agent');
    await shop.desk.handoffs.claim(agent, handoff?.id as never);
    const guest = await asked(owner);
    expect(owner.chat.keys()).not.toContain('link.question');
    await owner.chat.says('是我');
    owner.chat.hearsNothing();
    expect(await linksOf(guest)).toEqual(['asked']);
    await shop.desk.handoffs.release(agent, handoff?.id as never, 'bot');
    await shop.settled();
    await aMoment();
    expect(owner.chat.keys()).toEqual(['handoff.back', 'link.question']);
    await owner.chat.taps('是我');
    expect(await linksOf(guest)).toEqual(['linked']);
  });

  test('asked, and then a person was called: it comes again when they are done', async () => {
    const owner = await anOwner();
    await asked(owner);
    await owner.chat.says('人工');
    await aMoment();
    expect(owner.chat.keys()).not.toContain('link.question');
    const [handoff] = await shop.rows<{ id: string }>('select id from handoff where conversation_id = $1', [owner.chat.conversationId]);
    const agent = await shop.staff('agent');
    await shop.desk.handoffs.claim(agent, handoff?.id as never);
    await shop.desk.handoffs.release(agent, handoff?.id as never, 'bot');
    await shop.settled();
    await aMoment();
    expect(owner.chat.keys().at(-1)).toBe('link.question');
  });

  test('is explained when it is not understood, and put again when another matter came between', async () => {
    const owner = await anOwner();
    const guest = await asked(owner);
    await owner.chat.says('什么意思?');
    owner.chat.hears('link.question.again');
    await owner.chat.says('我的维修到哪了');
    owner.chat.hears('progress.booked');
    await owner.chat.says('是我');
    owner.chat.hears('link.question.again');
    expect(await linksOf(guest)).toEqual(['asked']);
    await owner.chat.says('对,是我');
    owner.chat.hears('link.mine');
  });

  test('of two accounts is put one after the other', async () => {
    const owner = await anOwner();
    const one = await asked(owner);
    const two = await asked(owner);
    expect(owner.chat.keys().filter((it) => it === 'link.question')).toHaveLength(1);
    await owner.chat.taps('是我');
    await aMoment();
    expect(await linksOf(one)).toEqual(['linked']);
    expect(owner.chat.keys()).toEqual(['link.mine', 'link.question']);
    await owner.chat.taps('不是我');
    expect(await linksOf(two)).toEqual(['refused']);
    expect(await isOneCustomer(owner.chat, one)).toBe(true);
    expect(await isOneCustomer(owner.chat, two)).toBe(false);
  });

  test('both ask each other, and both say yes', async () => {
    const [one, two] = [await anOwner('web-chat'), await anOwner('terminal')];
    for (const [me, other] of [
      [one, two],
      [two, one],
    ] as const) {
      await me.chat.says(`查进度,单号${other.number},手机号${other.phone}`);
      await me.chat.taps('合到一起');
    }
    await aMoment();
    await one.chat.taps('是我');
    await two.chat.taps('是我');
    await aMoment();
    expect(await isOneCustomer(one.chat, two.chat)).toBe(true);
    expect([...(await linksOf(one.chat)), ...(await linksOf(two.chat))]).toEqual(['linked', 'linked']);
    for (const side of [one.chat, two.chat]) {
      await side.says('我的维修到哪了');
      side.hears('ask.ticket.which');
    }
  });
});
