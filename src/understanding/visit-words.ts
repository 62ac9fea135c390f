/** A sentence as the words that matter for a visit: days, parts of the day, clocks, joints, bounds and flags. */
import type { LocalDay } from '../domain/instant.ts';
import type { DaySpan } from './day-span.ts';
import { type Clock, type Part, readClock } from './visit-clock.ts';
import { readDay, readShortWeekday } from './visit-day.ts';

export type Flag = 'anytime' | 'asap' | 'after_work';
export type VisitWord = { readonly from: number; readonly end: number } & (
  | { readonly kind: 'day'; readonly span: DaySpan }
  | { readonly kind: 'part'; readonly part: Part }
  | { readonly kind: 'clock'; readonly clock: Clock }
  | { readonly kind: 'until' }
  | { readonly kind: 'or' }
  | { readonly kind: 'and' }
  | { readonly kind: 'after' }
  | { readonly kind: 'before' }
  | { readonly kind: 'every' }
  | { readonly kind: 'hours-later'; readonly minutes: number }
  /** `insists`: 随便哪天 stays true of a day or week named beside it, 都行 does not. */
  | { readonly kind: 'flag'; readonly flag: Flag; readonly insists: boolean }
);

const PARTS: readonly (readonly [RegExp, Part])[] = [
  [/凌晨|大?清早|一大?早|早上|早晨|(?<!(?<![期周])一|整)上午|午前|早间|(?<=[今明后])早上?|早(?=[上\d一二三四五六七八九十])/y, 'morning'],
  [/中午|正午|晌午/y, 'noon'],
  [/(?<!(?<![期周])一|整)下午|午后/y, 'afternoon'],
  [
    /傍晚|(?<!(?<![期周])一|[整大])晚上|晚间|夜里|夜晚|夜间|半夜|(?<=[今明后天])晚(?![点些一])|晚(?=[\d一二三四五六七八九十]+点)/y,
    'evening',
  ],
];
const FLAGS: readonly (readonly [RegExp, Flag])[] = [
  [/下了?班(?:以后|之后|后|回来|回家|到家)/y, 'after_work'],
  [
    /越快越好|越早越好|尽快|尽早|尽可能快|尽可能早|最快(?:的)?(?:时间)?|最早(?:的)?(?:时间|一班)?(?=能|可|什么|啥|几点|哪天|是|的|$|[,。!])|马上|立刻|立马|快(?:点|些)?来(?=个?人|看|修|吧|啊|呀|帮|$|[,,。!])|赶紧(?=来|派|安排|上门|给|帮|过来|叫)|赶快(?=来|派|安排|上门|给|帮|过来|叫)|快点(?=来|派|安排|上门|过来)|早点(?=来|派|安排|上门|过来)|加急/y,
    'asap',
  ],
  [
    /随时|随便(?:哪天|哪一天|几点|什么时候|什么时间|啥时候|时间|来)|任何时(?:间|候)|什么时(?:间|候)(?:来|去|过来)?都|啥时候(?:来|去)?都|哪天(?:来|去|过来|上门)?都|几点(?:来|去)?都|哪个时间都|时间不限|你们定|你们安排|你们看着|看着(?:安排|办|来|定)|看你们|都有空|全天(?:都)?(?:可以|在|行)|一直在家|天天在家|每天都在/y,
    'anytime',
  ],
];
/** These count only when a time was just asked for. */
const ASKED_FLAGS: readonly (readonly [RegExp, Flag])[] = [
  [/都行|都可以|都成|都好|都ok|无所谓|不限|随便|(?:你们|师傅|你)(?:那边)?方便(?:就行|就好|的时候)|听你们的|按你们/iy, 'anytime'],
  [/现在|赶紧|赶快|快点|早点|越快|最快|(?<!不|不是|不着|不太|没那么|不算|别|勿)急(?!诊|冻|救)/y, 'asap'],
];
const JOINTS: readonly (readonly [RegExp, 'until' | 'or' | 'and' | 'after' | 'before' | 'every'])[] = [
  [/(?:一直)?[到至~—–]|-/y, 'until'],
  [/或者?是?|要么|要不就?|还是|不然就?|(?:不行|不成|实在不行|来不了|没空)的?话?(?:就|那就|再)/y, 'or'],
  [/[和跟与、,,]/y, 'and'],
  [/(?:以后|之后|过后|往后|后面|起|开始|后(?!天|日))/y, 'after'],
  [/(?<=过[了完][^,,。;!?]{1,5})再(?=来|说|约|修|弄|上门)/y, 'after'],
  [/(?:以前|之前|前(?!后))/y, 'before'],
  [/每天|天天|每晚|平时|工作日|一般|通常/y, 'every'],
];
/** What a word of a visit may start with; most characters are skipped at once. */
const STARTS =
  /[听按师初腊正除快实来没\d一二两三四五六七八九十零半今明后大周星下这本上月过再等年元情妇劳儿国双平圣春端中过凌清早午晌傍晚夜间立马尽越最赶快加随任什啥哪几时你都全天一每通到至~—–\-或要还不和跟与、,,之往起开以前后急现无按有]/;
const HOURS_LATER = /(半|[一二两三四五六七八九]|\d{1,2})个?(半)?(?:小时|钟头)(?:以后|之后|后|内|之内)/y;

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
  const flag = first(asked ? [...FLAGS, ...ASKED_FLAGS] : FLAGS, text, at);
  if (flag) return { kind: 'flag', flag: flag.value, insists: /^(?:随|任何)/.test(text.slice(at)), from: at, end: flag.end };
  const clock = readClock(text, at);
  const day = readDay(text, at, today);
  if (day && (!clock || day.end > clock.end)) return { kind: 'day', span: day.span, from: at, end: day.end };
  if (clock) return { kind: 'clock', clock: clock.clock, from: at, end: clock.opensRange ? clock.end - 1 : clock.end };
  const part = first(PARTS, text, at);
  if (part) return { kind: 'part', part: part.value, from: at, end: part.end };
  const last = before.at(-1);
  if (last?.kind === 'until' && last.end === at && before.at(-2)?.kind === 'day') {
    const short = readShortWeekday(text, at, today);
    if (short) return { kind: 'day', span: short.span, from: at, end: short.end };
  }
  const joint = first(JOINTS, text, at);
  return joint ? { kind: joint.value, from: at, end: joint.end } : null;
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
