/**
 * Pages go to the on-call tool of the house as JSON, one POST each. Anything 2xx within five seconds is delivered;
 * `Idempotency-Key` is the same when a send is tried again.
 */
import dayjs from 'dayjs';
import timezone from 'dayjs/plugin/timezone.js';
import utc from 'dayjs/plugin/utc.js';
import type { PageToSend } from '../domain/on-call.ts';

dayjs.extend(utc);
dayjs.extend(timezone);

const TIMEOUT_MILLISECONDS = 5_000;

/** Hands one page to `url`; never throws. `timeoutMilliseconds` is for tests. */
export function pageWebhook(
  { url, timeZone }: { readonly url: string; readonly timeZone: string },
  timeoutMilliseconds = TIMEOUT_MILLISECONDS,
): (page: PageToSend) => Promise<'delivered' | 'failed'> {
  return async (page) => {
    try {
      const response = await fetch(url, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', 'Idempotency-Key': `${page.id}:${page.send}` },
        body: JSON.stringify(payloadOf(page, timeZone)),
        // Whoever is called must be who was configured.
        redirect: 'manual',
        signal: AbortSignal.timeout(timeoutMilliseconds),
      });
      // The status says it all: of the body not a byte is waited for.
      await response.body?.cancel();
      return response.ok ? 'delivered' : 'failed';
    } catch {
      return 'failed';
    }
  };
}

function payloadOf(page: PageToSend, timeZone: string): object {
  return {
    id: page.id,
    reason: page.reason,
    ticket: page.ticket,
    conversationId: page.conversationId,
    raisedAt: dayjs(page.raisedAt).tz(timeZone).format('YYYY-MM-DDTHH:mm:ss.SSSZ'),
    send: page.send,
    level: page.level,
    roster: page.roster,
    acknowledge: `/api/v1/pages/${page.id}/acknowledge`,
  };
}
