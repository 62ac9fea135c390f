/** Visits that were promised: who goes when, for which tickets. Holds, which nobody was promised, are not among them. */
import type { Identifier } from '../domain/identifier.ts';
import type { Instant } from '../domain/instant.ts';
import type { Part, Slice } from './slice.ts';
import { sliceOf } from './slice.ts';
import { type Forbidden, refusal, type StaffMember } from './staff-member.ts';
import type { TicketAppointment } from './tickets.ts';

/** `ticket` is the first ticket's number, `tickets` all of the same visit. */
export type Appointment = TicketAppointment & { readonly ticket: string; readonly tickets: readonly string[] };

/** Windows that start in `[from, to)`; null is open. */
export type AppointmentFilter = { readonly from: Instant | null; readonly to: Instant | null; readonly engineer: Identifier | null };

/** Earliest window first; at most `limit` after the cursor (window start, id). */
export type ListAppointments = (wanted: Part & AppointmentFilter) => Promise<readonly Appointment[]>;

export type AppointmentDesk = {
  readonly list: (
    member: StaffMember,
    wanted: Part & AppointmentFilter,
  ) => Promise<{ readonly kind: 'listed'; readonly slice: Slice<Appointment> } | Forbidden>;
};

/** Reading visits. */
export function appointmentDesk(needs: { readonly appointments: ListAppointments }): AppointmentDesk {
  return {
    list: async (member, wanted) => {
      const no = refusal(member, 'visits.read');
      if (no) return no;
      const rows = await needs.appointments({ ...wanted, limit: wanted.limit + 1 });
      return {
        kind: 'listed',
        slice: sliceOf(
          rows,
          wanted.limit,
          (row) => ({ at: row.window.from, id: row.id }),
          (row) => row,
        ),
      };
    },
  };
}
