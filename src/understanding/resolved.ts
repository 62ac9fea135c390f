/** Whether what the survey asks about is solved, as the customer says it. */
const SOLVED =
  /(?:解决|修好|弄好|好|正常|搞定|没问题)了|(?:都|已经|现在|目前|暂时)(?:正常|没(?:什么|啥)?问题|挺好|好用)|(?<!不)(?:能|可以)(?:正常)?(?:使)?用了|(?<!不)能正常(?:使)?用|fixed|solved|work(?:s|ing) (?:fine|now|again|well)/iu;
const UNSOLVED =
  /没(?:有)?(?:解决|修好|弄好|好)|(?:还|又|仍然?|依然|照样)(?:是|在|有点?|会)?(?:不(?!错)|坏|漏|滴|响|吵|跳闸|报错|异味|有问题|问题|没(?!试|用)|老样子|(?:跟|和)?(?:原来|以前|之前)(?:一样|差不多)|一样)|(?:解决|修)不(?:了|好)|白修|用不了|不能(?:正常)?用|老毛病|又(?:坏|不|漏|出)|not (?:fixed|solved|working)|still (?:not|broken|leak|the same|does ?n.t|has)/iu;

/** Null when nothing is said of it. A bare yes or no is the dialog's business. */
export function readResolved(text: string): boolean | null {
  if (UNSOLVED.test(text)) return false;
  return SOLVED.test(text) ? true : null;
}
