/** A value for every placeholder, as long as it gets in real life. */
import type { Instant, LocalDay } from '../../src/domain/instant.ts';
import { formatDatum, type Reading } from '../../src/wording/format.ts';
import { render } from '../../src/wording/render.ts';
import type { Datum, ReplyData, ReplyKey } from '../../src/wording/reply.ts';
import { ZH_CN } from '../../src/wording/zh-cn.ts';
import { narrow } from './narrow.ts';

export const ZH: Reading = { language: 'zh-CN', timeZone: 'Asia/Shanghai' };
export const EN: Reading = { language: 'en', timeZone: 'Asia/Shanghai' };

export const at = (moment: string): Instant => Date.parse(`${moment}+08:00`) as Instant;
export const NOW = at('2026-11-20T10:00');
export const windowOn = (day: number, hour: number) => ({
  from: at(`2026-11-${day}T${String(hour).padStart(2, '0')}:00`),
  to: at(`2026-11-${day}T${String(hour + 2).padStart(2, '0')}:00`),
});

const text = (value: string): Datum => ({ as: 'text', value });
const FAULT = { appliance: 'air_conditioner', faults: ['not_cooling', 'leaking'], text: '不制冷还漏水' } as const;
const COVER = {
  kind: 'expired',
  purchasedOn: '2024-03-18' as LocalDay,
  lastDay: '2025-03-17' as LocalDay,
  termsVersion: 'v1',
  visitFeeYuan: 30,
  priceVersion: 'v1',
} as const;

const SAMPLES: Readonly<Record<string, Datum>> = {
  company: text('保修通'),
  code: text('ZH-2026-0007'),
  answer: text('修好那天起，同一故障保90天，期内再坏，上门和维修都不收费。把原来的单号或毛病告诉我就能约。'),
  fee: { as: 'fee', value: { fromYuan: 30, toYuan: 60 } },
  districts: { as: 'numbers', value: ['朝阳区', '海淀区', '东城区', '西城区'] },
  cities: { as: 'numbers', value: ['北京', '长春'] },
  complaint: {
    as: 'complaint',
    value: {
      what: '修了三次都没修好',
      about: { number: 'BX-20261120-0031', appliances: ['robot_vacuum'] },
      number: null,
      category: 'after-sales-service',
      wish: 'refund',
      slip: false,
      phone: '+8613800138000',
    },
  },
  category: { as: 'complaint-category', value: 'after-sales-service' },
  wish: { as: 'complaint-wish', value: 'repair' },
  department: text('售后客服部'),
  resolve: { as: 'moment', value: at('2026-11-26T14:00'), now: NOW },
  appliances: { as: 'appliances', value: ['disinfection_cabinet', 'robot_vacuum'] },
  report: { as: 'report', value: FAULT },
  reports: { as: 'reports', value: [FAULT, { appliance: 'fridge', faults: ['not_cooling'], text: '冷藏室不制冷' }] },
  name: text('客服主管欧阳明月'),
  text: text('师傅改到明天上午来，检测费20元，电话30分钟前打给您'),
  city: text('乌鲁木齐市'),
  place: text('北京市朝阳区望京街道阜通东大街6号院'),
  address: { as: 'address', value: { city: '北京市', district: '朝阳区', detail: '望京街道阜通东大街6号院3号楼2单元1501' } },
  person: { as: 'person', value: { name: '欧阳女士', phone: '+8613800138000' } },
  contact: { as: 'on-site', value: { who: '妈妈', phone: '+8613900139000' } },
  window: { as: 'window', value: windowOn(21, 14) },
  windows: { as: 'windows', value: [windowOn(21, 14), windowOn(22, 8), windowOn(23, 18)] },
  covers: { as: 'covers', value: [{ appliance: 'air_conditioner', cover: COVER }] },
  numbers: { as: 'numbers', value: ['BX-20261120-0031'] },
  kept: { as: 'numbers', value: ['BX-20261118-0007'] },
  engineer: text('欧阳建国'),
  phone: { as: 'phone', value: '+8619900010001' },
  channel: { as: 'channel', value: 'web-chat' },
  shops: { as: 'shops', value: [{ name: '保修通望京店', address: '北京市朝阳区望京示范路1号一层', opens: '09:00', closes: '20:00' }] },
  prices: { as: 'prices', value: [{ fault: 'leaking', fromYuan: 80, toYuan: 280 }] },
  by: { as: 'moment', value: at('2026-11-21T10:00'), now: NOW },
  now: { as: 'clock', value: at('2026-11-20T22:40') },
  opens: { as: 'moment', value: at('2026-11-21T08:30'), now: NOW },
  closes: { as: 'clock', value: at('2026-11-20T21:00') },
  from: text('08:00'),
  to: text('20:00'),
  yuan: { as: 'number', value: 30 },
  ahead: { as: 'number', value: 12 },
  minutes: { as: 'number', value: 39 },
  url: text('https://desk.baoxiu.example/privacy'),
  count: { as: 'number', value: 4 },
  score: { as: 'number', value: 3 },
  since: { as: 'day', value: '2026-01-01' as LocalDay },
  bought: { as: 'purchase', value: '2025-11-18' },
  last: { as: 'day', value: '2026-11-17' as LocalDay },
  layers: {
    as: 'layers',
    exact: true,
    value: [
      { kind: 'maker', months: 72, lastDay: '2031-11-17' as LocalDay, holds: true },
      { kind: 'product', months: 36, lastDay: '2028-11-17' as LocalDay, holds: true },
    ],
  },
  period: { as: 'months', value: 36 },
  exclusion: { as: 'exclusion', value: 'misuse' },
  serial: text('DEMO0000XX0000'),
  brand: text('海尔'),
  year: text('2025'),
  model: text('BCD-470WGHTD'),
  lowest: { as: 'number', value: 150 },
  highest: { as: 'number', value: 680 },
  visit: { as: 'window', value: windowOn(21, 16) },
  until: { as: 'moment', value: at('2026-11-20T12:00'), now: NOW },
  day: { as: 'day', value: '2026-12-01' as LocalDay },
};

export const KEYS = Object.keys(ZH_CN) as readonly ReplyKey[];

export function placeholdersOf(sentence: string): readonly string[] {
  return [...sentence.matchAll(/\{(\w+)\}/gu)].map((it) => it[1] as string).sort();
}

function dataFor(key: ReplyKey): ReplyData {
  return Object.fromEntries(placeholdersOf(ZH_CN[key]).map((name) => [name, sample(name)]));
}

function sample(name: string): Datum {
  const datum = SAMPLES[name];
  if (datum === undefined) throw new Error(`no sample for {${name}}`);
  return datum;
}

/** As the customer reads it. */
export const written = (key: ReplyKey, reading: Reading): string => render({ key, data: dataFor(key) }, reading);

/** The same with half-width punctuation. */
export const rendered = (key: ReplyKey, reading: Reading): string => narrow(written(key, reading));

/** How much of a sentence is a list: its length is the number of things, not of words. */
export function listed(key: ReplyKey, reading: Reading): number {
  return placeholdersOf(ZH_CN[key])
    .filter(
      (name) =>
        name === 'windows' || name === 'reports' || name === 'shops' || name === 'prices' || name === 'districts' || name === 'layers',
    )
    .reduce((sum, name) => sum + formatDatum(sample(name), reading).length, 0);
}
