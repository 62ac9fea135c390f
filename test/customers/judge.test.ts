/** The judge of simulated customers can say no: every fact that is wrong on record is found, and what is right is let pass. */
import { describe, expect, it } from 'vitest';
import { aRecord, aTicket, NOON } from './a-record.ts';
import { askedTwice } from './asked-twice.ts';
import { line } from './errand.ts';
import { type BookingExpected, judgeBooking } from './judge-booking.ts';
import { FAULTS } from './sentences/faults.ts';
import type { Fault } from './sentences/told-fault.ts';
import { type Line, type Scene, SILENCE, type Turn } from './story.ts';
import { type ErrandVerdict, gatesOf } from './verdict.ts';
import { windowStart } from './window-label.ts';
import { answersWish, type Wish } from './wish.ts';

const fridge = FAULTS.find((it) => it.appliance === 'fridge' && it.codes.includes('not_cooling')) as Fault;
const expected: BookingExpected = {
  number: 'BX-20261121-0001',
  fault: fridge,
  door: { city: '北京市', district: '朝阳区', detail: '望京西园三区312号楼1单元602' },
  phone: '13800138000',
  name: '王女士',
  model: null,
  wanted: { wish: { kind: 'part', day: '2026-11-23', part: 'afternoon' }, picked: null, wishTold: true },
  toShop: false,
};
const wrong = (record = aRecord(aTicket()), wanted = expected) => judgeBooking(wanted, record).map((it) => it.what);

describe('a booking', () => {
  it('as it was meant has no finding, remark after the door and dictated digits included', () => {
    expect(wrong()).toEqual([]);
    expect(wrong(aRecord(aTicket(), '望京西园三区312号楼1单元602,电梯房'))).toEqual([]);
    expect(wrong(aRecord(aTicket(), '望京西园三区三一二号楼一单元六零二'))).toEqual([]);
  });

  it.each([
    ['appliance', aRecord(aTicket({ appliance: 'washer' }))],
    ['fault', aRecord(aTicket({ faultCodes: ['frosting'] }))],
    ['district', aRecord(aTicket({ address: '北京市海淀区' }))],
    ['address', aRecord(aTicket(), '望京西园三区312号楼1单元603')],
    ['address', aRecord(aTicket(), '望京西园三区312号楼1单元602,2号门')],
    ['name', aRecord(aTicket(), undefined, '王')],
    ['phone', aRecord(aTicket(), undefined, undefined, '+8613800138001')],
    ['name, masked', aRecord(aTicket({ customer: { id: 'c', name: '王女士', phone: '138****8000' } }))],
    ['phone, masked', aRecord(aTicket({ customer: { id: 'c', name: '王*', phone: '13800138000' } }))],
  ])('with another %s is not exact', (field, record) => {
    expect(wrong(record).map((it) => it.split(':')[0])).toEqual([field]);
  });

  it('at another time than wished for, or than was picked, is not exact', () => {
    const evening = { ...expected, wanted: { ...expected.wanted, wish: { kind: 'part', day: '2026-11-23', part: 'evening' } as Wish } };
    expect(wrong(undefined, evening)).toHaveLength(1);
    const picked = { ...expected, wanted: { ...expected.wanted, picked: Date.parse('2026-11-23T16:00:00+08:00') } };
    expect(wrong(undefined, picked)).toEqual(['window: 2026-11-23 14:00 in place of 2026-11-23 16:00']);
  });

  it('whose model was told and is not there is not exact', () => {
    expect(wrong(undefined, { ...expected, model: 'BCD-535WT' })).toEqual(['model: null in place of BCD-535WT']);
  });

  it('with an appliance in the visit that nobody meant is not exact', () => {
    const record = aRecord(aTicket());
    const more = aTicket({ number: 'BX-20261121-0002', appliance: 'washer' });
    expect(wrong({ ...record, tickets: [more, ...record.tickets] })).toEqual(['besides: washer in the same visit']);
  });

  it('that is no ticket, is called off, or has no visit is not right', () => {
    expect(judgeBooking(expected, { tickets: [], revealed: null, handoffs: [] })).toEqual([{ kind: 'outcome', what: 'no repair ticket' }]);
    expect(judgeBooking(expected, aRecord(aTicket({ status: 'cancelled' })))[0]?.kind).toBe('outcome');
    expect(judgeBooking(expected, aRecord(aTicket({ appointment: null })))[0]?.kind).toBe('outcome');
  });

  it('that came after a complaint nobody made is not right', () => {
    const record = aRecord(aTicket());
    const complaint = aTicket({ number: 'TS-202611-0001', kind: 'complaint' });
    expect(judgeBooking(expected, { ...record, tickets: [complaint, ...record.tickets] })[0]?.kind).toBe('outcome');
  });
});

