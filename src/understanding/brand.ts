/** The maker, by its simplified Chinese name where it has one (GREE → 格力, TCL → TCL). */
import { maskAll, type Taken } from './mask.ts';

const PLAIN_BRANDS = [
  '格力', '海尔', '海信', '小米', '米家', '长虹', '康佳', '创维', '奥克斯', '志高', '西门子', '博世', '松下', '索尼', '三星', '夏普', '东芝', '日立',
  '大金', '三菱重工', '三菱电机', '三菱', '华帝', '万和', '万家乐', '史密斯', '林内', '能率', '苏泊尔', '九阳', '小天鹅', '容声', '美菱', '新飞', '荣事达',
  '澳柯玛', '惠而浦', '卡萨帝', '统帅', '戴森', '科沃斯', '追觅', '云鲸', '飞利浦', '帅康', '火星人', '美大', '约克', '格兰仕', '艾美特', '沁园', '华凌',
  '云米', '三洋', '伊莱克斯', '德意', '森歌', '亿田', '阿里斯顿', '虎牌', '象印', '摩飞', '莱克', '安吉尔', '添可', '前锋', '樱花', '雷鸟', '酷开', '倍科',
  '小鸭', '威力', '扬子', '科龙', '春兰', '美博', '酷风', '麦克维尔', '特灵', '开利', '华为', '荣耀', '康宝', '万宝', '星星', '德尔玛', '小熊', '志邦',
] as const;
/** Makers whose name is also a common word count only beside 牌 or a device. */
const COMMON_WORDS = ['老板', '方太', '石头', '先锋', '星星', '前锋', '樱花', '小熊', '威力', '荣耀', '美大', '小米', '德意', '美的'] as const;
const LATIN: Readonly<Record<string, string>> = {
  gree: '格力', haier: '海尔', midea: '美的', hisense: '海信', xiaomi: '小米', siemens: '西门子', bosch: '博世', panasonic: '松下', sony: '索尼', samsung: '三星',
  sharp: '夏普', toshiba: '东芝', hitachi: '日立', daikin: '大金', vatti: '华帝', rinnai: '林内', noritz: '能率', supor: '苏泊尔', dyson: '戴森', philips: '飞利浦',
  skyworth: '创维', casarte: '卡萨帝', tcl: 'TCL', lg: 'LG', aux: '奥克斯', fotile: '方太', robam: '老板', galanz: '格兰仕', ecovacs: '科沃斯', konka: '康佳',
};
const DEVICE_AHEAD = '(?=[\\uE003\\uE004]|牌|品牌|的?(?:油|烟|抽|燃|灶|煤|热|扫|吸|空|冰|洗|电|微|净|消|豆|破|滚|柜|挂|波|变频|立|烘|除|加湿|集成|厨|净化|音|手|产品|家电|家的))';
const NOT_PRAISE = '(?<![挺很真完太好蛮最更赞俊优])';

const COMMON = new Set<string>(COMMON_WORDS);
const BRAND = new RegExp(
  [
    'A\\.?O\\.?\\s?史密斯',
    ...PLAIN_BRANDS.filter((name) => !COMMON.has(name)),
    ...COMMON_WORDS.map((name) => `${name === '美的' ? NOT_PRAISE : ''}${name}${DEVICE_AHEAD}`),
    `${NOT_PRAISE}(?<=^|[是买用]|牌子|品牌)(?:美的|小米|方太|老板牌)(?=$|[,。, 的])`,
    `(?<![A-Za-z])(?:${Object.keys(LATIN).join('|')})(?![A-Za-z])`,
  ].join('|'),
  'gi',
);

/** The first maker named, or null. */
export function readBrand(text: string): Taken<string | null> {
  const first = new RegExp(BRAND.source, 'i').exec(text)?.[0];
  if (!first) return { value: null, rest: text };
  return { value: LATIN[first.toLowerCase()] ?? first, rest: maskAll(text, BRAND, 'brand') };
}
