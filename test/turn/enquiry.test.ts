import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Answers } from '../../flows/dialog-event.ts';
import { DEFAULT_POLICY, type Policy } from '../../src/domain/policy.ts';
import { answersOf, partReader } from '../../src/turn/answers.ts';
import { NEW_CONVERSATION } from '../../src/turn/conversation-state.ts';
import { createEnquirySearches } from '../../src/turn/enquiries.ts';
import { answerEnquiry } from '../../src/turn/enquiry.ts';
import { createReadEnquiry } from '../../src/understanding/enquiry-features.ts';
import { createPlainText } from '../../src/understanding/plain-text.ts';
import { render } from '../../src/wording/render.ts';
import { openShop, type Shop } from '../support/chat.ts';
import { narrow } from '../wording/narrow.ts';

const TIME_ZONE = 'Asia/Shanghai';
let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
});
afterAll(() => shop.close());

const about = () => ({ now: shop.clock.now, timeZone: TIME_ZONE });
const understand = (text: string) => shop.core.understand(text, { ...about(), expects: null });
const answers = (text: string): Answers => answersOf(text, understand(text), null, partReader(shop.core.understand, about()));
const needs = (policy: Policy = DEFAULT_POLICY) => ({
  readings: shop.core.store.readings,
  policy,
  timeZone: TIME_ZONE,
  makeIdentifier: shop.core.makeIdentifier,
});
const read = createReadEnquiry(createPlainText());
const reply = (key: string, text = '', policy?: Policy) =>
  answerEnquiry({ key, places: read(text).places }, answers(text), NEW_CONVERSATION, shop.clock.now, needs(policy));
const said = async (key: string, text = '', language: 'zh-CN' | 'en' = 'zh-CN', policy?: Policy) =>
  narrow(render(await reply(key, text, policy), { language, timeZone: TIME_ZONE }));

describe('the text staff keep, with the facts of the day', () => {
  test('S2-002 what a visit costs comes from the price list', async () => {
    expect(await said('price.visit-fee')).toBe('上门检测收30元,保修期内正常故障的上门和维修都不收费。修之前先报价,您同意了才修。');
    expect(await said('price.visit-fee', '', 'en')).toMatch(/^The inspection visit costs 30 yuan;/u);
  });

  test('a fee that is none reads like one', async () => {
    expect(await said('visit.cancel')).toMatch(/^可以取消,取消不收费。/u);
    const dear = { ...DEFAULT_POLICY, booking: { ...DEFAULT_POLICY.booking, cancelFee: 20 } };
    expect(await said('visit.cancel', '', 'zh-CN', dear)).toMatch(/^可以取消,取消收20元。/u);
  });

  test('hours and days off come from the calendar', async () => {
    expect(await said('hours.people')).toMatch(/^人工客服每天08:30–12:00、13:00–21:00在线。/u);
    expect(await said('hours.holidays')).toMatch(/,到2027年1月19日为止没有安排休息日。/u);
    const weekdays = { ...DEFAULT_POLICY.hours.weekdays, 6: [], 7: [{ from: '10:00', to: '16:00' }] };
    const hours = { ...DEFAULT_POLICY.hours, weekdays, holidays: ['2027-01-01', '2026-12-31', '2020-10-01', '2026-12-25'] };
    expect(await said('hours.holidays', '', 'zh-CN', { ...DEFAULT_POLICY, hours })).toMatch(
      /^人工客服周一到周五08:30–12:00、13:00–21:00,周日10:00–16:00,12月25日、12月31日–1月1日休息。/u,
    );
    expect(await said('hours.holidays', '', 'en', { ...DEFAULT_POLICY, hours })).toMatch(
      /^People answer Monday to Friday 08:30–12:00 and 13:00–21:00, Sunday 10:00–16:00; closed 25 December, 31 December–1 January\./u,
    );
  });

  test('S2-048 cover by product comes from the terms in force', async () => {
    expect(await said('warranty.length')).toMatch(/:空调、热水器3年,其他家电1年。/u);
    expect(await said('warranty.after-repair')).toMatch(/同一故障保90天/u);
  });
});

