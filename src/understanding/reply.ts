/**
 * A message as the answer to the slot just asked. An answer wins over the classifier unless the message is a strong
 * interruption: a person, a complaint, a price, a way out.
 */
import { changesSomething, looksAnswered, statesSlot } from './answered-slot.ts';
import type { Guess } from './intent-classifier.ts';
import { ASKS, demandedBeside, FREE_TEXT, isBareStop, isInterruption, laysAside } from './interruption.ts';
import { demandsPerson, readRequest, speaksOfComplaint } from './request.ts';
import type { Entities, Expected, Intent } from './understood.ts';

/** Never the text of a free answer (a fault, a reason), nor a value. */
const SMALL_TALK: ReadonlySet<Intent> = new Set(['affirm', 'deny', 'greet', 'thanks', 'goodbye', 'out_of_scope', 'chitchat']);
/** Said in a survey by its name a complaint is one; 不投诉 is none. */
const COMPLAINT_NAMED = /(?<!不|不想|没|别|不用|不会)(?:投诉|举报|(?<!\d)(?:12315|12345)(?!\d)|消协)/u;
const OF_A_SURVEY: ReadonlySet<Expected> = new Set(['score', 'reason', 'resolved', 'badge', 'on-time', 'attitude', 'comment']);
/** Whoever asks for a score hears these as none. */
const NO_SCORE = /别(?:烦|打扰|再问|再发)|不要(?:再)?(?:打扰|问|发)|^(?:不用了?|没空|没时间|不方便|不想|免了)[了吧啊,.!~]*$/iu;
/** 戴了, 没戴; 准时, 晚了半小时. */
const DID = /^有|戴了|戴着|有戴|佩戴|准时|按时|提前|早到/u;
const DID_NOT = /没有?(?:戴|佩戴|准时|按时|按)|不准时|不按时|迟到|晚(?:了|到)|来晚|超时/u;
/** A yes or a no answers them. */
const YES_OR_NO: ReadonlySet<Expected> = new Set(['confirm', 'resolved', 'next', 'badge', 'on-time']);

/** Longer ones tell something, of which something may be unknown: 找不到门口. */
const SKIP_CHARACTERS_MAX = 14;
/** Longer ones tell of a person who was asked for. */
const CALL_CHARACTERS_MAX = 24;
/** Longer than this, 谢天谢地好了 tells something. */
const TALK_CHARACTERS_MAX = 6;
const TALKS_AT = 0.6;
const REPLY_CONFIDENCE = 0.95;
const FREE_REPLY_CONFIDENCE = 0.8;

const TAIL = '[了的吧呢啊哦呀啦哈嘛滴哒嘞喔噢哟~!。.,,\\s😊👌👍]*';
const AFFIRM = new RegExp(
  `^(?:嗯+|恩+|对+|是+|好+|行+|可以+|可|没有?错|没问题|没有问题|确认|确定|同意|正确|当然|需要|要|成|中|妥|得|ok+|yes|y|yep|okay|1|没毛病|必须|是这样|就这样|就这么定|都对|解决了?|修好了?|已经好|好了|[👌👍✅🆗🙆]+|[,,、 ])+${TAIL}$`,
  'iu',
);
const DENY = new RegExp(
  `^(?:(?:不|不是|不对|不行|不可以|不要|不用|不需要|不同意|没有|没|错|错了|否|no|n|不好|别|先不|不太对|不了|还没|还没好|没好|没解决|没修好|还没有|还不行|还是不行|算不上|都不对|都不行|不确认|[👎❌🙅]+)[,,、 ]*)+${TAIL}$`,
  'iu',
);
/** A read-back is right or wrong in more words than these two: 一个字儿不差, 侬弄错脱了. */
const WHOLLY_RIGHT =
  /(?:都|全|全部|样样|句句|统统)(?:是)?(?:对|没[错差]|冇错|正确|准|OK)(?:上|着|的|得)?|对着(?:呢|嘞|哩|的)|(?:一个?|半个|每个)字(?:儿|眼)?(?:都|也)?(?:不|没)[差错漏]|一字不[差错]|(?:分毫|丝毫|一点儿?|一样)(?:都|也)?(?:不|没)[差错]|(?:准确|正确)无误|没(?:毛病|差错?|啥?问题|得问题|得错|出入|意见)|莫得?问题|[冇无](?:问题|错)|[係系]咁(?:样|先)|[要得]得(?:嘛|噻|哈)|就(?:照|按|是)?(?:这|咁|恁)(?:么|个|样|样子)?(?:来|办|定|整|弄|写)?(?:[了吧呗的嘞啊]|$)|(?:照|按)(?:这|此|咁)个?(?:来|办|定|下单)|(?:可以|能|快)?(?:提交|下单)(?:了|吧)|(?:蛮|老|交关)?准个?(?:呀|哦)|是这个(?:理|意思|情况)/i;
