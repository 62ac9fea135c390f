/**
 * Decides what one message of a customer is about: danger before everything, then a button or number under the last
 * question, a person asked for, and only then the dialog on top. Pure; the first rule that fits wins.
 */

import type { Answers, CustomerEvent } from '../../flows/dialog-event.ts';
import type { FlowName, Opening } from '../../flows/registry.ts';
import type { PhoneNumber } from '../domain/contact.ts';
import type { Danger } from '../domain/danger.ts';
import type { Intent, Understood } from '../understanding/understood.ts';
import type { ReplyKey } from '../wording/reply.ts';
import { saysAnything } from './answers.ts';
import type { ConversationState, Meaning } from './conversation-state.ts';
import type { Owner } from './ports.ts';

export type Topic = 'price' | 'hours' | 'robot';

export type Move =
  | { readonly kind: 'danger'; readonly danger: Danger }
  /** 安全了, after the safety text. */
  | { readonly kind: 'safe' }
  /** After a danger, outside any dialog: the number to call. */
  | { readonly kind: 'danger-contact'; readonly phone: PhoneNumber }
  /** A person owns the chat, or will: the bot keeps silent, notes once, or is called back. */
  | { readonly kind: 'silent' }
  | { readonly kind: 'noted' }
  /** 还要等多久: the place in the queue, as often as it is asked. */
  | { readonly kind: 'queue-asked' }
  | { readonly kind: 'withdrawn' }
  | { readonly kind: 'hand-off'; readonly reason: string; readonly first: ReplyKey | null }
  /** `otherwise` is what it means when the dialog knew all of that already. */
  | { readonly kind: 'event'; readonly event: CustomerEvent; readonly otherwise: CustomerEvent | null }
  | { readonly kind: 'start'; readonly flow: FlowName; readonly aim: Opening['aim']; readonly answers: Answers }
  /** A question in between: answered, then the open question again. */
  | { readonly kind: 'answer'; readonly topic: Topic }
  /** 等一下: nothing is asked again until the customer is back. */
  | { readonly kind: 'wait' }
  /** A courtesy, then the open question again. */
  | { readonly kind: 'courtesy'; readonly key: ReplyKey }
  | { readonly kind: 'clarify'; readonly options: readonly Intent[] };

export type Heard = { readonly text: string; readonly understood: Understood; readonly answers: Answers };

/** Below this the intent is not acted on. */
const SURE = 0.6;

const BACK = /^(?:上一步|返回|退回|回到?上一(?:步|个)|back)$/iu;
const RESTART = /^(?:重新开始|从头(?:再)?来|重来|重新来|start over|restart)$/iu;
const SAFE = /安全了|没事了|出来了|到外面了|在外面了|断电了|关了|已经关|没味了|i'?m safe|safe now/iu;
const ROBOT = /机器人|真人吗|是人吗|是不是人|人工智能|\b(?:robot|bot|human\?)/iu;
const WAIT =
  /^(?:请|麻烦)?(?:等一?下|等等|等会儿?|稍等(?:一下|片刻)?|等我(?:看|找|查|问)?.{0,8}|我(?:先)?(?:去)?(?:看|找|查|问)(?:一?下|看).{0,6}|.{0,8}[, ](?:等一?下|等等|稍等)|wait|one moment|hold on)[。.!~吧哈啊哦]*$/iu;
/** At the read-back or the windows: the visit is not wanted after all. */
const CALLED_OFF = /^(?:那|还是)?(?:先)?(?:不用了|算了|不要了|不约了|不修了|不需要了)/u;
const COMPLAINT = /投诉|举报|差评|12315/u;
const MONEY = /多少钱|价格|价钱|收费|费用|贵不贵/u;
/** The read-back said again is a yes: 对,明天下午三点没错. */
const AGREED = /^(?:对|是|嗯|好|行|可以|没错|没问题|确认|ok|yes)/iu;
/** In a dialog these move nothing. */
const SMALL_TALK: ReadonlySet<Intent> = new Set(['chitchat', 'out_of_scope']);
const PERSON = /人工|真人|客服|活人|经理|agent|human|person/iu;
const CONTINUE = /继续|接着|不等了|不用(?:人工|转)|自己来|continue|go on/iu;

/** Dialogs that people still hold: they go to a person with what is known. */
const FOR_A_PERSON: ReadonlySet<Intent> = new Set(['complaint', 'query_warranty', 'invoice']);

