/**
 * What a repair booking knows so far, and how a message changes it. A correction also opens again what hangs on it:
 * another appliance wants another engineer, another address another area, both another window.
 */
import { type Appliance, productClassOf } from '../src/domain/appliance.ts';
import type { AddressParts, FullAddress, OnSiteContact, PhoneNumber } from '../src/domain/contact.ts';
import { NOTHING_TOLD, type ToldOfPurchase } from '../src/domain/cover.ts';
import type { EngineerWish } from '../src/domain/engineer-wish.ts';
import type { Instant } from '../src/domain/instant.ts';
import { type AreaMatch, detailIsEnough } from '../src/domain/service-area.ts';
import type { Cover } from '../src/domain/terms.ts';
import type { VisitWindow } from '../src/domain/visit-window.ts';
import type { VisitWish } from '../src/domain/visit-wish.ts';
import { mergedAddress, NOWHERE } from './address-merging.ts';
import type { Answers, WishedEngineer } from './dialog-event.ts';
import type { ReportedFault } from './effect.ts';
import type { HeldWindow } from './held-window.ts';
import type { CustomerOnRecord } from './on-record.ts';
import { mergedItems, type RepairItem, type Unplaced } from './repair-items.ts';
import { isSame } from './same.ts';
import { isOffered, onTheSameDay, type WindowChoice } from './window-choice.ts';

export type RepairData = {
  readonly record:
    | { readonly kind: 'unread' }
    | { readonly kind: 'read'; readonly customer: CustomerOnRecord | null; readonly offer: 'open' | 'accepted' | 'declined' };
  readonly items: readonly RepairItem[];
  /** A fault told before its appliance was named; it goes to the first one that is. */
  readonly unplaced: Unplaced | null;
  readonly serviceMode: 'on-site' | 'store' | null;
  readonly address: AddressParts;
  readonly area: AreaMatch | null;
  readonly phone: PhoneNumber | null;
  readonly name: string | null;
  readonly nameRefused: boolean;
  readonly modelAsked: boolean;
  readonly contact: OnSiteContact | null;
  readonly wishes: readonly VisitWish[];
  readonly engineerWish: EngineerWish | null;
  readonly wishTold: WishedEngineer | null;
  readonly choice: WindowChoice;
  readonly window: VisitWindow | null;
  /** The window chosen before another answer changed: taken again when it is still open. */
  readonly preferred: VisitWindow | null;
  readonly held: HeldWindow | null;
  /** The span the customer wished for and could not have: the waiting list. */
  readonly earlier: { readonly from: Instant; readonly to: Instant } | null;
  readonly covers: readonly Cover[] | null;
  /** Of a single appliance: what was said of its purchase, mostly in the look-up before. */
  readonly told: ToldOfPurchase;
  readonly hardship: string | null;
  /** How many appliances one visit takes. */
  readonly itemsMax: number;
};

/** Who says so need not be asked. */
const MODEL_UNKNOWN =
  /(?:没有?|不知道|不清楚|不记得|忘了)(?:具体)?(?:的)?(?:什么|是什么)?型号|型号(?:我)?(?:都|也)?(?:不知道|不清楚|没有|忘了|不记得)/u;

export function emptyRepair(itemsMax: number): RepairData {
  return {
    record: { kind: 'unread' },
    items: [],
    unplaced: null,
    serviceMode: null,
    address: NOWHERE,
    area: null,
    phone: null,
    name: null,
    nameRefused: false,
    modelAsked: false,
    contact: null,
    wishes: [],
    engineerWish: null,
    wishTold: null,
    choice: { kind: 'unknown' },
    window: null,
    preferred: null,
    held: null,
    earlier: null,
    covers: null,
    told: NOTHING_TOLD,
    hardship: null,
    itemsMax,
  };
}

/** What stays when the customer starts over: who they are, not what they said of this repair. */
export function restartedRepair(data: RepairData): RepairData {
  const record = data.record.kind === 'read' ? { ...data.record, offer: 'open' as const } : data.record;
  return withPersonOnRecord({ ...emptyRepair(data.itemsMax), record });
}

