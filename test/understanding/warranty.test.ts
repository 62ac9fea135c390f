/** What a customer says of a purchase, its proof, and of what takes a fault out of cover. */
import { describe, expect, test } from 'vitest';
import type { Expected } from '../../src/understanding/understood.ts';
import { read } from './reading.ts';

describe('proof of purchase', () => {
  test.each<readonly [string, Expected | null, boolean | null]>([
    ['有发票', null, true],
    ['发票还在', null, true],
    ['留着订单呢', null, true],
    ['没有发票', null, false],
    ['发票丢了', null, false],
    ['小票找不到了', null, false],
    ['有没有发票都行吗', null, null],
    ['能开发票吗', null, null],
    ['空调不制冷', null, null],
    ['有', 'proof', true],
    ['有的', 'proof', true],
    ['京东订单', 'proof', true],
    ['yes, the receipt', 'proof', true],
    ['没有', 'proof', false],
    ['没了', 'proof', false],
    ['早丢了', 'proof', false],
    ['no', 'proof', false],
    ['有', null, null],
    ['没有', null, null],
  ])('%s, asked for %s: %s', (text, expects, hasProof) => expect(read(text, expects).entities.hasProof).toBe(hasProof));
});

describe('S2-052 exclusions', () => {
  test.each<readonly [string, Expected | null, ReturnType<typeof read>['entities']['exclusion']]>([
    ['搬家的时候摔了一下', null, 'misuse'],
    ['之前进过水', null, 'misuse'],
    ['被水泡了', null, 'misuse'],
    ['打雷雷击了', null, 'misuse'],
    ['我自己拆过', null, 'self-dismantled'],
    ['老公拆开看了看', null, 'self-dismantled'],
    ['在外面修过一次', null, 'third-party-repair'],
    ['找人修过', null, 'third-party-repair'],
    ['路边小店修过', null, 'third-party-repair'],
    ['没摔过,自己拆过', null, 'self-dismantled'],
    ['没拆过也没摔过', null, 'none'],
    ['正常使用出的问题', null, 'none'],
    // Faults and wishes that only sound like it.
    ['洗衣机不进水', null, null],
    ['洗衣机一直进水', null, null],
    ['进水管漏水', null, null],
    ['不能正常使用', null, null],
    ['我想拆空调', null, null],
    ['要移机拆装', null, null],
    ['我自己拆了包装', null, null],
    ['上次没修好', null, null],
    ['你们师傅上个月修过', null, null],
    ['没有', null, null],
    ['没有', 'exclusion', 'none'],
    ['都没有', 'exclusion', 'none'],
    ['都没', 'exclusion', 'none'],
    ['进水', 'exclusion', 'misuse'],
    ['拆过', 'exclusion', 'self-dismantled'],
    ['别处修过', 'exclusion', 'third-party-repair'],
  ])('%s, asked for %s: %s', (text, expects, exclusion) => expect(read(text, expects).entities.exclusion).toBe(exclusion));
});

describe('the day of purchase', () => {
  test.each<readonly [string, Expected | null, string | null]>([
    ['冰箱去年3月18号买的还保修吗', null, '2025-03-18'],
    ['去年3月18号', 'serial', '2025-03-18'],
    ['没有,2025年11月买的', 'serial', '2025-11'],
    ['18号', 'purchasedOn', '2026-11-18'],
    ['25号吧', 'purchasedOn', '2026-10-25'],
    ['31', 'purchasedOn', '2026-10-31'],
    ['18号', null, null],
    ['18号', 'serial', null],
  ])('%s, asked for %s: %s', (text, expects, day) => expect(read(text, expects).entities.purchaseDate).toBe(day));
});

test.each(['2027年3月买的', '2027年3月18日买的', '明年3月买的'])('a day that is yet to come is no day of purchase: %s', (text) => {
  expect(read(text, 'purchasedOn').entities.purchaseDate).toBeNull();
});
