/** Whether the customer wants us to come or brings the appliance. */
const STORE =
  /送(?:到|去|过去|来|店|修|你们|网点|门店|维修点)|(?:自己|我)(?:.{0,3})?(?:拿|搬|带|抱|送|扛)(?:.{0,3})?(?:过去|过来|到店|去|来)|^自己(?:送|拿|带|搬|来)(?:吧|好了|得了)?[。.!~]*$|自己(?:攞|拎)(?:过)?去|到店|去店里|店里修|门店修|送修|拿(?:到|去|过)(?:.{0,3})?(?:店|网点|维修点|门店)|去(?:你们)?(?:网点|门店|维修点)/;
const ON_SITE = /上门(?!费|收费|要钱|检查费|服务费)|(?:来|到)(?:我)?家(?:里)?|登门|派(?:个|人|师傅)|来人|师傅(?:.{0,4})?(?:过来|来)/;
const NOT_STORE = /(?:不(?:想|能|方便|用|愿)|没法|搬不动|拿不动|太重|送不了|没空)(?:.{0,4})?(?:送|拿|搬|到店|去)/;

/** Said to the question which of the two. */
const ON_SITE_IN_ENGLISH =
  /\b(?:on[- ]?site|(?:house|home)[- ](?:visit|call|service)|door[- ]to[- ]door|at (?:my )?(?:home|place|house)|to (?:my|our) (?:home|house|place|flat|apartment)|(?:send|dispatch) (?:someone|somebody|an? \w+)|(?:someone|technician|engineer|repairman)\b.{0,12}\bcome|come (?:here|over|to me|and (?:fix|look|check)))\b/i;
const STORE_IN_ENGLISH =
  /\b(?:(?:bring|take|carry|drop|send) (?:it |mine )?(?:in|over|off|to you|to (?:the|a|your) (?:store|shop|service ?(?:point|cent(?:er|re))))|(?:carry|drop)[- ](?:in|off)|(?:in|at) (?:the|a|your) (?:store|shop|service ?(?:point|cent(?:er|re))))\b/i;

export function readServiceMode(text: string): 'on-site' | 'store' | null {
  if (STORE.test(text) && !NOT_STORE.test(text) && !/送(?:到|来)(?:家|货)/.test(text)) return 'store';
  if (STORE_IN_ENGLISH.test(text)) return 'store';
  return ON_SITE.test(text) || ON_SITE_IN_ENGLISH.test(text) ? 'on-site' : null;
}
