/**
 * Times that are no wish for a visit, masked before the grammar of visits reads: past days, refused days, durations,
 * ages, greetings, house numbers.
 */
import { SMALL_NUMBER } from './chinese-number.ts';
import { FESTIVAL } from './festival.ts';
import { MASKS } from './mask.ts';

const PART =
  '(?:凌晨|清早|早上|早晨|上午|中午|下午|傍晚|晚上|夜里|半夜|夜晚|[头前过下后]晌|头午|晌午|午后|黄昏|白天|一早|(?<=[今明后天])[早晚](?![点些一]))';
const CLOCK = `(?:${SMALL_NUMBER}(?:点钟?|:|时)(?:半|一刻|三刻|${SMALL_NUMBER}分?)?)`;
const DAY = `(?:今天|今儿|今晚|今早|明天|明儿|明早|明晚|明后天|大后天|后天|后晚|(?:这个?|本|下下?个?)?(?:周|星期)[一二三四五六日天末1-7]|(?:这个?|本|下下?个?)(?:周|星期)(?![一二三四五六日天末1-7])|这[几两]天|(?<!\\d)${SMALL_NUMBER}月(?:份|${SMALL_NUMBER}[号日]?(?![\\d月]))?|${SMALL_NUMBER}[号日]|(?:${FESTIVAL})(?:那天|当天|期间)?|(?:大年|年)?初[一二三四五六七八九十]|(?:下个?|这个?|本)?月[底初末中](?!午))`;
const TIME = `(?:${DAY}的?${PART}?${CLOCK}?|${PART}${CLOCK}?|${CLOCK})`;
const SPAN = `${TIME}(?:[到至和跟、-]?${TIME}){0,3}`;
/** 行不行 and 有没有空 ask; 不行 and 没空 refuse. */
const REFUSED =
  '(?:(?<![行成能]|可以)不行|(?<!可以|可)不可以|(?<!得)不得闲|(?<!有)没空|(?<!有)没时间|(?<!有)没有(?:时间|空)|(?<![方便])不方?便|(?<!在)不在|(?<!得)不得空|有事|要去(?!修)|得去|来不了|修不了|(?<!能)不能修|弄不了|不用来|别来|不要来|先别来|(?<!能)不能来|出差|去不了|要上班|得上班|上班(?!了|以?后|就)|加班|值班|出门|(?<!合)不合适|赶不上|来不及|赶不及|太早|太晚|太赶|开会|有课|家长会|(?<!想)不想)';
const DONE =
  '(?:买|修|装|换|约|订|定|报修|报|来|坏|保养|清洗|洗|维修|下单|发货|到货|安装|预约|打|说|弄|搬|停)(?:的|过|了|好的|完|(?<!来)好了)(?!吗)';

