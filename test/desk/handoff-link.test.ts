import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { StaffMember } from '../../src/desk/staff-member.ts';
import type { Identifier } from '../../src/domain/identifier.ts';
import type { NewTicket } from '../../src/turn/ports.ts';
import { A_PHONE, aChat, aTicket, aTurn, type Chat, NOON } from '../store/a-turn.ts';
import { newId } from '../support/database.ts';
import { NOTHING_MORE, openDesk, type TestDesk } from './a-desk.ts';

let at: TestDesk;
let agent: StaffMember;
beforeAll(async () => {
  at = await openDesk();
  agent = await at.staff('agent', '李敏');
});
afterAll(() => at.close());

let sequence = 5_000;
function next(): string {
  sequence += 1;
  return String(sequence);
}
const numbered = (): NewTicket => aTicket({ number: `BX-20261120-${next()}`, phone: A_PHONE });

/** A ticket of somebody who phoned: their customer has no account. */
async function phonedIn(): Promise<{ readonly number: string; readonly ticketId: Identifier; readonly customerId: Identifier }> {
  const ticketId = newId();
  const done = await at.desk.tickets.open(agent, {
    ticketId,
    kind: 'repair',
    channel: 'phone',
    appliance: 'washer',
    fault: '漏水',
    name: '王芳',
    phone: `139${next().padStart(8, '0')}`,
    address: '北京朝阳区建国路88号院3号楼1501',
    ...NOTHING_MORE,
  });
  if (done.kind !== 'opened') throw new Error(done.kind);
  return { number: done.ticket.number, ticketId, customerId: done.ticket.customer.id };
}

async function claimed(what: Parameters<TestDesk['waiting']>[0] = {}) {
  const chat = await at.waiting(what);
  await at.desk.handoffs.claim(agent, chat.handoffId);
  return chat;
}

const link = (handoffId: Identifier, customerTicket: string, confirmed = false, member = agent) =>
  at.desk.handoffs.link(member, handoffId, { customerTicket, confirmed });
const customerOf = async (chat: Chat) => (await at.store.readConversation(chat.conversationId))?.customerId;
const linksOf = async (handoffId: Identifier) =>
  (await at.audit()).filter((it) => it.action === 'handoff.link' && it.subject === `handoff:${handoffId}`);
const count = async (table: string, customerId: Identifier) =>
  (await at.store.pool.query(`select count(*)::int as n from ${table} where customer_id = $1`, [customerId])).rows[0].n;

