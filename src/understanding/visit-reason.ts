/**
 * Clauses that name a time only to explain: 周四吧,周三我有课. Where another clause wishes for a time, theirs is none. Also
 * what a customer takes back in the middle of a sentence: 周三,哦不,周四.
 */
import { MASKED } from './mask.ts';
import type { VisitWord } from './visit-words.ts';

const CLAUSE = /[^,。;!?~…\s\p{Extended_Pictographic}]+/gu;
/** What is left of a clause that only wishes: 那就下周三下午来吧. */
const WISHING = new RegExp(
  `[\\s多几些的吧呗啦呀啊哦嗯呢嘛了么罢哈诶哎噢哟喔咯嘞${MASKED}().:、…-]|\\p{Extended_Pictographic}|我们?|你们?|您|咱们?|他们?|那就?|就|也|都|还|再|最好|大概|大约|差不多|应该|左右|钟|样子|或者?|和|跟|至|往后|过后|后面|[前后起]|开始|要么|要不|不然|还是|一般|平时|晚上?于|最[早晚快迟]|只有|仅|空档|空闲|全天|整天|以后|之后|之前|以前|期间|时候|时间|方便|有空|有人|得闲|得空|空着|没事|没问题|在家|家里|屋里|全家|师傅|工程师|上门|过来|来人|来|去|到|约|定|订|改|换|挪|推|移|调|预约|安排|可以|可|行|成|好|能|想|要|请|麻烦|帮|给|把|从|在|是|选|看|修|装|洗|弄|一下|这个|那个|那天|当天|每天|家|谢谢|ok`,
  'giu',
);
/** A wish for sure, whatever else the clause says. */
const WISHES =
  /(?<![回起出下从以原越后本进])来(?!不|自|电|源|回|得及了|得及(?![吗么不没]))|上门|过来|可以|没(?:错|问题)|有空|在家|(?<!不)方便|[改换挪推移调](?:到|成|为|在|去|至)|改|换(?=[下这周明后\d])|预约|约(?!好的)|安排|得闲|得空|有人|休息|歇|放假|能(?!不)|行|都在|到就|能到|轮休|调休|休班|等着|等[你您]|恭候|空档|空闲|到[家屋]|在[吗吧呢]?$|找[个人位师]|派|开门|开工|好[伐吧吗么]|有(?:没有?)?(?:师傅|工程师|空档)|的号$|排[号期得]|(?<!装)修(?![过好完])|清洗|移机|保养|[洗装拆](?=空调|冰箱|洗衣机|热水器|油?烟机|净水|电视|一?下)|看看|一下/;
/** The time the visit is put to. */
const MOVED = /(?:安排|[预]?约|定|订|[改换挪推移调延顺])(?:到|在|成|为|至|去)/;
/** 安排到周三,周四也行 */
const OFFERED_TOO = /也|或|要么|要不|不行/;
/** Unasked, a time that no word of coming stands beside is a wish only where a visit is put off to it. */
const PUTS_OFF =
  /改[到成为约期一下]|[挪推延]|往[前后]|调[一到整成]|换(?:[个到成一]|时间)|提前|预约|说的是|(?:那时候?|到时候?|那会儿)[^,,。;!?]{0,3}来/;
/** 婚礼就在周六, 考试是明天 */
const IS_THEN = /[\u4e00-\u9fa5](?<![我你您他她家人傅间子好那就定都能最约妈爸要还者不可但只的也])(?:就|都)?[在是]$/;
/** No wish, whatever else. */
const HINDERS =
  /(?<![方行在想能可成得用])不(?:方?便|行(?!的?话?了?[就再那换改])|在|想|能|可以|成|得)|(?<!有)没(?:空|人|时间)|(?<!帮)忙|有课|有事|开会|要去|加班|值班|要上|在(?:外[头面地边省国县]|国外|老家|医院|单位|学校)|去(?:医院|看病|外地|接|送|办|取|买|单位|学校|公司|老家|银行|上[海班课])|搬家|结婚|考试|面试|聚会|聚餐|请客|吃席|喝酒|体检|复查|停[电水]|(?:亲戚|客人?|朋友|同学|同事|家里|孩子|爸妈|公婆|婆婆|公公|岳[父母]|丈母娘|老人|领导|快递)[^,,。]{0,2}要?来(?!修)/;
const TAKEN_BACK =
  /[哦啊呃噢额嗯]?不对(?!劲|头|付)|[哦啊呃噢额]不(?=[,,。 是\d一二三四五六七八九十今明后大下周星上中早晚])|(?:说|讲|打|写|搞|弄|记|看)错了?|口误|更正|算了[,, ]?(?=还是|就)|[哎唉诶哦啊]不[行成]/g;
/** A correction follows as closely. */
const CORRECTION_CHARACTERS_MAX = 10;

/** How sure a clause must be to wish: an answer to another question names times for other ends. */
export type Strictness = 'asked' | 'unasked' | 'beside an answer' | 'about something else';

