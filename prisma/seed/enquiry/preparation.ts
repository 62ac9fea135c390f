/** How to prepare for a visit, so that nobody is hurt: nobody is ever told to open a machine or to reach for one. */
import type { EnquiryText } from '../../../src/domain/enquiry.ts';

export const PREPARATION_TEXTS: readonly EnquiryText[] = [
  {
    key: 'prepare.general',
    topic: 'preparation',
    text: {
      'zh-CN': '机器周围腾出能站人的地方，购买凭证和型号标签找出来；停车、进门要登记的，提前告诉师傅。机器不用动，等师傅来。',
      en: 'Clear some room around the machine, have proof of purchase and the model label at hand, and tell the engineer about parking or a gate. Leave the machine as it is.',
    },
  },
  {
    key: 'prepare.air-conditioner',
    topic: 'preparation',
    text: {
      'zh-CN': '先关机，内机下面的床和桌子盖好或挪开，留出放梯子的地方。外机在哪里先告诉师傅；您别去够，等师傅来。',
      en: 'Switch it off, cover or move what stands below it, and leave room for a ladder. Tell the engineer where the outdoor unit is; do not reach for it yourself.',
    },
  },
  {
    key: 'prepare.fridge',
    topic: 'preparation',
    text: {
      'zh-CN': '怕坏的食物先挪走，前面留出站人的地方。冰箱重，别自己硬搬；要不要断电化霜，师傅出发前联系您时问他。',
      en: 'Move food that spoils, and leave room in front. It is heavy: do not shift it yourself. Ask the engineer on the phone whether to switch it off and defrost.',
    },
  },
  {
    key: 'prepare.washer',
    topic: 'preparation',
    text: {
      'zh-CN': '衣服能取就先取出来，关上进水龙头；门打不开别硬撬，里面有水也不用管。旁边留出站人的地方，等师傅来。',
      en: 'Take the laundry out if you can and close the tap. If the door is stuck, do not force it; water inside may stay. Leave room beside it.',
    },
  },
  {
    key: 'prepare.gas',
    topic: 'preparation',
    text: {
      'zh-CN': '师傅到之前先关上燃气阀，这台别再用。闻到燃气味就别碰任何开关，先到屋外，再告诉我。',
      en: 'Close the gas valve and do not use it until the engineer is there. If you smell gas, touch no switch, go outside first, then tell me.',
    },
  },
  {
    key: 'prepare.water-heater',
    topic: 'preparation',
    text: {
      'zh-CN': '手和脚下都干燥才去断电，够不到就别碰；不用放水。漏水就关上进水阀。手发麻或地上有水，先离远，马上告诉我。',
      en: 'Cut the power only with dry hands on a dry floor, and leave it if you can not reach it; no need to drain it. If it leaks, close the inlet. Tingling hands or water on the floor: stay away and tell me at once.',
    },
  },
  {
    key: 'prepare.meanwhile',
    topic: 'preparation',
    text: {
      'zh-CN': '师傅检测之前先别用，能安全断电就断电。有漏电、冒烟、焦味、燃气味，先离开，马上告诉我。',
      en: 'Leave it off until the engineer has looked, and cut the power if that is safe. A shock, smoke, a burning smell or gas: get away first and tell me at once.',
    },
  },
];