describe('S2-024 staff confirm whose chat it is', () => {
  it('and the account is one of the ticket’s customer, who takes over all there was, in the timeline, the audit and the log', async () => {
    const own = numbered();
    const chat = await claimed({ ticket: own });
    await at.store.pool.query(
      "insert into address (id, customer_id, province, city, district, detail_sealed, created_at) values ($1, $2, '北京市', '北京市', '海淀区', $3, now())",
      [newId(), chat.customerId, at.store.seal.seal('address.detail', '学院路1号')],
    );
    await at.store.pool.query(
      "insert into product_unit (id, serial_index, serial_sealed, model, brand, appliance, purchased_on, customer_id) values ($1, $2, $2, 'M', '格力', 'washer', now(), $3)",
      [newId(), Buffer.from(newId()), chat.customerId],
    );
    const theirs = await phonedIn();
    const before = await at.store.readConversation(chat.conversationId);
    at.turned.length = 0;

    expect(await link(chat.handoffId, theirs.number.toLowerCase())).toMatchObject({
      kind: 'linked',
      handoff: { id: chat.handoffId, status: 'claimed', owner: { name: '李敏' } },
    });

    expect(await customerOf(chat)).toBe(theirs.customerId);
    for (const table of ['ticket', 'address', 'product_unit']) expect(await count(table, chat.customerId), table).toBe(0);
    expect(await count('ticket', theirs.customerId)).toBe(2);
    expect((await at.store.pool.query('select from customer where id = $1', [chat.customerId])).rowCount).toBe(0);
    expect((await at.store.readings.ticketsOf(theirs.customerId)).map((it) => it.number).sort()).toEqual(
      [theirs.number, own.number].sort(),
    );

    const facts = { fromCustomer: chat.customerId, toCustomer: theirs.customerId };
    expect(await linksOf(chat.handoffId)).toEqual([
      {
        action: 'handoff.link',
        subject: `handoff:${chat.handoffId}`,
        actor: `staff:${agent.id}`,
        details: { ticket: theirs.number, ...facts },
      },
    ]);
    for (const number of [theirs.number, own.number]) {
      const read = await at.desk.tickets.read(agent, number);
      expect(read.kind === 'found' ? read.ticket.timeline.at(-1) : read).toEqual({
        at: NOON,
        actor: `staff:${agent.id}`,
        type: 'customer-linked',
        details: { handoff: chat.handoffId, ...facts },
      });
    }
    const after = await at.store.readConversation(chat.conversationId);
    expect(after?.revision).toBe((before?.revision ?? 0) + 1);
    expect(after?.owner).toBe('human');
    expect(after?.unapplied).toMatchObject([
      {
        sender: 'system',
        channelMessageId: `linked:${chat.handoffId}:${after?.revision}`,
        body: { kind: 'event', event: 'customer-linked' },
      },
    ]);
    expect(at.turned).toEqual([chat.conversationId]);
  });

  it('a second time changes nothing: 200, one audit row, one event', async () => {
    const chat = await claimed();
    const theirs = await phonedIn();
    await link(chat.handoffId, theirs.number);
    const before = await at.store.readConversation(chat.conversationId);
    at.turned.length = 0;
    expect((await link(chat.handoffId, theirs.number)).kind).toBe('linked');
    expect(await at.store.readConversation(chat.conversationId)).toEqual(before);
    expect(await linksOf(chat.handoffId)).toHaveLength(1);
    expect(at.turned).toEqual([]);
  });

  it('what is known of the former customer fills the gaps, and what was known stays', async () => {
    const chat = await claimed();
    const theirs = await phonedIn();
    const { seal, pool } = at.store;
    await pool.query("update customer set tags = '{elderly,vip}', name_sealed = $2 where id = $1", [
      chat.customerId,
      seal.seal('customer.name', '王小芳'),
    ]);
    await pool.query("update customer set tags = '{vip,rural}' where id = $1", [theirs.customerId]);
    await link(chat.handoffId, theirs.number);
    const record = await at.store.readings.customerRecord(theirs.customerId);
    expect(record.name).toBe('王芳');
    const { rows } = await pool.query('select tags from customer where id = $1', [theirs.customerId]);
    expect(rows[0].tags).toEqual(['elderly', 'rural', 'vip']);
  });

  it('ends what the account itself was asking of another customer', async () => {
    const chat = await claimed();
    const [somebody, theirs] = [await aChat(at.store), numbered()];
    await at.store.transact([aTurn(somebody, { tickets: [theirs] })]);
    const { pool } = at.store;
    await pool.query(
      `insert into account_link (id, account_id, known_account_id, ticket_id, asked_at)
       select $1, a.account_id, k.account_id, $4, now() from conversation a, conversation k where a.id = $2 and k.id = $3`,
      [newId(), chat.conversationId, somebody.conversationId, theirs.id],
    );
    await link(chat.handoffId, (await phonedIn()).number);
    const { rows } = await pool.query('select status from account_link where ticket_id = $1', [theirs.id]);
    expect(rows).toEqual([{ status: 'expired' }]);
  });

  it('a customer with another account keeps what is theirs', async () => {
    const chat = await claimed({ ticket: numbered() });
    await at.store.pool.query(
      "insert into channel_account (id, customer_id, channel, external_id, created_at) values ($1::uuid, $2, 'wechat', $1::text, now())",
      [newId(), chat.customerId],
    );
    const theirs = await phonedIn();
    await link(chat.handoffId, theirs.number);
    expect(await customerOf(chat)).toBe(theirs.customerId);
    expect(await count('ticket', chat.customerId)).toBe(1);
  });

  it('makes every turn in flight of the account read again, in whichever conversation', async () => {
    const chat = await claimed();
    const other = newId();
    const { rows } = await at.store.pool.query('select account_id from conversation where id = $1', [chat.conversationId]);
    await at.store.pool.query(
      "insert into conversation (id, account_id, channel, state_sealed, created_at) values ($1, $2, 'web-chat', $3, now())",
      [other, rows[0].account_id, at.store.seal.seal('conversation.state', '{}')],
    );
    const theirs = await phonedIn();
    await link(chat.handoffId, theirs.number);
    expect(await at.store.transact([aTurn({ ...chat, conversationId: other }, { revision: 0, tickets: [numbered()] })])).toEqual([
      { kind: 'revision-lost' },
    ]);
  });
});

