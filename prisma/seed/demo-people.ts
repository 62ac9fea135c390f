/** The demo's engineers and shops, city by city. Nobody real: the mobile numbers are in form only. */
import { areaList } from '@vant/area-data';
import { PRODUCT_CLASSES, type ProductClass } from '../../src/domain/appliance.ts';
import type { PhoneNumber } from '../../src/domain/contact.ts';
import type { Shift } from '../../src/domain/engineer.ts';
import type { AreaRow } from '../../src/domain/service-area.ts';

export type DemoEngineer = {
  readonly name: string;
  readonly phone: PhoneNumber;
  readonly city: string;
  readonly skills: readonly ProductClass[];
  readonly districts: readonly string[];
  readonly shifts: readonly Shift[];
};

export type DemoShop = {
  readonly name: string;
  readonly city: string;
  readonly district: string;
  readonly address: string;
  readonly opens: string;
  readonly closes: string;
};

type City = {
  readonly code: string;
  readonly province: string;
  readonly name: string;
  readonly engineers: readonly string[];
  readonly shops: readonly Omit<DemoShop, 'city'>[];
};

/** Twelve engineers a city; the four leading digits of an area code are the city's. */
const CITIES: readonly City[] = [
  {
    code: '1101',
    province: '北京市',
    name: '北京市',
    engineers: ['李建国', '王志强', '张海涛', '刘永军', '赵文斌', '陈立新', '孙德胜', '周光明', '吴振华', '马洪亮', '郭长江', '何春生'],
    shops: [
      { name: '保修通望京店', district: '朝阳区', address: '北京市朝阳区望京示范路1号一层', opens: '09:00', closes: '20:00' },
      { name: '保修通中关村店', district: '海淀区', address: '北京市海淀区中关村示范街2号一层', opens: '09:00', closes: '18:00' },
    ],
  },
  {
    code: '3101',
    province: '上海市',
    name: '上海市',
    engineers: ['朱晓东', '徐国平', '沈卫民', '陆家明', '顾永康', '蒋建平', '唐志伟', '金海龙', '俞立群', '钱文杰', '许成林', '叶明辉'],
    shops: [
      { name: '保修通陆家嘴店', district: '浦东新区', address: '上海市浦东新区张杨示范路3号一层', opens: '09:00', closes: '20:00' },
      { name: '保修通徐家汇店', district: '徐汇区', address: '上海市徐汇区漕溪示范路4号一层', opens: '09:30', closes: '18:30' },
    ],
  },
  {
    code: '4403',
    province: '广东省',
    name: '深圳市',
    engineers: ['黄伟强', '林志勇', '梁家俊', '郑少华', '谢永昌', '曾庆文', '邓国栋', '冯启明', '罗子健', '彭世杰', '潘锦辉', '钟耀辉'],
    shops: [
      { name: '保修通科技园店', district: '南山区', address: '深圳市南山区科技示范路5号一层', opens: '09:00', closes: '20:00' },
      { name: '保修通华强北店', district: '福田区', address: '深圳市福田区华强示范路6号一层', opens: '10:00', closes: '19:00' },
    ],
  },
];

/** 08:00 to 20:30, so that the last window and the way home fit. */
const SHIFT = { fromMinutes: 480, toMinutes: 1_230 };
const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7];
/** Every engineer leaves out two of these, in turn, so that eight or more of twelve have each; air conditioning all have. */
const LEFT_OUT: readonly ProductClass[] = PRODUCT_CLASSES.filter((it) => it !== 'air_conditioner');

/** Every district of the three cities. */
export function demoAreas(): readonly AreaRow[] {
  return CITIES.flatMap(({ code, province, name }) => districtsOf(code).map((district) => ({ province, city: name, district })));
}

export function demoEngineers(): readonly DemoEngineer[] {
  return CITIES.flatMap(({ code, name, engineers }, cityIndex) =>
    engineers.map((engineer, index) => ({
      name: engineer,
      phone: `+86199${String(cityIndex + 1).padStart(4, '0')}${String(index + 1).padStart(4, '0')}` as PhoneNumber,
      city: name,
      skills: PRODUCT_CLASSES.filter((it) => it !== leftOut(index) && it !== leftOut(index + 3)),
      districts: districtsOf(code),
      shifts: WEEKDAYS.map((weekday) => ({ weekday, ...SHIFT })),
    })),
  );
}

export function demoShops(): readonly DemoShop[] {
  return CITIES.flatMap(({ name, shops }) => shops.map((shop) => ({ ...shop, city: name })));
}

function leftOut(index: number): ProductClass | undefined {
  return LEFT_OUT[index % LEFT_OUT.length];
}

function districtsOf(code: string): readonly string[] {
  return Object.entries(areaList.county_list).flatMap(([county, name]) => (county.startsWith(code) ? [name] : []));
}
