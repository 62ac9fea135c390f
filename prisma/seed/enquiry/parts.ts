/** Parts and the repair itself: where, with what, and what happens when it can not be done. */
import type { EnquiryText } from '../../../src/domain/enquiry.ts';

export const PARTS_TEXTS: readonly EnquiryText[] = [
  {
    key: 'parts.original',
    topic: 'parts',
    text: {
      'zh-CN': '用的是验收合格、符合国家或行业标准的配件。是不是原厂件，师傅报价时可以问，您同意了才换。',
      en: 'We use parts that passed inspection and meet the national or trade standard. Ask at the quote whether they are original; nothing is replaced without your yes.',
    },
  },
  {
    key: 'parts.old-back',
    topic: 'parts',
    text: {
      'zh-CN': '想留旧件，动手之前跟师傅说一声，自费换下的可以留给您。保修内换下的要不要收回，师傅当面告诉您。',
      en: 'Tell the engineer before the work starts; parts replaced at your cost may stay with you. Whether one replaced in warranty goes back, the engineer tells you.',
    },
  },
  {
    key: 'parts.wait',
    topic: 'parts',
    text: {
      'zh-CN': '配件不在手边时，师傅当面告诉您要订多久、哪天再来，您同意了再订。等的时候机器先别用。',
      en: 'When a part must be ordered, the engineer tells you how long it takes and when they come back; it is ordered with your yes. Leave the machine off meanwhile.',
    },
  },
  {
    key: 'repair.spare',
    topic: 'parts',
    text: {
      'zh-CN': '很抱歉，我们没有备用机可借。要带回去修的，师傅先跟您定好几天，您同意了才带走。',
      en: 'Sorry, we have no machine to lend. If yours must be taken along, the engineer first agrees with you on how many days.',
    },
  },
  {
    key: 'repair.taken-away',
    topic: 'parts',
    text: {
      'zh-CN': '先在您家检测，当场能修的就当场修。要带回去的，师傅会讲明原因和时间，您同意了才带走。',
      en: 'It is inspected at your home and repaired there where possible. If it must be taken along, the engineer explains why and for how long, and asks you first.',
    },
  },
  {
    key: 'repair.unrepairable',
    topic: 'parts',
    text: {
      'zh-CN': '修不好不收修理费，上门检测{visitFee}。师傅会讲明原因，要不要换新，您来定。',
      en: 'If it can not be repaired there is no repair charge; the inspection {visitFee}. The engineer explains why, and you decide what next.',
    },
  },
];
