/** Whether a message tells anything of what happened, or only that somebody complains, or only answers a question. */

/** 我要投诉你们师傅: a wish to complain, and of whom, is no story yet. */
const BARE =
  /^(?:你好|您好|喂|我们?|要|想|得|必须|需要|现在|就|请|帮|给|麻烦|去|来|进行|一?下|一个|个|的|了|啊|吧|呢|你们|您们|你家|这家|贵公司|公司|平台|商家|维修|师傅|工程师|人员|客服|售后|服务|产品|质量|态度|问题|怎么|如何|一件事|件事|投訴|舉報|申訴|維修|師傅|客服|服務|質量|態度|問題|你們|們|這|來|進行|請|幫|給|在?哪里?|可以|能|吗|对|很|非常|太|不满意?|生气|气死了?|气人|火大|无语|忍不了|受够|真的?|实在|有|意见|投诉|举报|申诉|差评|登记|再|次|complain(?:t|ts)?|i|want|would|like|to|make|a|file|about|your|the|service|engineer|please|hi|hello|d)+$/iu;
const NUMBERS = /[A-Z]{0,4}-?\d[\d-]{4,}/giu;
const NO_WORDS = /[\s\p{P}\p{S}]+/gu;

const HAN = /\p{Script=Han}/gu;
/** No label of a button is as long. */
const HAN_MIN = 7;
const CHARACTERS_MIN = 21;

export function hasStory(text: string): boolean {
  const words = text.normalize('NFKC').replace(NUMBERS, '').replace(NO_WORDS, '');
  return words !== '' && !BARE.test(words);
}

/** Long enough to be more than the answer that was asked for. */
export function isWordy(text: string): boolean {
  return (text.match(HAN)?.length ?? 0) >= HAN_MIN || text.length >= CHARACTERS_MIN;
}

/** Labels and shrugs in place of a wish. */
const NO_WISH =
  /^(?:其他|其它|别的|还?没想(?:好|过)|不知道|不清楚|说不(?:上来|好|清)|我也(?:不知道|说不(?:上来|好|清)|没想好)|随便|再说|看你们|something else|other|not sure yet|anything)?$/iu;

export function hasWish(text: string): boolean {
  return !NO_WISH.test(text.normalize('NFKC').replace(NO_WORDS, ' ').trim());
}

const EXCERPT_MAX = 60;

/** How the words begin, on one line. */
export function excerpt(text: string): string {
  const line = text.replace(/\s+/gu, ' ');
  return line.length > EXCERPT_MAX ? `${line.slice(0, EXCERPT_MAX - 1)}…` : line;
}
