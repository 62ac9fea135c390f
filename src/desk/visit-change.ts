/**
 * Staff book the visit of a ticket, or give it another window or engineer. Every ticket of the visit goes the same way, the
 * customer and the engineers hear of it, and the database decides who has a window that two want (S2-016, S4-018).
 */
import { addDays, callBackBy, localDayOf } from '../domain/business-calendar.ts';
import type { Identifier, MakeIdentifier } from '../domain/identifier.ts';
import type { Instant, LocalDay } from '../domain/instant.ts';
import { nearestWindows, openWindows, travelEndsAt, type VisitWindow } from '../domain/visit-window.ts';
import { type Change, changeBy } from './change.ts';
import { inFairOrder, type PlannedVisit } from './intake-visit.ts';
import { printedNumber } from './search.ts';
import { type Forbidden, refusal, type StaffMember, type StaffName } from './staff-member.ts';
import { type Ticket, type TicketRecord, ticketOf } from './tickets.ts';
import { type NotVisited, type Openings, type OpeningsNeeds, openingsFor, type TicketToVisit } from './visit-openings.ts';
import { type VisitWords, visitWords } from './visit-words.ts';

/** A code and no text: it stands in the timeline. */
export const VISIT_CHANGE_REASONS = ['customer-asked', 'engineer-unavailable', 'running-late', 'parts-missing', 'other'] as const;
export type VisitChangeReason = (typeof VISIT_CHANGE_REASONS)[number];

export type VisitChangeWrite = {
  readonly number: string;
  /** The write happens only while this is the ticket's booked visit; null: while it has none. */
  readonly instead: Identifier | null;
  readonly visit: PlannedVisit;
  /** By when who has to be phoned is phoned. */
  readonly callBy: Instant;
  readonly words: VisitWords;
  readonly change: Change;
};

export type VisitChangeStore = {
  readonly read: (number: string) => Promise<TicketToVisit | null>;
  /**
   * One transaction. `window-taken` and `moved-on` (the ticket or its visit is no longer as it was read) wrote nothing.
   * `told`: the conversation whose log has the unapplied event.
   */
  readonly write: (
    write: VisitChangeWrite,
    makeIdentifier: MakeIdentifier,
  ) => Promise<
    | { readonly kind: 'written'; readonly record: TicketRecord; readonly told: Identifier | null }
    | { readonly kind: 'window-taken' | 'moved-on' }
  >;
};

/** A window somebody could take, and who could. */
export type FreeWindow = VisitWindow & { readonly engineers: readonly StaffName[] };

/** `engineerId` null: who was to come, if they can, else who has least to do that day. */
export type WantedVisit = {
  readonly window: VisitWindow;
  readonly engineerId: Identifier | null;
  readonly reason: VisitChangeReason | null;
};

type NoVisit = NotVisited | { readonly kind: 'no-such-ticket' } | Forbidden;

export type VisitDesk = {
  /** `from` null is today; windows of so many days, by time. */
  readonly windows: (
    member: StaffMember,
    number: string,
    wanted: { readonly from: LocalDay | null; readonly days: number },
  ) => Promise<{ readonly kind: 'listed'; readonly windows: readonly FreeWindow[] } | NoVisit>;
  readonly changeVisit: (
    member: StaffMember,
    number: string,
    wanted: WantedVisit,
  ) => Promise<
    | { readonly kind: 'changed'; readonly ticket: Ticket }
    /** At most three, by time: of the engineer who was wanted, else of anybody. */
    | { readonly kind: 'window-taken'; readonly nearest: readonly VisitWindow[] }
    /** Nobody of this id goes there for such a product. */
    | { readonly kind: 'no-such-engineer' }
    | NoVisit
  >;
};

type VisitNeeds = OpeningsNeeds & {
  readonly visits: VisitChangeStore;
  readonly now: () => Instant;
  readonly makeIdentifier: MakeIdentifier;
  /** Turns what is unapplied in a conversation, now, after a commit; must not throw. */
  readonly turnSoon: (conversationId: Identifier) => void;
};

const ATTEMPTS_MAX = 3;
const NEAREST_MAX = 3;

