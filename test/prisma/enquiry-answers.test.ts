import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { enquiryAnswers } from '../../prisma/seed/enquiry-answers.ts';
import { ENQUIRY_FACTS, ENQUIRY_TOPICS, unknownFacts } from '../../src/domain/enquiry.ts';
import type { LocalDay } from '../../src/domain/instant.ts';
import { formatDatum } from '../../src/wording/format.ts';
import type { ReplyData } from '../../src/wording/reply.ts';
import { narrow } from '../wording/narrow.ts';
import { EN, ZH } from '../wording/samples.ts';

const CHARACTERS_MAX = 80;
const answers = enquiryAnswers();

/** As long as they get in a desk like the demo's. */
const FACTS: ReplyData = {
  company: { as: 'text', value: '保修通' },
  visitFee: { as: 'fee', value: { fromYuan: 30, toYuan: 60 } },
  cancelFee: { as: 'fee', value: { fromYuan: 20, toYuan: 20 } },
  hours: {
    as: 'opening',
    value: [
      {
        days: [1, 2, 3, 4, 5, 6, 7],
        blocks: [
          { from: '08:30', to: '12:00' },
          { from: '13:00', to: '21:00' },
        ],
      },
    ],
  },
  daysOff: { as: 'days-off', value: { spans: [], until: '2027-12-31' as LocalDay } },
  firstWindow: { as: 'text', value: '08:00' },
  lastWindow: { as: 'text', value: '20:00' },
  lead: { as: 'duration', value: 120 },
  horizonDays: { as: 'number', value: 14 },
  changeCutoff: { as: 'duration', value: 120 },
  lateMinutes: { as: 'number', value: 10 },
  cities: { as: 'numbers', value: ['北京', '上海', '深圳'] },
  productCover: {
    as: 'cover-months',
    value: [
      { months: 36, appliances: ['air_conditioner', 'water_heater'] },
      { months: 12, appliances: ['tv', 'fridge', 'washer'] },
    ],
  },
  repairDays: { as: 'number', value: 90 },
};
const FREE: ReplyData = {
  ...FACTS,
  visitFee: { as: 'fee', value: { fromYuan: 0, toYuan: 0 } },
  cancelFee: { as: 'fee', value: { fromYuan: 0, toYuan: 0 } },
};

const said = (text: (typeof answers)[number]['text'], facts: ReplyData, reading = ZH) =>
  formatDatum({ as: 'worded', value: text, facts }, reading);
const breaking = (rule: (sentence: string) => boolean) =>
  answers.flatMap(({ key, text }) => [said(text, FACTS), said(text, FREE)].filter((it) => !rule(narrow(it))).map((it) => `${key}: ${it}`));

test('every answer has its file of questions, and no file is without an answer', () => {
  const files = readdirSync(new URL('../../prisma/seed/enquiry-ways/', import.meta.url)).map((it) => it.replace(/\.txt$/u, ''));
  expect(answers.map((it) => it.key).sort()).toEqual(files.sort());
  expect(new Set(answers.map((it) => it.topic))).toEqual(new Set(ENQUIRY_TOPICS));
});

test('no way of asking is that of two answers, none is empty', () => {
  const all = answers.flatMap((it) => it.questions);
  expect(all.filter((it) => it.trim() === '')).toEqual([]);
  expect(all.filter((it, at) => all.indexOf(it) !== at)).toEqual([]);
  for (const { key, questions } of answers) expect(questions.length, key).toBeGreaterThanOrEqual(10);
});

describe('numbers are facts', () => {
  test('both languages name the same ones, and only facts there are', () => {
    const named = (text: string) => [...text.matchAll(/\{(\w+)\}/gu)].map((it) => it[1]).sort();
    for (const { key, text } of answers) {
      expect(named(text.en), key).toEqual(named(text['zh-CN']));
      expect([...unknownFacts(text['zh-CN']), ...unknownFacts(text.en)], key).toEqual([]);
    }
    expect(Object.keys(FACTS).sort()).toEqual([...ENQUIRY_FACTS].sort());
  });

  test('none is typed', () => expect(answers.filter(({ text }) => /\d/u.test(text['zh-CN'] + text.en)).map((it) => it.key)).toEqual([]));

  test('every fact is named by an answer', () => {
    const all = answers.map((it) => it.text['zh-CN']).join();
    expect(ENQUIRY_FACTS.filter((fact) => !all.includes(`{${fact}}`))).toEqual([]);
  });
});

describe('an answer is worded as everything else the bot says', () => {
  test('S2-089 short', () => expect(breaking((it) => it.length <= CHARACTERS_MAX)).toEqual([]));

  test('S2-089 with Chinese punctuation, no question mark but one, nothing unfilled', () => {
    const western = /\p{Script=Han}[,;:?!"]|[,;:?!"]\p{Script=Han}/u;
    expect(answers.filter(({ text }) => western.test(text['zh-CN'])).map((it) => it.key)).toEqual([]);
    expect(breaking((it) => !/[{}]|undefined|null|NaN|\?.*\?|[!\p{Extended_Pictographic}]/u.test(it.replace(/\d/gu, '')))).toEqual([]);
  });

  test('S2-089 and without what is never said', () => {
    const never =
      /亲|宝|耐心|(?:尽快|稍后|稍等)|系统|规定|不归|不负责|说清楚|人为|没有责任|保证|绝对|一定能|免费|应该没|拆开|拆下|自己拆|微信|转账|五星|好评|身份证|银行卡|验证码|密码|你/u;
    expect(breaking((it) => !never.test(it))).toEqual([]);
  });

  test('S2-089 and nobody is told to switch, drain or open anything that could hurt', () => {
    const advised = (it: string) => it.replace(/(?:不要|不用|别|不能|勿|才)[^,。;]*/gu, '');
    const gas = answers.find((it) => it.key === 'prepare.gas');
    expect(advised(narrow(said(gas?.text ?? { 'zh-CN': '', en: '' }, FACTS)))).not.toMatch(/打开|开窗|开关|拔|按/u);
    expect(breaking((it) => !/(?:打开|拆|卸|拧开)[^,。;]{0,4}(?:盖|壳|机器|面板|后板)/u.test(advised(it)))).toEqual([]);
  });

  test('English is English', () => {
    expect(
      answers
        .filter(({ text }) =>
          /\p{Script=Han}/u.test(said(text, { ...FACTS, cities: { as: 'numbers', value: [] }, company: { as: 'text', value: 'X' } }, EN)),
        )
        .map((it) => it.key),
    ).toEqual([]);
  });
});
