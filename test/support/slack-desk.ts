/** The desk as a clone runs it, with Slack on: its platform is the fake one, and two colleagues sit in front of it. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, type DirectLineClient } from './direct-line-client.ts';
import type { SlackPerson } from './slack-person.ts';
import { type Slack, type SlackOptions, startSlack } from './slack-platform.ts';
import { type DeskOptions, startDesk, type WholeDesk } from './whole-desk.ts';

export const DESK_CHANNEL = 'C0DESK';
export const URGENT_CHANNEL = 'C0URGENT';

/** People answer at any hour, so that what a test sees does not hang on when it runs. */
const ALWAYS = [{ from: '00:00', to: '24:00' }];
const OPEN_ALWAYS = {
  hours: { weekdays: { 1: ALWAYS, 2: ALWAYS, 3: ALWAYS, 4: ALWAYS, 5: ALWAYS, 6: ALWAYS, 7: ALWAYS }, holidays: [], makeUpDays: [] },
};

export type SlackDesk = {
  readonly desk: WholeDesk;
  readonly slack: Slack;
  /** Agents, known by their e-mail. */
  readonly wang: SlackPerson;
  readonly li: SlackPerson;
  /** Nobody of the staff. */
  readonly stranger: SlackPerson;
  readonly customer: () => Promise<DirectLineClient>;
  /** The staff API as the bootstrap administrator. */
  readonly api: <Body>(method: 'GET' | 'POST', path: string, body?: object) => Promise<{ readonly status: number; readonly body: Body }>;
  readonly close: () => Promise<void>;
};

export type SlackDeskOptions = DeskOptions & {
  readonly slack?: SlackOptions;
  /** Laid over the built-in policy. */
  readonly policy?: object;
  readonly socketMode?: boolean;
};

export async function startSlackDesk(options: SlackDeskOptions = {}): Promise<SlackDesk> {
  const { slack: behaviour, policy = {}, socketMode = false, environment, ...rest } = options;
  const folder = await mkdtemp(join(tmpdir(), 'baoxiu-slack-'));
  const policyFile = join(folder, 'policy.json');
  await writeFile(policyFile, JSON.stringify({ ...OPEN_ALWAYS, slack: { digestAt: null }, ...policy }));
  const slack = await startSlack({ channels: [DESK_CHANNEL, URGENT_CHANNEL], ...behaviour });
  const account = {
    SLACK_BOT_TOKEN: slack.botToken,
    SLACK_SIGNING_SECRET: slack.signingSecret,
    SLACK_API_URL: slack.apiUrl,
    SLACK_DESK_CHANNEL: DESK_CHANNEL,
    SLACK_URGENT_CHANNEL: URGENT_CHANNEL,
    ...(socketMode ? { SLACK_APP_TOKEN: slack.appToken } : {}),
    POLICY_FILE: policyFile,
  };
  const tidy = async () => {
    await slack.close();
    await rm(folder, { recursive: true, force: true });
  };
  const desk = await startDesk({ ...rest, environment: { ...account, ...environment } }).catch(async (error: unknown) => {
    await tidy();
    throw error;
  });
  if (socketMode) slack.connectSocket();
  else slack.connect(desk.url);
  const api = async <Body>(
    method: 'GET' | 'POST',
    path: string,
    body?: object,
  ): Promise<{ readonly status: number; readonly body: Body }> => {
    const response = await fetch(`${desk.url}/api/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${desk.staffToken}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: response.status, body: (await response.json()) as Body };
  };
  for (const [name, email] of [
    ['王芳', 'wang@example.com'],
    ['李强', 'li@example.com'],
  ])
    await api('POST', '/staff', { name, email, role: 'agent' });
  const clients: DirectLineClient[] = [];
  return {
    desk,
    slack,
    wang: slack.person({ name: '王芳', email: 'wang@example.com' }),
    li: slack.person({ name: '李强', email: 'Li@Example.com' }),
    stranger: slack.person({ name: '路人', email: 'somebody@example.com' }),
    customer: async () => {
      const client = await connect(desk.url);
      clients.push(client);
      return client;
    },
    api,
    close: async () => {
      for (const client of clients) client.close();
      await desk.close();
      await tidy();
    },
  };
}