const WHOLLY_WRONG =
  /(?:不是|不像|哪是)(?:我|咱|俺|阿拉)(?:刚才?|前面|要)?(?:说|讲|报|要|写|填|给)|对(?:不|唔|勿|弗)(?:上|拢|起来)|不对(?:号|头|劲|路)|(?:弄|搞|记|写|听|填|整|登)(?:得|的)?(?:岔|拧|混|串|乱|反|拐|豁边|错(?:脱|咗|忒|球|喽|哒|啰|得离谱))|(?:不|唔)(?:是|係|系)(?:那|这|咁|恁)么?(?:个|档|码)?(?:回)?(?:事|样)|[跟和同][我实][^,,。]{0,5}(?:不(?:一样|符|同|对)|两码|有出入|差)|驴唇|牛头不对|张冠李戴|[唔勿弗]对|唔啱|唔[係系](?!.*错)|(?<!没)有(?:点)?(?:出入|误)|差(?:得)?(?:远|十万)|哪跟哪|(?:全|都|统统)(?:是)?(?:错|反|乱)|写的啥|什么乱七八糟/;
/** Said with what is right instead, it is a correction. */
const PUTS_RIGHT = /应该|其实|改成|换成|而是|[,,。;\s]是|不是[^,,]{2,}[,,]是|是[^,,]{2,}不是/;
/** 都对,就是时间再晚点 agrees to nothing yet. */
const BUT_FOR_ONE_THING =
  /(?:就是|但是?|可是?|不过|只是|只有|除了)[^,,。;!?]{0,4}(?:时间|日子|日期|电话|号码|手机|地址|门牌|单元|楼|名字|型号|姓|晚|早|改|换|[^,,。]{0,4}(?:不对|错|有误))/;
const READ_BACK_CHARACTERS_MAX = 24;
const SKIP =
  /不知道|[哪咋谁]知道|往[下后]走|下一[题项步]|下一个(?![月周星礼])|磨(?:没|掉|花|平)|上哪(?:儿)?(?:找|看)|没这(?:个|种|东西|玩意)|不清楚|不记得|不晓得|记不(?:得|清|住)|忘(?:了|记)|找不(?:到|着)|跳过|没(?:有|贴|印)?(?:这|那)(?:个|种)?(?:玩意|东西)|没有?(?:型号|标签|发票|序列号|编号|铭牌|凭证|小票)|看不(?:到|清|见)|不(?:想|方便|愿意?|用)(?:说|提供|告诉|填|留)|(?:不想|不愿意?|懒得|没空|不用|不)(?:评价?|打分)|(?:上面?|里面?|哪(?:儿|里)?都)(?:都|也)?没(?:有|写|标|印)(?:写|标)?[了啊的。!]*$|没(?:看|注意|印象)|不确定|^(?:没有?|无|暂无|不方便|不留|没有?电话|没有?手机|pass|skip|跳|不填|随便|不提供)[了的吧啊呢。!]*$/i;
/** 看不清,先不填 leaves one thing open, not the whole. */
const LEFT_OPEN = /先不(?:填|写|报)|先空/;
/** Asked these, 不修了 is an answer. */
const STOPS_NOTHING: ReadonlySet<Expected> = new Set(['change', 'resolved', 'reason', 'comment', 'what']);
/** Slots a customer may not have an answer to; elsewhere 没有 is a no. */
const MAY_SKIP: ReadonlySet<Expected> = new Set([
  'model',
  'serial',
  'purchasedOn',
  'proof',
  'name',
  'ticket',
  'reason',
  'comment',
  'wish',
  'score',
  'badge',
  'on-time',
  'attitude',
  'window',
  'phone',
  'address',
  'fault',
  'what',
]);

