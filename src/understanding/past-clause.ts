/**
 * Times that are no wish for a visit, masked before the grammar of visits reads: past days, refused days, durations,
 * ages, greetings, house numbers.
 */
import { SMALL_NUMBER } from './chinese-number.ts';
import { MASKS } from './mask.ts';

const PART = '(?:凌晨|清早|早上|早晨|上午|中午|下午|傍晚|晚上|夜里|半夜|夜晚)';
const CLOCK = `(?:${SMALL_NUMBER}(?:点钟?|:|时)(?:半|一刻|三刻|${SMALL_NUMBER}分?)?)`;
const DAY = `(?:今天|今儿|今晚|今早|明天|明早|明晚|大后天|后天|(?:这个?|本|下个?)?(?:周|星期)[一二三四五六日天末1-7]|(?:这个?|本|下个?)(?:周|星期)(?![一二三四五六日天末1-7])|这[几两]天|(?:\\d{1,2}|${SMALL_NUMBER})月(?:份|${SMALL_NUMBER}[号日]?)?|${SMALL_NUMBER}[号日])`;
const TIME = `(?:${DAY}的?${PART}?${CLOCK}?|${PART}${CLOCK}?|${CLOCK})`;
const SPAN = `${TIME}(?:[到至和、-]${TIME})?`;
const REFUSED =
  '(?:(?<!行|成|可以|能)不行|(?<!可以)不可以|不得闲|没空|没时间|没有时间|没有空|不方便|不在|不得空|有事|要去(?!修)|得去|来不了|修不了|(?<!能)不能修|弄不了|不用来|别来|不要来|先别来|(?<!能)不能来|出差|去不了|要上班|得上班|上班|加班|出门|不合适|赶不上|太早|太晚|太赶)';
const DONE =
  '(?:买|修|装|换|约|订|定|报修|报|来|坏|保养|清洗|洗|维修|下单|发货|到货|安装|预约|打|说|弄|搬|停)(?:的|过|了|好的|完|好了)(?!吗)';

const NEVER_A_VISIT: readonly RegExp[] = [
  new RegExp(
    `(?:大前天|前天|昨天|昨儿|昨晚|昨夜|前晚|前几天|前两天|前些天|前阵子|上上?个?(?:周|星期)[一二三四五六日天末]?|上个?月(?:${SMALL_NUMBER}[号日]|初|底|中旬)?|去年|前年|今年${SMALL_NUMBER}月(?:份)?)的?${PART}?${CLOCK}?(?:[到至]${CLOCK})?`,
    'g',
  ),
  new RegExp(`${SPAN}(?:就|才|刚|我|在你们|给我|师傅|你们){0,2}${DONE}`, 'g'),
  new RegExp(`(?:原来|本来|原先|之前|当初|说好|约好|约|定|预约)(?:约|定|说|预约)?(?:的|好|了|在|是)+(?:的|是|在)?${SPAN}`, 'g'),
  new RegExp(`(?:原来|本来|原先|原定|原约)(?:约|定|说|预约|说定)?(?:的|好|了|在|是)*${SPAN}`, 'g'),
  // Not then, but for a call; the hour one is back or leaves.
  new RegExp(
    `(?:不要|(?<!是)不是|别|(?<!能)不能|(?<!想)不想|避开|除开|甭|不约|不选)(?:约|安排|在|是|选|挑)?(?:了)?${SPAN}(?!来|上门|过来)`,
    'g',
  ),
  new RegExp(
    `${SPAN}(?:以前|以后|之前|之后|前|后)?(?:上班前|下班后)?(?:别|不要|再|请|可以|才|都|随时|方便)*(?:给我)?(?:打电话|来电|致电|回电|接电话|联系|打(?=$|[,,。;!?给我他这])|打我)`,
    'g',
  ),
  new RegExp(`(?:回来|回家|到家|起床|出门|走)(?:得|要|都|大概|差不多|就|是)*${CLOCK}`, 'g'),
  new RegExp(
    `${CLOCK}(?:才|就|左右|多|得|要|就得|就要)*(?:下班|放学|回家|回来|到家|起床|睡|出门|走|开会|接孩子|上班|打烊)(?!以?后|之后)`,
    'g',
  ),
  new RegExp(`(?:没人在家|没人|不在家|不在|没空|不行|没时间|不方便)[^,,。;!?]{0,4}的?是${SPAN}`, 'g'),
  new RegExp(`保修期?(?:到|至|截止到?)${SPAN}`, 'g'),
  new RegExp(`${SPAN}[^,,。;!?]{0,10}的话[,,]?(?:就|那就|那)(?=${SPAN})`, 'g'),
  new RegExp(`(?<!${CLOCK}[到至-])${SPAN}(?:就|却|它|都)?又(?!来|有空|可以|能来)`, 'g'),
  /上午[和或、跟与]?下午(?:都|均)?(?:可以|可|行|有空|在家|在|ok|好)|(?:早上|白天)[和或、跟与]?晚上都(?:可以|行|在)/gi,
  new RegExp(`(?:从|打从|自)(?!明|后|下)${SPAN}(?:就|开始|起|到现在)+`, 'g'),
  new RegExp(`(?:今天|今早)${PART}?(?:开始|突然|起来|起床|发现|忽然|一开|就(?!来|要|能|想|修)|又|还)`, 'g'),
  new RegExp(`${SPAN}(?:我|都|也|可能|家里|那天|要|得|临时|有点|恐怕|就){0,3}(?:[^,,。;!?]{0,2})${REFUSED}`, 'g'),
  new RegExp(`除了?${SPAN}(?:和${SPAN})?(?:以外|之外|外)?`, 'g'),
  new RegExp(`${SPAN}[^,,。;!?]{0,6}(?:没来|没到|没人来|没见人|没出现|迟到|放鸽子|爽约)`, 'g'),
  new RegExp(
    `(?:等|用|修|坏|买|过去|拖|催|停)(?:了|过)?(?:差不多|快|都|整整|有|大概|将近|已经)?(?:${SMALL_NUMBER}|几|好几|半)个?(?:多)?(?:天|周|星期|月|年|小时|钟头|多月)`,
    'g',
  ),
  new RegExp(`(?:${SMALL_NUMBER}|几|半)个?(?:天|周|星期|月|年|小时)(?:多)?(?:之前|以前|前|了(?!吧))`, 'g'),
  new RegExp(`(?:\\d+|${SMALL_NUMBER})(?:岁|周岁|年|匹|升|寸|公斤|块|元|次|遍|楼|层|平米|度)`, 'g'),
  /(?:早上|上午|中午|下午|晚上)好|早安|晚安|24 ?小时|7[*xX×]24/g,
  new RegExp(`(?:${SMALL_NUMBER}|\\d+)号(?:院|楼|栋|幢|门|室|单元|线|店|机|码|铺|房|\\d)[\\dA-Za-z楼栋单元门室层-]*`, 'g'),
  new RegExp(`(?:路|街|道|巷|弄|胡同)(?:\\d+|${SMALL_NUMBER}+)(?:弄|号)(?:\\d+)?`, 'g'),
];

/** The text with those stretches masked. Keeps the length. */
export function maskPast(text: string): string {
  return NEVER_A_VISIT.reduce((kept, pattern) => kept.replace(pattern, (match) => MASKS.blank.repeat(match.length)), text);
}
