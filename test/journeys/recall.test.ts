/** A product its maker has called back: told whatever the warranty says, free, and staff know what to do (S0-018). */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { DEFAULT_POLICY } from '../../src/domain/policy.ts';
import { openShop, type Shop } from '../support/chat.ts';
import { pagesOf } from './complaint-cases.ts';

const recall = { code: 'ZH-2026-07', appliance: 'gas_stove' as const, models: ['JZT-TH29B'], producedFrom: null, producedTo: null };

let shop: Shop;
beforeAll(async () => {
  shop = await openShop('2026-11-20T10:00:00+08:00', { ...DEFAULT_POLICY, recalls: [{ ...recall, stopUse: true }] });
});
afterAll(() => shop.close());

const HOME = '北京市朝阳区望京街道阜通东大街6号院3号楼1501';

test('asked for its cover by the model: stop using it, nothing to pay, staff are told what to do, and a visit is free', async () => {
  const chat = await shop.customer();
  await chat.saysAll('查保修,煤气灶,型号JZT-TH29B', '没有');
  chat.hears('warranty.recalled.stop', 'ask.next');
  expect(chat.text()).toContain('(编号ZH-2026-07),请先停用');
  expect(chat.text()).not.toContain('请同事复核');
  expect(await pagesOf(shop, chat)).toEqual(['recall']);
  await chat.taps('报修');
  await chat.saysAll('打不着火', `${HOME},13800138000`, '王芳', '明天下午', '第一个');
  expect(chat.text()).toContain('厂家正在召回这一批(编号ZH-2026-07),上门和处理都不收费。');
  await chat.says('确认');
  chat.hears('booked');
  expect(await pagesOf(shop, chat)).toEqual(['recall', 'recall']);
  const staff = await shop.staff('dispatcher');
  const pages = await shop.desk.pages.list(staff, { status: null, after: null, limit: 10 });
  if (pages.kind !== 'listed') throw new Error(pages.kind);
  expect(pages.slice.items.map((it) => it.playbook)).toEqual([DEFAULT_POLICY.playbooks.recall, DEFAULT_POLICY.playbooks.recall]);
});

test('another model of the same appliance is asked about as ever', async () => {
  const chat = await shop.customer();
  await chat.saysAll('查保修,煤气灶,型号JZT-TH30B', '没有');
  chat.hears('ask.purchased');
  expect(await pagesOf(shop, chat)).toEqual([]);
});
