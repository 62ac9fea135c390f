/** A sentence as the words that matter for a visit: days, parts of the day, clocks, joints, bounds and flags. */
import type { LocalDay } from '../domain/instant.ts';
import { addDays, weekdayOf } from './calendar-day.ts';
import { type DaySpan, leaningOn, one } from './day-span.ts';
import { type Clock, type Part, readClock } from './visit-clock.ts';
import { readDay } from './visit-day.ts';
import { PARTS } from './visit-part.ts';
import { goesOnWeekdays, readShortWeekday } from './visit-week.ts';

export type Flag = 'anytime' | 'asap' | 'after_work';
type Joint = 'until' | 'or' | 'and' | 'after' | 'before' | 'every' | 'about';
export type VisitWord = { readonly from: number; readonly end: number } & (
  | { readonly kind: 'day'; readonly span: DaySpan }
  | { readonly kind: 'part'; readonly part: Part }
  | { readonly kind: 'clock'; readonly clock: Clock }
  | { readonly kind: Joint }
  /** Said before the time it bounds: 最早, 最晚. */
  | { readonly kind: 'earliest' }
  | { readonly kind: 'latest' }
  | { readonly kind: 'hours-later'; readonly minutes: number }
  /** `insists`: 随便哪天 stays true of a day or week named beside it, 都行 does not. */
  | { readonly kind: 'flag'; readonly flag: Flag; readonly insists: boolean }
);

/** What a time may start with. */
const AHEAD = '[\\d一二三四五六七八九十两今明后大下这本周星月年元春国圣除上中晚早双]';
const BOUNDS: readonly (readonly [RegExp, 'earliest' | 'latest'])[] = [
  [
    new RegExp(
      `(?:最[晚迟]|至迟|顶多|(?:不|别)[能得要]{0,2}[晚迟]于|(?:不|别)[能要]?超过|赶在|截止?)[也是得要就到至在]{0,3}(?=${AHEAD})`,
      'y',
    ),
    'latest',
  ],
  [new RegExp(`(?:最早|最快|不早于|起码)[也是得要就到至在等]{0,3}(?=${AHEAD})|过[了完](?=${AHEAD})`, 'y'), 'earliest'],
];
const FLAGS: readonly (readonly [RegExp, Flag])[] = [
  [/下了?班了?(?:以后|之后|后|回来|回家|到家|再(?=来|说|约|过来|上门))/y, 'after_work'],
  [
    /能多[快早]就?多[快早]|多快有多快|十万火急|火速|立即|即刻|第一时间(?=来|派|上门|安排|修)|现在就(?=来|派|上门|要|过)|越快越好|越早越好|尽快|尽早|尽可能快|尽可能早|(?<!路|线)最快(?:的)?(?:时间)?|最早(?:的)?(?:时间|一班)?(?=能|可|什么|啥|几点|哪天|是|的|$|[,。!])|(?<![叫姓名])马上|立刻|立马|快(?:点|些)?来(?=个?人|看|修|吧|啊|呀|帮|$|[,,。!])|赶紧(?=来|派|安排|上门|给|帮|过来|叫)|赶快(?=来|派|安排|上门|给|帮|过来|叫)|快点(?=来|派|安排|上门|过来)|早点(?=来|派|安排|上门|过来)|加急/y,
    'asap',
  ],
  [/(?:\d{1,2}|[一二两三四五六七八九十]{1,3})个?(?:小时|钟头)(?:之内|以内|内)/y, 'asap'],
  [
    /(多会儿|多咱|啥时候|什么时候|几时|哪天|几点|什么时间)(?:你们|师傅|他们)?(?:方便|有空|得空|得闲|能来|顺路|合适|有时间|有人)[^,,。;!?]{0,3}\1|(?:我|家里|都)天天(?:都)?在|随时|随便(?:哪天|哪一天|几点|什么时候|什么时间|啥时候|时间|来)|任何时(?:间|候)|什么时(?:间|候)(?:来|去|过来)?都|啥时候(?:来|去)?都|哪天(?:来|去|过来|上门)?都|几点(?:来|去)?都|哪个时间都|时间不限|你们定|(?<!请|麻烦|烦|让|叫|要|希望|想)你们安排(?!人|师傅|个|一?下|维修|上门|谁|的)|你们看着(?=安排|办|来|定|约|挑|选|排|弄|$|[,。吧!])|看着(?:安排|办|来|定|排)|看你们|都有空|全天(?:都)?(?:可以|在|行)|一直在家|天天在家|每天都在/y,
    'anytime',
  ],
];
/** These count only when a time was just asked for. */
const ASKED_FLAGS: readonly (readonly [RegExp, Flag])[] = [
  [/都行|都可以|都成|都好|都ok|无所谓|不限|随便|(?:你们|师傅|你)(?:那边)?方便(?:就行|就好|的时候)|听你们的|按你们/iy, 'anytime'],
  [/现在|赶紧|赶快|快点|早点|越快|最快|(?<!不|不是|不着|不太|没那么|不算|别|勿)急(?!诊|冻|救)/y, 'asap'],
];
const JOINTS: readonly (readonly [RegExp, Joint])[] = [
  [/(?:一直)?[到至~—–]|-/y, 'until'],
  [/或者?是?|要么|要不(?:然|就)?|还是|不然就?|(?:不行|不成|实在不行|来不了|没空)的?话?(?:就|那就|再)/y, 'or'],
  [/[和跟与、,,]/y, 'and'],
  [/左右|前后|上下(?!班|楼|水)|那几天/y, 'about'],
  [/(?:以后|之后|过后|往后|后面|起|开始|后(?!天|日))/y, 'after'],
  [/(?<=过[了完][^,,。;!?]{1,5})再(?=来|说|约|修|弄|上门)|才(?=有空|有时间|在家|能|可以|行|方便|有人|得闲|得空|到家|下班)/y, 'after'],
  [/(?:以前|之前|前(?!后))/y, 'before'],
  [/每天|天天|每晚|平时|工作日|一般|通常/y, 'every'],
];
/** What a word of a visit may start with; most characters are skipped at once. */
const STARTS =
  /[听按师初腊正除快实来没\d一二两三四五六七八九十零半今明后大周星下这本上月过再等年元情妇劳儿国双平圣春端中凌清早午晌傍晚夜间立马尽越最赶快加随任什啥哪几时你都全天每通到至~—–\-或能多十火第我家要还不和跟与、,,之往工现第次重起开以前急现无按有拜隔近外万差黄擦入吃头饭睡左才截别顶植教冬跨呢]/;