/** Nobody of ours repairs it: a person answers (S2-007). */
export function isUnknownProduct(data: RepairData): boolean {
  return data.items.some((item) => item.appliance === 'other');
}

/** Small appliances may also be brought to a shop (S2-053). */
export function mayComeToStore(data: RepairData): boolean {
  return data.items.length > 0 && data.items.every((item) => productClassOf(item.appliance) === 'small');
}

export function fullAddress(data: RepairData): FullAddress | null {
  if (data.area?.kind !== 'served' || data.address.detail === null) return null;
  return { province: data.area.province, city: data.area.city, district: data.area.district, detail: data.address.detail };
}

/** Whether the address can be looked up: a city and district for the area, and a door for a visit. */
export function addressWanting(data: RepairData): 'nothing' | 'place' | 'city' | 'district' | 'detail' {
  const { address, area } = data;
  if (area?.kind === 'which-city') return 'city';
  if (area?.kind === 'which-district') return 'district';
  if (area?.kind === 'unknown') return 'place';
  if (area === null && address.city === null && address.district === null && address.province === null) return 'place';
  if (data.serviceMode === 'store') return 'nothing';
  if (area?.kind === 'outside') return 'nothing';
  return address.detail !== null && detailIsEnough(address.detail) ? 'nothing' : 'detail';
}

/** The data with a message's answers in it; the same object when they say nothing new. */
export function mergeAnswers(before: RepairData, answers: Answers, text: string, asked: string): RepairData {
  let data = before;
  data = mergeReports(data, answers, text, asked);
  data = mergeAddress(data, answers.address, text, asked);
  data = mergePerson(data, answers, asked);
  if (answers.serviceMode !== null && answers.serviceMode !== data.serviceMode)
    data = { ...data, serviceMode: answers.serviceMode, covers: null };
  const told = toldOf(data.told, answers);
  if (!isSame(told, data.told)) data = { ...data, told, covers: null };
  const wishes = onTheSameDay(answers.wishes, data.wishes, text);
  if (wishes.length > 0 && (isOffered(data, asked) || !isSame(wishes, data.wishes))) data = { ...withoutWindow(data), wishes };
  if (answers.engineerWish !== null && !isSame(answers.engineerWish, data.engineerWish))
    data = { ...windowInQuestion(data), engineerWish: answers.engineerWish };
  if (!data.modelAsked && MODEL_UNKNOWN.test(text)) data = { ...data, modelAsked: true };
  if (answers.hardship !== null && answers.hardship !== data.hardship) data = { ...data, hardship: answers.hardship };
  return data;
}

/** A word such as 进水 takes a fault out of cover only beside the product it is said of. */
function toldOf(before: ToldOfPurchase, { purchasedOn, hasProof, brand, exclusion, serial }: Answers): ToldOfPurchase {
  const named = purchasedOn !== null || serial !== null;
  return {
    purchasedOn: purchasedOn ?? before.purchasedOn,
    hasProof: hasProof ?? before.hasProof,
    brand: brand ?? before.brand,
    exclusion: named && exclusion !== null ? exclusion : before.exclusion,
  };
}

/** The data with the window open again and nothing offered: the customer wants another time. */
export function withoutWindow(data: RepairData): RepairData {
  return { ...data, window: null, preferred: null, choice: { kind: 'unknown' }, held: null, earlier: null };
}

/** The data with the address open again, and the window with it. */
export function withoutAddress(data: RepairData): RepairData {
  return { ...withoutWindow(data), address: NOWHERE, area: null };
}

/** The same when something else changed: the time wished for still stands, if an engineer can make it. */
function windowInQuestion(data: RepairData): RepairData {
  return { ...withoutWindow(data), preferred: data.window ?? data.preferred, wishes: data.wishes };
}

