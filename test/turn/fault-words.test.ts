import { describe, expect, test } from 'vitest';
import { answersOf, partReader } from '../../src/turn/answers.ts';
import { tellsOfFault } from '../../src/turn/fault-words.ts';
import { createUnderstand } from '../../src/understanding/understand.ts';

const understand = createUnderstand();
const about = { now: Date.parse('2026-11-20T10:00:00+08:00'), timeZone: 'Asia/Shanghai' };
const reports = (text: string) =>
  answersOf(text, understand(text, { ...about, expects: null }), null, partReader(understand, about)).reports;

describe('how a machine misbehaves', () => {
  test.each([
    '今年一开就不怎么凉',
    '吹了一晚上还是热',
    '制不了热',
    '冇晒冻气',
    '去唔到水',
    '郁唔到',
    '结了好厚一层霜',
    '老是自己停',
    '一甩就咣咣响',
    '电视机花mon',
    'goes out by itself',
    'does not ignite',
    'shows vertical lines',
    '冰箱门封条坏了',
    '抽屉裂了一块',
    '洗衣机按键掉了',
    '滚筒卡住了',
  ])('is told by %s', (clause) => expect(tellsOfFault(clause)).toBe(true));

  test.each([
    '空调坏了',
    '要修一下',
    '还是上次那台',
    '家里一直有人',
    '门牌号是1501',
    '面板上写着型号',
    '还是师傅上门吧',
    '不知道型号',
    '明天下午来',
    'it is broken',
    'I do not know the model',
    "I can't wait",
  ])('is not told by %s', (clause) => expect(tellsOfFault(clause)).toBe(false));
});

describe('S2-006 what no known fault is read in goes on in the words it was told in', () => {
  test.each([
    ['燃气灶打火啪啪响就是不着,电池换了也没用', 'gas_stove'],
    ['雪柜冇晒冻气', 'fridge'],
    ['The gas stove goes out as soon as I release the knob', 'gas_stove'],
  ])('%s', (text, appliance) => {
    expect(reports(text)).toMatchObject([{ appliance }]);
    expect(reports(text)[0]?.text).not.toBeNull();
  });

  test.each(['空调坏了', '想约个师傅修洗衣机', '想查下保养期,空调的', '我家电视还保修吗', '空调修一次多少钱'])('%s tells none', (text) => {
    expect(reports(text).every((it) => it.text === null)).toBe(true);
  });
});
