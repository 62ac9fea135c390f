import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { StaffMember } from '../../../src/desk/staff-member.ts';
import { NOTHING_MORE } from '../../desk/a-desk.ts';
import { anEngineer } from '../../store/a-turn.ts';
import { newId } from '../../support/database.ts';
import type { SlackPerson } from '../../support/slack-person.ts';
import { openTicketApp, type TicketApp } from './a-ticket-app.ts';

let on: TicketApp;
let li: SlackPerson;
let member: StaffMember;
beforeAll(async () => {
  on = await openTicketApp();
  ({ person: li, member } = await on.somebody('agent'));
  await anEngineer(on.at.store);
});
afterAll(() => on.close());

async function aTicket(phone = '13800138000', kind: 'repair' | 'complaint' = 'repair', fault = '漏水 <!channel> & 响'): Promise<string> {
  const done = await on.at.desk.tickets.open(member, {
    ticketId: newId(),
    kind,
    channel: 'phone',
    appliance: 'washer',
    fault,
    name: '王芳',
    phone,
    address: '北京朝阳区建国路88号院3号楼1501',
    ...NOTHING_MORE,
  });
  if (done.kind !== 'opened') throw new Error(done.kind);
  return done.ticket.number;
}

/** What only they saw last. */
function told(person: SlackPerson) {
  const post = on.slack.ephemerals(person.id).at(-1);
  if (post === undefined) throw new Error('nothing was said');
  return post;
}

function topWindow(person: SlackPerson) {
  const view = on.slack.views(person.id).at(-1);
  if (view === undefined) throw new Error('no window');
  return view;
}

