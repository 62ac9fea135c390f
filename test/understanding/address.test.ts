import { areaList } from '@vant/area-data';
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { readAddress } from '../../src/understanding/address.ts';
import { isOrdinaryWord } from '../../src/understanding/area.ts';
import { WITH_REMARKS } from './address-remarks.ts';
import { read } from './reading.ts';

const SERVED = [
  { codes: '1101', province: '北京市', city: '北京市', prefix: '北京市' },
  { codes: '3101', province: '上海市', city: '上海市', prefix: '上海市' },
  { codes: '4403', province: '广东省', city: '深圳市', prefix: '广东省深圳市' },
].flatMap((area) =>
  Object.entries(areaList.county_list)
    .filter(([code]) => code.startsWith(area.codes))
    .map(([, district]) => ({ ...area, district })),
);

describe('an address', () => {
  it('with its full prefix is recognised in every district we serve, whatever detail follows', () => {
    const detail = fc.constantFrom('科技园南路8号2栋1203', '建国路88号SOHO现代城A座', '幸福小区3号楼2单元501室');
    fc.assert(
      fc.property(fc.constantFrom(...SERVED), detail, ({ prefix, province, city, district }, rest) => {
        expect(readAddress(`${prefix}${district}${rest}`, 'address').value).toEqual({ province, city, district, detail: rest });
      }),
      { numRuns: 150 },
    );
  });

  it('with a district of several cities has no city and no province', () => {
    const byName = new Map<string, Set<string>>();
    for (const [code, name] of Object.entries(areaList.county_list))
      byName.set(name, (byName.get(name) ?? new Set()).add(code.slice(0, 4)));
    const shared = [...byName].filter(([name, cities]) => cities.size > 1 && !isOrdinaryWord(name)).map(([name]) => name);
    expect(shared).toContain('朝阳区');
    for (const name of shared) expect(readAddress(`${name}幸福路8号`, 'address').value, name).toMatchObject({ city: null, district: name });
  });

  test.each([
    ['北京朝阳望京SOHO塔1 1203', { province: '北京市', city: '北京市', district: '朝阳区', detail: '望京SOHO塔1 1203' }],
    ['深圳南山科技园', { province: '广东省', city: '深圳市', district: '南山区', detail: '科技园' }],
    ['浦东新区张江路100号', { province: '上海市', city: '上海市', district: '浦东新区', detail: '张江路100号' }],
    ['海淀中关村大街1号', { province: '北京市', city: '北京市', district: '海淀区', detail: '中关村大街1号' }],
    ['朝阳区', { province: null, city: null, district: '朝阳区', detail: null }],
    ['3号楼1501', { province: null, city: null, district: null, detail: '3号楼1501' }],
    ['望京SOHO塔1 1203', { province: null, city: null, district: null, detail: '望京SOHO塔1 1203' }],
    ['北京市朝阳区望京街道,阜通东大街6号', { province: '北京市', city: '北京市', district: '朝阳区', detail: '望京街道,阜通东大街6号' }],
  ])('%s', (text, parts) => {
    expect(read(text, 'address').entities.address).toEqual(parts);
  });

  test.each(WITH_REMARKS)('%s', (line) => {
    const [text = '', detail] = line.split(' = ');
    expect(read(text, 'address').entities.address?.detail?.replaceAll('\uff0c', ',')).toBe(detail);
  });

  it('ends where the phone, the name or the time begins', () => {
    expect(read('上海市徐汇区漕溪北路18号1203室,王女士,13800138000,明天下午').entities).toMatchObject({
      address: { district: '徐汇区', detail: '漕溪北路18号1203室' },
      name: '王女士',
      phone: '+8613800138000',
      visitWishes: [{ dateFrom: '2026-11-21', part: 'afternoon' }],
    });
  });

  test.each(['不知道', '先不弄了', '为什么要地址', '好的', '你们在哪'])('%s is none', (text) => {
    expect(read(text, 'address').entities.address).toBeNull();
  });

  test.each([
    ['郑州市二七区大学路7号楼 门口有外卖柜', '大学路7号楼'],
    ['洛阳西工区八一路38号院,问门口修鞋的就知道', '八一路38号院'],
    ['惠济区江山路55号,旁边是煤气站', '江山路55号'],
    ['幸福小区7号楼2单元,楼道灯坏了', '幸福小区7号楼2单元'],
    ['成都锦江区周日集市街17号附2号', '周日集市街17号附2号'],
    ['明天广场B座1507', '明天广场B座1507'],
    ['大兴区兴华大街周末假日家园4号楼902,周三上午来', '兴华大街周末假日家园4号楼902'],
    ['兰山区通达路急修巷3号', '通达路急修巷3号'],
    ['佛山順德區鳳山東路52號7樓,有電梯', '鳳山東路52號7樓'],
    ['管城区紫荆山路72号院1号楼', '紫荆山路72号院1号楼'],
    ['11号楼3单元,11号上午', '11号楼3单元'],
  ])('%s ends where a remark begins, and a day in a name is none', (text, detail) => {
    expect(read(text, 'address').entities.address?.detail).toBe(detail);
  });

  test.each([
    '南京哪个幼儿园好',
    '在台湾买的机器',
    '哈尔滨到沈阳高铁几点有',
    '我家住六楼没电梯',
    '中秋我回福州,调到26号下午',
    '我在高铁上,改19号上午',
  ])('%s names a place in passing', (text) => {
    expect(read(text).entities.address).toBeNull();
  });
});
