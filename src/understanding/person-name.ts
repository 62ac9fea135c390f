/** The customer's name as written: 李雷, 王女士, 王. Unasked only after 我叫, 姓 or beside a title that is the customer's own. */

import { areasAt } from './area.ts';
import { MASKED, MASKS, mask, type Taken } from './mask.ts';
import type { Expected } from './understood.ts';

/** As a pattern: 欧阳, 王. */
export const SURNAMES =
  '(?:欧阳|司马|上官|诸葛|东方|皇甫|尉迟|公孙|慕容|令狐|夏侯|司徒|[赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方俞任袁柳酆鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄和穆萧肖尹姚邵湛汪祁毛禹狄米贝明臧计伏成戴谈宋茅庞熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯管卢莫经房裘缪干解应宗丁宣邓郁单杭洪包诸左石崔吉钮龚程嵇邢滑裴陆荣翁荀羊甄曲家封芮储靳松井段富巫乌焦巴弓牧隗山谷车侯宓蓬全班仰仲伊宫宁仇栾暴甘厉戎祖武符刘景詹束龙叶幸司韶黎薄印宿白怀蒲台从鄂索咸籍赖卓蔺屠蒙池乔阴胥能苍双闻莘党翟谭贡劳逄姬申扶堵冉宰郦雍桑桂牛寿通边扈燕冀尚农温别庄晏柴瞿阎充慕连茹习艾鱼容向古易慎戈廖庾终暨居衡鄢阚晋亓逯郗步都耿满弘匡国文寇广东沃利师巩厍聂晁勾敖融冷辛那简饶空曾毋沙乜养鞠须丰巢关荆付闫覃佘冼粟敖肖代游权盖后涂佟岳仝])';
const TITLE = '(?:先生|女士|小姐|太太|阿姨|大姐|大哥|老师|同志|叔叔|奶奶|爷爷|阿[公婆爷嬷妈爸]|外[公婆]|姥[爷姥]|大爷|大妈|姐|哥|生|总)';
const HAN = '[\\u4e00-\\u9fa5]';
const NOT_GIVEN = '(?!孙子|孙女|师傅|工程师|电话|手机|地址|型号|今天|明天|后天|家|的|是|在|要|想|不|客服|号码)';
/** 联系人改成唐先生, 称呼改一下,叫吴女士, 联系人改我老公名字,郑伟: the name another one makes way for. */
const CHANGED = new RegExp(
  `(?:联系人|称呼|名字|姓名)(?:给我)?(?:改|换)(?:成|为|到|叫|作|一?下)?(?:我(?:老公|老婆|妈妈?|爸爸?|爱人|儿子|女儿)的?(?:名字)?)?[,,。 ]*(?:是|叫|:)*\\s*(${SURNAMES}${HAN}{0,2}${TITLE}|${SURNAMES}${HAN}{0,2}?)(?=吧|就行|[,,。;!? ${MASKED}]|$)`,
);
const SELF = new RegExp(
  `(?:(?<!给)我(?:的名字)?(?:是)?叫(?!个|一|孙[子女]|儿子|女儿|老[公婆]|人|师傅|你)|名字(?:是|叫|:)|姓名(?:是|:)?|(?:联系人|报修人|下单人|机主|户主)(?:是|:|叫|写)*(?!工|写|我|改|换|不|错|的|就|要)|(?<=[,, \\uE001-\\uE0FF])叫(?=${SURNAMES}${HAN}{1,2}(?:[,,。;!? ]|$))|称呼(?:是|:)|收件人(?:是|:)?)\\s*(${SURNAMES}${NOT_GIVEN}${HAN}{0,3}?${TITLE}?|(?![我你他她])${HAN}{2,4}?|[A-Za-z][A-Za-z .]{1,20})(?=就行|就好|就得|即可|吧|不是|[,,。;!? ${MASKED}]|$|电话|手机|地址|型号|住)`,
);
const RELATION =
  '(?:[他她]|老公|老婆|爱人|媳妇|老伴|妈妈?|爸爸?|儿子|女儿|[姐哥弟妹]{1,2}|奶奶|爷爷|阿[公婆爷嬷妈爸]|外[公婆]|姥[爷姥]|婆婆|公公|岳[父母]|家属|户主|房东|租客|室友|同事|邻居)';