const HOURS_LATER = /(半|[一二两三四五六七八九]|\d{1,2})个?(半)?(?:小时|钟头)(?:以后|之后|后)/y;
/** 越快越好, 随便哪天 and 几点都行 stay true of a day beside them, a bare 随便 does not. */
const INSISTS = /^(?:越[快早]越好|尽快|随时|随便[哪几什啥]|任何|几点|什么时|啥时|哪个时)/;
/** What may stand between two days of which the second leans on the first. */
const LEANS = /^[的 ]?$/;

export function readVisitWords(text: string, today: LocalDay, asked: boolean): readonly VisitWord[] {
  const words: VisitWord[] = [];
  let at = 0;
  while (at < text.length) {
    const word = readWord(text, at, today, asked, words);
    if (word) words.push(word);
    at = word ? word.end : at + 1;
  }
  return words;
}

function readWord(text: string, at: number, today: LocalDay, asked: boolean, before: readonly VisitWord[]): VisitWord | null {
  if (!STARTS.test(text[at] ?? '')) return null;
  const later = exec(HOURS_LATER, text, at);
  if (later)
    return {
      kind: 'hours-later',
      minutes: later[1] === '半' ? 30 : hours(later[1]) * 60 + (later[2] ? 30 : 0),
      from: at,
      end: at + later[0].length,
    };
  const bound = first(BOUNDS, text, at);
  if (bound) return { kind: bound.value, from: at, end: bound.end };
  const flag = first(asked ? [...FLAGS, ...ASKED_FLAGS] : FLAGS, text, at);
  if (flag) return { kind: 'flag', flag: flag.value, insists: INSISTS.test(text.slice(at)), from: at, end: flag.end };
  const beside = dayBeside(text, at, before);
  if (beside) return beside;
  const clock = readClock(text, at);
  const day = readDay(text, at, today);
  if (day && (!clock || day.end > clock.end)) return { kind: 'day', span: leaning(day.span, text, at, before), from: at, end: day.end };
  if (clock) return { kind: 'clock', clock: clock.clock, from: at, end: clock.opensRange ? clock.end - 1 : clock.end };
  const part = first(PARTS, text, at);
  if (part) return { kind: 'part', part: part.value, from: at, end: part.end };
  const short = shortWeekday(text, at, today, before);
  if (short) return { kind: 'day', span: short.span, from: at, end: short.end };
  const joint = first(JOINTS, text, at);
  return joint ? { kind: joint.value, from: at, end: joint.end } : null;
}

