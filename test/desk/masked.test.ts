import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { maskSummary, maskTyped } from '../../src/desk/masked.ts';

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
