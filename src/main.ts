/** Starts the desk from the environment, says where it is, and stops it cleanly on SIGTERM or SIGINT. */
import { inspect } from 'node:util';
import { type Application, startApplication } from './application.ts';
import { type Config, loadConfigOfProcess } from './config.ts';
import { createLog } from './log.ts';

const STOP_MILLISECONDS = 10_000;

const loaded = loadConfigOfProcess();
if (loaded.kind === 'faults') {
  process.stderr.write(`${loaded.message}\n`);
  process.exit(1);
}
const config = loaded.value;
const log = createLog(config.logLevel, (line) => process.stderr.write(line), Date.now);

// A promise nobody waits for must not take the desk down: what it was about is in the rows, and the sweep comes back.
process.on('unhandledRejection', (reason) =>
  log('error', 'unhandled-rejection', { error: reason instanceof Error ? reason.name : 'unknown' }),
);

let application: Application | null = null;
let isStopWanted = false;
for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.once(signal, () => {
    isStopWanted = true;
    if (application !== null) void stop(application);
  });
}

try {
  application = await startApplication(config, log, Date.now);
  // Told to stop while it was starting: what was opened is closed again.
  if (isStopWanted) await stop(application);
  process.stdout.write(greeting(application, config));
} catch (error) {
  process.stderr.write(`Baoxiu could not start: ${error instanceof Error ? error.message : inspect(error)}\n`);
  process.exit(1);
}

async function stop(application: Application): Promise<void> {
  const late = setTimeout(() => process.exit(1), STOP_MILLISECONDS);
  await application.stop();
  clearTimeout(late);
  process.exit(0);
}

function greeting({ url, notes }: Application, config: Config): string {
  const { staffTokenFile, demoData, databaseUrl } = config;
  const lines = [
    'Baoxiu is ready.',
    `  Customer page  ${url}/`,
    `  Staff API      ${url}/api/v1/openapi.json`,
    ...(staffTokenFile === null ? [] : [`  Staff token    in ${staffTokenFile}`]),
    `  Store          ${databaseUrl === null ? 'embedded PostgreSQL' : 'PostgreSQL of DATABASE_URL'}${demoData === 'no' ? '' : ' (demo data where it was empty)'}`,
    `  Channels       web chat on; WeChat ${wechatWord(config)}; Slack ${slackWord(config)}; terminal with \`npm run chat\``,
    `  Calls          pages ${pagesWord(config)}; SMS ${config.smsWebhookUrl === null ? 'off (SMS_WEBHOOK_URL)' : 'on'}`,
    `  Model          ${config.model === null ? 'off (MODEL_BASE_URL, MODEL_NAME)' : 'on, for unclear messages'}`,
    ...notes.map((note) => `  Note           ${note}`),
  ];
  return `${lines.join('\n')}\n`;
}

function wechatWord({ wechat, wechatPuppet }: Config): string {
  if (wechatPuppet !== null) return `on through ${wechatPuppet}`;
  return wechat === null ? 'off (docs/channels.md)' : `on, callback at /wechat/webhook${wechat.aesKey === null ? ', in the clear' : ''}`;
}

function slackWord({ slack }: Config): string {
  if (slack === null) return 'off (docs/channels.md)';
  const where = slack.deskChannel === null ? 'without a desk channel' : `desk in ${slack.deskChannel}`;
  return `on by ${slack.appToken === null ? '/slack/events' : 'Socket Mode'}, ${where}`;
}

function pagesWord({ pageWebhookUrl, slack }: Config): string {
  const ways = [...(pageWebhookUrl === null ? [] : ['webhook']), ...(slack === null || slack.urgentChannel === null ? [] : ['Slack'])];
  return ways.length === 0 ? 'off (PAGE_WEBHOOK_URL, or Slack)' : `on by ${ways.join(' and ')}`;
}
