/**
 * The words danger is told with, and how its patterns are built: groups of words, and stretches that stay within a clause or a
 * sentence, so that no pattern runs through a whole story.
 */
/** Words and small patterns, parted by blanks, as one group. */
export const any = (words: string): string => `(?:${words.trim().split(/\s+/).join('|')})`;
/** Up to `most` characters of the same clause. */
export const near = (most: number): string => `[^,。!?;]{0,${most}}`;
/** Up to `most` characters of the same sentence. */
export const beyond = (most: number): string => `[^。!?]{0,${most}}`;
export const reads = (...alternatives: readonly string[]): RegExp => new RegExp(alternatives.join('|'), 'gi');

export const GAS = any('煤气 燃气 天然气 天燃气 石油气 液化气 一氧化碳 沼气 炉气');
/** The gas itself, not something named after it. */
export const GAS_ITSELF = `${GAS}(?!灶|炉|罐|热|壁|公司|费|表|卡|报警|管道安装|改造)`;
export const GAS_PART = any(
  '灶 (?<!微波|电磁|电陶|空气)炉 热水器 厨房 (?<!排气|限压|安全|泄压)阀 管子? 软管 胶管 接口 接头 气管 煤气罐 液化气罐 气瓶',
);
export const ELECTRIC = any(
  `插座 插板 插排 插线板 拖线板 排插 地插 电源 插头 插口 插孔 电路板? 主板 电脑板 控制板 电控 线路 电线 电缆 线头 电箱 配电箱 电表箱?
   开关 电机 空开 接线 电闸 总闸 带电 通着?电 线板 面板 灯 适配器 充电器 变压器`,
);
/** What nobody means by 电源灯 or 开关坏了: live whenever it is wet. */
export const LIVE = any(
  '插座 插板 插排 插线板 拖线板 排插 地插 插头 插口 插孔 线路 电线 电缆 线头 电箱 配电箱 电表箱? 空开 接线 电闸 总闸 线板 适配器 充电器 变压器',
);
/** Where only a spark makes fire. */
export const SPARKING = any(
  `插座 插头 插排 插板 插线板 插孔 电线 线路 线头 电源 电箱 电闸 空开 电表 接线 开关 碳刷 触点 微波炉 空调 外机 洗衣机 冰箱 电视 烤箱 电磁炉 电饭煲
   烘干机 洗碗机 电热水器 风扇 吸尘器 吹风机`,
);
export const MACHINE = any(
  '洗衣机 滚筒 内筒 烘干机 干衣机 冰箱 冰柜 冷库 洗碗机 烤箱 消毒柜 微波炉 机器 机子 冷柜 电梯 空调 外机 风扇 管道 波轮 柜子 阳台 浴室 厕所 卫生间',
);
export const LIVING = any(
  `孩子 小孩 小朋友 小家伙 宝宝 宝贝 娃 (?<!牛)仔 囡 BB 老人 老太太 老头 老伴 (?<!别)(?<!器)人(?!工|员) 儿子 女儿 孙子 孙女 妈 爸 爷 奶奶 外婆 姥 老公 老婆 同事 同学 朋友 客人 哥哥 姐姐 叔叔 阿姨 婆婆 丈夫 妻子 媳妇 闺女 侄子 侄女 外甥
   弟 妹 猫(?!眼|砂|粮) (?<!热)狗 兔子 仓鼠 鹦鹉 宠物 毛孩子 小鸟 有人`,
);
export const BODY = any(
  `(?<![把扶拉二新对助用])手(?!机|柄|把|轮|动|续|册|工|套|表|感|势|电) (?<![底地机支撑])脚(?!架|垫|轮|踏|本) 把手(?=伸|放|塞|弄|卷|压|绞) (?<![桌支火椅床])腿 胳膊 手臂 手指头? 指头
   头发 辫子 袖子 脑袋 脖子 (?<=孩子|宝宝|猫|狗|我|把|的)头(?=被|伸|卡|夹|绞|钻) 尾巴 爪子`,
);
/** What follows 电 when it is a part of a name. */
export const NAMED_ELECTRIC =
  '(?![话视饭脑池工器费源路线梯影动子热冰风磁压表量机灯信商箱闸网力台扇熨烤炖炒锅吹油暖陶蒸水容阻控笔瓶车卡辅气炉熔蚊门缆板竞联钻吸])';
export const SMELL = any('味 臭 气味');
export const UNWELL = any(
  `头晕 头昏 眼花 恶心 想吐 呕吐 吐了 喘不 晕 (?<!黄)昏 胸闷 胸口闷 胸口发闷 心慌 气短 憋气 憋得慌 无力 没力气 腿软 站不稳 站都站不 头疼 头痛 头都?疼 头都?痛 不舒服 呼吸困难 嘴唇发紫 脸色?(?:煞白|发白|惨白|苍白|通红|发青) (?:直|狂|一直|老|又)吐 吐得 手脚发软 叫不应 不怎么应 迷糊 迷迷糊糊 意识不清 躺在?地上 倒在?地上 眼前发黑 站不住 叫不醒
   没知觉`,
);
export const BREATHING_FUMES = any('洗澡 洗头 厨房 热水器 灶 壁挂炉 (?<!微波|电磁|电陶|空气)炉 卫生间 浴室 烧炭 烤火 锅炉 煤气 燃气');
export const EVENT = any('[着起失]过?火 烧 自燃 漏过?电 触过?电 漏过?气 漏过?煤气 漏过?燃气 冒过?烟 爆过?炸 炸 中毒');

export const NONE = '(?:没有?|没闻到|闻不到|并?未|并没有?|并无|(?<!是|这|还)不是|不会|不再|不|无|又没有?|也没有?|没看见|没见)';
