import { describe, expect, test } from 'vitest';
import type { Identifier } from '../../src/domain/identifier.ts';
import type { LocalDay } from '../../src/domain/instant.ts';
import type { Cover } from '../../src/domain/terms.ts';
import { formatDatum as format, type Reading } from '../../src/wording/format.ts';
import { render } from '../../src/wording/render.ts';
import type { Datum } from '../../src/wording/reply.ts';
import { narrow } from './narrow.ts';
import { at, EN, NOW, windowOn, ZH } from './samples.ts';

/** With half-width punctuation. */
const formatDatum = (datum: Datum, reading: Reading) => narrow(format(datum, reading));

const both = (datum: Datum) => [formatDatum(datum, ZH), formatDatum(datum, EN)];

describe('windows', () => {
  test('a window is read with date, weekday and both clock times', () => {
    expect(both({ as: 'window', value: windowOn(22, 14) })).toEqual(['11月22日 周日 14:00–16:00', 'Sunday 22 November, 14:00–16:00']);
  });

  test('windows of one day share its date', () => {
    expect(both({ as: 'windows', value: [windowOn(22, 14), windowOn(22, 16)] })).toEqual([
      '11月22日 周日 14:00–16:00、16:00–18:00',
      'Sunday 22 November, 14:00–16:00 or 16:00–18:00',
    ]);
  });

  test('windows of several days name each day once', () => {
    expect(formatDatum({ as: 'windows', value: [windowOn(21, 8), windowOn(22, 14), windowOn(22, 16)] }, ZH)).toBe(
      '11月21日 周六 08:00–10:00,11月22日 周日 14:00–16:00、16:00–18:00',
    );
  });

  test('the clock is that of the business calendar, whatever the machine thinks', () => {
    expect(formatDatum({ as: 'window', value: windowOn(22, 8) }, { ...ZH, timeZone: 'Asia/Urumqi' })).toBe('11月22日 周日 06:00–08:00');
  });
});

describe('moments', () => {
  test.each([
    ['2026-11-20T18:00', '今天18:00', '18:00 today'],
    ['2026-11-21T10:00', '明天10:00', '10:00 tomorrow'],
    ['2026-11-23T08:30', '11月23日08:30', '08:30 on 23 November'],
  ])('%s, seen on 20 November', (moment, zh, en) => {
    expect(both({ as: 'moment', value: at(moment), now: NOW })).toEqual([zh, en]);
  });

  test('a minute after midnight is tomorrow, one before is today', () => {
    expect(formatDatum({ as: 'moment', value: at('2026-11-20T23:59'), now: at('2026-11-20T23:00') }, ZH)).toBe('今天23:59');
    expect(formatDatum({ as: 'moment', value: at('2026-11-21T00:01'), now: at('2026-11-20T23:00') }, ZH)).toBe('明天00:01');
  });

  test('days and clock times', () => {
    expect(both({ as: 'day', value: '2026-03-08' as LocalDay })).toEqual(['2026年3月8日', '8 March 2026']);
    expect(both({ as: 'clock', value: at('2026-11-20T08:05') })).toEqual(['08:05', '08:05']);
  });
});

describe('things and people', () => {
  test('appliances are listed as people list them', () => {
    expect(both({ as: 'appliances', value: ['tv'] })).toEqual(['电视', 'TV']);
    expect(both({ as: 'appliances', value: ['tv', 'fridge', 'fan'] })).toEqual(['电视、冰箱和电风扇', 'TV, fridge and fan']);
  });

  test('a fault is named as we know it, else in the words of the customer', () => {
    const report = (appliance: 'fan' | 'washer', faults: readonly ('not_spinning' | 'other')[], text: string | null): Datum => ({
      as: 'reports',
      value: [{ appliance, faults, text }],
    });
    expect(both(report('fan', ['not_spinning'], '不转了'))).toEqual(['电风扇不转', 'fan not spinning']);
    expect(formatDatum(report('washer', ['not_spinning'], '甩不干'), ZH)).toBe('洗衣机不转/不脱水');
    expect(formatDatum(report('washer', ['other'], '盖子合不上'), ZH)).toBe('洗衣机:盖子合不上');
    expect(formatDatum(report('washer', [], '洗衣机盖子合不上'), ZH)).toBe('洗衣机盖子合不上');
    expect(formatDatum(report('washer', [], '咣'.repeat(100)), ZH)).toHaveLength(45);
  });

  test('a phone is masked beside a name, and a bare surname is said as one', () => {
    expect(formatDatum({ as: 'person', value: { name: '王女士', phone: '+8613800138000' } }, ZH)).toBe('王女士 138****8000');
    expect(formatDatum({ as: 'person', value: { name: '王', phone: '+8613800138000' } }, ZH)).toBe('姓王 138****8000');
    expect(formatDatum({ as: 'person', value: { name: null, phone: '+8613800138000' } }, ZH)).toBe('138****8000');
    expect(formatDatum({ as: 'person', value: { name: 'Li', phone: '' } }, EN)).toBe('Li');
  });

  test('who is at home is said only when it is somebody else', () => {
    expect(both({ as: 'on-site', value: null })).toEqual(['', '']);
    expect(formatDatum({ as: 'on-site', value: { who: '妈妈', phone: '+8613900139000' } }, ZH)).toBe('(到时在家的是妈妈 139****9000)');
  });

  test('the engineer’s phone is whole, as one dials it', () => {
    expect(formatDatum({ as: 'phone', value: '+8619900010001' }, ZH)).toBe('19900010001');
  });
});

describe('cover', () => {
  const expired: Cover = {
    kind: 'expired',
    purchasedOn: '2025-06-01' as LocalDay,
    lastDay: '2026-05-31' as LocalDay,
    termsVersion: 'v1',
    visitFeeYuan: 30,
    priceVersion: 'v1',
  };
  const free: Cover = {
    kind: 'repair-warranty',
    lastDay: '2027-02-10' as LocalDay,
    prior: {
      ticketId: 'prior' as Identifier,
      ticketNumber: 'BX-20261112-0007',
      appliance: 'tv',
      faults: ['display'],
      completedAt: at('2026-11-12T16:00'),
      engineerName: '李建国',
    },
  };
  const said = (...covers: readonly Cover[]) =>
    formatDatum({ as: 'covers', value: covers.map((cover) => ({ appliance: 'tv' as const, cover })) }, ZH);

  test('S2-012 the same fault within its warranty costs nothing, and why is said', () => {
    expect(said(free)).toBe('这台11月12日修过(单号BX-20261112-0007),同一故障保修到2027年2月10日,这次上门和维修都不收费。');
  });

  test('out of cover the fee is an amount, and nothing is repaired without a yes', () => {
    expect(said(expired)).toBe('整机保修2026年5月31日已到期。上门检测费30元,修之前先报价,您同意了才修。');
    expect(said({ ...expired, visitFeeYuan: 0 })).toBe('整机保修2026年5月31日已到期。检测不收费,修之前先报价,您同意了才修。');
  });

  test('one sentence when it is true of all, else one an appliance', () => {
    expect(said(expired, expired)).not.toContain('\n');
    expect(said(expired, free)).toBe(`电视:${said(expired)}\n电视:${said(free)}`);
  });
});

test('a reply without a value it names is a broken promise, not a brace', () => {
  expect(() => render({ key: 'booked', data: {} }, ZH)).toThrow('invariant: reply booked wants {numbers}');
});
