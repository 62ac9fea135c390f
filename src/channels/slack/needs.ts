/** What every part of Slack works with: the desk, the platform's calls, who somebody is, and the words. */
import type { Desk } from '../../desk/desk.ts';
import type { StaffMember } from '../../desk/staff-member.ts';
import type { Identifier, MakeIdentifier } from '../../domain/identifier.ts';
import type { Instant } from '../../domain/instant.ts';
import type { Policy } from '../../domain/policy.ts';
import type { StaffWord } from '../../wording/staff/render.ts';
import type { CallSlack } from './api.ts';

/** Who of the staff a Slack user is; null: nobody we know. */
export type MemberOf = (userId: string) => Promise<StaffMember | null>;

export type StaffSide = {
  readonly desk: Desk;
  readonly call: CallSlack;
  readonly memberOf: MemberOf;
  /** Who of the staff is who in Slack, to mention them; null: not there. */
  readonly userIdOf: (staffId: Identifier) => Promise<string | null>;
  readonly word: StaffWord;
  readonly policy: Policy;
  readonly timeZone: string;
  readonly now: () => Instant;
  readonly makeIdentifier: MakeIdentifier;
  readonly log: (event: string, fields: Readonly<Record<string, string | number | boolean>>) => void;
  /** Looks at once for what has changed: cards are brought up to date, what waits is posted. */
  readonly soon: () => void;
};
