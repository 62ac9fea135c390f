/**
 * What is wrong, in the words of people who do not repair: by appliance and fault, a sentence or more in every register.
 *
 */
import type { Register } from '../manner.ts';
import { KITCHEN_FAULTS } from './faults-kitchen.ts';
import { WATER_FAULTS } from './faults-water.ts';
import type { Fault } from './told-fault.ts';

const AIR_AND_COLD: readonly Fault[] = [
  {
    appliance: 'air_conditioner',
    codes: ['not_cooling'],
    said: {
      plain: ['空调开了半天一点都不凉', '家里空调不制冷了', '客厅空调吹出来的风是温的,不冷', '空调制冷不行,开到18度都没感觉'],
      terse: ['空调不制冷', '空调不冷', '挂机不凉'],
      chatty: [
        '师傅你好,我家卧室那台空调用了好几年了,今年一开就不怎么凉,吹了一晚上还是热',
        '是这样的,我妈家的空调不制冷了,老人家热得睡不着',
      ],
      elderly: ['空条不致冷了', '我家空调他不凉啊', '空调开着呢就是不冷'],
      cantonese: ['冷氣唔凍', '部冷氣機開咗成日都唔凍', '我屋企冷气机唔冻啊'],
      emoji: ['空调不制冷了😭', '空调吹的都是热风🥵', '家里空调不凉了😩救救我'],
      english: ['My air conditioner stopped cooling yesterday', 'The AC blows warm air, it does not cool at all'],
    },
    alone: ['不制冷', '开着不凉', '吹出来不冷'],
  },
  {
    appliance: 'air_conditioner',
    codes: ['not_heating'],
    said: {
      plain: ['空调制热没反应,吹的是凉风', '空调开暖风不制热', '开了制热还是冷风,空调不热'],
      terse: ['空调开暖风不制热', '空调不热', '空调没热风'],
      chatty: ['天冷了想开空调暖和暖和,结果开了制热半个小时屋里一点不热', '我们家空调夏天挺好的,冬天就是不制热,你说怪不怪'],
      elderly: ['空调不出热风', '空调他不致热了', '空调开了热风吹出来凉的不热'],
      cantonese: ['冷氣機唔制熱', '空调开暖气唔热'],
      emoji: ['空调制不了热🥶', '空调开了暖风还是冷的不热😢'],
      english: ['The air conditioner does not heat', 'AC heating is not working, no warm air'],
    },
    alone: ['不制热', '没有热风', '开了制热也不热'],
  },
  {
    appliance: 'air_conditioner',
    codes: ['leaking'],
    said: {
      plain: ['空调室内机漏水,滴到地板上了', '空调往下滴水', '卧室空调漏水'],
      terse: ['空调漏水', '空调滴水', '内机漏水 空调的'],
      chatty: ['空调一开就往下滴水,我拿盆接着呢,墙都湿了一片', '也不知道怎么回事,空调漏水漏得厉害,地板都泡了'],
      elderly: ['空调漏水了', '空调底下滴水滴得厉害'],
      cantonese: ['冷氣機漏水', '部冷气滴水滴到成地都系'],
      emoji: ['空调漏水啦💧', '空调一直滴水💦地板都湿了'],
      english: ['My air conditioner is leaking water', 'Water drips from the indoor unit of the AC'],
    },
    alone: ['漏水', '往下滴水', '室内机滴水'],
  },
  {
    appliance: 'air_conditioner',
    codes: ['noisy'],
    said: {
      plain: ['空调外机声音特别大', '空调噪音太大了,晚上睡不着', '空调一开就嗡嗡响'],
      terse: ['空调噪音大', '空调响声大', '外机太吵 空调'],
      chatty: ['空调外机轰隆轰隆的,楼下邻居都来敲门说太吵了', '这空调开起来声音大得跟拖拉机似的'],
      elderly: ['空调声音太大了', '空调响的很吵得睡不着觉'],
      cantonese: ['冷氣機好嘈', '部冷气开起上嚟好大声'],
      emoji: ['空调声音好大😤睡不着', '空调外机太吵了🙉'],
      english: ['The air conditioner is very noisy', 'My AC makes a loud noise at night'],
    },
    alone: ['声音很大', '噪音大', '一直嗡嗡响'],
  },
  {
    appliance: 'fridge',
    codes: ['not_cooling'],
    said: {
      plain: ['冰箱冷藏室不制冷了', '冰箱不冷,菜都坏了', '冰箱不制冷'],
      terse: ['冰箱不制冷', '冰箱不冷', '冰箱不凉了'],
      chatty: ['早上起来发现冰箱里的肉都化了,摸着一点不冷,急死人了', '冰箱前两天就不太对,今天彻底不制冷了,一冰箱的菜呢'],
      elderly: ['冰箱不致冷了', '并箱不冷了', '冰箱里面的东西都化了不冷'],
      cantonese: ['雪櫃唔凍', '個雪柜唔制冷喇', '雪柜冇晒冻气'],
      emoji: ['冰箱不制冷了😱', '冰箱不冷了🥲菜都坏了'],
      english: ['My fridge is not cooling', 'The refrigerator stopped cooling and the food is going bad'],
    },
    alone: ['不制冷', '里面不冷', '冷藏不冷了'],
  },
  {
    appliance: 'fridge',
    codes: ['frosting'],
    said: {
      plain: ['冰箱冷冻室结霜很厚', '冰箱老是结冰,抽屉都拉不开', '冰箱里面结霜严重'],
      terse: ['冰箱结霜', '冰箱结冰', '冷冻结霜太厚 冰箱'],
      chatty: ['冰箱后壁结了厚厚一层霜,铲了过两天又结上了', '说是无霜的冰箱,结霜结得跟雪山一样'],
      elderly: ['冰箱结双了好厚一层', '冰箱里面结冰结的厉害'],
      cantonese: ['雪櫃結晒霜', '雪柜冰格結冰好厚'],
      emoji: ['冰箱结霜了❄️好厚一层', '冰箱结冰结成冰山了🧊'],
      english: ['The freezer of my fridge is full of frost', 'My fridge has thick frost inside'],
    },
    alone: ['结霜', '里面结冰很厚', '霜太厚了'],
  },
  {
    appliance: 'fridge',
    codes: ['noisy'],
    said: {
      plain: ['冰箱噪音很大', '冰箱后面一直嗡嗡响', '冰箱声音大,半夜特别吵'],
      terse: ['冰箱噪音大', '冰箱响', '冰箱声音大'],
      chatty: ['冰箱这两天老是嗡嗡嗡地响,一停还咣当一下', '冰箱声音大得隔着一个屋都能听见'],
      elderly: ['冰箱响的厉害', '冰箱嗡嗡嗡的声音太大'],
      cantonese: ['雪櫃好嘈', '雪柜成晚嗡嗡声'],
      emoji: ['冰箱嗡嗡响😫', '冰箱噪音好大🙉'],
      english: ['The fridge makes a loud humming noise', 'My refrigerator is very noisy'],
    },
    alone: ['噪音大', '一直嗡嗡响', '声音很大'],
  },
  {
    appliance: 'tv',
    codes: ['display'],
    said: {
      plain: ['电视屏幕有竖线', '电视花屏了', '电视有声音没画面'],
      terse: ['电视花屏', '电视没图像', '电视有竖条'],
      chatty: ['电视看着看着屏幕就花了,一道一道的竖线,声音倒是有', '我家电视昨晚突然黑屏,有声音,就是没画面'],
      elderly: ['电视花平了', '电视有声音没有人影'],
      cantonese: ['電視機花mon', '电视得个声冇画面'],
      emoji: ['电视花屏了📺😢', '电视屏幕全是条纹🤯'],
      english: ['The TV screen shows vertical lines', 'My TV has sound but no picture'],
    },
    alone: ['花屏', '有声音没画面', '屏幕上有竖线'],
  },
  {
    appliance: 'tv',
    codes: ['no_power'],
    said: {
      plain: ['电视打不开了', '电视开不了机,灯也不亮', '电视按什么都没反应,开不了机'],
      terse: ['电视开不了机', '电视打不开', '电视不开机'],
      chatty: ['电视昨天还好好的,今天怎么按都开不了机', '家里老人说电视打不开,我试了也不行,指示灯都不亮'],
      elderly: ['电视打不开了', '电视机开不开了'],
      cantonese: ['電視開唔到', '我部电视开唔到机呀'],
      emoji: ['电视开不了机了😭', '电视打不开📺❌'],
      english: ['My TV will not turn on', 'The television does not switch on any more'],
    },
    alone: ['打不开', '开不了机', '按了没反应,开不了机'],
  },
];

export const FAULTS: readonly Fault[] = [...AIR_AND_COLD, ...WATER_FAULTS, ...KITCHEN_FAULTS];

/** The fault as somebody of this register tells it. */
export function saidOf(fault: Fault, register: Register): readonly string[] {
  return fault.said[register];
}
