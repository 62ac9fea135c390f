/** `/customers`: who they are, masked, and the one unmasked answer of this API (S2-024, S2-025). */
import { createRoute, z } from '@hono/zod-openapi';
import { type Customer, type CustomerSummary, type Revealed, TAGS_MAX } from '../../desk/customers.ts';
import { APPLIANCES } from '../../domain/appliance.ts';
import { parseIdentifier } from '../../domain/identifier.ts';
import { unreachable } from '../../domain/unreachable.ts';
import type { WriteTime } from '../business-time.ts';
import { COMMON_ANSWERS, POST_ANSWERS, problem, problemAnswer } from '../problem.ts';
import {
  type Api,
  type ApiContext,
  type ApiNeeds,
  cursorParameter,
  forbidden,
  IdentifierSchema,
  InstantSchema,
  idParameter,
  jsonAnswer,
  jsonBody,
  limitParameter,
  onceHeader,
  orNull,
  SECURITY,
  searchParameter,
  searchText,
  sliceJson,
  sliceSchema,
} from './api.ts';

const tag = z
  .string()
  .regex(/^[a-z0-9-]{1,30}$/, 'is 1 to 30 lower-case letters, digits or hyphens')
  .openapi({ example: 'elderly' });

const ProductSchema = z
  .object({
    appliance: z.enum(APPLIANCES),
    brand: z.string(),
    model: z.string(),
    purchasedOn: z.iso.date().nullable().openapi({ example: '2025-06-18', description: 'Null when nobody knows' }),
  })
  .openapi('RegisteredProduct');

const summaryShape = {
  id: IdentifierSchema,
  name: z.string().nullable(),
  phone: z.string().nullable(),
  tags: z.array(tag),
  city: z.string().nullable(),
  district: z.string().nullable(),
  tickets: z.number().int().openapi({ description: 'How many there are' }),
  products: z.array(ProductSchema),
  since: InstantSchema,
} as const;

const example = {
  id: '019aa0c2-7d3e-7c1b-9a54-3f1f0c2b7d10',
  name: '王*',
  phone: '138****8000',
  tags: ['elderly'],
  city: '北京市',
  district: '朝阳区',
  tickets: 2,
  products: [{ appliance: 'air_conditioner', brand: '格力', model: 'KFR-35GW', purchasedOn: '2025-06-18' }] as const,
  since: '2026-11-20T09:30:00.000+08:00',
};

const CustomerSummarySchema = z
  .object(summaryShape)
  .openapi('CustomerSummary', { description: 'Masked', example: { ...example, products: [] } });

const CustomerListSchema = sliceSchema('CustomerList', CustomerSummarySchema);

const CustomerSchema = z
  .object({ ...summaryShape, ticketNumbers: z.array(z.string()).openapi({ description: 'Newest first, at most 100' }) })
  .openapi('Customer', {
    description: 'Masked',
    example: { ...example, products: [], ticketNumbers: ['BX-20261120-0031', 'BX-20261101-0007'] },
  });

const ContactSchema = z.object({ who: z.string(), phone: z.string().nullable() }).openapi('OnSiteContact');

const RevealedSchema = z
  .object({
    id: IdentifierSchema,
    name: z.string().nullable(),
    phone: z.string().nullable(),
    addresses: z.array(z.object({ province: z.string(), city: z.string(), district: z.string(), detail: z.string() })),
    tickets: z
      .array(z.object({ number: z.string(), name: z.string().nullable(), phone: z.string().nullable(), contact: orNull(ContactSchema) }))
      .openapi({ description: 'What was said for each ticket: another name, another phone, who is at home; newest first, at most 20' }),
  })
  .openapi('RevealedCustomer', { description: 'Not masked; that it was read, by whom and why is in the audit' });

const list = createRoute({
  method: 'get',
  path: '/api/v1/customers',
  summary: 'Customers, newest first',
  description: 'Visitors of the chat of whom nothing is known yet are left out.',
  tags: ['customers'],
  security: SECURITY,
  request: {
    query: z.object({
      q: searchParameter,
      tag: tag.optional(),
      city: z.string().max(40).optional().openapi({ example: '北京市' }),
      cursor: cursorParameter,
      limit: limitParameter(100, 50),
    }),
  },
  responses: { 200: jsonAnswer('A slice of the list', CustomerListSchema), ...COMMON_ANSWERS },
});

const read = createRoute({
  method: 'get',
  path: '/api/v1/customers/{id}',
  summary: 'One customer with their ticket numbers',
  tags: ['customers'],
  security: SECURITY,
  request: { params: idParameter },
  responses: { 200: jsonAnswer('The customer', CustomerSchema), ...COMMON_ANSWERS, 404: problemAnswer('No such customer') },
});

