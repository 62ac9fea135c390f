/** Who asks for a look-up, and what answering one takes. */
import type { Identifier, MakeIdentifier } from '../domain/identifier.ts';
import type { Instant } from '../domain/instant.ts';
import type { Policy } from '../domain/policy.ts';
import type { Readings } from './ports.ts';

/** Whose turn it is, and what an earlier try of the same turn has learnt. */
export type Asking = {
  readonly accountId: Identifier;
  readonly conversationId: Identifier;
  readonly customerId: Identifier;
  /** Tickets proved in this conversation a while ago. */
  readonly proved: readonly Identifier[];
  readonly now: Instant;
  /** The write found this turn's window or hold gone: a hold is not to be counted on again. */
  readonly windowLost: boolean;
};

export type LookUpNeeds = {
  readonly readings: Readings;
  readonly policy: Policy;
  readonly timeZone: string;
  readonly makeIdentifier: MakeIdentifier;
};
