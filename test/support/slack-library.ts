/** Slack's own libraries over the fake one, for its tests: a client to call it with, and a desk it tells. All is closed when the test is over. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { App, HTTPReceiver } from '@slack/bolt';
import { WebClient } from '@slack/web-api';
import { onTestFinished } from 'vitest';
import { SILENT_LOGGER } from '../../src/channels/slack/api.ts';
import { type Slack, type SlackOptions, startSlack } from './slack-platform.ts';

export const DESK = 'C0DESK';

export async function aSlack(options: SlackOptions = {}): Promise<{ readonly slack: Slack; readonly client: WebClient }> {
  const slack = await startSlack({ channels: [DESK], pace: { perSecond: 1, burst: 50 }, ...options });
  onTestFinished(slack.close);
  return { slack, client: clientOf(slack) };
}

/** Tries once. */
export const clientOf = (slack: Slack, token = slack.botToken): WebClient =>
  new WebClient(token, {
    slackApiUrl: slack.apiUrl,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    timeout: 2_000,
    logger: SILENT_LOGGER,
  });

/** `ok`, or how the call was refused: the platform's code, or the client's where there is none. */
export const refusal = (call: Promise<unknown>): Promise<string> =>
  call.then(
    () => 'ok',
    (error: { data?: { error: string }; code?: string }) => error.data?.error ?? error.code ?? 'unknown',
  );

/** A desk by the platform's own library, connected. */
export async function aDesk(slack: Slack): Promise<App> {
  const receiver = new HTTPReceiver({ signingSecret: slack.signingSecret, processBeforeResponse: true, logger: SILENT_LOGGER });
  const authorize = async () => ({ botToken: slack.botToken, botId: slack.botId, botUserId: slack.botUserId });
  const app = new App({ receiver, authorize, clientOptions: { slackApiUrl: slack.apiUrl }, logger: SILENT_LOGGER });
  const server = createServer((request, response) => receiver.requestListener(request, response));
  slack.connect(await addressOf(server));
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return app;
}

async function addressOf(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

export const button = (action_id: string, text = 'go', value = 'v') => ({
  type: 'button' as const,
  action_id,
  text: { type: 'plain_text' as const, text },
  value,
});
export const section = (text: string) => ({ type: 'section' as const, text: { type: 'mrkdwn' as const, text } });
export const actions = (...elements: ReturnType<typeof button>[]) => ({ type: 'actions' as const, elements });
