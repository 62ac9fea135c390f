/** What stands in the fields of a notice: of the kind the platform wants there, and never longer. */
import { describe, expect, it, test } from 'vitest';
import { type NoticeFacts, templateData } from '../../../src/channels/wechat/template-data.ts';
import type { FieldSource } from '../../../src/domain/notice-template.ts';
import { parsePolicy } from '../../../src/domain/policy-file.ts';
import { hoursAfterNoon } from '../../store/a-turn.ts';
import { readTemplateData } from '../../support/wechat-template-data.ts';

const SENTENCE =
  '\u660e\u5929\u4e0b\u5348\u5e08\u5085\u4e0a\u95e8\u4fee\u51b0\u7bb1\uff0c\u8bf7\u7559\u4eba\u5728\u5bb6\u7b49\u5019\uff0c\u8c22\u8c22';
const FACTS: NoticeFacts = {
  text: SENTENCE,
  ticket: 'BX-20261120-0031',
  appliance: 'washer',
  // From 14 to 16 on the 22nd of November, in Shanghai.
  window: { from: hoursAfterNoon(50), to: hoursAfterNoon(52) },
  company: '\u4fdd\u4fee\u901a',
};

function valueIn(field: string, source: FieldSource, facts: Partial<NoticeFacts> = {}): string | null {
  const filled = templateData({ [field]: source }, { ...FACTS, ...facts }, 'Asia/Shanghai');
  return filled.kind === 'filled' ? (filled.data[field]?.value ?? null) : null;
}

const WHOLE: readonly (readonly [field: string, source: FieldSource, value: string])[] = [
  ['thing1', 'ticket', 'BX-20261120-0031'],
  ['thing2', 'appliance', '\u6d17\u8863\u673a'],
  ['thing3', 'window', '11\u670822\u65e5 14:00\u201316:00'],
  ['thing4', 'company', '\u4fdd\u4fee\u901a'],
  ['thing5', { text: '\u5e08\u5085\u4e0a\u95e8' }, '\u5e08\u5085\u4e0a\u95e8'],
  ['short_thing6', 'appliance', '\u6d17\u8863\u673a'],
  ['character_string7', 'ticket', 'BX-20261120-0031'],
  ['phrase8', 'appliance', '\u6d17\u8863\u673a'],
  ['name9', 'company', '\u4fdd\u4fee\u901a'],
  ['time10', 'window', '2026-11-22 14:00~2026-11-22 16:00'],
  ['date11', 'window', '2026-11-22 14:00'],
  ['const12', { text: '\u5df2\u9884\u7ea6' }, '\u5df2\u9884\u7ea6'],
];

describe('a field', () => {
  it.each(WHOLE)('%s takes %j as %s, and so does the platform', (field, source, value) => {
    expect(valueIn(field, source)).toBe(value);
    expect(readTemplateData({ [field]: { value } })).toEqual({ kind: 'read', data: { [field]: value } });
  });

  it('that is too short has the beginning, to a whole character, and says that it is cut', () => {
    expect(valueIn('thing1', 'notice')).toBe(`${SENTENCE.slice(0, 19)}\u2026`);
    expect(valueIn('phrase2', 'appliance', { appliance: 'robot_vacuum' })).toBe('\u626b\u5730\u673a\u5668\u4eba');
    // A family is one character of eleven units: it would be cut in two.
    const family = '\u{1F468}\u200D\u{1F469}\u200D\u{1F467}\u200D\u{1F466}';
    expect(valueIn('thing1', 'notice', { text: `${'\u4fee'.repeat(10)}${family}${'\u4fee'.repeat(5)}` })).toBe(
      `${'\u4fee'.repeat(10)}\u2026`,
    );
    expect(valueIn('thing1', 'notice', { text: '\u4fee'.repeat(20) })).toBe('\u4fee'.repeat(20));
  });

  it('is one line', () => {
    expect(valueIn('thing1', 'notice', { text: ' BX-1\n\n14:00\t' })).toBe('BX-1 14:00');
  });

  it.each<readonly [string, FieldSource, Partial<NoticeFacts>]>([
    ['time1', 'window', { window: null }],
    ['thing1', 'window', { window: null }],
    ['thing1', 'notice', { text: ' ' }],
    ['character_string1', 'ticket', { ticket: '\u5355\u53f7' }],
    ['character_string1', 'ticket', { ticket: 'B'.repeat(33) }],
    ['name1', 'company', { company: 'Gree' }],
    ['nothing1', 'notice', {}],
  ])('%s has no value for %s of %j: then there is no notice', (field, source, facts) => {
    const fields = { thing9: 'ticket', [field]: source } as const;
    expect(templateData(fields, { ...FACTS, ...facts }, 'Asia/Shanghai')).toEqual({ kind: 'unfilled', field });
  });

  it('names no appliance that nobody knows', () => {
    expect(valueIn('thing1', 'appliance', { appliance: null })).toBe('\u8fd9\u53f0\u5bb6\u7535');
  });
});

test('the policy takes templates by reason, and says which field can not be what it is given', () => {
  const faults = (templates: unknown) => {
    const parsed = parsePolicy({ wechat: { templates } });
    return parsed.kind === 'faults' ? parsed.faults : [];
  };
  const fields = { thing1: 'notice', time2: 'window', character_string3: 'ticket', phrase4: { text: '\u5df2\u9884\u7ea6' } };
  const template = { id: 'VRR0UEO9VJOLs0MHlU0OilqX6MVFDwH3_3gz3Oc0NIc', by: 'subscription', fields };
  expect(faults({})).toEqual([]);
  expect(faults({ reminder: template, change: { ...template, by: 'template' } })).toEqual([]);
  expect(faults({ birthday: template })).toHaveLength(1);
  expect(faults({ reminder: { ...template, fields: {} } })).toEqual(['wechat.templates.reminder.fields: at least one field']);
  for (const wrong of [{ time2: 'ticket' }, { phone_number1: 'notice' }, { character_string3: 'notice' }, { phrase4: { text: 'booked' } }])
    expect(faults({ reminder: { ...template, fields: wrong } })).toEqual([
      `wechat.templates.reminder.fields.${Object.keys(wrong)[0]}: this kind of field does not take that`,
    ]);
});
