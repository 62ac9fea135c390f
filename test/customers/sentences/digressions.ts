/** Questions of a customer's own in the middle of something else; they are answered, then the open question comes again. */
export type Digression = {
  readonly about: 'price' | 'hours' | 'cover' | 'area' | 'visit' | 'robot' | 'payment';
  readonly said: readonly string[];
  readonly english: readonly string[];
};

export const DIGRESSIONS: readonly Digression[] = [
  {
    about: 'price',
    said: [
      '对了,上门要收钱吗',
      '先问一句,修一次大概多少钱',
      '你们怎么收费的啊',
      '光检测一下要给多少',
      '等下,贵不贵啊,大概要花多少',
      '上門一次要收我幾多錢',
    ],
    english: ['How much does a visit cost?', 'What will it cost me?'],
  },
  {
    about: 'hours',
    said: ['你们几点下班呀', '师傅晚上上门吗', '周末你们休息吗', '最晚几点还能来', '请问你们营业时间是几点到几点'],
    english: ['What are your opening hours?', 'Do you work on weekends?'],
  },
  {
    about: 'area',
    said: ['你们都服务哪些地方', '郊区你们也跑吗', '你们在哪几个城市有师傅'],
    english: ['Which cities do you serve?'],
  },
  {
    about: 'visit',
    said: ['师傅来之前我要准备点什么吗', '上门前我需要把东西挪开吗', '师傅来的时候家里要有人吗'],
    english: ['Do I have to prepare anything before the visit?'],
  },
  {
    about: 'robot',
    said: ['你是真人还是机器', '我现在是跟机器人聊吗', '你是机器人吧'],
    english: ['Am I talking to a robot?'],
  },
  {
    about: 'payment',
    said: ['修完能微信付款吗', '可以刷卡付钱吗', '付钱是给师傅还是给公司'],
    english: ['Can I pay by WeChat?'],
  },
];