const setTags = createRoute({
  method: 'post',
  path: '/api/v1/customers/{id}/tags',
  summary: 'Sort a customer: the whole list of tags',
  tags: ['customers'],
  security: SECURITY,
  request: {
    params: idParameter,
    headers: onceHeader,
    body: jsonBody(z.object({ tags: z.array(tag).max(TAGS_MAX) }).openapi('CustomerTags', { example: { tags: ['elderly', 'vip'] } })),
  },
  responses: { 200: jsonAnswer('The customer afterwards', CustomerSchema), ...POST_ANSWERS, 404: problemAnswer('No such customer') },
});

const reveal = createRoute({
  method: 'post',
  path: '/api/v1/customers/{id}/reveal',
  summary: 'Everything of a customer, unmasked; the reason goes on record',
  description: 'Under an Idempotency-Key that was used before it is read again, and that is on record again.',
  tags: ['customers'],
  security: SECURITY,
  request: {
    params: idParameter,
    headers: onceHeader,
    body: jsonBody(
      z
        .object({ reason: z.string().max(2_000).openapi({ description: '3 to 500 characters of words' }) })
        .openapi('CustomerReveal', { example: { reason: '上门前核对地址' } }),
    ),
  },
  responses: { 200: jsonAnswer('The customer, not masked', RevealedSchema), ...POST_ANSWERS, 404: problemAnswer('No such customer') },
});

/** Adds the routes. */
export function customerRoutes(api: Api, { desk, time }: ApiNeeds): void {
  api.openapi(list, async (c) => {
    const { q, tag: wanted, city, cursor, limit } = c.req.valid('query');
    const filter = { q: searchText(q), tag: wanted ?? null, city: city ?? null };
    const done = await desk.customers.list(c.get('member'), { ...filter, after: cursor ?? null, limit });
    if (done.kind === 'forbidden') return forbidden(c, done);
    return c.json(
      sliceJson(done.slice, (it) => summaryJson(it, time)),
      200,
    );
  });

  api.openapi(read, async (c) => {
    const id = parseIdentifier(c.req.valid('param').id);
    const done = id === null ? NO_SUCH : await desk.customers.read(c.get('member'), id);
    switch (done.kind) {
      case 'found':
        return c.json(customerJson(done.customer, time), 200);
      case 'no-such-customer':
        return noSuchCustomer(c);
      case 'forbidden':
        return forbidden(c, done);
      default:
        return unreachable(done);
    }
  });

  api.openapi(setTags, async (c) => {
    const id = parseIdentifier(c.req.valid('param').id);
    const done = id === null ? NO_SUCH : await desk.customers.tag(c.get('member'), id, c.req.valid('json').tags);
    switch (done.kind) {
      case 'tagged':
        return c.json(customerJson(done.customer, time), 200);
      case 'no-such-customer':
        return noSuchCustomer(c);
      case 'forbidden':
        return forbidden(c, done);
      default:
        return unreachable(done);
    }
  });

  api.openapi(reveal, async (c) => {
    const id = parseIdentifier(c.req.valid('param').id);
    const asked = { reason: c.req.valid('json').reason, isReplay: c.get('doneBefore') === true };
    const done = id === null ? NO_SUCH : await desk.customers.reveal(c.get('member'), id, asked);
    switch (done.kind) {
      case 'revealed':
        return c.json(revealedJson(done.revealed), 200);
      case 'reason-refused': {
        const errors = [{ field: 'reason', detail: 'has to have 3 to 500 characters of words' }];
        return problem(c, 422, 'invalid', 'A reason is said in words, 3 to 500 characters.', { errors });
      }
      case 'no-such-customer':
        return noSuchCustomer(c);
      case 'forbidden':
        return forbidden(c, done);
      default:
        return unreachable(done);
    }
  });
}

const NO_SUCH = { kind: 'no-such-customer' } as const;

function noSuchCustomer(c: ApiContext) {
  return problem(c, 404, 'not-found', 'There is no such customer.');
}

function summaryJson(customer: CustomerSummary, time: WriteTime): z.infer<typeof CustomerSummarySchema> {
  return {
    id: customer.id,
    name: customer.name,
    phone: customer.phone,
    tags: [...customer.tags],
    city: customer.city,
    district: customer.district,
    tickets: customer.tickets,
    products: customer.products.map((it) => ({ ...it })),
    since: time(customer.since),
  };
}

function customerJson(customer: Customer, time: WriteTime): z.infer<typeof CustomerSchema> {
  return { ...summaryJson(customer, time), ticketNumbers: [...customer.ticketNumbers] };
}

function revealedJson({ id, name, phone, addresses, tickets }: Revealed): z.infer<typeof RevealedSchema> {
  return { id, name, phone, addresses: addresses.map((it) => ({ ...it })), tickets: tickets.map((it) => ({ ...it })) };
}
