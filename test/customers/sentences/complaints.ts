/** Grievances as people pour them out, with the class a careful reader would put them in; and what they want done. */
export type Grievance = {
  readonly category: 'product-quality' | 'repair-service' | 'after-sales-service' | 'other';
  /** Facts that make it weigh more. */
  readonly gravities: readonly string[];
  readonly said: readonly string[];
  readonly english: readonly string[];
};

export const GRIEVANCES: readonly Grievance[] = [
  {
    category: 'repair-service',
    gravities: [],
    said: [
      '来的师傅态度特别差,一进门就嫌我家乱,问他两句就不耐烦',
      '师傅说话太难听了,还冲我妈吼,这种人怎么能出来干活',
      '修理工全程黑着脸,鞋套也不穿,地板踩得全是泥',
      '個師傅好冇禮貌,講嘢好衰',
    ],
    english: ['The engineer was very rude to my mother and shouted at her'],
  },
  {
    category: 'repair-service',
    gravities: [],
    said: [
      '约的上午,我请了半天假在家等,师傅下午三点才来,连个电话都没有',
      '说好来修的,等了一天也没人上门,你们就这么放鸽子',
      '师傅迟到了两个多小时,来了一句对不起都没有',
    ],
    english: ['I waited all day and the engineer never came'],
  },
  {
    category: 'repair-service',
    gravities: [],
    said: [
      '洗衣机修了三次了还是漏水,每次都说好了,过两天又漏',
      '上个礼拜修的冰箱,才用两天又不制冷了,这叫修好了吗',
      '师傅弄了半天,走了以后空调比原来还响,越修越坏',
    ],
    english: ['You repaired my washer three times and it still leaks'],
  },
  {
    category: 'repair-service',
    gravities: [],
    said: ['师傅拆机器的时候把我家地砖砸了个坑,说不关他的事就走了', '修油烟机把橱柜门给刮花了一大块,师傅当没看见'],
    english: ['Your engineer scratched my new kitchen cabinet and denied it'],
  },
  {
    category: 'repair-service',
    gravities: [],
    said: ['换个小零件收我四百八,网上才卖三十,这不是乱收费吗', '师傅说要加钱,报价单上根本没有这一项,多收了我两百'],
    english: ['The engineer overcharged me, the part costs 30 yuan and I paid 480'],
  },
  {
    category: 'repair-service',
    gravities: ['private-payment'],
    said: ['师傅让我加他微信私下转账,说不走公司便宜一百', '来的师傅说现金给他就行,不开票可以少收点,这正规吗'],
    english: ['The engineer asked me to transfer the money to his private WeChat'],
  },
  {
    category: 'product-quality',
    gravities: [],
    said: [
      '新买的冰箱不到一个月就坏了,这是什么质量',
      '洗衣机刚买回来用第二次就漏水,质量太差了',
      '你们家电视才用了三个月屏幕就花了,产品质量有问题吧',
      '空调外壳一碰就裂,做工太粗糙了',
    ],
    english: ['The fridge I bought last month is already broken, the quality is terrible'],
  },
  {
    category: 'after-sales-service',
    gravities: [],
    said: [
      '你们客服电话打了一个下午都没人接,什么售后啊',
      '客服答应我三天内回电,一个星期了没有人联系我',
      '报修单提交了五天,到现在没人处理,打客服就互相推',
      '退款申请了半个月,客服一直说在审核,就是不退',
    ],
    english: ['Your customer service never answers the phone, I called all afternoon'],
  },
  {
    category: 'other',
    gravities: [],
    said: ['上次报修完,我的手机号就被泄露了,天天接推销电话', '你们公众号上的优惠券根本用不了,这是骗人吗'],
    english: ['After my repair my phone number was leaked and I get spam calls every day'],
  },
];

/** Before the story is told. */
export const COMPLAIN = ['我要投诉', '我得投诉你们一下', '投诉', '我想投诉一件事', '气死我了,我要投诉', '我要投訴', '在哪里投诉'];
export const COMPLAIN_ENGLISH = ['I want to make a complaint', 'I have a complaint'];
/** {story} follows at once. */
export const COMPLAIN_WITH = ['我要投诉,{story}', '投诉!{story}', '{story},我要投诉', '我要投诉你们,{story}'];
export const COMPLAIN_WITH_ENGLISH = ['I want to complain. {story}'];

export const WISHES = {
  repair: { said: ['给我重新修好', '重修,换个师傅来', '再派人来修好就行'], english: ['Repair it again'] },
  refund: { said: ['把钱退给我', '退费', '多收的钱退回来'], english: ['I want a refund'] },
  exchange: { said: ['给我换一台新的', '换货', '我要换新机'], english: ['I want an exchange'] },
  return: { said: ['我要退货', '退货,不要了'], english: ['I want to return it'] },
  apology: { said: ['要你们道歉', '给我道个歉', '当面跟我道歉'], english: ['I want an apology'] },
  none: { said: ['还没想好', '我也说不上来'], english: ['Not sure yet'] },
} as const;
export type ComplaintWish = keyof typeof WISHES;