/** What is wanted of a ticket that is there already. */
const OF_A_TICKET: Readonly<Partial<Record<Intent, { readonly flow: FlowName; readonly aim: Opening['aim'] }>>> = {
  reschedule: { flow: 'appointment-change', aim: 'reschedule' },
  cancel_booking: { flow: 'appointment-change', aim: 'cancel' },
  query_progress: { flow: 'progress', aim: null },
};

const NO_NUMBER =
  /^(?:我|现在|手边|这边|单号|号码|单子|的|那个)*(?:没有?|没了|无|不知道|不记得|记不得|忘了|忘记|找不到|丢了|没存|没收到|没留|none|no|don'?t have|i don'?t)/iu;
const QUEUE_ASKED = /多久|多长时间|几分钟|排(?:到|在)?(?:了)?(?:第)?几|前面(?:还有)?(?:几|多少)|还要等|人呢|有人吗|how long|position/iu;
const CANCEL_VISIT = /取消(?:一下|掉)?.{0,4}(?:预约|上门|维修|报修|订单|单子|那单|这单)|(?:不用|不要|不)(?:来)?(?:修|上门)了|别来了/u;
const WHO_COMES = /师傅.{0,6}(?:贵姓|姓什么|姓啥|电话|手机|号码|联系方式|是谁|叫什么|哪位|哪个)/u;
/** At a change of a visit: it stays as it was. */
const KEPT =
  /^(?:那|还是)?(?:先)?(?:就)?(?:不(?:用|想|要)?(?:取消|改|换|动|变)|算了|别(?:改|取消|动)|保留|照旧|按原来|原来的?(?:时间)?(?:就行|吧)?$|不变)/u;
const CALL_IT_OFF =
  /^(?:对|是的?|好的?|嗯|确认|确定|就|那就?)*[,\uFF0C ]*(?:帮我|给我)?取消(?:掉|吧|了|上门|预约|这次|这单|它)*[。.!\uFF01]*$/u;

const COURTESIES: Readonly<Partial<Record<Intent, ReplyKey>>> = {
  thanks: 'thanks',
  goodbye: 'goodbye',
  praise: 'praise',
  chitchat: 'chitchat',
  out_of_scope: 'out-of-scope',
  greet: 'greeting.again',
};

export function route(heard: Heard, state: ConversationState, owner: Owner): Move {
  const { text, understood } = heard;
  const { danger } = understood.entities;
  if (danger !== null) return { kind: 'danger', danger };
  if (owner === 'human') return { kind: 'silent' };
  if (owner === 'queue') return routeInQueue(heard, state);

  const chosen = chosenMeaning(text, state);
  if (chosen !== null) return meant(chosen, heard);
  if (understood.intent === 'human' && (understood.confidence >= SURE || PERSON.test(text)))
    return ROBOT.test(text) && !/转|找|要|叫/u.test(text)
      ? { kind: 'answer', topic: 'robot' }
      : { kind: 'hand-off', reason: 'asked', first: null };
  if (understood.intent === 'abuse' && understood.confidence >= SURE) return { kind: 'hand-off', reason: 'abuse', first: 'handoff.abuse' };
  if (state.danger !== null && SAFE.test(text)) return { kind: 'safe' };
  if (state.danger !== null && state.stack.length === 0 && heard.answers.phone !== null)
    return { kind: 'danger-contact', phone: heard.answers.phone };
  if (ROBOT.test(text) && !heard.answers.reports.some((it) => it.appliance !== null)) return { kind: 'answer', topic: 'robot' };
  return state.stack.length > 0 ? routeInDialog(heard, state) : routeOutside(heard, state);
}

function routeInQueue({ text, understood }: Heard, state: ConversationState): Move {
  const back = understood.intent === 'resume' || understood.intent === 'cancel_flow' || CONTINUE.test(text);
  if (back) return { kind: 'withdrawn' };
  if (QUEUE_ASKED.test(text)) return { kind: 'queue-asked' };
  return state.queueNoted ? { kind: 'silent' } : { kind: 'noted' };
}

