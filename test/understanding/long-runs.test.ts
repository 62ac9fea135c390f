/** No pattern may run away: one message must never hold up everybody else's. */
import { expect, test } from 'vitest';
import { hasStory } from '../../flows/complaint-words.ts';
import { NOTHING_SAID } from '../../flows/dialog-event.ts';
import { FLOWS } from '../../flows/registry.ts';
import { NEW_CONVERSATION } from '../../src/turn/conversation-state.ts';
import { route } from '../../src/turn/route.ts';
import { isQuestion } from '../../src/understanding/enquiry-question.ts';
import { EXPECTED } from '../../src/understanding/understood.ts';
import { read } from './reading.ts';

const RUN = 2_000;

test.each([
  '啊',
  '嗯',
  '好',
  '不',
  '等',
  '哎呀',
  '说错',
  '我',
  '要',
  '投诉',
  '的',
  ' ',
  ',',
  '1',
  '第',
  'no ',
  'please ',
  '😡',
  '…',
  '师傅',
  '谢谢',
  '是的',
  '12月',
  '周三',
  '明天上午三点',
])('a message of nothing but %s is read in time, whatever is asked', (unit) => {
  const text = unit.repeat(RUN / unit.length);
  expect(typeof hasStory(text)).toBe('boolean');
  expect(typeof isQuestion(text)).toBe('boolean');
  for (const expects of [null, ...EXPECTED]) expect(read(text, expects).intent).toEqual(expect.any(String));
  const understood = read(text);
  for (const flow of FLOWS) {
    const stack = [{ flow, version: 1, value: 'asking', context: {} }];
    for (const asking of ['confirm', 'what', 'address', 'cancel', 'resume', 'next', 'score']) {
      const state = { ...NEW_CONVERSATION, stack, lastAsked: { flow, asking, choices: [] } };
      const heard = { text, understood, answers: NOTHING_SAID, enquiry: { kind: 'nothing' }, likely: { kind: 'nothing' } } as const;
      expect(route(heard, state, 'bot').kind).toEqual(expect.any(String));
    }
  }
});
