import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { maskSummary, maskTyped } from '../../src/desk/masked.ts';
import { maskDoors } from '../../src/desk/masked-doors.ts';

describe('S2-024 phone numbers in what somebody typed', () => {
  it.each([
    ['打13800138000', '打138****8000'],
    ['138 0013 8000 王芳', '138****8000 王芳'],
    ['138-0013-8000', '138****8000'],
    ['+86 138 0013 8000。', '138****8000。'],
    ['8613800138000', '138****8000'],
    ['13800138000', '138****8000'],
    ['座机010-62511234', '座机010****1234'],
    ['(0755)26001234', '0755****1234'],
    ['一三八零零一三八零零零', '一三八****八零零零'],
    ['13800138000或者13900139000', '138****8000或者139****9000'],
    ['+1 415 555 2671', '+14****2671'],
    ['+1 (415) 555-2671', '+14****2671'],
    ['1 3 8 1 2 3 4 5 6 7 8是我的', '138****5678是我的'],
    ['138/1234/5678', '138****5678'],
    ['138  1234  5678', '138****5678'],
    ['(138)12345678', '138****5678'],
    ['(+86)138 1234 5678', '138****5678'],
    ['139_0000_1111', '139****1111'],
    ['139,0000,1111', '139****1111'],
    ['139\uff0c0000\uff0c1111', '139****1111'],
    ['139 - 0000 - 1111', '139****1111'],
    ['1\u200b3\u200b9\u200b0\u200b0\u200b0\u200b0\u200b1\u200b1\u200b1\u200b1', '139****1111'],
    ['\u2460\u2462\u2468\u24ea\u24ea\u24ea\u24ea\u2460\u2460\u2460\u2460', '139****1111'],
    ['\u2776\u2778\u277e\u24ff\u24ff\u24ff\u24ff\u2776\u2776\u2776\u2776', '139****1111'],
    ['\uff11\uff13\uff19-\uff10\uff10\uff10\uff10-\uff11\uff11\uff11\uff11', '139****1111'],
    ['1\ufe0f\u20e33\ufe0f\u20e390000111\ufe0f\u20e31\ufe0f\u20e3', '139****1111'],
    ['\u{1d7cf}39\u{1f642}0000 1111', '139****1111'],
    ['壹叁玖零零零零壹壹壹壹', '壹叁玖****壹壹壹壹'],
    ['一三九,零零零零,一一一一', '一三九****一一一一'],
    ['幺三九0000幺幺幺幺', '幺三九****幺幺幺幺'],
    ['周一13900001111', '周一139****1111'],
    ['一三九零零零零一一一一一号楼', '一三九****一一一一一号楼'],
    ['14:00 13900001111', '14:00 139****1111'],
    ['BX-20261121-0003 139 0000 1111', 'BX-20261121-0003 139****1111'],
    ['010 - 6251 - 1234', '010****1234'],
  ])('%s', (typed, masked) => {
    expect(maskTyped(typed)).toBe(masked);
  });

  it.each([
    '单号BX-20261120-0031',
    '序列号DEMO2026IN0001',
    '2026-11-21 14:00到16:00',
    '身高175,3号楼1501',
    '错误代码E10',
    '380元,保修90天',
    '一二三四五',
    '单号BX-20261121-0003 2026-11-21 14:00',
    '型号KFR-35GW/13, 序列号SN13800138000X',
    '2026-11-18 09:00-11:00 13:00-15:00',
    '2026/11/18 13:00\u30012026.11.19 15:30\u30012026-12-05 16:00',
    '1380.00元, 1500.00元, 1800.00元',
    '1500.00 200.00 3000.00元',
    '+1500,2000,3000元',
    '138元,1400到1500元',
    '一三八号',
    '138****8000 138****8001',
  ])('leaves %s readable', (text) => {
    expect(maskTyped(text)).toBe(text);
  });

  it('no mobile number survives, wherever it stands and however it is spaced', () => {
    const digits = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 9, maxLength: 9 }).map((it) => it.join(''));
    const gap = fc.constantFrom('', ' ', '-');
    fc.assert(
      fc.property(
        digits,
        fc.integer({ min: 3, max: 9 }),
        gap,
        fc.constantFrom('', '电话', '我是王芳,', '(', 'tel:'),
        fc.constantFrom('', '。', '找我', ')'),
        (rest, second, sep, before, after) => {
          const number = `1${second}${rest}`;
          const typed = `${before}${number.slice(0, 3)}${sep}${number.slice(3, 7)}${sep}${number.slice(7)}${after}`;
          expect(maskTyped(typed)).toBe(`${before}${number.slice(0, 3)}****${number.slice(7)}${after}`);
        },
      ),
    );
  });
});

