/**
 * A message as the answer to the slot just asked. An answer wins over the classifier unless the message is a strong
 * interruption: a person, a complaint, a price, a way out.
 */
import type { Guess } from './intent-classifier.ts';
import type { Entities, Expected, Intent } from './understood.ts';

/** What may break into a question at any time. */
const INTERRUPTIONS: ReadonlySet<Intent> = new Set([
  'human',
  'complaint',
  'cancel_booking',
  'cancel_flow',
  'correct',
  'ask_price',
  'ask_hours',
  'repeat',
  'skip',
  'resume',
  'query_progress',
  'query_warranty',
  'abuse',
  'invoice',
]);
/** Never the text of a free answer (a fault, a reason), nor a value. */
const SMALL_TALK: ReadonlySet<Intent> = new Set(['affirm', 'deny', 'greet', 'thanks', 'goodbye', 'out_of_scope', 'chitchat']);
/** Slots any sentence may answer. */
const FREE_TEXT: ReadonlySet<Expected> = new Set(['fault', 'reason', 'what', 'wish', 'change', 'category', 'proof', 'resolved']);
/** In a complaint its own words are no interruption. */
const COMPLAINING: ReadonlySet<Expected> = new Set(['reason', 'what', 'wish', 'category', 'resolved', 'score']);

const ASKING: ReadonlySet<Intent> = new Set(['ask_price', 'ask_hours', 'query_progress', 'query_warranty', 'invoice', 'repeat']);

const INTERRUPTS_AT = 0.6;
const HUMAN_INTERRUPTS_ANSWER_AT = 0.8;
const INTERRUPTS_FREE_TEXT_AT = 0.75;
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
  /不知道|[哪咋谁]知道|上哪(?:儿)?(?:找|看)|没这(?:个|种|东西|玩意)|不清楚|不记得|不晓得|记不(?:得|清|住)|忘(?:了|记)|找不(?:到|着)|跳过|没有?(?:型号|标签|发票|序列号|编号|铭牌|凭证|小票)|看不(?:到|清|见)|不(?:想|方便|愿意?)(?:说|提供|告诉|填)|没(?:看|注意|印象)|不确定|^(?:没有?|无|暂无|pass|skip|跳|不填|随便|不提供)[了的吧啊呢。!]*$/i;
/** Slots a customer may not have an answer to; elsewhere 没有 is a no. */
const MAY_SKIP: ReadonlySet<Expected> = new Set([
  'model',
  'serial',
  'purchasedOn',
  'proof',
  'name',
  'ticket',
  'reason',
  'wish',
  'score',
  'window',
  'phone',
  'address',
  'fault',
  'what',
]);

/** The intent of an answer, or null when the classifier should decide. */
export function readReply(text: string, expects: Expected, entities: Entities, guesses: readonly Guess[]): Guess | null {
  const top = guesses[0];
  const states = statesSlot(expects, entities);
  const interrupts = top !== undefined && interruptsAt(top, expects) && (!states || breaksIn(top, text));
  if (expects === 'confirm' || expects === 'resolved') {
    const yesOrNo = AFFIRM.test(text) ? 'affirm' : DENY.test(text) ? 'deny' : null;
    if (yesOrNo) return { intent: yesOrNo, confidence: REPLY_CONFIDENCE };
  }
  if (expects === 'confirm')
    return changesSomething(entities) && (!top || !interrupts || top.intent === 'correct') && !/^(?:对|好|是|嗯|可以|行)/.test(text)
      ? { intent: 'correct', confidence: FREE_REPLY_CONFIDENCE }
      : null;
  if (expects === 'score' && entities.score !== null) return { intent: 'survey_score', confidence: REPLY_CONFIDENCE };
  if (!states && MAY_SKIP.has(expects) && SKIP.test(text) && (!interrupts || top.intent === 'skip'))
    return { intent: 'skip', confidence: REPLY_CONFIDENCE };
  if (interrupts && !(states && (top.intent === 'skip' || top.intent === 'correct'))) return null;
  if (states) return { intent: 'inform', confidence: REPLY_CONFIDENCE };
  const isAnswer = top?.intent === 'complaint' && COMPLAINING.has(expects);
  const isTalk =
    top !== undefined && !isAnswer && (SMALL_TALK.has(top.intent) || INTERRUPTIONS.has(top.intent)) && top.confidence >= INTERRUPTS_AT;
  return FREE_TEXT.has(expects) && expects !== 'resolved' && !isTalk && text !== ''
    ? { intent: 'inform', confidence: FREE_REPLY_CONFIDENCE }
    : null;
}

/** Beside an answer, a question counts only when it asks, and 联系 my wife is not 联系 the desk. */
function breaksIn(top: Guess, text: string): boolean {
  const asks = !ASKING.has(top.intent) || /[吗么呢??]|多少|几点|怎么|什么|啥|哪|能不能|咋/.test(text);
  return asks && (top.intent !== 'human' || top.confidence >= HUMAN_INTERRUPTS_ANSWER_AT);
}

function interruptsAt(top: Guess, expects: Expected): boolean {
  if (!INTERRUPTIONS.has(top.intent)) return false;
  if (top.intent === 'complaint' && COMPLAINING.has(expects)) return false;
  return top.confidence >= (FREE_TEXT.has(expects) ? INTERRUPTS_FREE_TEXT_AT : INTERRUPTS_AT);
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
