/** What customers answer to a survey, slot by slot. */
import { describe, expect, test } from 'vitest';
import { createUnderstand } from '../../src/understanding/understand.ts';
import type { Expected } from '../../src/understanding/understood.ts';

const understand = createUnderstand();
const read = (text: string, expects: Expected) =>
  understand(text, { now: Date.parse('2026-11-22T16:20:00+08:00'), timeZone: 'Asia/Shanghai', expects });

describe('the score', () => {
  test.each([
    ['5', 5],
    ['5分', 5],
    ['三分', 3],
    ['打四分吧', 4],
    ['给你们4', 4],
    ['三颗星', 3],
    ['⭐⭐⭐', 3],
    ['⭐️⭐️⭐️⭐️', 4],
    ['5️⃣', 5],
    ['很满意', 5],
    ['非常满意!', 5],
    ['满意', 4],
    ['挺好的', 4],
    ['现在用着还不错', 4],
    ['一般', 3],
    ['一般般吧', 3],
    ['还行', 3],
    ['不满意', 2],
    ['不太满意,师傅迟到了', 2],
    ['不好', 2],
    ['很差', 1],
    ['非常不满意', 1],
    ['very satisfied', 5],
    ['4 stars', 4],
    ['not good', 2],
    ['5 师傅很好', 5],
  ])('%s is %i', (text, score) => {
    const { intent, entities } = read(text, 'score');
    expect([intent, entities.score]).toEqual(['survey_score', score]);
  });

  test.each(['0', '6', '10', '10分', '0分', '⭐⭐⭐⭐⭐⭐', '修了3次还没好', '师傅很好', '好的', '谢谢', '2天了还没好', '1个小时就修好了'])(
    '%s is none',
    (text) => {
      expect(read(text, 'score').entities.score).toBeNull();
    },
  );

  test.each(['不想评', '跳过', '算了', '不用了', '别烦我', '没空', '懒得评', '不评价'])('%s: leave me in peace', (text) => {
    const { intent, confidence } = read(text, 'score');
    expect(['skip', 'cancel_flow']).toContain(intent);
    expect(confidence).toBeGreaterThan(0.6);
  });

  test.each(['我要投诉', '我要投诉你们', '打12315'])('%s is no answer', (text) => {
    for (const slot of ['score', 'reason', 'resolved'] as const) expect(read(text, slot).intent).toBe('complaint');
  });

  test('words count only where a score was asked for', () => {
    for (const text of ['很满意', '一般', '很差']) expect(read(text, 'window').entities.score).toBeNull();
  });
});

describe('solved or not', () => {
  test.each([
    ['解决了', true],
    ['好像好了', true],
    ['已经修好了', true],
    ['暂时没问题', true],
    ['没解决', false],
    ['没好', false],
    ['还是不行', false],
    ['还在漏', false],
    ['又坏了', false],
    ['还有点响', false],
    ['空调又不制冷了', false],
  ])('%s is %s', (text, resolved) => {
    expect(read(text, 'resolved').entities.resolved).toBe(resolved);
  });

  test.each([
    ['是', 'affirm'],
    ['嗯', 'affirm'],
    ['没有', 'deny'],
    ['否', 'deny'],
    ['不清楚', 'skip'],
  ])('%s: %s', (text, intent) => expect(read(text, 'resolved').intent).toBe(intent));
});

describe('badge and time', () => {
  test.each([
    ['badge', '戴了', 'affirm'],
    ['badge', '有', 'affirm'],
    ['badge', '戴着呢', 'affirm'],
    ['badge', '没戴', 'deny'],
    ['badge', '没有戴工牌', 'deny'],
    ['badge', '没注意', 'skip'],
    ['on-time', '准时', 'affirm'],
    ['on-time', '提前到的', 'affirm'],
    ['on-time', '晚了半小时', 'deny'],
    ['on-time', '迟到了', 'deny'],
    ['on-time', '不准时', 'deny'],
  ] as const)('%s: %s is %s', (slot, text, intent) => expect(read(text, slot).intent).toBe(intent));
});
