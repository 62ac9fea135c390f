/** Warranty terms and price lists with the day they take effect; the one in force on a day is the latest not after it. */
import { z } from 'zod';
import { APPLIANCES, FAULTS, PRODUCT_CLASSES } from '../domain/appliance.ts';
import type { LocalDay } from '../domain/instant.ts';
import type { PriceList, WarrantyTerms } from '../domain/terms.ts';
import type { Readings } from '../turn/ports.ts';
import { type Connection, query } from './connection.ts';

type Versions = { readonly policies: readonly WarrantyTerms[]; readonly prices: readonly PriceList[] };

/** `kept` wraps the read of all versions, oldest first. */
export function termsOn({ pool }: Connection, kept: (read: () => Promise<Versions>) => () => Promise<Versions>): Readings['terms'] {
  const readVersions = kept(async () => {
    const [policies, prices] = await Promise.all([query<Row>(pool, POLICIES, []), query<Row>(pool, PRICES, [])]);
    return { policies: policies.map(termsOf), prices: prices.map(priceListOf) };
  });
  return async (day) => {
    const { policies, prices } = await readVersions();
    const inForce = <Version extends { readonly effectiveFrom: LocalDay }>(versions: readonly Version[]) =>
      versions.findLast((it) => it.effectiveFrom <= day);
    const warranty = inForce(policies);
    const list = inForce(prices);
    if (!warranty || !list)
      throw new Error(`no ${warranty ? 'price list' : 'warranty terms'} in force on ${day}: seed policy_version and price_version first`);
    return { warranty, prices: list };
  };
}

type Row = { readonly version: string; readonly effectiveFrom: LocalDay; readonly content: unknown };

const months = z.partialRecord(z.enum(APPLIANCES), z.number());
const policyContent = z.object({ productMonths: months, makerMonths: z.record(z.string(), months).default({}) });
const priceContent = z.object({
  visitFee: z.record(z.enum(PRODUCT_CLASSES), z.number()),
  lines: z.array(z.object({ productClass: z.enum(PRODUCT_CLASSES), fault: z.enum(FAULTS), fromYuan: z.number(), toYuan: z.number() })),
});

function termsOf({ version, effectiveFrom, content }: Row): WarrantyTerms {
  // zod marks absent keys as undefined; the terms leave them out.
  const { productMonths, makerMonths } = policyContent.parse(content);
  return { version, effectiveFrom, productMonths, makerMonths } as WarrantyTerms;
}

function priceListOf({ version, effectiveFrom, content }: Row): PriceList {
  const { visitFee, lines } = priceContent.parse(content);
  return { version, effectiveFrom, visitFeeYuan: visitFee, lines };
}

const COLUMNS = `version, to_char(effective_from, 'YYYY-MM-DD') as "effectiveFrom"`;
const POLICIES = {
  name: 'policy-versions',
  text: `select ${COLUMNS}, terms as content from policy_version order by effective_from, version`,
};
const PRICES = { name: 'price-versions', text: `select ${COLUMNS}, list as content from price_version order by effective_from, version` };
