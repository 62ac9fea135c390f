/** What a visit and a repair cost, how it is paid, and the invoice. Amounts are facts in braces, never typed here. */
import type { EnquiryText } from '../../../src/domain/enquiry.ts';

export const PRICE_TEXTS: readonly EnquiryText[] = [
  {
    key: 'price.visit-fee',
    topic: 'price',
    text: {
      'zh-CN': '上门检测{visitFee}，保修期内正常故障的上门和维修都不收费。修之前先报价，您同意了才修。',
      en: 'The inspection visit {visitFee}; in warranty, faults from ordinary use cost nothing. We quote first and repair only when you agree.',
    },
  },
  {
    key: 'price.repair',
    topic: 'price',
    text: {
      'zh-CN': '要看哪样家电、什么毛病。上门检测{visitFee}，修理按公开价目先报价，您同意了才修。告诉我是哪样家电，我给您看参考价。',
      en: 'It depends on the appliance and the fault. The inspection {visitFee}; we quote from the public price list and repair only when you agree. Tell me which appliance and I show you the prices.',
    },
  },
  {
    key: 'price.quote-first',
    topic: 'price',
    text: {
      'zh-CN': '师傅检测后先报价，每一项都列出来，您同意了才动手。报价单上没有的不收；遇到乱加价，马上告诉我。',
      en: 'The engineer quotes item by item after the inspection and starts only when you agree. Nothing that is not on the quote is charged; if somebody adds to it, tell me at once.',
    },
  },
  {
    key: 'price.refuse',
    topic: 'price',
    text: {
      'zh-CN': '可以不修，修理费就不用付。上门检测{visitFee}，保修期内的正常故障不收。',
      en: 'You may decline, and then there is no repair charge. The inspection {visitFee}; in warranty, ordinary faults cost nothing.',
    },
  },
  {
    key: 'price.parts',
    topic: 'price',
    text: {
      'zh-CN': '价目上的参考价是配件加人工。具体换什么、多少钱，师傅检测后一起报给您，您同意了才换。',
      en: 'The listed prices are parts and labour together. What is replaced and for how much, the engineer quotes after the inspection; nothing is replaced without your yes.',
    },
  },
  {
    key: 'price.discount',
    topic: 'price',
    text: {
      'zh-CN': '维修按公开价目走，对谁都一样，我这里没有打折的权限。师傅先报价，您觉得不合适可以不修。',
      en: 'Repairs follow one public price list for everybody; I can not give discounts. The engineer quotes first, and you may decline.',
    },
  },
  {
    key: 'pay.how',
    topic: 'price',
    text: {
      'zh-CN': '修好验收后，按报价单付到公司收款，能开发票。不要付到师傅个人账户；拿不准就先别付，回“人工”核对。',
      en: 'After the repair is accepted you pay the company by the quote and get an invoice. Never pay to a private account; when in doubt, do not pay yet and say “agent”.',
    },
  },
  {
    key: 'pay.when',
    topic: 'price',
    text: {
      'zh-CN': '约上门不用先付钱。师傅先报价，修好您验收了，再按报价单付到公司收款。',
      en: 'Nothing is paid for booking. The engineer quotes first; you pay the company after the repair is done and accepted.',
    },
  },
  {
    key: 'pay.private',
    topic: 'price',
    text: {
      'zh-CN': '请不要这样付。费用只走公司收款，给您开发票。有人要您私下付，先别给，马上告诉我，负责人会核实。',
      en: 'Please do not. Money goes to the company only, with an invoice. If somebody asks to be paid privately, do not pay and tell me at once; a manager checks it.',
    },
  },
  {
    key: 'invoice.how',
    topic: 'price',
    text: {
      'zh-CN': '收费的维修都开正规发票。修好付款后，在这里说“开发票”，同事给您办。',
      en: 'Every paid repair comes with an invoice. After paying, say “invoice” here and a colleague sees to it.',
    },
  },
];
