/** What a member of staff has before them, one statement: codes and instants of rows, nothing sealed is read. */
import type { Board, BoardHandoff, BoardList, BoardTicket, ReadBoard } from '../../desk/board.ts';
import { type Instant, instantOf } from '../../domain/instant.ts';
import { query, timestamp } from '../connection.ts';
import type { Store } from '../open-store.ts';

/** The reading over the store. */
export function boardOn({ pool }: Pick<Store, 'pool'>): ReadBoard {
  return async ({ staffId, now, max }) => {
    const [row] = await query<Row>(pool, BOARD, [staffId, timestamp(now), max]);
    if (row === undefined) throw new Error('invariant: the board is one row');
    return {
      mine: { handoffs: listOf(row.claimed, handoffOf), tickets: listOf(row.assigned, ticketOf) },
      unclaimed: { handoffs: listOf(row.queued, handoffOf), tickets: listOf(row.unassigned, ticketOf) },
      overdue: listOf(row.overdue, ticketOf),
    } satisfies Board;
  };
}

/** JSON writes an instant as epoch milliseconds here. */
type TicketJson = Omit<BoardTicket, 'dueAt'> & { readonly dueAt: number | null };
type HandoffJson = Omit<BoardHandoff, 'waitingSince' | 'claimedAt'> & { readonly waitingSince: number; readonly claimedAt: number | null };

type Row = {
  readonly claimed: BoardList<HandoffJson>;
  readonly queued: BoardList<HandoffJson>;
  readonly assigned: BoardList<TicketJson>;
  readonly unassigned: BoardList<TicketJson>;
  readonly overdue: BoardList<TicketJson>;
};

function listOf<From, To>({ total, items }: BoardList<From>, read: (item: From) => To): BoardList<To> {
  return { total, items: items.map(read) };
}

function ticketOf(ticket: TicketJson): BoardTicket {
  return { ...ticket, dueAt: orNull(ticket.dueAt) };
}

function handoffOf(handoff: HandoffJson): BoardHandoff {
  return { ...handoff, waitingSince: instantOf(handoff.waitingSince), claimedAt: orNull(handoff.claimedAt) };
}

function orNull(epochMilliseconds: number | null): Instant | null {
  return epochMilliseconds === null ? null : instantOf(epochMilliseconds);
}

const epoch = (column: string) => `(extract(epoch from ${column}) * 1000)::float8`;

const tickets = (where: string) => `
(select json_build_object('total', coalesce(max(total), 0), 'items', coalesce(json_agg(json_build_object(
   'number', number, 'kind', kind, 'status', status, 'priority', priority, 'appliance', appliance, 'faultCodes', fault_codes,
   'dueAt', ${epoch('due_at')}, 'overdue', overdue) order by place), '[]'::json))
 from (select live.*, count(*) over ()::int as total,
         row_number() over (order by array_position(array['urgent', 'high', 'normal', 'low'], priority), due_at nulls last, id) as place
       from live where ${where} order by place limit $3) t)`;

const handoffs = (where: string) => `
(select json_build_object('total', coalesce(max(total), 0), 'items', coalesce(json_agg(json_build_object(
   'id', id, 'reason', reason, 'waitingSince', ${epoch('waiting_since')}, 'claimedAt', ${epoch('claimed_at')},
   'ticket', number) order by place), '[]'::json))
 from (select h.id, h.reason, h.waiting_since, h.claimed_at, t.number, count(*) over ()::int as total,
         row_number() over (order by h.waiting_since, h.id) as place
       from handoff h left join ticket t on t.id = h.ticket_id where ${where} order by place limit $3) w)`;

/** While we wait for the customer nothing of ours is late. */
const BOARD = {
  name: 'staff-board',
  text: `
with live as (
  select ticket.*, exists (select from sla_clock c where c.ticket_id = ticket.id and c.status = 'missed' and c.ended_at is null) as overdue
  from ticket where status in ('open', 'scheduled', 'in-progress', 'waiting-customer'))
select
  ${handoffs("h.status = 'claimed' and h.owner_id = $1::uuid")} as claimed,
  ${handoffs("h.status = 'queued'")} as queued,
  ${tickets('assignee_id = $1::uuid')} as assigned,
  ${tickets("assignee_id is null and status = 'open'")} as unassigned,
  ${tickets("overdue or (due_at < $2::timestamptz and status <> 'waiting-customer')")} as overdue`,
};
