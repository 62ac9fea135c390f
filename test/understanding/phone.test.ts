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
    ['3号楼1501 一三零 四八九五 六二七零', ['+8613048956270']],
    ['3号楼1501 一三零 四八九五 六六二七', ['+8613048956627']],
    ['一三零四八九五六二七零,郑州市二七区建设路8号', ['+8613048956270']],
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

  test.each([
    ['136,8803,9921.', '+8613688039921'],
    ['136、8803、9921', '+8613688039921'],
    ['010-62345678转801', '+861062345678'],
    ['021-62345678-801', '+862162345678'],
    ['座机0755 83214567 分机12', '+8675583214567'],
    ['(010)62345678', '+861062345678'],
    ['0086 13800138000', '+8613800138000'],
    ['0086-138-0013-8000', '+8613800138000'],
    ['86-13800138000', '+8613800138000'],
    ['+86 138 0013 8000', '+8613800138000'],
    ['８６１３８００１３８０００', '+8613800138000'],
    ['+852 9123 4567', '+85291234567'],
    ['00852 91234567', '+85291234567'],
    ['852-91234567', '+85291234567'],
    ['+886 912 345 678', '+886912345678'],
    ['+886-2-2345-6789', '+886223456789'],
    ['886 0912 345 678', '+886912345678'],
    ['幺三八零零幺三八零零零', '+8613800138000'],
    ['幺三八两个零幺三八三个零', '+8613800138000'],
    ['一三八,零零一三,八零零零', '+8613800138000'],
    ['幺三八 洞洞幺三 八洞洞洞', '+8613800138000'],
    ['138两个0 138三个0', '+8613800138000'],
    ['前面是138,后面是00138000', '+8613800138000'],
    ['138然后0013最后8000', '+8613800138000'],
    ['前三位138,后八位00138000', '+8613800138000'],
    ['138呃0013嗯8000', '+8613800138000'],
    ['138空格0013空格8000', '+8613800138000'],
    ['幺三八杠零零幺三杠八千', null],
    ['1380013800', null],
    ['138001380001', null],
    ['23800138000', null],
    ['12800138000', null],
    ['尾号8000', null],
    ['我的号138****8000', null],
    ['138 0013 8000 找老王', '+8613800138000'],
    ['电话是1 3 8 0 0 1 3 8 0 0 0', '+8613800138000'],
    ['号码138-0013-8000', '+8613800138000'],
    ['13800138000（微信同号）', '+8613800138000'],
    ['138.0013.8000', '+8613800138000'],
    ['手机13800138000住3号楼', '+8613800138000'],
    ['一三九幺二三四五六七八', '+8613912345678'],
    ['壹叁玖壹贰叁肆伍陆柒捌', '+8613912345678'],
    ['拐拐', null],
    ['139 12345 678', '+8613912345678'],
    ['139123 45678', '+8613912345678'],
    ['1391234 5678', '+8613912345678'],
    ['3号楼1801,13800138000', '+8613800138000'],
    ['029 8888 6666', '+862988886666'],
    ['13800138000,不对,13900139000', '+8613900139000'],
    ['说错了,是13900139000', '+8613900139000'],
    ['不是13800138000,是13900139000', '+8613900139000'],
    ['旧号13800138000不用了,新号13900139000', '+8613900139000'],
    ['138开头的,0013 8000', '+8613800138000'],
    ['我是幺三五四个八六六六六', '+8613588886666'],
    ['一五零二三四五,六七八九', '+8615023456789'],
  ])('%s, said when it was asked for', (text, phone) => {
    expect(read(text, 'phone').entities.phone).toBe(phone);
  });
});
