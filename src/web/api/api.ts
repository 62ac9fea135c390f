/** What every route of the staff API shares: who asks, the desk behind it, parameters and small schemas. */
import { type OpenAPIHono, z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import type { Desk } from '../../desk/desk.ts';
import type { Cursor, Slice } from '../../desk/slice.ts';
import type { Forbidden, StaffMember } from '../../desk/staff-member.ts';
import type { Identifier } from '../../domain/identifier.ts';
import type { WriteTime } from '../business-time.ts';
import { readCursor, writeCursor } from '../cursor.ts';
import { problem } from '../problem.ts';
import { fieldRead } from './fields.ts';

/** `operationId` is fresh for every POST, and the same again when an Idempotency-Key repeats. */
export type ApiEnv = { Variables: { member: StaffMember; operationId: Identifier } };

export type Api = OpenAPIHono<ApiEnv>;

export type ApiContext = Context<ApiEnv>;

export type ApiNeeds = { readonly desk: Desk; readonly time: WriteTime };

export const SECURITY = [{ bearer: [] }];

export const InstantSchema = z.iso.datetime({ offset: true }).openapi({ example: '2026-11-21T14:00:00.000+08:00' });
export const IdentifierSchema = z.uuid().openapi({ example: '019aa0c2-7d3e-7c1b-9a54-3f1f0c2b7d10' });

export const StaffNameSchema = z
  .object({ id: IdentifierSchema, name: z.string() })
  .openapi('StaffName', { example: { id: '019aa0c2-7d3e-7c1b-9a54-3f1f0c2b7d10', name: '李敏' } });

/** A named schema or null. (`.nullable()` would make the named schema itself nullable in the document.) */
export function orNull<Schema extends z.ZodType>(schema: Schema) {
  return z.union([schema, z.null()]);
}

export const WindowSchema = z
  .object({ from: InstantSchema, to: InstantSchema })
  .openapi('VisitWindow', { example: { from: '2026-11-21T14:00:00.000+08:00', to: '2026-11-21T16:00:00.000+08:00' } });

/** How many items a slice holds at most, and when nothing is said. */
export function limitParameter(max: number, unsaid: number) {
  return z.coerce
    .number()
    .int()
    .min(1)
    .max(max)
    .default(unsaid)
    .openapi({ description: `1 to ${max}`, example: unsaid });
}

export const cursorParameter = fieldRead<Cursor>(z.string().max(200), readCursor, 'is not a cursor of this list')
  .optional()
  .openapi({ type: 'string', description: '`nextCursor` of the slice before' });

export const idParameter = z.object({
  id: z.string().openapi({ param: { name: 'id', in: 'path' }, example: '019aa0c2-7d3e-7c1b-9a54-3f1f0c2b7d10' }),
});

export const numberParameter = z.object({
  number: z.string().openapi({ param: { name: 'number', in: 'path' }, example: 'BX-20261120-0031' }),
});

/** Declared on every POST; the work is done by the middleware in `idempotency.ts`. */
export const onceHeader = z.object({
  'Idempotency-Key': z
    .string()
    .optional()
    .openapi({
      param: { name: 'Idempotency-Key', in: 'header' },
      description: 'Up to 200 characters, kept for 24 hours: the same key and body are done once and get the same answer.',
      example: '5f0c8f4e-open-1',
    }),
});

export const searchParameter = z
  .string()
  .max(100)
  .optional()
  .openapi({ description: 'Ticket number, serial or full phone number', example: 'BX-20261120-0031' });

/** What was searched for: a plus sign typed into an address bar arrives as a blank. */
export function searchText(q: string | undefined): string | null {
  return q?.replace(/^ (?=\d)/, '+') ?? null;
}

/** A slice of a list: the items and the cursor of the next slice, null at the end. */
export function sliceSchema<Item extends z.ZodType>(name: string, item: Item) {
  return z.object({ items: z.array(item), nextCursor: z.string().nullable() }).openapi(name);
}

/** The slice itself, each item as `show` writes it. */
export function sliceJson<Item, Shown>(slice: Slice<Item>, show: (item: Item) => Shown) {
  return { items: slice.items.map(show), nextCursor: writeCursor(slice.next) };
}

/** How a route declares a JSON answer. */
export function jsonAnswer<Schema extends z.ZodType>(description: string, schema: Schema) {
  return { description, content: { 'application/json': { schema } } };
}

/** How a POST declares its body. */
export function jsonBody<Schema extends z.ZodType>(schema: Schema) {
  return { required: true, content: { 'application/json': { schema } } };
}

/** 403 in the words of the deed that was refused. */
export function forbidden(c: ApiContext, no: Forbidden) {
  return problem(c, 403, 'forbidden', `The role ${c.get('member').role} does not cover ${no.deed}.`);
}
