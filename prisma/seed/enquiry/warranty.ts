/** The rules of cover in general; what holds for one machine is the business of the warranty dialog. */
import type { EnquiryText } from '../../../src/domain/enquiry.ts';

export const WARRANTY_TEXTS: readonly EnquiryText[] = [
  {
    key: 'warranty.length',
    topic: 'warranty',
    text: {
      'zh-CN': '整机保修从购买那天算：{productCover}。厂家保得更长的以厂家为准。要查您那台，说“查保修”。',
      en: 'Product cover runs from the day of purchase: {productCover}. A longer one of the maker counts. To check yours, say “check my warranty”.',
    },
  },
  {
    key: 'warranty.start',
    topic: 'warranty',
    text: {
      'zh-CN': '从购买那天算，以发票或订单上的日期为准；查不到购买日期的，按机器出厂日期算。要查您那台，说“查保修”。',
      en: 'From the day of purchase on the invoice or order; when nobody knows it, from the day it was made. To check yours, say “check my warranty”.',
    },
  },
  {
    key: 'warranty.after-repair',
    topic: 'warranty',
    text: {
      'zh-CN': '修好那天起，同一故障保{repairDays}天，期内再坏，上门和维修都不收费。把原来的单号或毛病告诉我就能约。',
      en: 'The same fault is covered for {repairDays} days after the repair, visit and repair at no cost. Tell me the old number or the fault and I book it.',
    },
  },
  {
    key: 'warranty.exclusions',
    topic: 'warranty',
    text: {
      'zh-CN': '正常使用出的故障都保。使用不当、自行拆过、在别处修过造成的不在内，以师傅现场检测为准。',
      en: 'Faults from ordinary use are covered. Damage from misuse, from dismantling, or from a repair elsewhere is not; the inspection on site decides.',
    },
  },
  {
    key: 'warranty.proof',
    topic: 'warranty',
    text: {
      'zh-CN': '购买发票、订单截图、保修卡，有一样就行，师傅上门时给他看。机身上的序列号也能帮着查。',
      en: 'An invoice, a screenshot of the order or the warranty card: one is enough, shown to the engineer. The serial number on the machine helps too.',
    },
  },
  {
    key: 'warranty.label',
    topic: 'warranty',
    text: {
      'zh-CN': '型号和序列号都在机身标签上。序列号是一串字母和数字，凭它查保修最准；标签不方便看也不要紧，说哪天买的就能查。',
      en: 'Model and serial number are on the label of the machine. The serial, letters and digits, finds the warranty best; if you can not read it, the day of purchase will do.',
    },
  },
  {
    key: 'warranty.lost-invoice',
    topic: 'warranty',
    text: {
      'zh-CN': '别急，订单截图、付款记录、保修卡都可以；都没有，就凭机身序列号查。还查不到，请同事来答复您。',
      en: 'A screenshot of the order, a payment record or the warranty card will do; without any, we look up the serial number. If that fails too, a colleague answers.',
    },
  },
];
