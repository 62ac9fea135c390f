/** A detail without any region: 3号楼1501 as the answer to the question, or unasked where it says so or has the numbers of one. */
import { detailEnd, HAS_PLACE } from './address-end.ts';
import { NUMBERED, STREET } from './address-remark.ts';
import { MASKED } from './mask.ts';

type Detail = { readonly detail: string; readonly from: number; readonly end: number };

const LEAD =
  /^(?:那?个?(?:好的?|嗯+|哦|行|对)?[,,。 ]*)?(?:现在|目前|眼下|如今)?(?:我?(?:家|们|这边|这)?(?:的)?(?:地址|住址|位置|家庭地址|详细地址|上门地址|收货地址)(?:嘛|呢|是|在|为|就是|改成|改为|改到|换成|换到|:|,)*|(?:我们?|我?家|我?人|房子|老人|爸妈|我妈|我爸)?(?:现在|目前|就|都)?(?:住|搬到|搬)?(?:在|到)|就?住|寄到|送到|来|到|是|改成|改到|就在|在|[写填记](?:成|上|的?是)?(?![\u4e00-\u9fa5]?字))\s*/;
/** 20号的约推到22号: those are days. */
export const DAYS_MOVED = /(?:改|推|挪|换|延|调|移|提前|推迟|延后|延期)[到成至]|[预的]约|那个约/;
/** 23号或者24号 are days. */
const DAYS_ONLY =
  /^(?:[从自在]?(?:(?:\d{1,2}|[一二三四五六七八九十]{1,3}|[这下本]个?)月)?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[号日](?:[到至或者和跟、,,-]|以后|之后|以前|之前|之间|左右|起|前|后|来|都行|都可以|行|可以|吧|上午|下午|晚上|早上|中午)*)+[^楼栋幢座单元室路街弄院门]*$/;

export function cleanDetail(text: string): string {
  return text
    .replace(new RegExp(`[${MASKED}]|\\p{Extended_Pictographic}`, 'gu'), ' ')
    .replace(
      /^[\s,,、。;:的-]+|(?:[\s,,、。;:!?~的吧啊呢哦了呀哈嘛呗嘞喽咯噻勒啦哟捏哇喔]|那[单个边]|(?<=[号室楼栋元\d])(?:来|见|上门))+$/g,
      '',
    )
    .replace(/^(?:这边|这里|那边|那里|市区?)$/, '');
}

export function askedDetail(text: string): Detail | null {
  const lead = LEAD.exec(text)?.[0].length ?? 0;
  const end = detailEnd(text, lead);
  const detail = cleanDetail(text.slice(lead, end));
  const isDetail =
    detail.length >= 2 &&
    HAS_PLACE.test(detail) &&
    !/^[不没还就先算你]|弄了|太复杂|[跟找转要]人工(?![路街巷])|再说|再讲|一道|一遍|没听|怎么|什么|[吗呢]$|为啥|隐私|安全|必须/.test(detail);
  return isDetail ? { detail, from: lead, end } : null;
}

/** 门牌写错了,不是5栋是6栋: what stands in the place of what was taken back. */
export function correctedDetail(text: string): Detail | null {
  const found =
    /(?:地址|门牌|楼号|楼栋|栋号|房号|单元).*[\uE0FF]((?:(?:\d+|[一二三四五六七八九十]+)(?:号楼|号院|号|栋|幢|座|单元|室|弄|楼|层))+\d*)/.exec(
      text,
    );
  const detail = found?.[1];
  if (!found || !detail) return null;
  const from = found.index + found[0].length - detail.length;
  return { detail, from, end: from + detail.length };
}

/** Unasked, only a text that says it is an address, or has the numbers of one. */
export function statedDetail(text: string): Detail | null {
  const named = /(?:(?:地址|住址)(?:是|在|为|:|改成|改为|改到|换成)*|(?:我|我们|我家|家)(?:住|住在|在|搬到))\s*/.exec(text);
  const start = named ? named.index + named[0].length : streetStart(text);
  if (start === null) return null;
  const end = detailEnd(text, start);
  const detail = cleanDetail(text.slice(start, end));
  if ((!named && (DAYS_MOVED.test(detail) || DAYS_ONLY.test(detail))) || /[改换调挪推延][到成为在]?[^,,]{0,4}\d+[号日]/.test(detail))
    return null;
  // 我家住六楼没电梯: how high, not where.
  const numbers = detail.match(NUMBERED)?.filter((number) => !/^[^A-Za-z号]+[楼层]$/.test(number)).length ?? 0;
  const isDetail =
    detail.length >= 4 &&
    !/^[的地得]/.test(detail) &&
    (numbers >= 2 ||
      (numbers >= 1 && STREET.test(detail)) ||
      (named !== null && HAS_PLACE.test(detail) && (numbers >= 1 || STREET.test(detail))));
  return isDetail ? { detail, from: start, end } : null;
}

function streetStart(text: string): number | null {
  const number = text.search(NUMBERED);
  if (number < 0) return null;
  const before = text.slice(0, number);
  const cut = Math.max(...Array.from(before.matchAll(new RegExp(`[${MASKED},,。;!? ]`, 'g')), (match) => match.index), -1);
  return cut + 1 + (/^(?:我|现在|目前|人|家里?|就|住)*(?:在|住)/.exec(text.slice(cut + 1))?.[0].length ?? 0);
}
