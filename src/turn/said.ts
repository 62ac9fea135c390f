/** What a sentence says by its very words, where no guess at its intent is needed. Text as typed, or after NFKC. */

export const BACK = /^(?:上一步|返回|退回|回到?上一(?:步|个)|back)$/iu;
export const RESTART = /^(?:重新开始|从头(?:再)?来|重来|重新来|start over|restart)$/iu;
export const SAFE = /安全了|没事了|出来了|到外面了|在外面了|断电了|关了|已经关|没味了|i'?m safe|safe now/iu;
export const ROBOT = /机器人|真人吗|是人吗|是不是人|人还是机器|机器还是(?:真|活)?人|人工智能|\b(?:robot|bot|human\?)/iu;
export const WAIT =
  /^(?:请|麻烦)?(?:(?:等一?下|等等|等会儿?|稍等(?:一下|片刻)?)(?:[,.\u3002 ]*我.{0,10})?|等我(?:看|找|查|问)?.{0,8}|我(?:先)?(?:去)?(?:看|找|查|问)(?:一?下|看|问)?.{0,6}|.{0,8}[, ](?:等一?下|等等|稍等)|wait|one moment|hold on)[。.!~吧哈啊哦]*$/iu;
/** At the read-back or the windows: the visit is not wanted after all. */
export const CALLED_OFF = /^(?:那|还是)?(?:先)?(?:我)?(?:不用了|算了|不要了|不约了|不修了|不需要了|不想(?:约|修)了?)/u;
/** Said of oneself, now: 我要投诉. */
export const COMPLAINS = /(?:我|要|来|想)投诉/u;
export const COMPLAINT = /投诉|举报|差评|12315/u;
/** 打5分, 给个三星: a rating, whoever asks for one. */
export const RATED = /(?:给|打|评)[^,\uFF0C。]{0,4}[1-5一二三四五]\s*(?:分|颗?星)/u;
/** 你们真棒,修三次都没修好: praise of this kind is none. */
export const AGGRIEVED = /没(?:有)?修好|修不好|[两二三四五六\d]次都?没|又坏|白跑|没人(?:来|管|理)/u;
export const MONEY = /多少钱|价格|价钱|收费|费用|贵不贵/u;
/** The read-back said again is a yes: 对,明天下午三点没错. */
export const AGREED = /^(?:对|是|嗯|好|行|可以|没错|没问题|确认|ok|yes)/iu;
/** Nothing but a yes, however it is dressed: 嗯嗯都对,麻烦你们了; looks good. */
export const AGREED_WHOLLY =
  /^(?:哎|诶|欸|哦|噢|啊|唉|嗨)*[,\uFF0C ]*(?:嗯+|恩+|对+|是的?|好+的?|行|可以|没(?:有)?(?:错|问题)|确认|都对|就这样|就这么定|ok(?:ay)?|y(?:es|ep|eah)|sure|correct|right|confirm(?:ed)?|looks? good|sounds good|perfect|go ahead|that(?:'?s| is) (?:right|correct|fine|good))(?:[,\uFF0C\s.!~。]*(?:嗯+|对+|是的?|好的?|都对|没错|没问题|确认|就这样|麻烦(?:你们?|您|了)*|谢谢(?:你们?|您|了)*|辛苦(?:你们?|您|了)*|please|confirm(?:ed)?|correct|thanks?(?: you)?|it is|go ahead|book it|[吧的了啊哈]))*[\s.!~。\uFF01]*$/iu;
export const PERSON = /人工|真人|客服|活人|经理|agent|human|person/iu;
export const CONTINUE = /继续|(?:还是)?你来(?:办|吧|帮)|还是你|接着|不等了|不用(?:人工|转)|自己来|continue|go on/iu;

/** The case is dropped, in so many words: never a part of its story. */
export const DROPPED =
  /^(?:那|还是)?(?:算了|不用了|不要了)?[,\uFF0C. ]*(?:我)?(?:先)?(?:不|别)(?:想|用|要|再)?(?:投诉|评价?|查|登记|问)(?:了|吧|啦)*[。.!\uFF01]*$|^(?:那|还是)?算了(?:吧|啦)?[。.!\uFF01]*$/u;
/** 继续, 还要: the dialog that stood open goes on. */
export const GOES_ON = /继续|接着(?:办|说|约|来)|^(?:还)?要的?[。.!\uFF01]*$|还是(?:要|约|办)|go on|continue/iu;
/** 说中文, speak English: a language is asked for, and nothing else. */
export const LANGUAGE_ASKED =
  /^(?=.{0,60}$).*(?:(?:speak|talk|reply|answer|chat|in|use)\b.{0,20}\b(?:english|chinese)|(?:说|讲|用|换成?|改成?)(?:英文|英语|中文|国语|普通话|汉语))/iu;
/** Offered the place on record: it is that one. */
export const SAME_PLACE =
  /^(?:对|嗯|是的?|[系係]|啱|yes)*[啊呀\uFF0C, ]*(?:还是|就是?|就在|还在|同|去)*(?:这里|这儿|这个(?:地址|地方)?|原来的?(?:地址|地方)?|老(?:地址|地方)|同?一个(?:地址|地方)|我们?家|一样|(?:地址|住址)?(?:没[有]?变|没搬|不变)|(?:the )?same (?:address|place))(?:的|吧|就行|就好|了|啊|[\uFF0C, ]*没[变搬])*[。.!~]*$/iu;
/** The score before was a slip. */
export const SCORE_AGAIN = /打错|说错|按错|点错|选错|不对|不是|改(?:成|为|打)?|应该是|wrong|mistake/iu;
/** A visit is wanted, in so many words. */
export const VISIT_WANTED =
  /报修|预约|约(?:个|一下|时间|师傅|上门|维修|修)|(?:来|上门|派人|找人|叫人)(?:修|维修|看)|安排(?:师傅|上门|维修)|\b(?:book|repair|send (?:an? )?(?:engineer|someone))\b/iu;
/** Offered a visit: not now. */
export const NOT_NOW =
  /不(?:用|约|要|需要?|必|想|着急|急)|唔(?:使|用|要)|暂时|先(?:别|不)|打听|问问|看看再说|再说吧|以后再|改天再|算了|\b(?:no|not now|later|just asking)\b/iu;
/** 序列号没有的, 标签看不清. */
export const NO_SERIAL = /(?:序列号|编号|号码?|标签|铭牌).{0,4}(?:没|无|冇|看不|找不|磨|掉|丢|忘)/u;
/** A question on cover, whatever the machine is. */
export const COVER_ASKED = /保修|质保|保养期|包修|过保|在保|保固|保內|保内|warranty/iu;
/** Of us and what we did: without any of it a machine that annoys is a machine to be repaired. */
export const OF_US =
  /师傅|師傅|维修(?:工|员|人员)|工程师|客服|你们|你們|您们|公司|平台|投诉|投訴|举报|舉報|售后|售後|质量|質量|退|赔|賠|态度|態度|收费|收費|骗|坑|黑心|修(?:了|过|完|好|的)|complain|refund|your/iu;
/** 你们能派个师傅来瞧瞧不, 找个师傅给我修修: somebody shall come, and nobody is spoken ill of. */
export const ASKED_TO_COME =
  /(?:(?:你们|你們|您们|你哋)?(?:能不能|可不可以|可唔可以|能|可以|麻烦|请|帮我|给我|快点?|赶紧|想)*)(?:派|叫|找|搵|安排|约)(?:个|位|一个|一位|下)?(?:师傅|師傅|人|工程师)(?:过来|来|嚟|上门|给我|帮我|看|修|睇|整|瞧)(?![^,\uFF0C。]{0,4}修(?:了|过|完|好))[^,\uFF0C。!?]{0,6}/gu;
/** Of a visit that was promised, or one's own matter. */
export const OF_A_VISIT =
  /我(?:的|这|那|家|约|报)|我们(?:的|约)|单|约(?:好|了|的)|改|换|挪|推|延|提前|晚点|早点|取消|进度|到哪|安排|发货|到货|今天|明天|后天|\b(?:my|status|appointment|reschedule)\b/iu;
/** Back at the chat: 我回来了, 刚接了个电话, I was away. */
export const BACK_HERE =
  /^.{0,14}(?:回来[了啦]|返[来嚟]喇?|走开|行开|(?:刚刚?才?|头先)(?:去|接|在|做|忙)|i'?m back|i was away)(?![^\uFF0C,]*坏).{0,8}$/iu;
/** Asked for the model: it can not be told, though a question word is in it. */
export const MODEL_UNKNOWN =
  /(?:不|唔)(?:知道?|清楚|晓得|记得)|(?:看|睇|找|揾|搵)(?:不|唔)(?:到|清|见|着)|哪(?:里|儿)?(?:知道|晓得)|no (?:clue|idea)|don'?t know/iu;
/** 谢谢,我等师傅来: said when all is done. */
export const THANKS = /谢谢|多谢|感谢|谢啦|谢了|多謝|唔该晒|\bthank(?:s| you)\b/iu;
/** 在哪里投诉: whoever asks that has one. */
export const HAS_COMPLAINT = /(?:哪|边度|邊度).{0,4}投[诉訴]|\bi (?:have|want to make|wish to make) a complaint/iu;
/** What might be, of which nobody complains yet: 会不会弄脏地板. */
export const HYPOTHETICAL = /会不会|怕(?!是)|担心|万一|以防/u;
/** A complaint that was filed is taken back. */
export const COMPLAINT_BACK = /撤(?:销|回|诉|了)?.{0,4}投诉|投诉.{0,4}(?:撤|取消|不要了|算了)|(?:算了|不)[,\uFF0C]?不?投诉了/u;
/** How it is done, what it costs: asked about, not asked for. */
export const HOW = /怎么|怎样|咋|如何|要不要|多久|多长|多少|要钱|收费|规定|规则|为什么|为啥|后果|\bhow\b|\bwhy\b/iu;
/** A repair is wanted, of what is not said. */
export const REPAIR_WANTED =
  /(?:要|想|需要?)(?:报?修|维修|修理)|修(?:东西|家电|电器|机器)|报修|坏[了咗].{0,8}[修整]|\b(?:need|want|book)\b.{0,12}\brepair|\bbroken\b.{0,24}\b(?:fix|repair)/iu;
/** The answer on cover is not accepted (S2-052). */
export const NOT_ACCEPTED = /不(?:认同?|同意|服|接受|合理|对)|凭什么|凭啥|申诉|复核|重新(?:核|查|看)|有异议|appeal|disagree|review/iu;
export const NO_NUMBER =
  /^(?:我|现在|手边|这边|单号|号码|单子|的|那个)*(?:没有?|没了|无|不知道|不记得|记不得|忘了|忘记|找不到|丢了|没存|没收到|没留|不在(?:我)?(?:这|手边|身边|手上)|冇|[揾搵]唔到|唔(?:知|记得|記得|见|見)|none|no|don'?t have|i (?:do(?: not|n'?t)|can(?:not|'?t) find))/iu;
export const QUEUE_ASKED =
  /多久|多长时间|几分钟|排(?:到|在)?(?:了)?(?:第)?几|前面(?:还有)?(?:几|多少)|还要等|人呢|(?<![要得会里家])有人吗|how long|position/iu;
export const CANCEL_VISIT =
  /取消(?:一下|掉)?.{0,4}(?:预约|上门|维修|报修|订单|单子|那单|这单)|(?:不用|不要|不)(?:来)?(?:修|上门)了|别来了/u;
/** 不要取消, 谁说要取消了, 唔好取消. */
export const NO_CANCEL =
  /(?:不(?:是?要|用|想|能|必|需要?|打算|准|可以)?|别|没(?:有)?(?:要|说要?|想)?|谁说(?:要)?|唔(?:好|要|使|系要?)?|冇(?:话)?(?:要)?|未(?:要)?)(?:给我|帮我|再)?取消(?!不)|\b(?:not|n'?t|no)\b[^.]{0,12}cancel/iu;
/** A question about cancelling is no wish for it. */
export const CANCEL_ASKED = /取消.{0,8}(?:吗|嘛|么|呢|[?\uFF1F])|取消不了|为(?:啥|什么|何).{0,4}取消|怎么.{0,4}取消/u;
export const BARE_CANCEL = /^(?:我要|我想|帮我|给我|请|那就?)?(?:取消|撤销|退掉)(?:掉|吧|了|一下)?[。.!\uFF01]*$/u;
export const BARE_CHANGE =
  /^(?:我要|我想|帮我|给我|能|可以)?(?:改|换)(?:一下|下|期|时间|个时间|日子|一改)?(?:吧|吗|不)?[。.!?\uFF01\uFF1F]*$/u;
/** 打给我吧, after a call was offered; not 师傅到了打给我. */
export const CALL_ME =
  /^(?!.*(?:师傅|到了)).{0,6}(?:打(?:个)?(?:电话)?给我|给我(?:打|回|来)(?:个)?电话|回(?:个)?电话|电话联系)[^\p{L}]*(?:吧|好了|就行)?[^\p{L}]*$|^(?:please |just |can you |could you )*call me\b.{0,20}$/iu;
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
/** 我要报修, and no more: asked what is wrong, that is known already. */
export const REPAIR_ITSELF =
  /^(?:你好|您好|我|家里|有|要|想|需要|来|帮我|请|麻烦|[,\uFF0C\s])*(?:报个?修|维修|修理|修(?:一下|机器|家电|东西)?)(?:一下|吧|啊|的)?[。.!\uFF01]*$/u;
