/** Who says that nothing was lost and asks for nothing fills in a slip (S4-002); who wants anything back does not. */
import { expect, test } from 'vitest';
import { deniesLoss } from '../../src/understanding/loss.ts';

test.each([
  '师傅没穿鞋套,也没造成什么损失',
  '没有损失,就是提个意见',
  '只是跟你们反映一下',
  '我就想提醒一下你们',
  '下次注意就行',
  '希望你们改进',
  '没什么损失,也不用你们赔偿',
  '没受什么影响,说一声而已',
  'Nothing was damaged, just letting you know',
  'no harm done',
])('%s: nothing was lost', (text) => {
  expect(deniesLoss(text)).toBe(true);
});

test.each([
  '损失大了去了',
  '造成损失五百块',
  '没有修好',
  '只是提个建议,不过这次得赔我',
  '没造成损失也要给个说法',
  '我要投诉',
  '希望你们退款',
  'I want a refund, no harm done otherwise',
])('%s: something was, or is wanted', (text) => {
  expect(deniesLoss(text)).toBe(false);
});
