import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Answers, NOTHING_SAID } from '../../flows/dialog-event.ts';
import {
  acceptRecord,
  addressWanting,
  declineRecord,
  emptyRepair,
  mergeAnswers,
  offeredRecord,
  type RepairData,
  readRecord,
  restartedRepair,
  withoutWindow,
} from '../../flows/repair-booking-data.ts';
import { APPLIANCES, type Appliance } from '../../src/domain/appliance.ts';
import type { Serial } from '../../src/domain/contact.ts';
import type { EngineerWish } from '../../src/domain/engineer-wish.ts';
import { address, answers, HOME, id, OTHER_PHONE, PHONE, report, windowOn, wishFor } from './answers.ts';

const EMPTY = emptyRepair(3);

const told = (before: RepairData, said: Partial<Answers>, text = '', asked = '') => mergeAnswers(before, answers(said), text, asked);

/** Told everything, a window chosen and held. */
const FULL: RepairData = {
  ...told(EMPTY, {
    reports: [report('air_conditioner', '不制冷', ['not_cooling'])],
    address: HOME,
    phone: PHONE,
    name: '王女士',
    model: 'KFR-35GW',
    wishes: [wishFor('2026-11-21', 'afternoon')],
  }),
  area: { kind: 'served', province: '北京市', city: '北京市', district: '朝阳区' },
  covers: [{ kind: 'unknown', visitFeeYuan: 30, priceVersion: 'v1' }],
  window: windowOn(21, 14),
  held: { appointmentId: id('held'), engineer: { id: id('engineer'), name: '李建国', phone: '' }, window: windowOn(21, 14) },
};

const named = (data: RepairData) => data.items.map((it) => [it.appliance, it.text]);

