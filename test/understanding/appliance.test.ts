import { describe, expect, it, test } from 'vitest';
import { type Appliance, PRODUCT_CLASSES, type ProductClass, productClassOf } from '../../src/domain/appliance.ts';
import { read } from './reading.ts';

const CLASS_SYNONYMS: Readonly<Record<ProductClass, readonly string[]>> = {
  tv: ['电视', '电视机', '液晶电视', '電視', '智能电视'],
  fridge: ['冰箱', '冰柜', '雪櫃', '冰厢', '冷柜'],
  washer: ['洗衣机', '洗衫機', '滚筒', '波轮洗衣机', '干衣机', '烘干机'],
  air_conditioner: ['空调', '冷氣', '挂机', '柜机', '中央空调', '空掉'],
  water_heater: ['热水器', '燃气热水器', '壁挂炉', '热水炉', '小厨宝'],
  kitchen: ['油烟机', '抽油煙機', '燃气灶', '煤气灶', '消毒柜', '洗碗机', '净水器', '集成灶'],
  small: ['微波炉', '电饭煲', '电饭锅', '扫地机器人', '风扇', '吸尘器', '电吹风', '風筒'],
  other: ['打印机', '投影仪', '智能马桶', '电磁炉'],
};

describe('S2-007 product range', () => {
  test.each(PRODUCT_CLASSES)('S2-007 the words of class %s map to it', (productClass) => {
    for (const word of CLASS_SYNONYMS[productClass]) {
      const named = read(`我家${word}坏了`).entities.appliances;
      expect(named.map(productClassOf), word).toEqual([productClass]);
    }
  });

  it('S2-007 a device we do not know is other, and no device named is none', () => {
    expect(read('打印机坏了').entities.appliances).toEqual(['other']);
    expect(read('我要报修').entities.appliances).toEqual([]);
  });
});

describe('the appliances named', () => {
  const rows: readonly (readonly [string, readonly Appliance[]])[] = [
    ['空调和冰箱都坏了', ['air_conditioner', 'fridge']],
    ['洗衣机、电视还有油烟机要修', ['washer', 'tv', 'range_hood']],
    ['不是洗衣机,是烘干机', ['dryer']],
    ['电视剧看到一半停电了', []],
    ['打我手机', []],
    ['洗烘一体机不转', ['washer']],
  ];
  test.each(rows)('%s', (text, appliances) => {
    expect(read(text).entities.appliances).toEqual(appliances);
  });

  test.each([
    ['挂机漏水', 'wall'],
    ['柜机不冷', 'floor'],
    ['滚筒洗衣机', 'drum'],
    ['波轮洗衣机', 'other'],
    ['洗衣机', null],
  ])('%s has subtype %s', (text, subtype) => {
    expect(read(text).entities.subtype).toBe(subtype);
  });

  test.each<[string, readonly Appliance[]]>([
    // mistyped by its sound
    ['喜衣机不转了', ['washer']],
    ['消毒贵不亮', ['disinfection_cabinet']],
    ['冰贵结霜', ['fridge']],
    ['微波鹿噪声大', ['microwave']],
    ['煤气造打不着', ['gas_stove']],
    ['静水器漏水', ['water_purifier']],
    ['西尘器没吸力', ['vacuum']],
    ['电饭国煮不熟', ['rice_cooker']],
    ['空条不冷', ['air_conditioner']],
    ['由烟机声音大', ['range_hood']],
    // of other regions
    ['電鍋不熱', ['rice_cooker']],
    ['部叮爐唔熱', ['microwave']],
    ['座地扇唔轉', ['fan']],
    ['焗爐壞咗', ['other']],
    ['空氣清淨機髒了', ['other']],
    // a part that only one has
    ['换个点火针', ['gas_stove']],
    ['火盖掉了', ['gas_stove']],
    ['室外机不转', ['air_conditioner']],
    // several named, one meant
    ['冰柜上面的微波炉坏了', ['microwave']],
    ['冰箱旁边那台洗碗机漏水', ['dishwasher']],
    ['不是冰箱!我说的是微波炉', ['microwave']],
    ['空调改成洗衣机', ['washer']],
    ['空调好好的,是热水器坏了', ['water_heater']],
    ['上次修的空调没事,这次是冰箱', ['fridge']],
    ['洗衣机响得像吸尘器一样', ['washer']],
    ['外机的风扇不转', ['air_conditioner']],
    ['油烟机冒烟,灶都没开', ['range_hood']],
    // none
    ['空调坏了,门锁死打不开', ['air_conditioner']],
  ])('of %s', (text, appliances) => {
    expect(read(text).entities.appliances).toEqual(appliances);
  });

  test.each<[string, Appliance]>([
    ['洗衣服的', 'washer'],
    ['吹头发的', 'hair_dryer'],
    ['干衣服的那个机器', 'dryer'],
    ['扫地那个小圆盘机器人', 'robot_vacuum'],
    ['热剩饭的', 'microwave'],
    ['烧水洗澡的', 'water_heater'],
    ['抽油烟的', 'range_hood'],
    ['家里那个抽油烟的嗡嗡响', 'range_hood'],
    ['焖饭的', 'rice_cooker'],
  ])('told by what it does, %s, when it was asked for', (text, appliance) => {
    expect(read(text, 'appliance').entities.appliances).toEqual([appliance]);
  });
});
