/** What the store holds after the run, against what customers hold: every message once, every ticket that was promised. */
import type { ReadRows } from '../../test/support/store-rows.ts';
import type { Totals } from './crowd.ts';

export type Before = { readonly said: number };

const SAID = "select count(*)::int as said from message where direction = 'in' and sender = 'customer'";
const WAITING = `
select (select count(*)::int from message where direction = 'in' and applied_revision is null) as unturned,
  (select count(*)::int from message where direction = 'out' and delivery = 'pending') as unsent`;
const TICKETS = "select number from ticket where kind = 'repair' and status = 'scheduled' and number = any($1)";

export async function before(rows: ReadRows): Promise<Before> {
  const [row] = await rows<{ said: number }>(SAID);
  return { said: row?.said ?? 0 };
}

/** What is wrong, one sentence each; none: nothing is. */
export async function faultsIn(rows: ReadRows, { said }: Before, totals: Readonly<Totals>): Promise<readonly string[]> {
  const [kept] = await rows<{ said: number }>(SAID);
  const [waiting] = await rows<{ unturned: number; unsent: number }>(WAITING);
  const held = await rows<{ number: string }>(TICKETS, [totals.tickets]);
  const rowsKept = (kept?.said ?? 0) - said;
  const missing = totals.tickets.length - held.length;
  const checks: readonly (readonly [number, string])[] = [
    [Math.max(0, totals.taken - rowsKept), 'messages the desk said yes to are not in the store'],
    [Math.max(0, rowsKept - totals.taken - totals.unknown), 'messages are in the store more than once'],
    [waiting?.unturned ?? 0, 'messages in the store have no turn'],
    [waiting?.unsent ?? 0, 'answers in the store were not sent'],
    [missing, 'tickets a customer was told of are not in the store'],
    [totals.tickets.length - new Set(totals.tickets).size, 'ticket numbers were told to two customers'],
    [totals.lost, 'turns had no answer'],
    [totals.doubled, 'answers came twice'],
  ];
  return checks.filter(([count]) => count > 0).map(([count, what]) => `${count} ${what}`);
}
