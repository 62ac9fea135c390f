/** What a message answers, for the slots of a dialog: the entities, and which fault belongs to which appliance. */

import type { Answers, FaultReport } from '../../flows/dialog-event.ts';
import type { Appliance } from '../domain/appliance.ts';
import { hardshipOf } from '../domain/priority.ts';
import type { VisitWish } from '../domain/visit-wish.ts';
import { deniesLoss } from '../understanding/loss.ts';
import type { Entities, Expected, Intent, Understand, Understood } from '../understanding/understood.ts';
import { tellsOfFault } from './fault-words.ts';
import { SURE } from './intents.ts';

const CLAUSE_END = /[,.!?;\uFF0C。\uFF01\uFF1F\uFF1B\n]+/u;
/** Chinese needs no spaces: who types them ends a clause with them. */
const CHINESE_CLAUSE_END = /[,!?;\uFF0C。\uFF01\uFF1F\uFF1B\s]+/u;
const FAULT_TEXT_MAX = 400;
/** 退费, 我想退费: asked for the phone, a customer who has thought of their wish says no more. */
const BARE_WISH_MAX = 6;
const HAN = /\p{Script=Han}/u;
/** Not broken, but wanted: cleaning, installing, moving. */
const SERVICE_WISH =
  /清洗|清洁|安装|移机|加氟|(?<!查[^,\uFF0C。]{0,3})保养(?!期)|拆装|拆机|除味|换(?:个|新)?滤(?:芯|网)|\b(?:clean|install|uninstall|maintenance)/iu;
/** 2号楼301, 3单元502: a door, whatever was asked. */
const DOOR = /^(?=.*\d)[^,\uFF0C。\s]{0,12}?(?:号楼|栋|幢|座|单元|门牌|室)[^,\uFF0C。]{0,12}$/u;
const SOONEST = /最[早快](?:的)?(?:时间)?(?:是)?(?:什么|啥|几|哪|能|可以|多久)/u;
const AS_SOON_AS_POSSIBLE: VisitWish = {
  dateFrom: null,
  dateTo: null,
  part: null,
  timeFrom: null,
  timeTo: null,
  bound: 'day',
  flag: 'asap',
  fuzzy: false,
};
/** Surely one of these: whatever is said of the machine is no report of a fault. */
const OF_ANOTHER_MATTER: ReadonlySet<Intent> = new Set([
  'query_warranty',
  'query_progress',
  'reschedule',
  'cancel_booking',
  'cancel_flow',
  'ask_price',
  'ask_hours',
  'invoice',
  'complaint',
  'praise',
  'survey_score',
]);
/** What a lone name may be taken for. */
const OF_NO_MATTER: ReadonlySet<Intent> = new Set(['inform', 'out_of_scope', 'chitchat']);
const WHOLE_NAME_CHARACTERS = 3;
const LONE_NAME = /^\p{Script=Han}{1,4}$/u;

/** Reads part of a message anew, as an answer to `expects` where it is one. */
export type ReadPart = (part: string, expects: Expected | null) => Understood;

/** `asked` is the slot that was asked last. */
export function answersOf(text: string, understood: Understood, asked: Expected | null, readPart: ReadPart): Answers {
  const { entities, intent } = understood;
  const corrects = intent === 'correct';
  return {
    reports: reportsOf(text, understood, asked, readPart),
    corrects,
    serviceMode: entities.serviceMode,
    address: entities.address ?? (DOOR.test(text.trim()) ? readPart(text, 'address').entities.address : null),
    // Asked for a number, the one they give is the one to call, whoever answers it.
    phone: entities.phone ?? (asked === 'phone' ? (entities.onSiteContact?.phone ?? null) : null),
    name: entities.name ?? nameBesidePhone(text, entities, asked, readPart) ?? nameInHaste(text, understood, asked, readPart),
    model: entities.model,
    serial: entities.serial,
    brand: entities.brand,
    contact: entities.onSiteContact,
    wishes: asked === 'window' && entities.visitWishes.length === 0 && SOONEST.test(text) ? [AS_SOON_AS_POSSIBLE] : entities.visitWishes,
    engineerWish: entities.engineerWish,
    ticketNumber: entities.ticketNumber,
    hardship: hardshipOf(text),
    purchasedOn: entities.purchaseDate,
    hasProof: entities.hasProof,
    exclusion: entities.exclusion,
    complaintTypes: entities.complaintTypes,
    category: entities.category,
    wish: entities.wish ?? (asked === 'phone' && [...text].length <= BARE_WISH_MAX ? readPart(text, 'wish').entities.wish : null),
    gravities: entities.gravities,
    amountYuan: entities.amountYuan,
    score: entities.score,
    resolved: entities.resolved,
    lossless: deniesLoss(text),
  };
}

/** 13761234567 陈: what stands beside the number that was asked for is a name. */
function nameBesidePhone(text: string, { phone }: Entities, asked: Expected | null, readPart: ReadPart): string | null {
  if (asked !== 'phone' || phone === null) return null;
  const beside = text.normalize('NFKC').replace(/[\d\s+\-–—,。.()]+/gu, '');
  return LONE_NAME.test(beside) ? readPart(beside, 'name').entities.name : null;
}

