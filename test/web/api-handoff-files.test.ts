import { afterAll, beforeAll, expect, it } from 'vitest';
import { DEFAULT_POLICY } from '../../src/domain/policy.ts';
import { newId } from '../support/database.ts';
import { aFile } from '../support/files.ts';
import { openWeb, type TestWeb } from './a-web.ts';

type Sent = { readonly name: string; readonly base64: string };
type Line = { readonly text: string; readonly attachments: readonly { readonly name: string; readonly url: string }[] };

let at: TestWeb;
let li: Awaited<ReturnType<TestWeb['staff']>>;
beforeAll(async () => {
  at = await openWeb();
  li = await at.staff('agent', '李敏');
});
afterAll(() => at.close());

const { filesPerMessage, uploadBytes } = DEFAULT_POLICY.limits;
const PICTURE = aFile('png', 5_000);
const sent = (name: string, bytes: Uint8Array): Sent => ({ name, base64: Buffer.from(bytes).toString('base64') });

async function claimed() {
  const chat = await at.waiting();
  await at.ask('POST', `/api/v1/handoffs/${chat.handoffId}/claim`, { token: li.token });
  const reply = (body: unknown, headers: Record<string, string> = {}) => {
    const raw = JSON.stringify(body);
    const length = { 'content-length': String(Buffer.byteLength(raw)) };
    return at.ask('POST', `/api/v1/handoffs/${chat.handoffId}/reply`, { token: li.token, raw, headers: { ...length, ...headers } });
  };
  /** What staff said: the bot's word on who helps is left out. */
  const lines = async () => {
    const { body } = await at.ask('GET', `/api/v1/conversations/${chat.conversationId}/messages`, { token: li.token });
    return body.items.filter((it) => it.from === 'staff') as unknown as readonly Line[];
  };
  const kept = async () =>
    (await at.store.pool.query('select id from attachment where conversation_id = $1', [chat.conversationId])).rowCount;
  return { ...chat, reply, lines, kept };
}

