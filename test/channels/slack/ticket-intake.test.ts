import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { anEngineer } from '../../store/a-turn.ts';
import type { SlackPerson } from '../../support/slack-person.ts';
import { DESK, openTicketApp, type TicketApp } from './a-ticket-app.ts';

let on: TicketApp;
let li: SlackPerson;
beforeAll(async () => {
  on = await openTicketApp();
  li = (await on.somebody('agent')).person;
});
afterAll(() => on.close());

const GOOD = {
  appliance: 'washer',
  fault: '漏水',
  name: '王芳',
  phone: '138 0013 8000',
  address: '北京朝阳区建国路88号院3号楼1501',
};

async function openForm(person: SlackPerson = li) {
  await person.command('/ticket', 'new');
  const form = on.slack.views(person.id).at(-1);
  if (form === undefined) throw new Error('no form');
  return form;
}

async function count(): Promise<number> {
  return (await on.at.store.pool.query('select count(*)::int as n from ticket')).rows[0].n;
}

describe('S4-014 the phone-in form', () => {
  it('a missing field is refused at its own input, and nothing is opened', async () => {
    const before = await count();
    const form = await openForm();
    const refused = await li.submit(form, { ...GOOD, phone: '12345', address: '建国路88号' });
    expect(refused.errors).toEqual({
      phone: expect.stringContaining('电话'),
      address: expect.stringContaining('地址'),
    });
    const half = await li.submit(form, { ...GOOD, day: '2026-11-22' });
    expect(half.errors).toEqual({ window: expect.stringContaining('日期') });
    expect(await count()).toBe(before);

    const done = await li.submit(form, GOOD);
    expect(done).toMatchObject({ status: 200, errors: null });
    expect(done.view?.shown).toMatch(/BX-20261120-\d{4}/);
    expect(done.view?.shown).toContain('15:00');
    expect(await count()).toBe(before + 1);
  });

  it('the same form sent twice opens one ticket', async () => {
    const before = await count();
    const form = await openForm();
    const done = await li.submit(form, GOOD, { copies: 2, atOnce: true });
    expect(done.replies.map((it) => it.status)).toEqual([200, 200]);
    const numbers = done.replies.map((it) => /BX-\d{8}-\d+/.exec(it.body)?.[0]);
    expect(numbers[0]).toBeDefined();
    expect(new Set(numbers).size).toBe(1);
    expect(await count()).toBe(before + 1);
  });

  it('S4-013 with a day and a time the visit is booked; a time nobody has names the nearest', async () => {
    await anEngineer(on.at.store);
    const taken = await li.submit(await openForm(), { ...GOOD, appliance: 'tv', day: '2026-11-22', window: '14:00' });
    expect(taken.errors).toEqual({ window: expect.stringContaining('没有师傅') });
    const booked = await li.submit(await openForm(), { ...GOOD, day: '2026-11-22', window: '14:00' });
    expect(booked.view?.shown).toContain('11月22日 周日 14:00–16:00，李工');
    expect(booked.view?.shown).toContain('打电话确认');
  });

  it('a complaint says by when it is answered, and takes no visit', async () => {
    const complaint = { ...GOOD, kind: 'complaint', fault: '修了三次还是漏水，我要投诉', phone: '13700137000' };
    const refused = await li.submit(await openForm(), { ...complaint, day: '2026-11-22', window: '14:00' });
    expect(refused.errors).toEqual({ window: expect.stringContaining('投诉不约上门') });
    const done = await li.submit(await openForm(), complaint);
    expect(done.view?.shown).toMatch(/TS-202611-\d{4}/);
    expect(done.view?.shown).toContain('前答复客户');
    const number = /TS-202611-\d{4}/.exec(done.view?.shown ?? '')?.[0];
    const again = await li.submit(await openForm(), { ...complaint, fault: `${number}还没人管，还是漏水` });
    expect(again.view?.shown).toContain('已并到');
  });

  it('a colleague’s message becomes the fault, numbers and doors hidden; a machine’s does not', async () => {
    const machine = await on.side.call<{ ts: string }>('chat.postMessage', { channel: DESK, text: '工单 BX-20261120-0001 待处理' });
    if (machine.kind !== 'ok') throw new Error(machine.kind);
    await li.shortcut('make_ticket', { channel: DESK, ts: machine.body.ts });
    expect(JSON.stringify(on.slack.callsOf('views.open').at(-1)?.args)).not.toContain('initial_value');

    const said = await li.say(DESK, '客户13900139000说洗衣机<漏水>，建国路88号院3号楼1501');
    await li.shortcut('make_ticket', said);
    const call = on.slack.callsOf('views.open').at(-1);
    const text = JSON.stringify(call?.args);
    expect(text).toContain('洗衣机<漏水>');
    expect(text).not.toContain('13900139000');
    expect(text).not.toContain('1501');
    expect(text).toContain('139****9000');
  });

  it('who may not open a ticket is told before they type anything', async () => {
    const { person } = await on.somebody('quality', '周质检');
    await person.command('/ticket', 'new');
    const [shown] = on.slack.views(person.id);
    expect(shown?.shown).toContain('客服、调度或管理员');
    expect(shown?.callbackId).toBe('');
  });

  it('no call to Slack has a full phone, name or door in it', () => {
    const text = on.slack.calls.map((it) => JSON.stringify(it.args)).join('\n');
    expect(['13800138000', '138 0013 8000', '王芳', '1501', '88号'].filter((it) => text.includes(it))).toEqual([]);
  });
});
