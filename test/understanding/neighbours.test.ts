/** Neighbours of what was once misread: invented beside the rules that mended a stranger's sentences, said on Friday 2026-11-20. */
import { describe, expect, test } from 'vitest';
import type { Expected } from '../../src/understanding/understood.ts';
import { visit } from './labelled.ts';
import { read } from './reading.ts';

describe('a visit time', () => {
  test.each([
    ['12点', [visit('2026-11-20', { timeFrom: '12:00', bound: 'at' })]],
    ['中午12点到1点', [visit('2026-11-20', { part: 'noon', timeFrom: '12:00', timeTo: '13:00', bound: 'range' })]],
    ['明后天都行', [visit('2026-11-21', { bound: 'range' }, '2026-11-22')]],
    ['周二三都行', [visit('2026-11-24', { bound: 'range' }, '2026-11-25')]],
    ['24、25号都在家', [visit('2026-11-24', { bound: 'range' }, '2026-11-25')]],
    ['过了元旦再来', [visit('2027-01-01', { bound: 'after' }, null)]],
    ['下周随便哪天', [visit('2026-11-23', { bound: 'range', flag: 'anytime' }, '2026-11-29')]],
    ['不要早上,下午两点', [visit('2026-11-20', { part: 'afternoon', timeFrom: '14:00', bound: 'at' })]],
    ['不急,25号来', [visit('2026-11-25')]],
    ['明天的约改到下午三点', [visit('2026-11-21', { part: 'afternoon', timeFrom: '15:00', bound: 'at' })]],
    ['是周四不是周三', [visit('2026-11-26')]],
    ['下周除了周三都行', [visit('2026-11-23', { bound: 'range' }, '2026-11-24'), visit('2026-11-26', { bound: 'range' }, '2026-11-29')]],
    ['正月十五', [visit('2027-02-20')]],
    ['晚上八点以后别打电话', []],
    ['between 9am and 11am tomorrow', [visit('2026-11-21', { part: 'morning', timeFrom: '09:00', timeTo: '11:00', bound: 'range' })]],
    ['Dec 3rd at 2:30pm', [visit('2026-12-03', { part: 'afternoon', timeFrom: '14:30', bound: 'at' })]],
    ['the day after tomorrow at 3 pm', [visit('2026-11-22', { part: 'afternoon', timeFrom: '15:00', bound: 'at' })]],
    ['any day after Tuesday', [visit('2026-11-24', { bound: 'after', flag: 'anytime' }, null)]],
    ['next Monday morning', [visit('2026-11-23', { part: 'morning' })]],
  ])('%s', (text, wishes) => {
    expect(read(text, 'window').entities.visitWishes).toEqual(wishes);
  });

  test.each(['推迟一天', '往后挪两天', '晚一小时来'])('%s moves the visit without a day', (text) => {
    expect(read(text)).toMatchObject({ intent: 'reschedule', entities: { visitWishes: [] } });
  });
});

describe('an answer full of other words', () => {
  test.each<[string, Expected]>([
    ['转人工路88号', 'address'],
    ['杭州市萧山区投诉中心旁边3号楼', 'address'],
    ['刚取消的那个号码不用了,用13712345678', 'phone'],
    ['139 1234 5678 客服别老打来推销', 'phone'],
    ['赵继承', 'name'],
    ['我姓贾,贾人工', 'name'],
    ['洗到一半就自己取消了', 'fault'],
    ['显示屏写着请联系客服', 'fault'],
    ['价格标签掉了,然后就不亮了', 'fault'],
    ['太贵了不修了', 'reason'],
    ['没什么,就是不想修了', 'reason'],
    ['保修卡上写的是SN20240315A0087', 'serial'],
  ])('%s answers %s', (text, expects) => {
    expect(read(text, expects).intent).toBe('inform');
  });

  test.each<[string, Expected, string]>([
    ['换人工', 'window', 'human'],
    ['我要投诉', 'fault', 'complaint'],
    ['多少钱修一次', 'fault', 'ask_price'],
    ['你们几点下班', 'fault', 'ask_hours'],
    ['空调,修一次多少钱?', 'appliance', 'ask_price'],
    ['太麻烦了,不整了', 'serial', 'cancel_flow'],
    ['中止', 'wish', 'cancel_flow'],
    ['别来了', 'window', 'cancel_booking'],
    ['保修卡上没有', 'serial', 'skip'],
  ])('%s breaks into %s: %s', (text, expects, intent) => {
    expect(read(text, expects).intent).toBe(intent);
  });
});

describe('other values', () => {
  test('are kept apart from what stands beside them', () => {
    expect(read('宁波鄞州区钱湖北路1号 王磊 13800138000', 'address').entities).toMatchObject({
      address: { detail: '钱湖北路1号' },
      name: '王磊',
    });
    expect(read('天津市和平区南京路1号,家里老人在,敲门大声点', 'address').entities.address?.detail).toBe('南京路1号');
    expect(read('中山市…不对,我搬到江门市蓬江区胜利路8号了', 'address').entities.address).toMatchObject({
      city: '江门市',
      detail: '胜利路8号',
    });
    expect(read('工单WX20261103007改到周日').entities).toMatchObject({ ticketNumber: 'WX20261103007', serial: null });
    expect(read('名字是章子涵不是张子涵').entities.name).toBe('章子涵');
    expect(read('换了插座,洗衣机还是不转').entities.appliances).toEqual(['washer']);
    expect(read('86137 0011 2299', 'phone').entities.phone).toBe('+8613700112299');
    expect(read('my fridge is not cooling, can someone come tomorrow afternoon').entities).toMatchObject({
      appliances: ['fridge'],
      faults: ['not_cooling'],
      visitWishes: [visit('2026-11-21', { part: 'afternoon' })],
    });
  });
});