const NEVER_A_VISIT: readonly RegExp[] = [
  new RegExp(
    `(?:大前天|前天|昨天|昨儿|昨晚|昨夜|前晚|前几天|前两天|前些天|前阵子|上上?个?(?:周|星期)[一二三四五六日天末]?|上个?月(?:${SMALL_NUMBER}[号日]|初|底|中旬)?|去年|前年|今年${SMALL_NUMBER}月(?:份)?(?!${SMALL_NUMBER}))的?${PART}?${CLOCK}?(?:[到至]${CLOCK})?`,
    'g',
  ),
  // What is still to come is never done.
  new RegExp(`(?!明|后|大后|下(?!午)|过)${SPAN}(?:就|才|刚|我|在你们|给我|师傅|你们){0,2}${DONE}`, 'g'),
  new RegExp(`从${SPAN}(?:拨|挪|移|推|调|改|换|延|顺|提)[前后迟]?(?=到|成|至|为)`, 'g'),
  /今天(?:这个|这次|这回|那个)|(?<![\d一二三四五六七八九十])十三点(?=$|[,。!?])(?<=[,。!?]十三点)/g,
  /上[次回][^。;!?]{0,24}(?=这[次回])/g,
  new RegExp(`(?:师傅|客服|维修工|工程师)(?:昨天|上次|当时)?说(?:是|好|了)?${SPAN}`, 'g'),
  /今[天日](?:已经|都|是|就)*第?[一二两三四五六七八九十\d]{1,3}天/g,
  new RegExp(`(?:原来|本来|原本|原先|之前|当初|说好|约好|约|定|预约)(?:约|定|说|预约)?(?:的|好|了|在|是)+(?:的|是|在)?${SPAN}`, 'g'),
  new RegExp(`(?:原来|本来|原本|原先|原定|原约)(?:约|定|说|预约|说定)?(?:的|好|了|在|是)*${SPAN}`, 'g'),
  // Not then, but for a call; the hour one is back or leaves.
  new RegExp(
    `(?:不要|(?<!是)不是|别|(?<!能)不能|(?<!想)不想|避开|除开|甭|不用|用不着|等不[到及了]|不等|不约|不选)(?:约|安排|在|是|选|挑|等到?|拖到)?(?:了)?${SPAN}(?!来|上门|过来)`,
    'g',
  ),
  new RegExp(
    `${SPAN}(?:以前|以后|之前|之后|前|后)?(?:上班前|下班后)?(?:别|不要|再|请|可以|才|都|随时|方便)*(?:给我)?(?:打电话|来电|致电|回电|接电话|联系|打(?=$|[,,。;!?给我他这])|打我)`,
    'g',
  ),
  new RegExp(`(?:回来|回家|到家|起床|出门|走)(?:得|要|都|大概|差不多|就|是)*${CLOCK}`, 'g'),
  new RegExp(
    `${CLOCK}(?:才|就|左右|多|得|要|就得|就要)*(?:下班|放学|下课|下工|上课|回家|回来|到家|回去|起床|睡|出门|走|开会|接孩子|接娃|上班|上工|打烊|关门|收摊|出摊|开门|交班|换班|有课|有会|考试|开饭|午休|出单|出车|赶飞机|飞机|火车|高铁)(?!以?后|之后|了就)`,
    'g',
  ),
  new RegExp(`(?:没人在家|没人|不在家|不在|没空|不行|没时间|不方便)[^,,。;!?]{0,4}的?是${SPAN}`, 'g'),
  new RegExp(`保修期?(?:到|至|截止到?)${SPAN}`, 'g'),
  new RegExp(`${SPAN}[^,,。;!?]{0,10}的话[,,]?(?:就|那就|那)(?=${SPAN})`, 'g'),
  new RegExp(`(?<!${CLOCK}[到至-])${SPAN}(?:就|却|它|都)?又(?!来|有空|可以|能来)`, 'g'),
  /上午[和或、跟与]?下午(?:都|均)?(?:可以|可|行|有空|在家|在|ok|好)|(?:早上|白天)[和或、跟与]?晚上都(?:可以|行|在)/gi,
  new RegExp(
    `(?:从|打从|自)(?!明|后|下)${SPAN}(?:就|开始|起|到现在)+(?!以?后?[^,,。;!?]{0,4}(?:都行|都好|可以|有空|在家|方便|都在|能来|来|休|放假|$))`,
    'g',
  ),
  new RegExp(`(?:今天|今早)${PART}?(?:开始|突然|起来|起床|发现|忽然|一开|就(?!来|要|能|想|修)|又|还)`, 'g'),
  new RegExp(`${SPAN}(?:我|都|也|可能|家里|那天|要|得|临时|有点|恐怕|就){0,3}(?:[^,,。;!?]{0,2})${REFUSED}`, 'g'),
  new RegExp(`除了?${SPAN}(?:和${SPAN})?(?:以外|之外|外)?`, 'g'),
  new RegExp(`${SPAN}(?:除外|以外|之外)`, 'g'),
  /(?:农历|阴历|旧历|老历)(?!正月|大年|新年|除夕|年三十)[\d一二三四五六七八九十月初号日]+|[腊冬]月(?:[\d一二三四五六七八九十初廿号日]+)?|腊八|小年/g,
  new RegExp(
    `(?:不到|不足|不出|才|近|将近|仅仅?|已|已经|连续|一连|每)(?:${SMALL_NUMBER})日|(?<![月\\d])(?:${SMALL_NUMBER})日(?:无人|未|没有?人|有余|不到|来)`,
    'g',
  ),
  // 周三→周四, 周三变周四; 系统显示周三,我要的是周四.
  new RegExp(`${DAY}${PART}?${CLOCK}?(?:→|->|变成?)(?=${DAY})|${CLOCK}(?:→|->|变成?)(?=${CLOCK})`, 'g'),
  new RegExp(`(?:系统|短信|上面|页面|app|你们|单子|订单)[里上]?(?:显示|写|给我约|约|排|定)(?:的|了|是|着)*${SPAN}`, 'gi'),
  // 过年歇不歇: whether we are open.
  new RegExp(
    `${SPAN}[^,,。;!?]{0,4}(?:开不开|上不上班|歇不歇|休不休|放不放假|(?:开门|开店|营业|上班|放假|休息|歇业|歇)(?:吗|不(?!了|到)|没|么|是[吧吗不]|对[吧吗不]))`,
    'g',
  ),
  /下班(?:以?后|之后|了|回家)?[^,,。;!?]{0,6}(?:接听|接电话|打电话|联系|回电|来电|致电|回复)/g,
  /(?:马上|立刻|立即|立马|尽快|赶紧|赶快|现在)[^,,。;!?]{0,6}(?:转人工|客服|经理|领导|主管|打电话|回电|回话|回复|回个话|退[款钱]|取消|撤)/g,
  new RegExp(`${SPAN}[^,,。;!?]{0,6}(?:没来|没到|没人来|没见人|没出现|迟到|放鸽子|爽约)`, 'g'),
  new RegExp(
    `(?:等|用|修|坏|买|过去|拖|催|停)(?:了|过)?(?:差不多|快|都|整整|有|大概|将近|已经)?(?:${SMALL_NUMBER}|几|好几|半)个?(?:多)?(?:天|周|星期|月|年|小时|钟头|多月)`,
    'g',
  ),
  new RegExp(`(?:${SMALL_NUMBER}|几|半)个?(?:天|周|星期|月|年|小时)(?:多)?(?:之前|以前|前|了(?!吧))`, 'g'),
  new RegExp(`(?:\\d+|${SMALL_NUMBER})(?:岁|周岁|年(?!\\d{1,2}月)|匹|升|寸|公斤|块|元|次|遍|楼|层|平米|度)`, 'g'),
  /(?:早上|上午|中午|下午|晚上)好(?![伐不吗吧么嘛了的啦行])|早安|晚安|24 ?小时|7[*xX×]24/g,
  new RegExp(`(?:${SMALL_NUMBER}|\\d+)号(?:院|楼|栋|幢|门|室|单元|线|店|机|码|铺|房|\\d(?!\\d?[号日月]))[\\dA-Za-z楼栋单元门室层-]*`, 'g'),
  new RegExp(`(?:路|街|道|巷|弄|胡同)(?:\\d+|${SMALL_NUMBER}+)(?:弄|号)(?:\\d+)?`, 'g'),
];

/** The text with those stretches masked. Keeps the length. */
export function maskPast(text: string): string {
  return NEVER_A_VISIT.reduce((kept, pattern) => kept.replace(pattern, (match) => MASKS.blank.repeat(match.length)), text);
}

const REFUSED_PART = new RegExp(
  `(${DAY})的?(?:${PART}${CLOCK}?|${CLOCK})(?:[到至-]${CLOCK})?(?:我|都|也|可能|家里|要|得|有点){0,3}(?:[^,,。;!?]{0,2})${REFUSED}`,
);

const REFUSED_DAY = new RegExp(`${DAY}(?:我|都|也|可能|家里|要|得|有点){0,3}(?:[^,,。;!?]{0,2})${REFUSED}`, 'g');

/** Where a day stands of which only a part is refused: 明天上午有课,下午来 is about tomorrow. */
export function dayOfRefusedPart(text: string): number | null {
  return REFUSED_PART.exec(text)?.index ?? null;
}

/** Where days stand that are named only to be refused: 30号我出差. */
export function refusedStretches(text: string): readonly { readonly from: number; readonly end: number }[] {
  return [...text.matchAll(REFUSED_DAY)].map((match) => ({ from: match.index, end: match.index + match[0].length }));
}
