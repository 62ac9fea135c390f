/** The judges of complaints, surveys and questions on cover can say no as well. */
import { describe, expect, it } from 'vitest';
import { aRecord, aTicket, NOON } from './a-record.ts';
import { answerSurvey } from './answer-survey.ts';
import { askWarranty } from './ask-warranty.ts';
import { drawPlan } from './booking-plan.ts';
import { complain } from './complain.ts';
import type { DeskRecord, RecordedTicket } from './desk-record.ts';
import type { Customer, Errand } from './errand.ts';
import { MANNERS, type Manner } from './manner.ts';
import type { Random } from './random.ts';
import { SILENCE } from './story.ts';

/** The first of every list, and every chance comes true. */
const FIRST: Random = {
  next: () => 0,
  chance: () => true,
  between: (least) => least,
  pick: <Item>(list: readonly Item[]) => list[0] as Item,
  some: (list, count) => list.slice(0, count),
  fork: () => FIRST,
};

const customer: Customer = {
  index: 0,
  manner: MANNERS[0] as Manner,
  person: { phone: '13800138000', name: '王女士', nameSaid: '王女士', door: { city: '北京市', district: '朝阳区', detail: '1号楼101' } },
  random: FIRST,
  now: () => NOON,
};

const nobody = () => Promise.resolve(null);
const judged = (errand: Errand, record: DeskRecord) => errand.judge(record).map((it) => it.what);

describe('a complaint', () => {
  const errand = complain(customer, false);
  const [said] = errand.opening(SILENCE);
  const filed = (changed: Partial<NonNullable<RecordedTicket['complaint']>> = {}, number = 'TS-202611-0001') => {
    const complaint = {
      category: 'repair-service',
      gravities: [],
      wish: 'repair',
      about: null,
      statements: [{ text: said?.text ?? '' }],
      ...changed,
    };
    return aRecord(aTicket({ number, kind: 'complaint', complaint }));
  };

  it('as it was told has no finding', () => {
    expect(judged(errand, filed())).toEqual([]);
  });

  it.each([
    ['category', filed({ category: 'other' })],
    ['wish', filed({ wish: null })],
    ['words', filed({ statements: [{ text: '我要投诉' }] })],
    ['number TS-202611-1', filed({}, 'TS-202611-1')],
  ])('with another %s is not exact', (field, record) => {
    expect(judged(errand, record).map((it) => it.split(':')[0])).toEqual([field]);
  });

  it('after a visit is about that visit', () => {
    const visited = complain(customer, true);
    const told = visited.opening(SILENCE)[0]?.text ?? '';
    const complaint = { category: 'repair-service', gravities: [], wish: 'repair', about: null, statements: [{ text: told }] };
    const record = aRecord(aTicket({ number: 'TS-202611-0001', kind: 'complaint', complaint }));
    expect(judged(visited, { ...record, tickets: [aTicket(), ...record.tickets] })).toEqual(['about: null in place of BX-20261121-0001']);
  });

  it('that nobody filed is not right', () => {
    expect(judged(errand, aRecord(aTicket()))).toEqual(['no complaint is filed']);
  });
});

describe('a survey', () => {
  const errand = answerSurvey(customer, nobody);
  const answered = (survey: Partial<NonNullable<RecordedTicket['survey']>> | null, more: readonly RecordedTicket[] = []): DeskRecord => {
    const ticket = aTicket({
      status: 'resolved',
      survey: survey && { status: 'answered', score: 5, resolved: true, reason: null, ...survey },
    });
    return { ...aRecord(ticket), tickets: [ticket, ...more] };
  };

  it('as it was answered has no finding', () => {
    expect(judged(errand, answered({}))).toEqual([]);
  });

  it('with another score, another answer, or a recheck nobody needs is not exact', () => {
    expect(judged(errand, answered({ score: 4 }))).toEqual(['score: 4 in place of 5']);
    expect(judged(errand, answered({ resolved: null }))).toEqual(['resolved: null in place of true']);
    expect(judged(errand, answered({}, [aTicket({ kind: 'recheck', dueAt: '2026-11-22T12:00:00.000+08:00' })]))).toHaveLength(1);
  });

  it('that is low wants a recheck within 24 hours of the answer', () => {
    const low = answerSurvey(
      { ...customer, random: { ...FIRST, pick: (list) => list.at(-1) as (typeof list)[number], chance: () => false } },
      nobody,
    );
    const survey = { score: 1, resolved: false };
    const recheck = (dueAt: string) => aTicket({ number: 'BX-20261121-0002', kind: 'recheck', dueAt });
    expect(judged(low, answered(survey))).toEqual(['recheck: false in place of true']);
    expect(judged(low, answered(survey, [recheck('2026-11-22T12:00:00.000+08:00')]))).toEqual([]);
    expect(judged(low, answered(survey, [recheck('2026-11-23T12:00:00.000+08:00')]))).toHaveLength(1);
  });

  it('that is on no ticket is not right', () => {
    expect(errand.judge(answered(null))[0]?.kind).toBe('outcome');
  });
});

describe('a question on cover', () => {
  const asked = () => askWarranty(customer, drawPlan(customer));
  const hearing = (...reply: readonly string[]) => {
    const errand = asked();
    errand.isDone({ ...SILENCE, reply });
    return judged(errand, aRecord(aTicket()));
  };

  it('is right only with the answer its product has', () => {
    expect(hearing('warranty.record', 'warranty.covered')).toEqual([]);
    expect(hearing('warranty.record', 'warranty.expired.range')).toHaveLength(1);
    expect(hearing('ask.serial')).toHaveLength(1);
  });

  it('is over when the desk has closed it, not when it asks on', () => {
    expect(asked().isDone({ ...SILENCE, reply: ['warranty.closed'] })).toBe(true);
    expect(asked().isDone({ ...SILENCE, reply: ['warranty.covered', 'ask.next'] })).toBe(false);
  });
});
