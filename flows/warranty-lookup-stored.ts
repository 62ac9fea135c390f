/** A stored warranty look-up, read back: whole or not at all. Also how it begins, and what of it a person wants to see first. */
import { z } from 'zod';
import { APPLIANCES, type Appliance, FAULTS, type Fault } from '../src/domain/appliance.ts';
import type { PhoneNumber } from '../src/domain/contact.ts';
import { EXCLUSIONS } from '../src/domain/exclusion.ts';
import { COUNTED_FROM } from '../src/domain/warranty.ts';
import type { ReplyData } from '../src/wording/reply.ts';
import type { Answers } from './dialog-event.ts';
import type { FormContext } from './form.ts';
import { storedContext } from './stored-context.ts';
import { maybe, text } from './stored-shapes.ts';
import { mergeWarranty, NOTHING_ASKED, subjectAppliance, type WarrantyData } from './warranty-lookup-data.ts';

const appliance = z.enum(APPLIANCES);
const faults = z.array(z.enum(FAULTS));
const product = z.object({ appliance, brand: text, model: text, purchasedOn: maybe, producedOn: maybe });
const prior = z.object({
  ticketId: text,
  ticketNumber: text,
  appliance,
  faults,
  completedAt: z.number(),
  engineerName: maybe,
});
const facts = {
  appliance,
  model: maybe,
  repair: z.object({ prior, lastDay: text, same: z.boolean() }).nullable(),
  repairDays: z.number(),
  visitFeeYuan: z.number(),
  rangeYuan: z.object({ fromYuan: z.number(), toYuan: z.number() }).nullable(),
  priceVersion: text,
};
const layer = z.object({ kind: z.enum(['product', 'maker']), months: z.number(), lastDay: text, holds: z.boolean() });
const found = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('unknown-product'), why: z.enum(['serial', 'no-terms']) }),
  z.object({ kind: z.literal('recalled'), appliance, model: maybe, code: text, stopUse: z.boolean() }),
  z.object({ kind: z.literal('needs'), what: z.enum(['date', 'day', 'proof']), appliance }),
  z.object({ kind: z.literal('answer'), since: text, countedFrom: z.enum(COUNTED_FROM), layers: z.array(layer).min(1), ...facts }),
  z.object({ kind: z.literal('undated'), months: z.number(), ...facts }),
]);

const data = z.object({
  products: z.array(product).nullable(),
  product: product.nullable(),
  noneOfThem: z.boolean(),
  serial: maybe,
  serialInDoubt: maybe,
  serialLost: z.boolean(),
  appliance: appliance.nullable(),
  brand: maybe,
  model: maybe,
  purchasedOn: maybe,
  dateLost: z.boolean(),
  hasProof: z.boolean().nullable(),
  fault: z.object({ faults, text, errorCode: maybe }).nullable(),
  exclusion: z.enum([...EXCLUSIONS, 'none']).nullable(),
  found: found.nullable(),
  appeals: z.boolean(),
  phone: maybe,
  phoneLookedFor: z.boolean(),
  phoneRefused: z.boolean(),
  photos: z.array(text),
  others: z.array(appliance).default([]),
  aside: z.boolean(),
});

/** Brands are the store's own doing: what was branded when it was written is read back as such. */
export const storedWarranty = storedContext(
  z
    .object({ data, misses: z.number().int(), trail: z.array(z.string()) })
    .transform((read) => read as unknown as FormContext<WarrantyData>),
);

type WarrantyOpening = {
  readonly answers: Answers;
  readonly text: string;
  /** What the dialog it interrupts is about; null when it interrupts none. */
  readonly below: { readonly appliance: Appliance | null; readonly faults: readonly Fault[]; readonly phone: PhoneNumber | null } | null;
};

/** What the message that starts it says; asked in the middle of another dialog, that one's appliance, fault and phone need not be named. */
export function beginWarranty({ answers, text: said, below }: WarrantyOpening): WarrantyData {
  const begun = mergeWarranty({ ...NOTHING_ASKED, aside: below !== null }, answers, said, '');
  if (below === null) return begun;
  const same = begun.appliance === null || begun.appliance === below.appliance;
  const fault = same && below.faults.length > 0 ? { faults: below.faults, text: '', errorCode: null } : null;
  return {
    ...begun,
    appliance: begun.appliance ?? (begun.serial === null ? below.appliance : null),
    fault: begun.fault ?? fault,
    phone: begun.phone ?? below.phone,
  };
}

/** What it is about and whom, as far as it knows. */
export function warrantyMatter(known: WarrantyData | undefined) {
  return {
    appliance: known === undefined ? null : subjectAppliance(known),
    faults: known?.fault?.faults ?? [],
    phone: known?.phone ?? null,
    address: null,
    ticket: null,
    words: null,
  };
}

/** What a person who takes over wants to see first; only what is known. */
export function knownOfWarranty(known: WarrantyData): ReplyData {
  const named = subjectAppliance(known);
  const { serial, serialInDoubt, purchasedOn, product: chosen, found: answered, phone } = known;
  const since = answered?.kind === 'answer' ? answered.since : (chosen?.purchasedOn ?? purchasedOn);
  const told = serial ?? serialInDoubt;
  return {
    ...(named === null ? {} : { appliances: { as: 'appliances', value: [named] } as const }),
    ...(told === null ? {} : { serial: { as: 'text', value: told } as const }),
    ...(since === null ? {} : { bought: { as: 'purchase', value: since } as const }),
    ...(known.fault === null || known.fault.text === '' ? {} : { fault: { as: 'text', value: known.fault.text } as const }),
    ...(known.exclusion === null || known.exclusion === 'none' ? {} : { exclusion: { as: 'exclusion', value: known.exclusion } as const }),
    ...(answered?.kind === 'answer' ? { layers: { as: 'layers', value: answered.layers, exact: answered.since.length > 7 } as const } : {}),
    ...(phone === null ? {} : { phone: { as: 'phone', value: phone } as const }),
  };
}
