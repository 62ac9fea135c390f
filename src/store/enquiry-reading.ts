/** The answers to everyday questions as the conversation reads them. */
import { ENQUIRY_TOPICS, type EnquiryAnswer } from '../domain/enquiry.ts';
import type { Readings } from '../turn/ports.ts';
import { type Connection, query } from './connection.ts';

/** `kept` wraps the read. */
export function enquiryAnswersOn(
  { pool }: Connection,
  kept: (read: () => Promise<readonly EnquiryAnswer[]>) => Readings['enquiryAnswers'],
): Readings['enquiryAnswers'] {
  return kept(async () => (await query<Row>(pool, ANSWERS, [])).map(answerOf));
}

type Row = {
  readonly key: string;
  readonly topic: string;
  readonly questions: readonly string[];
  readonly zhCn: string;
  readonly en: string;
};

function answerOf({ key, topic, questions, zhCn, en }: Row): EnquiryAnswer {
  const known = ENQUIRY_TOPICS.find((it) => it === topic);
  if (known === undefined) throw new Error(`invariant: the answer ${key} is of no topic we know`);
  return { key, topic: known, questions, text: { 'zh-CN': zhCn, en } };
}

const ANSWERS = { name: 'enquiry-answers', text: 'select key, topic, questions, zh_cn as "zhCn", en from enquiry_answer order by key' };
