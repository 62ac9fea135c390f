import { describe, expect, test } from 'vitest';
import { demoAreas } from '../../prisma/seed/demo-people.ts';
import type { AddressParts } from '../../src/domain/contact.ts';
import { detailIsEnough, matchArea } from '../../src/domain/service-area.ts';

const rows = demoAreas();

function parts(province: string | null, city: string | null, district: string | null): AddressParts {
  return { province, city, district, detail: null };
}

describe('where an address lies', () => {
  const beijing = { kind: 'served', province: '北京市', city: '北京市' };

  test('with and without 市, 区, 县', () => {
    expect(matchArea(rows, parts('北京市', '北京市', '朝阳区'))).toEqual({ ...beijing, district: '朝阳区' });
    expect(matchArea(rows, parts(null, '北京', '朝阳'))).toEqual({ ...beijing, district: '朝阳区' });
    expect(matchArea(rows, parts(null, '上海', '浦东'))).toMatchObject({ kind: 'served', district: '浦东新区' });
    expect(matchArea(rows, parts('广东', '深圳', '南山'))).toMatchObject({ kind: 'served', province: '广东省', city: '深圳市' });
  });
  test('two districts whose names differ by 新 are two, in whatever order they stand', () => {
    const two = ['北戴河区', '北戴河新区'].map((district) => ({ province: '河北省', city: '秦皇岛市', district }));
    for (const { district } of two) expect(matchArea(two, parts(null, '秦皇岛', district))).toMatchObject({ kind: 'served', district });
  });

  test('a municipality named as a province is its own city', () => {
    expect(matchArea(rows, parts('北京市', null, '西城区'))).toEqual({ ...beijing, district: '西城区' });
    expect(matchArea(rows, parts('上海市', null, null))).toEqual({ kind: 'which-district', city: '上海市' });
  });

  test('a district without its city is asked about, never guessed', () => {
    expect(matchArea(rows, parts(null, null, '朝阳区'))).toEqual({ kind: 'which-city', candidates: ['北京市'] });
    const two = [...rows, { province: '吉林省', city: '长春市', district: '朝阳区' }];
    expect(matchArea(two, parts(null, null, '朝阳'))).toEqual({ kind: 'which-city', candidates: ['北京市', '长春市'] });
    expect(matchArea(rows, parts('广东省', null, null))).toEqual({ kind: 'which-city', candidates: ['深圳市'] });
    expect(matchArea(rows, parts(null, '北京市', '南山区'))).toEqual({ kind: 'which-city', candidates: ['深圳市'] });
  });

  test('a city without its district', () => {
    expect(matchArea(rows, parts(null, '深圳市', null))).toEqual({ kind: 'which-district', city: '深圳市' });
  });

  test('outside, by the name the customer gave', () => {
    expect(matchArea(rows, parts('浙江省', '杭州市', '西湖区'))).toEqual({ kind: 'outside', place: '杭州市' });
    expect(matchArea(rows, parts(null, null, '鼓楼区'))).toEqual({ kind: 'outside', place: '鼓楼区' });
    expect(matchArea(rows, parts('青海省', null, null))).toEqual({ kind: 'outside', place: '青海省' });
    const without = rows.filter((it) => it.district !== '延庆区');
    expect(matchArea(without, parts('北京市', '北京市', '延庆区'))).toEqual({ kind: 'outside', place: '延庆区' });
  });

  test('no place at all', () => {
    expect(matchArea(rows, parts(null, null, null))).toEqual({ kind: 'unknown' });
  });
});

describe('S2-023 an engineer finds the door', () => {
  test.each([
    '阜通东大街6号院3号楼1501',
    '阜通东大街6号院3号楼2单元1501室',
    '科技园南路8号2栋1203',
    '建国路88号SOHO现代城C座1808',
    '中山北路3300弄12号301室',
    '华清嘉园12-3-501',
    '幸福小区5栋',
    '幸福小区三号楼二单元五零一',
    '幸福小区3楼1501',
    '龙湖天街五零一室',
    '李家村12号',
    '大望京村12号院',
    '帽儿胡同7号院',
    '中关村南大街5号院3单元501',
    '劲松七区706楼3门501',
    '丽水嘉园12幢乙单元1002',
    '张家庄三组',
    '王各庄村口第三家',
    '南锣鼓巷45号',
    '后海大石碑胡同甲8号',
    '望京SOHO T3座2105',
    '金地国际花园B座1201',
    '绿地中央广场1603室',
    '阜通东大街 6 号院 3 号楼 1501',
    'Room 1501, Building 3, 6 Futong East Street',
    '88 Jianguo Road',
    'Apt 12B, Sunshine Garden',
    'No. 12 Nanluoguxiang Hutong, Unit 3',
  ])('%s', (detail) => {
    expect(detailIsEnough(detail)).toBe(true);
  });

  test.each([
    '',
    '望京街道',
    '望京街道3号楼1501',
    '中关村南大街5号院',
    '中关村南大街',
    '3号楼1501',
    '国贸商城二楼',
    '幸福小区两室一厅',
    '中关村南大街五号院',
    '2单元501室',
    '1501',
    '中山北路3300弄',
    '李家村',
    '马驹桥镇',
    '华清嘉园',
    '地铁10号线旁边',
    '小区东3号门',
    'Futong East Street',
    'Building 3',
    'No. 6 Courtyard, Futong East Street',
    'Sunshine Garden',
  ])('not with %s alone', (detail) => {
    expect(detailIsEnough(detail)).toBe(false);
  });
});
