/** Who a simulated customer is: a phone nobody else has, a name and how it is given, a door. Drawn, never real. */
import type { Register } from './manner.ts';
import type { Random } from './random.ts';
import { ADDRESSES, type Door } from './sentences/addresses.ts';

export type Person = {
  /** Eleven digits. */
  readonly phone: string;
  /** As it should stand on the ticket. */
  readonly name: string;
  /** As they put it when asked. */
  readonly nameSaid: string;
  readonly door: Door;
};

const SURNAMES = [
  ...['王', '李', '张', '刘', '陈', '杨', '赵', '黄', '周', '吴', '徐', '孙', '朱', '马', '胡', '郭', '林', '何', '高', '罗'],
  ...['郑', '梁', '谢', '宋', '唐', '许', '邓', '韩', '冯', '曹', '彭', '曾', '肖', '田', '董', '潘', '袁', '蔡', '蒋', '余'],
  ...['欧阳', '司马', '上官'],
];
const GIVEN = [
  '建军',
  '秀英',
  '志远',
  '小燕',
  '文博',
  '桂兰',
  '浩然',
  '雨桐',
  '国强',
  '丽华',
  '子涵',
  '晓东',
  '淑珍',
  '佳怡',
  '永刚',
  '美玲',
];
const PREFIXES = [
  '130',
  '131',
  '135',
  '136',
  '137',
  '138',
  '139',
  '150',
  '151',
  '155',
  '158',
  '159',
  '176',
  '177',
  '180',
  '186',
  '188',
  '189',
  '199',
];
const ENGLISH_NAMES = ['Emma Clark', 'David Miller', 'Sophie Martin', 'James Wilson', 'Anna Schmidt', 'Tom Baker'];

export function drawPerson(random: Random, register: Register): Person {
  return { phone: drawPhone(random), ...drawName(random, register), door: random.pick(ADDRESSES) };
}

export function drawPhone(random: Random): string {
  return `${random.pick(PREFIXES)}${String(random.between(0, 99_999_999)).padStart(8, '0')}`;
}

export function drawName(random: Random, register: Register): Pick<Person, 'name' | 'nameSaid'> {
  if (register === 'english') {
    const name = random.pick(ENGLISH_NAMES);
    return { name, nameSaid: random.pick([name, `My name is ${name}`, `${name}, thanks`]) };
  }
  const surname = random.pick(SURNAMES);
  const title = random.pick(['先生', '女士']);
  const polite = `${surname}${title}`;
  const full = `${surname}${random.pick(GIVEN)}`;
  if (register === 'terse') return random.pick([polite, full].map((name) => ({ name, nameSaid: name })));
  if (register === 'cantonese') {
    const spoken = `${surname}${random.pick(['生', '小姐'])}`;
    return random.pick([
      { name: spoken, nameSaid: `我姓${surname},叫我${spoken}就得` },
      { name: spoken, nameSaid: spoken },
      { name: polite, nameSaid: `敝姓${surname},${polite}` },
    ]);
  }
  if (register === 'elderly')
    return random.pick([
      { name: surname, nameSaid: `我姓${surname}` },
      { name: surname, nameSaid: `免贵姓${surname}` },
      { name: polite, nameSaid: `我姓${surname}呀你叫我${polite}就好了` },
      { name: full, nameSaid: `我的名字叫${full}` },
    ]);
  return random.pick([
    { name: polite, nameSaid: polite },
    { name: polite, nameSaid: `我姓${surname},${polite}` },
    { name: polite, nameSaid: `叫我${polite}吧` },
    { name: full, nameSaid: full },
    { name: full, nameSaid: `我叫${full}` },
    { name: full, nameSaid: `联系人写${full}` },
    { name: surname, nameSaid: `姓${surname}` },
  ]);
}
