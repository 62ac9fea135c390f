/** Everyday questions: what is looked up for them, and what is said when nothing is known. */
export const ENQUIRY_WORDS = {
  'zh-CN': {
    'enquiry.answer': '{answer}',
    'enquiry.unknown': '这个我不确定，不想跟您乱说。我请同事来答复您。',
    'enquiry.area.served': '{place}有师傅上门。说一下哪样家电、什么毛病、哪天方便，我来约。',
    'enquiry.area.district': '{place}这些区有师傅上门：{districts}。您在哪个区？',
    'enquiry.area.city': '{place}好几个城市都有，您说的是{cities}里的哪个？',
    'enquiry.area.outside': '很抱歉，{place}目前还没有我们的上门师傅，不想让您白等。想商量别的办法，回“人工”，同事来跟您说。',
    'enquiry.shops': '{place}的网点：\n{shops}\n先跟我说“送到网点修”，登记好单号再去。',
    'enquiry.shops.none': '{place}暂时没有网点，可以约师傅上门。说一下哪样家电、什么毛病、哪天方便，我来约。',
    'answer.price.which': '上门检测{fee}，保修期内的正常故障不收。修理先报价，您同意了才修。您想问哪样家电？',
    'enquiry.unknown.aside': '这个我不确定，不想跟您乱说。想请同事答复，回“人工”就行。',
  },
  en: {
    'enquiry.answer': '{answer}',
    'enquiry.unknown': 'I am not sure about this and do not want to tell you anything wrong. A colleague answers you.',
    'enquiry.area.served': 'We come to {place}. Tell me the appliance, the fault and a day that suits you, and I book it.',
    'enquiry.area.district': 'In {place} we come to {districts}. Which district are you in?',
    'enquiry.area.city': 'Several cities have a {place}. Which of {cities} do you mean?',
    'enquiry.area.outside':
      'I am sorry, we have no engineers in {place} yet and do not want to keep you waiting. To look for another way, say “agent” and a colleague talks to you.',
    'enquiry.shops': 'Shops in {place}:\n{shops}\nTell me first that you bring it in, and take the ticket number along.',
    'enquiry.shops.none':
      'There is no shop in {place} yet, but an engineer can come. Tell me the appliance, the fault and a day that suits you.',
    'answer.price.which':
      'The inspection visit {fee}; in warranty, ordinary faults cost nothing. We quote first and repair only when you agree. Which appliance is it about?',
    'enquiry.unknown.aside': 'I am not sure about this and will not guess. Say “agent” and a colleague answers.',
  },
} as const;
