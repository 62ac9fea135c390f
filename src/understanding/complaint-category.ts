/**
 * The class of a complaint (S2-058) as its text proposes it, or as the customer names it when asked. Every word that points
 * at a class counts for it; what is denied or praised (不是质量问题, 师傅人挺好) counts for none.
 */
import type { ComplaintCategory, ComplaintType } from '../domain/complaint.ts';
import { readComplaintTypes } from './complaint-type.ts';
import { keepCorrected } from './correction.ts';
import type { Expected } from './understood.ts';

const NAMED: readonly (readonly [ComplaintCategory, RegExp])[] = [
  ['after-sales-service', /售后|客服|热线|电话(?:打不通|没人接)|after[- ]?sales|customer service/iu],
  ['repair-service', /维修|师傅|上门|修理|安装|repair|engineer|technician/iu],
  ['product-quality', /产品|质量|机器(?:本身)?|东西(?:本身)?|product|quality/iu],
  ['other', /其他|其它|别的|都不是|other|none/iu],
];

/** Clauses that clear somebody. */
const CLEARED =
  /[^,。!?;]{0,8}(?:师傅|客服|维修|售后|机器|产品|质量|服务|态度)[^,。!?;]{0,6}(?:挺好|很好|不错|还行|还可以|没问题|没话说|没得说|没毛病|满意|蛮好|是好的|也还好|倒是好|都好)[^,。!?;]{0,6}|(?:不怪|不关|不赖|跟|和|与)[^,。!?;]{0,6}(?:师傅|客服|机器|产品|质量|维修)[^,。!?;]{0,4}(?:无关|没关系|的事)?|(?:不是|没有?说)(?:说)?[^,。!?;]{0,6}(?:师傅|客服|机器|产品|质量|维修)[^,。!?;]{0,4}/gu;

type Sign = readonly [ComplaintCategory, number, RegExp];

