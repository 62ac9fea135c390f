import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { begunComplaint, CORRECTING, type ComplaintData, mergeComplaint, NOTHING_TOLD, withoutTicket } from '../../flows/complaint-data.ts';
import { filedEffects } from '../../flows/complaint-outcome.ts';
import { foundTickets } from '../../flows/complaint-tickets.ts';
import { excerpt, hasStory, isWordy } from '../../flows/complaint-words.ts';
import type { Answers } from '../../flows/dialog-event.ts';
import { COMPLAINT_WISHES } from '../../src/domain/complaint.ts';
import { DAY, instantOf } from '../../src/domain/instant.ts';
import { answers, NOW, OTHER_PHONE, PHONE, report } from './answers.ts';
import { EARLIER, EARLIER_COMPLAINT, FOREIGN, STORY, weighed } from './complaint-walk.ts';
import { TICKETS } from './ticket-walk.ts';

describe('whether anything of it is told', () => {
  test.each([
    '我要投诉',
    '我要投诉你们师傅!',
    '气死我了 我要投诉',
    '真的忍不了了,我要投诉你们',
    '投诉',
    '你好,我想投诉一下',
    'I want to make a complaint',
    '我要投诉 BX-20261118-0001',
    '对你们的服务很不满意',
    '',
  ])('nothing yet: %s', (text) => {
    expect(hasStory(text)).toBe(false);
  });

  test.each(['我要投诉,修了三次还没好', '师傅骂人', '你们师傅迟到两小时', 'the engineer never came', '冰箱又坏了'])(
    'a story: %s',
    (text) => {
      expect(hasStory(text)).toBe(true);
    },
  );

  test('a label of a button is never a story beside it', () => {
    for (const label of ['产品质量', '售后服务', '重修', '还没想好', 'after-sales service', 'something else'])
      expect(isWordy(label)).toBe(false);
  });

  test('an excerpt is one line of at most 60 characters', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 3_000 }), (text) => {
        expect(excerpt(text).length).toBeLessThanOrEqual(60);
        expect(excerpt(text)).not.toMatch(/\n/u);
      }),
    );
  });
});

const heard = (data: ComplaintData, said: Partial<Answers>, text: string, asked: string) =>
  mergeComplaint(data, answers(said), text, asked);
const told = begunComplaint(null, answers({ category: 'repair-service', complaintTypes: ['attitude'] }), STORY);

describe('a message in a complaint', () => {
  test('that says nothing new leaves the same object', () => {
    expect(heard(told, {}, STORY, 'what')).toBe(told);
    expect(heard(told, {}, '嗯', 'confirm')).toBe(told);
  });

  test('adds its words, a line each, up to 2,000 characters', () => {
    const more = heard(told, { complaintTypes: ['late'] }, '而且还迟到了整整两个小时', 'wish');
    expect(more.what).toBe(`${STORY}\n而且还迟到了整整两个小时`);
    expect(more.types).toEqual(['attitude', 'late']);
    expect(heard(told, {}, '长'.repeat(3_000), 'confirm').what).toHaveLength(2_000);
  });

  test('names another class only where it corrects: 不是质量问题,是师傅态度', () => {
    const quality = { ...told, category: 'product-quality' } as const;
    expect(heard(quality, { category: 'repair-service' }, '不是质量问题,是师傅态度', 'confirm').category).toBe('repair-service');
    expect(heard(quality, { category: 'repair-service' }, '师傅还迟到了', 'confirm').category).toBe('product-quality');
    expect(heard(quality, { category: 'repair-service' }, '师傅态度', CORRECTING).category).toBe('repair-service');
    expect(heard(quality, { category: 'repair-service' }, '师傅还迟到了', 'wish').category).toBe('product-quality');
  });

  test('answers the wish in any words', () => {
    expect(heard(told, { wish: 'refund' }, '退钱', 'wish').wish).toBe('refund');
    expect(heard(told, {}, '给我一个能让人接受的处理', 'wish').wish).toBe('other');
    expect(heard({ ...told, wish: 'refund' }, { wish: 'apology' }, '道歉', 'confirm').wish).toBe('apology');
    expect(heard({ ...told, wish: 'refund' }, { wish: 'apology' }, '他还说要道歉', 'phone').wish).toBe('refund');
  });

  test('puts the phone right', () => {
    expect(heard({ ...told, phone: PHONE }, { phone: OTHER_PHONE }, '电话写错了,是13900139000', 'confirm')).toMatchObject({
      phone: OTHER_PHONE,
      what: told.what,
    });
  });

  test('never weighs less: gravities and sums are only added', () => {
    const grave = heard(told, { gravities: ['media'], amountYuan: 500 }, '我要找媒体', 'confirm');
    expect(heard(grave, { gravities: ['injury'], amountYuan: 200 }, '还伤了手', 'confirm')).toMatchObject({
      gravities: ['injury', 'media'],
      amountYuan: 500,
    });
  });
});