function routeInDialog({ text, understood, answers }: Heard, state: ConversationState): Move {
  const { intent, confidence } = understood;
  const event = (it: CustomerEvent, otherwise: CustomerEvent | null = null): Move => ({ kind: 'event', event: it, otherwise });
  const plain = text.normalize('NFKC').trim();
  const asked = state.lastAsked?.asking ?? null;
  const answered: CustomerEvent = { type: 'ANSWERED', answers, text: text.trim() };
  if (BACK.test(plain)) return event({ type: 'WENT_BACK' });
  if (RESTART.test(plain)) return event({ type: 'RESTARTED' });
  if (WAIT.test(plain)) return { kind: 'wait' };
  if ((asked === 'confirm' || asked === 'window') && CALLED_OFF.test(plain) && !saysAnything(answers)) return event({ type: 'CANCELLED' });
  const sure = confidence >= SURE;
  const anything = saysAnything(answers);
  const flow = state.stack.at(-1)?.flow;
  const ofTicket = flow === 'repair-booking' ? null : routeOfTicket(plain, { intent, sure, asked }, flow, state, answers);
  if (ofTicket !== null) return ofTicket;
  if (/^[\d\s+-]{5,}$/u.test(plain) && !anything && asked !== null) return event({ type: 'NOT_UNDERSTOOD' });
  if (sure && intent === 'complaint' && (answers.reports.length === 0 || COMPLAINT.test(plain)))
    return { kind: 'hand-off', reason: intent, first: 'handoff.topic' };
  const other = sure ? OF_A_TICKET[intent] : undefined;
  // An appliance alone is no fault, 来 no choice of how: 上次约的空调我想改个时间 and 师傅什么时候来 mean the visit there is.
  const faults = answers.reports.filter((it) => it.text !== null || it.errorCode !== null);
  const elsewhere = !saysAnything({ ...answers, reports: faults, serviceMode: null });
  if (flow === 'repair-booking' && other !== undefined && other.aim !== 'cancel' && (elsewhere || answers.ticketNumber !== null)) {
    const another = other.aim === 'reschedule' && (asked === 'confirm' || asked === 'window') && !anything;
    return another ? event({ type: 'ANOTHER_WINDOW_WANTED' }) : { kind: 'start', ...other, answers };
  }
  const calledOff = sure && (intent === 'cancel_flow' || intent === 'cancel_booking');
  if (calledOff && MONEY.test(plain)) return { kind: 'answer', topic: 'price' };
  if (calledOff && !anything) return event({ type: 'CANCELLED' });
  if (sure && intent === 'repeat') return event({ type: 'REPEAT_ASKED' });
  if (sure && intent === 'resume') return event({ type: 'RESUMED' });
  if (sure && intent === 'skip' && !anything) return event({ type: 'SKIPPED' });
  if (sure && (intent === 'ask_price' || intent === 'query_warranty') && answers.wishes.length === 0 && answers.phone === null)
    return { kind: 'answer', topic: 'price' };
  if (sure && intent === 'ask_hours' && answers.phone === null) return { kind: 'answer', topic: 'hours' };
  if (anything) return event(answered, asked === 'confirm' && AGREED.test(plain) ? { type: 'AFFIRMED' } : null);
  if (intent === 'affirm') return event({ type: 'AFFIRMED' });
  if (intent === 'deny') return event({ type: 'DENIED' });
  if (asked === 'fault' && (intent === 'inform' || intent === 'book_repair' || !sure)) return event(answered);
  if (sure && FOR_A_PERSON.has(intent) && intent !== 'query_warranty') return { kind: 'hand-off', reason: intent, first: 'handoff.topic' };
  const courtesy = sure && !SMALL_TALK.has(intent) ? COURTESIES[intent] : undefined;
  if (courtesy !== undefined) return { kind: 'courtesy', key: courtesy };
  return event({ type: 'NOT_UNDERSTOOD' });
}

/** In a dialog about a ticket: which of the two changes, none of them, no number at hand, or a repair after all. */
function routeOfTicket(
  plain: string,
  heard: { readonly intent: Intent; readonly sure: boolean; readonly asked: string | null },
  flow: FlowName | undefined,
  state: ConversationState,
  answers: Answers,
): Move | null {
  const { intent, sure, asked } = heard;
  // What such a dialog can take; a place or a name said by the way is none of it.
  const { wishes, engineerWish, ticketNumber, phone } = answers;
  const anything = wishes.length > 0 || engineerWish !== null || ticketNumber !== null || phone !== null;
  const event = (it: CustomerEvent): Move => ({ kind: 'event', event: it, otherwise: null });
  if (asked === 'ticket' && !anything && NO_NUMBER.test(plain)) return event({ type: 'SKIPPED' });
  const described = answers.reports.some((it) => it.appliance !== null && it.faults.some((fault) => fault !== 'other'));
  const booking = state.stack.some((it) => it.flow === 'repair-booking');
  if (sure && intent === 'book_repair' && described && !booking) return { kind: 'start', flow: 'repair-booking', aim: null, answers };
  if (flow !== 'appointment-change') {
    const other = sure && intent !== 'query_progress' ? OF_A_TICKET[intent] : undefined;
    return other === undefined ? null : { kind: 'start', ...other, answers };
  }
  if (KEPT.test(plain) && !anything) return event({ type: 'CANCELLED' });
  if (CALL_IT_OFF.test(plain) || (sure && intent === 'cancel_booking' && answers.wishes.length === 0))
    return event({ type: 'CHANGE_CHOSEN', change: 'cancel' });
  if (sure && intent === 'reschedule' && !anything) return event({ type: 'CHANGE_CHOSEN', change: 'reschedule' });
  if (sure && intent === 'query_progress' && !anything) return { kind: 'start', flow: 'progress', aim: null, answers };
  return null;
}

