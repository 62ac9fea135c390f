/**
 * Whether a message breaks into the question just asked. Beside an answer, or where any words answer, only what is plainly
 * asked for does: a person, a complaint, calling it off, a question that ends as one; 它自己取消加热 is a fault.
 */
import type { Guess } from './intent-classifier.ts';
import { callsSomebody, readRequest } from './request.ts';
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
/** Beside these a question may be about the value itself: 空调,修一次多少钱? Beside a day or a number it waits. */
const WHAT_IS_ASKED_ABOUT: ReadonlySet<Expected> = new Set(['appliance', 'fault']);
/** What is not wanted any more is a good answer to these. */
const ABOUT_AN_END: ReadonlySet<Expected> = new Set(['reason', 'comment', 'what', 'wish']);

const INTERRUPTS_AT = 0.6;
const INTERRUPTS_FREE_TEXT_AT = 0.75;
/** A person is called for in other words than the rules know. */
const SURE_AT = 0.85;
const CALL_CHARACTERS_MAX = 24;
/** Longer ones tell something. */
const COMMAND_CHARACTERS_MAX = 14;

const ENDS_ASKING =
  /(?:[吗么呢?]|多少钱?|多久|几点|几天|什么时候|怎么收费|怎么算|怎么办|什么价|啥价|行不行|能不能|可不可以|要不要钱|没有|了没)[啊呀呢吧哦嘛!?.。,~\s]*$/;