describe('/ticket', () => {
  it('explains itself, and says in one line what it did not get', async () => {
    await li.command('/ticket', '');
    expect(told(li).shown).toContain('/ticket find');
    await li.command('/ticket', 'delete everything');
    expect(told(li).shown).toContain('没看懂');
    await li.command('/ticket', 'find');
    expect(told(li).shown).toContain('例如');
    await li.command('/ticket', 'show 13800138000');
    expect(told(li).shown).toContain('没有这张单');
    expect(told(li).shown).not.toContain('13800138000');
  });

  it('S1-015 finds by full phone, number and serial, masked, and does not say back what was typed', async () => {
    const number = await aTicket('13812345678');
    for (const q of ['13812345678', '138 1234 5678', number]) {
      await li.command('/ticket', `查${q}`);
      const { shown } = told(li);
      expect(shown).toContain(number);
      expect(shown).toContain('王* 138****5678');
      expect(shown).not.toMatch(/1381234|138 1234/);
      expect(shown).toContain('&lt;!channel&gt; &amp; 响');
    }
    await li.command('/ticket', 'find 13999999999');
    expect(told(li).shown).toContain('没找到');
  });

  it('lists ten and says that there are more', async () => {
    for (let n = 0; n < 11; n++) await aTicket('13655556666');
    await li.command('/ticket', 'find 13655556666');
    expect(told(li).buttons.filter((it) => it.actionId === 'ticket:show')).toHaveLength(10);
    expect(told(li).shown).toContain('后面还有');
  });

  it('shows a ticket with what may be done now; each step shows the ticket as it is then', async () => {
    const number = await aTicket();
    await li.command('/ticket', `看 ${number}`);
    const card = told(li);
    expect(card.shown).toContain('北京市朝阳区');
    expect(card.shown).not.toContain('建国路');
    expect(card.shown).toContain('开单');
    expect(card.buttons.map((it) => it.actionId)).toEqual(
      expect.arrayContaining(['ticket:assign-me', 'ticket:change-visit', 'ticket:reveal', 'ticket:complete', 'ticket:cancel']),
    );

    await li.click(card, 'ticket:assign-me');
    expect(topWindow(li).shown).toContain('归您负责了');
    expect(topWindow(li).shown).toContain('李敏');
    const before = on.soon();
    await li.click(topWindow(li), 'ticket:complete');
    expect(topWindow(li).shown).toContain('已记为修好');
    expect(topWindow(li).buttons.map((it) => it.actionId)).toContain('ticket:reopen');
    expect(on.slack.views(li.id)).toHaveLength(1);
    expect(on.soon()).toBe(before + 1);

    // The card in the channel has not caught up.
    await li.close(topWindow(li));
    await li.click(card, 'ticket:complete');
    expect(topWindow(li).shown).toContain('做不了这一步');
    await li.close(topWindow(li));
  });

  it('S2-024 a reveal needs a reason in words, stands in a window of the asker alone and is on record', async () => {
    const number = await aTicket('13700001111');
    await li.command('/ticket', `show ${number}`);
    await li.click(told(li), 'reveal');
    const refused = await li.submit(topWindow(li), { reason: '---' });
    expect(refused.errors).toEqual({ reason: expect.stringContaining('写明原因') });
    const done = await li.submit(topWindow(li), { reason: '师傅找不到门' });
    expect(done.view?.shown).toContain('+8613700001111');
    expect(done.view?.shown).toContain('建国路88号院3号楼1501');
    expect(JSON.stringify(on.slack.calls)).not.toContain('13700001111');
    expect((await on.at.audit()).at(-1)).toMatchObject({ action: 'customer.reveal', details: { reason: '师傅找不到门' } });
    await li.close(topWindow(li));
  });

  it('a handoff’s customer is revealed the same way', async () => {
    const { handoffId } = await on.at.waiting();
    expect(await on.side.customerWaiting(handoffId)).not.toBeNull();
    expect(await on.side.customerWaiting(newId())).toBeNull();
  });

  it('books a visit from what is free', async () => {
    const number = await aTicket();
    await li.command('/ticket', `show ${number}`);
    await li.click(told(li), 'change-visit');
    const form = topWindow(li);
    const done = await li.submit(form, { window: '11月21日 周六 14:00–16:00' });
    expect(done.errors).toBeNull();
    expect(done.view?.shown).toContain('上门改到11月21日 周六 14:00–16:00，李工');
    await li.close(topWindow(li));
  });

  it('answers a complaint, and calls the lead with a reason', async () => {
    const number = await aTicket('13500001234', 'complaint', '修了三次还是漏水');
    await li.command('/ticket', `show ${number}`);
    const card = told(li);
    await li.click(card, 'ticket:answer');
    const done = await li.submit(topWindow(li), { text: '明天上午换新的排水泵，不收费。', settled: 'no' });
    expect(done.view?.shown).toContain('答复已记下');
    await li.click(topWindow(li), 'ticket:escalate');
    const called = await li.submit(topWindow(li), { why: 'customer-upset' });
    expect(called.view?.shown).toContain('已升级');
    const { rows } = await on.at.store.pool.query("select count(*)::int as n from page where reason = 'escalated'");
    expect(rows[0].n).toBe(1);
  });

  it('merges two tickets', async () => {
    const [keep, drop] = [await aTicket('13411112222'), await aTicket('13411112222')];
    await li.command('/ticket', `merge ${keep} ${drop}`);
    expect(told(li).shown).toContain(`已并到 ${keep}`);
    await li.command('/ticket', `merge ${keep} ${keep}`);
    expect(told(li).shown).toContain('同一张');
  });
});

describe('who acts', () => {
  it('nobody the desk knows is told how that is mended, and sees nothing', async () => {
    const { person } = await on.somebody(null, '生人');
    const number = await aTicket();
    await person.command('/ticket', `show ${number}`);
    expect(told(person).shown).toContain('/ticket staff');
    expect(told(person).shown).not.toContain(number);
  });

  it('an engineer may look and not act', async () => {
    const { person } = await on.somebody('engineer', '赵工');
    const number = await aTicket();
    await person.command('/ticket', `show ${number}`);
    expect(told(person).shown).toContain(number);
    await person.click(told(person), 'ticket:cancel');
    expect(topWindow(person).shown).toContain('客服、调度或管理员');
    await person.close(topWindow(person));
    await person.click(told(person), 'reveal');
    expect(topWindow(person).callbackId).toBe('');
  });

  it('only an administrator says who somebody is', async () => {
    await li.command('/ticket', 'staff <@U0LI|li> li@example.com');
    expect(told(li).shown).toContain('管理员');
    expect(on.linked).toEqual([]);
    const { person } = await on.somebody('admin', '陈经理');
    await person.command('/ticket', 'staff <@U0LI|li> li@example.com');
    expect(told(person).shown).toContain('李敏');
    await person.command('/ticket', 'staff <@U0LI|li> nobody@example.com');
    expect(told(person).shown).toContain('没有用这个邮箱');
    expect(on.linked.map((it) => it.userId)).toEqual(['U0LI', 'U0LI']);
  });
});
