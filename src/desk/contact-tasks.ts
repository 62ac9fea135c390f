/**
 * Contact tasks: somebody has to be phoned by a time, because no open channel reaches them. It is the customer, or the
 * engineer of a visit.
 */
import type { PhoneNumber } from '../domain/contact.ts';
import type { Identifier } from '../domain/identifier.ts';
import type { Instant } from '../domain/instant.ts';
import { type Change, changeBy } from './change.ts';
import { type KnownFacts, maskOf } from './known-facts.ts';
import { maskedName, maskedPhone } from './masked.ts';
import { type Part, type Slice, sliceOf } from './slice.ts';
import { type Forbidden, refusal, type StaffMember, type StaffName } from './staff-member.ts';
import type { MaskedCustomer } from './tickets.ts';

export const CONTACT_TASK_STATUSES = ['open', 'done'] as const;
export type ContactTaskStatus = (typeof CONTACT_TASK_STATUSES)[number];

export const WHOM = ['customer', 'engineer'] as const;
type Whom = (typeof WHOM)[number];

/** As stored, readable: it leaves the desk only masked. */
export type ContactTaskRow = {
  readonly id: Identifier;
  readonly ticket: string;
  readonly whom: Whom;
  /** Whose phone rings, when it is not the customer's. */
  readonly engineer: { readonly id: Identifier; readonly name: string } | null;
  readonly reason: string;
  readonly status: ContactTaskStatus;
  readonly dueAt: Instant;
  readonly doneAt: Instant | null;
  readonly doneBy: StaffName | null;
  /** What to tell them; null when the reason says it all. */
  readonly notice: string | null;
  readonly customerId: Identifier;
  readonly name: string | null;
  readonly phone: PhoneNumber | null;
  readonly known: KnownFacts;
};

/** Name, phone and notice masked (S2-024). */
export type ContactTask = Omit<ContactTaskRow, 'customerId' | 'name' | 'phone' | 'known'> & { readonly customer: MaskedCustomer };

export type ContactTaskStore = {
  /** Earliest due first; at most `limit` after the cursor (`dueAt`, id). */
  readonly list: (wanted: Part & { readonly status: ContactTaskStatus | null }) => Promise<readonly ContactTaskRow[]>;
  /** The task as it is afterwards; who did it first stays on it. Null when there is no such task. */
  readonly done: (taskId: Identifier, staffId: Identifier, change: Change) => Promise<ContactTaskRow | null>;
};

export type ContactTaskDesk = {
  readonly list: (
    member: StaffMember,
    wanted: Part & { readonly status: ContactTaskStatus | null },
  ) => Promise<{ readonly kind: 'listed'; readonly slice: Slice<ContactTask> } | Forbidden>;
  readonly done: (
    member: StaffMember,
    taskId: Identifier,
  ) => Promise<{ readonly kind: 'done'; readonly task: ContactTask } | { readonly kind: 'no-such-task' } | Forbidden>;
};

/** Reading contact tasks and ticking them off. */
export function contactTaskDesk(needs: { readonly contactTasks: ContactTaskStore; readonly now: () => Instant }): ContactTaskDesk {
  return {
    list: async (member, wanted) => {
      const no = refusal(member, 'desk.read');
      if (no) return no;
      const rows = await needs.contactTasks.list({ ...wanted, limit: wanted.limit + 1 });
      return { kind: 'listed', slice: sliceOf(rows, wanted.limit, (row) => ({ at: row.dueAt, id: row.id }), masked) };
    },

    done: async (member, taskId) => {
      const no = refusal(member, 'desk.act');
      if (no) return no;
      const row = await needs.contactTasks.done(
        taskId,
        member.id,
        changeBy(member, needs.now(), 'contact-task.done', `contact-task:${taskId}`),
      );
      return row === null ? { kind: 'no-such-task' } : { kind: 'done', task: masked(row) };
    },
  };
}

function masked({ customerId, name, phone, known, notice, ...task }: ContactTaskRow): ContactTask {
  return {
    ...task,
    notice: notice === null ? null : maskOf(known)(notice),
    customer: { id: customerId, name: maskedName(name), phone: maskedPhone(phone) },
  };
}
