/** `/products/{serial}/code`: what a label's code carries (S4-013). */
import { createRoute, z } from '@hono/zod-openapi';
import type { ProductCode } from '../../desk/product-codes.ts';
import { APPLIANCES } from '../../domain/appliance.ts';
import { unreachable } from '../../domain/unreachable.ts';
import { COMMON_ANSWERS, problem, problemAnswer } from '../problem.ts';
import { type Api, type ApiNeeds, forbidden, jsonAnswer, orNull, SECURITY } from './api.ts';

const LabelledProductSchema = z
  .object({ appliance: z.enum(APPLIANCES), brand: z.string(), model: z.string() })
  .openapi('LabelledProduct', { example: { appliance: 'fridge', brand: '海尔', model: 'BCD-470WGHTD' } });

const ProductCodeSchema = z
  .object({
    serial: z.string(),
    scene: z.string().openapi({ description: 'Scene of a QR code: at most 64 letters, digits, dots, hyphens and underscores, signed' }),
    product: orNull(LabelledProductSchema).openapi({ description: 'Null when no product of this serial is on record' }),
  })
  .openapi('ProductCode', {
    example: {
      serial: 'DEMO2026IN0001',
      scene: 'DEMO2026IN0001.n3Cq0hD1b7yVtJm2kZx5Rw',
      product: { appliance: 'fridge', brand: '海尔', model: 'BCD-470WGHTD' },
    },
  });

const code = createRoute({
  method: 'get',
  path: '/api/v1/products/{serial}/code',
  summary: 'The code for the label of a product',
  description:
    'Put the scene into a QR code of the Official Account with a scene (`QR_LIMIT_STR_SCENE`) and print it on the label: whoever scans it has this product in the chat, its appliance, model and serial filled in. A code that was not made here is refused.',
  tags: ['products'],
  security: SECURITY,
  request: {
    params: z.object({ serial: z.string().openapi({ param: { name: 'serial', in: 'path' }, example: 'DEMO2026IN0001' }) }),
  },
  responses: { 200: jsonAnswer('The code', ProductCodeSchema), ...COMMON_ANSWERS, 404: problemAnswer('No serial can be like this') },
});

/** Adds the route. */
export function productCodeRoutes(api: Api, { desk }: ApiNeeds): void {
  api.openapi(code, async (c) => {
    const done = await desk.productCodes.make(c.get('member'), c.req.valid('param').serial);
    switch (done.kind) {
      case 'made':
        return c.json(codeJson(done.code), 200);
      case 'no-serial':
        return problem(c, 404, 'not-found', 'A serial has 8 to 20 letters and digits, one digit at least.');
      case 'forbidden':
        return forbidden(c, done);
      default:
        return unreachable(done);
    }
  });
}

function codeJson({ serial, scene, product }: ProductCode): z.infer<typeof ProductCodeSchema> {
  return { serial, scene, product: product === null ? null : { ...product } };
}
