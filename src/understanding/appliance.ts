/**
 * The home devices a customer names, in order, with a drum/wall/floor subtype. The longest word wins; a device we do not
 * repair is `other`, and words that only contain a device's name (电视剧) are none.
 */
import type { Appliance } from '../domain/appliance.ts';
import { mask, maskAll, type Taken } from './mask.ts';
import type { Expected, Subtype } from './understood.ts';

const WORDS: Readonly<Record<Appliance, readonly string[]>> = {
  air_conditioner: [
    '空调',
    '空调机',
    '中央空调',
    '风管机',
    '天花机',
    '多联机',
    '挂机',
    '柜机',
    '壁挂空调',
    '立式空调',
    '变频空调',
    '空调外机',
    '外机',
    '移动空调',
    '窗机',
    '冷暖空调',
  ],
  dishwasher: ['洗碗机', '洗碗柜', '刷碗机', '水槽洗碗机', '洗碗'],
  dryer: ['烘干机', '干衣机', '烘衣机', '衣服烘干机', '热泵干衣机', '烘干衣机'],
  fridge: ['冰箱', '电冰箱', '冰柜', '冷柜', '冷藏柜', '冷冻柜', '双开门', '对开门', '酒柜', '雪糕柜', '冰吧', '保鲜柜', '大冰箱'],
  gas_stove: [
    '燃气灶',
    '煤气灶',
    '天然气灶',
    '液化气灶',
    '燃气炉',
    '煤气炉',
    '集成灶',
    '灶具',
    '炉灶',
    '灶台',
    '灶头',
    '炉头',
    '炉具',
    '打火灶',
    '猛火灶',
    '灶',
  ],
  microwave: ['微波炉', '微蒸烤', '光波炉', '微烤一体机'],
  range_hood: ['油烟机', '抽油烟机', '吸油烟机', '烟机', '抽烟机', '脱排油烟机', '脱排', '排油烟机', '排烟机'],
  rice_cooker: ['电饭煲', '电饭锅', '电压力锅', '电高压锅', '饭煲', '煮饭锅', '电压力煲', 'IH饭煲'],
  robot_vacuum: ['扫地机器人', '扫地机', '扫拖机器人', '扫拖一体机', '扫拖机', '拖地机器人', '扫地机械人', '机器人扫地'],
  tv: ['电视机', '电视', '智能电视', '液晶电视', '液晶屏电视', '彩电', '平板电视'],
  washer: [
    '洗衣机',
    '滚筒洗衣机',
    '波轮洗衣机',
    '全自动洗衣机',
    '洗烘一体机',
    '洗烘一体',
    '洗烘机',
    '洗烘套装',
    '滚筒',
    '波轮',
    '洗脱机',
    '双缸洗衣机',
  ],
  water_heater: [
    '热水器',
    '电热水器',
    '燃气热水器',
    '煤气热水器',
    '天然气热水器',
    '壁挂炉',
    '太阳能热水器',
    '太阳能',
    '空气能',
    '空气能热水器',
    '即热式热水器',
    '小厨宝',
    '厨宝',
    '热水宝',
    '采暖炉',
    '燃气锅炉',
  ],
  water_purifier: [
    '净水器',
    '净水机',
    '纯水机',
    '净饮机',
    '滤水器',
    '直饮机',
    '厨下净水',
    '反渗透净水器',
    '前置过滤器',
    '软水机',
    '过滤器',
  ],
  fan: ['电风扇', '风扇', '落地扇', '吊扇', '台扇', '循环扇', '塔扇', '电扇', '冷风扇', '空调扇'],
  vacuum: ['吸尘器', '洗地机', '无线吸尘器', '除螨仪', '手持吸尘器'],
  hair_dryer: ['吹风机', '电吹风', '吹风筒', '电吹风机'],
  disinfection_cabinet: ['消毒柜', '消毒碗柜', '碗柜消毒', '消毒机'],
  other: [
    '打印机',
    '投影仪',
    '投影',
    '智能马桶',
    '马桶盖',
    '马桶',
    '空气净化器',
    '加湿器',
    '除湿机',
    '抽湿机',
    '豆浆机',
    '破壁机',
    '榨汁机',
    '咖啡机',
    '电磁炉',
    '电陶炉',
    '烤箱',
    '电烤箱',
    '蒸箱',
    '蒸烤箱',
    '蒸烤一体机',
    '空气炸锅',
    '电水壶',
    '热水壶',
    '烧水壶',
    '电热水壶',
    '养生壶',
    '饮水机',
    '茶吧机',
    '面包机',
    '绞肉机',
    '料理机',
    '电饼铛',
    '电火锅',
    '电炖锅',
    '酸奶机',
    '电热毯',
    '取暖器',
    '电暖气',
    '电暖器',
    '暖风机',
    '油汀',
    '浴霸',
    '排气扇',
    '换气扇',
    '新风机',
    '新风',
    '地暖',
    '智能门锁',
    '门锁',
    '指纹锁',
    '可视门铃',
    '门铃',
    '晾衣架',
    '晾衣机',
    '路由器',
    '电脑',
    '笔记本电脑',
    '平板电脑',
    '手机',
    '音响',
    '音箱',
    '功放',
    '回音壁',
    '按摩椅',
    '按摩器',
    '足浴盆',
    '跑步机',
    '缝纫机',
    '挂烫机',
    '电熨斗',
    '熨斗',
    '扫描仪',
    '监控',
    '摄像头',
    '电动窗帘',
    '垃圾处理器',
    '剃须刀',
    '电动牙刷',
    '冲牙器',
    '美容仪',
    '机顶盒',
    '电动车',
    '电瓶车',
    '灭蚊灯',
    '台灯',
    '电灯',
    '吊灯',
    '插座',
    '净水龙头',
    '水龙头',
    '电蒸锅',
    '电炒锅',
    '暖气片',
    '鱼缸',
    '游戏机',
    '照相机',
    '相机',
  ],
};
/** A single 灶 or 洗碗 is a device only without these around it. */
const NOT_DEVICES =
  /(?<=一|滴在|溅到)灶台|灶台面|电视(?:剧|台|柜|墙|节目|购物|上(?:看|说)|里(?:说|放)|直播|会员)|冰箱贴|空调(?:被|房|费|病|衫)|手机(?=[\uE001\d: ,,是])|手机(?:号码?|尾号|打不通|没电|关机|里|上|看|短信|收|转|支付|通知|验证|App|app|查|操作|下单|在线|联系|和)|(?:我的?|留|打|换|个|用|联系)手机(?!坏|屏)|电脑(?:上|看|里)|洗碗(?!机|柜)|灶(?=王|神)|一键投影|火山灶|灯火|插座(?=进|冒|有|打|漏|烧|着|里|旁|上|那|都|没|烫|发|短|被)|监控(?=室|拍)|新风口|水龙头(?=有电|麻|带电|漏电|关|拧)|热水器?管/g;
