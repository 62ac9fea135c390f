/** What a sentence says by its very words, where no guess at its intent is needed. Text as typed, or after NFKC. */

export const BACK = /^(?:上一步|返回|退回|回到?上一(?:步|个)|back)$/iu;
export const RESTART = /^(?:重新开始|从头(?:再)?来|重来|重新来|start over|restart)$/iu;
export const SAFE = /安全了|没事了|出来了|到外面了|在外面了|断电了|关了|已经关|没味了|i'?m safe|safe now/iu;
export const ROBOT = /机器人|真人吗|是人吗|是不是人|人工智能|\b(?:robot|bot|human\?)/iu;
export const WAIT =
  /^(?:请|麻烦)?(?:(?:等一?下|等等|等会儿?|稍等(?:一下|片刻)?)(?:[,.\u3002 ]*我.{0,10})?|等我(?:看|找|查|问)?.{0,8}|我(?:先)?(?:去)?(?:看|找|查|问)(?:一?下|看|问)?.{0,6}|.{0,8}[, ](?:等一?下|等等|稍等)|wait|one moment|hold on)[。.!~吧哈啊哦]*$/iu;
/** At the read-back or the windows: the visit is not wanted after all. */
export const CALLED_OFF = /^(?:那|还是)?(?:先)?(?:我)?(?:不用了|算了|不要了|不约了|不修了|不需要了|不想(?:约|修)了?)/u;
export const COMPLAINT = /投诉|举报|差评|12315/u;
export const MONEY = /多少钱|价格|价钱|收费|费用|贵不贵/u;
/** The read-back said again is a yes: 对,明天下午三点没错. */
export const AGREED = /^(?:对|是|嗯|好|行|可以|没错|没问题|确认|ok|yes)/iu;
export const PERSON = /人工|真人|客服|活人|经理|agent|human|person/iu;
export const CONTINUE = /继续|接着|不等了|不用(?:人工|转)|自己来|continue|go on/iu;

export const NO_NUMBER =
  /^(?:我|现在|手边|这边|单号|号码|单子|的|那个)*(?:没有?|没了|无|不知道|不记得|记不得|忘了|忘记|找不到|丢了|没存|没收到|没留|不在(?:我)?(?:这|手边|身边|手上)|none|no|don'?t have|i don'?t)/iu;
export const QUEUE_ASKED =
  /多久|多长时间|几分钟|排(?:到|在)?(?:了)?(?:第)?几|前面(?:还有)?(?:几|多少)|还要等|人呢|有人吗|how long|position/iu;
export const CANCEL_VISIT =
  /取消(?:一下|掉)?.{0,4}(?:预约|上门|维修|报修|订单|单子|那单|这单)|(?:不用|不要|不)(?:来)?(?:修|上门)了|别来了/u;
/** 不要取消, 谁说要取消了, 唔好取消. */
export const NO_CANCEL = /(?:不|别|没|谁说|唔|冇|未)[^,\uFF0C。.]{0,5}取消(?!不)|\b(?:not|n'?t|no)\b[^.]{0,12}cancel/iu;
/** A question about cancelling is no wish for it. */
export const CANCEL_ASKED = /取消.{0,8}(?:吗|嘛|么|呢|[?\uFF1F])|取消不了|为(?:啥|什么|何).{0,4}取消|怎么.{0,4}取消/u;
export const BARE_CANCEL = /^(?:我要|我想|帮我|给我|请|那就?)?(?:取消|撤销|退掉)(?:掉|吧|了|一下)?[。.!\uFF01]*$/u;
export const BARE_CHANGE =
  /^(?:我要|我想|帮我|给我|能|可以)?(?:改|换)(?:一下|下|期|时间|个时间|日子|一改)?(?:吧|吗|不)?[。.!?\uFF01\uFF1F]*$/u;
/** 不变了, 照旧: whatever time is named with it is the one there is. */
export const UNCHANGED = /不变|不动|照旧|维持原|还是原来/u;
/** Where are they, why does nobody call: the visit or call that was promised. */
export const CHASED =
  /电话呢|人呢|没人(?:打|联系|回|理)|(?:怎么|为啥|为什么)(?:还)?没(?:人)?(?:打|联系|回电|给我)|谁联系我|都几点了|还(?:打|给我打)电话(?:给我)?吗|还来不来|会来吗/u;
export const CHANGE_FEE = /(?:取消|改期|改时间|改约|改天|换(?:个)?师傅|改).{0,6}(?:要钱|收费|收钱|加钱|扣钱|费用|多少钱|罚款)/u;
/** What was noted of the person, to be put right: a colleague does that. */
export const DETAILS_WRONG = /(?:地址|门牌|电话|手机号?|号码|名字|姓名|联系人).{0,4}(?:错了|写错|填错|改成|换成|改为|改一下|变了|换了)/u;
export const WHO_COMES = /师傅.{0,6}(?:贵姓|姓什么|姓啥|电话|手机|号码|联系方式|是谁|叫什么|哪位|哪个)/u;
/** At a change of a visit: it stays as it was. */
export const KEPT =
  /^(?:那|还是)?(?:先)?(?:就)?(?:不(?:用|想|要)?(?:取消|改|换|动|变)|算了|别(?:改|取消|动)|保留|照旧|按原来|原来的?(?:时间)?(?:就行|吧)?$|不变)/u;
export const CALL_IT_OFF =
  /^(?:对|是的?|好的?|嗯|确认|确定|就|那就?)*[,\uFF0C ]*(?:帮我|给我)?取消(?:掉|吧|了|上门|预约|这次|这单|它)*[。.!\uFF01]*$/u;
