/** Texts of a request that are read into a value of the domain: ids, moments, days. What can't be read is told as the fault of its field. */
import { z } from '@hono/zod-openapi';
import { parseIdentifier } from '../../domain/identifier.ts';
import { type LocalDay, parseInstant, parseLocalDay } from '../../domain/instant.ts';

/** A text that `read` makes a value of; null is a fault, which goes on after the name of the field. */
export function fieldRead<Value>(text: z.ZodString, read: (text: string) => Value | null, fault: string) {
  return text.transform((given, context): Value => {
    const value = read(given);
    if (value !== null) return value;
    context.addIssue({ code: 'custom', message: fault });
    return z.NEVER;
  });
}

export const identifierField = fieldRead(z.string(), parseIdentifier, 'is not an id').openapi({ type: 'string', format: 'uuid' });

const NO_INSTANT = 'is not an ISO 8601 instant with an offset';

export const instantField = fieldRead(z.string(), parseInstant, NO_INSTANT).openapi({
  type: 'string',
  format: 'date-time',
  example: '2026-11-21T14:00:00+08:00',
});

/** A moment of a query. A plus sign that was not escaped in the address arrives as a blank. */
export const instantParameter = fieldRead(z.string(), (text) => parseInstant(text.replace(' ', '+')), NO_INSTANT)
  .optional()
  .openapi({ type: 'string', format: 'date-time', example: '2026-11-21T00:00:00+08:00' });

/** A day of the calendar, with one such as is meant. */
export function dayField(example: string) {
  return fieldRead<LocalDay>(z.string(), parseLocalDay, `is not a day such as ${example}`).openapi({
    type: 'string',
    format: 'date',
    example,
  });
}
