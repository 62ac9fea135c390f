/** The answers to everyday questions as rows of `enquiry_answer`; the conversation reads them within a minute. */

import type { EnquiryAnswerStore, KeptEnquiryAnswer } from '../../desk/enquiry-answers.ts';
import { ENQUIRY_TOPICS } from '../../domain/enquiry.ts';
import { inTransaction, timestamp } from '../connection.ts';
import type { EnquiryAnswer as Row } from '../generated/client.ts';
import { type DeskConnection, instantIn, wordOf, writeAudit } from './desk-connection.ts';

const FIRST_TO_LAST = 'asc';

export function enquiryAnswerStore({ prisma, pool }: DeskConnection): EnquiryAnswerStore {
  return {
    list: async () => (await prisma.enquiryAnswer.findMany({ orderBy: { key: FIRST_TO_LAST } })).map(answerOf),

    put: async ({ key, questions, text }, change) => {
      const found = await inTransaction(pool, async (client) => {
        const { rowCount } = await client.query(PUT, [key, questions, text['zh-CN'], text.en, timestamp(change.at)]);
        if (rowCount === 0) return false;
        await writeAudit(client, change);
        return true;
      });
      return found ? answerOf(await prisma.enquiryAnswer.findUniqueOrThrow({ where: { key } })) : null;
    },
  };
}

function answerOf({ key, topic, questions, zhCn, en, updatedAt }: Row): KeptEnquiryAnswer {
  return { key, topic: wordOf(ENQUIRY_TOPICS, topic), questions, text: { 'zh-CN': zhCn, en }, updatedAt: instantIn(updatedAt) };
}

const PUT = 'update enquiry_answer set questions = $2, zh_cn = $3, en = $4, updated_at = $5::timestamptz where key = $1';
