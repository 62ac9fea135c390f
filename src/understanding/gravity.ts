/**
 * What makes a complaint weigh more (S2-061), as its text tells it; whether it does is the policy's to say. Phrases that
 * only look alike (医院宿舍的空调, 我在报社上班, 划伤了地板) are taken out before the signs are read.
 */
import type { Gravity } from '../domain/complaint.ts';
import { parseChineseNumber } from './chinese-number.ts';

type Told = Exclude<Gravity, 'amount' | 'repeat'>;

const PLACE = '(?:宿舍|家属(?:院|楼|区)|食堂|病房|大楼|楼|门口|旁边|附近|对面|隔壁|后面|的(?:空调|冰箱|洗衣机|热水器|电视|机器|设备))';
const WORKPLACE =
  '(?:医院|住院部|诊所|报社|电视台|杂志社|媒体|新闻社|法院|检察院|律师事务所|律所|工商局?|消协|市场监管局|质检(?:所|站|局)?)';

const ALIKE: readonly RegExp[] = [
  new RegExp(`${WORKPLACE}${PLACE}`, 'gu'),
  new RegExp(
    `(?:我|老公|老婆|爱人|家人|孩子|他|她)?(?:是|在|搞|做)[^,。!?;]{0,4}${WORKPLACE}[^,。!?;]{0,4}(?:上班|工作|的|值班|实习|住|里)`,
    'gu',
  ),
  /(?:我|本人|老公|老婆|爱人)(?:就)?是(?:一?[个名])?(?:律师|记者|医生|护士)(?![^,。!?;]{0,6}(?:告|诉|曝|函))/gu,
  /(?:划|刮|碰|蹭|磕|烫|割|砸)伤了?(?:我家?的?|了|家里的?|一?块|新)*(?:地板|地砖|瓷砖|墙|柜|门|机|冰箱|洗衣机|台面|桌|漆|玻璃|橱|家具|沙发|面板|外壳|茶几)/gu,
  /(?:地板|地砖|瓷砖|墙(?:面|壁)?|柜子?|门|机身|冰箱|洗衣机|台面|桌子?|漆面?|家具|沙发|面板|外壳|茶几)[^,。!?;人手脚]{0,8}(?:划|刮|碰|蹭|磕|烫|割|砸)伤/gu,
  /(?:心灵|心里|感情|自尊心?|信任)[^,。!?;]{0,4}受(?:到)?(?:了)?伤(?:害)?|(?:没有?|未|幸好没|还好没|万幸没)(?:有)?(?:任何)?(?:人|什么)?(?:员)?(?:受伤|伤到|砸到|烫伤|着火|起火)(?:人)?|(?:怕|担心|万一|以防|会不会|容易)[^,。!?;]{0,6}(?:受伤|伤到|烫伤|割伤|着火|起火|失火|爆炸)/gu,
  /(?:在|从)[^,。!?;]{0,4}(?:抖音|微博|小红书|朋友圈|网上|直播间|新闻)[^,。!?;]{0,4}(?:上|里)?(?:下单|买|看到|看见|刷到|找到|约|搜|抢)(?:的|了|到)?|(?:抖音|微博|小红书)(?:店|直播间|旗舰店|商城|上买)/gu,
  /工商(?:银行|联|户|大学|学院)|质检(?:合格|报告|标志|员说)|(?:打|点)不?着火|打火|(?:发|上|恼|恼|惹|冒)火|火大|灭火器|防火|消防(?:通道|门)/gu,
];

