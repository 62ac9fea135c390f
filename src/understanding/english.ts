/**
 * Simple English as the Chinese words the extractors know: devices, faults, days and hours (fridge not cooling, tomorrow
 * 2pm). The rest of the sentence stays English; words of danger are read as they are.
 */
type Row = readonly [pattern: string, chinese: string];

const DEVICES: readonly Row[] = [
  ['washer[- ]?dryer|washing machine|clothes washer|washer', '洗衣机'],
  ['hair ?dryer', '吹风机'],
  ['(?:tumble |clothes )?dryer', '烘干机'],
  ['refrigerator|fridge|freezer', '冰箱'],
  ['air[- ]?con(?:ditioner|ditioning)?s?|a/c|(?<![\\u4e00-\\u9fa5])ac(?! ?[\\d-])(?![\\u4e00-\\u9fa5])', '空调'],
  ['dish ?washer', '洗碗机'],
  ['microwave(?: oven)?', '微波炉'],
  ['water heater|boiler', '热水器'],
  ['water (?:purifier|filter)', '净水器'],
  ['televisions?|tvs?', '电视'],
  ['induction (?:cooker|hob|stove)', '电磁炉'],
  ['(?:range|cooker|kitchen) hood|extractor(?: fan)?', '油烟机'],
  ['gas (?:stove|cooker|hob|range)|stove|cooktop|hob', '燃气灶'],
  ['rice cooker', '电饭煲'],
  ['robot(?:ic)? (?:vacuum|cleaner|hoover)(?: cleaner)?|roomba', '扫地机器人'],
  ['vacuum(?: cleaner)?|hoover', '吸尘器'],
  ['(?:ceiling |electric |standing )?fan', '风扇'],
  ['air fryer', '空气炸锅'],
  ['air purifier', '空气净化器'],
  ['(?:electric )?kettle', '电水壶'],
  ['oven', '烤箱'],
  ['(?:disinfection|sterili[sz]ing) cabinet|sterili[sz]er', '消毒柜'],
  ['printer', '打印机'],
  ['treadmill|running machine', '跑步机'],
  ['blender|food processor', '料理机'],
  ['juicer', '榨汁机'],
  ['coffee (?:machine|maker)|espresso machine', '咖啡机'],
  ['toaster|bread (?:machine|maker)', '面包机'],
  ['dehumidifier', '除湿机'],
  ['humidifier', '加湿器'],
  ['(?:laptop|desktop)(?: computer)?|computer', '电脑'],
  ['massage chair', '按摩椅'],
  ['projector', '投影仪'],
  ['sewing machine', '缝纫机'],
  ['(?:room |space |electric )heater', '取暖器'],
  ['smart lock|door lock', '门锁'],
  ['remote(?: control)?', '遥控器'],
];
const NOT = "(?:(?:does|is|do|was|are)(?:n'?t| not)|won'?t|will not|can'?t|cannot|not|no longer|stopped|doesnt|isnt|wont|cant)";
const FAULTS: readonly Row[] = [
  [`${NOT} (?:get(?:ting)? )?(?:cool(?:ing)?|cold|freez(?:e|ing))(?: (?:down|anymore|properly|enough))?|no cold air|warm inside`, '不制冷'],
  [`heating(?: function| mode)? (?:${NOT}(?: work(?:ing)?)?|(?:is )?(?:broken|faulty|dead))|no (?:warm|hot) air`, '不制热'],
  [`cooling(?: function| mode)? (?:${NOT}(?: work(?:ing)?)?|(?:is )?(?:broken|faulty|dead))`, '不制冷'],
  [`no hot water`, '没有热水'],
  [`${NOT} (?:get(?:ting)? )?(?:heat(?:ing)?|warm|hot)(?: (?:up|anymore|properly|enough))?|no heat`, '不加热'],
  ['(?:is |keeps |been )?(?:leak(?:ing|s|ed)?|dripp?(?:ing|s)?)(?: water)?', '漏水'],
  [`${NOT} drain(?:ing)?(?: water)?`, '不排水'],
  [`${NOT} (?:spin(?:ning)?|turn(?:ing)? around|rotat(?:e|ing))`, '不转'],
  [`${NOT} (?:ignit(?:e|ing)|light(?:ing)?(?: up)?)`, '打不着火'],
  [
    `${NOT} (?:turn(?:ing)? on|power(?:ing)? (?:on|up)|start(?:ing)?(?: up)?|switch(?:ing)? on)|no power|(?:is|just|went|are) (?:completely )?(?:dead|died)|just died|no lights`,
    '开不了机',
  ],
  [`${NOT} charg(?:e|ing)`, '充不进电'],
  ['(?:keeps )?trip(?:s|ping|ped)?(?: the)?(?: breaker| switch| fuse)?', '跳闸'],
  [`door (?:is )?(?:stuck|jammed|locked)|door ${NOT} open|${NOT} open the door`, '门打不开'],
  ['(?:screen (?:is |went |goes )?(?:all )?(?:black|blank|flickering|cracked)|black screen|blank screen|no picture|no image)', '黑屏'],
  [
    '(?:makes?|making) (?:a |an )?(?:\\w+ )?(?:\\w+ )?(?:noises?|sounds?)|(?:very |too |so |really )?(?:noisy|loud)(?: noises?)?|strange noises?|rattl(?:es|ing)',
    '噪音很大',
  ],
  ['(?:frost(?:ed|ing)?(?: up)?|ice(?:d)? (?:up|build-?up))', '结霜'],
  ['(?:it )?(?:smells|stinks)(?: bad| terrible| weird)?', '有异味'],
  ['error(?: code)?', '故障码'],
];
/** With these about, 漏水 for leaking would hide what leaks. */
const DANGER =
  /\b(?:gas(?! (?:stove|cooker|hob|range))|smok\w*|fire|flames?|burn\w*|sparks?|shock\w*|electrocut\w*|explo\w*|trapped|dizzy|tingl\w*)\b/i;

