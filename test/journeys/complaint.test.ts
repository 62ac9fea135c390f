/** Complaints, as angry customers write them: heard, asked little, read back, filed (S2-057 to S2-059). */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { openShop, type Shop } from '../support/chat.ts';
import { casesOf, numberIn, pagesOf, withVisit } from './complaint-cases.ts';
import { sendsPhoto, ticketsOfPhotos } from './sends-photo.ts';

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
});
beforeEach(() => shop.itIs('2026-11-20T10:00:00+08:00'));
afterAll(() => shop.close());

/** As a Chinese keyboard types it, which is how a chat says it. */
const widened = (text: string): string => text.replaceAll(',', '\uff0c');

const HOME = '北京市朝阳区望京街道阜通东大街6号院3号楼1501';

test('S2-059 step by step: heard first, each thing asked once, read back, a number with department and times', async () => {
  const chat = await shop.customer();
  await chat.says('我要投诉');
  chat.hears('complaint.heard.other', 'ask.complaint-what');
  expect(chat.text()).toContain('[转人工]');
  await chat.says('修了三次冰箱都没修好,师傅态度还特别差');
  chat.hears('ask.complaint-wish');
  await chat.taps('道歉');
  chat.hears('ask.complaint-phone');
  await chat.says('13800138000');
  chat.hears('confirm.complaint');
  expect(chat.text()).toContain('· 经过:"修了三次冰箱都没修好,师傅态度还特别差"\n· 分类:维修服务\n· 希望:道歉\n· 电话:138****8000\n');
  await chat.says('确认');
  chat.hears('complaint.filed');
  expect(chat.text()).toMatch(/^已登记,编号TS-202611-\d{4}。维修部今天10:30前给您回电话,11月26日14:00前给您处理结果。要补充直接说。$/u);
  expect(await casesOf(shop, chat)).toEqual([
    {
      number: numberIn(chat),
      form: 'complaint',
      model: null,
      purchased_on: null,
      priority: 'normal',
      due: '11-20 10:30',
      category: 'repair-service',
      wish: 'apology',
      department: '维修部',
      gravities: [],
      about: null,
      statements: [widened('修了三次冰箱都没修好,师傅态度还特别差')],
    },
  ]);
  expect(await pagesOf(shop, chat)).toEqual(['complaint-filed']);
  expect(chat.messages().at(-1)?.body.ticket).toEqual({ number: numberIn(chat), kind: 'complaint', status: 'open' });
});

test('S2-058 all in one sentence: the visit is known, nothing is asked but whether it is right', async () => {
  const { chat, visit } = await withVisit(shop);
  shop.itIs('2026-11-22T17:00:00+08:00');
  await chat.says('我要投诉,师傅迟到两个小时还骂人,必须给我道歉');
  chat.hears('complaint.heard.late', 'confirm.complaint');
  expect(chat.text()).toContain(`· 关于:空调(单号${visit})\n· 分类:维修服务\n· 希望:道歉\n· 电话:138****8000`);
  await chat.says('确认');
  chat.hears('complaint.filed');
  expect(await casesOf(shop, chat)).toMatchObject([{ about: visit, category: 'repair-service', wish: 'apology' }]);
});

test('S2-058 the class is confirmed in the read-back and put right in words; so are wish and phone', async () => {
  const chat = await shop.customer();
  await chat.saysAll('我要投诉,冰箱才买两周就不制冷,质量太差', '退钱', '13800138000');
  expect(chat.text()).toContain('· 分类:产品质量');
  await chat.says('不是质量问题,是师傅态度');
  chat.hears('confirm.complaint');
  expect(chat.text()).toContain('· 分类:维修服务');
  await chat.says('不对,要换货');
  expect(chat.text()).toContain('· 希望:换货');
  await chat.taps('有不对的');
  chat.hears('ask.complaint-change');
  await chat.taps('售后服务');
  chat.hears('confirm.complaint');
  expect(chat.text()).toContain('· 分类:售后服务');
  await chat.says('电话改成13900139000');
  expect(chat.keys()).toContain('confirm.complaint');
  expect(chat.text()).toContain('· 电话:139****9000');
});

test('S2-058 a text that proposes no class is asked about with four buttons', async () => {
  const chat = await shop.customer();
  await chat.saysAll('我要投诉', '跟你们打交道真是让人心寒透了');
  chat.hears('ask.complaint-category');
  expect(chat.text()).toContain('[产品质量] [维修服务] [售后服务] [其他]');
  await chat.taps('售后服务');
  chat.hears('ask.complaint-wish');
});

test('S2-057 inside a booking, which then goes on; the phone that was given there is not asked again', async () => {
  const chat = await shop.customer();
  await chat.saysAll(`洗衣机漏水,${HOME},13800138000`);
  const open = chat.keys().at(-1);
  await chat.says('我要投诉你们上次的师傅,乱收费,收了我1200,给我退钱');
  chat.hears('complaint.heard.overcharge', 'confirm.complaint');
  expect(chat.text()).toContain('· 电话:138****8000');
  await chat.says('确认');
  chat.hears('complaint.filed', 'resume.next.repair-booking');
  await chat.taps('继续');
  expect(chat.keys().at(-1)).toBe(open);
  expect(await casesOf(shop, chat)).toMatchObject([{ priority: 'high', gravities: ['amount'], wish: 'refund', due: '11-20 10:15' }]);
});