/** The words without those of clauses that only explain. */
export function withoutReasons(words: readonly VisitWord[], text: string, strictness: Strictness): readonly VisitWord[] {
  if (words.length === 0) return words;
  const clauses = [...text.matchAll(CLAUSE)]
    .map((match) => ({ from: match.index, text: match[0] }))
    .map((clause) => ({ ...clause, words: words.filter(({ from }) => from >= clause.from && from < clause.from + clause.text.length) }))
    .filter((clause) => clause.words.some((word) => isTime(word) || (strictness === 'about something else' && word.kind === 'flag')))
    .map((clause) => ({ ...clause, told: tell(clause.text, clause.from, clause.words) }));
  const isWish = (told: Told): boolean =>
    strictness === 'about something else' ? told === 'only a time' : told !== 'reason' && told !== 'hindrance';
  const moved = clauses.filter(({ told }) => told === 'moved');
  const movedTo = moved[0]?.from ?? 0;
  const goesOn = (clause: (typeof clauses)[number]): boolean =>
    OFFERED_TOO.test(clause.text) ||
    (clause.from > movedTo && (clause.told === 'only a time' || clause.words.every(({ kind }) => kind !== 'day')));
  const wished = clauses.filter((clause) => isWish(clause.told) && (moved.length === 0 || clause.told === 'moved' || goesOn(clause)));
  if (wished.length === clauses.length) return words;
  if (wished.length === 0 && (strictness === 'asked' || strictness === 'unasked')) {
    const hindered = new Set(clauses.filter(({ told }) => told === 'hindrance').flatMap((clause) => clause.words));
    const idle = new Set(
      clauses.filter(({ told }) => strictness === 'unasked' && told === 'reason' && !PUTS_OFF.test(text)).flatMap((clause) => clause.words),
    );
    return words.filter(
      (word) =>
        !idle.has(word) && !isOfAThing(word, text) && (hindered.size === words.length || !hindered.has(word) || clauses.length === 1),
    );
  }
  const isDated = wished.length === 0 || wished.some((clause) => clause.words.some(({ kind }) => kind === 'day'));
  const hasPart = wished.some((clause) => clause.words.some(({ kind }) => kind === 'part'));
  const isKept = (word: VisitWord, told: Told): boolean =>
    !isDated && (word.kind === 'day' || (word.kind === 'part' && told !== 'hindrance' && !hasPart));
  const dropped = new Set(
    clauses.filter((clause) => !wished.includes(clause)).flatMap(({ words: said, told }) => said.filter((word) => !isKept(word, told))),
  );
  return words.filter((word) => !dropped.has(word));
}

/** The words after the last thing taken back, all of them when nothing was. */
export function withoutTakenBack(words: readonly VisitWord[], text: string): readonly VisitWord[] {
  const times = words.filter(isTime);
  if (times.length < 2) return words;
  const cut = [...text.matchAll(TAKEN_BACK)]
    .map((match) => match.index + match[0].length)
    .findLast(
      (end) =>
        times.some((word) => word.end <= end) && times.some((word) => word.from >= end && word.from - end <= CORRECTION_CHARACTERS_MAX),
    );
  return cut === undefined ? words : words.filter((word) => word.from >= cut);
}

/** The words without days that are refused further on: 30号,等下,30号我出差,1号吧. */
export function withoutRefused(words: readonly VisitWord[], refused: readonly VisitWord[]): readonly VisitWord[] {
  return words.filter(
    (word) =>
      word.kind !== 'day' ||
      !refused.some(
        (day) => day.kind === 'day' && day.from > word.from && day.span.from === word.span.from && day.span.to === word.span.to,
      ),
  );
}

function isTime(word: VisitWord): boolean {
  return word.kind === 'day' || word.kind === 'part' || word.kind === 'clock';
}

/** 明天面试的西服, 周末请客用的锅 */
function isOfAThing(word: VisitWord, text: string): boolean {
  return isTime(word) && /^[\u4e00-\u9fa5]{1,6}的[\u4e00-\u9fa5]/.test(text.slice(word.end, word.end + 9));
}

type Told = 'only a time' | 'moved' | 'wish' | 'hindrance' | 'reason';

function tell(clause: string, from: number, words: readonly VisitWord[]): Told {
  // Words like 到 and 往后 stay: 往后顺到周四 tells that it is put there.
  const times = words.filter((word) => isTime(word) || word.kind === 'flag' || word.kind === 'hours-later');
  const said = times.reduceRight((left, word) => left.slice(0, word.from - from) + left.slice(word.end - from), clause);
  if (said.replace(WISHING, '') === '') return MOVED.test(said) ? 'moved' : 'only a time';
  if (HINDERS.test(said)) return 'hindrance';
  if (MOVED.test(said)) return 'moved';
  const isBounded = words.some(({ kind }) => kind === 'clock') && words.some(({ kind }) => kind === 'after' || kind === 'before');
  const [first, last] = [times[0], words.at(-1)];
  const tail = last ? clause.slice(last.end - from).replace(WISHING, '') : '';
  if (tail === '' && first && IS_THEN.test(clause.slice(0, first.from - from))) return 'reason';
  return isBounded || WISHES.test(said) || tail === '' ? 'wish' : 'reason';
}