describe('S2-024 phone numbers however they are written', () => {
  const separator = fc.constantFrom(
    '',
    ' ',
    '  ',
    '-',
    ' - ',
    '/',
    '_',
    ',',
    '\uff0c',
    '.',
    '\u3001',
    ')',
    '\u200b',
    '\u3000',
    '\u2060 ',
    '\u2014',
  );
  const script = fc.constantFrom(
    '0123456789',
    '\uff10\uff11\uff12\uff13\uff14\uff15\uff16\uff17\uff18\uff19',
    '零一二三四五六七八九',
    '〇壹贰叁肆伍陆柒捌玖',
    '\u24ea\u2460\u2461\u2462\u2463\u2464\u2465\u2466\u2467\u2468',
  );
  const phone = fc.tuple(fc.integer({ min: 3, max: 9 }), fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 9, maxLength: 9 }));

  it.each(['3-4-4', 'digit by digit'])('%s: its middle is never readable', (groups) => {
    fc.assert(
      fc.property(
        phone,
        separator,
        script,
        fc.constantFrom('', '我的电话', '+86 '),
        fc.constantFrom('', '是我的', '\uff0c找我'),
        ([second, rest], gap, digits, before, after) => {
          const said = [1, second, ...rest].map((digit) => [...digits][digit] ?? '');
          const typed =
            groups === '3-4-4' ? [said.slice(0, 3), said.slice(3, 7), said.slice(7)].map((it) => it.join('')).join(gap) : said.join(gap);
          const plain = (it: readonly string[]) => it.map((character) => character.normalize('NFKC')).join('');
          const shown = `${plain(said.slice(0, 3))}****${plain(said.slice(7))}`;
          expect(maskTyped(`${before}${typed}${after}`).replace('+86 ', '')).toBe(`${before.replace('+86 ', '')}${shown}${after}`);
        },
      ),
    );
  });

  it('a long text of digits and signs is read in no time', () => {
    const startedAt = performance.now();
    maskTyped('1 3 '.repeat(5_000));
    maskTyped(`${'路1号'.repeat(5_000)}`);
    maskDoors('建国路1号a1'.repeat(3_000));
    maskDoors(`建国路1号${'1 '.repeat(5_000)}`);
    expect(performance.now() - startedAt).toBeLessThan(2_000);
  });
});

describe('S2-024 a door nobody has on record', () => {
  it.each([
    ['北京市朝阳区建国路88号院3号楼1501', '北京市朝阳区建国路***'],
    ['我住建国路88号3号楼2单元1501室\uff0c洗衣机漏水', '我住建国路***\uff0c洗衣机漏水'],
    ['浦东新区张江路 1 号 5 栋 302 室,谢谢', '浦东新区张江路 ***,谢谢'],
    ['文三街\uff11\uff12号\uff0c3幢\uff0c502', '文三街***'],
    ['建国路八十八号院三号楼一五零一室', '建国路***'],
    ['南京西路1266号恒隆广场A座2801室', '南京西路***'],
    ['长安街1号楼1501', '长安街***'],
    ['幸福里12号1501室', '幸福里***'],
    ['人民路100弄5号楼301', '人民路***'],
  ])('%s reads %s', (typed, shown) => {
    expect(maskDoors(typed)).toBe(shown);
  });

  it.each([
    'E3故障,1号键没反应',
    '通道3号键没反应,12楼也听得见',
    '冰箱里2号门关不严',
    '冰箱里2号门和3号抽屉都结冰',
    '家里3号插座断电,1501错误',
    '上路5号线地铁',
    '这个月里21号上午9点,22号下午3点都行',
    '线路2号端子烧了,380元太贵',
    '北京市朝阳区建国路',
    '建国路***',
  ])('leaves %s readable', (text) => {
    expect(maskDoors(text)).toBe(text);
  });
});

describe('S2-024 what is known when staff take over', () => {
  it('names nobody and no door', () => {
    const known = {
      name: '王芳',
      phone: '13800138000',
      address: '广东省深圳市南山区科技园1栋',
      contact: '我妈 13900139000',
      fault: '漏水',
      window: '周六上午',
    };
    expect(maskSummary({ flow: 'repair-booking', asking: 'confirm', known, possibleTickets: [] }).known).toEqual({
      name: '王*',
      phone: '138****8000',
      address: '广东省深圳市南山区',
      contact: '***',
      fault: '漏水',
      window: '周六上午',
    });
  });

  it.each([
    ['address', '建国路88号', '***'],
    ['address', '北京市望京花园小区5号楼', '北京市'],
    ['address', '北京市朝阳区望京花园小区5号楼', '北京市朝阳区'],
    ['address', '浙江省杭州市桐庐县江南镇1号', '浙江省杭州市桐庐县'],
    ['address', 'No. 88 Jianguo Road', '***'],
    ['phone', '1062511234', '010****1234'],
  ])('%s %s reads %s', (slot, value, masked) => {
    expect(maskSummary({ flow: null, asking: null, known: { [slot]: value }, possibleTickets: [] }).known).toEqual({ [slot]: masked });
  });
});
