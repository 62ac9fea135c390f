/** From words back to the reply they came from: where only words are seen, each sentence of the wording is a pattern for them. */
import { EN } from '../../src/wording/en.ts';
import { ZH_CN } from '../../src/wording/zh-cn.ts';

/** `literal` counts the characters of a sentence that are no placeholder: of two that fit, the longer one says more. */
type Pattern = { readonly key: string; readonly literal: number; readonly fits: RegExp };

const PATTERNS: readonly Pattern[] = [ZH_CN, EN].flatMap((table) =>
  Object.entries(table)
    .filter(([key]) => !key.startsWith('choice.'))
    .map(([key, sentence]) => patternOf(key, sentence)),
);

/** The reply whose sentence fits best, one of `expected` where several fit alike; the words themselves when none does. */
export function replyKeyOf(text: string, expected: readonly string[]): string {
  const fitting = PATTERNS.filter((it) => it.fits.test(text));
  const most = Math.max(...fitting.map((it) => it.literal));
  const best = fitting.filter((it) => it.literal === most).map((it) => it.key);
  return best.find((it) => expected.includes(it)) ?? best[0] ?? text;
}

/** A placeholder may be any words, or none. */
function patternOf(key: string, sentence: string): Pattern {
  const parts = sentence.split(/\{\w+\}/);
  const escaped = parts.map((it) => it.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return { key, literal: parts.join('').length, fits: new RegExp(`^${escaped.join('[\\s\\S]*')}$`, 'u') };
}
