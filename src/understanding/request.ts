/**
 * Requests that leave no doubt: a person is asked for (转人工), a complaint is made (我要投诉). They are told apart from
 * sentences that only speak of them: 上次人工帮我查的, 投诉处理得怎么样了, 不投诉了.
 */
import type { Intent } from './understood.ts';

const PERSON =
  '(?:(?:人[工公功攻宫龚]|(?<=[转接找换])[任仁]工)(?!湖|智能|费|呼吸|草|授|降|掰|降雨)(?:客服|坐席|服务|座席|台)?|真人(?:客服)?|活人|大活人|(?:售后)?(?:客服|坐席|座席)(?:专员|人员|经理|小姐姐|小哥)?|售后专员|专员|接线员|工作人员|负责人|主管|经理|领导|能(?:解决|处理)(?:问题)?的(?:人)?)';
const WANTS_PERSON = new RegExp(
  `(?:转(?:接)?(?:到|给|至|一?下|个)?|接(?:通|入|一?下|个)|(?<!给|叫)换(?:成|个|一个)?|(?<!服|派|帮我修)(?:我?要|想)?(?:找|联系|呼叫|叫)(?:个|一?下|你们|一个|到|你们的)*|(?:我)?(?:就)?(?:要|想要|需要|直接(?:给我|上|接)?|give me )(?:个|一个|你们)?|想(?:和|跟|与)|让|请)(?:一?下|你们|你们的|个|一个)?${PERSON}|(?:想|要|得|让我|我(?:还是)?)(?:和|跟|与|同)(?:你们)?(?:的)?${PERSON}(?:说|讲|聊|谈|沟通|对接|反映|扯)`,
);
/** The person named is one who did or does something else. */
const NO_WANT =
  /白(?:叫|找|转|喊|请)|(?:别|不要|不用|不想|无需|先不|不是)(?:再)?(?:转|找|联系|叫|让|请|喊)|(?:让|叫)我(?:去|再|自己|先)?(?:找|联系|问|打)|(?:找|联系|问|打)(?:了|过|不到|不着)|怎么(?:不|没)|上次|上回|(?:说明书|写着|显示|提示|弹出|上面|屏幕)[^,,。;!?]{0,8}(?:请|联系|找|转)|说请联系|(?:报销|请假|签字)|投诉(?:你们)?(?:客服|经理|主管|领导|人工)|(?<!(?:找|跟|和|与|同|让|换|转)(?:个|一个)?)(?:客服|人工|经理)说(?!话|$|[吧。!?~,])|(?:客服|人工|经理)(?:态度|不|骂|太|差|挂|也)/;
/** A clause of its own that asks for a person and for nothing else, beside whatever was answered. */
const DEMANDS_PERSON = new RegExp(
  `(?:^|[,,。;!?\\s]|我|快|赶紧|麻烦|直接|给我|帮我)(?:还是)?(?:(?:转(?:接)?(?:到|给|一?下|个)?|接(?:通|入|个)?|换(?:成|个)?|(?:我)?(?:要|想)(?:找|转)(?:个|一下|你们)?)${PERSON}|(?:要|想)(?:和|跟|与|同)(?:你们)?(?:的)?${PERSON}(?:说|讲|聊|谈|沟通))(?:一?下|话|吧|来|谢谢|行吗|好吗|[了啊呀])*(?=$|[,,。;!?~\\s])`,
);
const BARE_PERSON = new RegExp(
  `^(?:请|麻烦|帮我|给我|我|要|来个?|有|有没有|[\\s,,!.。~])*${PERSON}(?:在吗|在不在|在线吗|谢谢|吧|吗|呢|啊|呀|[\\s,,!!??.。~])*$`,
);
/** AI不行,给我人; 说不明白,来个人. */
const BARE_SOMEONE =
  /^不(?:要|想[和跟要])(?:你|机器人?|AI)[,,。 ]*(?:我)?要(?:真|活)?人[了吧啊。!~]*$|^(?:[^,,。;!?]{0,8}(?:说不|讲不|听不|不懂|不行|AI|机器)[^,,。;!?]{0,6}[,,。 ]+)?(?:快)?(?:来|给我|找|换|叫)(?:个|一个|来个)?(?:真)?人(?:吧|啊|来|行不行|说话)*[。!~]*$/i;