/** 王先生, sent before the question on visit or shop was read: no answer to that one is a name. */
function nameInHaste(
  text: string,
  { intent, confidence, entities }: Understood,
  asked: Expected | null,
  readPart: ReadPart,
): string | null {
  const plain = text.trim();
  if (asked !== 'serviceMode' || entities.serviceMode !== null || !LONE_NAME.test(plain)) return null;
  const name = readPart(plain, 'name').entities.name;
  // 袁浩然 sounds like a yes (浩然, 好嘞): three characters that are a whole name are one.
  const isWhole = name === plain && [...plain].length >= WHOLE_NAME_CHARACTERS && (intent === 'affirm' || intent === 'deny');
  return confidence < SURE || OF_NO_MATTER.has(intent) || isWhole ? name : null;
}

/** Whether the message states anything a slot may want. */
export function saysAnything(answers: Answers): boolean {
  const { reports, wishes, engineerWish, ticketNumber, serviceMode, address, phone, name, model, serial, contact } = answers;
  if (engineerWish !== null || ticketNumber !== null) return true;
  return reports.length > 0 || wishes.length > 0 || [serviceMode, address, phone, name, model, serial, contact].some((it) => it !== null);
}

function reportsOf(
  text: string,
  { intent, confidence, entities }: Understood,
  asked: Expected | null,
  readPart: ReadPart,
): readonly FaultReport[] {
  const { appliances, faults, errorCode } = entities;
  const corrects = intent === 'correct';
  const clauses = text.split(HAN.test(text) ? CHINESE_CLAUSE_END : CLAUSE_END).filter((it) => it.trim() !== '');
  const told = clauses.map((clause) => ({ clause: clause.trim(), read: readPart(clause, null).entities }));
  const describes = ({ clause, read }: (typeof told)[number]): boolean =>
    read.faults.length > 0 || read.errorCode !== null || (SERVICE_WISH.test(clause) && read.phone === null);
  const described = told.filter((it) => describes(it) || (asked === 'fault' && it.read.appliances.length > 0 && appliances.length > 1));
  const words = (of: typeof told): string | null =>
    of.length === 0
      ? null
      : of
          .map((it) => it.clause)
          .join(',')
          .slice(0, FAULT_TEXT_MAX);
  const plain = faults.filter((it) => it !== 'other');

  if (appliances.length <= 1 || corrects) {
    const appliance = appliances[0] ?? null;
    const isOther = confidence >= SURE && OF_ANOTHER_MATTER.has(intent);
    const inOwnWords = appliance !== null && (asked === null || asked === 'appliance') && !isOther;
    const own =
      words(described) ??
      (plain.length > 0 || errorCode !== null ? text.slice(0, FAULT_TEXT_MAX) : null) ??
      (inOwnWords ? words(told.filter(({ clause, read }) => tellsOfFault(clause) && read.phone === null && read.address === null)) : null);
    if (appliance === null && own === null) return [];
    return [{ appliance, faults: own === null ? [] : faults, text: own, errorCode }];
  }

  let speakingOf: readonly Appliance[] = appliances;
  const clausesOf = new Map<Appliance, typeof told>(appliances.map((it) => [it, []]));
  for (const clause of told) {
    const named = clause.read.appliances.filter((it) => appliances.includes(it));
    if (named.length > 0) speakingOf = named;
    if (described.includes(clause)) for (const appliance of speakingOf) clausesOf.get(appliance)?.push(clause);
  }
  return appliances.map((appliance) => {
    const own = clausesOf.get(appliance) ?? [];
    return {
      appliance,
      faults: own.flatMap((it) => it.read.faults),
      text: words(own),
      errorCode: own.find((it) => it.read.errorCode !== null)?.read.errorCode ?? null,
    };
  });
}

/** Reads parts of a message with `understand`, at one moment. */
export function partReader(understand: Understand, about: { readonly now: number; readonly timeZone: string }): ReadPart {
  return (part, expects) => understand(part, { ...about, expects });
}

/** Whether a message answered something else than the slot that was asked; only slots whose question then comes again. */
export function isBeside(asked: string | null, answers: Answers): boolean {
  switch (asked) {
    case 'appliance':
    case 'fault':
      return answers.reports.length === 0;
    case 'serviceMode':
      return answers.serviceMode === null;
    case 'address':
      return answers.address === null;
    case 'phone':
      return answers.phone === null;
    case 'name':
      return answers.name === null;
    case 'model':
      return answers.model === null;
    case 'window':
      return answers.wishes.length === 0 && answers.engineerWish === null;
    case 'serial':
      return answers.serial === null && answers.purchasedOn === null && answers.reports.length === 0;
    case 'purchasedOn':
      return answers.purchasedOn === null;
    case 'proof':
      return answers.hasProof === null;
    case 'exclusion':
      return answers.exclusion === null;
    case 'confirm':
      return !saysAnything({ ...answers, serviceMode: null });
    case 'ticket':
      return answers.ticketNumber === null && answers.phone === null;
    default:
      return false;
  }
}
