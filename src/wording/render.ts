/** Turns a reply into a sentence. The same values must stand in both languages; a test compares the placeholders. */
import type { Language } from '../domain/ticket.ts';
import { EN } from './en.ts';
import { formatDatum, type Reading } from './format.ts';
import type { Reply, ReplyKey } from './reply.ts';
import { ZH_CN } from './zh-cn.ts';

const TABLES: Readonly<Record<Language, Readonly<Record<ReplyKey, string>>>> = { 'zh-CN': ZH_CN, en: EN };

/** The sentence of a reply; a placeholder without a value is a broken promise of ours. */
export function render(reply: Reply, reading: Reading): string {
  return TABLES[reading.language][reply.key].replace(/\{(\w+)\}/g, (_, name: string) => {
    const datum = reply.data[name];
    if (datum === undefined) throw new Error(`invariant: reply ${reply.key} wants {${name}}`);
    return formatDatum(datum, reading);
  });
}
