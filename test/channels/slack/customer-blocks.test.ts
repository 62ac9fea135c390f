/** A message to a customer as Slack takes it. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { choiceOfAction, postingsOf } from '../../../src/channels/slack/customer-blocks.ts';
import { plainTextOf } from '../../../src/channels/slack/slack-text.ts';
import type { OutgoingBody } from '../../../src/turn/message.ts';
import { newId } from '../../support/database.ts';
import { blockFaults } from '../../support/slack-rules.ts';

const fileUrl = (id: string) => `https://desk.example/files/${id}`;
const body = (what: Partial<OutgoingBody>): OutgoingBody => ({
  text: '',
  speaker: null,
  choices: [],
  links: [],
  files: [],
  dialog: { flow: null, asking: null, reply: [] },
  ticket: null,
  ...what,
});
const postings = (what: Partial<OutgoingBody>) => postingsOf({ seq: 7, body: body(what) }, fileUrl);

test('words are one section, escaped', () => {
  expect(postings({ text: 'A & <B>' })).toEqual([
    {
      text: 'A &amp; &lt;B&gt;',
      plain: 'A &amp; &lt;B&gt;',
      blocks: [{ type: 'section', text: { type: 'mrkdwn', text: 'A &amp; &lt;B&gt;' } }],
    },
  ]);
  expect(postings({ text: ' ' })).toEqual([]);
});

test('choices are buttons under the words, or numbers where there can be no buttons', () => {
  const choices = [
    { label: '空调', value: '空调' },
    { label: `${'长'.repeat(90)}👨‍💻`, value: 'v'.repeat(3_000) },
  ];
  const [only, ...others] = postings({ text: '哪样', choices });
  expect(others).toEqual([]);
  expect(only?.plain).toBe(`哪样\n\n1. 空调\n2. ${'长'.repeat(90)}👨‍💻`);
  expect(blockFaults(only?.blocks, 'message')).toEqual([]);
  const [, actions] = only?.blocks ?? [];
  expect(actions).toMatchObject({
    type: 'actions',
    elements: [
      { action_id: 'choice:7:1', text: { text: '空调' }, value: '空调' },
      { action_id: 'choice:7:2', text: { text: `${'长'.repeat(74)}…` } },
    ],
  });
  expect(choiceOfAction('choice:7:2')).toEqual({ seq: 7, number: 2 });
  expect(choiceOfAction('handoff:claim')).toBeNull();
});

test('links and files are addresses to tap, files even without a word', () => {
  const file = { id: newId(), name: '报价 <1>|单.pdf', contentType: 'application/pdf', size: 10, hasThumbnail: false };
  const links = [{ label: '加到日历', url: 'https://desk.example/c?a=1&b=2' }];
  expect(postings({ text: '约好了', links }).map((it) => it.text)).toEqual(['约好了\n<https://desk.example/c?a=1&amp;b=2|加到日历>']);
  expect(postings({ files: [file] }).map((it) => it.text)).toEqual([`<https://desk.example/files/${file.id}|报价 &lt;1&gt; 单.pdf>`]);
});

describe('long words', () => {
  test('are cut where a reader pauses, the buttons under the last part', () => {
    const text = `${'修'.repeat(2_000)}。${'好'.repeat(2_000)}`;
    const parts = postings({ text, choices: [{ label: '好', value: '好' }] });
    expect(parts.map((it) => it.text)).toEqual([`${'修'.repeat(2_000)}。`, '好'.repeat(2_000)]);
    expect(parts.map((it) => it.blocks.length)).toEqual([1, 2]);
  });

  test('lose nothing, and every part is taken by the platform', () => {
    const unit = fc.constantFrom('修', '&', '<', '。', ' ', '👨‍💻', 'ab\n', '>');
    fc.assert(
      fc.property(fc.string({ unit, minLength: 500, maxLength: 6_000 }), fc.nat(30), (text, choiceCount) => {
        const choices = Array.from({ length: choiceCount }, (_, index) => ({ label: `${index}`, value: `${index}` }));
        const parts = postings({ text, choices });
        const bare = (it: string) => it.replace(/\s/gu, '');
        expect(bare(parts.map((it) => plainTextOf(it)).join(''))).toBe(bare(text));
        expect(parts.flatMap((it) => blockFaults(it.blocks, 'message'))).toEqual([]);
      }),
      { numRuns: 30 },
    );
  });
});
