/**
 * The whole desk in a process of its own, with its three channels on and engineers for thousands of bookings. The platforms
 * of WeChat and Slack are the fake ones, here; the database is an embedded one that keeps what it says it keeps.
 */
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Config, keepSecrets, loadConfig } from '../../src/config.ts';
import { openCore } from '../../src/core.ts';
import { DESK_CHANNEL } from '../../test/support/slack-desk.ts';
import { startSlack } from '../../test/support/slack-platform.ts';
import { type ReadRows, rowsAt } from '../../test/support/store-rows.ts';
import { AES_KEY, startWechatDesk } from '../../test/support/wechat-desk.ts';
import type { WholeDesk } from '../../test/support/whole-desk.ts';
import { seedDistricts } from '../districts.ts';
import { createSlackScreens, directLines, type LoadChannel, type OpenLine, wechatLines } from './lines.ts';
import type { LoadOptions } from './options.ts';

export type DeskUnderLoad = {
  readonly desk: WholeDesk;
  readonly open: Readonly<Record<LoadChannel, OpenLine>>;
  readonly databaseUrl: string;
  readonly rows: ReadRows;
  readonly close: () => Promise<void>;
};

const PROFILED = fileURLToPath(new URL('./profiled-desk.ts', import.meta.url));
const PER_MINUTE = 1_000_000;
const STREAMS = 20_000;
const ALWAYS = [{ from: '00:00', to: '24:00' }];

/** All customers come from one address, and nobody waits for a burst to end; every other limit is as it is built in. */
const POLICY = {
  burstMilliseconds: { 'web-chat': 0, wechat: 0, slack: 0 },
  limits: {
    requestsPerAddressPerMinute: PER_MINUTE,
    tokensPerAddressPerMinute: PER_MINUTE,
    newConversationsPerAddressPerMinute: PER_MINUTE,
    messagesPerAddressPerMinute: PER_MINUTE,
    streamsPerAddress: STREAMS,
  },
  hours: { weekdays: { 1: ALWAYS, 2: ALWAYS, 3: ALWAYS, 4: ALWAYS, 5: ALWAYS, 6: ALWAYS, 7: ALWAYS }, holidays: [], makeUpDays: [] },
  slack: { digestAt: null },
};

/** `databaseUrl` null: a PostgreSQL of its own; else an empty database, which is left full. `profile`: the file V8 is to write where the time went. */
export async function startDeskUnderLoad({ databaseUrl, profile }: Pick<LoadOptions, 'databaseUrl' | 'profile'>): Promise<DeskUnderLoad> {
  const dataDir = await mkdtemp(join(tmpdir(), 'baoxiu-load-'));
  // PostgreSQL's own user has to enter it.
  await chmod(dataDir, 0o755);
  const screens = createSlackScreens();
  const slack = await startSlack({ channels: [DESK_CHANNEL], observe: screens.observe });
  const tidy = async () => {
    await slack.close();
    await rm(dataDir, { recursive: true, force: true });
  };
  try {
    const environment = { DATA_DIR: dataDir, DEMO_DATA: '0', LOG_LEVEL: 'warn' };
    const given = databaseUrl === null ? {} : { databaseUrl };
    await seed({ ...environment, ...(databaseUrl !== null && { DATABASE_URL: databaseUrl }) });
    const wechat = await startWechatDesk({
      ...given,
      ...(profile !== null && { script: PROFILED }),
      dataDir,
      aesKey: AES_KEY,
      policy: POLICY,
      environment: {
        ...environment,
        SLACK_BOT_TOKEN: slack.botToken,
        SLACK_SIGNING_SECRET: slack.signingSecret,
        SLACK_API_URL: slack.apiUrl,
        SLACK_DESK_CHANNEL: DESK_CHANNEL,
        ...(profile !== null && { LOAD_PROFILE: profile }),
      },
    });
    const { desk } = wechat;
    slack.connect(desk.url);
    const url = databaseUrl ?? (await readFile(join(dataDir, 'database-url'), 'utf8')).trim();
    return {
      desk,
      open: {
        'web-chat': directLines(desk.url),
        wechat: wechatLines(wechat.follower),
        slack: screens.lines(slack),
      },
      databaseUrl: url,
      rows: rowsAt(url),
      close: async () => {
        await wechat.close();
        await tidy();
      },
    };
  } catch (error) {
    await tidy();
    throw error;
  }
}

/** Engineers are put in before the desk starts, by the store's own means. */
async function seed(environment: Readonly<Record<string, string>>): Promise<void> {
  const core = await openCore({ config: configOf(environment), log: () => undefined, clock: Date.now });
  try {
    await seedDistricts(core);
  } finally {
    await core.stop();
  }
}

function configOf(environment: Readonly<Record<string, string>>): Config {
  const settings = loadConfig(environment, () => null, tmpdir());
  const config = settings.kind === 'ready' ? keepSecrets(settings.value) : settings;
  if (config.kind === 'faults') throw new Error(config.message);
  return config.value;
}
