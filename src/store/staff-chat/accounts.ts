/** Who of the staff somebody in their own chat is. */
import type { StaffAccounts } from '../../desk/staff-chat.ts';
import type { StaffMember } from '../../desk/staff-member.ts';
import type { Identifier } from '../../domain/identifier.ts';
import { instantOf } from '../../domain/instant.ts';
import type { StaffRole } from '../../domain/ticket.ts';
import { inTransaction, query, timestamp } from '../connection.ts';
import { writeAudit } from '../desk/desk-connection.ts';
import type { Store } from '../open-store.ts';

type AccountRow = {
  readonly id: Identifier | null;
  readonly name: string | null;
  readonly role: StaffRole | null;
  readonly looked_at: Date;
};

/** Accounts of one chat over the store. */
export function staffAccountsOn({ pool }: Pick<Store, 'pool'>, channel: string): StaffAccounts {
  const find: StaffAccounts['find'] = async (externalId) => {
    const [row] = await query<AccountRow>(pool, FIND, [channel, externalId]);
    return row === undefined ? null : { member: memberOf(row), lookedAt: instantOf(row.looked_at.getTime()) };
  };
  return {
    find,
    externalIdOf: async (staffId) => {
      const [row] = await query<{ external_id: string }>(pool, EXTERNAL_ID, [channel, staffId]);
      return row?.external_id ?? null;
    },
    linkByEmail: async (externalId, email, foundBy, at) => {
      await query(pool, LINK, [channel, externalId, email?.toLowerCase() ?? null, foundBy, timestamp(at)]);
      return (await find(externalId))?.member ?? null;
    },

    linkByCommand: async (externalId, email, change) => {
      const isLinked = await inTransaction(pool, async (client) => {
        const { rowCount } = await client.query(LINK_BY_COMMAND, [channel, externalId, email.toLowerCase(), timestamp(change.at)]);
        if (rowCount === 1) await writeAudit(client, change);
        return rowCount === 1;
      });
      return isLinked ? ((await find(externalId))?.member ?? null) : null;
    },
  };
}

function memberOf({ id, name, role }: AccountRow): StaffMember | null {
  return id === null || name === null || role === null ? null : { id, name, role };
}

const FIND = {
  name: 'staff-account-find',
  text: `
select s.id, s.name, s.role, a.looked_at from staff_account a left join staff s on s.id = a.staff_id
where a.channel = $1 and a.external_id = $2`,
};

const EXTERNAL_ID = {
  name: 'staff-account-external-id',
  text: 'select external_id from staff_account where channel = $1 and staff_id = $2 order by looked_at desc limit 1',
};

/** Somebody a person has named stays who they are, whatever their e-mail says. */
const LINK = {
  name: 'staff-account-link',
  text: `
insert into staff_account (channel, external_id, staff_id, found_by, looked_at)
values ($1, $2, (select id from staff where email = $3), $4, $5::timestamptz)
on conflict (channel, external_id) do update set
  staff_id = excluded.staff_id, found_by = excluded.found_by, looked_at = excluded.looked_at
where staff_account.found_by = 'email' or staff_account.staff_id is null or excluded.found_by <> 'email'`,
};

const LINK_BY_COMMAND = `
insert into staff_account (channel, external_id, staff_id, found_by, looked_at)
select $1, $2, id, 'command', $4::timestamptz from staff where email = $3
on conflict (channel, external_id) do update set
  staff_id = excluded.staff_id, found_by = excluded.found_by, looked_at = excluded.looked_at`;
