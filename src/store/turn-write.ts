/**
 * The one guarded write of a turn, for many conversations at once, in one statement:
 *
 *   held      the conversation rows that still have the revision that was read, locked in id order
 *   reserved  appointments that could be inserted or confirmed, in engineer order
 *   complete  held turns whose reservation, if they want one, succeeded: everything else is written from these
 *
 * A turn that lost its revision or its window is in none of the later parts and has written nothing. When the statement
 * fails (a broken reference, a lost server) no turn of the list was written; the caller may try them one by one.
 */
import type pg from 'pg';
import type { Transact, TurnOutcome, TurnWrite } from '../turn/ports.ts';
import { changeLink, isLinking, type Linking } from './account-link.ts';
import { type Connection, EXCLUSION_VIOLATION, jsonParameter, once, PASSING, query, retrying, timestamp } from './connection.ts';
import { isCounted, withItsNumber } from './counted-number.ts';
import { grouped } from './group.ts';
import { turnsParameter, wantsRecord } from './turn-write-rows.ts';
import { statementFor } from './turn-write-sql.ts';

/** How long the committing process keeps its own messages before the sweep may take them. */
const OWN_DELIVERY_MILLISECONDS = 5_000;

export const TURNS_MAX = 256;

/** A turn by itself goes with those that wait just then; a list is written as the caller made it. */
export function transactOn(connection: Connection): Transact {
  const together = writeListOn(connection);
  const write = grouped({
    together,
    keysOf: rowsOf,
    isAlone: (it) => isCounted(it) || isLinking(it) || isRebooking(it),
  });
  return async (turns) => {
    const [only] = turns;
    return only !== undefined && turns.length === 1 ? [await write(only)] : await together(turns);
  };
}

/**
 * What a turn changes that another conversation's turn may change too, as where one customer has two accounts: one statement
 * changes a row once, so these never go in one.
 */
function rowsOf({ conversationId, customerId, calledOff, ticketChanges, statements, surveys }: TurnWrite): readonly string[] {
  const shared = [...ticketChanges.map((it) => it.ticketId), ...statements.map((it) => it.ticketId), ...surveys.map((it) => it.surveyId)];
  return [...new Set([conversationId, customerId, ...(calledOff === null ? [] : [calledOff]), ...shared])];
}

function writeListOn(connection: Connection): Transact {
  return async (turns) => {
    if (turns.length > TURNS_MAX) throw new Error(`invariant: at most ${TURNS_MAX} turns in a list`);
    if (new Set(turns.map((it) => it.conversationId)).size < turns.length) throw new Error('invariant: one turn a conversation in a list');
    await freeExpiredHolds(connection, turns);
    const together = turns.filter((it) => !isCounted(it) && !isLinking(it));
    const outcomes = new Map(
      await retrying(RETRIED, () =>
        together.some(isRebooking) ? writeUndoably(connection, together) : write(connection, connection.pool, together),
      ),
    );
    // Of the others the state that is written is not the one that came: it holds the number that was counted.
    for (const [turn, outcome] of outcomes) keepRecent(connection, turn, outcome);
    for (const turn of turns.filter(isCounted))
      outcomes.set(turn, await retrying(RETRIED, () => writeAlone(connection, (client) => withItsNumber(client, turn))));
    for (const turn of turns.filter(isLinking)) outcomes.set(turn, await retrying(RETRIED, () => writeLinking(connection, turn)));
    return turns.map((it) => outcomes.get(it) ?? { kind: 'revision-lost' });
  };
}

function keepRecent({ recent }: Connection, { conversationId, revision, state, applied }: TurnWrite, outcome: TurnOutcome): void {
  if (outcome.kind !== 'written') return;
  const [first] = outcome.outgoing;
  const answered = Math.max(...applied.map((id) => recent.messageOf(id)?.seq ?? Number.POSITIVE_INFINITY));
  // The answer stands right behind the last message it answers: nothing came between.
  const lastSeq = first !== undefined && first.seq === answered + 1 ? answered + outcome.outgoing.length : null;
  recent.keepState(conversationId, { revision: revision + 1, lastSeq, state: state ?? null });
  recent.forgetMessages(applied);
  recent.keepFound(conversationId, null);
}

const RETRIED = [...PASSING, EXCLUSION_VIOLATION];

type Outcomes = ReadonlyMap<TurnWrite, TurnOutcome>;

/** A turn that is not held has no row. */
type Row = { readonly n: number; readonly complete: boolean; readonly last_seq: number; readonly behind: boolean };

async function write({ seal, holder, now }: Connection, on: pg.Pool | pg.PoolClient, turns: readonly TurnWrite[]): Promise<Outcomes> {
  if (turns.length === 0) return new Map();
  const statement = statementFor({ reservation: turns.some(wantsAppointment), record: turns.some(wantsRecord) });
  const values = {
    turns: turnsParameter(turns, seal),
    turnsMax: TURNS_MAX,
    holder,
    holdMilliseconds: OWN_DELIVERY_MILLISECONDS,
    now: timestamp(now()),
  };
  const rows = await once<Row>(
    on,
    statement,
    statement.parameters.map((it) => values[it]),
  );
  const answers = new Map(rows.map((it) => [it.n, it]));
  return new Map(turns.map((it, index) => [it, outcomeOf(it, answers.get(index))]));
}

