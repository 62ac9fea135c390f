import { expect, test } from 'vitest';
import type { Expected } from '../../src/understanding/understood.ts';
import { maskText } from './an-endpoint.ts';

test.each<[string, Expected | null, string]>([
  ['电话13800138000,或者139 0013 9000,座机010-88886666', null, '电话[PHONE],或者[PHONE],座机[PHONE]'],
  ['不是13800138000,是13900139000', null, '不是[PHONE],是[PHONE]'],
  ['１３８００１３８０００能成不', null, '[PHONE]能成不'],
  ['138\u200b0013\u200b8000能成不', null, '[PHONE]能成不'],
  ['幺三八零零幺三八零零零能成不', null, '[PHONE]能成不'],
  ['差一位的1380013800呢', null, '差一位的[NUMBER]呢'],
  ['身份证110101199003071234', null, '身份证[NUMBER]'],
  ['邮箱a.b@example.com', null, '邮箱[MAIL]'],
  ['我叫王芳，住朝阳区望京西园四区408楼1502，空调不给力', null, '我叫[NAME],住[ADDRESS],空调不给力'],
  ['我係陳大文，雪櫃唔凍', 'name', '我是[NAME],冰箱不冷'],
  ['联系我爱人 13900139000 张三丰', null, '联系我爱人 [PHONE] [NAME]'],
  ['序列号DEMO2026IN0001那台', null, '序列号[SERIAL]那台'],
  ['BX-20261120-0031有眉目没', null, '[TICKET]有眉目没'],
  ['家里凉不下来了咋整', null, '家里凉不下来了怎么整'],
])('of “%s” only what identifies nobody leaves', (text, asking, sent) => {
  expect(maskText(text, asking)).toBe(sent);
});

test.each<[string, Expected | null]>([
  ['13800138000', null],
  ['李雷', 'name'],
  ['北京市朝阳区建国路88号 上海市浦东新区世纪大道100号', null],
  ['……？', null],
])('%s says nothing without what identifies: it does not leave at all', (text, asking) => {
  expect(maskText(text, asking)).toBeNull();
});
