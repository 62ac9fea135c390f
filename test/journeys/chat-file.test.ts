/** How written chats are read, and how words are told apart where no reply key is seen. */
import { describe, expect, test } from 'vitest';
import { parseChat } from './chat-file.ts';
import { replyKeyOf } from './reply-key-of.ts';

describe('a chat file', () => {
  test('is turns of an act, the keys of its answer, and words to be seen in it', () => {
    const text = '# 例子\n机：greeting\n\n客：[报修]\n机：ask.appliance\n见：哪样\n\n@desk complete\n机：a|b c\n';
    expect(parseChat('one', text).turns).toEqual([
      { act: { kind: 'opens' }, place: 'one.txt:1', replies: [['greeting']], sees: [] },
      { act: { kind: 'taps', label: '报修' }, place: 'one.txt:4', replies: [['ask.appliance']], sees: ['哪样'] },
      { act: { kind: 'staff-complete' }, place: 'one.txt:8', replies: [['a', 'b'], ['c']], sees: [] },
    ]);
  });

  test.each([
    ['机: greeting\n客: 你好', 'one.txt:2: nothing is said to this'],
    ['机: greeting\n@desk close', 'one.txt:2: not a line of a chat: @desk close'],
  ])('%j is refused at its place', (text, fault) => {
    expect(() => parseChat('one', text)).toThrow(fault);
  });
});

describe('words alone', () => {
  test.each([
    ['不客气。有需要随时找我，报修、找人工都可以直接说。', [], 'thanks'],
    ['还有2位，自己写的', ['thanks'], 'enquiry.answer'],
    ['Back to your rating.', [], 'resumed.survey'],
  ])('%s is the reply whose sentence fits best', (text, expected, key) => {
    expect(replyKeyOf(text, expected)).toBe(key);
  });
});
