/**
 * A repair held against us: 才修的又不热,白给钱了. It tells of a fault like a wish for a visit, but says the money was for nothing,
 * or counts the visits; who asks for somebody to come again wants a repair.
 */
const OF_A_REPAIR = /修|整|弄|换了|师[傅父]|[来跑](?:了|过)?[二两三四五六七八九几\d]趟|趟/;
const FOR_NOTHING =
  /白(?:给|花|交|付|修|折腾|跑|费|瞎)|等于(?:没|白|零)|[跟和](?:没修|原来|以前|修之前)(?:一样|一个样|似的|没(?:啥|什么)?(?:两样|区别))|寂寞|没(?:给(?:我)?)?(?:修|整|弄)(?:好|成|利索|明白)|钱[^,,。!?]{0,6}(?:照收|收得|没少|一分)|[二两三四五六七八九几\d](?:趟|回|次|遍)[^。!?]{0,14}(?:照样|还是|仍|依旧|又|都没|还没|没|不)|(?:照样|依旧|依然)(?:不|没|漏|滴|响|结|坏)/;
const WISHES_ANOTHER =
  /麻烦|拜托|请(?!了?假)|劳驾|烦请|再(?:来|派|约|看|给我|帮)|来(?:看|修|个|人)|派(?:个|人|师)|约(?:个|一?下|时间|师)|上门|什么时候|啥时候|能不能|可以吗|行吗|吗[?]?$/;

export function blamesRepair(text: string): boolean {
  return OF_A_REPAIR.test(text) && FOR_NOTHING.test(text) && !WISHES_ANOTHER.test(text);
}
