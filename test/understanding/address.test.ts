import { areaList } from '@vant/area-data';
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { readAddress } from '../../src/understanding/address.ts';
import { isOrdinaryWord } from '../../src/understanding/area.ts';
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
});
