/** Appliances told by what they do, 干衣服的那个机器, as the name that `appliance.ts` knows. Read only where no name is. */
import type { Appliance } from '../domain/appliance.ts';

const THING = '(?:那个?|这个?)?(?:机器|机子|东西|玩意儿?|家伙|设备|电器|家电|柜子|锅)';
const DESCRIBED: readonly (readonly [string, Appliance])[] = [
  ['(?:烘|干|烤)(?:干)?衣(?:服|裳|物)?', 'dryer'],
  ['洗衣(?:服|裳)', 'washer'],
  ['(?:洗|刷)(?:碗|盘)(?:筷|子)?', 'dishwasher'],
  ['(?:扫|拖)地', 'robot_vacuum'],
  ['吸(?:尘|灰|地|毛)', 'vacuum'],
  ['吹(?:干)?头发?', 'hair_dryer'],
  ['(?:烧|出|供)热?水(?:洗澡)?|洗澡(?:用)?', 'water_heater'],
  ['(?:抽|吸|排)油?烟', 'range_hood'],
  ['(?:煮|焖|闷|蒸)(?:米|白|大)?饭', 'rice_cooker'],
  ['热(?:饭|菜|剩饭|剩菜|牛奶)|叮(?:饭|菜)', 'microwave'],
  ['(?:炒|烧|做)菜(?:用|打火)?|打火', 'gas_stove'],
  ['消毒(?:碗|碗筷|餐具|筷子)?', 'disinfection_cabinet'],
  ['(?:净|滤|过滤|净化)水', 'water_purifier'],
  ['(?:扇|吹)凉?风', 'fan'],
  ['(?:冻|冷藏|冰|存)(?:菜|肉|东西|冰棍|雪糕|饮料)', 'fridge'],
  ['(?:吹|出)(?:冷|凉)[风气]|制冷', 'air_conditioner'],
  ['看(?:新闻|节目|剧|球)', 'tv'],
];
const RULES = DESCRIBED.map(([does, appliance]) => ({
  appliance,
  named: new RegExp(`(?:${does})(?:用)?的${THING}|(?:${does})(?:用)?(?:的)?那个?[^,,。]{0,6}(?:机器人?|东西|玩意儿?|家伙)`),
  answer: new RegExp(`^(?:就是|就|是|那个|我家|我家的|家里|[灶炉]台?[上顶][面边头]的?)*(?:${does})(?:用)?(?:的[吧啊呀嘛呢。!]*$|的?那个)`),
}));

/** What `text` describes, null when it describes nothing; `asked` = an appliance was just asked for. */
export function describedAppliance(text: string, asked: boolean): Appliance | null {
  return RULES.find(({ named, answer }) => named.test(text) || (asked && answer.test(text)))?.appliance ?? null;
}
