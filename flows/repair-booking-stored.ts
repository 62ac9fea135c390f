/** A stored repair booking, read back: whole or not at all. Also what of it a person wants to see first. */
import { z } from 'zod';
import { APPLIANCES, FAULTS } from '../src/domain/appliance.ts';
import { NOTHING_TOLD } from '../src/domain/cover.ts';
import { EXCLUSIONS } from '../src/domain/exclusion.ts';
import type { ReplyData } from '../src/wording/reply.ts';
import type { FormContext } from './form.ts';
import type { RepairData } from './repair-booking-data.ts';
import { storedContext } from './stored-context.ts';
import { engineer, maybe, text, window, windowChoosing } from './stored-shapes.ts';

const address = z.object({ province: maybe, city: maybe, district: maybe, detail: maybe });
const fullAddress = z.object({ province: text, city: text, district: text, detail: text });
const item = z.object({
  appliance: z.enum(APPLIANCES),
  faults: z.array(z.enum(FAULTS)),
  text: maybe,
  model: maybe,
  serial: maybe,
  errorCode: maybe,
});
const customer = z.object({
  name: maybe,
  phone: maybe,
  address: fullAddress.nullable(),
  models: z.array(z.object({ appliance: text, model: text })),
});
const held = z.object({ appointmentId: text, engineer, window });
const area = z.looseObject({ kind: z.enum(['served', 'which-city', 'which-district', 'outside', 'unknown']) });
const cover = z.looseObject({ kind: z.enum(['recall', 'repair-warranty', 'product-cover', 'excluded', 'expired', 'unknown']) });
const told = z.object({
  purchasedOn: maybe,
  hasProof: z.boolean().nullable(),
  brand: maybe,
  exclusion: z.enum([...EXCLUSIONS, 'none']).nullable(),
});

const data = z.object({
  record: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('unread') }),
    z.object({ kind: z.literal('read'), customer: customer.nullable(), offer: z.enum(['open', 'accepted', 'declined']) }),
  ]),
  items: z.array(item).max(5),
  unplaced: item.pick({ faults: true, text: true, errorCode: true }).nullable().default(null),
  serviceMode: z.enum(['on-site', 'store']).nullable(),
  address,
  area: area.nullable(),
  phone: maybe,
  name: maybe,
  nameRefused: z.boolean(),
  modelAsked: z.boolean(),
  contact: z.object({ who: text, phone: maybe }).nullable(),
  ...windowChoosing,
  preferred: window.nullable(),
  held: held.nullable(),
  earlier: window.nullable(),
  covers: z.array(cover).nullable(),
  told: told.default(NOTHING_TOLD),
  hardship: maybe,
  itemsMax: z.number().int(),
});

/** Brands are the store's own doing: what was branded when it was written is read back as such. */
export const storedRepair = storedContext(
  z.object({ data, misses: z.number().int(), trail: z.array(z.string()) }).transform((read) => read as unknown as FormContext<RepairData>),
);

/** What a person who takes over wants to see first; only what is known. */
export function knownOfRepair(known: RepairData): ReplyData {
  const { address: said, phone, name, window: chosen, items } = known;
  const place = [said.city, said.district, said.detail].filter((it) => it !== null).join('');
  return {
    ...(items.length > 0 ? { fault: { as: 'reports', value: items } as const } : {}),
    ...(place !== '' ? { address: { as: 'text', value: place } as const } : {}),
    ...(phone !== null ? { phone: { as: 'phone', value: phone } as const } : {}),
    ...(name !== null ? { name: { as: 'text', value: name } as const } : {}),
    ...(chosen !== null ? { window: { as: 'window', value: chosen } as const } : {}),
  };
}
