import { expect, test } from 'vitest';
import { readAnswer } from '../../src/model/answer.ts';

const JSON_TEXT = '{"intent":"query_progress","values":[{"slot":"address","value":"万科{1}\\"期"}]}';
const PROPOSAL = { kind: 'proposal', proposal: { intent: 'query_progress', values: [{ slot: 'address', value: '万科{1}"期' }] } };

test.each<[string, string]>([
  ['alone', JSON_TEXT],
  ['with prose around it', `好的，我来判断。结果是 ${JSON_TEXT} 希望有帮助！`],
  ['in a fence', `\`\`\`json\n${JSON_TEXT}\n\`\`\``],
  ['after its thoughts', `<think>也许是 {"intent":"complaint","values":[]}？不。</think>\n${JSON_TEXT}`],
  ['after thoughts that were opened in the prompt', `也许 {"intent":"complaint"} </think>${JSON_TEXT}`],
  ['before more thoughts', `<think>嗯</think>${JSON_TEXT}<think>{"intent":"complaint"}`],
  ['after braces that are no JSON', `{答案} {"a":1} { ${JSON_TEXT}`],
  ['with more in it than was asked for', JSON_TEXT.replace('{', '{"confidence":0.9,')],
  ['inside another object', `{"result":${JSON_TEXT}}`],
])('an answer %s is read', (_, written) => {
  expect(readAnswer(written)).toEqual(PROPOSAL);
});

test('a value without sense is left out, the others stay', () => {
  const values = [{ slot: 'date', value: '明天' }, 'x', { slot: 'name', value: '' }, { slot: 'name', value: '李雷' }];
  expect(readAnswer(JSON.stringify({ intent: 'inform', values }))).toEqual({
    kind: 'proposal',
    proposal: { intent: 'inform', values: [{ slot: 'name', value: '李雷' }] },
  });
});

test('no idea is an answer too', () => {
  expect(readAnswer('{"intent":"none","values":[]}')).toEqual({ kind: 'none' });
});

test.each<[string, string]>([
  ['prose', '我觉得客户想查进度。'],
  ['nothing', ''],
  ['an intent there is not', '{"intent":"make_admin","values":[]}'],
  ['a list', '["query_progress"]'],
  ['an object never closed', '{"intent":"query_progress","values":['],
  ['thoughts that never end', `<think>${JSON_TEXT}`],
  ['too many values', JSON.stringify({ intent: 'inform', values: Array.from({ length: 50 }, () => 1) })],
  ['braces without end', '{'.repeat(60_000)],
  ['thoughts without end', '<think>'.repeat(9_000)],
])('%s: unreadable, and soon', (_, written) => {
  const began = performance.now();
  expect(readAnswer(written)).toEqual({ kind: 'unreadable' });
  expect(performance.now() - began).toBeLessThan(500);
});