const WEEKDAYS = 'mon(?:day)?|tue(?:s(?:day)?)?|wed(?:nesday)?|thu(?:r(?:s(?:day)?)?)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?';
const MONTHS =
  'jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sep(?:t(?:ember)?)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?';
const WEEKDAY_NAMES = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const MONTH_NAMES = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const EVENING_FROM = 6;
const CLOCK = '(?<!\\d)(1[0-2]|0?[1-9])(?:[:.](\\d{2}))? ?(am|pm|a\\.m\\.|p\\.m\\.)';
const DAY_NAMES = `(?:the )?day after tomorrow|tomorrow|today|(?:(?:next|this|coming|on) )*(?:${WEEKDAYS})`;
const TIMES: readonly Row[] = [
  ['(?:the )?day after tomorrow', '后天'],
  ['tomorrow', '明天'],
  ['today', '今天'],
  ['tonight', '今晚'],
  ['yesterday', '昨天'],
  ['(?:this|the|on the) weekend|at the weekend', '周末'],
  ['next weekend', '下周末'],
  ['(?:on )?weekdays', '工作日'],
  ['in (?:two|2|a couple of) days', '两天后'],
  ['in (?:three|3) days', '三天后'],
  ['in (?:a|one|1) week', '一周后'],
  ['next week', '下周'],
  ['this week', '这周'],
  ['next month', '下个月'],
  ['last year', '去年'],
  ['last month', '上个月'],
  ['any ?time|whenever', '随时'],
  ['any day', '随便哪天'],
  [
    'as soon as possible|(?:the )?(?:earliest|soonest)(?: (?:possible|available|you (?:have|can)|time|slot))+|a\\.?s\\.?a\\.?p\\.?|right away|immediately|right now',
    '尽快',
  ],
  ['after work', '下班后'],
  ['(?:in the |early )?mornings?', '上午'],
  ['(?:in the )?afternoons?', '下午'],
  ['(?:in the )?evenings?|(?:at )?night', '晚上'],
  ['(?:at )?(?:noon|midday)', '中午'],
  ["o'?clock", '点'],
  ['bought|purchased', '买'],
];

