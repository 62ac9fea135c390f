/** What staff did with a ticket, as its customer is told: a visit arranged, a complaint answered, two tickets made one. */
export const BY_STAFF_WORDS = {
  'zh-CN': {
    'visit.arranged.booked':
      '您的{appliances}（单号{numbers}）上门时间约好了：{window}，{engineer}师傅来，电话{phone}，出发前会先联系您。不合适直接告诉我，我来改。',
    'visit.arranged.moved':
      '您的{appliances}（单号{numbers}）上门时间改到{window}，{engineer}师傅来，电话{phone}，出发前会先联系您。不合适直接告诉我，我来改。',
    'visit.arranged.engineer':
      '您的{appliances}（单号{numbers}）换{engineer}师傅来，还是{window}，电话{phone}，出发前会先联系您。不合适直接告诉我，我来改。',
    'complaint.answered': '关于您反映的{numbers}，{department}的答复：{answer}',
    'complaint.answered.next': '您觉得还不行，回“投诉”接着说，或者回“人工”，我们接着处理。',
    'ticket.merged': '{numbers}和{kept}是同一件事，合到一张单上办，以后报{kept}就行。要补充直接跟我说。',
    'ticket.merged.visit':
      '{numbers}和{kept}是同一件事，合到一张单上办，以后报{kept}就行。上门是{window}，{engineer}师傅来，电话{phone}，出发前会先联系您。',
  },
  en: {
    'visit.arranged.booked':
      'Your {appliances} ({numbers}): the visit is booked for {window}. {engineer} comes, phone {phone}, and will call before setting out. If that does not suit, tell me and I change it.',
    'visit.arranged.moved':
      'Your {appliances} ({numbers}): the visit is moved to {window}. {engineer} comes, phone {phone}, and will call before setting out. If that does not suit, tell me and I change it.',
    'visit.arranged.engineer':
      'Your {appliances} ({numbers}): {engineer} comes instead, still {window}, phone {phone}, and will call before setting out. If that does not suit, tell me and I change it.',
    'complaint.answered': 'About {numbers}, the answer of {department}: {answer}',
    'complaint.answered.next': 'If that does not settle it, reply "complaint" and go on, or "human", and we see to it.',
    'ticket.merged':
      '{numbers} is the same matter as {kept}, so both go on under {kept}; from now on that is the number to give. To add anything, just say it.',
    'ticket.merged.visit':
      '{numbers} is the same matter as {kept}, so both go on under {kept}; from now on that is the number to give. The visit is {window}: {engineer} comes, phone {phone}, and will call before setting out.',
  },
} as const;
