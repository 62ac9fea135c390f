/**
 * The customers on record: sorted by tag and city, found by number, phone or serial, masked. The one unmasked answer of
 * the desk is `reveal`, and it is on record before it is given.
 */
import type { Appliance } from '../domain/appliance.ts';
import type { FullAddress, PhoneNumber } from '../domain/contact.ts';
import type { Identifier } from '../domain/identifier.ts';
import type { Instant, LocalDay } from '../domain/instant.ts';
import { type Change, changeBy } from './change.ts';
import { type KnownFacts, maskOf } from './known-facts.ts';
import { maskedName, maskedPhone } from './masked.ts';
import { type AskedSearch, type ReadIdentity, searchOf } from './search.ts';
import { type Part, type Slice, sliceOf } from './slice.ts';
import { type Forbidden, refusal, type StaffMember } from './staff-member.ts';

export const TAGS_MAX = 10;

export type Product = {
  readonly appliance: Appliance;
  readonly brand: string;
  readonly model: string;
  /** Null when nobody knows. */
  readonly purchasedOn: LocalDay | null;
};

/** What the register holds of a customer beside who they are. */
type Classified = {
  readonly id: Identifier;
  /** Codes such as `elderly`. */
  readonly tags: readonly string[];
  readonly city: string | null;
  readonly district: string | null;
  /** How many there are. */
  readonly tickets: number;
  readonly products: readonly Product[];
  readonly since: Instant;
};

/** As stored, readable: it leaves the desk only masked. */
export type CustomerRow = Classified & { readonly name: string | null; readonly phone: PhoneNumber | null };
export type CustomerRecord = CustomerRow & { readonly ticketNumbers: readonly string[] };

/** Name and phone masked (S2-024). */
export type CustomerSummary = Classified & { readonly name: string | null; readonly phone: string | null };
/** Newest ticket first, at most 100. */
export type Customer = CustomerSummary & { readonly ticketNumbers: readonly string[] };

/** Everything we have to reach somebody by, readable. */
export type Revealed = {
  readonly id: Identifier;
  readonly name: string | null;
  readonly phone: PhoneNumber | null;
  /** Newest first. */
  readonly addresses: readonly FullAddress[];
  /** What was said for a ticket, where it differs or somebody else is at home; newest first, at most 20. */
  readonly tickets: readonly {
    readonly number: string;
    readonly name: string | null;
    readonly phone: string | null;
    readonly contact: { readonly who: string; readonly phone: string | null } | null;
  }[];
};

type CustomerFilter = { readonly tag: string | null; readonly city: string | null };

export type CustomerStore = {
  /** Newest first, those left out of whom nothing is known; at most `limit` after the cursor (`since`, id). */
  readonly list: (wanted: Part & CustomerFilter & { readonly search: AskedSearch | null }) => Promise<readonly CustomerRow[]>;
  readonly read: (customerId: Identifier) => Promise<CustomerRecord | null>;
  /** The whole list of tags; the same list again changes nothing and is no change of the audit. False: no such customer. */
  readonly tag: (customerId: Identifier, tags: readonly string[], change: Change) => Promise<boolean>;
  /**
   * Reads and writes the audit in one transaction: when the audit can't be written, it throws and nothing is given.
   * `changeFor` is told what is known, so that the reason says none of it.
   */
  readonly reveal: (customerId: Identifier, changeFor: (known: KnownFacts) => Change) => Promise<Revealed | null>;
};

type NoSuchCustomer = { readonly kind: 'no-such-customer' };

export type CustomerDesk = {
  /** `q` is a full phone, a serial or a ticket number (S2-025). */
  readonly list: (
    member: StaffMember,
    wanted: Part & CustomerFilter & { readonly q: string | null },
  ) => Promise<{ readonly kind: 'listed'; readonly slice: Slice<CustomerSummary> } | Forbidden>;
  readonly read: (
    member: StaffMember,
    customerId: Identifier,
  ) => Promise<{ readonly kind: 'found'; readonly customer: Customer } | NoSuchCustomer | Forbidden>;
  readonly tag: (
    member: StaffMember,
    customerId: Identifier,
    tags: readonly string[],
  ) => Promise<{ readonly kind: 'tagged'; readonly customer: Customer } | NoSuchCustomer | Forbidden>;
  readonly reveal: (
    member: StaffMember,
    customerId: Identifier,
    /** A replay has the Idempotency-Key of one that was done; the audit says so. */
    asked: { readonly reason: string; readonly isReplay: boolean },
  ) => Promise<
    | { readonly kind: 'revealed'; readonly revealed: Revealed }
    /** A reason is 3 to 500 characters of words. */
    | { readonly kind: 'reason-refused' }
    | NoSuchCustomer
    | Forbidden
  >;
};

const NO_SUCH = { kind: 'no-such-customer' } as const;

/** The register of customers (S2-025) and the reveal (S2-024). */
export function customerDesk(needs: {
  readonly customers: CustomerStore;
  readonly read: ReadIdentity;
  readonly now: () => Instant;
}): CustomerDesk {
  const { customers, now } = needs;
  return {
    list: async (member, { q, ...wanted }) => {
      const no = refusal(member, 'desk.read');
      if (no) return no;
      const search = q === null ? null : searchOf(q, needs.read);
      if (search?.by === 'nothing') return { kind: 'listed', slice: { items: [], next: null } };
      const rows = await customers.list({ ...wanted, search, limit: wanted.limit + 1 });
      return { kind: 'listed', slice: sliceOf(rows, wanted.limit, (row) => ({ at: row.since, id: row.id }), masked) };
    },

    read: async (member, customerId) => {
      const no = refusal(member, 'desk.read');
      if (no) return no;
      const record = await customers.read(customerId);
      return record === null ? NO_SUCH : { kind: 'found', customer: masked(record) };
    },

    tag: async (member, customerId, wanted) => {
      const no = refusal(member, 'desk.act');
      if (no) return no;
      const tags = [...new Set(wanted)];
      const isThere = await customers.tag(customerId, tags, changeBy(member, now(), 'customer.tag', `customer:${customerId}`, { tags }));
      const record = isThere ? await customers.read(customerId) : null;
      return record === null ? NO_SUCH : { kind: 'tagged', customer: masked(record) };
    },

    reveal: async (member, customerId, asked) => {
      const no = refusal(member, 'customers.reveal');
      if (no) return no;
      const reason = readReason(asked.reason);
      if (reason === null) return { kind: 'reason-refused' };
      const revealed = await customers.reveal(customerId, (known) =>
        changeBy(member, now(), 'customer.reveal', `customer:${customerId}`, {
          reason: maskOf(known)(reason),
          ...(asked.isReplay ? { replayed: true } : {}),
        }),
      );
      return revealed === null ? NO_SUCH : { kind: 'revealed', revealed };
    },
  };
}

const REASON_CHARACTERS_MIN = 3;
const REASON_CHARACTERS_MAX = 500;

/** Words, not strokes: as many letters or digits as a reason has at least, and a letter among them. */
function readReason(typed: string): string | null {
  const reason = typed.replaceAll('\u0000', '').trim();
  const said = reason.match(/[\p{L}\p{N}]/gu)?.length ?? 0;
  const isWords = said >= REASON_CHARACTERS_MIN && /\p{L}/u.test(reason);
  return isWords && [...reason].length <= REASON_CHARACTERS_MAX ? reason : null;
}

function masked<Row extends CustomerRow>(row: Row): Omit<Row, 'name' | 'phone'> & CustomerSummary {
  return { ...row, name: maskedName(row.name), phone: maskedPhone(row.phone) };
}
