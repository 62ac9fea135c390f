/**
 * Whether a message breaks into the question just asked. Beside an answer, or where any words answer, only what is plainly
 * asked for does: a person, a complaint, calling it off, a question that ends as one; 它自己取消加热 is a fault.
 */
import type { Guess } from './intent-classifier.ts';
import { readRequest } from './request.ts';
import type { Expected, Intent } from './understood.ts';

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
/** Slots any sentence may answer. */
export const FREE_TEXT: ReadonlySet<Expected> = new Set([
  'fault',
  'reason',
  'comment',
  'what',
  'wish',
  'change',
  'category',
  'proof',
  'resolved',
]);
/** In a complaint its own words are no interruption. */
const COMPLAINING: ReadonlySet<Expected> = new Set(['reason', 'comment', 'what', 'wish', 'category', 'resolved', 'score']);
/** What is not wanted any more is a good answer to these. */
const ABOUT_AN_END: ReadonlySet<Expected> = new Set(['reason', 'comment', 'what', 'wish']);

const INTERRUPTS_AT = 0.6;
const INTERRUPTS_FREE_TEXT_AT = 0.75;
/** Longer ones tell something. */
const COMMAND_CHARACTERS_MAX = 14;

const ENDS_ASKING =
  /(?:[吗么呢?]|多少钱?|多久|几点|几天|什么时候|怎么收费|怎么算|怎么办|什么价|啥价|行不行|能不能|可不可以|要不要钱|没有|了没)[啊呀呢吧哦嘛!?.。,~\s]*$/;
/** A short message with such a word asks. */
export const ASKS = /[吗么呢?]|多少|几[点天时个号]|什么时候|多久|啥|哪|怎么|能不能|是不是|how (?:much|long)|when|what time/i;
const CALLS_OFF =
  /取消(?:预约|上门|订单|工单|维修|报修|安装|这次|那个预约|这单|那单|明天|今天|后天|周|吧|了|掉|[。!,~]|$)|(?:不用|别|甭|不要|不需要)(?:再)?(?:来|上门|派|修)|不(?:修|约|装|报修|需要)了|退单|撤单|cancel/i;
const STOPS =
  /不(?:想|愿意?)?(?:再)?(?:弄|填|报|办|搞|整|说|聊|问|评|登记|继续|查)了?|结束|退出|停止|中止|终止|取消|算了|打住|^停|下次再|改天再|回头再|以后再|晚点再|考虑|拉倒|stop|quit|exit|never ?mind|forget it/i;
const GOES_ON =
  /^(?:好了?|行|那|我们|咱们?|可以|[\s,,])*(?:继续|接着|回到刚才|回来了)(?:吧|刚才的?|报修|填|弄|说|来|上面的?|啊|了|[\s。.!~])*$/;
/** A message or its last clause that only stops: 中止, 太麻烦了,不整了. */
const BARE_STOP =
  /(?:^|[,,。;!?\s])(?:我)?(?:中止|终止|停止|停|停下|打住|结束(?:对话|会话|这个|流程)?|退出(?:操作|登记|对话)?|取消(?:操作|登记|填写)|关闭|(?:先)?不(?:弄|整|搞|填|报修?|约|登记|办|继续|评价?|聊)[了啦咯]?|不想(?:弄|整|搞|填|报|继续|评价?)了?|stop(?: this| it)?|quit|exit|never ?mind|forget it)[了吧啊呀嘛啦!。.~\s]*$/i;
const STOP_CHARACTERS_MAX = 18;

/** Whether the message does nothing but stop the dialog. */
export function isBareStop(text: string): boolean {
  return text.length <= STOP_CHARACTERS_MAX && BARE_STOP.test(text) && !/\d{4}/.test(text);
}
/** The machine does it, not the customer. */
const OF_THE_MACHINE = /^(?:它|机器|屏幕?|自己|每次|有时|老是|总是|一开|开机|按|显示|洗到|转着)/;

export function isInterruption(top: Guess | undefined, text: string, expects: Expected, states: boolean): boolean {
  if (!top || !INTERRUPTIONS.has(top.intent)) return false;
  if (top.intent === 'complaint' && COMPLAINING.has(expects)) return false;
  const free = FREE_TEXT.has(expects);
  if (top.confidence < (free ? INTERRUPTS_FREE_TEXT_AT : INTERRUPTS_AT)) return readRequest(text) === top.intent;
  return !(states || free) || isPlain(top.intent, text, expects, states);
}

/** Said in so many words. */
function isPlain(intent: Intent, text: string, expects: Expected, states: boolean): boolean {
  const isShort = text.length <= COMMAND_CHARACTERS_MAX && !OF_THE_MACHINE.test(text);
  switch (intent) {
    case 'human':
    case 'complaint':
      return readRequest(text) === intent;
    case 'cancel_booking':
      return CALLS_OFF.test(text) && !ABOUT_AN_END.has(expects) && !OF_THE_MACHINE.test(text);
    case 'cancel_flow':
      return !states && STOPS.test(text) && isShort;
    case 'resume':
      return !states && GOES_ON.test(text);
    case 'ask_price':
    case 'ask_hours':
    case 'query_progress':
    case 'query_warranty':
    case 'invoice':
      return ENDS_ASKING.test(text) || (!states && isShort && ASKS.test(text));
    case 'repeat':
    case 'skip':
      return !states && isShort;
    case 'abuse':
      return !states && !COMPLAINING.has(expects);
    default:
      return !states;
  }
}