describe('appliances and faults', () => {
  test('one sentence fills all it states', () => {
    expect(named(FULL)).toEqual([['air_conditioner', '不制冷']]);
    expect(FULL).toMatchObject({ address: HOME, phone: PHONE, name: '王女士', items: [{ model: 'KFR-35GW', faults: ['not_cooling'] }] });
  });

  test('空调和冰箱都坏了: two appliances, and a fault told of both is each one’s', () => {
    const both = told(EMPTY, { reports: [report('air_conditioner'), report('fridge')] });
    expect(named(told(both, { reports: [report(null, '都不制冷', ['not_cooling'])] }))).toEqual([
      ['air_conditioner', '都不制冷'],
      ['fridge', '都不制冷'],
    ]);
  });

  test('S2-006 a fault told before its appliance is not asked for again', () => {
    const early = told(EMPTY, { reports: [report(null, '一直嗡嗡响', ['noisy'])] });
    expect(early.items).toEqual([]);
    expect(named(told(early, { reports: [report('fridge')] }))).toEqual([['fridge', '一直嗡嗡响']]);
  });

  test('S2-006 whatever is said when the fault is asked for is the fault, word for word', () => {
    const asked = told(EMPTY, { reports: [report('tv')] });
    expect(named(told(asked, {}, '老是自己关机', 'fault'))).toEqual([['tv', '老是自己关机']]);
  });

  test.each(['?', '。', '1', '啊'])('S2-006 %s is no description', (text) => {
    const asked = told(EMPTY, { reports: [report('tv')] });
    expect(told(asked, {}, text, 'fault')).toBe(asked);
  });

  test('a phone number given when the fault is asked for is not the fault', () => {
    const asked = told(EMPTY, { reports: [report('tv')] });
    expect(named(told(asked, { phone: PHONE }, '我电话是13800138000', 'fault'))).toEqual([['tv', null]]);
  });

  test('不对,是冰箱: the fault stays, the window is looked for anew, the model and cover are forgotten', () => {
    const corrected = told(FULL, { reports: [report('fridge')], corrects: true });
    expect(named(corrected)).toEqual([['fridge', '不制冷']]);
    expect(corrected.items[0]?.model).toBeNull();
    expect(corrected).toMatchObject({ covers: null, window: null, held: null, preferred: windowOn(21, 14), wishes: FULL.wishes });
    expect(corrected).toMatchObject({ address: HOME, phone: PHONE, name: '王女士', area: FULL.area });
  });

  test('搞错了,应该是电视,开不了机: the appliance and its fault are replaced, nothing is left of the first', () => {
    const washer = told(EMPTY, { reports: [report('washer', '声音特别大', ['noisy'])] });
    const coded = told(washer, { reports: [report('tv', '开不了机', ['no_power'])], corrects: true });
    expect(coded.items).toMatchObject([{ appliance: 'tv', text: '开不了机', faults: ['no_power'] }]);
    const uncoded = told(washer, { reports: [report('tv', '画面像水波一样')], corrects: true });
    expect(uncoded.items).toMatchObject([{ appliance: 'tv', text: '画面像水波一样', faults: [] }]);
  });

  test('不是不制冷,是漏水: only the fault and its cover change, the window stands', () => {
    const corrected = told(FULL, { reports: [report(null, '是漏水', ['leaking'])], corrects: true });
    expect(corrected).toMatchObject({ items: [{ appliance: 'air_conditioner', text: '是漏水', faults: ['leaking'] }], covers: null });
    expect(corrected).toMatchObject({ window: FULL.window, held: FULL.held });
  });

  test('对了,还漏水 adds a fault; told again in other words it adds nothing', () => {
    const more = told(FULL, { reports: [report(null, '还漏水', ['leaking'])] });
    expect(more).toMatchObject({
      items: [{ text: '不制冷\uFF0C还漏水', faults: ['not_cooling', 'leaking'] }],
      covers: null,
      window: FULL.window,
    });
    expect(told(more, { reports: [report('air_conditioner', '空调一直在漏水', ['leaking'])] })).toBe(more);
    const two = told(FULL, { reports: [report('tv', '黑屏')] });
    expect(told(two, { reports: [report(null, '还漏水', ['leaking'])] })).toBe(two);
  });

  test('a correction to a bigger appliance forgets the shop', () => {
    const small = told(EMPTY, { reports: [report('rice_cooker', '不通电')], serviceMode: 'store' });
    expect(told(small, { reports: [report('fridge')], corrects: true }).serviceMode).toBeNull();
    expect(told(small, { reports: [report('fan')], corrects: true }).serviceMode).toBe('store');
  });

  test('a visit takes as many appliances as the policy says', () => {
    const many = told(emptyRepair(2), { reports: [report('tv'), report('fridge'), report('washer')] });
    expect(named(many).map(([it]) => it)).toEqual(['tv', 'fridge']);
  });

  test('a model goes to the appliance named with it, else to the only one, else to the first without', () => {
    const two = told(EMPTY, { reports: [report('tv', '黑屏'), report('fridge', '漏水')] });
    const models = (data: RepairData) => data.items.map((it) => it.model);
    expect(models(told(two, { reports: [report('fridge')], model: 'BCD-470' }))).toEqual([null, 'BCD-470']);
    expect(models(told(two, { model: '55E3F' }))).toEqual(['55E3F', null]);
    expect(models(told(told(two, { model: '55E3F' }), { model: 'BCD-470' }))).toEqual(['55E3F', 'BCD-470']);
    expect(models(told(told(two, { model: '55E3F' }), { model: '55E3F' }))).toEqual(['55E3F', null]);
    expect(models(told(FULL, { model: 'KFR-26GW' }))).toEqual(['KFR-26GW']);
  });
});

