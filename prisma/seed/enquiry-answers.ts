/**
 * The answers to everyday questions that every store starts with, and the ways people ask them, one file an answer. Only
 * keys that are missing are put in, so that what staff have changed stays as it is.
 */
import { readFileSync } from 'node:fs';
import type { EnquiryAnswer, EnquiryText } from '../../src/domain/enquiry.ts';
import type { MakeIdentifier } from '../../src/domain/identifier.ts';
import { PARTS_TEXTS } from './enquiry/parts.ts';
import { PEOPLE_TEXTS } from './enquiry/people.ts';
import { PREPARATION_TEXTS } from './enquiry/preparation.ts';
import { PRICE_TEXTS } from './enquiry/price.ts';
import { SCOPE_TEXTS } from './enquiry/scope.ts';
import { VISIT_TEXTS } from './enquiry/visit.ts';
import { WARRANTY_TEXTS } from './enquiry/warranty.ts';
import type { Table } from './seed-store.ts';

const FOLDER = new URL('./enquiry-ways/', import.meta.url);

const TEXTS: readonly EnquiryText[] = [
  ...PRICE_TEXTS,
  ...VISIT_TEXTS,
  ...PEOPLE_TEXTS,
  ...SCOPE_TEXTS,
  ...WARRANTY_TEXTS,
  ...PREPARATION_TEXTS,
  ...PARTS_TEXTS,
];

/** Reads the ways of asking from their files. */
export function enquiryAnswers(texts: readonly EnquiryText[] = TEXTS): readonly EnquiryAnswer[] {
  return texts.map((it) => ({
    ...it,
    questions: readFileSync(new URL(`${it.key}.txt`, FOLDER), 'utf8')
      .trim()
      .split('\n'),
  }));
}

/** `key` is unique. */
export type EnquiryStore = {
  readonly enquiryAnswer: Table<{
    id: string;
    key: string;
    topic: string;
    questions: string[];
    zhCn: string;
    en: string;
    updatedAt: Date;
  }> & { readonly findMany: (wanted: { readonly select: { readonly key: true } }) => PromiseLike<readonly { readonly key: string }[]> };
};

/** Idempotent, also for two processes at once. */
export async function insertEnquiryAnswers({ enquiryAnswer }: EnquiryStore, makeId: MakeIdentifier, now: Date): Promise<void> {
  const known = new Set((await enquiryAnswer.findMany({ select: { key: true } })).map((it) => it.key));
  const data = enquiryAnswers(TEXTS.filter((it) => !known.has(it.key))).map(({ key, topic, questions, text }) => ({
    id: makeId(),
    key,
    topic,
    questions: [...questions],
    zhCn: text['zh-CN'],
    en: text.en,
    updatedAt: now,
  }));
  if (data.length > 0) await enquiryAnswer.createMany({ data, skipDuplicates: true });
}
