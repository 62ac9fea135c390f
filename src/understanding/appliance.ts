/**
 * The home devices a customer names, in order, with a drum/wall/floor subtype. The longest word wins; a device we do not
 * repair is `other`, and words that only contain a device's name (电视剧) are none.
 */
import type { Appliance } from '../domain/appliance.ts';
import { describedAppliance } from './appliance-described.ts';
import { APPLIANCE_BY_WORD } from './appliance-words.ts';
import { mask, maskAll, type Taken } from './mask.ts';
import type { Expected, Subtype } from './understood.ts';

/** A single 灶 or 洗碗 is a device only without these around it. */
const NOT_DEVICES =
  /(?<=一|滴在|溅到)灶台|灶台面|电视(?:剧|台|柜|墙|节目|购物|上(?:看|说)|里(?:说|放)|直播|会员)|冰箱贴|空调(?:被|房|费|病|衫)|手机(?=[\uE001\d: ,,是])|手机(?:号码?|尾号|打不通|没电|关机|里|上|看|短信|收|转|支付|通知|验证|App|app|查|操作|下单|在线|联系|和)|(?:我的?|留|打|换|个|用|联系)手机(?!坏|屏)|电脑(?:上|看|里)|洗碗(?!机|柜)|灶(?=王|神)|一键投影|火山灶|灯火|插座(?=进|冒|有|打|漏|烧|着|里|旁|上|那|都|没|烫|发|短|被)|监控(?=室|拍)|新风口|(?:音响|音箱|电视|电脑|手机|路由器)线|水龙头(?=有电|麻|带电|漏电|关|拧)|热水器?管|门锁(?=死|住|着|上|不)|(?<=(?:外机|内机|空调|冰箱|电脑|主机|热水器|散热|烤箱|灶|投影仪|微波炉)(?:里面?|上面?)?的?(?:那个)?)风扇/g;
const SUBTYPES: readonly (readonly [RegExp, Subtype])[] = [
  [/滚筒/, 'drum'],
  [/挂机|壁挂(?!炉)|挂式|挂壁/, 'wall'],
  [/柜机|立式|立柜|柜式|圆柱空调/, 'floor'],
  [/波轮|中央空调|风管机|天花机|窗机|移动空调|双缸|多联机/, 'other'],
];

const ANY_WORD = [...APPLIANCE_BY_WORD.keys()].sort((a, b) => b.length - a.length).join('|');
const WORD = new RegExp(ANY_WORD, 'g');
/** Things about a house that are named in passing; a device only when they are what is wrong. */
const IN_PASSING =
  /^(?:插座|鱼缸|外机|室外机|音响|门锁|水龙头|监控|手机|摄像头|电脑|路由器|音箱|电灯|台灯|吊灯|电子锁|密码锁|指纹锁|门铃)$/;
const IS_WRONG =
  /^(?:[^,,。;!?]{0,7}(?:能|可以|给)修|[^,,。;!?]{0,4}(?:坏|修|不[亮转响灵能通出开动制]|没(?:反应|电|声)|打不开|卡|死机|黑屏|碎|裂|换|装|漏))/;
/** 外机响, but 插座响 is a danger. */
const IS_LOUD = /^[^,,。;!?]{0,4}(?:响|声|噪音|吵|震|结[冰霜]|滴)/;
const TO_MEND = /(?:修|装|换|维修|安装)(?:一?下|个|台|一个)?(?:我的?|我家的?)?$/;
/** 冷柜旁边那个微波炉: the first says where the second stands; 空调改成冰箱: it makes way for it. */
const GIVES_WAY = new RegExp(
  `^的?(?:[上顶][面边头])的?(?:抽|吸|排)油?烟|^的?(?:旁边|隔壁|边上|对面)(?:的|那)|^的?(?:旁边|隔壁|边上|对面|[上下左右前后][面边头]|顶上|底下|附近|里面?)(?:放着?|那里|那边)?的?那?[个台部]?[大小新旧老]?(?=${ANY_WORD})|^的?[改换](?:成|为|作)[个台]?(?=${ANY_WORD})`,
);
/** 冰箱先不修, 空调好好的: of several devices not this one. */
const IS_WELL =
  /^(?:倒|都|也|已经|是|就|那边|那台|上次|上回|之前|前面)*(?:挡|了结|没毛病|修过了|没问题|没事|没坏|没[有]?[开用动]|没插|关着|好好的|正常|好着|先不|不用修|不用管|不修了|修好了?|弄好了?|好了(?!吗))/;
