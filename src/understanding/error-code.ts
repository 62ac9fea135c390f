/** A code an appliance shows or reports: one or two letters and one or two digits, said to be shown (屏幕显示F4, 报E6). */

import { mask, type Taken } from './mask.ts';
import type { Expected } from './understood.ts';

const CODE = '([A-Za-z]{1,2}[- ]?(?:\\d{1,2}|[零一二三四五六七八九]))(?![A-Za-z0-9\\-/.号座栋楼单室])';
const SHOWN_BEFORE = new RegExp(
  `(?:显示|报错|报警|报|出现|跳出|跳|故障码|故障代码|代码|错误码|错误|亮|闪烁|闪|提示|写着|屏幕上?|面板上?|出|弹|蹦|冒|显|现|弹出|滚动|打出|变成|一直|就|是|又|老|\\uE0FF{2})[了个一的是着出来码为有:"“ ]{0,5}(?:故障码?|代码|错误码?|字母)?[是:"“ ]{0,2}(?<![A-Za-z0-9-])${CODE}`,
  'i',
);
const SHOWN_AFTER = new RegExp(
  `(?<![A-Za-z0-9\\-/])${CODE}["”]?(?: ?(?:故障|错误|报警|代码|报错|了(?=$|[,,。!?]|师傅|怎么)|是什么|什么意思|啥意思|是啥|怎么回事|这个代码|闪|亮|的?提示|字样|不消失|然后))`,
  'i',
);
const ALONE = new RegExp(`^(?:是|就是|显示)?${CODE}[了吧呢啊。!]*(?:$|[,,])`, 'i');
const SPOKEN: Readonly<Record<string, string>> = {
  零: '0',
  一: '1',
  二: '2',
  三: '3',
  四: '4',
  五: '5',
  六: '6',
  七: '7',
  八: '8',
  九: '9',
};

/** Upper case, or null when no code is said to be shown. */
export function readErrorCode(text: string, expects: Expected | null): Taken<string | null> {
  const match = SHOWN_BEFORE.exec(text) ?? SHOWN_AFTER.exec(text) ?? (expects === 'fault' ? ALONE.exec(text) : null);
  const written = match?.[1];
  if (!match || !written) return { value: null, rest: text };
  const from = match.index + match[0].lastIndexOf(written);
  const code = Array.from(written, (character) => SPOKEN[character] ?? character)
    .join('')
    .replace(/[- ]/g, '')
    .toUpperCase();
  return { value: code, rest: mask(text, from, from + written.length, 'errorCode') };
}
