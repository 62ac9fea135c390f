/**
 * Everything a sentence states, whatever its intent: the extractors in their order, each reading what the ones before
 * left. Also the shape of the sentence, which the classifier reads.
 */
import type { VisitWish } from '../domain/visit-wish.ts';
import { readAddress } from './address.ts';
import { readAppliances } from './appliance.ts';
import { readBrand } from './brand.ts';
import type { Today } from './calendar-day.ts';
import { readCategory } from './complaint-category.ts';
import { readComplaintTypes } from './complaint-type.ts';
import { readWish } from './complaint-wish.ts';
import { keepCorrected } from './correction.ts';
import { readDanger } from './danger.ts';
import { readEngineerWish } from './engineer-wish.ts';
import { readErrorCode } from './error-code.ts';
import { readExclusion } from './exclusion.ts';
import { readFaults } from './fault.ts';
import { readAmount, readGravities } from './gravity.ts';
import { shapeOf, type Taken } from './mask.ts';
import { readModel } from './model-number.ts';
import { readContacts } from './on-site-contact.ts';
import { readPersonName } from './person-name.ts';
import { readPhones } from './phone.ts';
import { readPurchaseDate } from './purchase-date.ts';
import { readProof } from './purchase-proof.ts';
import { readResolved } from './resolved.ts';
import { readScore } from './score.ts';
import { readSerial } from './serial.ts';
import { readServiceMode } from './service-mode.ts';
import { writeDigits } from './spoken-digits.ts';
import { readTicketNumber } from './ticket-number.ts';
import type { Entities, Expected } from './understood.ts';
import { readVisitTime } from './visit-time.ts';

export type Extraction = { readonly entities: Entities; readonly shape: string };

/** Answers to these tell of times that are no wish. */
const ABOUT_SOMETHING_ELSE: ReadonlySet<Expected> = new Set([
  'name',
  'what',
  'category',
  'comment',
  'attitude',
  'on-time',
  'badge',
  'score',
  'serial',
  'model',
]);

/** `plain` comes from `plain-text.ts`. */
export function extract(plain: string, today: Today, expects: Expected | null): Extraction {
  const digits = writeDigits(plain);
  const danger = readDanger(digits);
  const corrected = keepCorrected(digits);
  const ticket = readTicketNumber(corrected, expects);
  const phones = readPhones(ticket.rest);
  const serial = readSerial(phones.rest, expects);
  const model = readModel(serial.rest, expects);
  const errorCode = readErrorCode(model.rest, expects);
  const address = readAddress(errorCode.rest, expects);
  const purchase = readPurchaseDate(address.rest, today.day, expects);
  const visit = readVisit(purchase.rest, today, expects);
  const score = readScore(visit.rest, expects);
  const brand = readBrand(score.rest);
  const uncorrected = overlay(brand.rest, corrected, digits);
  const engineer = readEngineerWish(uncorrected);
  const unnamed = overlay(brand.rest, uncorrected, engineer.rest);
  const name = readPersonName(unnamed, expects);
  const appliances = readAppliances(overlay(brand.rest, unnamed, name.rest), expects);
  const faults = readFaults(overlay(appliances.rest, digits, danger.rest), appliances.value.appliances, errorCode.value !== null);
  const contacts = readContacts(digits, phones.value);
  const entities: Entities = {
    appliances: appliances.value.appliances,
    subtype: appliances.value.subtype,
    faults: faults.value.filter((fault) => !(fault === 'smell' && danger.value !== null)),
    brand: brand.value,
    model: model.value,
    serial: serial.value,
    errorCode: errorCode.value,
    phone: contacts.own?.phone ?? null,
    name: name.value,
    address: address.value,
    visitWishes: visit.value,
    purchaseDate: purchase.value,
    ticketNumber: ticket.value,
    score: score.value,
    hasProof: readProof(digits, expects),
    exclusion: readExclusion(digits, expects),
    complaintTypes: readComplaintTypes(digits),
    category: readCategory(digits, expects),
    wish: readWish(digits, expects),
    gravities: readGravities(digits),
    amountYuan: readAmount(digits),
    resolved: readResolved(digits),
    danger: danger.value,
    serviceMode: readServiceMode(corrected),
    onSiteContact: contacts.onSite,
    engineerWish: engineer.value,
  };
  return { entities, shape: shapeOf(faults.rest) };
}

/** Who is asked for a name may be called 周六一; who tells a story names times in it. */
function readVisit(text: string, today: Today, expects: Expected | null): Taken<readonly VisitWish[]> {
  if (expects === 'purchasedOn') return { value: [], rest: text };
  if (expects === 'window') return readVisitTime(text, today, 'asked');
  if (expects === null || expects === 'confirm' || expects === 'next' || expects === 'change') return readVisitTime(text, today, 'unasked');
  if (!ABOUT_SOMETHING_ELSE.has(expects)) return readVisitTime(text, today, 'beside an answer');
  const unnamed = expects === 'name' ? readPersonName(text, expects).rest : text;
  const visit = readVisitTime(unnamed, today, 'about something else');
  return { value: visit.value, rest: overlay(text, unnamed, visit.rest) };
}

/** `text` with the stretches masked that `masked` hides of `original`. */
function overlay(text: string, original: string, masked: string): string {
  if (original === masked) return text;
  return Array.from({ length: text.length }, (_, at) => (original[at] === masked[at] ? text[at] : masked[at])).join('');
}
