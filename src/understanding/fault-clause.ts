/**
 * Times that tell when something is broken (半夜特别吵, 今天彻底不制冷了), masked before the grammar of visits reads. A clause
 * that also speaks of coming, or of a day still ahead, is left alone.
 */
import { readFaults } from './fault.ts';
import { MASKS } from './mask.ts';

const CLAUSE = /[^,,。;!?\s]+/g;
/** Times a fault is told with; tomorrow is none of them. */
const TIME_OF_FAULT = /今[天儿日早晚]|这[几两]天|凌晨|早|上午|中午|下午|傍晚|晚上|夜|点/;
const STILL_AHEAD = /明[天早晚日儿]|后天|下个?(?:周|星期|礼拜|月)|周末|(?:周|星期|礼拜)[一二三四五六日天]|\d[号日月]/;
const OF_COMING =
  /(?<![起出下上回本从以原越后])来(?![回越])|上门|修(?![过好完了])|派|约|安排|师傅|有空|在家|有人|方便|处理|看看|看一?下|解决|尽快|赶紧|帮|能不能|行吗|可以吗/;
/** 早上还好好的: no fault of its own, but the same story. */
const WAS_WELL = /还?(?:好好的|(?:能|可以)用|正常|没事|没问题)|不(?:太|大)?对(?:劲|头)?/;

/** The text with those stretches masked. Keeps the length. */
export function maskFaultTimes(text: string): string {
  return text.replace(CLAUSE, (clause) => {
    if (!TIME_OF_FAULT.test(clause) || STILL_AHEAD.test(clause) || OF_COMING.test(clause)) return clause;
    const at = faultStart(clause);
    return MASKS.blank.repeat(at) + clause.slice(at);
  });
}

/** Where the clause comes to what is wrong; a time after that is a wish: 空调漏水今天下午. */
function faultStart(clause: string): number {
  const { rest } = readFaults(clause, [], false);
  return Math.max(rest.indexOf(MASKS.fault), clause.search(WAS_WELL), 0);
}
