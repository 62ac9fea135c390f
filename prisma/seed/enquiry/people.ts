/** Who comes, who we are, how to reach a person, and what becomes of personal data. */
import type { EnquiryText } from '../../../src/domain/enquiry.ts';

export const PEOPLE_TEXTS: readonly EnquiryText[] = [
  {
    key: 'engineer.identity',
    topic: 'people',
    text: {
      'zh-CN': '师傅佩戴工作证上门，姓名和电话跟约好时我发给您的一致。对不上就先别开门，马上告诉我。',
      en: 'The engineer wears a badge, and the name and number match what I sent you with the booking. If they do not, keep the door closed and tell me at once.',
    },
  },
  {
    key: 'engineer.certified',
    topic: 'people',
    text: {
      'zh-CN': '维修工程师都持有国家认可的职业资格证书，按规范检测维修，修好后当面跟您一起验收。',
      en: 'Our engineers hold nationally recognised certificates, work by the rules of the trade, and go over the finished repair with you.',
    },
  },
  {
    key: 'engineer.choose',
    topic: 'people',
    text: {
      'zh-CN': '可以。报修时说“还要李师傅”或“不要李师傅”，能安排就给您安排；约满了先告诉您，您来定。',
      en: 'Yes. Say when booking which engineer you want, or do not want. If that one is full I tell you first, and you decide.',
    },
  },
  {
    key: 'contact.phone',
    topic: 'people',
    text: {
      'zh-CN': '我这里没有热线号码可以给您。在这里说“人工”就能找到同事，也可以留个电话让同事打给您。网上搜来的号码先别信。',
      en: 'I have no hotline number to give. Say “agent” here and you have a colleague, or leave a number to be called. Do not trust numbers from a web search.',
    },
  },
  {
    key: 'complaint.how',
    topic: 'people',
    text: {
      'zh-CN': '在这里说“投诉”和经过就行。马上给您编号，告诉您哪个部门、什么时候答复，说过的不用再说第二遍。',
      en: 'Say “complaint” and what happened, right here. You get a number at once, the department and the time of the answer; nothing has to be told twice.',
    },
  },
  {
    key: 'privacy.use',
    topic: 'people',
    text: {
      'zh-CN': '电话和地址只用于这次服务，加密存放，客服平时只看到一部分，不出售、不做广告。证件号我们从来不要。',
      en: 'Phone and address serve this repair only. They are stored encrypted, staff see a part of them, nothing is sold or used for advertising. We never ask for identity numbers.',
    },
  },
  {
    key: 'privacy.delete',
    topic: 'people',
    text: {
      'zh-CN': '可以的。说“人工”，同事核对是您本人后，帮您查看、更正或删除。',
      en: 'Of course. Say “agent”: once a colleague has made sure it is you, they show, correct or delete it.',
    },
  },
  {
    key: 'language',
    topic: 'people',
    text: {
      'zh-CN': '可以，中文、英文都行，用粤语打字我也看得懂。您直接说家电哪里不好用就行。',
      en: 'Yes, Chinese and English both work. Just tell me what is wrong with the appliance.',
    },
  },
  {
    key: 'company.who',
    topic: 'people',
    text: {
      'zh-CN': '我们是{company}，做家电售后维修。师傅佩戴工作证上门，先报价再修，开正规发票。要报修，直接说家电和毛病。',
      en: 'We are {company}, a home-appliance repair service. Engineers wear badges, quote before repairing and give an invoice. To book, tell me the appliance and the fault.',
    },
  },
  {
    key: 'bot.can-do',
    topic: 'people',
    text: {
      'zh-CN': '报修、改时间、查进度、查保修、投诉，还有价格和上门的问题，都可以直接跟我说。想找人工，说“人工”。',
      en: 'Booking, moving a visit, progress, warranty, complaints, and questions on prices and visits. For a person, say “agent”.',
    },
  },
];
