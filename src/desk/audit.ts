/** The audit as those read it who watch over the desk: who looked at or changed what, newest first. */
import type { Instant } from '../domain/instant.ts';
import type { PlainDetails } from '../turn/ports.ts';
import { type Slice, sliceOf } from './slice.ts';
import { type Forbidden, refusal, type StaffMember, type StaffName } from './staff-member.ts';

export type AuditEntry = {
  readonly at: Instant;
  /** Somebody of the staff by name, else what acted. */
  readonly actor: StaffName | string;
  readonly action: string;
  readonly subject: string;
  readonly details: PlainDetails;
};

/** The place of an entry: rows are only ever added, so it never moves. */
export type AuditPlace = { readonly at: Instant; readonly id: bigint };

/** Entries in `[from, to)`; null is open. `actor` is `staff:<id>` or what else acted. */
type AuditFilter = {
  readonly actor: string | null;
  readonly action: string | null;
  readonly subject: string | null;
  readonly from: Instant | null;
  readonly to: Instant | null;
};

type Wanted = AuditFilter & { readonly after: AuditPlace | null; readonly limit: number };

/** Newest first; at most `limit` after the place. */
export type ListAudit = (wanted: Wanted) => Promise<readonly (AuditEntry & { readonly id: bigint })[]>;

export type AuditDesk = {
  readonly list: (
    member: StaffMember,
    wanted: Wanted,
  ) => Promise<{ readonly kind: 'listed'; readonly slice: Slice<AuditEntry, AuditPlace> } | Forbidden>;
};

/** Reading the audit (S2-024). */
export function auditDesk(needs: { readonly audit: ListAudit }): AuditDesk {
  return {
    list: async (member, wanted) => {
      const no = refusal(member, 'audit.read');
      if (no) return no;
      const rows = await needs.audit({ ...wanted, limit: wanted.limit + 1 });
      return {
        kind: 'listed',
        slice: sliceOf(
          rows,
          wanted.limit,
          ({ at, id }) => ({ at, id }),
          ({ id: _id, ...entry }) => entry,
        ),
      };
    },
  };
}
