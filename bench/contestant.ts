/**
 * What is measured: a way to hold the same booking dialog with every turn durable before its reply counts. Each runs in a
 * process of its own, on a database of its own of one PostgreSQL.
 */

/** A customer's message. `id` is the channel's: the same message delivered twice has it twice. */
export type Said = { readonly customer: number; readonly id: string; readonly text: string };

export type Contestant = {
  /** What a customer says, in order; the booking ends with the last. */
  readonly script: (customer: number) => readonly string[];
  /** What a customer says as turn `turn` (from 0) who goes on correcting themselves, so that the dialog doesn't end. */
  readonly longScript: (customer: number, turn: number) => string;
  /** Makes customers known before anything is measured. */
  readonly prepare: (customers: readonly number[]) => Promise<void>;
  /** Resolves with the reply once the turn is durable; empty when the message was known and there is nothing to say. */
  readonly take: (said: Said) => Promise<string>;
  /** Resolves when nothing is owed any more, such as noting down that a reply was delivered. It is counted as work. */
  readonly settle: () => Promise<void>;
  /** Tickets written so far. */
  readonly tickets: () => Promise<number>;
  /** Tickets of these customers that hold what they said. */
  readonly ticketsAsSaid: (customers: readonly number[]) => Promise<number>;
  /** Tables that hold conversations, their dialogs and what was said: their bytes, indexes included, are counted. */
  readonly tables: readonly string[];
  readonly close: () => Promise<void>;
};

/** Opens it on a database of its own, empty or left by an earlier opening. Every contestant's module exports one as `open`. */
export type OpenContestant = (databaseUrl: string) => Promise<Contestant>;

/** Connections of every contestant's pool. */
export const CONNECTIONS = 10;
