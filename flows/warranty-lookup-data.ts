/**
 * What a warranty look-up knows so far, and how a message changes it. Terms: the *subject* is the product that is asked
 * about; another one named later begins anew. What was *found* holds until something it hangs on is told.
 */
import type { Appliance, Fault } from '../src/domain/appliance.ts';
import type { PhoneNumber, Serial } from '../src/domain/contact.ts';
import type { Exclusion } from '../src/domain/exclusion.ts';
import type { Identifier } from '../src/domain/identifier.ts';
import { parseLocalDay } from '../src/domain/instant.ts';
import type { ProductOnRecord } from '../src/domain/terms.ts';
import type { WarrantyAnswer } from '../src/domain/warranty.ts';
import type { Answers } from './dialog-event.ts';
import { isSame } from './same.ts';

export type WarrantyData = {
  /** Those of the account's own record; null until they are read. */
  readonly products: readonly ProductOnRecord[] | null;
  /** The one of them that is meant. */
  readonly product: ProductOnRecord | null;
  readonly noneOfThem: boolean;
  readonly serial: Serial | null;
  /** A serial nobody here knows, and that looks mistyped: asked to be checked, once. */
  readonly serialInDoubt: Serial | null;
  /** No serial at hand. */
  readonly serialLost: boolean;
  readonly appliance: Appliance | null;
  readonly brand: string | null;
  readonly model: string | null;
  /** `YYYY-MM-DD` or `YYYY-MM`. */
  readonly purchasedOn: string | null;
  readonly dateLost: boolean;
  readonly hasProof: boolean | null;
  /** What is wrong now; null when nothing was said of it. */
  readonly fault: { readonly faults: readonly Fault[]; readonly text: string; readonly errorCode: string | null } | null;
  readonly exclusion: Exclusion | 'none' | null;
  readonly found: WarrantyAnswer | null;
  /** The customer wants the answer looked at again. */
  readonly appeals: boolean;
  readonly phone: PhoneNumber | null;
  readonly phoneLookedFor: boolean;
  readonly phoneRefused: boolean;
  /** Pictures that were sent, for any ticket that is opened. */
  readonly photos: readonly Identifier[];
  /** Named beside the subject: each has its turn after it. */
  readonly others: readonly Appliance[];
  /** Asked in the middle of another dialog, which goes on afterwards. */
  readonly aside: boolean;
};

export const NOTHING_ASKED: WarrantyData = {
  products: null,
  product: null,
  noneOfThem: false,
  serial: null,
  serialInDoubt: null,
  serialLost: false,
  appliance: null,
  brand: null,
  model: null,
  purchasedOn: null,
  dateLost: false,
  hasProof: null,
  fault: null,
  exclusion: null,
  found: null,
  appeals: false,
  phone: null,
  phoneLookedFor: false,
  phoneRefused: false,
  photos: [],
  others: [],
  aside: false,
};

const PHOTOS_MAX = 20;
const OTHERS_MAX = 4;
const FAULT_TEXT_MAX = 800;

export function subjectAppliance({ product, found, appliance }: WarrantyData): Appliance | null {
  const answered = found !== null && 'appliance' in found ? found.appliance : null;
  return product?.appliance ?? answered ?? appliance;
}

/** What stays when the customer starts over: who they are and what they sent. */
export function restartedWarranty({ phone, photos, aside }: WarrantyData): WarrantyData {
  return { ...NOTHING_ASKED, phone, photos, aside };
}

/** Products on record that may be meant by what was said. */
export function candidates({ products, appliance, purchasedOn }: WarrantyData): readonly ProductOnRecord[] {
  return (products ?? []).filter(
    (it) =>
      (appliance === null || it.appliance === appliance) &&
      (purchasedOn === null || it.purchasedOn === null || it.purchasedOn.startsWith(purchasedOn)),
  );
}

/** One product alone is taken to be the one that is meant; the answer names it. */
export function assumeOnly(data: WarrantyData): WarrantyData {
  if (data.product !== null || data.serial !== null || data.noneOfThem) return data;
  const [only, ...others] = candidates(data);
  return only === undefined || others.length > 0 ? data : { ...data, product: only };
}

/** One of the products on record; the same data when it is none of them. */
export function chooseProduct(data: WarrantyData, product: ProductOnRecord): WarrantyData {
  const chosen = (data.products ?? []).find((it) => isSame(it, product));
  return chosen === undefined ? data : { ...data, product: chosen, serial: null, noneOfThem: false, dateLost: false, found: null };
}

/** 没有, 都不是: none of those on record, then no serial either. */
export function withoutSerial(data: WarrantyData): WarrantyData {
  const offered = data.serialInDoubt === null && !data.noneOfThem && candidates(data).length > 0;
  return offered ? { ...data, noneOfThem: true } : { ...data, noneOfThem: true, serialLost: true };
}

/** Pictures are kept; before anything was looked up they stand for a serial, and where proof was asked for they are it. */
export function withPhotos(data: WarrantyData, sent: readonly Identifier[]): WarrantyData {
  const photos = [...new Set([...data.photos, ...sent])].slice(0, PHOTOS_MAX);
  if (data.found === null) return { ...data, photos, noneOfThem: true, serialLost: false };
  if (data.found.kind === 'needs' && data.found.what === 'proof') return { ...data, photos, hasProof: true, found: null };
  return { ...data, photos };
}