describe('addresses', () => {
  const detail = (...said: readonly string[]) =>
    said.reduce(
      (data, it) => told(data, { address: address({ detail: it }) }),
      told(EMPTY, { address: address({ city: '北京市', district: '海淀区' }) }),
    ).address.detail;

  test.each([
    [['中关村南大街5号院', '3号楼1501'], '中关村南大街5号院3号楼1501'],
    [['望京', '阜通东大街6号院', '3号楼1501'], '望京阜通东大街6号院3号楼1501'],
    [['望京街道阜通东大街', '阜通东大街6号院3号楼1501'], '阜通东大街6号院3号楼1501'],
    [['望京街道', '街道阜通东大街6号院'], '望京街道阜通东大街6号院'],
    [['阜通东大街6号', '3号楼2单元1501'], '阜通东大街6号3号楼2单元1501'],
    [['阜通东大街6号院3号楼1501', '3号楼1501'], '阜通东大街6号院3号楼1501'],
    [['阜通东大街6号院3号楼1501', '建国路88号2号楼301'], '建国路88号2号楼301'],
  ])('S2-023 %j is %s', (said, joined) => expect(detail(...said)).toBe(joined));

  test('another city forgets the district, the street and the area, and gives the window back', () => {
    const moved = told(FULL, { address: address({ province: '上海市', city: '上海市' }) });
    expect(moved).toMatchObject({ address: { city: '上海市', district: null, detail: null }, area: null, window: null, held: null });
    expect(moved.preferred).toEqual(FULL.window);
  });

  test('another district of the same city keeps the city only', () => {
    const moved = told(FULL, { address: address({ district: '海淀区' }) });
    expect(moved.address).toEqual({ province: null, city: '北京市', district: '海淀区', detail: null });
  });

  test('北京南山区 and then 深圳: the city was a slip, the street stands', () => {
    const slip = told(EMPTY, { address: address({ city: '北京市', district: '南山区', detail: '科技园路1号3栋1501' }) });
    expect(told(slip, { address: address({ city: '深圳市', district: '南山区' }) }).address).toMatchObject({
      city: '深圳市',
      detail: '科技园路1号3栋1501',
    });
  });

  test('a door added to a checked street keeps the area and the window', () => {
    const partial: RepairData = { ...FULL, address: { ...HOME, detail: '阜通东大街6号院' } };
    expect(addressWanting(partial)).toBe('detail');
    const whole = told(partial, { address: address({ detail: '3号楼1501' }) });
    expect(whole).toMatchObject({ area: FULL.area, window: FULL.window, held: FULL.held });
    expect(addressWanting(whole)).toBe('nothing');
  });
});

describe('what is on record', () => {
  const ON_RECORD = { name: '王女士', phone: PHONE, address: { ...HOME } as never, models: [{ appliance: 'tv', model: '55E3F' }] };

  test('the person and the model are taken over, the address is offered', () => {
    const read = readRecord(told(EMPTY, { reports: [report('tv', '黑屏')] }), ON_RECORD);
    expect(read).toMatchObject({ phone: PHONE, name: '王女士', address: { detail: null }, items: [{ model: '55E3F' }] });
    expect(offeredRecord(read)).toEqual(ON_RECORD);
    expect(acceptRecord(read)).toMatchObject({ address: HOME, area: null });
    expect(offeredRecord(declineRecord(read))).toBeNull();
  });

  test('what the customer says now wins over the record', () => {
    const read = readRecord(told(EMPTY, { phone: OTHER_PHONE, name: '李先生', address: HOME }), ON_RECORD);
    expect(read).toMatchObject({ phone: OTHER_PHONE, name: '李先生' });
    expect(offeredRecord(read)).toBeNull();
  });

  test('starting over keeps who the customer is and offers the address again', () => {
    const again = restartedRepair(declineRecord(readRecord(FULL, ON_RECORD)));
    expect(again).toMatchObject({ items: [], phone: PHONE, name: '王女士', window: null });
    expect(offeredRecord(again)).toEqual(ON_RECORD);
  });
});

describe('wishes', () => {
  test('another wish opens the window again; the same one changes nothing', () => {
    expect(told(FULL, { wishes: [wishFor('2026-11-22')] })).toMatchObject({ window: null, held: null, preferred: null });
    expect(told(FULL, { wishes: FULL.wishes })).toBe(FULL);
  });
});