function outcomeOf(turn: TurnWrite, row: Row | undefined): TurnOutcome {
  if (!row) return { kind: 'revision-lost' };
  if (!row.complete) return { kind: 'window-taken' };
  return {
    kind: 'written',
    outgoing: turn.outgoing.map(({ id, sender, body, at }, index) => ({ id, sender, body, at, seq: row.last_seq + index + 1 })),
    behind: row.behind,
  };
}

function wantsAppointment(turn: TurnWrite): boolean {
  return turn.reservation !== null || turn.releasedHolds.length > 0 || turn.calledOff !== null;
}

/** Gives back a hold or a visit and takes a window, which may overlap: the old must go before it is known whether the new can be had. */
function isRebooking(turn: TurnWrite): boolean {
  return turn.reservation !== null && (turn.releasedHolds.length > 0 || turn.calledOff !== null);
}

/**
 * Writes the list in a transaction. When a rebooking lost its window, all is undone, and the others are written without
 * it: rare enough to be worth doing twice.
 */
async function writeUndoably(connection: Connection, turns: readonly TurnWrite[]): Promise<Outcomes> {
  const outcomes = await writeUnlessLost(connection, turns);
  const losers = turns.filter((it) => hasLost(it, outcomes));
  if (losers.length === 0) return outcomes;
  const others = turns.filter((it) => !losers.includes(it));
  return new Map([...(await writeUndoably(connection, others)), ...losers.map((it) => [it, { kind: 'window-taken' }] as const)]);
}

function hasLost(turn: TurnWrite, outcomes: Outcomes): boolean {
  return isRebooking(turn) && outcomes.get(turn)?.kind === 'window-taken';
}

/** Two accounts become one customer's in the write of the turn that says so. */
function writeLinking(connection: Connection, turn: Linking): Promise<TurnOutcome> {
  return writeAlone(connection, async (client) => ((await changeLink(client, connection.seal, turn)) ? turn : null));
}

/**
 * Alone in its transaction: what comes `before` waits for nobody else's rows, and what is not written leaves no gap. Null
 * when it finds the turn out of date.
 */
async function writeAlone(connection: Connection, before: (client: pg.PoolClient) => Promise<TurnWrite | null>): Promise<TurnOutcome> {
  const client = await connection.pool.connect();
  try {
    await client.query('begin');
    const turn = await before(client);
    const outcome = (turn === null ? null : (await write(connection, client, [turn])).get(turn)) ?? { kind: 'revision-lost' };
    await client.query(outcome.kind === 'written' ? 'commit' : 'rollback');
    client.release();
    return outcome;
  } catch (error) {
    client.release(true);
    throw error;
  }
}

async function writeUnlessLost(connection: Connection, turns: readonly TurnWrite[]): Promise<Outcomes> {
  const client = await connection.pool.connect();
  try {
    await client.query('begin');
    const outcomes = await write(connection, client, turns);
    await client.query(turns.some((it) => hasLost(it, outcomes)) ? 'rollback' : 'commit');
    client.release();
    return outcomes;
  } catch (error) {
    // The connection is given up, and with it whatever the transaction had done.
    client.release(true);
    throw error;
  }
}

/**
 * An expired hold is still a row the constraint counts. It is cancelled before the write, in a statement of its own: true
 * whether or not the turn then succeeds, and the write's snapshot must see it gone.
 */
async function freeExpiredHolds({ pool, now }: Connection, turns: readonly TurnWrite[]): Promise<void> {
  const wanted = turns.flatMap(({ reservation: it }) =>
    it === null || it.kind === 'confirm-hold'
      ? []
      : [{ engineer_id: it.engineerId, starts_at: timestamp(it.window.from), ends_at: timestamp(it.travelEndsAt) }],
  );
  if (wanted.length > 0) await query(pool, FREE_EXPIRED_HOLDS, [jsonParameter(wanted), timestamp(now())]);
}

const FREE_EXPIRED_HOLDS = {
  name: 'free-expired-holds',
  text: `
update appointment a set status = 'cancelled'
from json_to_recordset($1) as w (engineer_id uuid, starts_at timestamptz, ends_at timestamptz)
cross join lateral (
  select e.id from appointment e
  where e.engineer_id = w.engineer_id and tstzrange(e.starts_at, e.ends_at) && tstzrange(w.starts_at, w.ends_at)
    and e.status = 'held' and e.held_until <= $2::timestamptz
  offset 0
) expired
where a.id = expired.id and (a.status = 'held' and a.held_until <= $2::timestamptz) is true`,
};
