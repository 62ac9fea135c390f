/**
 * What a customer wants of a complaint (S2-059). Asked for it, a word is enough; unasked it must sound like a wish, because
 * 修了三次 and 换了主板 tell what happened.
 */
import type { ComplaintWish } from '../domain/complaint.ts';
import type { Expected } from './understood.ts';

type Sign = readonly [ComplaintWish, RegExp];

/** From the most definite; the first that fits. */
const WISHED: readonly Sign[] = [
  [
    'return',
    /(?<!不(?:给|让|能|肯|许|同意)?)(?:要|想|给我|必须|申请|坚持|要求|就|直接|只想|帮我|可以|能)[^,。!?;]{0,4}退(?:货|机(?!器人)|掉)|(?:不要|不想要)(?:这|那|了)[^,。!?;]{0,4}(?:退|$)|退货退款|退一赔三|(?:want|like|need) to return|return (?:it|the)\b/iu,
  ],
  [
    'refund',
    /(?<!不(?:给|让|能|肯|许|同意)?)(?:要|想|希望|给我|必须|申请|坚持|要求|就|直接|只想|帮我|把|请|麻烦|应该|赶紧)[^,。!?;]{0,8}退(?:款|钱|费|我|还|给|回)|(?:把|我的)?钱[^,。!?;]{0,6}(?:退|还)(?:给|回|我)|want (?:a |my |the )?(?:refund|money)|refund me|money back/iu,
  ],
  [
    'exchange',
    /(?:要|想|给我|给|必须|申请|坚持|要求|就|直接|只想|帮我|希望|请)[^,。!?;师]{0,4}换(?:一台|台|新|个新|一个新|货|机(?!会)|整机)|换(?:一台|台)新|换新机|换货(?:吧|$)|exchange it|want (?:an? )?(?:exchange|new one|replacement)|replace (?:it|the machine)/iu,
  ],
  [
    'apology',
    /(?:要|得|必须|让|叫|请|给我|欠我|应该|希望)[^,。!?;]{0,10}(?:道(?:个|一个)?歉|赔礼|赔(?:个)?不是|认错|说(?:声|句|个)?对不起)|apologi[sz]e|(?:an|want|owe me) apolog/iu,
  ],
  [
    'repair',
    /(?:要|想|给我|必须|赶紧|尽快|希望|请|麻烦|帮我|重新派?|再派|另派|换个?(?:师傅|人))[^,。!?;]{0,10}(?:重(?:新)?修|再修|修好|返修|来修|修一下|上门|修到好)|重新(?:给我)?修|want it (?:fixed|repaired)|(?:fix|repair) it (?:again|properly|now)|please (?:fix|repair)/iu,
  ],
  [
    'other',
    /(?:要|得|必须|该|给我|要求|请|你们)[^,。!?;]{0,4}(?:赔(?!礼|个?不是)|补偿)|compensate me|(?:要|给我|必须|希望|讨)[^,。!?;]{0,4}(?:个|一个)?(?:说法|交代|交待|解释|处理结果|公道)|(?:处理|处罚|开除|罚)(?:那个|这个|一下)?(?:师傅|他|她|人)/u,
  ],
];

const NAMED: readonly Sign[] = [
  ['return', /退货|退机|退掉|不要(?:这|那|了)|return/iu],
  ['refund', /退(?:款|钱|费|我|还|了)|refund|money back/iu],
  ['other', /赔(?!礼|个?不是)|补偿|compensat/iu],
  ['exchange', /换(?!个?(?:师傅|人))|exchange|replace|new one/iu],
  ['apology', /道歉|赔礼|赔不是|认错|对不起|apolog/iu],
  ['repair', /修|上门|换个?(?:师傅|人)|repair|fix/iu],
  ['other', /其他|其它|别的|说法|交代|交待|解释|处罚|处理|开除|没想好|other|something else/iu],
];

/** At a read-back only what can mean nothing else: 对,修吧 is a yes. */
const PUT_RIGHT: readonly Sign[] = [
  ['return', /退货|退机/u],
  ['refund', /退(?:款|钱|费)|refund/iu],
  ['exchange', /换货|换新|换一台|exchange/iu],
  ['apology', /道歉|apolog/iu],
  ['repair', /重修|返修|重新修/u],
];
const PUT_RIGHT_CHARACTERS_MAX = 16;

/** Null when no wish is stated. */
export function readWish(text: string, expects: Expected | null): ComplaintWish | null {
  const wished = fitting(WISHED, text);
  if (wished !== null) return wished;
  if (expects === 'wish') return fitting(NAMED, text);
  return expects === 'confirm' && text.length <= PUT_RIGHT_CHARACTERS_MAX ? fitting(PUT_RIGHT, text) : null;
}

function fitting(signs: readonly Sign[], text: string): ComplaintWish | null {
  return signs.find(([, sign]) => sign.test(text))?.[0] ?? null;
}
