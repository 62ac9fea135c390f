/**
 * A message as the answer to the slot just asked. An answer wins over the classifier unless the message is a strong
 * interruption: a person, a complaint, a price, a way out.
 */
import type { Guess } from './intent-classifier.ts';
import { ASKS, FREE_TEXT, isBareStop, isInterruption } from './interruption.ts';
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
const SKIP =
  /不知道|[哪咋谁]知道|上哪(?:儿)?(?:找|看)|没这(?:个|种|东西|玩意)|不清楚|不记得|不晓得|记不(?:得|清|住)|忘(?:了|记)|找不(?:到|着)|跳过|没有?(?:型号|标签|发票|序列号|编号|铭牌|凭证|小票)|看不(?:到|清|见)|不(?:想|方便|愿意?|用)(?:说|提供|告诉|填|留)|(?:不想|不愿意?|懒得|没空|不用|不)(?:评价?|打分)|(?:上面?|里面?|哪(?:儿|里)?都)(?:都|也)?没(?:有|写|标|印)(?:写|标)?[了啊的。!]*$|没(?:看|注意|印象)|不确定|^(?:没有?|无|暂无|不方便|不留|没有?电话|没有?手机|pass|skip|跳|不填|随便|不提供)[了的吧啊呢。!]*$/i;
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
  if (OF_A_SURVEY.has(expects) && COMPLAINT_NAMED.test(text)) return { intent: 'complaint', confidence: REPLY_CONFIDENCE };
  const states = statesSlot(expects, entities);
  const interrupts = isInterruption(top, text, expects, states);
  if (isBareStop(text) && !states && !STOPS_NOTHING.has(expects)) return { intent: 'cancel_flow', confidence: REPLY_CONFIDENCE };
  if (expects === 'badge' || expects === 'on-time') {
    const did = DID_NOT.test(text) ? 'deny' : DID.test(text) ? 'affirm' : null;
    if (did) return { intent: did, confidence: REPLY_CONFIDENCE };
  }
  if (YES_OR_NO.has(expects)) {
    const yesOrNo = AFFIRM.test(text) ? 'affirm' : DENY.test(text) ? 'deny' : null;
    if (yesOrNo) return { intent: yesOrNo, confidence: REPLY_CONFIDENCE };
  }
  if (expects === 'confirm')
    return changesSomething(entities) && (!interrupts || top?.intent === 'correct') && !/^(?:对|好|是|嗯|可以|行)/.test(text)
      ? { intent: 'correct', confidence: FREE_REPLY_CONFIDENCE }
      : null;
  if (expects === 'score' || expects === 'attitude') {
    if (entities.score !== null) return { intent: 'survey_score', confidence: REPLY_CONFIDENCE };
    if (NO_SCORE.test(text)) return { intent: 'skip', confidence: REPLY_CONFIDENCE };
    // 0, 10: asked again.
    if (/^\d+\s*(?:分|颗?星)?$/u.test(text)) return { intent: 'inform', confidence: FREE_REPLY_CONFIDENCE };
  }
  if (!states && MAY_SKIP.has(expects) && SKIP.test(text) && (!interrupts || !top || isBesideSkipping(top.intent, text)))
    return { intent: 'skip', confidence: REPLY_CONFIDENCE };
  if (interrupts) return null;
  if (states) return { intent: 'inform', confidence: REPLY_CONFIDENCE };
  return FREE_TEXT.has(expects) && expects !== 'resolved' && !isTalk(top, text) && text !== ''
    ? { intent: 'inform', confidence: FREE_REPLY_CONFIDENCE }
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

/** Whether the text holds a value of the slot asked for. */
function statesSlot(expects: Expected, entities: Entities): boolean {
  switch (expects) {
    case 'appliance':
      return entities.appliances.length > 0 || entities.subtype !== null;
    case 'fault':
      return entities.faults.length > 0 || entities.errorCode !== null;
    case 'serviceMode':
      return entities.serviceMode !== null;
    case 'address':
      return entities.address !== null;
    case 'phone':
      return entities.phone !== null || entities.onSiteContact?.phone !== undefined;
    case 'name':
      return entities.name !== null;
    case 'model':
      return entities.model !== null;
    case 'window':
      return entities.visitWishes.length > 0;
    case 'serial':
      return entities.serial !== null;
    case 'purchasedOn':
      return entities.purchaseDate !== null;
    case 'ticket':
      return entities.ticketNumber !== null;
    case 'category':
      return entities.complaintTypes.length > 0;
    case 'resolved':
      return entities.resolved !== null;
    case 'change':
      return changesSomething(entities);
    default:
      return false;
  }
}

/** Asked to confirm, a customer who states a value wants it changed. */
function changesSomething(entities: Entities): boolean {
  return (
    entities.visitWishes.length > 0 ||
    entities.phone !== null ||
    entities.address !== null ||
    entities.name !== null ||
    entities.model !== null ||
    entities.appliances.length > 0
  );
}
