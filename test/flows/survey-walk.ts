/** What customers can answer to a survey, for `walk.ts`, and what surveys are about. */
import type { DialogEvent } from '../../flows/dialog-event.ts';
import { survey } from '../../flows/survey.ts';
import { emptySurvey, type SurveyData } from '../../flows/survey-data.ts';
import { HOUR, type Instant, instantOf } from '../../src/domain/instant.ts';
import { DEFAULT_POLICY, type Policy } from '../../src/domain/policy.ts';
import type { SurveySubject } from '../../src/domain/survey.ts';
import { id, NOW, PHONE, SAID_IN_ANY, says } from './answers.ts';
import { type EdgeOf, walkerOf } from './walk.ts';

export const REPAIR: SurveySubject = {
  surveyId: id('survey'),
  about: 'repair',
  ticket: {
    id: id('ticket'),
    number: 'BX-20261118-0001',
    appliance: 'air_conditioner',
    area: { province: '北京市', city: '北京市', district: '朝阳区' },
  },
  phone: PHONE,
  engineerName: '李建国',
  endedAt: instantOf(NOW - 24 * HOUR),
};
const IN_SHOP: SurveySubject = { ...REPAIR, engineerName: null };
const CHAT: SurveySubject = { ...REPAIR, about: 'chat', ticket: null, engineerName: null, phone: null };

export const CALL_BACK_BY = instantOf(NOW + 2 * HOUR);

export type SurveyEdge = EdgeOf<SurveyData>;

export const taken = (now: Instant = NOW, callBackBy: Instant = CALL_BACK_BY) =>
  ({ type: 'NUMBERS_TAKEN', tickets: [{ id: id('recheck'), number: 'BX-20261120-0099' }], callBackBy, now }) as const satisfies DialogEvent;

const withRules = (survey: Partial<Policy['survey']>): Policy => ({ ...DEFAULT_POLICY, survey: { ...DEFAULT_POLICY.survey, ...survey } });
const EVERYTHING = withRules({ items: ['badge', 'on-time', 'attitude'], comment: true });

export const BEGINNINGS: readonly SurveyData[] = [
  emptySurvey(REPAIR, DEFAULT_POLICY),
  emptySurvey(REPAIR, EVERYTHING),
  emptySurvey(IN_SHOP, EVERYTHING),
  emptySurvey(CHAT, DEFAULT_POLICY),
];

export const surveyWalker = walkerOf<SurveyData>({
  machine: survey,
  said: {
    score: [
      says({ score: 5 }, '5'),
      says({ score: 2 }, '2分，太慢了'),
      says({ resolved: false }, '还是漏水'),
      says({ resolved: true }, '修好了'),
      says({}, '师傅人很好'),
      says({}, '10'),
    ],
    reason: [says({}, '师傅迟到了'), says({ score: 4, corrects: true }, '不对，是4分'), says({ resolved: false }, '还是漏水')],
    resolved: [says({ resolved: true }, '解决了'), says({ resolved: false }, '没解决'), says({}, '用着再看看')],
    badge: [says({}, '没注意')],
    'on-time': [says({}, '没注意')],
    attitude: [says({ score: 4 }, '4')],
    comment: [says({}, '希望周末也能修')],
  },
  anytime: SAID_IN_ANY,
  lookedUp: () => [taken()],
  tapped: (means) => means,
  // Scores of one band lead the same ways, and what was said of the engineer leads nowhere.
  sameness: ({ value, context: { data, misses, trail } }) => {
    const { answers, subject, passed, over, recheck, rules } = data;
    const { score, reason, resolved, comment } = answers;
    const band = score === null ? null : Math.ceil(score / 2);
    const known = [band, reason !== null, resolved, comment !== null, passed.length, passed.at(-1) ?? '', over, recheck !== null];
    return JSON.stringify([value, misses, known, trail.length > 0, subject.about, subject.engineerName, rules.items.length]);
  },
});