/** The intent of an answer, or null when the classifier should decide. */
export function readReply(text: string, expects: Expected, entities: Entities, guesses: readonly Guess[]): Guess | null {
  const top = guesses[0];
  if (OF_A_SURVEY.has(expects) && COMPLAINT_NAMED.test(text) && !speaksOfComplaint(text))
    return { intent: 'complaint', confidence: REPLY_CONFIDENCE };
  const states = statesSlot(expects, entities) || looksAnswered(expects, text);
  if (demandsPerson(text) || (!states && text.length <= CALL_CHARACTERS_MAX && readRequest(text) === 'human'))
    return { intent: 'human', confidence: REPLY_CONFIDENCE };
  const demanded = states ? demandedBeside(text, expects) : null;
  if (demanded) return { intent: demanded, confidence: REPLY_CONFIDENCE };
  const interrupts = isInterruption(top, text, expects, states);
  if (laysAside(text, expects)) return { intent: 'cancel_flow', confidence: REPLY_CONFIDENCE };
  if (isBareStop(text) && !(LEFT_OPEN.test(text) && SKIP.test(text)) && (!states || expects === 'window') && !STOPS_NOTHING.has(expects))
    return { intent: 'cancel_flow', confidence: REPLY_CONFIDENCE };
  if (expects === 'badge' || expects === 'on-time') {
    const did = DID_NOT.test(text) ? 'deny' : DID.test(text) ? 'affirm' : null;
    if (did) return { intent: did, confidence: REPLY_CONFIDENCE };
  }
  if (YES_OR_NO.has(expects)) {
    const yesOrNo = AFFIRM.test(text) ? 'affirm' : DENY.test(text) ? 'deny' : null;
    if (yesOrNo) return { intent: yesOrNo, confidence: REPLY_CONFIDENCE };
  }
  if (expects === 'confirm' && !changesSomething(entities)) return readVerdict(text);
  if (expects === 'confirm')
    return (!interrupts || top?.intent === 'correct') && !/^(?:对|好|是|嗯|可以|行)/.test(text)
      ? { intent: 'correct', confidence: FREE_REPLY_CONFIDENCE }
      : null;
  if (expects === 'score' || expects === 'attitude') {
    if (entities.score !== null) return { intent: 'survey_score', confidence: REPLY_CONFIDENCE };
    if (NO_SCORE.test(text)) return { intent: 'skip', confidence: REPLY_CONFIDENCE };
    // 0, 10: asked again.
    if (/^\d+\s*(?:分|颗?星)?$/u.test(text)) return { intent: 'inform', confidence: FREE_REPLY_CONFIDENCE };
  }
  const tells = FREE_TEXT.has(expects) && text.length > SKIP_CHARACTERS_MAX;
  if (!states && !tells && MAY_SKIP.has(expects) && SKIP.test(text) && (!interrupts || !top || isBesideSkipping(top.intent, text)))
    return { intent: 'skip', confidence: REPLY_CONFIDENCE };
  if (interrupts) return null;
  if (states) return { intent: 'inform', confidence: REPLY_CONFIDENCE };
  return FREE_TEXT.has(expects) && expects !== 'resolved' && !isTalk(top, text) && text !== ''
    ? { intent: 'inform', confidence: FREE_REPLY_CONFIDENCE }
    : null;
}

/** What is said of the whole read-back. */
function readVerdict(text: string): Guess | null {
  if (text.length > READ_BACK_CHARACTERS_MAX || /[吗么?]/.test(text) || readRequest(text) !== null) return null;
  if (WHOLLY_WRONG.test(text) && !PUTS_RIGHT.test(text)) return { intent: 'deny', confidence: REPLY_CONFIDENCE };
  if (WHOLLY_RIGHT.test(text) && BUT_FOR_ONE_THING.test(text)) return { intent: 'correct', confidence: FREE_REPLY_CONFIDENCE };
  return WHOLLY_RIGHT.test(text) && !/不(?!差|错|漏|要改|用改)|但|可是|除了|就是[^这咁]/.test(text)
    ? { intent: 'affirm', confidence: REPLY_CONFIDENCE }
    : null;
}

/** 保修卡上没有 asks about no warranty, 没这东西 abuses nobody. */
function isBesideSkipping(intent: Intent, text: string): boolean {
  return intent === 'skip' || intent === 'abuse' || (/^(?:ask|query)_/.test(intent) && !ASKS.test(text));
}

/** Small talk, which no free answer is: short, or asked of us. */
function isTalk(top: Guess | undefined, text: string): boolean {
  if (!top || !SMALL_TALK.has(top.intent) || top.confidence < TALKS_AT) return false;
  const asksUs = top.intent === 'out_of_scope' || top.intent === 'chitchat';
  return text.length <= TALK_CHARACTERS_MAX || (asksUs && /[吗呢?]$/.test(text));
}
