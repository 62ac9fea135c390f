import { describe, expect, test } from 'vitest';
import { NOTHING_SAID } from '../../flows/dialog-event.ts';
import { emptySurvey, mergeSurvey, type SurveyData } from '../../flows/survey-data.ts';
import { storedSurvey, surveyIdOf, surveyMatter } from '../../flows/survey-stored.ts';
import { DEFAULT_POLICY } from '../../src/domain/policy.ts';
import { answers } from './answers.ts';
import { REPAIR } from './survey-walk.ts';

const asked = emptySurvey(REPAIR, DEFAULT_POLICY);
const scored = (score: number): SurveyData => ({ ...asked, answers: { ...asked.answers, score } });

describe('words beside a score', () => {
  test.each([
    ['5分', null],
    ['5', null],
    ['５分！', null],
    ['⭐⭐⭐⭐⭐', null],
    ['非常满意', null],
    ['还不错吧', null],
    ['5分 很满意', null],
    ['5分，谢谢', null],
    ['10分', null],
    ['5分 师傅很好', '师傅很好'],
    ['师傅很好，给5分', '师傅很好'],
    ['五颗星！师傅还帮我擦了外机', '师傅还帮我擦了外机'],
  ])('%s: %s', (text, comment) => {
    expect(mergeSurvey(asked, answers({ score: 5 }), text, 'score').answers).toMatchObject({ score: 5, comment, reason: null });
  });

  test('are the reason of a low score, a comment on a high one; a reason that is there stays', () => {
    expect(mergeSurvey(asked, answers({ score: 3 }), '3分，来晚了', 'score').answers).toMatchObject({ reason: '来晚了', comment: null });
    expect(mergeSurvey(asked, answers({ score: 4 }), '4分，来晚了', 'score').answers).toMatchObject({ reason: null, comment: '来晚了' });
    expect(mergeSurvey(asked, answers({ resolved: false }), '还是漏水', 'score').answers).toMatchObject({
      resolved: false,
      reason: '还是漏水',
    });
    const told = { ...scored(2), answers: { ...scored(2).answers, reason: '来晚了' } };
    expect(mergeSurvey(told, answers({ resolved: false }), '没有，还是漏水', 'resolved').answers.reason).toBe('来晚了');
  });

  test('a courtesy is no reason, a score put right is none either', () => {
    expect(mergeSurvey(scored(2), NOTHING_SAID, '谢谢', 'reason').answers.reason).toBeNull();
    expect(mergeSurvey(scored(2), answers({ score: 4, corrects: true }), '不对，我是说4分', 'reason').answers).toMatchObject({
      score: 4,
      reason: null,
    });
    expect(mergeSurvey(scored(2), answers({ score: 2 }), '打2分是因为师傅迟到', 'reason').answers.reason).toContain('师傅迟到');
  });

  test('a score for the manner is not the score', () => {
    expect(mergeSurvey(scored(5), answers({ score: 2 }), '2', 'attitude').answers).toMatchObject({ score: 5, items: { attitude: 2 } });
  });

  test('nothing new is the same object', () => {
    expect(mergeSurvey(asked, NOTHING_SAID, '10', 'score')).toBe(asked);
    expect(mergeSurvey(scored(5), answers({ score: 5 }), '5', 'score')).toEqual(scored(5));
  });
});

describe('stored', () => {
  const context = { data: { ...scored(2), recheck: { ticketId: 'recheck', number: 'BX-20261120-0099' } }, misses: 1, trail: ['score'] };

  test('it is read back whole, or not at all', () => {
    expect(storedSurvey.read(JSON.parse(JSON.stringify(context)))).toEqual(context);
    expect(storedSurvey.read({ ...context, data: { ...context.data, answers: { ...context.data.answers, score: 9 } } })).toBeNull();
    expect(surveyIdOf(context)).toBe(REPAIR.surveyId);
    expect(surveyIdOf({ data: {} })).toBeNull();
  });

  test('who breaks in is told what it is about', () => {
    expect(surveyMatter(context.data as SurveyData)).toEqual({
      appliance: 'air_conditioner',
      faults: [],
      phone: REPAIR.phone,
      address: { province: '北京市', city: '北京市', district: '朝阳区', detail: null },
      ticket: { id: REPAIR.ticket?.id, number: REPAIR.ticket?.number },
      words: (context.data as SurveyData).answers.reason,
    });
    expect(surveyMatter(undefined)).toMatchObject({ ticket: null, appliance: null, address: null });
  });
});
