import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { parsePhone, readPhones } from '../../src/understanding/phone.ts';
import { createPlainText } from '../../src/understanding/plain-text.ts';
import { writeDigits } from '../../src/understanding/spoken-digits.ts';
import { read } from './reading.ts';

const plainText = createPlainText();
const phonesIn = (text: string): readonly string[] => readPhones(writeDigits(plainText(text))).value.map(({ phone }) => phone);

const mobile = fc
  .tuple(
    fc.constantFrom(
      '130',
      '131',
      '133',
      '135',
      '136',
      '137',
      '138',
      '139',
      '150',
      '152',
      '157',
      '159',
      '166',
      '177',
      '182',
      '186',
      '188',
      '189',
      '198',
    ),
    fc.nat(99_999_999),
  )
  .map(([head, tail]) => head + String(tail).padStart(8, '0'))
  .filter((digits) => parsePhone(digits) !== null);
const WRITTEN: Readonly<Record<string, (digits: string) => string>> = {
  plain: (digits) => digits,
  spaced: (digits) => `${digits.slice(0, 3)} ${digits.slice(3, 7)} ${digits.slice(7)}`,
  dashed: (digits) => `${digits.slice(0, 3)}-${digits.slice(3, 7)}-${digits.slice(7)}`,
  'with a country code': (digits) => `+86 ${digits.slice(0, 3)}-${digits.slice(3, 7)}-${digits.slice(7)}`,
  'full-width': (digits) => Array.from(digits, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0)).join(''),
  spoken: (digits) => Array.from(digits, (digit) => '零幺二三四五六七八九'[Number(digit)]).join(''),
  'spoken with pauses': (digits) =>
    Array.from(digits, (digit, at) => (at === 3 || at === 7 ? ' ' : '') + '零一二三四五六七八九'[Number(digit)]).join(''),
};

describe('a phone number', () => {
  test.each(Object.entries(WRITTEN))('%s is found wherever it stands, as E.164', (_, write) => {
    fc.assert(
      fc.property(
        mobile,
        fc.constantFrom(['', ''], ['我的电话是', ''], ['王女士,', ',明天下午'], ['3号楼1501 ', '。'], ['打', '找我']),
        (digits, [before, after]) => {
          expect(phonesIn(before + write(digits) + after)).toEqual([`+86${digits}`]);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('inside a model or a serial is none', () => {
    fc.assert(
      fc.property(mobile, fc.constantFrom('SN', 'A', 'KFR-35GW/', 'BCD-'), fc.constantFrom('A0087', 'B1', '-G1'), (digits, head, tail) => {
        expect(phonesIn(`编号 ${head}${digits}${tail}`)).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  test.each([
    ['010-12345678', ['+861012345678']],
    ['3号楼1501 138 0013 8000', ['+8613800138000']],
    ['010-62345678', ['+861062345678']],
    ['座机 0755 8321 4567', ['+8675583214567']],
    ['12345678901', []],
    ['6901234567890', []],
    ['20261120103000', []],
    ['13800138000和13900139000', ['+8613800138000', '+8613900139000']],
    ['一三八零零一三八零零零', ['+8613800138000']],
  ])('%s', (text, phones) => {
    expect(phonesIn(text)).toEqual(phones);
  });

  it('of a person named is not the serial asked for', () => {
    expect(read('电话13800138000', 'serial').entities).toMatchObject({ phone: '+8613800138000', serial: null });
  });
});
