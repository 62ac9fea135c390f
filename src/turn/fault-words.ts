/**
 * Whether a clause tells how a machine misbehaves, though no known fault is read in it: what does not happen, what goes on
 * and on, what is heard, seen or smelt. It goes to the engineer in the customer's own words and is not asked for again
 * (S2-006); that it is broken says nothing of how.
 */

/** 不怎么凉, 制不了热, 排唔到水, 还是冰的, 老是自己停, 冇晒冻气, 结了一层, 嗡嗡响. */
const MISBEHAVES =
  /[郁动動开開用出进進排转轉洗吸关關拧掂][不唔](?:到|了|动|動|着|著|起|得)|[不唔](?:怎么|太|大|肯|够|夠)?(?:凉|涼|冻|凍|冷|热|熱|暖|转|轉|动|動|亮|着|著|响|響|出|进|進|走|停|干|乾|排|吸|喷|加)|[不唔](?:了|到)(?:水|热|熱|气|氣|火|电|電|风|風|机|機)|(?:还是|仍然|一直|老是?|总是?|總是?|成日|不停地?|自己|自动|自動|突然|动不动)(?:不|没|冇|冷|热|熱|冰|凉|漏|滴|响|響|吵|嘈|停|关|關|跳|闪|閃|灭|熄|抖|冒|报|報)|冇(?:晒|曬)?.{0,2}(?:气|氣|水|热|熱|冻|凍|风|風|火|声|聲|画|畫|反应|反應)|[响響吵嘈抖漏滴冒烫燙闪閃]|花(?:屏|mon|平)|[竖横条][线條纹紋]|条纹|结.{0,5}[霜冰双]|(?:糊|焦|臭|怪)味/iu;
const MISBEHAVES_ENGLISH =
  /\b(?:(?:does|do|did|will|can) ?n[o']t\b(?! (?:wait|know|find|see|have|want|need|remember))|won'?t|cannot (?!find|see|wait)|stopped|stops|keeps? |by itself|no longer|goes? (?:out|off)|drips?|leaks?|smells?|shows? |makes? (?:a |an |loud |strange )|no (?:heat|water|power|picture|sound|cold|warm|hot|air))/iu;

/** 门封条坏了, 抽屉裂了一块, 按键掉了: a part by its name, and what became of it. */
const PART_BROKEN =
  /(?:封条|密封[条圈]|[门盖](?:板|子|把手|锁|扣|轴|铰链)?|把手|抽屉|[层隔][架板]|按[键钮]|旋钮|开关|显示屏?|屏幕|面板|玻璃|灯管?|喷头|花洒|水龙头|[进出排]?水管|软管|滤[网芯]|电源线|插头|轮子|支架|脚垫|电机|马达|风[扇轮]|压缩机|皮带|滚筒|内桶|波轮|阀门?|外壳)(?:也|都|好像|似乎|一块|有点|那里|这里|给){0,2}(?:坏|断|裂|掉|破|脱|松|老化|变形|堵|碎|卡|烂|锈)/u;

export function tellsOfFault(clause: string): boolean {
  return MISBEHAVES.test(clause) || PART_BROKEN.test(clause) || MISBEHAVES_ENGLISH.test(clause);
}
