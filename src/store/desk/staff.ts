/** Staff rows, found by the hash of their token, and the administrator every installation starts with. */

import type { StaffRow, StaffStore } from '../../desk/staff.ts';
import type { StaffName } from '../../desk/staff-member.ts';
import type { Identifier } from '../../domain/identifier.ts';
import type { Instant } from '../../domain/instant.ts';
import { STAFF_ROLES } from '../../domain/ticket.ts';
import { codeOf, inTransaction, PASSING, retrying, timestamp, UNIQUE_VIOLATION } from '../connection.ts';
import type { PrismaClient, Staff } from '../generated/client.ts';
import type { Store } from '../open-store.ts';
import { type DeskConnection, identifierOf, instantIn, wordOf, writeAudit } from './desk-connection.ts';

const STAFF_MAX = 1_000;

/** Staff over the store. */
export function staffStore({ prisma, pool }: DeskConnection): StaffStore {
  return {
    list: async () => (await prisma.staff.findMany({ orderBy: [{ createdAt: 'asc' }, { id: 'asc' }], take: STAFF_MAX })).map(staffOf),

    byTokenHash: async (tokenHash) => {
      const row = await prisma.staff.findUnique({ where: { tokenHash: Uint8Array.from(tokenHash) } });
      if (row === null) return null;
      const { id, name, role } = staffOf(row);
      return { member: { id, name, role }, tokenHash: row.tokenHash };
    },

    add: (staff, change) =>
      inTransaction(pool, async (client) => {
        await client.query(ADD, [staff.id, staff.name, staff.email, staff.role, Buffer.from(staff.tokenHash), timestamp(staff.createdAt)]);
        await writeAudit(client, change);
        return 'added' as const;
      }).catch((error: unknown) => {
        if (codeOf(error) === UNIQUE_VIOLATION) return 'email-taken' as const;
        throw error;
      }),
  };
}

/**
 * Makes the bootstrap administrator, or gives the one there is today's token (`STAFF_TOKEN`). It is a row like any other,
 * so that what it does is on record under its name.
 */
export async function admitAdministrator(
  { pool }: Pick<Store, 'pool'>,
  administrator: { readonly id: Identifier; readonly name: string; readonly tokenHash: Uint8Array; readonly at: Instant },
): Promise<void> {
  const { id, name, tokenHash, at } = administrator;
  await retrying([...PASSING, UNIQUE_VIOLATION], () =>
    pool.query(ADMIT, [id, name, ADMINISTRATOR_EMAIL, Buffer.from(tokenHash), timestamp(at)]),
  );
}

/** Looks up who is meant by ids that may be empty. */
export async function staffNames(prisma: PrismaClient, ids: readonly (string | null)[]): Promise<(id: string | null) => StaffName | null> {
  const wanted = [...new Set(ids.filter((it) => it !== null))];
  const rows = wanted.length === 0 ? [] : await prisma.staff.findMany({ where: { id: { in: wanted } }, select: { id: true, name: true } });
  const byId = new Map(rows.map((it) => [it.id, { id: identifierOf(it.id), name: it.name }]));
  return (id) => (id === null ? null : (byId.get(id) ?? null));
}

function staffOf(row: Staff): StaffRow {
  return {
    id: identifierOf(row.id),
    name: row.name,
    email: row.email,
    role: wordOf(STAFF_ROLES, row.role),
    createdAt: instantIn(row.createdAt),
  };
}

/** No mailbox: the address only tells the row apart. */
const ADMINISTRATOR_EMAIL = 'administrator@localhost';

/** The same id again is the same request again: its token was never received, so it gets a new one. */
const ADD = `
insert into staff (id, name, email, role, token_hash, created_at) values ($1, $2, $3, $4, $5, $6)
on conflict (id) do update set token_hash = excluded.token_hash`;

const ADMIT = `
insert into staff (id, name, email, role, token_hash, created_at) values ($1, $2, $3, 'admin', $4, $5)
on conflict (email) do update set token_hash = excluded.token_hash, role = 'admin'`;
