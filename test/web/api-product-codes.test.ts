import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { INDEXED, SEALED } from '../../src/store/purposes.ts';
import { productCodes } from '../desk/a-desk.ts';
import { newId } from '../support/database.ts';
import { openWeb, type TestWeb } from './a-web.ts';

const FRIDGE = 'DEMO2026IN0001';

let at: TestWeb;
beforeAll(async () => {
  at = await openWeb();
  const { seal } = at.store;
  await at.store.pool.query(
    "insert into product_unit (id, serial_index, serial_sealed, appliance, brand, model) values ($1, $2, $3, 'fridge', '海尔', 'BCD-470WGHTD')",
    [newId(), seal.blindIndex(INDEXED.serial, FRIDGE), seal.seal(SEALED.productSerial, FRIDGE)],
  );
});
afterAll(() => at.close());

const code = async (serial: string, role: 'agent' | 'engineer' = 'agent') =>
  at.ask('GET', `/api/v1/products/${serial}/code`, { token: (await at.staff(role)).token });

describe('S4-013 the code for a label', () => {
  it('carries the serial, signed, and says which product that is, not whose', async () => {
    const made = await code(FRIDGE);
    expect(made.status).toBe(200);
    expect(made.body).toEqual({
      serial: FRIDGE,
      scene: productCodes.sceneOf(FRIDGE as never),
      product: { appliance: 'fridge', brand: '海尔', model: 'BCD-470WGHTD' },
    });
    const { scene } = made.body as unknown as { readonly scene: string };
    expect(productCodes.read(scene)).toBe(FRIDGE);
  });

  it('is the same for a serial in small letters', async () => {
    expect((await code('demo2026in0001')).body).toEqual((await code(FRIDGE)).body);
  });

  it('is made for a serial that is not on record yet, and says so', async () => {
    expect(await code('DEMO0000XX0000')).toMatchObject({ status: 200, body: { serial: 'DEMO0000XX0000', product: null } });
  });

  it.each(['short', 'WITH-HYPHENS-2', 'a%20b', '1'.repeat(21)])('there is none for %s', async (serial) => {
    expect((await code(serial)).status).toBe(404);
  });

  it('is for the desk: an engineer may not, and nobody without a token', async () => {
    expect((await code(FRIDGE, 'engineer')).status).toBe(403);
    expect((await at.ask('GET', `/api/v1/products/${FRIDGE}/code`)).status).toBe(401);
  });
});
