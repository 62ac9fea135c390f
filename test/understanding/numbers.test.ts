import { describe, expect, test } from 'vitest';
import type { Entities, Expected } from '../../src/understanding/understood.ts';
import { read } from './reading.ts';

type Row = readonly [string, Expected | null, Partial<Entities>];

describe('the numbers and names of a message', () => {
  const rows: readonly Row[] = [
    ['序列号 sn20240315a0087', null, { serial: 'SN20240315A0087' as Entities['serial'], model: null }],
    ['2403158800123', 'serial', { serial: '2403158800123' as Entities['serial'], phone: null }],
    ['2403158800123', null, { serial: null }],
    ['KFR-35GW/NhGc1B', 'model', { model: 'KFR-35GW/NHGC1B', serial: null }],
    ['F60-21WB1热水器', null, { model: 'F60-21WB1' }],
    ['3-2-1501', 'address', { model: null }],
    ['屏幕上显示E6', null, { errorCode: 'E6' }],
    ['一直报F28', null, { errorCode: 'F28' }],
    ['e4是什么意思', null, { errorCode: 'E4' }],
    ['B2栋1203', 'address', { errorCode: null, model: null }],
    ['BX-20261120-0031', null, { ticketNumber: 'BX-20261120-0031', phone: null }],
    ['查bx202611200031', null, { ticketNumber: 'BX-20261120-0031' }],
    ['投诉号TS-202611-0007', null, { ticketNumber: 'TS-202611-0007' }],
    ['BX-20261121-0003 现在什么情况', null, { ticketNumber: 'BX-20261121-0003', phone: null, visitWishes: [] }],
    ['bx202611210003', null, { ticketNumber: 'BX-20261121-0003', phone: null, serial: null }],
    ['bx 20261121 0003', null, { ticketNumber: 'BX-20261121-0003' }],
    ['BX\u201420261121\u20140003', null, { ticketNumber: 'BX-20261121-0003' }],
    [
      '\uFF22\uFF38\uFF0D\uFF12\uFF10\uFF12\uFF16\uFF11\uFF11\uFF12\uFF11\uFF0D\uFF10\uFF10\uFF10\uFF13',
      null,
      { ticketNumber: 'BX-20261121-0003' },
    ],
    ['单号20261121 0003', null, { ticketNumber: 'BX-20261121-0003', phone: null }],
    ['单号\uFF1A\uFF12\uFF10\uFF12\uFF16\uFF11\uFF11\uFF12\uFF11\uFF10\uFF10\uFF10\uFF13', null, { ticketNumber: 'BX-20261121-0003' }],
    ['单号二零二六一一二一零零零三', null, { ticketNumber: 'BX-20261121-0003' }],
    ['查一下20261121-0003', null, { ticketNumber: 'BX-20261121-0003' }],
    ['20261121 0003', 'ticket', { ticketNumber: 'BX-20261121-0003' }],
    ['202611210003', 'ticket', { ticketNumber: 'BX-20261121-0003' }],
    ['ts202611 0007', null, { ticketNumber: 'TS-202611-0007' }],
    ['投诉号202611-0007', null, { ticketNumber: 'TS-202611-0007' }],
    ['0003', null, { ticketNumber: null }],
    ['0003', 'ticket', { ticketNumber: null }],
    ['13800138000', 'ticket', { ticketNumber: null, phone: '+8613800138000' as Entities['phone'] }],
    ['202611210003', null, { ticketNumber: null, phone: null }],
    ['单号找不到了', 'ticket', { ticketNumber: null }],
    ['SN20240315-0087', null, { ticketNumber: null }],
    ['⭐⭐⭐⭐', 'score', { score: 4 }],
    ['10分', 'score', { score: null }],
    ['三', 'score', { score: 3 }],
    ['五分钟', null, { score: null }],
    ['GREE空调', null, { brand: '格力' }],
    ['挺美的', null, { brand: null }],
    ['老板,在吗', null, { brand: null }],
    ['老板油烟机', null, { brand: '老板' }],
    ['美的空调', null, { brand: '美的' }],
    ['你们王师傅态度差', null, { name: null }],
    ['我叫李雷', null, { name: '李雷' }],
    ['2024年3月买的', null, { purchaseDate: '2024-03' }],
    ['去年双十一', 'purchasedOn', { purchaseDate: '2025-11-11', visitWishes: [] }],
    ['上个月买的', null, { purchaseDate: '2026-10' }],
    ['两年前买的', null, { purchaseDate: '2024-11' }],
    ['12月买的', null, { purchaseDate: '2025-12' }],
    ['昨天买的', null, { purchaseDate: '2026-11-19', visitWishes: [] }],
    ['去年买的', null, { purchaseDate: null }],
  ];
  test.each(rows)('%s, asked for %s', (text, expects, entities) => {
    expect(read(text, expects).entities).toMatchObject(entities);
  });
});
