/**
 * Tells customers of a new price list before it takes effect: everybody whose booked visit falls under it and who was
 * told another one, in their chat or, where there is none, by somebody who phones (S2-001).
 */
import type { Appliance } from '../domain/appliance.ts';
import { localDayOf, spanOfDay } from '../domain/business-calendar.ts';
import type { Identifier, MakeIdentifier } from '../domain/identifier.ts';
import type { Instant, LocalDay } from '../domain/instant.ts';
import type { Policy } from '../domain/policy.ts';
import type { ChatChannel } from '../domain/ticket.ts';
import type { VisitWindow } from '../domain/visit-window.ts';
import type { Accept, NewContactTask } from '../turn/ports.ts';
import { callBy } from './call-by.ts';
import { failureOf, type Log, oneByOne } from './failure.ts';
import type { PutInWords } from './notice.ts';

type ComingPrices = { readonly version: string; readonly effectiveFrom: LocalDay };

type Untold = {
  readonly appointmentId: Identifier;
  /** One of the visit's tickets. */
  readonly ticketId: Identifier;
  readonly ticket: string;
  readonly appliance: Appliance | null;
  readonly window: VisitWindow;
  readonly chat: { readonly conversationId: Identifier; readonly channel: ChatChannel } | null;
};

export type PriceNotices = {
  /** Price lists that take effect after `today`, the next one first. */
  readonly coming: (today: LocalDay) => Promise<readonly ComingPrices[]>;
  /** Booked visits of repairs from `from` on and before `until` that were told another list and not of this one, the next first. */
  readonly untold: (version: string, from: Instant, until: Instant | null, max: number) => Promise<readonly Untold[]>;
  readonly call: (task: NewContactTask, at: Instant) => Promise<void>;
};

export type PriceNoticesNeeds = {
  readonly prices: PriceNotices;
  readonly accept: Accept;
  readonly turnSoon: (conversationId: Identifier) => void;
  readonly putInWords: PutInWords;
  readonly policy: Policy;
  readonly timeZone: string;
  readonly makeIdentifier: MakeIdentifier;
  readonly now: () => Instant;
  readonly log: Log;
};

const VISITS_MAX = 100;

/** One round: everybody not told yet of a list that is to come. */
export function createPriceNotices(needs: PriceNoticesNeeds): () => Promise<void> {
  const { prices, timeZone } = needs;
  return async () => {
    const now = needs.now();
    const coming = await prices.coming(localDayOf(now, timeZone));
    const startOf = (list: ComingPrices | undefined) => (list === undefined ? null : spanOfDay(list.effectiveFrom, timeZone).from);
    const failed = (error: unknown) => needs.log('price-notice-put-off', failureOf(error));
    for (const [index, list] of coming.entries()) {
      // A visit has one list: the last one that takes effect before it.
      const untold = await prices.untold(list.version, startOf(list) ?? now, startOf(coming[index + 1]), VISITS_MAX);
      await oneByOne(untold, failed, (it) => tell(it, list, now, needs));
    }
  };
}

async function tell(
  { chat, ...it }: Untold,
  { version, effectiveFrom }: ComingPrices,
  now: Instant,
  needs: PriceNoticesNeeds,
): Promise<void> {
  const key = `price-notice:${it.appointmentId}:${version}`;
  const id = needs.makeIdentifier();
  if (chat === null) {
    return await needs.prices.call(
      {
        id,
        ticketId: it.ticketId,
        whom: { kind: 'customer' },
        reason: 'price-notice',
        notice: needs.putInWords({ kind: 'price-notice', ticket: it.ticket, appliance: it.appliance, effectiveFrom, window: it.window }),
        // Before it takes effect, that is: before the day begins.
        dueAt: callBy(needs, now, needs.policy.reach.callMinutes, spanOfDay(effectiveFrom, needs.timeZone).from),
        onceKey: key,
      },
      now,
    );
  }
  const body = { kind: 'event', event: 'price-notice', ticketId: it.ticketId, effectiveFrom } as const;
  await needs.accept([{ id, ...chat, channelMessageId: key, sender: 'system', body, at: now }]);
  needs.turnSoon(chat.conversationId);
}
