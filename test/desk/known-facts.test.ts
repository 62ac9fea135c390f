import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allFacts, factsOfSummary, maskOf } from '../../src/desk/known-facts.ts';

const WANG = { names: ['王芳'], phones: ['+8613800138000', '+861062511234'], doors: ['建国路88号院3号楼1501'] };
const mask = maskOf(WANG);

describe('S2-024 what is on record is masked wherever it is typed', () => {
  it.each([
    ['我是王芳', '我是王*'],
    ['王 芳,138 00 13 80 00', '王*,138****8000'],
    ['北京市朝阳区建国路88号院3号楼1501', '北京市朝阳区***'],
    ['我住建国路 88 号院', '我住***'],
    ['楼号是3号楼,1501室', '楼号是***室'],
    ['房号1501', '房号***'],
    ['座机62511234', '座机010****1234'],
    ['010 6251 1234', '010****1234'],
    ['1 3 8 0 0 1 3 8 0 0 0', '138****8000'],
  ])('%s reads %s', (typed, shown) => {
    expect(mask(typed)).toBe(shown);
  });

  it.each(['单号BX-20261120-1501', '错误代码E1501', '王先生', '北京市朝阳区', '3号楼下', '88元', '空调不制冷,明天下午三点'])(
    'leaves %s readable',
    (text) => {
      expect(mask(text)).toBe(text === '3号楼下' ? '***下' : text);
    },
  );

  it('names of other scripts are whole words, in any case', () => {
    const ofLi = maskOf({ names: ['Li Na', '小', '王芳'], phones: [], doors: ['No. 88 Jianguo Road'] });
    expect(ofLi('LI  NA likes it, Line 3')).toBe('L* likes it, Line 3');
    expect(ofLi('小王芳 at 88 Jianguo Road, Roadside')).toBe('小王* at ***, Roadside');
  });

  it('the longer name goes first, and a door too short to tell is left alone', () => {
    const two = maskOf({ names: ['欧阳', '欧阳娜娜'], phones: [], doors: ['8号'] });
    expect(two('欧阳娜娜8号上午在')).toBe('欧*8号上午在');
  });

  it('nothing known masks phone numbers all the same', () => {
    expect(maskOf(allFacts([]))('王芳 13900139000')).toBe('王芳 139****9000');
  });

  it('what a dialog learnt counts, the district aside', () => {
    const known = { name: '李雷', phone: '13900139000', address: '上海市浦东新区张江路1号' };
    const ofLi = maskOf(factsOfSummary({ flow: null, asking: null, known, possibleTickets: [] }));
    expect(ofLi('李雷在上海市浦东新区张江路1号,139.0013.9000')).toBe('李*在上海市浦东新区***,139****9000');
  });

  it('no full phone, name or door survives, wherever it stands', () => {
    const filler = fc.constantFrom('', ' ', '地址', '。', '我是', 'a', '8', '、');
    fc.assert(
      fc.property(fc.array(fc.tuple(filler, fc.constantFrom('王芳', '13800138000', '建国路88号院3号楼1501', '空调'))), (parts) => {
        const shown = mask(parts.map(([before, said]) => `${before} ${said}`).join(' '));
        for (const secret of ['王芳', '13800138000', '建国路', '1501']) expect(shown).not.toContain(secret);
        expect(shown.match(/空调/g)?.length ?? 0).toBe(parts.filter(([, said]) => said === '空调').length);
      }),
    );
  });
});