const CALLS_SOMEBODY =
  /(?:叫|喊|找|换|转|接|来|给|要|让|请|派|拉|听)[^,,。!?]{0,8}(?:(?<!机器)人(?![家类])|客服|师傅|经理|领导|主管|同志|活的|真的)|(?<!跟|和|找|在)(?:你们)?(?:客服)?人[工公功]|真人|活人|human|agent|person/i;
const COMPLAINS =
  /(?:^|[,,。;!?\s]|我|要|来|想|得|必须|就)(?:去)?(?:投诉|举报)(?!(?:单|处理|进度|结果|中心|电话|怎么样|到哪|渠道|号码|的时候|过的|上次))|(?:投诉|举报)(?:你们|一下|师傅|他|她|这|那|维修|客服|安装|刚才)|12315|消协|消费者协会/;
const NO_COMPLAINT =
  /(?:不|别|没|懒得|先不|不用|不想|取消|撤销?)(?:要|想|再)?(?:投诉|举报)|不是(?:来|要|想|说要)?(?:投诉|举报)|(?:邻居|楼下|楼上|物业|隔壁|人家|别人|他们|老板|客人|顾客|业主|街坊)[^,,。!?]{0,4}(?:投诉|举报)|投诉(?:完|过|了)?(?:楼上|楼下|邻居|物业|隔壁|快递|外卖|装修)|投诉(?:的)?(?:那|这)(?:位|个|回|次)|(?:投诉|举报)(?:倒|就|也)?(?:不至于|谈不上|算了|免了|没必要)|投诉不投诉|投诉[^,,。;!?]{0,4}(?:事|情况|那边)|投诉(?:路|专业户|归投诉|电话|热线|箱|大王|狂)|投诉(?:是)?(?:另|归)|(?:喊|叫|当)我?投诉|投诉一下[^,,。;!?]{0,6}(?:位置|字|天气|标签|贴)|(?:投诉|举报)(?:嘛|呢)?(?:另说|回头再说|以后再说)|(?:投诉|举报)(?:的)?(?:单|处理|进度|结果|进展|编号|受理|怎么样|有(?:没有)?(?:结果|消息|进展|回复)|到哪|查|受理了吗)|(?:查|问)(?:一?下)?(?:我的|上次的?)?投诉|投诉(?:了|过)的|(?:没|无|必)?差评(?:吗|怎么)/;

/** The request, or null when the classifier should decide. */
export function readRequest(text: string): Extract<Intent, 'human' | 'complaint'> | null {
  if (wantsPerson(text)) return 'human';
  return COMPLAINS.test(text) && !speaksOfComplaint(text) ? 'complaint' : null;
}

/** Whether a clause of the message does nothing but ask for a person: 13800138000,转人工. */
export function demandsPerson(text: string): boolean {
  return DEMANDS_PERSON.test(text) && !NO_WANT.test(text);
}

/** Whether the word stands for somebody else's, a former or a denied complaint. */
export function speaksOfComplaint(text: string): boolean {
  return NO_COMPLAINT.test(text);
}

/** Whether somebody is called for, in whatever words: 叫个会说话的来. What was said of people before is none. */
export function callsSomebody(text: string): boolean {
  return CALLS_SOMEBODY.test(text) && !NO_WANT.test(text);
}

function wantsPerson(text: string): boolean {
  if (BARE_PERSON.test(text) || BARE_SOMEONE.test(text)) return true;
  return WANTS_PERSON.test(text) && !NO_WANT.test(text);
}
