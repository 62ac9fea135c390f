/** Stored dialogs about a ticket, read back whole or not at all, and what of them a person wants to see first. */
import { z } from 'zod';
import { APPLIANCES } from '../src/domain/appliance.ts';
import type { ReplyData } from '../src/wording/reply.ts';
import type { ChangeData } from './appointment-change-data.ts';
import type { FormContext } from './form.ts';
import type { ProgressData } from './progress-report.ts';
import { storedContext } from './stored-context.ts';
import { ticketProof, windowChoosing } from './stored-shapes.ts';
import { appliancesOf, type TicketProof } from './ticket-proof.ts';

const change = z.object({
  ...ticketProof,
  ...windowChoosing,
  change: z.enum(['reschedule', 'cancel']).nullable(),
  named: z.array(z.enum(APPLIANCES)).default([]),
  readAt: z.number().nullable(),
  cutoffMinutes: z.number(),
  cancelFeeYuan: z.number(),
});

const context = <Shape extends z.ZodType>(data: Shape) => z.object({ data, misses: z.number().int(), trail: z.array(z.string()) });

export const storedChange = storedContext(context(change).transform((read) => read as unknown as FormContext<ChangeData>));

export const storedProgress = storedContext(
  context(z.object(ticketProof)).transform((read) => read as unknown as FormContext<ProgressData>),
);

/** The ticket, or what the customer could say of it; only what is known. */
export function knownOfProof({ ticket, number, phone }: TicketProof): ReplyData {
  const named = ticket?.number ?? number;
  return {
    ...(named === null ? {} : { ticket: { as: 'text', value: named } as const }),
    ...(phone === null ? {} : { phone: { as: 'phone', value: phone } as const }),
    ...(ticket === null ? {} : { appliances: { as: 'appliances', value: appliancesOf(ticket) } as const }),
    ...(ticket?.visit == null ? {} : { visit: { as: 'window', value: ticket.visit.window } as const }),
  };
}

/** The same and what should become of the visit. */
export function knownOfChange(data: ChangeData): ReplyData {
  return {
    ...knownOfProof(data),
    ...(data.change === null ? {} : { change: { as: 'text', value: data.change } as const }),
    ...(data.window === null ? {} : { window: { as: 'window', value: data.window } as const }),
  };
}
