/** A handoff as a change finds it, locked: who holds it now, and why that may be a no. */
import type pg from 'pg';
import type { HandoffStatus, NotYours } from '../../desk/handoff.ts';
import type { StaffName } from '../../desk/staff-member.ts';
import type { Identifier } from '../../domain/identifier.ts';

type LockedHandoff = {
  readonly conversationId: Identifier;
  readonly ticketId: Identifier | null;
  readonly status: HandoffStatus;
  readonly owner: StaffName | null;
};

/** Locks the conversation, then the handoff in it, as a bot turn does; null when there is no such handoff. */
export async function lockHandoff(client: pg.PoolClient, handoffId: Identifier): Promise<LockedHandoff | null> {
  await client.query('select from conversation where id = (select conversation_id from handoff where id = $1) for no key update', [
    handoffId,
  ]);
  const { rows } = await client.query<{
    conversation_id: Identifier;
    ticket_id: Identifier | null;
    status: HandoffStatus;
    owner_id: Identifier | null;
    owner_name: string | null;
  }>(LOCKED, [handoffId]);
  const [row] = rows;
  if (!row) return null;
  const owner = row.owner_id === null || row.owner_name === null ? null : { id: row.owner_id, name: row.owner_name };
  return { conversationId: row.conversation_id, ticketId: row.ticket_id, status: row.status, owner };
}

/** Null when the handoff is claimed, by `owner` if one is named. */
export function whyNot(found: LockedHandoff | null, owner: Identifier | null): NotYours | null {
  if (found === null) return { kind: 'no-such-handoff' };
  if (found.status !== 'claimed') return { kind: 'not-claimed', status: found.status };
  return owner === null || found.owner === null || found.owner.id === owner ? null : { kind: 'claimed-by-another', owner: found.owner };
}

/** Read after the conversation is locked, so what another transaction did to the handoff is seen. */
const LOCKED = `
select h.conversation_id, h.ticket_id, h.status, s.id as owner_id, s.name as owner_name
from handoff h left join staff s on s.id = h.owner_id where h.id = $1 for no key update of h`;