const SIGNS: readonly Sign[] = [
  [
    'product-quality',
    3,
    /质量|品质|次品|残次|瑕疵|假货|冒牌|山寨|翻新|二手机|劣质|粗制滥造|做工|不耐用|the quality|缺陷|通病|虚标|货不对板|defect|poor quality/iu,
  ],
  [
    'product-quality',
    3,
    /(?:刚|才|新)(?:买|拆|用|到货|开箱|换).{0,14}(?:坏|漏|裂|锈|响|死机|不(?:制|转|能|了|好|亮|出|加|通|工作)|花屏|黑屏|开不了|掉漆|变形|罢工|故障)|brand[- ]new/iu,
  ],
  [
    'product-quality',
    3,
    /(?:买|用)(?:了|回来|到手)?(?:还|都|才|不到|没到|没|不足|就)+(?:有)?(?:几|\d+|[一两二三四五六七八九十半])个?(?:天|月|周|星期|礼拜|年)/u,
  ],
  [
    'product-quality',
    2,
    /(?:与|和|跟)(?:描述|宣传|介绍|说明书?|详情|页面)[^,。]{0,6}(?:不符|不一样|不一致|两回事)|三天两头坏|动不动就|(?:机身|门封|内胆|外壳|面板)[^,。]{0,6}(?:裂|锈|掉|鼓|变形)/u,
  ],
  ['product-quality', 2, /产品|这(?:款|批|牌子|个牌子|台机器|机器)|机器本身|出厂|生产|the (?:product|machine|appliance)/iu],
  ['repair-service', 2, /师傅|维修(?:工|员|人员|的人)|修理工|工程师|技师|安装工|工人|上门的|来的人|小哥|engineer|technician|repair ?man/iu],
  ['repair-service', 4, /修的.{0,16}又|修(?:了|完|过|好).{0,10}(?:又|还是?)(?:不|坏|漏|响)/u],
  ['repair-service', 2, /没(?:有)?(?:给)?(?:我)?修|修(?:了|过|完|好|坏|不好|得)|返修|白修|越修|repaired|still (?:not|broken)/iu],
  ['repair-service', 2, /乱收费|多收|小病大修|坐地起价|漫天要价|配件费|上门费|检测费|人工费|加价|overcharg/iu],
  ['repair-service', 1, /迟到|爽约|鸽子|白等|没来|没人来|不来|弄坏|碰坏|刮花|划(?:伤|花)|刮(?:伤|花)|never (?:came|showed)|late/iu],
  ['after-sales-service', 3, /客服|热线|400(?:电话)?|接线|话务|前台|customer service|hotline|call cent/iu],
  [
    'after-sales-service',
    3,
    /电话(?:一直|老|总|根本|都|永远)*(?:打不通|没人接|占线|不接|被挂)|打了?.{0,8}电话.{0,10}(?:没人|不接|打不通|推)|nobody (?:answers|picks up)/iu,
  ],
  [
    'after-sales-service',
    4,
    /退(?:款|货|费|的钱|换)[^,。]{0,14}(?:不给|拖|没到|没退|慢|还没|迟迟|不批|不同意|拒|卡着|审核)|(?:refund|return)[^.]{0,30}(?:refus|still|waiting|denied|not)/iu,
  ],
  ['after-sales-service', 2, /售后(?!的?(?:师傅|维修))|after[- ]?sales/iu],
  [
    'after-sales-service',
    3,
    /(?:保修|三包|延保|质保)[^,。]{0,10}(?:不认|不给|拒|赖|不承认|不算|不管|耍赖)|(?:发票|收据|保修卡)[^,。]{0,8}(?:不开|没开|不给|没给|拖)|(?:不|没)(?:给)?开(?:发票|收据)|warranty[^.]{0,20}(?:refus|denied|deny)/iu,
  ],
  [
    'after-sales-service',
    2,
    /没人?(?:给我?)?(?:联系|回复|回话|回电|理(?!解)|管|处理|跟进|答复)|派单|工单|预约(?:了|不上|系统)|改约|推诿|踢皮球|推来推去|互相推|推脱|石沉大海/u,
  ],
  ['other', 5, /隐私|泄[露漏](?!气|煤)|个人信息|骚扰(?:电话|短信)|推销|广告|短信轰炸|电话轰炸|privacy|personal data|spam/iu],
  ['other', 4, /优惠(?:券|活动)|积分|会员|赠品|礼品|促销|抽奖|虚假宣传|coupon|points/iu],
  ['other', 4, /网站|\bapp\b|小程序|公众号|(?:你们|这个)系统|机器人客服|website|web site/iu],
  ['other', 4, /(?:堵|挡|占|停)(?:了|在|住)?[^,。]{0,6}(?:门口|通道|车位|车库|单元门|消防)|扰民|乱(?:扔|丢)|烟头/u],
];

const OF_TYPE: Readonly<Record<ComplaintType, ComplaintCategory>> = {
  attitude: 'repair-service',
  late: 'repair-service',
  not_fixed: 'repair-service',
  overcharge: 'repair-service',
  private_payment: 'repair-service',
  damage: 'repair-service',
  quality: 'product-quality',
  safety: 'product-quality',
  other: 'other',
};
const OF_A_TYPE = 1;

/** Null when the text proposes none. */
export function readCategory(text: string, expects: Expected | null): ComplaintCategory | null {
  const held = keepCorrected(text).replace(CLEARED, (cleared) => ' '.repeat(cleared.length));
  if (expects === 'category') {
    const named = NAMED.find(([, sign]) => sign.test(held));
    if (named && [...text].length <= NAME_CHARACTERS_MAX) return named[0];
  }
  const points = new Map<ComplaintCategory, number>();
  const count = (category: ComplaintCategory, weight: number) => points.set(category, (points.get(category) ?? 0) + weight);
  for (const [category, weight, sign] of SIGNS) if (sign.test(held)) count(category, weight);
  for (const type of readComplaintTypes(held)) count(OF_TYPE[type], OF_A_TYPE);
  // The first of equals is the one the list of signs begins with.
  const [best] = [...points].sort(([, one], [, other]) => other - one);
  return best?.[0] ?? null;
}

/** A longer answer tells a story, which is weighed whole. */
const NAME_CHARACTERS_MAX = 16;
