/** `/enquiry-answers`: everyday questions and what is answered, for those who better them. */
import { createRoute, z } from '@hono/zod-openapi';
import {
  ENQUIRY_QUESTION_CHARACTERS_MAX,
  ENQUIRY_QUESTIONS_MAX,
  ENQUIRY_TEXT_CHARACTERS_MAX,
  type KeptEnquiryAnswer,
} from '../../desk/enquiry-answers.ts';
import { ENQUIRY_FACTS, ENQUIRY_TOPICS } from '../../domain/enquiry.ts';
import { unreachable } from '../../domain/unreachable.ts';
import type { WriteTime } from '../business-time.ts';
import { COMMON_ANSWERS, problem, problemAnswer } from '../problem.ts';
import { type Api, type ApiNeeds, forbidden, InstantSchema, jsonAnswer, jsonBody, SECURITY } from './api.ts';

const text = z
  .string()
  .trim()
  .min(1)
  .max(ENQUIRY_TEXT_CHARACTERS_MAX)
  .openapi({ description: `May name ${ENQUIRY_FACTS.map((it) => `{${it}}`).join(', ')}` });

const wording = {
  questions: z
    .array(z.string().trim().min(1).max(ENQUIRY_QUESTION_CHARACTERS_MAX))
    .min(1)
    .max(ENQUIRY_QUESTIONS_MAX)
    .openapi({ description: 'Ways people ask it, in any spelling: the more, the better it is found' }),
  zhCn: text,
  en: text,
};

const EXAMPLE_KEY = 'warranty.after-repair';

const example = {
  questions: ['修完保修多久', '修好又坏了怎么办'],
  zhCn: '修好那天起，同一故障保{repairDays}天。',
  en: 'The same fault is covered for {repairDays} days after the repair.',
};

const EnquiryAnswerSchema = z
  .object({ key: z.string(), topic: z.enum(ENQUIRY_TOPICS), ...wording, updatedAt: InstantSchema })
  .openapi('EnquiryAnswer', {
    example: { key: EXAMPLE_KEY, topic: 'warranty', ...example, updatedAt: '2026-11-20T12:00:00.000+08:00' },
  });
const EnquiryWordingSchema = z.strictObject(wording).openapi('EnquiryWording', { example });
const EnquiryAnswerListSchema = z.object({ items: z.array(EnquiryAnswerSchema) }).openapi('EnquiryAnswerList');

const list = createRoute({
  method: 'get',
  path: '/api/v1/enquiry-answers',
  summary: 'Answers to everyday questions, by key',
  tags: ['enquiries'],
  security: SECURITY,
  responses: { 200: jsonAnswer('All of them', EnquiryAnswerListSchema), ...COMMON_ANSWERS },
});

const put = createRoute({
  method: 'put',
  path: '/api/v1/enquiry-answers/{key}',
  summary: 'Reword an answer and the ways it is asked for; quality and administrators only',
  description: 'Customers hear it within a minute. Numbers are named as facts in braces and never typed.',
  tags: ['enquiries'],
  security: SECURITY,
  request: {
    params: z.object({ key: z.string().openapi({ param: { name: 'key', in: 'path' }, example: EXAMPLE_KEY }) }),
    body: jsonBody(EnquiryWordingSchema),
  },
  responses: {
    200: jsonAnswer('The answer', EnquiryAnswerSchema),
    404: problemAnswer('No such answer'),
    413: problemAnswer('Body too large'),
    415: problemAnswer('The body has to be JSON'),
    422: problemAnswer('Fields are missing or wrong, or a fact is named that there is not'),
    ...COMMON_ANSWERS,
  },
});

/** Adds the routes. */
export function enquiryAnswerRoutes(api: Api, { desk, time }: ApiNeeds): void {
  api.openapi(list, async (c) => {
    const done = await desk.enquiryAnswers.list(c.get('member'));
    if (done.kind === 'forbidden') return forbidden(c, done);
    return c.json({ items: done.items.map((it) => answerJson(it, time)) }, 200);
  });

  api.openapi(put, async (c) => {
    const { questions, zhCn, en } = c.req.valid('json');
    const { key } = c.req.valid('param');
    const done = await desk.enquiryAnswers.put(c.get('member'), { key, questions, text: { 'zh-CN': zhCn, en } });
    switch (done.kind) {
      case 'put':
        return c.json(answerJson(done.answer, time), 200);
      case 'no-such-answer':
        return problem(c, 404, 'not-found', 'There is no answer of this key.');
      case 'wording-refused':
        return problem(c, 422, 'invalid', 'The answer can not be worded like this.', { errors: done.faults.map((it) => ({ ...it })) });
      case 'forbidden':
        return forbidden(c, done);
      default:
        return unreachable(done);
    }
  });
}

function answerJson(
  { key, topic, questions, text: said, updatedAt }: KeptEnquiryAnswer,
  time: WriteTime,
): z.infer<typeof EnquiryAnswerSchema> {
  return { key, topic, questions: [...questions], zhCn: said['zh-CN'], en: said.en, updatedAt: time(updatedAt) };
}
