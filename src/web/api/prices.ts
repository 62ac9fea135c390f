/** `/price-versions`: what repairs cost, by the day it applies (S2-001, S2-002). */
import { createRoute, z } from '@hono/zod-openapi';
import { FAULTS, PRODUCT_CLASSES, type ProductClass } from '../../domain/appliance.ts';
import type { PriceList } from '../../domain/terms.ts';
import { unreachable } from '../../domain/unreachable.ts';
import { COMMON_ANSWERS, POST_ANSWERS, problem } from '../problem.ts';
import { type Api, type ApiNeeds, forbidden, jsonAnswer, jsonBody, onceHeader, SECURITY } from './api.ts';
import { dayField } from './fields.ts';

const YUAN_MAX = 1_000_000;
const FEN = 100;
/** A fault of a class has one price. */
const LINES_MAX = PRODUCT_CLASSES.length * FAULTS.length;

const yuan = z
  .number()
  .min(0)
  .max(YUAN_MAX)
  .refine((it) => Math.abs(it * FEN - Math.round(it * FEN)) < 1e-6, 'has at most two decimals');

const shape = {
  version: z
    .string()
    .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$/, 'is 1 to 40 letters, digits, dots, hyphens or underscores')
    .openapi({ example: 'prices-2027-01' }),
  effectiveFrom: dayField('2027-01-01'),
  visitFeeYuan: z
    .strictObject(Object.fromEntries(PRODUCT_CLASSES.map((it) => [it, yuan])) as Record<ProductClass, typeof yuan>)
    .openapi({ description: 'One of every class of product' }),
  lines: z
    .array(z.strictObject({ productClass: z.enum(PRODUCT_CLASSES), fault: z.enum(FAULTS), fromYuan: yuan, toYuan: yuan }))
    .min(1)
    .max(LINES_MAX),
};

const example = {
  version: 'prices-2027-01',
  effectiveFrom: '2027-01-01',
  visitFeeYuan: Object.fromEntries(PRODUCT_CLASSES.map((it) => [it, 50])) as Record<ProductClass, number>,
  lines: [{ productClass: 'air_conditioner', fault: 'not_cooling', fromYuan: 120, toYuan: 480 }] as const,
};

const PriceVersionSchema = z.object(shape).openapi('PriceVersion', { example });
const NewPriceVersionSchema = z.strictObject(shape).openapi('NewPriceVersion', { example });

const PriceVersionListSchema = z.object({ items: z.array(PriceVersionSchema) }).openapi('PriceVersionList');

const list = createRoute({
  method: 'get',
  path: '/api/v1/price-versions',
  summary: 'Price lists, the latest to take effect first',
  tags: ['prices'],
  security: SECURITY,
  responses: { 200: jsonAnswer('Every version', PriceVersionListSchema), ...COMMON_ANSWERS },
});

const add = createRoute({
  method: 'post',
  path: '/api/v1/price-versions',
  summary: 'Announce a price list; administrators only',
  description:
    'It takes effect tomorrow at the earliest, so that customers with open visits are told before it applies. A version is never changed.',
  tags: ['prices'],
  security: SECURITY,
  request: { headers: onceHeader, body: jsonBody(NewPriceVersionSchema) },
  responses: { 201: jsonAnswer('The version', PriceVersionSchema), ...POST_ANSWERS },
});

/** Adds the routes. */
export function priceRoutes(api: Api, { desk }: ApiNeeds): void {
  api.openapi(list, async (c) => {
    const done = await desk.prices.list(c.get('member'));
    if (done.kind === 'forbidden') return forbidden(c, done);
    return c.json({ items: done.items.map(listJson) }, 200);
  });

  api.openapi(add, async (c) => {
    const done = await desk.prices.add(c.get('member'), { ...c.req.valid('json'), id: c.get('operationId') });
    switch (done.kind) {
      case 'added':
        return c.json(listJson(done.list), 201);
      case 'version-taken': {
        const errors = [{ field: 'version', detail: 'is taken' }];
        return problem(c, 409, 'conflict', 'There is a price list of this version already; a version is never changed.', { errors });
      }
      case 'list-refused':
        return problem(c, 422, 'invalid', 'The price list can not be announced like this.', {
          errors: done.faults.map((it) => ({ ...it })),
        });
      case 'forbidden':
        return forbidden(c, done);
      default:
        return unreachable(done);
    }
  });
}

function listJson({ version, effectiveFrom, visitFeeYuan, lines }: PriceList): z.infer<typeof PriceVersionSchema> {
  return { version, effectiveFrom, visitFeeYuan: { ...visitFeeYuan }, lines: lines.map((it) => ({ ...it })) };
}