describe('a place that is named is looked up', () => {
  test.each([
    ['朝阳能来吗', 'enquiry.area.served', /^北京市朝阳区有师傅上门/u],
    ['通州能上门吗', 'enquiry.area.served', /^北京市通州区有师傅上门/u],
    ['你們嚟唔嚟觀塘', 'enquiry.area.outside', /^很抱歉,九龙目前还没有/u],
    ['昌平有师傅吗', 'enquiry.area.served', /^北京市昌平区有师傅上门/u],
    ['上海浦东新区能上门吗', 'enquiry.area.served', /^上海市浦东新区有师傅上门/u],
    ['杭州能上门吗', 'enquiry.area.outside', /^很抱歉,杭州市?目前还没有/u],
    ['北京能上门吗', 'enquiry.area.district', /^北京市这些区有师傅上门:.*海淀区.*您在哪个区\?/u],
    ['你们服务哪些城市', 'enquiry.answer', /^现在上海、北京、深圳有师傅上门/u],
  ] as const)('%s', async (text, key, words) => {
    expect((await reply('area.served', text)).key).toBe(key);
    expect(await said('area.served', text)).toMatch(words);
  });

  test('shops are those of the city', async () => {
    expect(await said('area.shops', '北京有网点吗')).toMatch(/^北京市的网点:\n· .*\n· .*\n先跟我说/u);
    expect((await reply('area.shops', '杭州有网点吗')).key).toBe('enquiry.shops.none');
    expect((await reply('area.shops', '网点在哪')).key).toBe('enquiry.answer');
  });
});

describe('asked while a question is open, it is answered and the question comes again', () => {
  test.each([
    ['上门前我需要把东西挪开吗', /腾出能站人的地方/u],
    ['师傅来的时候家里要有人吗', /家里要有大人在/u],
    ['付钱是给师傅还是给公司', /付到公司收款/u],
    ['序列号在哪', /都在机身标签上/u],
    ['为什么要序列号', /凭它查保修最准/u],
    ['国庆上班吗', /到2027年1月19日为止没有安排休息日/u],
    ['法定节假日师傅上门吗', /报修时能选到的日子就是能来的/u],
    ['支持以旧换新吗', /没有准信/u],
    ['你们收旧家电吗', /没有准信/u],
    ['你们有没有延庆的师傅', /延庆区/u],
    ['师傅会打电话吗', /出发前先联系您/u],
    ['修不好退钱吗', /修不好不收修理费/u],
    ['你们都服务哪些地方', /上海、北京、深圳/u],
  ] as const)('%s', async (question, words) => {
    const chat = await shop.customer();
    await chat.saysAll('空调不制冷', question);
    expect(chat.text()).toMatch(words);
    expect(chat.asking()).toBe('address');
  });

  test('at the read-back it changes nothing', async () => {
    const chat = await shop.customer();
    await chat.saysAll('空调不制冷', '北京市海淀区学院路30号院7号楼502', '13812345678', '王女士', '明天下午两点', '师傅晚上上门吗');
    expect(chat.keys()[0]).toBe('enquiry.answer');
    expect(chat.text()).toMatch(/14:00–16:00/u);
    await chat.says('能不能晚上来');
    expect(chat.keys()).not.toContain('enquiry.answer');
  });

  test('with no visit known, a question about visits in general asks for no number', async () => {
    for (const question of ['能不能周末来', '师傅会打电话吗', '法定节假日', '你们收旧家电吗']) {
      const chat = await shop.customer();
      await chat.says(question);
      chat.hears('enquiry.answer');
    }
  });
});

describe('a price', () => {
  test('is a list when the appliance is known, else asks which', async () => {
    expect((await reply('price.repair', '洗衣机漏水修一下多少钱')).key).toBe('answer.price.list');
    expect(await said('price.repair', '多少钱')).toMatch(/^上门检测收30元,.*您想问哪样家电\?$/u);
  });
});

test('a key nobody keeps is not guessed at', async () => expect((await reply('no.such-key')).key).toBe('enquiry.unknown'));

test('what staff reword is heard within a minute, and new ways of asking find it', async () => {
  const search = createEnquirySearches(shop.core.store.readings, createPlainText());
  const find = (text: string) => search(text, { understood: understand(text), inDialog: false });
  const odd = '拧麻花的那套啥时候给看呀';
  expect(await find(odd)).not.toMatchObject({ key: 'repair.spare' });
  const questions = [odd, '拧麻花的给看吗', '麻花那套能看吗'];
  await shop.core.store.pool.query(
    "update enquiry_answer set questions = questions || $1, zh_cn = '备用机{repairDays}天。' where key = 'repair.spare'",
    [questions],
  );
  shop.itIs('2026-11-20T10:01:01+08:00');
  expect(await find(odd)).toMatchObject({ kind: 'found', key: 'repair.spare' });
  expect(await said('repair.spare')).toBe('备用机90天。');
});
