/** What complaints say: their class, how grave they are, what is wished. The sentences are this file's own; none is trained on. */
import { describe, expect, test } from 'vitest';
import type { ComplaintCategory, ComplaintWish, Gravity } from '../../src/domain/complaint.ts';
import { read } from './reading.ts';

const CLASSES: readonly (readonly [ComplaintCategory, string])[] = [
  ['product-quality', '冰箱买了不到一个月就不制冷了,你们这质量也太差了'],
  ['product-quality', '新买的洗衣机第一次用就漏水,明显是次品'],
  ['product-quality', '这款热水器三天两头报错,设计就有问题'],
  ['product-quality', '收到的电视屏幕是裂的,说好全新结果像翻新机'],
  ['product-quality', '空调外壳才用半年就生锈了,做工粗糙'],
  ['product-quality', '油烟机吸力跟宣传的完全不一样,虚标'],
  ['product-quality', '刚开箱的微波炉就打不开门,什么东西'],
  ['product-quality', '不是师傅的问题,是机器质量不行'],
  ['product-quality', '消毒柜门封开裂,才买了两个月'],
  ['product-quality', 'The fridge is brand new and already dead, poor quality'],
  ['repair-service', '师傅来了一趟态度特别恶劣,还骂人'],
  ['repair-service', '修了三次都没修好,越修越坏'],
  ['repair-service', '约好上午来,等到下午都没人上门'],
  ['repair-service', '换个电容收了我六百,乱收费'],
  ['repair-service', '维修工把我家橱柜刮花了不认账'],
  ['repair-service', '不是质量问题,是师傅态度'],
  ['repair-service', '上门的小哥一身烟味,鞋套也不穿,修完一地水'],
  ['repair-service', '师傅让我私下转钱给他'],
  ['repair-service', '小病大修,明明就是个插头松了非说要换主板'],
  ['repair-service', 'Your technician was two hours late and very rude'],
  ['after-sales-service', '你们客服电话打了一下午没人接'],
  ['after-sales-service', '退款申请了半个月还没到账'],
  ['after-sales-service', '在保修期里你们售后不认,让我自己掏钱'],
  ['after-sales-service', '客服互相踢皮球,问谁谁不管'],
  ['after-sales-service', '发票催了四次都不给开'],
  ['after-sales-service', '上次投诉到现在没人回复我,石沉大海'],
  ['after-sales-service', '热线里的人说话阴阳怪气,还挂我电话'],
  ['after-sales-service', '说好安排人联系我,三天了没人联系'],
  ['after-sales-service', '延保买了你们耍赖不承认'],
  ['after-sales-service', 'I called your hotline ten times and nobody answers'],
  ['other', '你们泄露了我的个人信息,天天接到骚扰电话'],
  ['other', '老给我发推销短信,退订也没用'],
  ['other', '活动说送赠品,到现在没有'],
  ['other', '你们的车停在消防通道堵了门口一下午'],
  ['other', '你们app根本登不上去'],
  ['other', '会员积分莫名其妙被清零'],
  ['other', '隐私条款写得不清不楚,我号码被卖了'],
  ['other', '小程序付款页面一直转圈'],
  ['other', '优惠券领了不能用,骗人的吧'],
  ['other', 'Stop sending me spam messages every day'],
];

const ACCURACY_MIN = 0.9;

test('S2-058 forty complaints, four classes: at least nine in ten proposed as their customers would put them', () => {
  const wrong = CLASSES.map(([category, text]) => ({ text, category, read: read(text, 'what').entities.category })).filter(
    (it) => it.read !== it.category,
  );
  expect(CLASSES).toHaveLength(40);
  expect(new Set(CLASSES.map(([category]) => category)).size).toBe(4);
  expect(1 - wrong.length / CLASSES.length, JSON.stringify(wrong, null, 1)).toBeGreaterThanOrEqual(ACCURACY_MIN);
});

test.each(['我要投诉', '我对你们很不满意', '我要投诉,给我转经理', '投诉电话多少', '我很生气'])('S2-058 %s proposes no class', (text) => {
  expect(read(text, 'what').entities.category).toBeNull();
});

test.each([
  ['产品质量', 'product-quality'],
  ['维修服务', 'repair-service'],
  ['售后服务', 'after-sales-service'],
  ['其他', 'other'],
  ['应该算售后吧', 'after-sales-service'],
  ['都不是', 'other'],
] as const)('S2-058 asked for the class, %s names it', (text, category) => {
  expect(read(text, 'category').entities.category).toBe(category);
});