const NAME_END = `(?=吧|就[得行好可]|好[了勒嘞啦]|得了|即可|登记|型号|电话|手机|地址|[,,。;!? ${MASKED}]|$)`;
/** Asked for the name: 他叫于洋, 我爸李建国, 就写我老公,陈建国. */
const OF_ANOTHER = new RegExp(
  `(?:${RELATION}(?:的(?:名字|吧)?|名字)?|(?<![人老错])(?:写|填|登记|记|留|报)(?:成|上|个|一下)?(?![成上个]))(?:吧|的)?[,,: ]{0,2}(?:是|叫)?(${SURNAMES}${HAN}{0,2}${TITLE}|${SURNAMES}${HAN}{1,2}?)${NAME_END}`,
);
/** 小林, 阿强, 叫老王. */
const NICKNAME = new RegExp(
  `(?:^|[,,。 你您就])(?:叫我?|喊我|称呼我|我[是系])?((?!老(?:师|乡|公|板|是|时)|小(?:时|米|区|孩|车|鱼)|阿姨)(?:[小老]${SURNAMES}|阿${HAN}))(?=吧|就[得行好可]|好了|得|[,,。!]|$)`,
);
/** 扎西顿珠, 古丽娜尔: names of peoples that have no surname. */
const WITHOUT_SURNAME = new RegExp(
  `(?:^|[,,。 是叫])((?:扎西|卓玛|次仁|达瓦|尼玛|格桑|多吉|旦增|丹增|索朗|巴桑|白玛|央金|仁青|古丽|阿依|买买提|艾合|热依|努尔|阿不都|阿卜杜|麦麦提|迪丽|乌云|其其格|巴特|格日|斯琴|萨日|娜仁|布和|苏日|哈斯|那木)${HAN}{1,6}?|(?:扎西|卓玛|次仁|达瓦|尼玛|格桑|多吉|旦增|丹增|索朗|巴桑|央金|仁青|古丽|其其格|娜仁|乌云))${NAME_END}`,
);
/** 阿依古丽·买买提 */
const DOTTED = new RegExp(`(${HAN}{2,8}[·•・‧]${HAN}{2,8}(?:[·•・‧]${HAN}{2,8})?)`);
/** 弓长张, 草头黄: how a surname is written. */
const RADICAL =
  '弓长|立早|木子|耳东|口天|双口|双木|言午|古月|草头|禾呈|木易|双人|走肖|十八子|三点水|工口|美女|千里|西早|女良|卯金刀|文刀|门耳|田心|山今|言身寸|三横|干钩';