const IS_OTHERWISE =
  /(?:(?<!是)不是(?:那?[个台]|说|修)?|(?:上次|上回|之前|以前|上个月|去年|上周|上礼拜|昨天)[^,,。;!?]{0,6}(?:修|装|买|约|报|洗)[过的了]?(?:是)?(?:那?[台个])?|(?:上次|上回|之前|以前)(?:报|修|说)?的?是|(?:上次|上回|上周|上礼拜|上星期|上个月)[^,,。;!?]{0,12}的?那[台个]|(?:修|装|洗)(?:完了?|好了?)|(?:踩|站|坐|蹲)(?:着|在|到|上)?(?:我家?|我们家|人家)?(?:的|那台|那个)?|(?:像|比|如同|跟)(?:开了?)?[个台]?)$/;
/** 跟洗衣机摞一块的, 放冰箱上面: only where something else stands. */
const STANDS_BY = /(?:跟|和|与|放|装|摆|搁|挂|架|靠|挨|贴)(?:在|到|着)?(?:我家?)?的?$/;
const STANDS_BY_AFTER =
  /^的?(?:(?:摞|挨|放|摆|并|连|叠|靠)(?:在|着)?(?:一块|一起|一排|一处|一摞)|(?:上[面头边]?|顶上|旁边?|边上|底下|下[面头边]|后[面头边]|隔壁|对面))/;
/** 像吸尘器一样响. */
const ALIKE = /^(?:似的|一样|那[么样]|还[响吵大冷热])/;
/** 先修油烟机: of several, this one now. */
const FIRST = /先(?:整|修|讲|说|报|弄|看|约|处理)(?:一?下)?(?:那个?|这个?)?$/;
/** At most this many devices are read from one message. */
const APPLIANCES_MAX = 6;

export type NamedAppliances = { readonly appliances: readonly Appliance[]; readonly subtype: Subtype | null };

export function readAppliances(text: string, expects: Expected | null): Taken<NamedAppliances> {
  const readable = maskAll(text, NOT_DEVICES, 'blank');
  const appliances: Appliance[] = [];
  const setAside: Appliance[] = [];
  let rest = text;
  for (const match of readable.matchAll(WORD)) {
    const appliance = APPLIANCE_BY_WORD.get(match[0]);
    const [before, after] = [readable.slice(0, match.index), readable.slice(match.index + match[0].length)];
    const isPassing =
      IN_PASSING.test(match[0]) &&
      expects !== 'appliance' &&
      ((expects !== null && expects !== 'fault') ||
        (!IS_WRONG.test(after) &&
          !(match[0].endsWith('外机') && IS_LOUD.test(after)) &&
          !(TO_MEND.test(before) && !after.startsWith('了'))));
    if (isPassing || GIVES_WAY.test(after) || (STANDS_BY.test(before) && STANDS_BY_AFTER.test(after))) continue;
    if (IN_PASSING.test(match[0]) && appliances.length > 0 && expects !== 'appliance') continue;
    if (appliance && expects === 'appliance' && FIRST.test(before)) appliances.length = 0;
    const isMeant = !IS_WELL.test(after) && !(IS_OTHERWISE.test(before) && (ALIKE.test(after) || !/[像比跟]\S{0,3}$/.test(before)));
    const list = isMeant ? appliances : setAside;
    if (appliance && !list.includes(appliance) && list.length < APPLIANCES_MAX) list.push(appliance);
    rest = mask(rest, match.index, match.index + match[0].length, 'appliance');
  }
  const subtype = SUBTYPES.find(([pattern]) => pattern.test(text))?.[1] ?? null;
  if (appliances.length === 0) appliances.push(...setAside);
  const described = appliances.length === 0 ? describedAppliance(text, expects === 'appliance') : null;
  if (described) appliances.push(described);
  const known = appliances.filter((appliance) => appliance !== 'other');
  const named = known.length > 0 && appliances[0] === 'other' && expects !== 'appliance' ? known : appliances;
  return { value: { appliances: named, subtype: named.length > 0 || expects === 'appliance' ? subtype : null }, rest };
}
