/**
 * How urgent a ticket is. *Hardship* is what makes waiting hard for people although nothing is dangerous: food going
 * off, an infant, somebody old, heat, cold.
 */
import type { Danger } from './danger.ts';
import type { Priority } from './ticket.ts';

export const HARDSHIPS = ['food-thawing', 'infant', 'elderly', 'heat', 'cold'] as const;
export type Hardship = (typeof HARDSHIPS)[number];

/** Danger is urgent, hardship high. */
export function priorityFor(about: { readonly danger: Danger | null; readonly hardship: Hardship | null }): Priority {
  if (about.danger !== null) return 'urgent';
  return about.hardship === null ? 'normal' : 'high';
}

/** The hardship a text tells of, in Chinese (either script) or English; null when it tells of none. */
export function hardshipOf(text: string): Hardship | null {
  const plain = simplified(text.normalize('NFKC').toLowerCase()).replace(NOT_PEOPLE, ' ');
  return HARDSHIPS.find((hardship) => SIGNS[hardship].some((sign) => sign.test(plain))) ?? null;
}

/** Traditional characters of the words below, and their simplified ones in the same order. */
const TRADITIONAL = '熱凍嬰兒壞變質裡裏歲個剛獨爺媽親氣溫發爛魚蝦餃藥齡還寶貝沒癱動難著悶臥幾兩';
const SIMPLIFIED = '热冻婴儿坏变质里里岁个刚独爷妈亲气温发烂鱼虾饺药龄还宝贝没瘫动难着闷卧几两';

function simplified(text: string): string {
  return [...text].map((character) => SIMPLIFIED[TRADITIONAL.indexOf(character)] ?? character).join('');
}

/** Names of things and settings that sound like people or weather. */
const NOT_PEOPLE =
  /宝宝(?:巴士|树|椅|车|洗衣机|衣服|专用|锁|模式|护眼|频道|儿歌)|(?:婴儿|儿童|母婴)(?:洗衣机|车|床|房|椅|专用|锁|模式|衣物?|洗|监视器|版)|老人(?:机|模式|鞋|头)|高温(?:报警|模式|洗|消毒|保护|自洁|杀菌|档|蒸|故障|提示|煮|烘|除菌|警告)|(?:空调|冰箱|冷藏|冷冻室?|水|出风|风|热水器)(?:都|也|有点|就|烧得)?(?:太|不)(?:热|冷)(?:了)?|鱼缸|鱼池|奶锅|奶瓶|奶泡机|菜板|菜刀|水果刀|果汁机|绞肉机|药箱|菜味|child ?lock|baby ?lock|freezer|freezing compartment/gu;

const COUNT = '(?:\\d{1,2}|[一二两三四五六七八九十半几]{1,3})';

