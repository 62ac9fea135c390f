/**
 * Every county of the country said in an address: exactly its city and district are read, the detail as it was said, and
 * nothing else is made of the names, neither a person nor a danger.
 */
import { isDeepStrictEqual } from 'node:util';
import { areaList } from '@vant/area-data';
import { describe, expect, it, test } from 'vitest';
import { label } from '../../src/understanding/labels.ts';
import type { Expected } from '../../src/understanding/understood.ts';
import { read } from './reading.ts';

type County = {
  readonly said: string;
  readonly whole: string;
  readonly province: string;
  readonly city: string;
  readonly district: string | null;
};

const DETAIL = '建设路6号3号楼1501';
const MUNICIPALITY = /^(?:11|12|31|50)/;
/** Counties of the province itself stand where cities do. */
const OF_THE_PROVINCE = /^(?:省|自治区)直辖/;
/** Listed with its city in its name and without: one place. */
const LISTED_TWICE: Readonly<Record<string, string>> = { 秦皇岛市经济技术开发区: '经济技术开发区' };

const COUNTIES = Object.entries(areaList.county_list).map(([code, name]) => countyOf(code, name));
const EVERY = 10;
const SOME = COUNTIES.filter((_, index) => index % EVERY === 0);

describe('the address of any county of the country', () => {
  it('is read whole as the answer to the question', () => {
    expect(misread(COUNTIES, 'address', ({ said }) => `${said}${DETAIL}`, {})).toEqual([]);
  });

  it('is read whole beside a fault and a phone', () => {
    const beside = { appliance: 'air_conditioner', faults: ['not_cooling'], phone: '+8613800138000' };
    expect(misread(COUNTIES, null, ({ said }) => `空调不制冷，在${said}${DETAIL}，电话13800138000`, beside)).toEqual([]);
  });

  it('is read whole behind its province', () => {
    expect(misread(SOME, 'address', ({ whole }) => `${whole}${DETAIL}`, {})).toEqual([]);
  });

  it('is read whole behind a name and a phone', () => {
    const beside = { name: '李雷', phone: '+8613800138000' };
    expect(misread(SOME, 'address', ({ said }) => `我叫李雷，13800138000，${said}，${DETAIL}`, beside)).toEqual([]);
  });
});

test.each([
  ['唐山路南区建设路6号', '唐山市', '路南区'],
  ['石家庄桥西区裕华路6号', '石家庄市', '桥西区'],
  ['东莞长安镇建设路6号', '东莞市', '长安镇'],
  ['13800138000，九江市浔阳区建设路6号', '九江市', '浔阳区'],
  ['咸阳市乾县建设路6号', '咸阳市', '乾县'],
  ['阿拉善左旗建设路6号', '阿拉善盟', '阿拉善左旗'],
])('%s is in %s, %s', (text, city, district) => {
  expect(read(text, 'address').entities.address).toMatchObject({ city, district });
});

test('a town as the whole answer is where a district is asked for, and tells of no city', () => {
  expect(read('长安镇', 'address').entities.address).toEqual({ province: null, city: null, district: '长安镇', detail: null });
});

test('a town of the same name elsewhere stays in the detail', () => {
  expect(read('海宁市长安镇建设路6号', 'address').entities.address).toMatchObject({ district: '海宁市', detail: '长安镇建设路6号' });
  expect(read('长安镇建设路6号', 'address').entities.address).toMatchObject({ city: null, district: null });
});

test('the label of a city without districts counts the town to the detail', () => {
  expect(label(read(`东莞市长安镇${DETAIL}`, 'address')).entities['address']).toEqual({
    province: '广东省',
    city: '东莞市',
    district: null,
    detail: `长安镇${DETAIL}`,
  });
});

test.each(['唐山市，13800138000', '黄山市', '黄圃镇，13800138000', '宁波，13800138000', '张家村，13800138000', '我是温州市，13800138000'])(
  '%s names nobody',
  (text) => {
    expect(read(text).entities.name).toBeNull();
  },
);

test.each(['文山', '李镇', '王一路', '高明', '温州'])('asked for a name, %s is one', (text) => {
  expect(read(text, 'name').entities.name).toBe(text);
});

test.each(['唐山市', '黄山市黄山区', '安阳街道'])('asked for a name, %s is none', (text) => {
  expect(read(text, 'name').entities.name).toBeNull();
});

test('a place that sounds like a danger is none, and a danger there is one', () => {
  expect(read('湛江市麻章区建设路6号').entities.danger).toBeNull();
  expect(read('湛江市麻章区建设路6号，摸洗衣机手麻').entities.danger).toBe('shock');
});

test('dialect beside a place is still understood', () => {
  expect(read('喺喀喇沁旗建设路6号，雪柜唔冻', 'address').entities).toMatchObject({
    address: { city: '赤峰市', district: '喀喇沁旗', detail: '建设路6号' },
    appliances: ['fridge'],
    faults: ['not_cooling'],
  });
});

/** What was read where it is not the county's address and `beside`. */
function misread(
  counties: readonly County[],
  expects: Expected | null,
  say: (county: County) => string,
  beside: Readonly<Record<string, unknown>>,
): readonly object[] {
  return counties.flatMap((county) => {
    const text = say(county);
    const understood = read(text, expects);
    const { address } = understood.entities;
    const entities = { ...label(understood).entities, address };
    const { province, city, district } = county;
    const isRight = isDeepStrictEqual(entities, { ...beside, address: { province, city, district, detail: DETAIL } });
    return isRight ? [] : [{ text, entities }];
  });
}

function countyOf(code: string, name: string): County {
  const province = areaList.province_list[`${code.slice(0, 2)}0000`] ?? '';
  const listed = areaList.city_list[`${code.slice(0, 4)}00`] ?? '';
  if (OF_THE_PROVINCE.test(listed)) return { said: name, whole: `${province}${name}`, province, city: name, district: null };
  const city = MUNICIPALITY.test(code) ? province : listed;
  const said = `${city}${name}`;
  return { said, whole: city === province ? said : `${province}${said}`, province, city, district: LISTED_TWICE[name] ?? name };
}
