import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { addDays, todayOf, weekdayOf } from '../../src/understanding/calendar-day.ts';
import { readVisitTime } from '../../src/understanding/visit-time.ts';
import { NOW, TIME_ZONE, visit } from './labelled.ts';
import { read } from './reading.ts';

const TODAY = todayOf(NOW, TIME_ZONE);
const WEEKDAYS = ['周一', '周二', '周三', '周四', '周五', '周六', '周日'];

describe('a visit time, said on Friday 20 November 2026 at 10:00', () => {
  test.each([
    ['2号晚上7点以后', [visit('2026-12-02', { part: 'evening', timeFrom: '19:00', bound: 'after' })]],
    ['周末都行', [visit('2026-11-21', { bound: 'range' }, '2026-11-22')]],
    ['下个月初吧', [visit('2026-12-01', { bound: 'range', fuzzy: true }, '2026-12-05')]],
    ['三点', [visit('2026-11-20', { timeFrom: '15:00', bound: 'at' })]],
    ['越快越好', [visit(null, { flag: 'asap' })]],
    ['都行', [visit(null, { flag: 'anytime' })]],
    ['八点到十点', [visit('2026-11-21', { timeFrom: '08:00', timeTo: '10:00', bound: 'range' })]],
    ['下午2-4点', [visit('2026-11-20', { part: 'afternoon', timeFrom: '14:00', timeTo: '16:00', bound: 'range' })]],
    ['早上9点到下午3点', [visit('2026-11-21', { part: 'morning', timeFrom: '09:00', timeTo: '15:00', bound: 'range' })]],
    ['下周二', [visit('2026-11-24')]],
    ['后天', [visit('2026-11-22')]],
    ['大后天', [visit('2026-11-23')]],
    ['双十二', [visit('2026-12-12')]],
    ['过两天', [visit('2026-11-22', { fuzzy: true })]],
    ['一周后', [visit('2026-11-27')]],
    ['四五点', [visit('2026-11-20', { timeFrom: '16:00', timeTo: '17:00', bound: 'range' })]],
    ['除了周三都行', [visit(null, { flag: 'anytime' })]],
    ['14点30分', [visit('2026-11-20', { timeFrom: '14:30', bound: 'at' })]],
    ['那就后天吧', [visit('2026-11-22')]],
    ['傍晚', [visit('2026-11-20', { part: 'evening' })]],
    ['明早九点', [visit('2026-11-21', { part: 'morning', timeFrom: '09:00', bound: 'at' })]],
    ['今晚', [visit('2026-11-20', { part: 'evening' })]],
    ['明天下班后', [visit('2026-11-21', { flag: 'after_work' })]],
    ['周六或者周日上午', [visit('2026-11-21', { part: 'morning' }), visit('2026-11-22', { part: 'morning' })]],
    ['周六周日', [visit('2026-11-21', { bound: 'range' }, '2026-11-22')]],
    ['31号', [visit('2026-12-31')]],
    ['2月30号', []],
    ['1月5号', [visit('2027-01-05')]],
    ['从周三改到周四', [visit('2026-11-26')]],
    ['不是周三是周四', [visit('2026-11-26')]],
    ['周三不行,周四可以', [visit('2026-11-26')]],
    ['后天之后', [visit('2026-11-22', { bound: 'after' }, null)]],
    ['住2号院3号楼1501', []],
    ['昨天下午修过', []],
    ['上周买的', []],
    ['我妈70岁了', []],
    ['用了三年了', []],
    ['等了一下午', []],
    ['早上好', []],
    ['快一点', []],
    ['KFR-35GW', []],
  ])('%s', (text, wishes) => {
    expect(read(text, 'window').entities.visitWishes).toEqual(wishes);
  });

  it('that has passed today is the next day at that time', () => {
    const evening = Date.parse('2026-11-20T20:30:00+08:00');
    expect(read('下午三点', 'window', evening).entities.visitWishes).toMatchObject([{ dateFrom: '2026-11-21', timeFrom: '15:00' }]);
    expect(read('上午', 'window', evening).entities.visitWishes).toMatchObject([{ dateFrom: '2026-11-21' }]);
  });

  it('is a day of the business time zone, not of the server', () => {
    const lateOnThe20thInUtc = Date.parse('2026-11-20T17:00:00Z');
    expect(read('明天', 'window', lateOnThe20thInUtc).entities.visitWishes).toMatchObject([{ dateFrom: '2026-11-22' }]);
  });

  it('a bare weekday is within the coming seven days and on that weekday; 下 is in the week after this', () => {
    fc.assert(
      fc.property(fc.nat(3_000), fc.integer({ min: 0, max: 6 }), (days, index) => {
        const today = { day: addDays(TODAY.day, days), minuteOfDay: 600 };
        const bare = readVisitTime(WEEKDAYS[index] ?? '', today, 'asked').value[0]?.dateFrom;
        const next = readVisitTime(`下${WEEKDAYS[index]}`, today, 'asked').value[0]?.dateFrom;
        if (!bare || !next) throw new Error('a weekday is a day');
        expect(weekdayOf(bare)).toBe(index + 1);
        expect(bare >= today.day && bare < addDays(today.day, 7)).toBe(true);
        expect(next).toBe(addDays(today.day, 7 + index + 1 - weekdayOf(today.day)));
      }),
      { numRuns: 200 },
    );
  });
});
