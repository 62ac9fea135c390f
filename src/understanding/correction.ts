/** Of what a customer takes back and what they put in its place, only the latter: 不是X,是Y and 改到Y keep Y. */
import { mask } from './mask.ts';

const NOT_BUT =
  /(?<!是)不(?:是|要|修|约)(?!不|说|吗|吧|什么)([^。;!?]{1,24}?)(?:[,,、 ]\s*|而|应该|)(?:应该)?(?:而?是|要|修|约)(?!不是|否)/g;
/** 周四不是周三: what stands after 不是 at the end of a clause goes. */
const BUT_NOT =
  /(?:(?<=[\u4e00-\u9fa5A-Za-z\d]{2})|(?<=meant (?:the )?[\u4e00-\u9fa5]{2,8},? ?))(?<!是|要|可|还|是不|怎么|为什么)不是(?!说|吗|很|太|不|啊|吧|的|这|那|我|你|因为|[^,,。;!?]*[吗呢吧么?])([^,,。;!?\s]{2,12}?)(?=(?:[哈啊哦呀了的]*)(?:[,,。;!?\s]|$))(?!(?:[哈啊哦呀了的]*)[,, ]*(?:而?是|应该是))/g;
const MISSAID = /^(.{0,40}?)(?:说错了|打错了|写错了|填错了|搞错了|弄错了|发错了|记错了)[,,。 ]*(?:应该|其实)?(?:是)(?=.{2,})/;
const NOT_CONFIRMED = /([^,,。;!?\s]{1,24}?)(?:不对|错了|有误)[,,。 ]+(?:应该|其实)?是(?=.{2,})/;
const TIME_MOVED = /(?:改|换|调整?|挪|推迟|延期?|延后|提前|推后?|顺延)(?:预约|时间|一下|个)?(?:到|成|至|为|约|去|在|期)?(?!不)/g;

/** 等等,我说错了,是洗衣机; 口误,热水器; Sorry, I meant the fridge: a message that opens by taking back the one before. */
const OPENS_TAKING_BACK =
  /^(?:(?:等一?等|等一?下|等会儿?|慢着|哎呀?|诶|啊|呃|额|嗯|哦|不好意思|唔好意思|抱歉|对不起|那个|不对|sorry)[,,。!~ ]*)*(?:(?:我|刚才?|刚刚|前面|上面|之前)*(?:不小心)?(?:说|讲|搞|弄|打|写|填|发|记|看|选|点|按|报)错(?:字|家电|东西)?(?:了|啦|咗)?[啊呀哈嘞]*(?=[,,。!;~ \uE0FF]|应该|其实|是|不是|$)|口误|手误|手滑|sorry[,. ]+(?:i )?(?:actually )?(?:meant?|mean)|(?:i )?meant(?: to say)?|i mean )/i;

/** 点错了,我不是要报修: the whole was a slip. */
const LEAVES = /关(?:掉|了|闭)|退出|不是(?:要|想|来)(?:报修|预约|修)|不(?:报|约|修|弄|填|要)了/;

/** Whether the message puts itself in the place of what was said before. */
export function takesBack(text: string): boolean {
  return OPENS_TAKING_BACK.test(text) && !LEAVES.test(text);
}

/** The text with what was taken back masked. Keeps the length. */
export function keepCorrected(text: string): string {
  let kept = text;
  for (const match of text.matchAll(NOT_BUT)) kept = mask(kept, match.index, match.index + match[0].length, 'blank');
  for (const match of kept.matchAll(BUT_NOT)) {
    const from = match.index + '不是'.length;
    kept = mask(kept, from, match.index + match[0].length, 'blank');
  }
  const missaid = MISSAID.exec(kept) ?? NOT_CONFIRMED.exec(kept);
  return missaid ? mask(kept, missaid.index, missaid.index + missaid[0].length, 'blank') : kept;
}

/** Where the new time starts in 从周三改到周四, or 0. */
export function movedTimeStart(text: string): number {
  let start = 0;
  for (const match of text.matchAll(TIME_MOVED)) start = match.index + match[0].length;
  return start;
}
