import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { homeBlocks } from '../../../src/channels/slack/home.ts';
import type { Board, BoardHandoff, BoardTicket } from '../../../src/desk/board.ts';
import type { StaffMember } from '../../../src/desk/staff-member.ts';
import { NOTHING_MORE } from '../../desk/a-desk.ts';
import { hoursAfterNoon } from '../../store/a-turn.ts';
import { newId } from '../../support/database.ts';
import type { SlackPerson } from '../../support/slack-person.ts';
import { blockFaults } from '../../support/slack-rules.ts';
import { openTicketApp, type TicketApp } from './a-ticket-app.ts';

let on: TicketApp;
let li: SlackPerson;
let member: StaffMember;
beforeAll(async () => {
  on = await openTicketApp();
  ({ person: li, member } = await on.somebody('agent'));
});
afterAll(() => on.close());

function home(person: SlackPerson) {
  const view = on.slack.home(person.id);
  if (view === null) throw new Error('no home');
  return view;
}

/** The page is made behind the answer: does something, and waits until it stands anew. */
async function remade(person: SlackPerson, deed: () => Promise<unknown>): Promise<void> {
  const made = () => on.slack.callsOf('views.publish').filter((it) => it.args['user_id'] === person.id && it.answer === 'ok').length;
  const before = made();
  await deed();
  await on.slack.waitFor(() => made() > before, 'the page anew');
}

async function aTicket(): Promise<string> {
  const done = await on.at.desk.tickets.open(member, {
    ticketId: newId(),
    kind: 'repair',
    channel: 'phone',
    appliance: 'washer',
    fault: '漏水',
    name: '王芳',
    phone: '13800138000',
    address: '北京朝阳区建国路88号院3号楼1501',
    ...NOTHING_MORE,
  });
  if (done.kind !== 'opened') throw new Error(done.kind);
  return done.ticket.number;
}

describe('the home page', () => {
  it('says what to do when there is nothing to do', async () => {
    await remade(li, () => li.openHome());
    expect(home(li).shown).toContain('现在没有要办的');
    expect(home(li).buttons.map((it) => it.actionId)).toEqual(['home:new', 'home:refresh']);
  });

  it('has who waits with a button to claim them, and what nobody sees to', async () => {
    const { handoffId } = await on.at.waiting();
    const number = await aTicket();
    on.at.clock.now = hoursAfterNoon(0.1);
    await remade(li, () => li.click('home', 'home:refresh'));
    expect(home(li).shown).toContain('客户要找人工，已等6分钟');
    expect(home(li).shown).toContain(number);
    expect(home(li).shown).toContain('洗衣机 漏水');

    await remade(li, () => li.click('home', `home:claim:${handoffId}`));
    expect(home(li).shown).toContain('您在接待');
    expect(on.slack.views(li.id)).toEqual([]);

    await li.click('home', 'ticket:show', { value: number });
    const [shown] = on.slack.views(li.id);
    if (shown === undefined) throw new Error('no window');
    await remade(li, () => li.click(shown, 'ticket:assign-me'));
    expect(home(li).shown).toMatch(new RegExp(`我的\\*? 2[^]*${number}[^]*没人接的`));
    await li.close(shown);
  });

  it('of two who claim at once one is told who has them', async () => {
    const { handoffId } = await on.at.waiting();
    const { person: zhang } = await on.somebody('agent', '张强');
    await remade(li, () => li.openHome());
    await remade(zhang, () => zhang.openHome());
    await remade(li, () => li.click('home', `home:claim:${handoffId}`));
    await remade(zhang, () => zhang.click('home', `home:claim:${handoffId}`, { stale: true }));
    expect(on.slack.views(zhang.id).at(-1)?.shown).toContain('李敏 已经接了');
    expect(home(zhang).shown).not.toContain('客户在等人工');
  });

  it('what is late stands under what is late', async () => {
    const number = await aTicket();
    on.at.clock.now = hoursAfterNoon(30);
    await remade(li, () => li.openHome());
    expect(home(li).shown).toMatch(new RegExp(`过了时限的[^]*${number}[^]*已过时限`));
  });

  it('who is unknown, or only on the road, is told so', async () => {
    const { person } = await on.somebody(null, '生人');
    await remade(person, () => person.openHome());
    expect(home(person).shown).toContain('/ticket staff');
    const { person: engineer } = await on.somebody('engineer', '赵工');
    await remade(engineer, () => engineer.openHome());
    expect(home(engineer).shown).toContain('客服、调度、质检或管理员');
  });

  it('no call has anything of a customer in it', () => {
    const text = on.slack.calls.map((it) => JSON.stringify(it.args)).join('\n');
    expect(['13800138000', '王芳', '1501', '88号'].filter((it) => text.includes(it))).toEqual([]);
  });
});

describe('its blocks', () => {
  const ticket = (n: number): BoardTicket => ({
    number: `BX-20261120-${String(n).padStart(4, '0')}`,
    kind: 'repair',
    status: 'open',
    priority: 'urgent',
    appliance: 'range_hood',
    faultCodes: ['noisy', 'smell', 'no_power'],
    dueAt: hoursAfterNoon(-1),
    overdue: true,
  });
  const handoff = (n: number): BoardHandoff => ({
    id: newId(),
    reason: `<${n}>`,
    waitingSince: hoursAfterNoon(-n),
    claimedAt: null,
    ticket: null,
  });
  const full = <Item>(make: (n: number) => Item) => ({ total: 437, items: Array.from({ length: 10 }, (_, n) => make(n)) });

  it('stay within what Slack takes however much there is, ten lines a list and how many more', () => {
    const both = { handoffs: full(handoff), tickets: full(ticket) };
    const board: Board = { mine: both, unclaimed: both, overdue: full(ticket) };
    const blocks = homeBlocks(board, on.side);
    expect(blockFaults(blocks, 'view')).toEqual([]);
    expect(blocks.filter((it) => 'accessory' in it)).toHaveLength(30);
    expect(JSON.stringify(blocks)).toContain('…及另外864张');
    expect(JSON.stringify(blocks)).toContain('…及另外427张');
    expect(JSON.stringify(blocks)).not.toMatch(/<\d/);
  });
});
