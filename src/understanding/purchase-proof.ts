/** Whether the customer has something that proves the purchase: an invoice, an order, a warranty card. */
import type { Expected } from './understood.ts';

const PROOF = '(?:发票|收据|小票|凭证|订单|购买记录|付款记录|保修卡|保修单|invoice|receipt|proof|order|warranty card)';
const WHETHER = new RegExp(`(?:有没有|有无|要不要|需不需要|需要|要|能不能|怎么|开).{0,4}${PROOF}`, 'iu');
const WITHOUT = new RegExp(
  `(?:没有?|没了|丢了?|找不到|弄丢|不见了|无|不在|\\bno\\b|lost|without|don'?t have).{0,6}${PROOF}|${PROOF}.{0,6}(?:没有?了?|丢了?|找不到|弄丢|不见了|不在|早?扔了?|没留|lost)`,
  'iu',
);
const WITH = new RegExp(`(?:有|留着|找到|保留|have|got).{0,8}${PROOF}|${PROOF}.{0,4}(?:有|还在|留着|都在|在的|在手|找到)`, 'iu');
/** Asked for it, these need not name it. */
const YES = /^(?:都|还|应该|我)*(?:有|在|留着|找到|保留|yes\b|yeah|have)/iu;
const NO = /^(?:都|早就?|我)*(?:没|无|丢|弄丢|找不|扔|不见|no\b|none|lost)/iu;

/** Null when nothing is said of it, or only asked about it. */
export function readProof(text: string, expects: Expected | null): boolean | null {
  const asked = expects === 'proof';
  const plain = text.trim();
  if (WHETHER.test(text) && !asked) return null;
  if (WITHOUT.test(text) || (asked && NO.test(plain))) return false;
  if (WITH.test(text) || (asked && YES.test(plain) && !/^有没有/u.test(plain))) return true;
  return asked && new RegExp(PROOF, 'iu').test(text) && !/[吗?]/u.test(text) ? true : null;
}