it('files go with a reply, are listed with it under masked names, and staff open them as they were sent', async () => {
  const { reply, lines } = await claimed();
  const files = [sent('王芳 13800138000.png', PICTURE), sent('..\\说明书.PDF', aFile('pdf', 300))];
  const answer = await reply({ text: '照这样装', files });
  const attachments = [
    { name: '王* 138****8000.png', contentType: 'image/png', url: expect.stringMatching(/^\/api\/v1\/attachments\//) },
    { name: '说明书.pdf', contentType: 'application/pdf', url: expect.any(String) },
  ];
  expect(answer).toMatchObject({ status: 201, body: { from: 'staff', text: '照这样装', attachments, delivery: 'pending' } });
  const [line] = await lines();
  expect(line).toMatchObject({ text: '照这样装', attachments });
  const opened = await at.app.request(line?.attachments[0]?.url ?? '', { headers: { authorization: `Bearer ${li.token}` } });
  expect([opened.status, opened.headers.get('content-type')]).toEqual([200, 'image/png']);
  expect(Buffer.compare(Buffer.from(await opened.arrayBuffer()), PICTURE)).toBe(0);
});

it('a reply may be files alone, and text alone as ever', async () => {
  const { reply, lines } = await claimed();
  expect((await reply({ files: [sent('a.png', PICTURE)] })).status).toBe(201);
  expect((await reply({ text: '', files: [sent('', PICTURE)] })).status).toBe(201);
  expect((await reply({ text: '好的' })).status).toBe(201);
  expect((await lines()).map((it) => [it.text, it.attachments.map(({ name }) => name)])).toEqual([
    ['', ['a.png']],
    ['', ['photo.png']],
    ['好的', []],
  ]);
});

it('the same key and body are one reply and one file; the same key with another file is refused', async () => {
  const { reply, lines, kept } = await claimed();
  const headers = { 'idempotency-key': newId() };
  const body = { text: '看图', files: [sent('a.png', PICTURE)] };
  const [one, two] = await Promise.all([reply(body, headers), reply(body, headers)]);
  expect([one.status, two.status, two.body]).toEqual([201, 201, one.body]);
  expect((await reply({ ...body, files: [sent('a.png', aFile('png', 10))] }, headers)).status).toBe(422);
  expect([(await lines()).length, await kept()]).toEqual([1, 1]);
});

it.each([
  ['nothing at all', {}, 422, { type: 'urn:baoxiu:problem:invalid', errors: [{ field: 'text' }] }],
  ['no words and no files', { text: ' ', files: [] }, 422, { errors: [{ field: 'text' }] }],
  ['a file without content', { files: [{ name: 'a.png', base64: '' }] }, 422, { errors: [{ field: 'files.0.base64' }] }],
  ['no base64', { files: [{ name: 'a.png', base64: 'data:image/png;base64,iVBO' }] }, 422, { errors: [{ field: 'files.0.base64' }] }],
  ['base64 cut off', { files: [{ name: 'a.png', base64: 'iVBOR' }] }, 422, { errors: [{ field: 'files.0.base64' }] }],
  ['a file without a name', { files: [{ base64: 'iVBO' }] }, 422, { errors: [{ field: 'files.0.name' }] }],
  ['files that are no list', { text: '看图', files: 'a.png' }, 422, { errors: [{ field: 'files' }] }],
  [
    'one file too many',
    { text: '看图', files: Array.from({ length: filesPerMessage + 1 }, () => sent('a.png', PICTURE)) },
    422,
    { errors: [{ field: 'files' }] },
  ],
  [
    'a page under the name of a picture beside a picture',
    { text: '看图', files: [sent('a.png', PICTURE), sent('b.png', aFile('html'))] },
    415,
    { type: 'urn:baoxiu:problem:unsupported-file' },
  ],
  ['a voice message, which nobody uploads', { text: '听', files: [sent('a.amr', aFile('amr'))] }, 415, { title: expect.any(String) }],
  [
    'a file one byte too large',
    { text: '看图', files: [sent('a.png', aFile('png', uploadBytes + 1))] },
    413,
    { type: 'urn:baoxiu:problem:too-large' },
  ],
])('%s is refused in words, and nothing is said or kept', async (_, body, status, problem) => {
  const { reply, lines, kept } = await claimed();
  expect(await reply(body)).toMatchObject({ status, body: problem });
  expect([await lines(), await kept()]).toEqual([[], 0]);
});

it('as many files as a message may have, each as large as it may be, fit into one body', async () => {
  const { reply, kept } = await claimed();
  const largest = sent('a.png', aFile('png', uploadBytes));
  const files = Array.from({ length: filesPerMessage }, () => largest);
  expect((await reply({ text: '看图', files })).status).toBe(201);
  expect(await kept()).toBe(filesPerMessage);
}, 60_000);

it('a larger body is 413, as is a large one of any other call, or one that does not say how large it is', async () => {
  const { handoffId, reply } = await claimed();
  const tooLarge = { type: 'urn:baoxiu:problem:too-large' };
  const megabytes = (5 * 4 * uploadBytes) / 3 + 100_000;
  expect(await reply({ text: '看图' }, { 'content-length': String(megabytes) })).toMatchObject({ status: 413, body: tooLarge });
  const raw = JSON.stringify({ text: '看图', files: [sent('a.png', aFile('png', 60_000))] });
  const post = (verb: string, headers: Record<string, string>) =>
    at.ask('POST', `/api/v1/handoffs/${handoffId}/${verb}`, { token: li.token, raw, headers });
  expect(await post('note', { 'content-length': String(raw.length) })).toMatchObject({ status: 413, body: tooLarge });
  expect(await post('reply', {})).toMatchObject({ status: 413, body: tooLarge });
});

it('files of several replies at once that would fill the process are put off, and taken later', async () => {
  const { reply } = await claimed();
  const large = { text: '看图', files: Array.from({ length: 4 }, () => sent('a.png', aFile('png', uploadBytes))) };
  const answers = await Promise.all([reply(large), reply(large)]);
  const [late] = answers.filter((it) => it.status === 503);
  expect(answers.map((it) => it.status).sort()).toEqual([201, 503]);
  expect(late?.headers.get('retry-after')).toBe('5');
  expect((await reply(large)).status).toBe(201);
}, 60_000);

it('a conversation that holds as many files as it may takes no more, but words', async () => {
  const { reply, kept } = await claimed();
  const five = { text: '', files: Array.from({ length: 5 }, () => sent('a.png', PICTURE)) };
  for (let round = 0; round < DEFAULT_POLICY.limits.filesPerConversation / 5; round++) expect((await reply(five)).status).toBe(201);
  expect(await reply(five)).toMatchObject({ status: 409, body: { type: 'urn:baoxiu:problem:conflict' } });
  expect(await kept()).toBe(DEFAULT_POLICY.limits.filesPerConversation);
  expect((await reply({ text: '好的' })).status).toBe(201);
});
