/**
 * Who acts at the desk, and what each role may do. Terms: a *deed* is a group of actions that are allowed together.
 */
import type { Identifier } from '../domain/identifier.ts';
import type { StaffRole } from '../domain/ticket.ts';

export type StaffMember = { readonly id: Identifier; readonly name: string; readonly role: StaffRole };

/** Somebody of the staff as other answers name them. */
export type StaffName = Pick<StaffMember, 'id' | 'name'>;

/** `visits.read` is what an engineer needs on the road; `desk.read` is everything else that is read. */
export type Deed =
  | 'visits.read'
  | 'desk.read'
  | 'desk.act'
  | 'complaints.answer'
  | 'pages.acknowledge'
  | 'customers.reveal'
  | 'audit.read'
  | 'prices.manage'
  | 'enquiry-answers.manage'
  | 'staff.manage';

const ALLOWED: Readonly<Record<Deed, readonly StaffRole[]>> = {
  'visits.read': ['agent', 'dispatcher', 'engineer', 'quality', 'admin'],
  'desk.read': ['agent', 'dispatcher', 'quality', 'admin'],
  'desk.act': ['agent', 'dispatcher', 'admin'],
  'complaints.answer': ['agent', 'dispatcher', 'quality', 'admin'],
  // An engineer sees the door of a visit on the way there; no engineer's account says yet which visits are theirs.
  /** Whoever is on call may say that they see to it. */
  'pages.acknowledge': ['agent', 'dispatcher', 'quality', 'admin'],
  'customers.reveal': ['agent', 'dispatcher', 'quality', 'admin'],
  'audit.read': ['quality', 'admin'],
  'prices.manage': ['admin'],
  'enquiry-answers.manage': ['quality', 'admin'],
  'staff.manage': ['admin'],
};

/** The "no" of every action: the role does not cover it. */
export type Forbidden = { readonly kind: 'forbidden'; readonly deed: Deed };

/** Null when the member may, else the refusal. */
export function refusal(member: StaffMember, deed: Deed): Forbidden | null {
  return ALLOWED[deed].includes(member.role) ? null : { kind: 'forbidden', deed };
}

/** How timelines and the audit name somebody of the staff. */
export function actorOf(member: StaffMember): string {
  return `staff:${member.id}`;
}
