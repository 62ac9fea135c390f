/** A stored complaint, read back whole or not at all, and what of it a person wants to see first. */
import { z } from 'zod';
import { APPLIANCES } from '../src/domain/appliance.ts';
import { COMPLAINT_CATEGORIES, COMPLAINT_TYPES, COMPLAINT_WISHES, GRAVITIES } from '../src/domain/complaint.ts';
import type { ReplyData } from '../src/wording/reply.ts';
import type { ComplaintData } from './complaint-data.ts';
import type { FormContext } from './form.ts';
import { storedContext } from './stored-context.ts';
import { maybe, text, window } from './stored-shapes.ts';

const ownTicket = z.object({ id: text, number: text, appliances: z.array(z.enum(APPLIANCES)), window: window.nullable() });

const data = z.object({
  what: text,
  types: z.array(z.enum(COMPLAINT_TYPES)),
  gravities: z.array(z.enum(GRAVITIES)),
  amountYuan: z.number().nullable(),
  category: z.enum(COMPLAINT_CATEGORIES).nullable(),
  wish: z.enum(COMPLAINT_WISHES).nullable(),
  wishPassed: z.boolean(),
  own: z.array(ownTicket).max(5).nullable(),
  about: ownTicket.nullable(),
  aboutPassed: z.boolean(),
  number: maybe,
  phone: maybe,
  phonePassed: z.boolean(),
  recordRead: z.boolean(),
  appliance: z.enum(APPLIANCES).nullable(),
  model: maybe.default(null),
  serial: maybe.default(null),
  purchasedOn: maybe.default(null),
  lossless: z.boolean().default(false),
  photos: z.array(text).max(50),
});

export const storedComplaint = storedContext(
  z
    .object({ data, misses: z.number().int(), trail: z.array(z.string()) })
    .transform((read) => read as unknown as FormContext<ComplaintData>),
);

/** Only what is known; the words whole, so that nobody has to ask again. */
export function knownOfComplaint({ what, category, wish, about, number, phone, appliance }: ComplaintData): ReplyData {
  const ticket = about?.number ?? number;
  const appliances = about?.appliances ?? (appliance === null ? [] : [appliance]);
  return {
    ...(what === '' ? {} : { complaint: { as: 'text', value: what } as const }),
    ...(category === null ? {} : { category: { as: 'complaint-category', value: category } as const }),
    ...(wish === null ? {} : { wish: { as: 'complaint-wish', value: wish } as const }),
    ...(ticket === null ? {} : { ticket: { as: 'text', value: ticket } as const }),
    ...(appliances.length === 0 ? {} : { appliances: { as: 'appliances', value: appliances } as const }),
    ...(phone === null ? {} : { phone: { as: 'phone', value: phone } as const }),
  };
}