describe('S2-061 gravities', () => {
  test.each<readonly [string, readonly Gravity[]]>([
    ['师傅装的架子掉下来把我脚砸伤了', ['injury']],
    ['烤箱玻璃碎了割到孩子的手,缝了五针', ['injury']],
    ['我妈被烫伤住院了', ['injury']],
    ['我因为这个去了医院,医药费谁出', ['injury']],
    ['你们师傅动手打了我', ['injury']],
    ['The shelf fell and hurt my foot', ['injury']],
    ['上个月修完的插座起火了', ['fire']],
    ['再不解决我就找记者曝光你们', ['media']],
    ['我要发抖音让大家看看', ['media']],
    ['已经联系了电视台', ['media']],
    ['不处理我就打12315', ['regulator']],
    ['等着收律师函吧,法院见', ['regulator']],
    ['我去市场监管局举报', ['regulator']],
    ['我报警了', ['regulator']],
    ['I will call my lawyer', ['regulator']],
    ['师傅让我加他微信私下转账', ['private-payment']],
    ['师傅叫我把钱转到他个人账户,说不走公司便宜', ['private-payment']],
    ['有人自称你们师傅,让我先扫他的码付押金', ['private-payment']],
    ['修完非要收我两百红包', ['private-payment']],
    ['钱付到师傅个人微信了', ['private-payment']],
    ['The engineer asked me to pay him privately', ['private-payment']],
    ['砸到我的脚还让我私下转钱,我要找媒体', ['injury', 'media', 'private-payment']],
  ])('%s', (text, gravities) => {
    expect(new Set(read(text, 'what').entities.gravities)).toEqual(new Set(gravities));
  });

  test.each([
    '我们医院宿舍的空调修了三次',
    '我在报社上班,你们师傅没来',
    '划伤了地板不赔',
    '师傅把冰箱门划伤了',
    '我是在抖音上买的,质量太差',
    '网上看到你们的广告,骗人',
    '法院家属楼3号楼,师傅没来',
    '我就是律师,讲道理',
    '工商银行旁边那家店,态度差',
    '等得我火大',
    '我都上火了,修了三次',
    '还好没有人受伤',
    '灶台打不着火修了两回',
    '微信上跟你们客服说了三遍',
    '我微信付给你们公司了,发票不开',
    '上门费30元我交了,修不好',
    '把我的电话转给师傅,一直没打来',
    '消防通道被你们的车堵了',
    '我爱人在医院上班,请不了假,你们放鸽子',
  ])('none in %s', (text) => {
    expect(read(text, 'what').entities.gravities).toEqual([]);
  });
});

test.each([
  ['换个电容收了我600', 600],
  ['花了一千二才修好', 1_200],
  ['收我三百五', 350],
  ['一共损失两千多元', 2_000],
  ['买的时候1.2万块', 12_000],
  ['配件80块,人工200块', 200],
  ['修了三次', null],
  ['等了5天没人来', null],
  ['收了我两次钱', null],
  ['2026年3月买的', null],
])('S2-061 the sum in %s', (text, yuan) => {
  expect(read(text, 'what').entities.amountYuan).toBe(yuan);
});

describe('S2-059 what is wished', () => {
  test.each<readonly [string, ComplaintWish]>([
    ['我要退货', 'return'],
    ['这台我不要了,给我退掉', 'return'],
    ['把钱退给我', 'refund'],
    ['必须退款', 'refund'],
    ['你们得赔我', 'other'],
    ['必须赔偿我的地板', 'other'],
    ['给我换一台新的', 'exchange'],
    ['要求换货', 'exchange'],
    ['让那个师傅给我道歉', 'apology'],
    ['赶紧派人重新修', 'repair'],
    ['我要个说法', 'other'],
    ['I want a refund', 'refund'],
    ['please fix it properly', 'repair'],
  ])('%s', (text, wish) => {
    expect(read(text, 'what').entities.wish).toBe(wish);
  });

  test.each(['修了三次还没修好', '师傅换了主板还是不行', '退款申请半个月没到账', '师傅收了我钱就走了', '来修的人态度差', '不给退货'])(
    'unasked, %s is a story and no wish',
    (text) => {
      expect(read(text, 'what').entities.wish).toBeNull();
    },
  );

  test.each<readonly [string, ComplaintWish]>([
    ['重修', 'repair'],
    ['换货', 'exchange'],
    ['退货', 'return'],
    ['退费', 'refund'],
    ['道歉', 'apology'],
    ['其他', 'other'],
    ['修好就行', 'repair'],
    ['换个师傅来', 'repair'],
    ['赔偿医药费', 'other'],
    ['把钱退了', 'refund'],
  ])('asked, %s is enough', (text, wish) => {
    expect(read(text, 'wish').entities.wish).toBe(wish);
  });
});

test.each(['KS-2026-00012', 'ks-202611-001', 'COMP-2026-123456'])('S4-001 the number of another pattern is read: %s', (text) => {
  expect(read(`我的投诉${text}怎么样了`).entities.ticketNumber).toBe(text.toUpperCase());
});

test('S4-001 a number is not made longer by the word that follows it', () => {
  expect(read('上次的投诉TS-202611-0009一直没人处理').entities.ticketNumber).toBe('TS-202611-0009');
  expect(read('幺三八零零幺三八零零一下午来').entities.phone).toBe('+8613800138001');
});
