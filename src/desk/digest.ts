/** The figures of the desk's morning (S2-042): what came and went the day before, and what there is to do. */
import type { Instant } from '../domain/instant.ts';
import type { TicketStatus } from '../domain/ticket.ts';

/** Tickets that are not over. */
export const LIVE_STATUSES = ['open', 'scheduled', 'in-progress', 'waiting-customer'] as const satisfies readonly TicketStatus[];
export type LiveStatus = (typeof LIVE_STATUSES)[number];

export type DigestFigures = {
  /** Tickets of the day before, by when they were opened and when they were last resolved. */
  readonly opened: number;
  readonly resolved: number;
  readonly live: Readonly<Record<LiveStatus, number>>;
  readonly overdue: number;
  /** Visits that are booked for today, however many tickets each is for. */
  readonly visits: number;
  readonly handoffsWaiting: number;
  readonly complaintsOpen: number;
  /** Scores given the day before, mean of 1 to 5; null when nobody gave one. */
  readonly csat: { readonly mean: number; readonly count: number } | null;
};

/** `[yesterday, today)` is the day before, `[today, tomorrow)` this one. */
export type ReadDigest = (days: {
  readonly yesterday: Instant;
  readonly today: Instant;
  readonly tomorrow: Instant;
  readonly now: Instant;
}) => Promise<DigestFigures>;
