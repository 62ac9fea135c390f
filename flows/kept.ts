/**
 * What the customer has said, read out of a stored dialog that can't go on: of a version nobody can migrate, or broken.
 * Each slot is read for itself, so that one that is broken loses only itself.
 */
import { z } from 'zod';
import { APPLIANCES, FAULTS } from '../src/domain/appliance.ts';
import { COMPLAINT_CATEGORIES, COMPLAINT_WISHES } from '../src/domain/complaint.ts';
import type { PhoneNumber, Serial } from '../src/domain/contact.ts';
import { type Answers, NOTHING_SAID } from './dialog-event.ts';

export type Kept = { readonly answers: Answers; readonly text: string };

const text = z.string().max(4_000).nullable().catch(null);
const report = z
  .object({
    appliance: z.enum(APPLIANCES).nullable().catch(null),
    faults: z.array(z.enum(FAULTS)).catch([]),
    text,
    errorCode: text,
    model: text,
    serial: text,
  })
  .nullable()
  .catch(null);
const address = z.object({ province: text, city: text, district: text, detail: text }).nullable().catch(null);

const data = z.object({
  items: z.array(report).max(5).catch([]),
  appliance: z.enum(APPLIANCES).nullable().catch(null),
  address,
  phone: text,
  name: text,
  model: text,
  serial: text,
  number: text,
  ticket: z.object({ number: z.string() }).nullable().catch(null),
  purchasedOn: text,
  hasProof: z.boolean().nullable().catch(null),
  category: z.enum(COMPLAINT_CATEGORIES).nullable().catch(null),
  wish: z.enum(COMPLAINT_WISHES).nullable().catch(null),
  what: text,
});

/** As a message that says it all again; empty where nothing can be read. */
export function keptOf(context: unknown): Kept {
  const read = z.object({ data }).safeParse(context).data?.data;
  if (read === undefined) return { answers: NOTHING_SAID, text: '' };
  const items = read.items.filter((it) => it !== null);
  const told =
    items.length > 0 ? items : [{ appliance: read.appliance, faults: [], text: null, errorCode: null, model: null, serial: null }];
  const [first] = items;
  return {
    text: read.what ?? first?.text ?? '',
    answers: {
      ...NOTHING_SAID,
      reports: told
        .filter((it) => it.appliance !== null || it.text !== null)
        .map(({ appliance, faults, text: words, errorCode }) => ({ appliance, faults, text: words, errorCode })),
      address: read.address,
      // Branded when it was stored.
      phone: read.phone as PhoneNumber | null,
      name: read.name,
      model: read.model ?? first?.model ?? null,
      serial: (read.serial ?? first?.serial ?? null) as Serial | null,
      ticketNumber: read.number ?? read.ticket?.number ?? null,
      purchasedOn: read.purchasedOn,
      hasProof: read.hasProof,
      category: read.category,
      wish: read.wish,
    },
  };
}