const edged = (pattern: string): RegExp => new RegExp(`(?<![\\w-])(?:${pattern})(?![\\w-])`, 'gi');
const rowsOf = (rows: readonly Row[]): readonly (readonly [RegExp, string])[] =>
  rows.map(([pattern, chinese]) => [edged(pattern), chinese] as const);
const DEVICE_WORDS = rowsOf(DEVICES);
const FAULT_WORDS = rowsOf(FAULTS);
const TIME_WORDS = rowsOf(TIMES);

const HOUR_THEN_DAY = edged(`(?:at )?(${CLOCK}) (?:on )?(${DAY_NAMES})`);
const HOURS = edged(`(?:between |from )?(\\d{1,2})(?:[:.](\\d{2}))? ?(am|pm)? ?(?:to|and|-|–|until) ?${CLOCK}(?: (?:on )?(${DAY_NAMES}))?`);
const BOUND = edged(`(after|before|by) ${CLOCK}`);
const AT = edged(`(?:at |around )?${CLOCK}`);
const AT_BARE = edged('at (\\d{1,2})(?!:|\\d)(?! ?(?:am|pm|st|nd|rd|th|%|yuan|rmb))');
const BARE_HOURS = edged('(?:between|from) (\\d{1,2}) (?:and|to|until) (\\d{1,2})(?! ?(?:am|pm|st|nd|rd|th))');
const BOUND_BARE = edged('(after|before|by) (\\d{1,2})(?!:|\\d)(?! ?(?:am|pm|a\\.m|p\\.m|st|nd|rd|th|years?|months?|days?|weeks?))');
const BOUND_NOON = edged('(after|before|by) (?:noon|midday)');
const WEEK_AND_DAY = edged(`(?:on )?(${WEEKDAYS})(?: of)? next week|next week(?: on)?,? (${WEEKDAYS})`);
const BOUND_DAY = edged(`((?<!day )after|after(?! tomorrow)|before) (${DAY_NAMES})`);
/** Short names stand among English words: mon in a Chinese sentence is a screen. */
const WEEKDAY = edged(
  `(?:on )?((?:next|this|coming) )?((?:mon|tues|wednes|thurs|fri|satur|sun)day|(?<![\\u4e00-\\u9fa5])(?:${WEEKDAYS})(?![\\u4e00-\\u9fa5]))\\.?`,
);
const DATE = edged(
  `(?:on )?(?:(${MONTHS})\\.? (\\d{1,2})(?:st|nd|rd|th)?|(?:the )?(\\d{1,2})(?:st|nd|rd|th)? (?:of )?(${MONTHS}))(?:,? (20\\d{2}))?`,
);
const MONTH_OF_YEAR = edged(`(?:in )?(${MONTHS}) (20\\d{2})`);
const THE_DAY = edged('(?:on )?the (\\d{1,2})(?:st|nd|rd|th)');
const BETWEEN_TIMES = /(?<=[\u4e00-\u9fa5]) ?\bor\b(?: on)? ?(?=[\u4e00-\u9fa5\d])/gi;
const BETWEEN_CHINESE = /(?<=[\u4e00-\u9fa5点号]) +(?=[\u4e00-\u9fa5])/g;
const HAN = /[\u4e00-\u9fa5]/;
const NOT_DEVICE = /\bnot (?:the |a |an |my )?(?=[\u4e00-\u9fa5])/gi;

