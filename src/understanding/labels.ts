/** What is understood under the names of the label list: only what is stated, one appliance plain, several as a list. */
import type { AddressParts } from '../domain/contact.ts';
import { hasTownsForDistricts } from './area.ts';
import { EXPECTED, type Expected, type Understood } from './understood.ts';

export type Labelled = { readonly intent: string; readonly entities: Readonly<Record<string, unknown>>; readonly confidence: number };

const ALIASES: Readonly<Record<string, Expected>> = { visitTime: 'window', purchaseDate: 'purchasedOn', ticketNo: 'ticket' };

/** The slot of a name or one of its aliases; null when there is no such slot. */
export function parseExpected(text: string): Expected | null {
  return EXPECTED.find((expected) => expected === text) ?? ALIASES[text] ?? null;
}

export function label({ intent, entities, confidence }: Understood): Labelled {
  const stated: Readonly<Record<string, unknown>> = {
    appliance: single(entities.appliances),
    subtype: entities.subtype,
    faults: entities.faults,
    brand: entities.brand,
    model: entities.model,
    serial: entities.serial,
    errorCode: entities.errorCode,
    phone: entities.phone ?? entities.onSiteContact?.phone ?? null,
    name: entities.name,
    address: entities.address === null ? null : labelledAddress(entities.address),
    visitTime: single(entities.visitWishes),
    purchaseDate: entities.purchaseDate,
    ticketNo: entities.ticketNumber,
    score: entities.score,
    complaintType: entities.complaintTypes,
    danger: entities.danger,
  };
  return {
    intent,
    entities: Object.fromEntries(Object.entries(stated).filter(([, value]) => isStated(value))),
    confidence: Number(confidence.toFixed(3)),
  };
}

/** The label list counts the towns of a city without districts to the detail: 东莞市, 长安镇建设路6号. */
function labelledAddress(address: AddressParts): AddressParts {
  const { city, district, detail } = address;
  if (city === null || district === null || !hasTownsForDistricts(city)) return address;
  return { ...address, district: null, detail: district + (detail ?? '') };
}

function single<Value>(values: readonly Value[]): Value | readonly Value[] {
  return values.length === 1 && values[0] !== undefined ? values[0] : values;
}

function isStated(value: unknown): boolean {
  return value !== null && !(Array.isArray(value) && value.length === 0);
}