export function visitDesk(needs: VisitNeeds): VisitDesk {
  const { visits, policy, timeZone, now, makeIdentifier } = needs;
  const found = async (typed: string) => {
    const number = printedNumber(typed);
    return number === null ? null : await visits.read(number);
  };
  return {
    windows: async (member, number, { from, days }) => {
      const no = refusal(member, 'desk.read');
      if (no) return no;
      const ticket = await found(number);
      if (ticket === null) return { kind: 'no-such-ticket' };
      const openings = await openingsFor(needs, ticket, now());
      if (openings.kind === 'not-allowed') return openings;
      return { kind: 'listed', windows: windowsFrom(openings, from ?? localDayOf(now(), timeZone), days, timeZone) };
    },

    changeVisit: async (member, number, wanted) => {
      const no = refusal(member, 'desk.act');
      if (no) return no;
      for (let attempt = 1; ; attempt++) {
        const ticket = await found(number);
        if (ticket === null) return { kind: 'no-such-ticket' };
        const at = now();
        const openings = await openingsFor(needs, ticket, at);
        if (openings.kind === 'not-allowed') return openings;
        if (isAsBooked(ticket, wanted)) return { kind: 'not-allowed', why: 'same-visit' };
        const chosen = choose(openings, ticket, wanted, at, needs);
        if (chosen.kind !== 'free') return chosen;
        const visit: PlannedVisit = {
          appointmentId: makeIdentifier(),
          engineerIds: chosen.engineerIds,
          window: wanted.window,
          travelEndsAt: travelEndsAt(wanted.window, policy),
          confirmedAt: at,
        };
        const change = changeBy(member, at, 'ticket.visit', `ticket:${ticket.number}`, { reason: wanted.reason });
        const done = await visits.write(
          {
            number: ticket.number,
            instead: ticket.visit?.appointmentId ?? null,
            visit,
            callBy: callBackBy(policy, at, timeZone),
            words: visitWords(timeZone),
            change,
          },
          makeIdentifier,
        );
        if (done.kind === 'written') {
          if (done.told !== null) needs.turnSoon(done.told);
          return { kind: 'changed', ticket: ticketOf(done.record) };
        }
        // Somebody was faster, for the ticket or for every engineer we knew to be free: look again, now with what they did.
        if (attempt === ATTEMPTS_MAX) return { kind: 'window-taken', nearest: [] };
      }
    },
  };
}

type Open = Extract<Openings, { kind: 'open' }>;

function windowsFrom({ engineers, windows }: Open, from: LocalDay, days: number, timeZone: string): readonly FreeWindow[] {
  const names = new Map(engineers.map(({ id, name }) => [id, { id, name }]));
  const wanted = new Set(Array.from({ length: days }, (_, ahead) => addDays(from, ahead)));
  return windows
    .filter((it) => wanted.has(localDayOf(it.from, timeZone)))
    .map((it) => ({ from: it.from, to: it.to, engineers: it.engineers.flatMap((id) => names.get(id) ?? []) }));
}

function isAsBooked({ visit }: TicketToVisit, { window, engineerId }: WantedVisit): boolean {
  if (visit === null || visit.window.from !== window.from || visit.window.to !== window.to) return false;
  return engineerId === null || engineerId === visit.engineerId;
}

type Chosen =
  | { readonly kind: 'free'; readonly engineerIds: readonly Identifier[] }
  | { readonly kind: 'window-taken'; readonly nearest: readonly VisitWindow[] }
  | { readonly kind: 'no-such-engineer' };

function choose(
  { engineers, windows }: Open,
  { number, visit }: TicketToVisit,
  { window, engineerId }: WantedVisit,
  now: Instant,
  { policy, timeZone }: OpeningsNeeds,
): Chosen {
  const asked = engineerId === null ? engineers : engineers.filter((it) => it.id === engineerId);
  if (asked.length === 0 && engineerId !== null) return { kind: 'no-such-engineer' };
  const open = engineerId === null ? windows : openWindows({ policy, now, timeZone, engineers: asked });
  const found = open.find((it) => it.from === window.from && it.to === window.to);
  if (found === undefined)
    return { kind: 'window-taken', nearest: nearestWindows(open, window, NEAREST_MAX).map(({ from, to }) => ({ from, to })) };
  const inOrder = inFairOrder(found, asked, number, timeZone);
  // Who was to come still comes, if they can.
  const same = visit !== null && found.engineers.includes(visit.engineerId) ? [visit.engineerId] : [];
  return { kind: 'free', engineerIds: [...new Set([...same, ...inOrder])] };
}