const RADICALS = new RegExp(`(?:${RADICAL})(?=${SURNAMES})`, 'g');
/** 弓长张,不是立早章,张敏仪 */
const SPELT_THEN_ALL = new RegExp(`(?:${RADICAL})(${SURNAMES}).{0,12}?[,,。 ${MASKED}](\\1${HAN}{1,2})${NAME_END}`);
/** 姓付,付钱的付: and what it is the same as. */
const SAME_AS = new RegExp(`(姓(${SURNAMES}))([,, ]{0,2}${HAN}{1,4}的\\2)`, 'g');
/** 张伟,不对,是章伟 */
const INSTEAD = new RegExp(`(?:不对|错了|不是)[,,。 ]*(?:应该)?(?:是|叫)(${SURNAMES}${HAN}{1,2})${NAME_END}`);
const CALL_ME = new RegExp(
  `(?:叫|喊|称呼)我((?:小|老|阿)?${SURNAMES}${HAN}{0,2}?${TITLE}?)(?=就行|就好|就可以|就得|得了|好了|即可|吧|[,,。!; ]|$)`,
);
/** 解放军是我本名; 我阿芬. */
const OWN_NAME = new RegExp(
  `(${SURNAMES}${HAN}{1,2})就?是我的?(?:本名|真名|大名|全名|名字)|(?:^|[,,。;! ${MASKED}])(?:我|这里)(?:是|叫)?(阿(?!姨|公|婆|爷|嬷|妈|爸|拉|里)${HAN})(?=[,,。;! ${MASKED}]|$)`,
);
/** 姓陈,陈志强: the surname first, then all of it. */
const SURNAME_THEN_ALL = new RegExp(
  `姓[${MASKED}]{0,3}(${SURNAMES})(?:不姓${HAN})?(?:的)?[,,。;、 ${MASKED}]*(?:我?(?:全名|全称|大名|名字|本名)?(?:就?(?:叫|喊|称呼|是))?我?)?((?:\\1)${HAN}{1,2}?)(?=就[得行好可]|即可|吧|型号|电话|手机|地址|[,,。;!? ${MASKED}]|$)`,
);
/** 姓高,单字一个兴 */
const SINGLE_CHARACTER = new RegExp(`姓(${SURNAMES})[,,。 ]*(?:单名|单字|名字?)(?:是|为|叫)?(?:一个|个)?单?字?(${HAN})(?=字|[,,。!? ]|$)`);
/** 谢天,谢谢的谢; 停云,就姓停: a name and how it is written. */
const SPELT_OUT = new RegExp(`^(?:我?(?:叫|是))?(${HAN}{2,4})[,,。 ]+(?:.*姓(${HAN})|${HAN}{1,4}的(${HAN}))`);
/** 不是李雷,是李蕾: what stands in the place of a name taken back. */
const CORRECTED = new RegExp(`\\uE0FF{4,8}(${SURNAMES}${HAN}{1,2})(?=[,,。;!? ]|$)`);
const SURNAME_ONLY = new RegExp(
  `(?:免贵|我|本人|敝)?姓(?:氏)?(?:是|:)?[\\s${MASKED}]*(${SURNAMES})(?!名|的(?:那|这|小|师|工|女|男|老|人|客|经|大|同|姑|阿|叔))`,
);
const I_AM = new RegExp(
  `(?:我[是系]|这里是|本人|您好,?我)\\s*(${SURNAMES}${HAN}{0,2}${TITLE}|${SURNAMES}${HAN}{1,2}(?=[,,。;!? ${MASKED}]|$))`,
);
const TITLED = new RegExp(`(?<!${HAN})(${SURNAMES}${HAN}{0,2}?${TITLE})(?!傅|${HAN}{3})`);
const PLAIN = new RegExp(`(?:^|[,,。;: ${MASKED}])(${SURNAMES}${HAN}{1,3}|${SURNAMES})(?=[,,。;!?吧啊呢 ${MASKED}]|$)`);
const AFTER_OWN_DATA = new RegExp(`[\\uE001\\uE006][,,。 ]*(${SURNAMES}${HAN}{1,3})(?=[,,。;!? ${MASKED}]|$)`, 'g');
/** Anna Schmidt, Mr. Wang; where it is plainly a name also li wei. */
const ENGLISH_NAME = "(?:(?:Mr|Mrs|Ms|Miss)\\.? ?)?[A-Za-z][A-Za-z'-]*(?: [A-Za-z][A-Za-z'-]+){0,2}?";
const ENGLISH_END = `(?= ?(?:[,.;!?${MASKED}]|$)| (?:and|speaking|here|please|thanks|my|phone|number|model|the) ?)`;
const NAMED_IN_ENGLISH = new RegExp(`\\b(?:(?:my|the) name(?: is|'s|:)|call me) (${ENGLISH_NAME})${ENGLISH_END}`, 'i');
const I_AM_IN_ENGLISH = new RegExp(
  `(?:^|[,.;!?] ?)(?:[Ii]'?m|[Ii] am|[Tt]his is|[Ii]t'?s|[Nn]ame:) ((?=[A-Z])${ENGLISH_NAME})${ENGLISH_END}`,
);
const BARE_IN_ENGLISH =
  /(?:^|[,,。] ?)((?:(?:Mr|Mrs|Ms|Miss)\.? ?)?[A-Z][a-z]+(?: [A-Z][a-z]+){0,2})(?= ?(?:[,,。.!;吧\uE001-\uE0FF]|$)| model)/;
const NOT_ENGLISH_NAMES =
  /^(?:yes|no|ok|okay|sure|hello|hi|hey|thanks?|please|my|the|it|this|that|what|why|how|who|when|where|sorry|skip|good|correct|right|wait|none|nothing|never|not|do|can|could|an?|model|monday|tuesday|wednesday|thursday|friday|saturday|sunday|unknown)\b/i;
/** Two to four characters that start like a surname but answer something else. */
const NOT_NAMES =
  /^(?:周[末一二三四五六日天](?![\u4e00-\u9fa5]$)|不|没|好|是|对|嗯|行|可|谢(?:谢|了|啦)|明天|今天|后天|上午|下午|算了|先|空调|冰箱|洗|电|热水|师傅|安装|保修|时间|时候|和|都|应该|能|后|那|须|家里|双|方[便能可才]|安全|简单|空|东西|明白|知道|再见|台|别|满意|养|都行|随|马上|取|转|投|要|改|何时|麻烦|万一|金额|文字|石头|包修|包括|白[天色]|房[东客主租子]|孙[子女]|乐意|终于|通过|马桶|人工|跳过|师|家|谢绝|高峰|曾经|居然|毕竟|付[款钱费了过]|代[办理付收]|全部|成功|松下|海|格力|美|华凌|小米|康佳|史密斯|索尼|东芝)/;