const texts = fc.constantFrom('不制冷', '漏水', '嗡嗡响', '阜通东大街6号院', '3号楼1501', '?');
const appliances = fc.constantFrom<Appliance>(...APPLIANCES);
/** Faults and codes are read out of a text: without one there are none. */
const anyReport = fc.oneof(
  fc.record({ appliance: appliances, faults: fc.constant([]), text: fc.constant(null), errorCode: fc.constant(null) }),
  fc.record({
    appliance: fc.option(appliances),
    faults: fc.constantFrom([], ['leaking'] as const, ['noisy'] as const),
    text: texts,
    errorCode: fc.option(fc.constantFrom('E1', 'F0')),
  }),
);
/** One report of whatever is spoken of, or several that each name their appliance. */
const anyReports = fc.oneof(
  fc.array(anyReport, { maxLength: 1 }),
  fc.array(
    anyReport.filter((it) => it.appliance !== null),
    { minLength: 2, maxLength: 2 },
  ),
);
const anyAddress = fc.record({
  province: fc.constant(null),
  city: fc.option(fc.constantFrom('北京市', '上海市')),
  district: fc.option(fc.constantFrom('朝阳区', '海淀区')),
  detail: fc.option(fc.constantFrom('阜通东大街6号院', '3号楼1501', '建国路88号', '望京')),
});
const WANTS_LI: EngineerWish = { kind: 'want', whom: { by: 'name', name: '李' } };
const NOT_THE_LAST: EngineerWish = { kind: 'avoid', whom: { by: 'last' } };
const anyAnswers: fc.Arbitrary<Answers> = fc
  .record({
    reports: anyReports,
    corrects: fc.constant(false),
    serviceMode: fc.option(fc.constantFrom('on-site', 'store')),
    address: fc.option(anyAddress),
    phone: fc.option(fc.constantFrom(PHONE, OTHER_PHONE)),
    name: fc.option(fc.constantFrom('王女士', '李先生')),
    model: fc.option(fc.constantFrom('KFR-35GW', 'BCD-470')),
    serial: fc.option(fc.constantFrom('DEMO2026IN0001' as Serial)),
    contact: fc.option(fc.constant({ who: '妈妈', phone: null })),
    wishes: fc.array(fc.constantFrom(wishFor('2026-11-21'), wishFor('2026-11-22', 'morning')), { maxLength: 2 }),
    engineerWish: fc.option(fc.constantFrom(WANTS_LI, NOT_THE_LAST)),
    ticketNumber: fc.constant(null),
    hardship: fc.option(fc.constant('infant')),
    purchasedOn: fc.option(fc.constantFrom('2026-03-18', '2025-11')),
    hasProof: fc.option(fc.boolean()),
    brand: fc.option(fc.constantFrom('格力', '海尔')),
    exclusion: fc.option(fc.constantFrom('misuse', 'none')),
  })
  .map((said) => ({ ...NOTHING_SAID, ...said }));
const anyAsked = fc.constantFrom('', 'fault', 'name', 'model', 'address', 'window', 'confirm');

describe('any message', () => {
  test('S2-015 merged twice is merged once, and the second time changes nothing at all', () => {
    fc.assert(
      fc.property(fc.array(anyAnswers, { maxLength: 3 }), anyAnswers, anyAsked, texts, (earlier, last, asked, text) => {
        const before = earlier.reduce((data, it) => mergeAnswers(data, it, '', ''), EMPTY);
        const once = mergeAnswers(before, last, text, asked);
        expect(mergeAnswers(once, last, text, asked)).toBe(once);
      }),
      { numRuns: 500 },
    );
  });

  test('never makes more appliances than a visit takes, nor one of them twice, nor an empty fault out of a told one', () => {
    fc.assert(
      fc.property(fc.array(anyAnswers, { maxLength: 5 }), fc.integer({ min: 1, max: 3 }), (said, itemsMax) => {
        let data = emptyRepair(itemsMax);
        for (const it of said) {
          const before = data;
          data = mergeAnswers(data, it, '', '');
          expect(data.items.length).toBeLessThanOrEqual(itemsMax);
          expect(new Set(data.items.map((item) => item.appliance)).size).toBe(data.items.length);
          for (const item of before.items)
            if (item.text !== null) expect(data.items.find((now) => now.appliance === item.appliance)?.text).toBeTruthy();
        }
      }),
    );
  });

  test('keeps a window only while the appliances, the place, the wished time and the wished engineer stay the same', () => {
    fc.assert(
      fc.property(anyAnswers, (said) => {
        const data = mergeAnswers(FULL, said, '', '');
        const same =
          JSON.stringify(data.items.map((it) => it.appliance)) === JSON.stringify(FULL.items.map((it) => it.appliance)) &&
          data.address.city === FULL.address.city &&
          data.address.district === FULL.address.district &&
          JSON.stringify(data.wishes) === JSON.stringify(FULL.wishes) &&
          JSON.stringify(data.engineerWish) === JSON.stringify(FULL.engineerWish);
        expect(data.window !== null).toBe(same);
        expect(data.held !== null).toBe(data.window !== null);
      }),
    );
  });

  test('leaves nothing of the window when it is opened again', () => {
    expect(withoutWindow(FULL)).toMatchObject({ window: null, preferred: null, held: null, earlier: null, choice: { kind: 'unknown' } });
  });
});
