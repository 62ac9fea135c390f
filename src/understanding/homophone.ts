/**
 * Names of appliances with one character mistyped by its sound: 喜衣机, 微波鹿, 消毒贵. Made from the sounds, so that no slip
 * has to be met before it is understood; a name of two characters has too little left to be known by and is listed itself.
 */

/** Characters typed for one of the same sound, where no sentence of a service chat has them by right. */
const SOUNDS: Readonly<Record<string, string>> = {
  洗: '喜西系细希吸稀席',
  衣: '依医以易伊已意一',
  机: '鸡级积基寄吉稽击',
  碗: '晚玩万婉',
  微: '威维为围危伟薇唯',
  波: '博播泊拨伯剥菠',
  炉: '路鹿露卢录芦陆',
  热: '惹',
  水: '谁睡税',
  器: '气汽弃企汔',
  净: '静进近镜劲竞境',
  消: '销肖宵硝',
  毒: '读独度渡',
  柜: '贵跪桂鬼轨',
  燃: '然冉',
  煤: '媒梅霉',
  灶: '造皂燥枣',
  油: '由游邮优',
  烟: '咽眼严盐燕',
  烘: '哄轰红洪宏',
  干: '甘杆赶',
  吸: '西息习洗',
  尘: '陈成沉程晨',
  扫: '嫂',
  地: '第底帝',
  吹: '催锤垂',
  风: '封疯丰',
  电: '店殿',
  饭: '范犯泛返',
  煲: '包堡保宝褒',
  锅: '国果郭',
  扇: '善山闪删',
  视: '试',
};
const NAMES = [
  '洗衣机',
  '洗碗机',
  '微波炉',
  '热水器',
  '净水器',
  '净水机',
  '消毒柜',
  '燃气灶',
  '煤气灶',
  '油烟机',
  '烘干机',
  '吸尘器',
  '扫地机',
  '吹风机',
  '电吹风',
  '电饭煲',
  '电饭锅',
  '电风扇',
  '电冰箱',
  '电视机',
];
const SHORT: Readonly<Record<string, readonly string[]>> = {
  空调: ['空条', '空凋', '空吊', '空钓', '孔调', '控调', '孔条'],
  冰箱: ['冰相', '冰香', '冰湘', '冰像', '冰厢', '兵箱', '宾箱', '彬箱', '冰项'],
  冰柜: ['冰贵', '冰跪', '冰桂', '冰鬼', '兵柜'],
  电视: ['店视', '电试', '电式', '殿视'],
  风扇: ['风善', '风煽', '封扇'],
  烟机: ['咽机', '烟鸡'],
};

/** The name meant, by what was typed. */
export const HOMOPHONES: Readonly<Record<string, string>> = Object.fromEntries([
  ...Object.entries(SHORT).flatMap(([name, slips]) => slips.map((slip) => [slip, name] as const)),
  ...NAMES.flatMap((name) =>
    Array.from(name).flatMap((character, at) =>
      Array.from(SOUNDS[character] ?? '', (slip) => [name.slice(0, at) + slip + name.slice(at + 1), name] as const),
    ),
  ),
]);