/** The text with the English words known here in Chinese; texts without English are left as they are. */
export function translateEnglish(text: string): string {
  if (!/[A-Za-z]{2}/.test(text)) return text;
  const dangerous = DANGER.test(text);
  const timed = text
    .replace(
      HOURS,
      (_, from: string, minutes: string, first: string, to: string, until: string, half: string, day: string | undefined) =>
        `${day ?? ''}${clockRange(from, minutes, first, to, until, half)}`,
    )
    .replace(HOUR_THEN_DAY, (_, clock: string, _h: string, _m: string, _half: string, day: string) => `${day} ${clock}`)
    .replace(WEEK_AND_DAY, (_, before: string | undefined, after: string | undefined) => `next ${before ?? after ?? ''}`)
    .replace(BARE_HOURS, (_, from: string, to: string) => `${from}点到${to}点`)
    .replace(BOUND_NOON, (_, bound: string) => `中午12点${boundWord(bound)}`)
    .replace(BOUND_DAY, (_, bound: string, day: string) => `${day}${boundWord(bound)}`)
    .replace(BOUND, (_, bound: string, hour: string, minute: string, half: string) => {
      return `${clockWord(hour, minute, half)}${boundWord(bound)}`;
    })
    .replace(BOUND_BARE, (_, bound: string, hour: string) => `${hour}点${boundWord(bound)}`)
    .replace(AT, (_, hour: string, minute: string, half: string) => clockWord(hour, minute, half))
    .replace(AT_BARE, (_, hour: string) => `${hour}点`)
    .replace(DATE, (whole, month: string, day: string, dayBefore: string, monthAfter: string, year: string) =>
      dateWord(whole, month ?? monthAfter, day ?? dayBefore, year),
    )
    .replace(MONTH_OF_YEAR, (_, month: string, year: string) => `${year}年${indexIn(MONTH_NAMES, month)}月`)
    .replace(THE_DAY, (_, day: string) => `${day}号`);
  const words = [...TIME_WORDS, ...(dangerous ? [] : FAULT_WORDS), ...DEVICE_WORDS].reduce(
    (kept, [pattern, chinese]) => kept.replace(pattern, chinese),
    timed,
  );
  const chinese = words
    .replace(WEEKDAY, (_, which: string | undefined, name: string) => weekdayWord(which, name))
    .replace(BETWEEN_TIMES, '或者')
    .replace(NOT_DEVICE, '不是');
  // In a Chinese sentence the spaces are the customer's own: 彭佳怡 型号CXW-258.
  return HAN.test(text) ? chinese : chinese.replace(BETWEEN_CHINESE, '');
}

function clockRange(from: string, minutes: string, first: string, to: string, until: string, half: string): string {
  const sameHalf = first ?? (Number(from) % 12 > Number(to) % 12 ? opposite(half) : half);
  return `${clockWord(from, minutes, sameHalf)}到${clockWord(to, until, half)}`;
}

function clockWord(hour: string, minute: string | undefined, half: string): string {
  return `${partOf(Number(hour), half)}${hour}点${minute && minute !== '00' ? `${minute}分` : ''}`;
}

function partOf(hour: number, half: string): string {
  if (/^a/i.test(half)) return '上午';
  return hour >= EVENING_FROM && hour < 12 ? '晚上' : '下午';
}

function boundWord(bound: string): string {
  return bound.toLowerCase() === 'after' ? '以后' : '之前';
}

function opposite(half: string): string {
  return /^a/i.test(half) ? 'pm' : 'am';
}

function weekdayWord(which: string | undefined, name: string): string {
  const week = which?.trim().toLowerCase() === 'next' ? '下周' : which?.trim().toLowerCase() === 'this' ? '这周' : '周';
  return `${week}${'一二三四五六日'[indexIn(WEEKDAY_NAMES, name) - 1] ?? ''}`;
}

/** May 2024 is a month, not the 20th of May. */
function dateWord(whole: string, month: string, day: string, year: string | undefined): string {
  const number = Number(day);
  return number < 1 || number > 31 ? whole : `${year ? `${year}年` : ''}${indexIn(MONTH_NAMES, month)}月${number}号`;
}

/** From 1. */
function indexIn(names: readonly string[], name: string): number {
  return names.indexOf(name.slice(0, 3).toLowerCase()) + 1;
}
