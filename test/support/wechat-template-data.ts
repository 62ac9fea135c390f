/**
 * The values of template and subscription messages: every key names its kind (`thing2`, `time4`), and each kind takes only
 * so much (developers.weixin.qq.com, limits of the parameters); one that is too long is 47003, and nothing is sent.
 */
import { fieldsOf, textOf } from './wechat-answer.ts';
import type { TemplateData } from './wechat-people.ts';

export type ReadData = { readonly kind: 'read'; readonly data: TemplateData } | { readonly kind: 'fault'; readonly words: string };

const TAKES: Readonly<Record<string, RegExp>> = {
  thing: /^.{1,20}$/su,
  short_thing: /^.{1,5}$/su,
  number: /^[\d.+-]{1,32}$/,
  letter: /^[A-Za-z]{1,32}$/,
  symbol: /^[\p{P}\p{S}]{1,5}$/u,
  character_string: /^[\x21-\x7e]{1,32}$/,
  time: /\d{1,2}:\d{2}/,
  date: /\d{4}\D\d{1,2}\D\d{1,2}/,
  phone_number: /^[\d+-]{1,17}$/,
  car_number: /^.{1,8}$/u,
  name: /^(?:\p{Script=Han}{1,10}|[A-Za-z\p{P}\s]{1,20})$/u,
  phrase: /^\p{Script=Han}{1,5}$/u,
};

/** `{ key: { value } }`, every value a text that its key takes. */
export function readTemplateData(given: unknown): ReadData {
  const data: Record<string, string> = {};
  for (const [key, field] of Object.entries(fieldsOf(given))) {
    const value = textOf(fieldsOf(field)['value']);
    if (value === '') return { kind: 'fault', words: `data.${key}.value is empty` };
    const takes = TAKES[key.replace(/\d+$/, '')] ?? /./s;
    if (!takes.test(value)) return { kind: 'fault', words: `data.${key}.value invalid` };
    data[key] = value;
  }
  return Object.keys(data).length === 0 ? { kind: 'fault', words: 'data is empty' } : { kind: 'read', data };
}