describe('which ticket', () => {
  const found = (tickets: Parameters<typeof foundTickets>[1], said: Partial<Answers> = {}) =>
    foundTickets(mergeComplaint(NOTHING_TOLD, answers(said), '', 'opening'), tickets, NOW);

  test('one recent one is assumed, several are asked about, one shared by a visit is one', () => {
    expect(found([TICKETS.booked]).about?.number).toBe(TICKETS.booked.number);
    expect(found([TICKETS.booked, TICKETS.other])).toMatchObject({ about: null, aboutPassed: false, own: [{}, {}] });
    expect(found([TICKETS.sharedFirst, TICKETS.sharedSecond]).about?.number).toBe(TICKETS.sharedFirst.number);
    expect(found([])).toMatchObject({ about: null, own: [] });
  });

  test('the appliance tells which', () => {
    expect(found([TICKETS.booked, TICKETS.other], { reports: [report('range_hood')] }).about?.number).toBe(TICKETS.other.number);
    expect(found([TICKETS.booked], { reports: [report('tv')] })).toMatchObject({ about: null, aboutPassed: true });
  });

  test('done 90 days ago is recent, a day more is not, called off is neither', () => {
    const done = (days: number) => ({ ...TICKETS.resolved, completedAt: instantOf(NOW - days * DAY) });
    expect(found([done(90)]).about).not.toBeNull();
    expect(found([done(91)]).own).toEqual([]);
    expect(found([TICKETS.cancelled]).own).toEqual([]);
  });

  test('S2-024 a number that is told is theirs or a note; the one of an earlier complaint is that complaint', () => {
    expect(found([TICKETS.booked], { ticketNumber: FOREIGN })).toMatchObject({ about: null, number: FOREIGN });
    expect(found([EARLIER_COMPLAINT, TICKETS.booked], { ticketNumber: EARLIER_COMPLAINT.number }).about?.number).toBe(
      EARLIER_COMPLAINT.number,
    );
    expect(found([EARLIER_COMPLAINT]).own).toEqual([]);
  });

  test('not that one: another of theirs is asked about, or none is left', () => {
    expect(withoutTicket(found([TICKETS.booked]))).toMatchObject({ about: null, aboutPassed: true });
    const chosen = { ...found([TICKETS.booked, TICKETS.other]), about: found([TICKETS.booked]).about };
    expect(withoutTicket(chosen)).toMatchObject({ about: null, aboutPassed: false });
  });
});

describe('once it is weighed', () => {
  const kinds = (data: Partial<ComplaintData>, earlier: Parameters<typeof weighed>[1] = null) =>
    filedEffects({ ...told, ...data }, weighed('high', earlier)).map((it) => it.kind);

  test.each(COMPLAINT_WISHES)('a wish for %s goes to a person only where the bot may not decide', (wish) => {
    expect(kinds({ wish }).includes('hand-off')).toBe(wish === 'exchange' || wish === 'return');
    expect(kinds({ wish }, EARLIER).includes('hand-off')).toBe(wish === 'exchange' || wish === 'return');
  });

  test('joined, the promised call is a task when there is a phone', () => {
    expect(kinds({ phone: PHONE }, EARLIER)).toEqual(['join-complaint', 'contact-task', 'say', 'tell-staff']);
    expect(kinds({}, EARLIER)).toEqual(['join-complaint', 'say', 'tell-staff']);
  });
});