const SIGNS: readonly (readonly [Told, RegExp])[] = [
  [
    'offence',
    /(?:师傅|工人|维修工|小哥|他|她)[^,。!?;]{0,6}(?:骚扰|猥亵|摸我|威胁|恐吓|偷)|性骚扰|猥亵|偷(?:了|走|拿)?(?:我|家里|东西|钱|戒指|手机|首饰)|(?:师傅|他|她|工人)(?:走|离开)了?(?:以后|之后|后)?[^,。!?;]{0,4}[,]?[^。!?;]{0,8}(?:不见了|丢了|少了)|assault|harass|stole/iu,
  ],
  [
    'injury',
    /受(?:了)?(?:重|轻)?伤|烫伤|割伤|划伤|砸伤|刮伤|摔伤|电伤|烧伤|夹伤|(?:砸|伤|烫|割|划|夹|压|撞|刺)(?:到|了|着|破)(?:了)?(?:我|人|孩子|小孩|老人|宝宝|娃|妈|爸|家人|他|她)?(?:的)?(?:人|我|脚|手|头|脸|腿|腰|背|眼|胳膊|指|孩子|小孩|老人|宝宝)|骨折|流(?:了)?(?:好多|很多|一地)?血|出血|缝(?:了)?(?:好几|几|\d+|[一二两三四五六七八九十]+)针|住(?:了)?院|电到(?:我|人|孩子|老人)|触电|送(?:去|到|往)?(?:了)?(?:医院|急诊|急救)|(?:去|进|上|在|跑)(?:了|过)?(?:医院|急诊)|医药费|打了?(?:我|人|破)(?!老|爱人|妈|爸|家|儿|女|手机|电话|这|那|号|朋友|同事)|动手|中毒|\binjur|hurt (?:me|my|him|her|himself)|burn(?:ed|t) (?:me|my)|\bhospital\b|bleeding/iu,
  ],
  ['fire', /着(?:了|过|起)?火|起(?:了|过)?火|烧(?:起来|着了|了起来)|失火|火灾|爆炸|自燃|caught fire|on fire|explo(?:d|s)/iu],
  [
    'media',
    /媒体|记者|曝光|爆料|热搜|(?:发|挂|传|晒|放|捅|登)[^,。!?;]{0,4}(?:抖音|微博|小红书|网上|朋友圈|快手|b站|知乎|视频号|报纸|论坛)|上(?:新闻|报纸|电视|抖音|微博)|(?:找|联系|叫|告诉|打给|通知)[^,。!?;]{0,3}(?:电视台|报社|新闻|都市频道)|帮忙?转发|\bpress\b|journalist|social media|go(?:ing)? viral|(?:post|put) (?:it |this )?online|newspaper/iu,
  ],
  [
    'regulator',
    /(?<!\d)(?:12315|12345|12348|315)(?!\d)|工商|消协|消费者(?:协会|权益)|消保委|市场监(?:管|督)|监管(?:局|部门)|质监|质检|物价局|信访|起诉|法院|律师|打官司|法律(?:程序|途径|手段|武器)|告(?:你们|到底|上)|仲裁|报(?:了)?警|派出所|110|consumer (?:association|council|protection|rights)|lawsuit|lawyer|\bsue\b|\bcourt\b|regulator|police/iu,
  ],
  [
    'private-payment',
    /(?:转|交|付|打|收|先给)[^,。!?;]{0,10}(?:押金|定金|订金|保证金)|(?:押金|定金|订金|保证金)[^,。!?;]{0,6}(?:才|再|就)(?:上门|来修|给修)|(?:要|只收|收)现金[^。!?;]{0,8}(?:不(?:给)?开(?:发)?票|便宜)|(?:共享屏幕|下载[^,。!?;]{0,8}(?:会议|软件|app))[^。!?;]{0,10}(?:退款|退钱|验证)|(?:先)?(?:微信|支付宝)[^,。!?;]{0,2}转(?:给)?(?:他|她|师傅)/iu,
  ],
  [
    'private-payment',
    /私(?:下|自|底下)[^,。!?;]{0,8}(?:收|要|转|付|给|交易|让我|加|结|算)|(?:师傅|维修工|修理工|工人|小哥|工程师|客服|他|她|对方|来的?人|那人|有人|自称)[^,。!?;]{0,14}(?:要|让|叫|喊|非要|说|催|逼|要求|收)[^,。!?;]{0,10}(?:(?:微信|支付宝|现金)[^,。!?;]{0,4}(?:转|付|扫|给|收|红包)|转(?:账|钱|款|给(?:他|她)|\d)|个人(?:的)?(?:微信|支付宝|账户|账号|码|收款|卡|银行卡)|扫(?:他|她|自己|个人)|(?:直接)?(?:打|付|给|转)(?:到|给)?(?:他|她|自己|个人|私人)|红包|小费|茶水费|好处费|辛苦费)/iu,
  ],
  [
    'private-payment',
    /(?:转|付|打|扫|给|交)(?:了|过)?(?:好几|几|\d+|[一二两三四五六七八九十百千]+)?(?:多)?(?:百|千|块|元|钱)?(?:钱)?(?:给|到)(?:了)?(?:师傅|他|她|维修工|小哥|工人|那人|对方)?(?:的)?(?:个人|私人|自己)(?:的)?(?:微信|支付宝|码|卡|账户|账号|收款)|(?:不走|绕开|绕过|别走|不通过|不经过)(?:公司|平台|你们|系统)|飞单|(?:师傅|小哥|维修工|工人)(?:的)?(?:个人|私人)(?:微信|支付宝|收款码|账户|账号|二维码)|(?:收|要|给)(?:了)?(?:我|他)?[^,。!?;]{0,6}(?:红包|小费|茶水费|好处费|辛苦费)|(?:自称|冒充|假冒|说(?:他|自己)是)[^。!?;]{0,20}(?:转(?:账|钱|款)|付(?:款|钱|押金|定金)|交(?:押金|定金|钱)|扫(?:他|码))|pay(?:ing|ment)? (?:him|her|the (?:engineer|technician)|privately|in private|to (?:his|her))|(?:his|her) (?:own|personal|private) (?:account|wechat|alipay)|off the books/iu,
  ],
];

