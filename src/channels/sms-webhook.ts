/**
 * Short notices go to the text-message gateway of the house as JSON, one POST each. Anything 2xx within five seconds is
 * sent; a refusal (4xx) is final, everything else may be tried again under the same `Idempotency-Key`.
 */

const TIMEOUT_MILLISECONDS = 5_000;
/** Request timeout, too early, too many requests: the gateway's "not now". */
const NOT_NOW = [408, 425, 429];

export type SmsResult = { readonly kind: 'sent' } | { readonly kind: 'again' } | { readonly kind: 'refused' };

/** Hands one notice to `url`; never throws. `timeoutMilliseconds` is for tests. */
export function smsWebhook(
  url: string,
  timeoutMilliseconds = TIMEOUT_MILLISECONDS,
): (notice: { readonly id: string; readonly phone: string; readonly text: string }) => Promise<SmsResult> {
  return async ({ id, phone, text }) => {
    try {
      const response = await fetch(url, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', 'Idempotency-Key': id },
        body: JSON.stringify({ id, phone, text }),
        // A phone number goes to nobody but who was configured.
        redirect: 'manual',
        signal: AbortSignal.timeout(timeoutMilliseconds),
      });
      await response.body?.cancel();
      return resultOf(response.status);
    } catch {
      return { kind: 'again' };
    }
  };
}

function resultOf(status: number): SmsResult {
  if (status >= 200 && status < 300) return { kind: 'sent' };
  return status >= 400 && status < 500 && !NOT_NOW.includes(status) ? { kind: 'refused' } : { kind: 'again' };
}
