/** What a reply says, known by its sentence in the wording: tests and load runs ask for the reply, not for how it is put. */
import { EN } from '../../src/wording/en.ts';
import type { ReplyKey } from '../../src/wording/reply.ts';
import { ZH_CN } from '../../src/wording/zh-cn.ts';
import { type Shown, wordsOf } from './wechat-people.ts';

/** Whether these words have the sentence of a reply in them, whatever stands in its placeholders. */
export function says(words: Shown | string, key: ReplyKey): boolean {
  const text = typeof words === 'string' ? words : wordsOf(words);
  return [ZH_CN, EN].some((table) => {
    let from = 0;
    return table[key].split(/\{\w+\}/).every((part) => {
      const at = text.indexOf(part, from);
      from = at + part.length;
      return at >= 0;
    });
  });
}
