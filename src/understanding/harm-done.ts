/**
 * Harm done to a home by those who worked in it, told dryly: 装个热水器溅我一墙泥, 修一趟坏两样. What children, pets, movers or the
 * customer did is a fault or a story.
 */
const OF_OUR_WORK = /修|装|拆|洗|移机|换|搬|打孔|钻|施工|干活|师[傅父]|工人|小[伙哥]|他|她|来的/;
const HARMED =
  /(?:溅|喷|甩|滴|蹭|抹|洒|泼|糊|踩|崩|弄|搞|整|滋|呲)(?:了|得|到|上)?(?:我|俺|咱)(?:们|家)?(?:里|的)?(?:一|满|整|全|半)|(?:给|把|将)(?:我|俺|咱)(?:们|家)?[^,,。;!?]{0,10}(?:剪|锯|扯|拽|踩|压|挤|戳|捅|掰|敲|撬|刮|蹭|磕|碰|划|烫|烧|切|拆|弄|整|搞|钻|铰|砸|拧|撞|撅|折)(?:断|坏|破|裂|折|穿|掉|散|歪|弯|烂|瘪|碎|漏|劈|豁|没)|修[^,,。;!?]{0,4}(?:一|这)[个样趟回次][^,,。;!?]{0,4}坏[^,,。;!?]{0,2}(?:两|俩|三|那|一|好几)|[全都](?:给)?(?:糟蹋|祸害|毁|报废)|糟蹋(?:了|得|成)/;
const BY_OTHERS = /孩子|宝宝|娃|猫|狗|老鼠|耗子|搬家|邻居|老公|老婆|媳妇|我妈|我爸|租客|保姆|自己|不小心|快递|雷/;
const WISHES = /麻烦|拜托|约(?:个|一?下)|派(?:个|人)|来(?:看|修|个人)/;

export function tellsOfHarm(text: string): boolean {
  return HARMED.test(text) && OF_OUR_WORK.test(text) && !BY_OTHERS.test(text) && !WISHES.test(text);
}