const SIGNS: Readonly<Record<Hardship, readonly RegExp[]>> = {
  'food-thawing': [
    /(?:肉|菜|海鲜|鱼|虾|冰淇淋|冰激凌|雪糕|饺子|冻品|冻货|食物|食材|母乳|奶|水果|药|胰岛素|疫苗)[^,。!?;,!?;]{0,8}(?:化(?!霜|妆|肥)|坏|臭|变质|变味|馊|解冻|烂|发酸)/u,
    /(?:东西|冰块?|里面|里头|冷冻)[^,。!?;,!?;]{0,6}(?:都|全|快|要|开始)[^,。!?;,!?;]{0,3}(?:化(?!霜)|馊|臭|变质|解冻)/u,
    /\b(?:food|meat|fish|groceries|insulin|breast ?milk|ice cream|everything)\b[^.!?]{0,40}\b(?:thaw\w*|spoil\w*|melt\w*|rot\w*|defrost\w*|going (?:bad|off)|gone (?:bad|off))/u,
  ],
  infant: [
    /婴儿|新生儿|坐月子|月子里|刚出生|刚满月|没满月|未满月|吃奶的|喝奶的娃/u,
    new RegExp(`${COUNT}个?多?(?:月|天)大?的?(?:宝宝|宝贝|孩子|小孩|娃|孙子|孙女|儿子|女儿)`, 'u'),
    new RegExp(
      `(?:宝宝|宝贝|孩子|小孩|娃娃?|孙子|孙女|儿子|女儿)[^,。!?;,!?;]{0,4}(?:${COUNT}(?:个多?|多)月(?!前|后)|还小|太小|很小|发烧)`,
      'u',
    ),
    /(?:家里?|我们?|有|还有|抱着|带着)[^,。!?;,!?;]{0,6}(?:宝宝|小宝贝|奶娃)/u,
    /(?:宝宝|娃娃?)[^,。!?;,!?;]{0,4}(?:奶粉|等着|洗澡|要喝|要吃|一直哭|热得|冻得)/u,
    /\b(?:new ?born|infant|(?:a|my|our|the|small|little|\w+[- ]old) baby|(?:week|month)s?[- ]old)\b/u,
  ],
  elderly: [
    /(?:老人|老人家|爷爷|奶奶|姥姥|姥爷|外公|外婆|老爷子|老太太|老父亲|老母亲|爸妈?|妈妈?|父亲|母亲|父母|公公|婆婆)[^,。!?;,!?;]{0,8}(?:[六七八九]十|[6-9]\d|一百)[^,。!?;,!?;点号栋块元度年]{0,2}(?:岁|了|多|$)/u,
    /(?:[七八九]十|[7-9]\d)(?:多|几|来)?岁?的?(?:老人|老太太|老爷子|老母亲|老父亲|老妈|老爸|奶奶|爷爷)/u,
    /(?:家里?|家中|有|就|只有|照顾|独居|孤寡|高龄)[^,。!?;,!?;]{0,5}(?:老人|老太太|老爷子)|(?:老人|爸妈?|妈妈?|父母|爷爷|奶奶|姥姥|姥爷)[^,。!?;,!?;]{0,4}(?:一个人|年纪大|岁数大|等着|自己在家|在家|行动不便|身体不好|受不了|卧床|生病)/u,
    /瘫痪在床|卧床不起|行动不便/u,
    /\belderly\b|\b(?:[789]\d)[- ]year[- ]old|\b(?:mother|father|grandmother|grandfather|grandma|grandpa|mom|mum|dad|parents?)\b[^.!?]{0,20}\b[789]\d(?:s|\b)/u,
  ],
  heat: [
    /热[得的]?(?:受不了|不行|睡不着|难受|要命|慌|发昏|死(?!机))|(?:太|好|这么|那么|真|特别)热(?:了|的天|啊|呀|,|,|。|$)|快热(?:晕|死|化)|中暑|热晕|(?:天|屋里|家里|房间里?|室内|晚上)[^,。!?;,!?;]{0,4}热|高温(?:天|预警|橙色|红色|\d|[三四]十|,|,|。|!|$)|闷热|酷暑|桑拿/u,
    /(?:外面|室外|室内|屋里|家里|今天|天气|气温)[^,。!?;,!?;]{0,6}(?:3[4-9]|4\d|三十[四五六七八九]|四十)[^,。!?;,!?;]{0,2}度|(?:3[5-9]|4\d)(?:多)?度的?(?:天|高温)/u,
    /\b(?:heat ?wave|unbearably hot|swelter\w*|boiling in here|heat ?stroke|(?:so|too|really|extremely|very) hot (?:in here|inside|at home|today|to sleep|to bear)|can'?t (?:stand|bear) the heat|the heat is (?:unbearable|killing))\b/u,
  ],
  cold: [
    /冷[得的]?(?:受不了|不行|睡不着|难受|要命|慌|发抖|死(?!机))|冻得?(?:受不了|不行|睡不着|发抖|直?哆嗦|要命|慌|死了?人|感冒)|冻死(?:了|人|我)|(?:天|屋里|家里|房间里?|室内|晚上)[^,。!?;,!?;]{0,4}(?:太|好|这么|那么|真|很|特别)冷|没(?:有)?暖气|(?:外面|室外|气温|今天|屋里|家里|天气)[^,。!?;,!?;]{0,6}零下/u,
    /\b(?:we(?:'re| are) freezing|freezing (?:in here|inside|at home|cold|to death)|below zero|(?:so|too|really|very) cold (?:in here|inside|at home|today|to sleep)|(?:no|without) heating|can'?t (?:stand|bear) the cold)\b/u,
  ],
};
