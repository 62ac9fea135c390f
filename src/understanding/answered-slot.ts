/**
 * Whether a message answers the slot just asked: it states a value of it, or looks as such values do where none was
 * recognised (扎西顿珠,四个字的; 一串带表情的号码). Such a message breaks the dialog off for nothing but a plain demand.
 */
import type { Entities, Expected } from './understood.ts';

/** A name or how somebody is called, before anything is told of it. */
const NAMED =
  /^(?:就|请|我|我是)?(?:写|填|叫|登记|记|姓)?[\p{Script=Han}·]{2,6}(?=[,,。;!~ ])|\p{Script=Han}(?:先生|女士|小姐|阿姨|叔叔?|大爷|大妈|老师|太太)/u;
/** In these clauses nobody is named. */
const NAMES_NOBODY =
  /^[^,,。;!~ ]*(?:[你您吗呢?不没别要想算停改换转找问急慢快好]|怎么|为什么|什么|多少|师傅|客服|人工|投诉|取消|预约|上门|维修|已经|还是|还有|到底|等等|谢谢|抱歉)/u;
const LOOKS: Readonly<Partial<Record<Expected, RegExp>>> = {
  address: /[\d一二三四五六七八九十]\s*(?:号|栋|幢|楼|室|单元|弄|座|门)(?!门口等|客服)|[路街巷道弄]\d/,
  serial: /(?=[A-Z]*\d)[A-Z\d]{6,}/i,
  model: /(?=[A-Z-]*\d)[A-Z\d-]{5,}/i,
  purchasedOn:
    /\d{2,4}年|[去前今]年|上(?:个?月|周|礼拜|星期)|\d月|双十[一二]|618|\d{2,4}[./-]\d|[一二两三四五六七八九十几半\d]个?(?:年|月)前/,
};
const PHONE_DIGITS_MIN = 7;

/** Whether the text holds a value of the slot asked for. */
export function statesSlot(expects: Expected, entities: Entities): boolean {
  switch (expects) {
    case 'appliance':
      return entities.appliances.length > 0 || entities.subtype !== null;
    case 'fault':
      return entities.faults.length > 0 || entities.errorCode !== null;
    case 'serviceMode':
      return entities.serviceMode !== null;
    case 'address':
      return entities.address !== null;
    case 'phone':
      return entities.phone !== null || entities.onSiteContact?.phone !== undefined;
    case 'name':
      return entities.name !== null;
    case 'model':
      return entities.model !== null;
    case 'window':
      return entities.visitWishes.length > 0;
    case 'serial':
      return entities.serial !== null;
    case 'purchasedOn':
      return entities.purchaseDate !== null;
    case 'ticket':
      return entities.ticketNumber !== null;
    case 'category':
      return entities.complaintTypes.length > 0;
    case 'resolved':
      return entities.resolved !== null;
    case 'change':
      return changesSomething(entities);
    default:
      return false;
  }
}

/** Whether it looks like an answer to the slot, whatever was recognised in it. */
export function looksAnswered(expects: Expected, text: string): boolean {
  if (expects === 'phone') return text.replace(/\D/g, '').length >= PHONE_DIGITS_MIN;
  if (expects === 'name') return NAMED.test(text) && !NAMES_NOBODY.test(text);
  return LOOKS[expects]?.test(text) ?? false;
}

/** Asked to confirm, a customer who states a value wants it changed. */
export function changesSomething(entities: Entities): boolean {
  return (
    entities.visitWishes.length > 0 ||
    entities.phone !== null ||
    entities.address !== null ||
    entities.name !== null ||
    entities.model !== null ||
    entities.appliances.length > 0
  );
}
