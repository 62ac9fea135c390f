/** Answers what a warranty look-up asks of the outside: the products on record, and what covers one of them. */
import type { LookUpAnswer } from '../../flows/dialog-event.ts';
import type { LookUp, WarrantyProduct } from '../../flows/effect.ts';
import { localDayOf } from '../domain/business-calendar.ts';
import { type WarrantyAsked, warrantyAnswer } from '../domain/warranty-answer.ts';
import type { Asking, LookUpNeeds } from './asking.ts';
import type { Readings } from './ports.ts';

/** Those of the account's own customer only. */
export async function findProducts({ customerId }: Asking, { readings }: LookUpNeeds): Promise<LookUpAnswer> {
  return { type: 'PRODUCTS_FOUND', products: (await readings.customerRecord(customerId)).products };
}

export async function findWarranty(
  { product, told, dateLost, faults }: Extract<LookUp, { about: 'warranty' }>,
  { customerId, now }: Asking,
  { readings, policy, timeZone }: LookUpNeeds,
): Promise<LookUpAnswer> {
  const [known, { priorRepairs }, { warranty, prices }] = await Promise.all([
    productKnown(product, readings),
    readings.customerRecord(customerId),
    readings.terms(localDayOf(now, timeZone)),
  ]);
  if (known === null) return { type: 'WARRANTY_FOUND', answer: { kind: 'unknown-product', why: 'serial' }, now };
  const answer = warrantyAnswer({ product: known, told, dateLost, faults, priorRepairs, terms: warranty, prices, policy, now, timeZone });
  return { type: 'WARRANTY_FOUND', answer, now };
}

/** Null: nobody here knows the serial. */
async function productKnown(product: WarrantyProduct, readings: Readings): Promise<WarrantyAsked['product'] | null> {
  switch (product.by) {
    case 'serial':
      return await readings.productBySerial(product.serial);
    case 'record':
      return product.product;
    case 'appliance':
      return { appliance: product.appliance, brand: product.brand, model: product.model, purchasedOn: null, producedOn: null };
  }
}
