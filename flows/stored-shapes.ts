/** Shapes of stored dialogs that several of them share. Brands are the store's own doing: what was branded when it was written is read back as such. */
import { z } from 'zod';
import { APPLIANCES } from '../src/domain/appliance.ts';
import { PRIORITIES, TICKET_KINDS, TICKET_STATUSES } from '../src/domain/ticket.ts';

export const text = z.string().max(4_000);
export const maybe = text.nullable();
export const window = z.object({ from: z.number(), to: z.number() });

export const engineer = z.object({ id: text, name: text, phone: text });

const engineerWish = z.object({
  kind: z.enum(['want', 'avoid']),
  whom: z.discriminatedUnion('by', [z.object({ by: z.literal('last') }), z.object({ by: z.literal('name'), name: text })]),
});

const offer = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('exact'), window }),
  z.object({ kind: z.literal('offer'), windows: z.array(window) }),
  z.object({
    kind: z.literal('nearest'),
    windows: z.array(window),
    reason: z.enum(['full', 'past', 'beyond-horizon', 'too-soon', 'no-such-window']),
  }),
  z.object({ kind: z.literal('earliest'), window, fromWished: z.number(), toWished: z.number(), reason: z.enum(['full', 'too-soon']) }),
  z.object({ kind: z.literal('none') }),
]);

/** The fields of choosing a window. */
export const windowChoosing = {
  wishes: z.array(z.looseObject({ bound: text })),
  engineerWish: engineerWish.nullable().default(null),
  wishTold: z
    .object({ kind: z.enum(['already', 'comes', 'full', 'unknown', 'kept-away', 'nobody-else']), name: text })
    .nullable()
    .default(null),
  choice: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('unknown') }),
    z.object({ kind: z.literal('open') }),
    z.object({ kind: z.literal('taken'), nearest: z.array(window) }),
    z.object({ kind: z.literal('offered'), offer }),
  ]),
  window: window.nullable(),
};

const knownTicket = z.object({
  id: text,
  number: text,
  kind: z.enum(TICKET_KINDS),
  status: z.enum(TICKET_STATUSES),
  priority: z.enum(PRIORITIES).default('normal'),
  appliance: z.enum(APPLIANCES).nullable(),
  city: maybe,
  district: maybe,
  openedAt: z.number(),
  completedAt: z.number().nullable(),
  visit: z
    .object({
      appointmentId: text,
      engineer,
      window,
      tickets: z.array(z.object({ id: text, number: text, appliance: z.enum(APPLIANCES).nullable() })),
    })
    .nullable(),
  callBackBy: z.number().nullable(),
  lateAnswerBy: z.number().nullable(),
});

/** The fields of finding a ticket and proving whose it is. */
export const ticketProof = {
  own: z.array(knownTicket).max(5).nullable(),
  ticket: knownTicket.nullable(),
  number: maybe,
  phone: maybe,
  numberLost: z.boolean(),
  phoneLost: z.boolean().default(false),
  appliance: z.enum(APPLIANCES).nullable().default(null),
  underBooking: z.boolean().default(false),
  triesLeft: z.number().int().nullable(),
};
