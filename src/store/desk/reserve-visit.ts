/** A visit that staff book: the database gives the window to the first of the engineers who is still free. */
import type pg from 'pg';
import type { PlannedVisit } from '../../desk/intake-visit.ts';
import type { Identifier } from '../../domain/identifier.ts';
import { timestamp } from '../connection.ts';

/** Thrown to undo the transaction when nobody is free any more; its caller answers for it. */
export class WindowTaken extends Error {}

/** The first engineer the constraint lets have the window. An expired hold is still a row it counts, so those go first. */
export async function reserveVisit(client: pg.PoolClient, visit: PlannedVisit): Promise<Identifier> {
  const { appointmentId, window, travelEndsAt, confirmedAt } = visit;
  const span = [timestamp(window.from), timestamp(window.to), timestamp(travelEndsAt)];
  for (const engineerId of visit.engineerIds) {
    await client.query(FREE_EXPIRED_HOLDS, [engineerId, span[0], span[2], timestamp(confirmedAt)]);
    const { rowCount } = await client.query(RESERVE, [appointmentId, engineerId, ...span, timestamp(confirmedAt)]);
    if (rowCount === 1) return engineerId;
  }
  throw new WindowTaken();
}

const FREE_EXPIRED_HOLDS = `
update appointment set status = 'cancelled'
where engineer_id = $1 and tstzrange(starts_at, ends_at) && tstzrange($2, $3) and status = 'held' and held_until <= $4`;

const RESERVE = `
insert into appointment (id, engineer_id, window_from, window_to, starts_at, ends_at, status, confirmed_at, created_at)
values ($1, $2, $3::timestamptz, $4, $3::timestamptz, $5, 'booked', $6::timestamptz, $6::timestamptz) on conflict do nothing`;
