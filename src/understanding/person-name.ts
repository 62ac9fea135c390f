/** The customer's name as written: 李雷, 王女士, 王. Unasked only after 我叫, 姓 or beside a title that is the customer's own. */

import { MASKED, mask, type Taken } from './mask.ts';
import type { Expected } from './understood.ts';

/** As a pattern: 欧阳, 王. */
export const SURNAMES =
  '(?:欧阳|司马|上官|诸葛|东方|皇甫|尉迟|公孙|慕容|令狐|夏侯|司徒|[赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方俞任袁柳酆鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄和穆萧肖尹姚邵湛汪祁毛禹狄米贝明臧计伏成戴谈宋茅庞熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯管卢莫经房裘缪干解应宗丁宣邓郁单杭洪包诸左石崔吉钮龚程嵇邢滑裴陆荣翁荀羊甄曲家封芮储靳松井段富巫乌焦巴弓牧隗山谷车侯宓蓬全班仰仲伊宫宁仇栾暴甘厉戎祖武符刘景詹束龙叶幸司韶黎薄印宿白怀蒲台从鄂索咸籍赖卓蔺屠蒙池乔阴胥能苍双闻莘党翟谭贡劳逄姬申扶堵冉宰郦雍桑桂牛寿通边扈燕冀尚农温别庄晏柴瞿阎充慕连茹习艾鱼容向古易慎戈廖庾终暨居衡步都耿满弘匡国文寇广东沃利师巩厍聂晁勾敖融冷辛那简饶空曾毋沙乜养鞠须丰巢关荆游权盖后涂佟岳仝])';
const TITLE = '(?:先生|女士|小姐|太太|阿姨|大姐|大哥|老师|同志|叔叔|奶奶|爷爷|大爷|大妈|姐|哥|生|总)';
const HAN = '[\\u4e00-\\u9fa5]';
const NOT_GIVEN = '(?!师傅|工程师|电话|手机|地址|型号|今天|明天|后天|家|的|是|在|要|想|不|客服|号码)';
const SELF = new RegExp(
  `(?:我(?:的名字)?(?:是)?叫|名字(?:是|叫|:)|姓名(?:是|:)?|联系人(?:是|:|叫|写)?|称呼(?:是|:)|收件人(?:是|:)?)\\s*(${SURNAMES}${NOT_GIVEN}${HAN}{0,3}?${TITLE}?|${HAN}{2,4}?|[A-Za-z][A-Za-z .]{1,20})(?=就行|就好|即可|吧|[,,。;!? ${MASKED}]|$|电话|手机|地址|住)`,
);
const CALL_ME = new RegExp(`叫我((?:小|老|阿)?${SURNAMES}${HAN}{0,2}?${TITLE}?)(?=就行|就好|就可以|即可|吧|$)`);
const SURNAME_ONLY = new RegExp(`(?:免贵|我|本人|敝)?姓(?:氏)?(?:是|:)?\\s*(${SURNAMES})(?!名)`);
const I_AM = new RegExp(
  `(?:我是|这里是|本人|您好,?我)\\s*(${SURNAMES}${HAN}{0,2}${TITLE}|${SURNAMES}${HAN}{1,2}(?=[,,。;!? ${MASKED}]|$))`,
);
const TITLED = new RegExp(`(?<!${HAN})(${SURNAMES}${HAN}{0,2}?${TITLE})(?!傅|${HAN}{3})`);
const PLAIN = new RegExp(`(?:^|[,,。;: ${MASKED}])(${SURNAMES}${HAN}{1,3}|${SURNAMES})(?=[,,。;!?吧啊呢 ${MASKED}]|$)`);
const ENGLISH = /(?:^|[,, ])((?:Mr|Mrs|Ms|Miss)\.? ?[A-Z][a-z]+|[A-Z][a-z]+(?: [A-Z][a-z]+){0,2})(?=[,,。 ]|$)/;
/** Two to four characters that start like a surname but answer something else. */
const NOT_NAMES =
  /^(?:不|没|好|是|对|嗯|行|可|谢|明天|今天|后天|上午|下午|算了|先|空调|冰箱|洗|电|热水|师傅|安装|保修|时间|时候|和|都|计划|应该|能|解决|全|关|单|成|平时|后|通|那|须|国|向|高|常|古|管|家里|双|方便|安全|车|连|强|简单|空|东西|明白|知道|再见|费|查|台|支|别|从|满意|温|冷|养|经|都行|随|马上|取|转|投|要|改|时|水|何时|于|何|麻烦|干|万一|金额|文字|广|石头|包修|包括|乐意|易|终于|通过|马桶|江|应|米|游|人工|跳过|师|家|曾经|居然|毕竟|利|路|计|花|全部|充|解|项|成功|明|景|祝|宁|房|尚|暂|幸|景|松下|海|格力|美|华凌|小米|康佳|荣|万|史密斯|索尼|东芝)/;

/** As written, or null when no name is stated. */
export function readPersonName(text: string, expects: Expected | null): Taken<string | null> {
  const asked = expects === 'name';
  const match =
    SELF.exec(text) ??
    CALL_ME.exec(text) ??
    I_AM.exec(text) ??
    SURNAME_ONLY.exec(text) ??
    (asked || hasOwnData(text) ? TITLED.exec(text) : null) ??
    (asked ? plain(text) : beside(text));
  const name = match?.[1]?.trim();
  if (!match || !name) return { value: null, rest: text };
  const from = match.index + match[0].lastIndexOf(name);
  return { value: name, rest: mask(text, from, from + name.length, 'name') };
}

function plain(text: string): RegExpExecArray | null {
  for (const pattern of [PLAIN, ENGLISH]) {
    const match = pattern.exec(text);
    if (match?.[1] && !NOT_NAMES.test(match[1])) return match;
  }
  const whole = /^(?:我?(?:叫|是)?)([\u4e00-\u9fa5]{2,4})[吧啊。!]*$/.exec(text.trim());
  return whole?.[1] && !NOT_NAMES.test(whole[1]) && new RegExp(`^${SURNAMES}`).test(whole[1]) ? whole : null;
}

/** A name that stands between commas beside a phone or an address: 李雷,13800138000. */
function beside(text: string): RegExpExecArray | null {
  const match = hasOwnData(text) ? PLAIN.exec(text) : null;
  return match?.[1] && match[1].length >= 2 && !NOT_NAMES.test(match[1]) ? match : null;
}

/** A phone or an address beside it makes a title the customer's own; 你们王师傅 never is. */
function hasOwnData(text: string): boolean {
  return /[\uE001\uE006]/.test(text);
}
