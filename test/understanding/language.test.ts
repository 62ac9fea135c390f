import { expect, test } from 'vitest';
import { languageOf } from '../../src/understanding/language.ts';

test.each([
  ['fridge is not cooling', 'en'],
  ['Hello', 'en'],
  ['Could you please speak English with me?', 'en'],
  ['Please come to 上海市浦东新区世纪大道100号', 'en'],
  ['能不能说英文', 'en'],
  ['空调不制冷', 'zh-CN'],
  ['我的 iPhone 遥控 TV 不行了', 'zh-CN'],
  ['ok', null],
  ['KFR-35GW', null],
  ['Haier BCD-216', null],
  ['13800138000', null],
  ['Tom Baker', null],
])('%s: %s', (text, language) => {
  expect(languageOf(text, 'zh-CN')).toBe(language);
});

test.each([
  ['北京市朝阳区望京街道阜通东大街6号院3号楼1509', null],
  ['王芳', null],
  ['还是说中文吧', 'zh-CN'],
  ['空调不制冷', 'zh-CN'],
])('to who speaks English so far, %s: %s', (text, language) => {
  expect(languageOf(text, 'en')).toBe(language);
});
