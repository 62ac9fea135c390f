/**
 * Calls of Slack's Web API, each tried once: who calls decides what a failure means. What the platform refuses, what it has no
 * time for and what nobody knows the end of are three different things.
 */
import { LogLevel, type WebAPICallResult, WebAPIHTTPError, WebAPIPlatformError, WebAPIRateLimitedError, WebClient } from '@slack/web-api';
import { SECOND } from '../../domain/instant.ts';

export type Called<Body> =
  | { readonly kind: 'ok'; readonly body: Body }
  /** The platform's own code, such as `channel_not_found`. */
  | { readonly kind: 'refused'; readonly error: string }
  | { readonly kind: 'busy'; readonly afterMilliseconds: number }
  /** It may have been done: the connection was lost, or the platform failed. */
  | { readonly kind: 'unknown' };

/** One call; never throws. Arguments as the platform documents them, `undefined` left out. */
export type CallSlack = <Body extends object>(method: string, args: Readonly<Record<string, unknown>>) => Promise<Called<Body>>;

/** Logs nothing: its arguments and answers are full of what people said. */
const SILENT = {
  debug: () => {},
  info: () => {},
  warn: () => {},
  error: () => {},
  setLevel: () => {},
  getLevel: () => LogLevel.ERROR,
  setName: () => {},
};

const TIMEOUT_MILLISECONDS = 5 * SECOND;

/** `apiUrl` ends in a slash. */
export function createSlackClient({ botToken, apiUrl }: { readonly botToken: string; readonly apiUrl: string }): WebClient {
  return new WebClient(botToken, {
    slackApiUrl: apiUrl,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    timeout: TIMEOUT_MILLISECONDS,
    allowAbsoluteUrls: false,
    logger: SILENT,
  });
}

/** Calls by the client. */
export function callsOf(client: Pick<WebClient, 'apiCall'>): CallSlack {
  return async <Body extends object>(method: string, args: Readonly<Record<string, unknown>>) => {
    try {
      return { kind: 'ok', body: (await client.apiCall(method, { ...args })) as WebAPICallResult & Body };
    } catch (error) {
      return failureOf(error);
    }
  };
}

function failureOf(error: unknown): Exclude<Called<object>, { kind: 'ok' }> {
  if (error instanceof WebAPIRateLimitedError) return { kind: 'busy', afterMilliseconds: error.retryAfter * SECOND };
  if (error instanceof WebAPIPlatformError)
    return error.data.error === 'ratelimited' ? { kind: 'busy', afterMilliseconds: SECOND } : { kind: 'refused', error: error.data.error };
  // A status that says the request itself was wrong: nothing was done.
  if (error instanceof WebAPIHTTPError && error.statusCode >= 400 && error.statusCode < 500)
    return { kind: 'refused', error: `http_${error.statusCode}` };
  return { kind: 'unknown' };
}

export { SILENT as SILENT_LOGGER };
