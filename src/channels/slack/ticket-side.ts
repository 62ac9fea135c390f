/** What the parts of Slack that work on tickets get beyond every part: the board of a member, and who may be linked to whom. */
import type { BoardDesk } from '../../desk/board.ts';
import type { OnceKeys } from '../../desk/once.ts';
import type { StaffMember } from '../../desk/staff-member.ts';
import type { Identifier } from '../../domain/identifier.ts';
import type { StaffSide } from './needs.ts';

export type TicketSide = StaffSide & {
  readonly board: BoardDesk;
  /** Answers that are given once. */
  readonly once: OnceKeys;
  /** Whose chat a handoff is of; null: no such handoff. */
  readonly customerWaiting: (handoffId: Identifier) => Promise<Identifier | null>;
  /** A Slack user is the member with this e-mail from now on, on record as a change by `by`; null: nobody has it. */
  readonly linkStaff: (by: StaffMember, userId: string, email: string) => Promise<StaffMember | null>;
};
