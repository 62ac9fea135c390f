/** Whose chat a handoff is of: for who has a reason to know how to reach them. */
import type { Identifier } from '../../domain/identifier.ts';
import { query } from '../connection.ts';
import type { Store } from '../open-store.ts';

/** Null when there is no such handoff. */
export function waitingCustomerOn({ pool }: Pick<Store, 'pool'>): (handoffId: Identifier) => Promise<Identifier | null> {
  return async (handoffId) => {
    const [row] = await query<{ readonly customer_id: Identifier }>(pool, WAITING_CUSTOMER, [handoffId]);
    return row?.customer_id ?? null;
  };
}

const WAITING_CUSTOMER = {
  name: 'waiting-customer',
  text: `
select a.customer_id
from handoff h join conversation c on c.id = h.conversation_id join channel_account a on a.id = c.account_id
where h.id = $1::uuid`,
};
