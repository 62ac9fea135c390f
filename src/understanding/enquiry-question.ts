/** Whether a message asks something, by its form: 吗, 多少, 能不能, 怎么, a question mark, an English question word. */

const ASKING =
  /[?\uFF1F]|[吗嘛呢]|(?<![什怎那这多要])么|[不没](?:[啊呀哦呢]?)[。.!~]*$|(?:能|会|可以|(?<!还)是|有|应该).*吧[。.!~]*$|多少|多久|多长|多大|多远|几(?!个月前|天前|年前)|怎么|怎样|咋|如何|(?<!没|没有|没得)(?:什么|啥)|哪|谁|为何|能否|可否|(?:是|有|会|能|要|行|好|算|用|需)不(?![\u4e00-\u9fa5])|有没有|可不可以|需不需要|([\u4e00-\u9fa5]{1,2})不\1|[^,.!? ]{2}还是(?![不没很老这那一有会响漏热冷冰凉坏])|怕/u;
/** Of those that also make statements, only before what is asked about: does it, and not: it does not. */
const ENGLISH =
  /\b(?:what|which|how|why)\b|\bany\b(?! ?(?:more|longer))|(?:^|[,.!?] *|\b(?:and|so|but|ask|know|wonder|me) )(?:when|where|who)\b|\b(?:can|could|do|does|is|are|will|would|should|must|may) (?:i|you|we|he|she|it|they|there|the|an?|this|that|my|your|our|someone|somebody|engineers?|parts?|old|home|weekends?)\b/i;
/** 不知道什么牌子 answers. */
const NOT_KNOWN = /^(?:我|俺|也|这个|还|真|都)*(?:不(?:知道|清楚|记得|确定|晓得|懂)|没(?:注意|记)|忘)/u;

/** `plain` comes from `plain-text.ts`. */
export function isQuestion(plain: string): boolean {
  return (ASKING.test(plain) || ENGLISH.test(plain)) && !NOT_KNOWN.test(plain);
}
