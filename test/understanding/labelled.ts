/** Rows of labelled sentences: what is said, what was asked, and what must be read. `now` is Friday 2026-11-20 10:00. */
import type { VisitWish } from '../../src/domain/visit-wish.ts';

export type Row = {
  readonly text: string;
  readonly expects?: string;
  readonly intent: string;
  readonly entities: Readonly<Record<string, unknown>>;
};

export const NOW = Date.parse('2026-11-20T10:00:00+08:00');
export const TIME_ZONE = 'Asia/Shanghai';

type Said = { readonly [Key in keyof VisitWish]?: VisitWish[Key] | string };

/** A visit on `from` (to `to`), with what else was said; `bound` is `day` unless given. */
export function visit(from: string | null, said: Said = {}, to: string | null = from): Readonly<Record<string, unknown>> {
  return { dateFrom: from, dateTo: to, part: null, timeFrom: null, timeTo: null, bound: 'day', flag: null, fuzzy: false, ...said };
}

export function row(text: string, intent: string, entities: Row['entities'] = {}, expects?: string): Row {
  return expects ? { text, intent, entities, expects } : { text, intent, entities };
}
