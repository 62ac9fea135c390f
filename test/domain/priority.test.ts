import { describe, expect, test } from 'vitest';
import { hardshipOf, priorityFor } from '../../src/domain/priority.ts';

describe('hardship', () => {
  test.each([
    ['冰箱里的肉都化了', 'food-thawing'],
    ['冰箱不制冷,海鲜快坏了', 'food-thawing'],
    ['冷冻室的东西全化冻了', 'food-thawing'],
    ['雪櫃裡的肉都臭了', 'food-thawing'],
    ['the food in my fridge is thawing', 'food-thawing'],
    ['家里有刚出生的宝宝', 'infant'],
    ['热水器坏了,孩子才三个月', 'infant'],
    ['家裡有嬰兒', 'infant'],
    ['宝宝奶粉没法温', 'infant'],
    ['we have a newborn at home', 'infant'],
    ['my 3 months old daughter', 'infant'],
    ['老人八十多了', 'elderly'],
    ['我妈七十多岁一个人在家', 'elderly'],
    ['家里有老人', 'elderly'],
    ['爸妈年纪大了', 'elderly'],
    ['my parents are in their 80s', 'elderly'],
    ['my mother is 82', 'elderly'],
    ['热得受不了', 'heat'],
    ['热的不行', 'heat'],
    ['38度的天空调坏了', 'heat'],
    ['the heat is unbearable', 'heat'],
    ['这几天高温,空调不凉', 'heat'],
    ['屋里太热了', 'heat'],
    ['室外38度空调坏了', 'heat'],
    ["it's so hot in here", 'heat'],
    ['冻死了,暖气不热', 'cold'],
    ['家里冷得睡不着', 'cold'],
    ['外面零下10度', 'cold'],
    ['热水器不热冻死我了', 'cold'],
    ['it is freezing in here', 'cold'],
  ] as const)('%s: %s', (text, hardship) => {
    expect(hardshipOf(text)).toBe(hardship);
  });

  test.each([
    '空调不制冷',
    '电视看不了宝宝巴士',
    '婴儿洗衣机不转了',
    '老人机充不进电',
    '蒸箱高温报警',
    '洗碗机高温消毒不工作',
    '热水器水太热了',
    '冰箱太冷了',
    '空调不热',
    '冰柜温度零下18度正常吗',
    '冰箱化霜水太多',
    '冷冻室结冰',
    '家里的东西坏了',
    '洗衣机用了十年',
    'the freezer is freezing up',
    'baby lock on the washer is stuck',
    '70寸电视不亮',
    '空调开到30度也不热',
    '儿子三月结婚要用空调',
    '热水器烧得太热',
    '鱼缸坏了',
    '油烟机排菜味',
    '洗衣机买了三个月',
  ])('none in %s', (text) => {
    expect(hardshipOf(text)).toBeNull();
  });
});

test('danger is urgent, hardship high, the rest normal', () => {
  expect(priorityFor({ danger: 'gas', hardship: 'infant' })).toBe('urgent');
  expect(priorityFor({ danger: null, hardship: 'heat' })).toBe('high');
  expect(priorityFor({ danger: null, hardship: null })).toBe('normal');
});
