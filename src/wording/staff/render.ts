/** What staff read in their own chat, in the language of the house. Placeholders are texts that are made already. */
import type { Language } from '../../domain/ticket.ts';
import { STAFF_EN } from './en.ts';
import { STAFF_ZH, type StaffKey } from './zh-cn.ts';

export type StaffWord = (key: StaffKey, data?: Readonly<Record<string, string | number>>) => string;

const TABLES: Readonly<Record<Language, Readonly<Record<StaffKey, string>>>> = { 'zh-CN': STAFF_ZH, en: STAFF_EN };

/** Sentences in one language; a placeholder without a value is a broken promise of ours. */
export function staffWords(language: Language): StaffWord {
  return (key, data = {}) =>
    TABLES[language][key].replace(/\{(\w+)\}/g, (_, name: string) => {
      const value = data[name];
      if (value === undefined) throw new Error(`invariant: staff word ${key} wants {${name}}`);
      return String(value);
    });
}