describe('S2-024 a link needs a second look where somebody else chats as that customer', () => {
  it('is refused without the word, and done with it', async () => {
    const chat = await claimed();
    const somebody = await aChat(at.store);
    const theirs = numbered();
    await at.store.transact([aTurn(somebody, { tickets: [theirs] })]);
    expect(await link(chat.handoffId, theirs.number)).toEqual({ kind: 'has-account' });
    expect(await customerOf(chat)).toBe(chat.customerId);
    expect(await linksOf(chat.handoffId)).toEqual([]);
    expect((await link(chat.handoffId, theirs.number, true)).kind).toBe('linked');
    expect(await customerOf(chat)).toBe(somebody.customerId);
    expect(await customerOf(somebody)).toBe(somebody.customerId);
  });
});

describe('S2-024 a link is made by who holds the chat', () => {
  it('or an administrator, and by nobody else', async () => {
    const chat = await at.waiting();
    const theirs = await phonedIn();
    expect(await link(chat.handoffId, theirs.number)).toEqual({ kind: 'not-claimed', status: 'queued' });
    await at.desk.handoffs.claim(agent, chat.handoffId);
    const [other, admin] = [await at.staff('dispatcher'), await at.staff('admin')];
    expect(await link(chat.handoffId, theirs.number, true, other)).toEqual({
      kind: 'claimed-by-another',
      owner: { id: agent.id, name: '李敏' },
    });
    for (const role of ['engineer', 'quality'] as const)
      expect(await link(chat.handoffId, theirs.number, true, await at.staff(role))).toEqual({ kind: 'forbidden', deed: 'desk.act' });
    expect(await customerOf(chat)).toBe(chat.customerId);
    expect((await link(chat.handoffId, theirs.number, false, admin)).kind).toBe('linked');
  });

  it('to a ticket that is there', async () => {
    const chat = await claimed();
    for (const number of ['BX-20261120-9999', 'nonsense', ''])
      expect(await link(chat.handoffId, number)).toEqual({ kind: 'no-such-ticket' });
    expect(await link(newId(), (await phonedIn()).number)).toEqual({ kind: 'no-such-handoff' });
  });

  it('two at once make one link of it', async () => {
    const chat = await claimed();
    const theirs = await phonedIn();
    const admin = await at.staff('admin');
    const done = await Promise.all([agent, admin, agent, admin].map((it) => link(chat.handoffId, theirs.number, false, it)));
    expect(done.map((it) => it.kind)).toEqual(['linked', 'linked', 'linked', 'linked']);
    expect(await linksOf(chat.handoffId)).toHaveLength(1);
    expect((await at.store.readConversation(chat.conversationId))?.unapplied).toHaveLength(1);
  });

  it('two to different tickets at once: the later one moves on, and nobody is left an orphan', async () => {
    const chat = await claimed({ ticket: numbered() });
    const [one, two] = [await phonedIn(), await phonedIn()];
    const admin = await at.staff('admin');
    const done = await Promise.all([link(chat.handoffId, one.number), link(chat.handoffId, two.number, false, admin)]);
    expect(done.map((it) => it.kind)).toEqual(['linked', 'linked']);
    const last = await customerOf(chat);
    expect([one.customerId, two.customerId]).toContain(last);
    const { rows } = await at.store.pool.query('select count(*)::int as n from ticket where customer_id = $1', [last]);
    expect(rows[0].n).toBe(3);
  });

  it('two chats that exchange their customers at once neither deadlock nor lose a ticket', async () => {
    for (let round = 0; round < 5; round++) {
      const [mine, yours] = [numbered(), numbered()];
      const [a, b] = [await claimed({ ticket: mine }), await claimed({ ticket: yours })];
      const done = await Promise.all([link(a.handoffId, yours.number, true), link(b.handoffId, mine.number, true)]);
      expect(done.map((it) => it.kind)).toEqual(['linked', 'linked']);
      const both = await at.store.pool.query('select distinct customer_id from ticket where number = any ($1)', [
        [mine.number, yours.number],
      ]);
      expect(both.rows).toEqual([{ customer_id: await customerOf(a) }]);
      expect(await customerOf(b)).toBe(await customerOf(a));
    }
  });
});