function routeOutside({ text, understood, answers }: Heard, state: ConversationState): Move {
  const { intent, confidence, alternatives } = understood;
  const sure = confidence >= SURE;
  const faulty = answers.reports.some((it) => it.appliance !== null && it.text !== null);
  const other = sure ? OF_A_TICKET[intent] : undefined;
  const wishes = answers.engineerWish !== null && answers.reports.length === 0;
  if (wishes && intent !== 'cancel_booking') return { kind: 'start', flow: 'appointment-change', aim: 'reschedule', answers };
  if (other !== undefined) return { kind: 'start', ...other, answers };
  if ((sure && (intent === 'book_repair' || intent === 'resume')) || faulty)
    return { kind: 'start', flow: 'repair-booking', aim: null, answers };
  if (sure && FOR_A_PERSON.has(intent)) return { kind: 'hand-off', reason: intent, first: 'handoff.topic' };
  if (answers.ticketNumber !== null && !COMPLAINT.test(text)) return { kind: 'start', flow: 'progress', aim: null, answers };
  if (CANCEL_VISIT.test(text) && intent !== 'complaint') return { kind: 'start', flow: 'appointment-change', aim: 'cancel', answers };
  if (WHO_COMES.test(text)) return { kind: 'start', flow: 'progress', aim: null, answers };
  if (sure && intent === 'ask_price') return { kind: 'answer', topic: 'price' };
  if (sure && intent === 'ask_hours') return { kind: 'answer', topic: 'hours' };
  if (intent === 'affirm' && state.ticket !== null) return { kind: 'courtesy', key: 'all-set' };
  const courtesy = sure ? COURTESIES[intent] : undefined;
  if (courtesy !== undefined) return { kind: 'courtesy', key: courtesy };
  if (answers.reports.length > 0) return { kind: 'start', flow: 'repair-booking', aim: null, answers };
  return { kind: 'clarify', options: [intent, ...alternatives.map((it) => it.intent)] };
}

/** A tap, its label or its number: `1`, `１.`, 第一个, ①. */
function chosenMeaning(text: string, state: ConversationState): Meaning | null {
  const choices = state.lastAsked?.choices ?? [];
  const plain = text.normalize('NFKC').trim();
  const byLabel = choices.find((it) => it.label.normalize('NFKC') === plain);
  if (byLabel) return withLabel(byLabel);
  const number = choiceNumber(plain);
  const byNumber = number === null ? undefined : choices[number - 1];
  return byNumber ? withLabel(byNumber) : null;
}

/** A tapped fault is the customer's description, in the label's words. */
function withLabel({ label, means }: { readonly label: string; readonly means: Meaning }): Meaning {
  if (means.type !== 'ANSWERED') return means;
  const reports = means.answers.reports.map((it) => ({ ...it, text: it.text ?? (it.faults.length > 0 ? label : null) }));
  return { ...means, text: label, answers: { ...means.answers, reports } };
}

const ORDINALS = '一二三四五六七八九十';

function choiceNumber(plain: string): number | null {
  const digits = /^(?:第|选)?\s*(\d{1,2})\s*(?:个|项|号)?[.、)]?$/u.exec(plain);
  if (digits) return Number(digits[1]);
  const ordinal = /^(?:第|选)([一二三四五六七八九十])(?:个|项)?$/u.exec(plain);
  return ordinal ? ORDINALS.indexOf(ordinal[1] as string) + 1 : null;
}

function meant(meaning: Meaning, { answers }: Heard): Move {
  if (meaning.type !== 'WANTED') return { kind: 'event', event: meaning as CustomerEvent, otherwise: null };
  switch (meaning.what) {
    case 'repair':
      return { kind: 'start', flow: 'repair-booking', aim: null, answers };
    case 'progress':
      return { kind: 'start', flow: 'progress', aim: null, answers };
    case 'person':
      return { kind: 'hand-off', reason: 'asked', first: null };
    case 'price':
    case 'hours':
      return { kind: 'answer', topic: meaning.what };
  }
}
