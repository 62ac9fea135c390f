/** The audit row that goes with every change at the desk, written in the change's own transaction. */
import type { Instant } from '../domain/instant.ts';
import type { PlainDetails } from '../turn/ports.ts';
import { actorOf, type StaffMember } from './staff-member.ts';

export type Change = {
  readonly at: Instant;
  /** `staff:<id>` */
  readonly actor: string;
  /** Resource and verb, such as `handoff.claim`. */
  readonly action: string;
  /** Resource and id, such as `handoff:<id>` or `ticket:BX-20261120-0001`. */
  readonly subject: string;
  /** Codes, numbers and instants only, as in a ticket's timeline. */
  readonly details: PlainDetails;
};

/** What `member` changes now. */
export function changeBy(member: StaffMember, at: Instant, action: string, subject: string, details: PlainDetails = {}): Change {
  return { at, actor: actorOf(member), action, subject, details };
}