describe('asked twice', () => {
  const says = (...lines: readonly Line[]): Scene => ({ by: 'customer', errand: 'booking', lines });
  const asks = (asking: string, ...reply: readonly string[]): Scene => ({
    by: 'bot',
    errand: 'booking',
    turn: { ...SILENCE, asking, reply },
  });
  const offers = (...reply: readonly string[]): Scene => {
    const turn: Turn = { ...SILENCE, asking: 'window', reply, buttons: [{ label: '11月23日 周一 14:00–16:00', value: '' }] };
    return { by: 'bot', errand: 'booking', turn };
  };
  const slots = (...scenes: readonly Scene[]) => askedTwice(scenes, NOON).map((it) => it.slot);
  const phone = line('tells', '13800138000', ['phone']);

  it('is what was told, whether just now or long ago', () => {
    expect(slots(asks('phone'), says(phone), asks('phone', 'ask.phone.again'))).toEqual(['phone']);
    expect(slots(says(phone), asks('name'), says(line('tells', '王女士', ['name'])), asks('phone'))).toEqual(['phone']);
  });

  it('is not what a question of their own put off, nor what a correction opened', () => {
    expect(slots(asks('phone'), says(line('digresses', '多少钱')), asks('phone'))).toEqual([]);
    expect(
      slots(says(line('tells', '明天', ['window'])), says(line('corrects', '是冰箱', ['appliance'], ['window'])), asks('window')),
    ).toEqual([]);
  });

  it('is not a choice of windows after a wish, but is one after a pick', () => {
    const wish = line('tells', '周一下午', ['window']);
    const pick = line('picks', '第一个', ['window', 'picked']);
    expect(slots(says(wish), offers('ask.window.offer'))).toEqual([]);
    expect(slots(says(wish), asks('window', 'ask.window.open'))).toEqual(['window']);
    expect(slots(says(pick), offers('ask.window.offer'))).toEqual(['window']);
    expect(slots(says(wish), offers('ask.window.again'))).toEqual(['window']);
    expect(slots(says(pick), offers('ask.window.taken'))).toEqual([]);
  });

  it('is a read-back after a yes, unless something changed or the desk asks first whether to go on', () => {
    const agreed = says(line('agrees', '对', ['confirm']));
    expect(slots(agreed, asks('confirm', 'confirm.again'))).toEqual(['confirm']);
    expect(slots(agreed, says(line('corrects', '电话错了', ['phone'], ['confirm'])), asks('confirm'))).toEqual([]);
    expect(slots(agreed, asks('resume'), says(line('agrees', '继续')), asks('confirm'))).toEqual([]);
  });
});

describe('the gates', () => {
  const good: ErrandVerdict = {
    manner: 'terse',
    name: 'booking',
    flow: 'repair-booking',
    end: 'done',
    messages: 6,
    isPlain: true,
    isRight: true,
    findings: [],
    doubled: [],
    handedOff: false,
  };
  const failed = (...bad: readonly Partial<ErrandVerdict>[]) =>
    gatesOf([...Array.from({ length: 20 - bad.length }, () => good), ...bad.map((it) => ({ ...good, ...it }))])
      .filter((it) => !it.passed)
      .map((it) => it.name);

  it('pass where everything is right, and with one in twenty wrong', () => {
    expect(failed()).toEqual([]);
    expect(failed({ isRight: false, end: 'lost' })).toEqual([]);
  });

  it('fail each for its own reason', () => {
    const lost = { isRight: false, end: 'lost' } as const;
    const inexact = { findings: [{ kind: 'field', what: 'name' }] } as const;
    expect(failed(lost, lost)).toEqual(['right outcome']);
    expect(failed(inexact, inexact)).toEqual(['all fields exact']);
    expect(failed({ doubled: [{ errand: 'booking', slot: 'phone', reply: 'ask.phone' }] })).toEqual(['asked twice']);
    expect(failed({ handedOff: true }, { handedOff: true })).toEqual(['needless handoffs']);
    expect(failed(...Array.from({ length: 20 }, () => ({ messages: 7 })))).toEqual(['messages of a step-by-step booking']);
  });

  it('fail where nobody came', () => {
    expect(
      gatesOf([])
        .filter((it) => it.passed)
        .map((it) => it.name),
    ).toEqual(['asked twice']);
  });
});

it('a window is read off its button in both languages, over the turn of the year too', () => {
  expect(windowStart('11月23日 周一 14:00–16:00', NOON)).toBe(Date.parse('2026-11-23T14:00:00+08:00'));
  expect(windowStart('Monday 23 November, 14:00–16:00', NOON)).toBe(Date.parse('2026-11-23T14:00:00+08:00'));
  expect(windowStart('1月2日 周六 08:00–10:00', Date.parse('2026-12-30T12:00:00+08:00'))).toBe(Date.parse('2027-01-02T08:00:00+08:00'));
  expect(windowStart('都不合适', NOON)).toBeNull();
});

it('a wish is answered by its own windows only', () => {
  const at = (clock: string) => Date.parse(`2026-11-23T${clock}:00+08:00`);
  const morning: Wish = { kind: 'part', day: '2026-11-23', part: 'morning' };
  expect(['08:00', '10:00', '14:00'].map((it) => answersWish(morning, at(it)))).toEqual([true, true, false]);
  expect(answersWish({ ...morning, day: '2026-11-24' }, at('08:00'))).toBe(false);
  expect(answersWish({ kind: 'soonest' }, at('18:00'))).toBe(true);
});