/** A short message with such a word asks. */
export const ASKS = /[吗么呢?]|多少|几[点天时个号]|什么时候|多久|啥|哪|怎么|能不能|是不是|how (?:much|long)|when|what time/i;
/** The visit is called off, not a number (旧号取消了) nor a word (别又说取消). */
const CALLS_OFF =
  /取消(?:掉|了)?(?:我的|我|那个|这个|那|这)?(?:预约|上门|订单|工单|维修|报修|安装|清洗|这次|一?单|明天|今天|后天|周)|(?:^|[,,。!?;\s]|帮我|给我|我要|我想|想要?|请|麻烦|那就|还是|直接|全部|都)取消(?:吧|了|掉|[。!,~]|$)|(?:预约|上门|订单|工单|维修|报修|安装|单子)(?:都|就|也|请|给我|帮我)?(?:取消|撤|退掉)|(?:不用|别|甭|不要|不需要|不必)(?:再)?(?:来|上门|派|修)|不(?:修|约|装|报修)了|退单|撤单|(?<!(?:not?|n't|never) )cancel (?:it|the|my|this|that|visit|appointment|order|booking)/i;
/** 以前取消那单 and 取消订单来不及了 tell of one called off before. */
const CALLED_OFF_BEFORE =
  /(?:以前|之前|上次|上回|上一?次|那次|那时|当时|本来|原来|原先|曾经|早先|前[些几两]天|去年|昨天)[^,,。;!?]{0,8}取消|取消(?:过|来不及|不了|不掉|的那|那一?单|之后|以后|限)|来不及取消/;
/** Beside an answer: a clause that does nothing but demand. */
const DEMANDS = {
  complaint:
    /(?:^|[,,。!?;\s])(?:我|俺|本人)?(?:现在|今天|一定|就|还)*(?:要|想|必须|得)(?:去|来)?(?:投诉|举报)(?:你们|他们?|她|师傅|客服|公司|维修[工员])*(?:一下|[的了吧啊])*(?=$|[,,。!?;\s])|(?:^|[,,。!?;\s])(?:投诉|举报)(?:你们|他们?|师傅|客服)[了啊]?(?=$|[,,。!?;\s])/,
  cancel_booking:
    /(?:^|[,,。!?;\s])(?:请|麻烦|帮我|给我|我要|我想|那就?|还是|直接|算了)*(?:(?:取消|撤[掉销]?|退掉?)(?:掉|了)?(?:我的|我|那个|这个|那|这|今天|明天|后天)*(?:的)?(?:预约|上门|订单|工单|维修|报修|安装|清洗|这次|一?单)?|(?:预约|上门|订单|工单|维修|报修|安装|单子)(?:就|也|请|给我|帮我)?(?:取消|撤|退掉?)|(?:(?:不用|别|不要|不需要|不必)(?:再)?(?:来|上门|派人?|修)|不(?:修|约|装|报修))了)(?:[了吧啊]|好了|算了)*(?=$|[,,。!?;\s])/,
};
const STOPS =
  /不(?:想|愿意?)?(?:再)?(?:弄|填|报|办|搞|整|说|聊|问|评|登记|继续|查)了?|结束|退出|停止|中止|终止|取消|算了|打住|^停|下次再|改天再|回头再|以后再|晚点再|考虑|拉倒|stop|quit|exit|never ?mind|forget it/i;
const GOES_ON =
  /^(?:好了?|行|那|我们|咱们?|可以|[\s,,])*(?:继续|接着|回到刚才|回来了)(?:吧|刚才的?|报修|填|弄|说|来|上面的?|啊|了|[\s。.!~])*$/;
/** 下单下重复了 answers, 重复一遍 asks. */
const ASKS_AGAIN =
  /再(?:说|讲|问|发|来|念)|重(?:复|说|发|新(?:说|问|发))(?:一?[遍次下]|吧|$)|没(?:听|看)(?:清|懂|明白)|什么意思|啥意思|[听看]不(?:懂|清|明白)|^[?!]+$|what|repeat|pardon/i;
/** 先空着 may be an answer, 下一题 is none. */
const WAIVES =
  /下一?(?:题|个|项|步|条)|往(?:下|后)走|跳|过吧|略过|没(?:啥|什么|有)(?:要求|意见|想法|[好可]?说)|说不(?:上|清|好)|不(?:想|方便|愿意?)?(?:说|填|讲|评)|懒得|无所谓|随便|不知道|免了|skip|pass|next/i;
/** A message or its last clause that only stops: 中止, 太麻烦了,不整了. */
const BARE_STOP =
  /(?:^|[,,。;!?\s])(?:我)?(?:中止|终止|停止|停|停下|打住|结束(?:对话|会话|这个|流程)?|退出(?:操作|登记|对话)?|取消(?:操作|登记|填写)|关闭|(?:先)?不(?:弄|整|搞|填|报修?|约|登记|办|继续|评价?|聊)[了啦咯]?|不想(?:弄|整|搞|填|报|继续|评价?)了?|stop(?: this| it)?|quit|exit|never ?mind|forget it)[了吧啊呀嘛啦!。.~\s]*$/i;
const STOP_CHARACTERS_MAX = 18;

/** Whether the message does nothing but stop the dialog. */
export function isBareStop(text: string): boolean {
  return text.length <= STOP_CHARACTERS_MAX && BARE_STOP.test(text) && !/\d{4}/.test(text);
}
/** Put away in words that are no answer anywhere: 停 我要去接孩子, 先撂这儿吧. */
const STOPS_FIRST = /^(?:先|那|你|请)?(?:停|停下|停一下|打住|中止|终止|暂停|停止|stop)(?:吧|了|一下|操作|登记|流程)*(?:[,,。!~\s]|$)/i;
const LAYS_ASIDE =
  /(?:^|[,,。!;\s])(?:我|那|就|咱|今天|今儿)*先(?:撂|搁|放|停|摆|晾|丢|在)(?:在)?(?:这儿?|这里|那儿?|着|下|一放|一边|一会儿?)(?:吧|了|啊|呗|哈)*(?=$|[,,。!;~\s])|(?:今天|今儿|先|就)+(?:到|弄到|填到|说到|聊到)(?:这儿?|这里|此)(?:为止)?(?:吧|了|呗|哈)+/;
/** 停,不对,是漏水 goes on. */
const TAKES_BACK = /不对|错了|应该|其实/;
const ASIDE_CHARACTERS_MAX = 24;

/** Whether the message puts the dialog away, whatever was asked. */
export function laysAside(text: string, expects: Expected): boolean {
  if (text.length > ASIDE_CHARACTERS_MAX || TAKES_BACK.test(text) || (expects === 'fault' && !STOPS_FIRST.test(text))) return false;
  return (STOPS_FIRST.test(text) || LAYS_ASIDE.test(text)) && !GOES_ON.test(text);
}

/** The machine does it, not the customer. */
const OF_THE_MACHINE = /^(?:它|机器|屏幕?|自己|每次|有时|老是|总是|一开|开机|按|显示|洗到|转着)/;

/** What a clause of an answer demands of its own, or null: 13800138000,我要投诉你们. */
export function demandedBeside(text: string, expects: Expected): 'complaint' | 'cancel_booking' | null {
  if (!COMPLAINING.has(expects) && DEMANDS.complaint.test(text) && readRequest(text) === 'complaint') return 'complaint';
  const callsOff = !FREE_TEXT.has(expects) && DEMANDS.cancel_booking.test(text) && !CALLED_OFF_BEFORE.test(text);
  return callsOff ? 'cancel_booking' : null;
}

export function isInterruption(top: Guess | undefined, text: string, expects: Expected, states: boolean): boolean {
  if (!top || !INTERRUPTIONS.has(top.intent)) return false;
  if (top.intent === 'complaint' && COMPLAINING.has(expects)) return false;
  const free = FREE_TEXT.has(expects);
  if (top.confidence < (free ? INTERRUPTS_FREE_TEXT_AT : INTERRUPTS_AT))
    return readRequest(text) === top.intent && (!states || isPlain(top, text, expects, states));
  return !(states || free) || isPlain(top, text, expects, states);
}

/** Said in so many words. */
function isPlain({ intent, confidence }: Guess, text: string, expects: Expected, states: boolean): boolean {
  const isShort = text.length <= COMMAND_CHARACTERS_MAX && !OF_THE_MACHINE.test(text);
  switch (intent) {
    case 'human':
      return (
        readRequest(text) === intent || (!states && confidence >= SURE_AT && text.length <= CALL_CHARACTERS_MAX && callsSomebody(text))
      );
    case 'complaint':
      return readRequest(text) === intent && (!states || DEMANDS[intent].test(text));
    case 'cancel_booking':
      if (states) return DEMANDS[intent].test(text) && !CALLED_OFF_BEFORE.test(text);
      return CALLS_OFF.test(text) && !CALLED_OFF_BEFORE.test(text) && !ABOUT_AN_END.has(expects) && !OF_THE_MACHINE.test(text);
    case 'cancel_flow':
      return !states && STOPS.test(text) && isShort;
    case 'resume':
      return !states && GOES_ON.test(text);
    case 'ask_price':
    case 'ask_hours':
    case 'query_progress':
    case 'query_warranty':
    case 'invoice':
      return (
        (!states || WHAT_IS_ASKED_ABOUT.has(expects)) &&
        (ENDS_ASKING.test(text) || (!states && isShort && ASKS.test(text) && !COMPLAINING.has(expects)))
      );
    case 'repeat':
      return !states && isShort && (!FREE_TEXT.has(expects) || ASKS_AGAIN.test(text));
    case 'skip':
      return !states && isShort && (!FREE_TEXT.has(expects) || WAIVES.test(text));
    case 'abuse':
      return !states && !COMPLAINING.has(expects);
    default:
      return !states;
  }
}