/** Surnames that are rather another word where nobody asked for a name. */
const RATHER_WORDS =
  /^(?:计划|解决|全|关|单|成|平时|通|国|向|高|常|古|管|车|连|强|费|查|支|从|温|冷|经|时|水|于|何|干|广|易|江|应|米|游|利|路|计|花|充|解|项|明|景|祝|宁|房|尚|暂|幸|荣|万)/;
/** Words of two characters and more that start with such a surname. */
const ORDINARY_WORDS =
  /^(?:全(?:[都是身新天自不坏屋国机没程套]|$)|关[机门了不于系掉上闭键着心注]|单[子位独个元号据开门]|成[了不交都吧啊]|平时|通[电知常风话网不了水气用道宵州]|国[家庆产美内外]|向[前着外下上你您我]|高(?:兴(?:$|[的地了死啊])|[清级端温压层低楼度铁峰价高的])|常[常用见规年温开坏]|古[怪老董代]|管[用理子道线他她你它不]|车[子库上里位间牌门]|连[接不着续网上个电都我]|强[烈制电行力大调]|费[用电水劲事心时]|查[一下询不看到过查个了保进]|支[付持架出]|从[来前没昨今上那早开不我这]|温[度水热控差的馨暖]|冷[冻藏气风水凝媒却的了热不死柜库]|经[常过理济用]|时[间候不好常有灵而]|水[管箱压温龙电泵槽流费质都是有太不漏一还阀垢路]|于是|何[况必处人种以苦事不]|干[嘛什净脆活吗了不洗燥衣着啥掉烧]|广[东州告场西]|易[拉坏损燃]|江[苏西北东南宁门夏阴边湖岸汉津]|应[付急答用有是]|米[饭粥家色白的]|游[戏泳客玩走]|利[用息索害益]|路[上由口边过远线费不]|计[划算时费价较]|花(?:[了屏钱园多费洒时半几点]|$)|充[电不值满足氟一上]|解[决释除锁约开不冻]|项目|明(?:[天白早晚年日显明儿后确上下]|$)|景[区观色点]|祝[你您好福愿大]|宁[可愿波夏德]|房[子间东屋门里号租顶价]|尚[未且不可有]|暂|幸[好亏福苦运会]|荣[耀誉幸]|万[和家元分能不达块的])/;
const PLACE_ENDS = /^.{2,}(?:[省市区县]|街道)$|^.{3,}[镇乡村路街巷]$/;
const VILLAGE_ENDS = /^.{2,}[镇乡村路街巷]$/;
/** Of a surname that is a word as well, and what is given with it. */
const NAME_CHARACTERS_MAX = 3;

/** As written, or null when no name is stated. */
export function readPersonName(said: string, expects: Expected | null): Taken<string | null> {
  const asked = expects === 'name';
  const text = withoutSpelling(said);
  const all = SURNAME_THEN_ALL.exec(text)?.[2];
  const spelt = SPELT_THEN_ALL.exec(said)?.[2];
  if (spelt) return { value: spelt, rest: mask(said, said.lastIndexOf(spelt), said.lastIndexOf(spelt) + spelt.length, 'name') };
  if (all) return { value: all, rest: mask(said, text.indexOf(all), text.indexOf(all) + all.length, 'name') };
  const single = SINGLE_CHARACTER.exec(text);
  if (single) return { value: `${single[1]}${single[2]}`, rest: mask(said, single.index, single.index + single[0].length, 'name') };
  const match =
    CHANGED.exec(text) ??
    SELF.exec(text) ??
    saidInEnglish(text, asked) ??
    (asked ? (DOTTED.exec(text) ?? WITHOUT_SURNAME.exec(text) ?? INSTEAD.exec(text) ?? OF_ANOTHER.exec(text)) : null) ??
    CALL_ME.exec(text) ??
    OWN_NAME.exec(text) ??
    iAm(text) ??
    SURNAME_ONLY.exec(text) ??
    (asked || hasOwnData(text) ? TITLED.exec(text) : null) ??
    (asked ? (NICKNAME.exec(text) ?? speltOut(text) ?? plain(text)) : (corrected(text) ?? beside(text)));
  const name = (match?.[1] ?? match?.[2])?.trim();
  if (!match || !name) return { value: null, rest: said };
  const from = match.index + match[0].lastIndexOf(name);
  return { value: name, rest: mask(said, from, from + name.length, 'name') };
}