test('S4-002 nothing was lost and nothing is wanted: a slip for the department, with no more questions', async () => {
  const { chat, visit } = await withVisit(shop);
  shop.itIs('2026-11-22T17:00:00+08:00');
  await chat.says('我要投诉师傅没穿鞋套,也没造成什么损失,就是跟你们反映一下');
  expect(chat.keys().at(-1)).toBe('confirm.complaint');
  expect(chat.text()).toContain('· 希望:没有损失,请我们改进');
  await chat.says('确认');
  chat.hears('complaint.slip');
  expect(chat.text()).toContain('谢谢您告诉我们,异常处理单YC-202611-0001已转给维修部');
  expect(await casesOf(shop, chat)).toMatchObject([{ form: 'exception-slip', priority: 'low', about: visit }]);
  shop.itIs('2026-11-22T17:30:00+08:00');
  await chat.says('我要投诉上次那个师傅,把我家地板砸坏了,要你们赔200');
  await chat.says('确认');
  chat.hears('complaint.filed');
  expect(await casesOf(shop, chat)).toMatchObject([{ form: 'exception-slip' }, { form: 'complaint', about: visit }]);
});

test('我要投诉 is a complaint, however much the rest sounds like asking how to make one', async () => {
  const chat = await shop.customer();
  await chat.says('我要投诉师傅没穿鞋套,没什么损失,就是跟你们反映一下');
  expect(chat.keys()[0]).toMatch(/^complaint\.heard/u);
});

test('S4-004 what is told of the product is on the ticket', async () => {
  const chat = await shop.customer();
  await chat.says('我要投诉,2026年3月买的冰箱,型号BCD-535WT,才用几个月就不制冷,质量太差,我要退款');
  await chat.saysAll('13800138000', '确认');
  chat.hears('complaint.filed');
  expect(await casesOf(shop, chat)).toMatchObject([{ model: 'BCD-535WT', purchased_on: '2026-03' }]);
});

test('another thing within days is a complaint of its own, the same thing is joined', async () => {
  const chat = await shop.customer();
  await chat.saysAll('我要投诉你们的师傅迟到两个小时还骂人', '道歉', '13800138000', '确认');
  const first = numberIn(chat);
  await chat.saysAll('再投诉一次,维修费乱收,多收了我300块', '退费', '确认');
  chat.hears('complaint.filed');
  await chat.saysAll('我还要投诉,那个师傅骂人的事没人管', '道歉', '确认');
  chat.hears('complaint.joined');
  expect(numberIn(chat)).toBe(first);
  expect((await casesOf(shop, chat)).map((it) => it.statements.length)).toEqual([2, 1]);
});

test('several visits: which one is asked with buttons, and it may be none of them', async () => {
  const { chat, visit } = await withVisit(shop);
  await chat.saysAll('冰箱不制冷,大后天下午三点', '还是这里', '不知道', '确认');
  chat.hears('booked');
  await chat.saysAll('我要投诉', '师傅说话特别难听,骂骂咧咧的');
  chat.hears('ask.complaint-ticket');
  await chat.taps('都不是');
  chat.hears('ask.complaint-wish');
  await chat.taps('还没想好');
  expect(chat.text()).not.toContain('关于');
  await chat.says('上一步');
  await chat.says('上一步');
  chat.hears('ask.complaint-ticket');
  await chat.taps('空调');
  await chat.says('还没想好');
  expect(chat.text()).toContain(`(单号${visit})`);
  await chat.says('确认');
  expect(await casesOf(shop, chat)).toMatchObject([{ about: visit }]);
});

test('a person, whenever one is wanted: by the button or in words, and the complaint waits', async () => {
  const chat = await shop.customer();
  await chat.says('我要投诉,你们师傅态度恶劣');
  await chat.taps('转人工');
  chat.hears('complaint.person', 'handoff.next');
  await chat.says('继续');
  chat.hears('handoff.withdrawn', 'resumed.complaint', 'ask.complaint-wish');
  await chat.says('人工');
  expect(chat.keys()[0]).toMatch(/^handoff\./u);
});

test('withdrawn: it says that nothing was filed, and nothing was', async () => {
  const chat = await shop.customer();
  await chat.saysAll('我要投诉,你们师傅态度恶劣', '算了不投诉了');
  chat.hears('cancel.sure.complaint');
  await chat.says('对');
  chat.hears('complaint.dropped');
  expect(await casesOf(shop, chat)).toEqual([]);
  expect(await shop.rows('select 1 from ticket where conversation_id = $1', [chat.conversationId])).toEqual([]);
});

test('in English', async () => {
  const chat = await shop.customer();
  await chat.says('I want to file a complaint');
  chat.hears('complaint.heard.other', 'ask.complaint-what');
  await chat.says('Your technician was rude and came two hours late');
  chat.hears('ask.complaint-wish');
  await chat.taps('an apology');
  await chat.says('13800138000');
  expect(chat.text()).toContain(
    '· What happened: "Your technician was rude and came two hours late"\n· Class: repair service\n· You want: an apology\n',
  );
  await chat.says('confirm');
  chat.hears('complaint.filed');
  expect(chat.text()).toMatch(/^Registered as TS-202611-\d{4}\. Our repair team calls you by 10:30 today/u);
});

test('pictures at any time are thanked once and go with the complaint', async () => {
  const chat = await shop.customer();
  const sends = async () => {
    await sendsPhoto(shop, chat);
    return chat.keys();
  };
  await chat.says('我要投诉');
  expect((await sends()).slice(-2)).toEqual(['complaint.photos', 'ask.complaint-what']);
  await chat.says('师傅把地板划花了不认账');
  expect((await sends()).slice(-1)).toEqual(['noted']);
  await chat.saysAll('还没想好', '不留电话', '确认');
  chat.hears('complaint.filed.chat');
  expect(await ticketsOfPhotos(shop, chat)).toEqual([numberIn(chat), numberIn(chat)]);
});
