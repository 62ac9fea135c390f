import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dialledPhone } from '../../src/domain/phone-format.ts';
import { maskAddress, maskName, maskPhone } from '../../src/domain/privacy-mask.ts';

test.each([
  ['+8613800138000', '138****8000'],
  ['13800138000', '138****8000'],
  ['138 0013 8000', '138****8000'],
  ['+861082345678', '010****5678'],
  ['+8675582345678', '0755****5678'],
  ['010-82345678', '010****5678'],
  ['+14155552671', '+14****2671'],
  ['95508', '****'],
  ['', '****'],
])('S2-023 %s is shown as %s', (phone, masked) => {
  expect(maskPhone(phone)).toBe(masked);
});

test('S2-023 at least four digits of any number stay hidden', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^\+?\d{3,15}$/), (phone) => {
      const shown = maskPhone(phone).replace(/\D/g, '').length;
      expect(maskPhone(phone)).toContain('****');
      expect(phone.replace(/\D/g, '').length - shown).toBeGreaterThanOrEqual(Math.min(2, phone.length));
    }),
  );
});

test('S2-023 a name is its first character and one star', () => {
  expect(['王女士', '王建国', '欧阳娜娜', 'John Smith', '𠮷野', ''].map(maskName)).toEqual(['王*', '王*', '欧*', 'J*', '𠮷*', '*']);
});

test('S2-023 an address ends with its district', () => {
  expect(maskAddress({ province: '北京市', city: '北京市', district: '朝阳区' })).toBe('北京市朝阳区');
  expect(maskAddress({ province: '广东省', city: '深圳市', district: '南山区' })).toBe('广东省深圳市南山区');
  expect(maskAddress({ province: null, city: null, district: '朝阳区' })).toBe('朝阳区');
});

test('a number is shown as it is dialled', () => {
  expect(['+8613800138000', '+861082345678', '+8675582345678', '+14155552671'].map(dialledPhone)).toEqual([
    '13800138000',
    '010-82345678',
    '0755-82345678',
    '+14155552671',
  ]);
});