/** The text with how a surname is written masked. Keeps the length. */
function withoutSpelling(text: string): string {
  return text
    .replace(RADICALS, (radical) => MASKS.blank.repeat(radical.length))
    .replace(SAME_AS, (_, named: string, _surname: string, spelling: string) => named + MASKS.blank.repeat(spelling.length));
}

/** 我是李雷, but not 我是房东. */
function iAm(text: string): RegExpExecArray | null {
  const match = I_AM.exec(text);
  return match?.[1] && !NOT_NAMES.test(match[1]) && !ORDINARY_WORDS.test(match[1]) && !isPlaceBeside(match[1]) ? match : null;
}

/** My name is Anna Schmidt at any time, I'm Anna only as the answer to the question. */
function saidInEnglish(text: string, asked: boolean): RegExpExecArray | null {
  const match = NAMED_IN_ENGLISH.exec(text) ?? (asked ? I_AM_IN_ENGLISH.exec(text) : null);
  return match?.[1] && !NOT_ENGLISH_NAMES.test(match[1]) ? match : null;
}

/** Whether what was said to the question for a name is one: 高浩然 is, 高温报警 is not. */
function mayBeName(said: string): boolean {
  return (
    !NOT_NAMES.test(said) &&
    !ORDINARY_WORDS.test(said) &&
    !isPlace(said) &&
    (!RATHER_WORDS.test(said) || said.length <= NAME_CHARACTERS_MAX)
  );
}

/** 唐山市, 黄圃镇, 东方红路; 宁波 and 李镇 may well be somebody's name. */
function isPlace(said: string): boolean {
  return namesArea(said, false) || PLACE_ENDS.test(said);
}

/** Where nobody asked for a name 宁波 is the city and 张家村 a village. */
function isPlaceBeside(said: string): boolean {
  return isPlace(said) || namesArea(said, true) || VILLAGE_ENDS.test(said);
}

/** Whether it is all of an area's name; of the short ones only those of provinces and cities. */
function namesArea(said: string, short: boolean): boolean {
  const found = areasAt(said, 0);
  return found?.end === said.length && found.readings.some((it) => !it.isShort || (short && it.kind !== 'district'));
}

function isRatherWord(said: string): boolean {
  return NOT_NAMES.test(said) || RATHER_WORDS.test(said);
}

/** 李,李晓明: after the surname alone all of it. */
function wholeName(surname: RegExpExecArray, text: string): RegExpExecArray | null {
  if (surname[1]?.length !== 1) return null;
  return new RegExp(`(?<=[,,。 ${MASKED}])(${surname[1]}${HAN}{1,2})${NAME_END}`).exec(text);
}

function speltOut(text: string): RegExpExecArray | null {
  const match = SPELT_OUT.exec(text);
  const explained = match?.[2] ?? match?.[3];
  return match?.[1] && explained && match[1].includes(explained) ? match : null;
}

function corrected(text: string): RegExpExecArray | null {
  const match = CORRECTED.exec(text);
  return match?.[1] && !isRatherWord(match[1]) ? match : null;
}

function plain(text: string): RegExpExecArray | null {
  const match = PLAIN.exec(text);
  if (match?.[1] && mayBeName(match[1])) return wholeName(match, text) ?? match;
  const english = BARE_IN_ENGLISH.exec(text);
  if (english?.[1] && !NOT_ENGLISH_NAMES.test(english[1])) return english;
  const whole = /^(?:我?(?:叫|是)?)([\u4e00-\u9fa5]{2,4})[吧啊。!]*$/.exec(text.trim());
  return whole?.[1] && mayBeName(whole[1]) && new RegExp(`^${SURNAMES}`).test(whole[1]) ? whole : null;
}

/** A name that stands between commas beside a phone or an address: 李雷,13800138000; 空调漏水,13800138000,李雷. */
function beside(text: string): RegExpExecArray | null {
  if (!hasOwnData(text)) return null;
  const first = PLAIN.exec(text);
  const after = [...text.matchAll(AFTER_OWN_DATA)].find((match) => isNameBeside(match[1]));
  return first && isNameBeside(first[1]) ? first : (after ?? null);
}

function isNameBeside(said: string | undefined): boolean {
  return (
    said !== undefined &&
    said.length >= 2 &&
    mayBeName(said) &&
    !isPlaceBeside(said) &&
    (!RATHER_WORDS.test(said) || (said.length === NAME_CHARACTERS_MAX && /^[何江高万向温于易关管常]/.test(said)))
  );
}

/** A phone or an address beside it makes a title the customer's own; 你们王师傅 never is. */
function hasOwnData(text: string): boolean {
  return /[\uE001\uE006]/.test(text);
}
