/**
 * Words that say what a sentence is about, grouped. Each group present is one more feature for the classifier, so that a
 * word it never saw in training (拉胯) still counts with those it did (太差).
 */
const CUES: Readonly<Record<string, RegExp>> = {
  swearing:
    /傻|煞笔|沙比|\bsb\b|妈的|[他你]妈|尼玛|卧槽|我操|^操|草泥|滚|废物|垃圾|蠢|白痴|脑残|智障|骗子|混蛋|混账|王八|神经病|有病|恶心|不要脸|去死|狗|fuck|shit|bitch|仆街|扑街|屌|贱|畜生|闭嘴|猪|放屁|狗屁|cnm|nmsl|tmd|死妈|脑子|弱智|缺德|人渣|丢人/i,
  price:
    /多少钱|价|打.?折|按什么收|要多少|how much|price|cost|charge|fee|quote|收费|费用|贵|便宜|优惠|打折|折扣|免费|要钱|花钱|费多少|报价|收钱|咋收|收多少|几块|银子|多少米/,
  hours:
    /营业|几点(?:开|关|上|下)|开门|接电话|open|close|hours|上班|下班|开门|关门|放假|休息|值班|工作时间|服务时间|开工|收工|无休|打烊|24小时|全天|上门时间段|歇|凌晨|半夜|夜里|后半夜|大清早|天不?亮|收摊|交班|公休|双休|(?:办|开|出|上|休|放|接)不(?:办|开|出|上|休|放|接)|办公|[出上]工/,
  human:
    /人工|真人|说不清|讲不清|说不明白|机器人|agent|human|representative|operator|manager|person|supervisor|客服|经理|领导|主管|活人|坐席|老板在|专员|大活人|找人|找个人|换个人|接线员|人类|值班人员/,
  invoice: /发票|开票|收据|专票|普票|抬头|税号|报销|票据|开一?张票|电子票/,
  warranty: /保修|质保|过保|在保|三包|包修|保内|保外|延保|保不保|保多久|脱保|出保|保几年|质量保证|还保|联保/,
  progress:
    /进度|进展|到哪|催|单子|工单|派单|到了没|什么时候到|几点到|出发|状态|安排了|派了|查单|处理得|修到哪|哪一步|多久到|人呢|约的是|还来[吗不]|有人[接跟管]|没人[理联跟]|派人没|着落|消息|轮到|排到|单号|来着|几点来|啥时候来|还没[到来]|status|where|update|when will|when is/i,
  moving:
    /改期|改约|改时间|改到|换到|换个时间|换一?天|推迟|提前|延期|延后|往后|往前|挪|调整|另约|重新约|时间变|改成|推到|推后|往[前后]|延[一两几到]|改天|换[到我]|晚[一两几半]?[点天]|早[一点些]|再来|顺延|reschedul|move|another day|instead|earlier|later|postpone|change the (?:time|date)/i,
  praising:
    /好评|良心|佩服|敬业|超出预期|太赞|跟新的一样|收拾得|没(?:乱)?收(?:我)?(?:一分)?(?:钱|费)|怨言|没得(?:挑|说)|还找|感动|暖心|好人|耐性|有礼貌|好听|麻利|干净利|巴适|good job|great|excellent|professional|polite|friendly|amazing|点赞|表扬|很满意|非常满意|棒|专业|耐心|不错|夸|赞|靠谱|给力|准时|细心|负责|技术好|手艺|锦旗|热情|周到|贴心|利索|讲究|实在|公道|牛啊|态度(?:很|真|特别|非常|超|超级|也)?好|服务(?:很|真|特别|非常|超)?好|人(?:很|真|特别)好/,
  complaining:
    /投诉|踢皮球|推来推去|不干净|随便|不管|谁赔|赔|说好|白(?:等|请|花)|没(?:一个|有一个)?人(?:联系|管|理)|次品|什么质量|质量问题|糊弄|忽悠|骗|凶|拽|吼|收了钱|影子|人影|假|旧(?:件|零件)|没装|没拧|裸|划|complain|rude|scratch|damage|terrible|unhappy|太差|很差|差劲|差评|恶劣|乱收|坑|迟到|骂|弄坏|刮花|没修好|举报|不满|生气|放鸽子|爽约|不耐烦|敷衍|推诿|拉胯|离谱|太过分|宰|多收|私下|转账|白跑|维权|12315|曝光|消协|没人管|没人来|什么态度|[修来](?:了|过)?(?:[两三四五六几\d]|好几)(?:次|回|趟|遍)|二手|什么服务|什么水平/,
  thanking: /谢|感谢|辛苦|3q|thx|thank|麻烦你了|麻烦您了|有劳|费心|感激|感恩/i,
  leaving: /再见|拜拜|^拜|bye|^88|^886|回见|晚安|再会|回头见|告辞|下线|先走|挂了|改天聊/i,
  greeting: /你好|您好|在吗|在么|在嘛|在不在|hello|^hi|哈喽|哈啰|嗨|早上好|下午好|晚上好|中午好|^早|早安|午安|嘿|^喂|^亲|^hey/i,
  again:
    /再说|重复|没听|没看懂|什么意思|啥意思|听不懂|看不懂|不明白|再讲|再发|再问|没明白|没理解|没懂|问的(?:什么|啥)|解释|怎么填|说啥|说什么|问啥|问什么/,
  going_on: /(?<!不想|不|别)继续|接着|回到|恢复|往下|刚才.{0,6}(?:一半|没完)|go on|continue|回来了/i,
  unknown:
    /跳过|略过|不知道|不清楚|不记得|不晓得|忘|找不到|看不清|看不到|记不|没印象|不懂|说不上|不确定|没注意|不想说|不方便说|透露|保密|pass|skip/i,
  elsewhere:
    /天气|踢球|球赛|世界杯|充值|话费|油价|weather|joke|poem|capital|flight|下雨|股|诗|机票|外卖|电影|减肥|作业|作文|代码|唱|歌|翻译|彩票|算命|话费|违章|餐厅|好吃|招聘|招人|应聘|加盟|下水道|开锁|汽车|手表|写一|新闻|高考|游戏|菜谱|旅游|酒店|提示词|指令|首都|几号|几点了|推荐|想买|回收|快递|物流|信用卡|打车|医院|看病|疫苗/,
  weather:
    /天气|这天(?!然)|下雨|雨(?!刷)|下雪|刮风|大风|台风|沙尘|雾霾|冰雹|蒸笼|桑拿|闷热|降温|寒潮|回南天|梅雨|三伏|[0-9三四零]十?[0-9一二三四五六七八九]?度(?=[,,。!了]|$)|立[春夏秋冬]|太阳/,
  calling_off:
    /取消|退订|不来[了行]|别来|找人修好|不要来了|call off|撤|退单|退掉|不用来|别来|不要来|不用上门|不需要上门|作废|不修[了啦]|不来了|甭来|别派|不约了|不做了|不要了|退了|别跑|不用跑|不用派|自己.{0,6}好|弄好了|修好了|又能用|能用了|cancel|no longer|no need|don'?t (?:come|send)/i,
  stopping:
    /算了|不弄|不整|不搞|中止|终止|打住|不想继续|不继续|不登记|别问|拉倒|stop|quit|exit|never ?mind|forget it|不填|停|退出|不报|结束|不办|不搞|再想想|以后再|改天再|回头再|等会再|晚点再|没事了|考虑一下|先放|先不/,
  mending: /错了|写错|说错|打错|填错|搞错|选错|发错|更正|修改|改一下|改地址|改电话|改型号|有误|不是.{1,10}是|应该是|改成|换成|记错/,
  repairing: /修|坏|约|上门|师傅|派人|来人|安装|清洗|保养|加氟|故障|毛病/,
  asking: /[吗么呢??]|怎么|什么|几|哪|多少|多久|能不能|可不可以|是不是|有没有/,
  refusing: /^不|^没|^别|不是|不对|不行|不要/,
  scoring: /\uE00B|分|星|打分|评分/,
};

/** Us and whoever we send. A story without them blames nobody: what the machine does is a fault. */
const OURS =
  /师[傅父付]|你们|客服|工程师|技师|工人|小哥|小伙|修理工|维修[工员]|售后|网点|来的人|那[个位]?人|他|她|热线|公司|engineer|technician|\b(?:you|he|they)\b/i;

/** The names of the groups present and of every two of them, as features: asking beside warranty is not blaming beside warranty. */
export function cuesOf(shape: string): readonly string[] {
  const present = Object.entries(CUES).flatMap(([name, pattern]) => (pattern.test(shape) ? [`#${name}`] : []));
  return [
    OURS.test(shape) ? '#ours' : '#nobody',
    ...present,
    ...present.flatMap((one, at) => present.slice(at + 1).map((other) => one + other)),
  ];
}