const NUMBER = '([\\d.,]+|[零一二两三四五六七八九十百千]+)';
const AMOUNTS: readonly RegExp[] = [
  new RegExp(`${NUMBER}\\s*(万|千)?(?:多|来|几)?(?:块钱?|元|圆|人民币|rmb|yuan)`, 'giu'),
  new RegExp(
    `(?:收|花|付|交|要|转|赔|损失|退|扣|给|充)(?:了|我|他|她|过|掉|走)*(?:将近|差不多|大概|整整|好)?${NUMBER}(万|千)?(?!\\d|[次遍回天个年月周号点分秒台套张条根平楼层位人只件遭趟岁度成瓦升伏斤公])`,
    'giu',
  ),
];
const TIMES: Readonly<Record<string, number>> = { 千: 1_000, 万: 10_000 };
const AMOUNT_MAX = 10_000_000;

export function readGravities(text: string): readonly Told[] {
  const meant = ALIKE.reduce((kept, alike) => kept.replace(alike, (it) => ' '.repeat(it.length)), text);
  return [...new Set(SIGNS.filter(([, sign]) => sign.test(meant)).map(([gravity]) => gravity))];
}

/** The largest sum of money named, in yuan; null when none is. */
export function readAmount(text: string): number | null {
  const amounts = AMOUNTS.flatMap((pattern) => [...text.matchAll(pattern)]).flatMap(([, number = '', times = '']) => {
    const value = yuanOf(number);
    return value === null ? [] : [value * (TIMES[times] ?? 1)];
  });
  const within = amounts.filter((it) => it > 0 && it <= AMOUNT_MAX);
  return within.length === 0 ? null : Math.max(...within);
}

/** 1,200 and 一千二 and 三百五. */
function yuanOf(number: string): number | null {
  if (/^[\d.,]+$/.test(number)) {
    const value = Number(number.replace(/,/g, ''));
    return Number.isFinite(value) ? value : null;
  }
  const [, thousands, rest = ''] = /^(?:([一二两三四五六七八九十]{1,3})千零?)?(.*)$/u.exec(number) ?? [];
  const over = thousands === undefined ? 0 : (parseChineseNumber(thousands) ?? 0) * 1_000;
  if (rest === '') return over;
  const cut = /^(?:([一二两三四五六七八九])百)?([一二两三四五六七八九])$/u.exec(rest);
  const [, hundreds, last] = cut ?? [];
  // 一千二 is 1200, 三百五 is 350.
  if (last !== undefined && (hundreds !== undefined || thousands !== undefined)) {
    const base = hundreds === undefined ? 0 : (parseChineseNumber(hundreds) ?? 0) * 100;
    return over + base + (parseChineseNumber(last) ?? 0) * (hundreds === undefined ? 100 : 10);
  }
  const value = parseChineseNumber(rest);
  return value === null ? null : over + value;
}