function mergeReports(data: RepairData, answers: Answers, text: string, asked: string): RepairData {
  const { items, unplaced } = mergedItems(data, answers, text, asked);
  if (isSame(items, data.items)) return isSame(unplaced, data.unplaced) ? data : { ...data, unplaced };
  const sameAppliances =
    items.length === data.items.length && items.every((item, index) => item.appliance === data.items[index]?.appliance);
  const next: RepairData = { ...data, items: modelsFromRecord(items, data), unplaced, covers: null };
  return sameAppliances
    ? next
    : { ...windowInQuestion(next), told: NOTHING_TOLD, serviceMode: mayComeToStore(next) ? data.serviceMode : null };
}

function mergeAddress(data: RepairData, said: AddressParts | null, text: string, asked: string): RepairData {
  const { address } = data;
  const next = mergedAddress(address, said, text, asked);
  if (next === address) return data;
  const placed = next.city === address.city && next.district === address.district;
  const record = data.record.kind === 'read' ? { ...data.record, offer: 'declined' as const } : data.record;
  const moved: RepairData = { ...data, record, address: next };
  return placed && data.area !== null && data.area.kind !== 'unknown' ? moved : { ...windowInQuestion(moved), area: null };
}

function modelsFromRecord(items: readonly RepairItem[], data: RepairData): readonly RepairItem[] {
  const models = data.record.kind === 'read' ? (data.record.customer?.models ?? []) : [];
  return items.map((item) => (item.model === null ? { ...item, model: modelOf(item.appliance, models) } : item));
}

function modelOf(appliance: Appliance, models: CustomerOnRecord['models']): string | null {
  return models.find((it) => it.appliance === appliance)?.model ?? null;
}

function mergePerson(data: RepairData, answers: Answers, asked: string): RepairData {
  const next: RepairData = {
    ...data,
    phone: answers.phone ?? data.phone,
    name: answers.name ?? data.name,
    contact: answers.contact ?? data.contact,
    modelAsked: data.modelAsked || ((asked === 'name' || asked === 'model') && (answers.name !== null || answers.model !== null)),
  };
  const same =
    next.phone === data.phone && next.name === data.name && next.modelAsked === data.modelAsked && isSame(next.contact, data.contact);
  return same ? data : next;
}

/** What was found on record: the person and the models are taken over, the address is offered. */
export function readRecord(data: RepairData, customer: CustomerOnRecord | null): RepairData {
  const models = (customer?.models ?? []).map(({ appliance, model }) => ({ appliance, model }));
  const known = customer === null ? null : { ...customer, models };
  const read = withPersonOnRecord({ ...data, record: { kind: 'read', customer: known, offer: 'open' } });
  return { ...read, items: modelsFromRecord(read.items, read) };
}

/** Nobody is asked again for a name and number we have; the read-back shows them. */
function withPersonOnRecord(data: RepairData): RepairData {
  const customer = data.record.kind === 'read' ? data.record.customer : null;
  return { ...data, phone: data.phone ?? customer?.phone ?? null, name: data.name ?? customer?.name ?? null };
}

/** What is on record, taken over: the customer said it is still right. */
export function acceptRecord(data: RepairData): RepairData {
  if (data.record.kind !== 'read' || data.record.customer === null || data.record.offer !== 'open') return data;
  const { address } = data.record.customer;
  return address === null ? data : { ...data, record: { ...data.record, offer: 'accepted' }, address, area: null };
}

export function declineRecord(data: RepairData): RepairData {
  if (data.record.kind !== 'read' || data.record.offer !== 'open' || data.record.customer?.address == null) return data;
  return { ...data, record: { ...data.record, offer: 'declined' } };
}

/** The address on record while it may still be offered. */
export function offeredRecord(data: RepairData): CustomerOnRecord | null {
  const open = data.record.kind === 'read' && data.record.offer === 'open' && data.record.customer?.address != null;
  return open && data.address.district === null && data.address.city === null && data.address.detail === null && data.record.kind === 'read'
    ? data.record.customer
    : null;
}

export function repairTickets(data: RepairData): readonly ReportedFault[] {
  return data.items.map((item) => ({ ...item, text: item.text ?? '' }));
}
