/** Questions on cover, and what people say when asked about serial, purchase, proof and what became of the thing. */
import type { Phrases } from '../manner.ts';

/** {appliance} in plain words. */
export const STILL_COVERED: Phrases = {
  plain: [
    '我家{appliance}还在保修期吗',
    '想查一下{appliance}的保修',
    '帮我看看这台{appliance}过保没有',
    '{appliance}保修到什么时候',
    '请问{appliance}保几年',
  ],
  terse: ['查保修', '{appliance}过保没', '保修查询 {appliance}', '{appliance}保修期'],
  chatty: ['我想问一下哈,我们家那个{appliance}买了有段时间了,不知道还保不保修', '邻居说{appliance}可以免费修,我想看看我这台还在不在保修里'],
  elderly: ['我想问问我家{appliance}还保不保修', '{appliance}还在保修期里头吗'],
  cantonese: ['我部{appliance}仲喺唔喺保养期', '想查下{appliance}保养期过咗未'],
  emoji: ['{appliance}还在保吗🤔', '想查下{appliance}的保修~'],
  english: ['Is my {appliance} still under warranty?', 'I want to check the warranty of my {appliance}'],
};

/** With the serial at once. */
export const BY_SERIAL: Phrases = {
  plain: ['查一下保修,序列号{serial}', '序列号{serial}还在保修期吗', '帮我查{serial}的保修期'],
  terse: ['查保修 {serial}', '{serial} 过保没'],
  chatty: ['我想查下这台的保修,机身上的号是{serial},你看看还保不保'],
  elderly: ['帮我查查保修号码是{serial}'],
  cantonese: ['想查下保养期,机身号{serial}'],
  emoji: ['查保修🙏 序列号{serial}'],
  english: ['Please check the warranty, serial number {serial}', 'Is {serial} still under warranty?'],
};

export const SERIAL: Phrases = {
  plain: ['{serial}', '序列号是{serial}', '标签上写的{serial}'],
  terse: ['{serial}'],
  chatty: ['找到了,是{serial}', '我念给你:{serial}'],
  elderly: ['{serial}', '上面写的是{serial}'],
  cantonese: ['{serial}', '系{serial}'],
  emoji: ['{serial}✌️'],
  english: ['{serial}', 'It is {serial}'],
};

export const NO_SERIAL: Phrases = {
  plain: ['序列号没有的', '标签磨掉了,看不清', '找不到序列号'],
  terse: ['没有', '找不到'],
  chatty: ['序列号贴在背面,机器太重我挪不动,看不到'],
  elderly: ['没有那个号', '看不清楚'],
  cantonese: ['冇呀', '搵唔到'],
  emoji: ['找不到诶😅'],
  english: ['I do not have it', 'I cannot find the serial number'],
};

/** {date} as `2025年3月18日`. */
export const BOUGHT: Phrases = {
  plain: ['{date}买的', '{date}', '是{date}买的'],
  terse: ['{date}', '{date}买的'],
  chatty: ['我查了下订单,{date}下的单', '{date}买的,搬家那会儿'],
  elderly: ['{date}买的', '应该是{date}买的'],
  cantonese: ['{date}买嘅', '{date}'],
  emoji: ['{date}买的~', '{date}'],
  english: ['{date}', 'I bought it on {date}'],
};

export const HAS_PROOF: Phrases = {
  plain: ['有发票', '有,电子发票还在', '订单截图有'],
  terse: ['有', '有发票'],
  chatty: ['有的有的,网上买的订单都在', '发票我收着呢'],
  elderly: ['发票有的', '有票'],
  cantonese: ['有单', '有发票'],
  emoji: ['有的👌'],
  english: ['Yes, I have the invoice', 'Yes'],
};

export const NO_PROOF: Phrases = {
  plain: ['没有了,发票丢了', '都没有', '没有凭证'],
  terse: ['没有', '丢了'],
  chatty: ['哎发票早扔了,什么都没留'],
  elderly: ['没有票了'],
  cantonese: ['冇晒', '唔见咗'],
  emoji: ['没有了😂'],
  english: ['No, I lost it', 'No'],
};

export const NO_HARM: Phrases = {
  plain: ['都没有', '没有,正常用的', '没摔过也没拆过'],
  terse: ['没有', '都没'],
  chatty: ['没有没有,一直好好用着,从来没动过'],
  elderly: ['没有的', '都没有'],
  cantonese: ['冇', '都冇'],
  emoji: ['都没有哦'],
  english: ['None of these', 'No, nothing like that'],
};

export const NOT_NOW: Phrases = {
  plain: ['先不用', '暂时不用,谢谢', '不用了,我就问问'],
  terse: ['先不用', '不用'],
  chatty: ['先不约了,我就是打听一下'],
  elderly: ['先不用了', '不用了'],
  cantonese: ['暂时唔使', '唔使住'],
  emoji: ['先不用啦🙏'],
  english: ['Not now', 'No thanks, not now'],
};

export const BOOK_IT: Phrases = {
  plain: ['好,帮我约一下', '约吧', '要,麻烦安排上门'],
  terse: ['约', '报修'],
  chatty: ['行,那就约个师傅来看看吧'],
  elderly: ['好给我约一个', '约吧'],
  cantonese: ['好,帮我约'],
  emoji: ['约约约🙏', '好的约吧'],
  english: ['Yes, please book', 'Yes, book an engineer'],
};

export const REVIEW_IT: Phrases = {
  plain: ['不认同,我要复核', '请同事复核一下'],
  terse: ['复核', '申诉'],
  chatty: ['我觉得不对,我有延保的,麻烦你们复核一下'],
  elderly: ['不对吧你们再给我查查', '我要复核'],
  cantonese: ['我唔同意,要复核'],
  emoji: ['请同事复核🙏'],
  english: ['Please review it', 'I disagree, please ask for a review'],
};
