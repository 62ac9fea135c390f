/** What is repaired and where, and the work that is not a repair: installing, cleaning, moving. */
import type { EnquiryText } from '../../../src/domain/enquiry.ts';

export const SCOPE_TEXTS: readonly EnquiryText[] = [
  {
    key: 'area.served',
    topic: 'scope',
    text: {
      'zh-CN': '现在{cities}有师傅上门。告诉我您在哪个城市、哪个区，我看看能不能到。',
      en: 'We come to {cities}. Tell me your city and district and I check.',
    },
  },
  {
    key: 'area.shops',
    topic: 'scope',
    text: {
      'zh-CN': '告诉我您在哪个城市，我把那边网点的地址和营业时间发给您。',
      en: 'Tell me your city, and I send you the addresses and hours of the shops there.',
    },
  },
  {
    key: 'area.bring',
    topic: 'scope',
    text: {
      'zh-CN': '可以，送到网点不收上门费。先跟我说“送到网点修”，登记好单号再去；修之前先报价，您同意了才修。',
      en: 'Yes, and there is no visit fee. Tell me first that you bring it in and take the ticket number with you; we quote before repairing.',
    },
  },
  {
    key: 'scope.brands',
    topic: 'scope',
    text: {
      'zh-CN': '不挑品牌，家用电器都可以报修。告诉我是什么家电、什么牌子、什么毛病，我来安排。',
      en: 'Any brand. Tell me the appliance, the brand and the fault, and I arrange it.',
    },
  },
  {
    key: 'scope.products',
    topic: 'scope',
    text: {
      'zh-CN': '电视、冰箱、洗衣机、空调、热水器、油烟机、燃气灶，还有风扇、吸尘器这样的小家电。别的您说名字，同事来答复。',
      en: 'TVs, fridges, washers, air conditioners, water heaters, range hoods, gas stoves, and small appliances such as fans and vacuum cleaners. For others tell me the name and a colleague answers.',
    },
  },
  {
    key: 'scope.install',
    topic: 'scope',
    text: {
      'zh-CN': '可以登记安装。直接说家电和时间，比如“油烟机安装，周六上午”；费用师傅先报价，您同意了才装。',
      en: 'Installing can be booked: tell me the appliance and a day, such as “install a range hood, Saturday morning”. The engineer quotes first.',
    },
  },
  {
    key: 'scope.clean',
    topic: 'scope',
    text: {
      'zh-CN': '可以登记清洗保养。直接说家电和时间，比如“空调清洗，明天下午”；费用师傅先报价，您同意了才做。',
      en: 'Cleaning can be booked: tell me the appliance and a day, such as “clean the air conditioner, tomorrow afternoon”. The engineer quotes first.',
    },
  },
  {
    key: 'scope.move',
    topic: 'scope',
    text: {
      'zh-CN': '可以登记移机拆装。说一下哪样家电、从哪里到哪里、哪天方便；费用师傅先报价，您同意了才动手。',
      en: 'Moving an appliance can be booked: tell me which, from where to where, and a day. The engineer quotes first.',
    },
  },
  {
    key: 'scope.old',
    topic: 'scope',
    text: {
      'zh-CN': '过了保修期、在别处买的都能修，按公开价目收费。上门检测{visitFee}，师傅先报价，您觉得值再修。',
      en: 'Out of warranty or bought elsewhere, we repair it by the public price list. The inspection {visitFee}; the engineer quotes first.',
    },
  },
  {
    key: 'scope.trade-in',
    topic: 'scope',
    text: {
      'zh-CN': '以旧换新、回收旧家电，我这里没有准信，不想跟您乱说。想问清楚，回“人工”，同事来答复您。',
      en: 'I have no reliable word on trade-ins or taking back old machines and will not guess. Say “agent” and a colleague answers.',
    },
  },
];
