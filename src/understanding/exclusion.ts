/**
 * What takes a fault out of product cover (S2-052), as a customer tells it: a fall, water, their own screwdriver, another
 * repairer. Only what has happened counts: 不进水 is a fault, 想拆机 a wish, and 你们修过 was us.
 */
import type { Exclusion } from '../domain/exclusion.ts';
import type { Expected } from './understood.ts';

const CLAUSE_END = /[,.;!?\uFF0C\u3002\uFF1B\uFF01\uFF1F\n]+|但是?|不过|就是/u;

const SIGNS: readonly (readonly [Exclusion, RegExp])[] = [
  [
    'third-party-repair',
    /(?:别处|别家|别的?地方|其他地方|别人|外面|外边|别的师傅|路边|街边|小店|第三方|隔壁|私人|(?:找|请|叫|让)了?(?:个|位)?(?:人|朋友|邻居|亲戚)).{0,6}(?:修|拆|弄|动)(?:过|了|的)|repaired (?:elsewhere|by)|another (?:shop|repairer)/iu,
  ],
  [
    'self-dismantled',
    /(?:自己|自行|我们?|家里?人|老公|老婆|爸|妈|儿子).{0,4}(?:拆(?:过|了|开|下)|打开过|卸(?:过|了|下)|修过|动手修)(?!.{0,3}(?:封|箱|包装|快递))|拆(?:过|开过)(?:机|壳|外壳|了)?$|opened it (?:up )?(?:my)?self|took it apart/iu,
  ],
  [
    'misuse',
    /摔(?:过|了|坏|到|下|倒)|磕(?:过|了|坏|着|到)|碰(?:坏|倒)|砸(?:过|了|坏|到)|进(?:过|了)水|(?<![不没能直停断动法会老])进水(?:了|坏|后|过)|泡(?:过|了|在)?水|水(?:淹|泡)|淹(?:过|了)|老鼠|雷(?:击|劈)|(?:洒|泼|倒)(?:过|了|进|上).{0,3}水|dropped|\bfell\b|water got in|got wet/iu,
  ],
];
/** Asked for it, one word is enough. */
const BARE: readonly (readonly [Exclusion, RegExp])[] = [
  ['misuse', /摔|进水|磕|泡水|drop|wet/iu],
  ['self-dismantled', /自己拆|拆过|opened/iu],
  ['third-party-repair', /别处修|外面修|别人修|elsewhere/iu],
];
const NEGATED =
  /(?:没有?|未|不曾|从来?没|从未)(?:被|在|给|自己|找|让|请|过|人|谁|来)*(?:摔|磕|碰|砸|进过?水|泡|淹|拆|卸|打开过|修过|别处|别人|外面|动过)|never (?:dropped|opened|repaired)/iu;
const USED_WELL = /(?<!不能|无法|没法|不可以|没办法)正常(?:使用|用)(?!不了)/u;
const NONE =
  /^(?:都|全|以上|这些)*(?:没有?|不是|无)(?:这些|过|的|这种|情况|发生)*[了啊呢吧的。!]*$|都没|一[个样]都没|^none|neither|^no\b/iu;

/** The first that is told; `none` when it is denied; null when nothing is said of it. A bare 没有 counts only when it was asked. */
export function readExclusion(text: string, expects: Expected | null): Exclusion | 'none' | null {
  const asked = expects === 'exclusion';
  const clauses = text.split(CLAUSE_END).map((it) => it.trim());
  const told = clauses.filter((it) => it !== '' && !NEGATED.test(it) && !(asked && NONE.test(it)));
  const signs = asked ? [...SIGNS, ...BARE] : SIGNS;
  for (const [exclusion, sign] of signs) if (told.some((it) => sign.test(it))) return exclusion;
  if (clauses.some((it) => NEGATED.test(it)) || USED_WELL.test(text)) return 'none';
  return asked && clauses.some((it) => NONE.test(it)) ? 'none' : null;
}