/** 5号 of 1月3号到5号 is in January. */
function leaning(span: DaySpan, text: string, at: number, before: readonly VisitWord[]): DaySpan {
  const leant = leaningOnBeside(span, text, at, before);
  return leant === span && isOvertaken(span, text.slice(0, at), before) ? { ...span, fuzzy: true } : leant;
}

/** 周四回来,周五上午行 said on a Friday: hardly today. Of a visit that is moved it may be. */
function isOvertaken(span: DaySpan, said: string, before: readonly VisitWord[]): boolean {
  const { from } = span;
  if (span.said !== 'weekday' || from === null || /[改换挪推调移]/.test(said)) return false;
  return before.some(
    (word) =>
      word.kind === 'day' &&
      word.span.said === 'weekday' &&
      word.span.from !== null &&
      word.span.from > from &&
      weekdayOf(word.span.from) < weekdayOf(from),
  );
}

function leaningOnBeside(span: DaySpan, text: string, at: number, before: readonly VisitWord[]): DaySpan {
  const [joint, outer] = [before.at(-1), before.at(-2)];
  if (joint?.kind === 'day' && joint.end === at) return leaningOn(joint.span, span, false);
  if (outer?.kind !== 'day' || (joint?.kind !== 'until' && joint?.kind !== 'or' && joint?.kind !== 'and')) return span;
  const isBeside = LEANS.test(text.slice(outer.end, joint.from)) && LEANS.test(text.slice(joint.end, at));
  return isBeside ? leaningOn(outer.span, span, joint.kind === 'until') : span;
}

/** 第二天 after a day that was named. */
function dayBeside(text: string, at: number, before: readonly VisitWord[]): VisitWord | null {
  const match = exec(/(?:(第二天|次日|隔天|后一天|后面一天)|前一天|头一天)(?=$|[的上下早晚中嘛吧来,。!])/y, text, at);
  const named = match ? before.findLast((word) => word.kind === 'day') : undefined;
  if (!match || named?.kind !== 'day' || !named.span.from || named.span.from !== named.span.to) return null;
  return { kind: 'day', span: one(addDays(named.span.from, match[1] ? 1 : -1)), from: at, end: at + match[0].length };
}

function shortWeekday(text: string, at: number, today: LocalDay, before: readonly VisitWord[]): ReturnType<typeof readShortWeekday> {
  const last = before.at(-1);
  const isUntil = last?.kind === 'until' && last.end === at && before.at(-2)?.kind === 'day';
  const listed = last?.kind === 'and' && last.end === at ? before.at(-2) : last;
  const day = listed?.kind === 'day' && goesOnWeekdays(text, at) ? listed.span.from : null;
  return isUntil || day ? readShortWeekday(text, at, day ?? today) : null;
}

function first<Value>(
  rules: readonly (readonly [RegExp, Value])[],
  text: string,
  at: number,
): { readonly value: Value; readonly end: number } | null {
  for (const [pattern, value] of rules) {
    const match = exec(pattern, text, at);
    if (match) return { value, end: at + match[0].length };
  }
  return null;
}

function hours(text: string | undefined): number {
  const index = '一二三四五六七八九'.indexOf(text ?? '');
  if (text === '两') return 2;
  return index >= 0 ? index + 1 : Number(text);
}

function exec(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}