const SUBTYPES: readonly (readonly [RegExp, Subtype])[] = [
  [/滚筒/, 'drum'],
  [/挂机|壁挂(?!炉)|挂式|挂壁/, 'wall'],
  [/柜机|立式|立柜|柜式|圆柱空调/, 'floor'],
  [/波轮|中央空调|风管机|天花机|窗机|移动空调|双缸|多联机/, 'other'],
];

const BY_WORD = new Map<string, Appliance>(
  Object.entries(WORDS).flatMap(([appliance, words]) => words.map((word) => [word, appliance as Appliance] as const)),
);
const WORD = new RegExp([...BY_WORD.keys()].sort((a, b) => b.length - a.length).join('|'), 'g');
/** Things about a house that are named in passing; a device only when they are what is wrong. */
const IN_PASSING = /^(?:插座|门锁|水龙头|监控|手机|摄像头|电脑|路由器|音箱|电灯|台灯|吊灯)$/;
const IS_WRONG = /^(?:[^,,。;!?]{0,4})(?:坏|修|不[亮转响灵能通出开动]|没(?:反应|电|声)|打不开|卡|死机|黑屏|碎|裂|换|装|漏)/;
const TO_MEND = /(?:修|装|换|维修|安装)(?:一?下|个|台|一个)?(?:我的?|我家的?)?$/;
/** 冷柜旁边那个微波炉: the first says where the second stands. */
const BESIDE = /^(?:的)?(?:旁边|隔壁|边上|对面)(?:的|那)/;
/** 先修油烟机: of several, this one now. */
const FIRST = /先(?:整|修|讲|说|报|弄|看|约|处理)(?:一?下)?(?:那个?|这个?)?$/;
/** At most this many devices are read from one message. */
const APPLIANCES_MAX = 6;

export type NamedAppliances = { readonly appliances: readonly Appliance[]; readonly subtype: Subtype | null };

export function readAppliances(text: string, expects: Expected | null): Taken<NamedAppliances> {
  const readable = maskAll(text, NOT_DEVICES, 'blank');
  const appliances: Appliance[] = [];
  let rest = text;
  for (const match of readable.matchAll(WORD)) {
    const appliance = BY_WORD.get(match[0]);
    const [before, after] = [readable.slice(0, match.index), readable.slice(match.index + match[0].length)];
    const isPassing = IN_PASSING.test(match[0]) && expects !== 'appliance' && !IS_WRONG.test(after) && !TO_MEND.test(before);
    if (isPassing || BESIDE.test(after)) continue;
    if (IN_PASSING.test(match[0]) && appliances.length > 0 && expects !== 'appliance') continue;
    if (appliance && expects === 'appliance' && FIRST.test(before)) appliances.length = 0;
    if (appliance && !appliances.includes(appliance) && appliances.length < APPLIANCES_MAX) appliances.push(appliance);
    rest = mask(rest, match.index, match.index + match[0].length, 'appliance');
  }
  const subtype = SUBTYPES.find(([pattern]) => pattern.test(text))?.[1] ?? null;
  const known = appliances.filter((appliance) => appliance !== 'other');
  const named = known.length > 0 && appliances[0] === 'other' && expects !== 'appliance' ? known : appliances;
  return { value: { appliances: named, subtype: named.length > 0 || expects === 'appliance' ? subtype : null }, rest };
}