/** The data with a message's answers in it; the same object when they say nothing new. */
export function mergeWarranty(before: WarrantyData, answers: Answers, text: string, asked: string): WarrantyData {
  let data = mergeSubject(before, answers);
  data = mergePurchase(data, answers, text);
  data = mergeFault(data, answers);
  data = assumeOnly(data);
  const { phone, exclusion } = answers;
  if (phone !== null && phone !== data.phone) data = { ...data, phone };
  if (exclusion !== null && exclusion !== data.exclusion) data = { ...data, exclusion };
  // Asked for the serial, who answers with the appliance or the day has none at hand.
  const instead = asked === 'serial' && data.product === null && data.serial === null;
  return instead && data !== before && (data.appliance !== before.appliance || data.purchasedOn !== before.purchasedOn)
    ? { ...data, serialLost: true }
    : data;
}

function mergeSubject(data: WarrantyData, { serial, reports, model, brand, corrects }: Answers): WarrantyData {
  const [named = null, ...beside] = new Set(reports.flatMap((it) => it.appliance ?? []));
  const other = named !== null && subjectAppliance(data) !== null && named !== subjectAppliance(data);
  let next = other ? anotherSubject(data, corrects) : data;
  if (named !== null && named !== next.appliance) next = { ...next, appliance: named };
  if (beside.length > 0 && !corrects) next = { ...next, others: beside.slice(0, OTHERS_MAX) };
  if (serial !== null && serial !== next.serial) next = { ...next, serial, product: null, found: null };
  if (brand !== null && brand !== next.brand) next = { ...next, brand, found: null };
  return model !== null && model !== next.model ? { ...next, model, found: null } : next;
}

/** The next of those that were named together. */
export function nextSubject(data: WarrantyData): WarrantyData {
  const [appliance = null, ...others] = data.others;
  return assumeOnly({ ...restartedWarranty(data), products: data.products, appliance, others });
}

/** 不是冰箱，是电视 keeps what was said of the purchase; 那空调呢 asks anew. */
function anotherSubject(data: WarrantyData, corrects: boolean): WarrantyData {
  return corrects
    ? { ...data, product: null, serial: null, model: null, found: null }
    : { ...restartedWarranty(data), products: data.products, serialLost: data.serialLost };
}

function mergePurchase(data: WarrantyData, { purchasedOn, hasProof }: Answers, text: string): WarrantyData {
  let next = data;
  const said = purchasedOn === null ? null : dayOfMonth(data, purchasedOn, text);
  if (said !== null && said !== next.purchasedOn) next = { ...next, purchasedOn: said, dateLost: false, found: null };
  return hasProof !== null && hasProof !== next.hasProof ? { ...next, hasProof, found: null } : next;
}

/** 18号, asked which day of the month it was: of that month; null when it has no such day. */
function dayOfMonth({ found, purchasedOn }: WarrantyData, said: string, text: string): string | null {
  const asked = found?.kind === 'needs' && found.what === 'day' && purchasedOn?.length === 'YYYY-MM'.length;
  const bare = said.length === 'YYYY-MM-DD'.length && !/[月年./-]|天|周|星期/u.test(text.normalize('NFKC'));
  if (!asked || !bare) return said;
  return parseLocalDay(`${purchasedOn}${said.slice('YYYY-MM'.length)}`);
}

/** 仲喺唔喺保养期 asks of cover: that is no fault. */
const OF_COVER = /保[修养]|过保|在保|warranty/iu;

function mergeFault(data: WarrantyData, { reports }: Answers): WarrantyData {
  const told = reports.find((it) => it.faults.length > 0 || it.errorCode !== null || (it.text !== null && !OF_COVER.test(it.text)));
  if (told === undefined) return data;
  const { faults, text, errorCode } = data.fault ?? { faults: [], text: '', errorCode: null };
  const fault = {
    faults: [...new Set([...faults, ...told.faults])],
    text: told.text === null || text.includes(told.text) ? text : [text, told.text].filter(Boolean).join('\uFF0C').slice(0, FAULT_TEXT_MAX),
    errorCode: told.errorCode ?? errorCode,
  };
  return isSame(fault, data.fault) ? data : { ...data, fault, found: null };
}

/** What the answer comes to. */
export type Verdict = 'recalled' | 'same-fault' | 'excluded' | 'covered' | 'expired' | 'undated';

export function verdictOf({ found, exclusion }: WarrantyData): Verdict | null {
  if (found === null || found.kind === 'needs' || found.kind === 'unknown-product') return null;
  if (found.kind === 'recalled') return 'recalled';
  if (found.repair?.same === true) return 'same-fault';
  if (found.kind === 'undated') return 'undated';
  if (!found.layers.some((it) => it.holds)) return 'expired';
  return exclusion === null || exclusion === 'none' ? 'covered' : 'excluded';
}

/** What takes a fault out of cover is asked about only where there is a fault, and cover to be taken out of (S2-052). */
export function exclusionMatters(data: WarrantyData): boolean {
  return data.fault !== null && data.exclusion === null && verdictOf(data) === 'covered';
}
