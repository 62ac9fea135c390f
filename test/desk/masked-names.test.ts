import { describe, expect, it } from 'vitest';
import { maskNamesSaid } from '../../src/desk/masked-names.ts';

describe('S2-024 a name told before it is on record', () => {
  it.each([
    ['我叫王小明', '我叫王*'],
    ['我叫王小明\uff0c电话138****8000', '我叫王*\uff0c电话138****8000'],
    ['联系人李先生', '联系人李*'],
    ['联系人\uff1a张伟', '联系人\uff1a张*'],
    ['联系人改成唐先生', '联系人改成唐*'],
    ['我是李雷\uff0c空调不制冷', '我是李*\uff0c空调不制冷'],
    ['名字叫陈志强', '名字叫陈*'],
    ['姓名\uff1a赵敏', '姓名\uff1a赵*'],
    ['我叫欧阳静怡\u3002', '我叫欧*\u3002'],
    ['叫我小林就行', '叫我小*就行'],
    ['我姓陈\uff0c陈志强', '我姓陈\uff0c陈*'],
    ['我叫王小明\uff0c王小明\uff01', '我叫王*\uff0c王*\uff01'],
    ['My name is Anna Schmidt', 'My name is A*'],
  ])('%s reads %s', (said, shown) => {
    expect(maskNamesSaid(said)).toBe(shown);
  });

  it.each([
    '我姓王',
    '我是房东',
    '我是业主\uff0c洗衣机漏水',
    '我是说空调不制冷',
    '我叫了师傅没来',
    '空调叫声很大',
    '我是客服吗',
    '高温报警',
    '王师傅昨天来的',
    '联系人不是我',
    '李雷空调坏了',
  ])('leaves %s readable', (said) => {
    expect(maskNamesSaid(said)).toBe(said);
  });
});
