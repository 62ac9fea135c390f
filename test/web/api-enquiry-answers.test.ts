import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { insertEnquiryAnswers } from '../../prisma/seed/enquiry-answers.ts';
import { newId } from '../support/database.ts';
import { openWeb, type TestWeb } from './a-web.ts';

let at: TestWeb;
let quality: Awaited<ReturnType<TestWeb['staff']>>;
beforeAll(async () => {
  at = await openWeb();
  quality = await at.staff('quality', '质检');
  await insertEnquiryAnswers(at.store.prisma, newId, new Date(at.clock.now));
});
afterAll(() => at.close());

const KEY = 'parts.old-back';
const wording = {
  questions: ['旧零件给我吗', '换下来的归谁'],
  zhCn: '旧件归您，动手前说一声。',
  en: 'Old parts are yours; say so before the work starts.',
};
const put = (body: unknown, what: { readonly token?: string; readonly key?: string } = {}) =>
  at.ask('PUT', `/api/v1/enquiry-answers/${what.key ?? KEY}`, { token: what.token ?? quality.token, body });
const list = async (token = quality.token) => await at.ask('GET', '/api/v1/enquiry-answers', { token });

describe('the answers to everyday questions', () => {
  it('are listed with the ways of asking', async () => {
    const { status, body } = await list();
    expect(status).toBe(200);
    expect(body.items.length).toBeGreaterThan(45);
    expect(body.items).toContainEqual(
      expect.objectContaining({ key: KEY, topic: 'parts', questions: expect.arrayContaining(['换下来的旧零件给我吗']) }),
    );
  });

  it('are reworded by quality, on record, and the chat reads the new words', async () => {
    const done = await put(wording);
    expect(done).toMatchObject({ status: 200, body: { key: KEY, topic: 'parts', ...wording, updatedAt: '2026-11-20T12:00:00.000+08:00' } });
    expect((await at.audit()).at(-1)).toEqual({
      action: 'enquiry-answer.put',
      subject: `enquiry-answer:${KEY}`,
      actor: `staff:${quality.id}`,
      details: { questions: 2 },
    });
    const read = (await at.store.readings.enquiryAnswers()).find((answer) => answer.key === KEY);
    expect(read).toEqual({ key: KEY, topic: 'parts', questions: wording.questions, text: { 'zh-CN': wording.zhCn, en: wording.en } });
  });

  it.each([
    ['a fact there is not', { ...wording, zhCn: '上门{price}元。' }, 'zhCn'],
    ['a fact there is not, in English', { ...wording, en: 'It is {hour}.' }, 'en'],
    ['a brace without its pair', { ...wording, en: 'It is {visitFee.' }, 'en'],
    ['no way of asking', { ...wording, questions: [] }, 'questions'],
    ['an empty way of asking', { ...wording, questions: ['  '] }, 'questions.0'],
    ['nothing to say', { ...wording, zhCn: ' ' }, 'zhCn'],
    ['another key', { ...wording, key: 'x' }, ''],
  ])('are refused with %s', async (_, body, field) => {
    const before = await list();
    const refused = await put(body);
    expect(refused.status).toBe(422);
    expect(refused.body.errors.map((it) => it.field)).toContainEqual(expect.stringContaining(field));
    expect((await list()).body).toEqual(before.body);
  });

  it('may name the facts', async () => {
    expect((await put({ ...wording, zhCn: '上门检测{visitFee}，{hours}。', en: 'The visit {visitFee}, {hours}.' })).status).toBe(200);
  });

  it('are not made anew', async () => {
    const missing = await put(wording, { key: 'no.such-key' });
    expect(missing.status).toBe(404);
  });

  it.each(['agent', 'dispatcher'] as const)('are read and not reworded by %s', async (role) => {
    const { token } = await at.staff(role);
    expect((await list(token)).status).toBe(200);
    expect((await put(wording, { token })).status).toBe(403);
  });

  it('are not for an engineer', async () => expect((await list((await at.staff('engineer')).token)).status).toBe(403));

  it('have to come as JSON', async () => {
    const sent = await at.ask('PUT', `/api/v1/enquiry-answers/${KEY}`, {
      token: quality.token,
      raw: 'x=1',
      headers: { 'content-type': 'text/plain' },
    });
    expect(sent.status).toBe(415);
  });
});
