/** The people of the desk. A token is shown once, when its owner is made; only its hash is kept. */
import { createHash } from 'node:crypto';
import type { Identifier } from '../domain/identifier.ts';
import type { Instant } from '../domain/instant.ts';
import type { StaffRole } from '../domain/ticket.ts';
import { type Change, changeBy } from './change.ts';
import { type Forbidden, refusal, type StaffMember } from './staff-member.ts';

/** The member every installation starts with is nobody in particular. */
export const ADMINISTRATOR_NAME = '管理员';

export type StaffRow = StaffMember & { readonly email: string; readonly createdAt: Instant };

/** Who a token belongs to, with the hash on record for a comparison in constant time. */
export type StaffByToken = { readonly member: StaffMember; readonly tokenHash: Uint8Array };

export type StaffStore = {
  /** Oldest first, at most 1,000. */
  readonly list: () => Promise<readonly StaffRow[]>;
  readonly byTokenHash: (tokenHash: Uint8Array) => Promise<StaffByToken | null>;
  /** `email-taken` when somebody else has it; once per id. */
  readonly add: (staff: StaffRow & { readonly tokenHash: Uint8Array }, change: Change) => Promise<'added' | 'email-taken'>;
};

export type NewStaff = { readonly name: string; readonly email: string; readonly role: StaffRole };

export type StaffDesk = {
  readonly list: (member: StaffMember) => Promise<{ readonly kind: 'listed'; readonly items: readonly StaffRow[] } | Forbidden>;
  readonly add: (
    member: StaffMember,
    wanted: NewStaff & { readonly id: Identifier },
  ) => Promise<{ readonly kind: 'added'; readonly id: Identifier; readonly token: string } | { readonly kind: 'email-taken' } | Forbidden>;
  readonly byToken: (tokenHash: Uint8Array) => Promise<StaffByToken | null>;
};

/** SHA-256 of a bearer token: a token is 32 random bytes, so a plain hash can't be guessed back. */
export function hashToken(token: string): Uint8Array {
  return createHash('sha256').update(token, 'utf8').digest();
}

/** Reading and making staff. `makeToken` gives a fresh secret of at least 32 random bytes as text. */
export function staffDesk(needs: { readonly staff: StaffStore; readonly makeToken: () => string; readonly now: () => Instant }): StaffDesk {
  return {
    list: async (member) => refusal(member, 'desk.read') ?? { kind: 'listed', items: await needs.staff.list() },

    add: async (member, { id, name, email, role }) => {
      const no = refusal(member, 'staff.manage');
      if (no) return no;
      const at = needs.now();
      const token = needs.makeToken();
      const row = { id, name, email: email.toLowerCase(), role, createdAt: at, tokenHash: hashToken(token) };
      const done = await needs.staff.add(row, changeBy(member, at, 'staff.add', `staff:${id}`, { role }));
      return done === 'added' ? { kind: 'added', id, token } : { kind: done };
    },

    byToken: needs.staff.byTokenHash,
  };
}
