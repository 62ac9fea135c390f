/** Price lists as rows of `price_version`, in the very shape the conversation reads (see `store/terms-reading.ts`). */
import { z } from 'zod';
import type { PriceStore } from '../../desk/prices.ts';
import { FAULTS, PRODUCT_CLASSES } from '../../domain/appliance.ts';
import type { LocalDay } from '../../domain/instant.ts';
import type { PriceList } from '../../domain/terms.ts';
import { inTransaction } from '../connection.ts';
import { type DeskConnection, writeAudit } from './desk-connection.ts';

const VERSIONS_MAX = 500;

const listSchema = z.object({
  visitFee: z.record(z.enum(PRODUCT_CLASSES), z.number()),
  lines: z.array(z.object({ productClass: z.enum(PRODUCT_CLASSES), fault: z.enum(FAULTS), fromYuan: z.number(), toYuan: z.number() })),
});

/** Price lists over the store (S2-001). */
export function priceStore({ prisma, pool }: DeskConnection): PriceStore {
  return {
    list: async () => {
      const rows = await prisma.priceVersion.findMany({ orderBy: [{ effectiveFrom: 'desc' }, { version: 'desc' }], take: VERSIONS_MAX });
      return rows.map(({ version, effectiveFrom, list }): PriceList => {
        const { visitFee, lines } = listSchema.parse(list);
        return { version, effectiveFrom: effectiveFrom.toISOString().slice(0, 10) as LocalDay, visitFeeYuan: visitFee, lines };
      });
    },

    add: ({ id, version, effectiveFrom, visitFeeYuan, lines }, change) =>
      inTransaction(pool, async (client) => {
        const list = JSON.stringify({ visitFee: visitFeeYuan, lines });
        if ((await client.query(ADD, [id, version, effectiveFrom, list])).rowCount === 1) {
          await writeAudit(client, change);
          return 'added';
        }
        const { rows } = await client.query<{ id: string }>('select id from price_version where version = $1', [version]);
        // Added by this very request before: its answer got lost, not its effect.
        return rows[0]?.id === id ? 'added' : 'version-taken';
      }),
  };
}

const ADD = 'insert into price_version (id, version, effective_from, list) values ($1, $2, $3::date, $4) on conflict do nothing';
