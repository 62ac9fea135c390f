import { beforeAll, describe, expect, test } from 'vitest';
import { enquiryAnswers } from '../../prisma/seed/enquiry-answers.ts';
import { createReadEnquiry } from '../../src/understanding/enquiry-features.ts';
import { isQuestion } from '../../src/understanding/enquiry-question.ts';
import { createEnquirySearch, type FindEnquiry, type FoundEnquiry } from '../../src/understanding/enquiry-search.ts';
import { createPlainText } from '../../src/understanding/plain-text.ts';
import { createUnderstand } from '../../src/understanding/understand.ts';
import { NOON } from '../store/a-turn.ts';
import { ANSWERING, ASKED, UNASKED } from './enquiry-questions.ts';

const plainText = createPlainText();
const understand = createUnderstand();
let search: FindEnquiry;
beforeAll(() => {
  search = createEnquirySearch(enquiryAnswers(), createReadEnquiry(plainText));
});

const find = (text: string, inDialog = false): FoundEnquiry =>
  search(text, { understood: understand(text, { now: NOON, timeZone: 'Asia/Shanghai', expects: null }), inDialog });

describe('on questions nobody learnt from', () => {
  const found = () => ASKED.map(([question, ...keys]) => ({ question, keys, found: find(question) }));

  test('nine of ten are answered rightly, and hardly any wrongly', () => {
    const right = found().filter((it) => it.found.kind === 'found' && it.keys.includes(it.found.key));
    const wrong = found().filter((it) => it.found.kind === 'found' && !it.keys.includes(it.found.key));
    expect(right.length / ASKED.length).toBeGreaterThanOrEqual(0.9);
    expect(wrong.length / ASKED.length, wrong.map((it) => it.question).join()).toBeLessThanOrEqual(0.03);
  });

  test('of two that fit as well, one is right', () => {
    for (const { keys, found: it } of found()) if (it.kind === 'unsure') expect(it.keys.some((key) => keys.includes(key))).toBe(true);
  });

  test('what the list does not answer is left alone', () => {
    const taken = UNASKED.filter((text) => find(text).kind !== 'nothing');
    expect(taken.length / UNASKED.length, taken.join()).toBeLessThanOrEqual(0.04);
  });

  test('an answer to an open question is no digression', () => {
    const taken = ANSWERING.filter((text) => find(text, true).kind !== 'nothing');
    expect(taken.length / ANSWERING.length, taken.join()).toBeLessThanOrEqual(0.01);
  });
});

test('nearly every way of asking finds its own answer', () => {
  const lost = enquiryAnswers().flatMap(({ key, questions }) =>
    questions.filter((text) => {
      const it = find(text);
      return it.kind === 'found' ? it.key !== key : it.kind === 'unsure' && !it.keys.includes(key);
    }),
  );
  const all = enquiryAnswers().flatMap((it) => it.questions).length;
  expect(lost.length / all, lost.join()).toBeLessThanOrEqual(0.01);
});

test('a question in between is found while a dialog is open', () => {
  for (const [text, key] of [
    ['修完保修多久', 'warranty.after-repair'],
    ['能开发票吗', 'invoice.how'],
    ['师傅有工牌吗', 'engineer.identity'],
    ['配件是原厂的吗', 'parts.original'],
    ['付钱是给师傅还是给公司', 'pay.how'],
    ['师傅来的时候家里要有人吗', 'visit.absent'],
    ['上门前我需要把东西挪开吗', 'prepare.general'],
    ['序列号在什么地方', 'warranty.label'],
    ['你们有以旧换新吗', 'scope.trade-in'],
  ] as const)
    expect(find(text, true), text).toMatchObject({ kind: 'found', key });
});

test('danger is never answered from the list', () => {
  for (const text of ['厨房有煤气味还能开灯吗', '热水器漏电麻手怎么办', '插座冒烟了要不要先拔插头'])
    expect(find(text).kind, text).toBe('nothing');
});

test('a message is searched for in no time', () => {
  const texts = [...ASKED.map(([question]) => question), ...UNASKED];
  const read = texts.map((text) => ({ text, understood: understand(text, { now: NOON, timeZone: 'Asia/Shanghai', expects: null }) }));
  for (const { text, understood } of read) search(text, { understood, inDialog: false });
  const began = performance.now();
  for (const { text, understood } of read) search(text, { understood, inDialog: false });
  expect((performance.now() - began) / read.length).toBeLessThan(5);
});

test('a question has the form of one', () => {
  for (const text of [
    '上门收费吗',
    '保修多久',
    '能开发票不',
    '有没有优惠',
    'how much is it',
    '应该能开票吧',
    '周日上不上班',
    '中午休息不休息',
    '是换新还是修',
  ])
    expect(isQuestion(plainText(text)), text).toBe(true);
  for (const text of [
    '明天下午',
    '我姓王',
    '空调不制冷',
    '不知道什么牌子',
    '好的谢谢',
    '望京花园2号楼',
    'tomorrow afternoon',
    '打火啪啪响就是不着,换了也没用',
    '吹了一晚上还是热',
    '还是师傅上门吧',
    '对对,还是我家',
    'the gas heater does not ignite',
    'It does not move any more',
    'it no longer heats, not any longer',
    '没什么损失',
    '也没啥问题了',
  ])
    expect(isQuestion(plainText(text)), text).toBe(false);
});
