import { expect, test } from 'vitest';
import { APPLIANCES, PRODUCT_CLASSES, productClassOf } from '../../src/domain/appliance.ts';

test('S2-007 every appliance belongs to a class of the catalogue, and every class has one', () => {
  expect([...new Set(APPLIANCES.map(productClassOf))].toSorted()).toEqual(PRODUCT_CLASSES.toSorted());
  expect((['gas_stove', 'range_hood', 'disinfection_cabinet'] as const).map(productClassOf)).toEqual(['kitchen', 'kitchen', 'kitchen']);
});
