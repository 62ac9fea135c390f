/**
 * The terminal channel, `npm run chat`: the same desk, typed. With `-- --script FILE` it says one customer message a
 * line and fails when a line gets no reply. It attaches to a running store, else it starts one for as long as it runs.
 */
import { readFileSync } from 'node:fs';
import { createInterface, type Interface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { loadConfigOfProcess } from '../config.ts';
import { openCore } from '../core.ts';
import { inTime } from '../in-time.ts';
import { createLog } from '../log.ts';
import type { PlacedMessage } from '../turn/message.ts';
import type { Send } from '../turn/ports.ts';

const REPLY_MILLISECONDS = 15_000;
const ANOTHERS_MILLISECONDS = 3_000;
const LOOK_AGAIN_MILLISECONDS = 20;
/** More than is said in one go. */
const ROWS_MAX = 50;

const script = scriptOf(process.argv.slice(2));
const loaded = loadConfigOfProcess();
if (loaded.kind === 'faults') fail(loaded.message);
const log = createLog('error', (line) => process.stderr.write(line), Date.now);
const core = await openCore({ config: loaded.value, log, clock: Date.now }).catch((error: unknown) =>
  fail(error instanceof Error ? error.message : String(error)),
);

const heard: PlacedMessage[] = [];
core.addChannel('terminal', print);
const conversationId = core.makeIdentifier();
await core.store.openConversation({ conversationId, channel: 'terminal', externalId: `terminal-${conversationId}`, at: core.now() });
await accept({ kind: 'event', event: 'conversation-started' });
// What the desk says of itself (a survey, a reminder, staff) comes without a line being typed.
if (script === null) core.sweep.start();
const answered = script === null ? await talk() : await read(script);
await core.stop();
process.exit(answered ? 0 : 1);

/** Waits for lines until the customer leaves (Ctrl+D). */
async function talk(): Promise<true> {
  const lines: Interface = createInterface({ input: process.stdin, output: process.stdout, prompt: '您: ' });
  lines.prompt();
  for await (const line of lines) {
    if (line.trim() !== '') await say(line);
    lines.prompt();
  }
  process.stdout.write('\n');
  return true;
}

/** Says the lines of a script; false when one of them got no reply. */
async function read(lines: readonly string[]): Promise<boolean> {
  for (const line of lines) {
    process.stdout.write(`您: ${line}\n`);
    if (await say(line)) continue;
    process.stderr.write(`No reply to: ${line}\n`);
    return false;
  }
  return true;
}

/** Whether the message was answered. */
async function say(text: string): Promise<boolean> {
  const before = heard.length;
  await accept({ kind: 'text', text });
  return heard.length > before;
}

async function accept(
  body: { readonly kind: 'text'; readonly text: string } | { readonly kind: 'event'; readonly event: 'conversation-started' },
): Promise<void> {
  const id = core.makeIdentifier();
  const sender = body.kind === 'text' ? 'customer' : 'system';
  await core.store.accept([{ id, conversationId, channel: 'terminal', channelMessageId: id, sender, body, at: core.now() }]);
  core.turns.turnSoon(conversationId);
  await inTime(answersIn(), REPLY_MILLISECONDS);
}

/**
 * Whatever is said to the message is heard. On a busy machine a desk that runs beside us may have taken it for forgotten
 * and answered it: then its words lie in the store, held by that desk for a moment more.
 */
async function answersIn(): Promise<void> {
  const deadline = Date.now() + REPLY_MILLISECONDS;
  await core.turns.idle();
  await core.deliveries.idle();
  while ((await liesReady()) && Date.now() < deadline) {
    await pause(LOOK_AGAIN_MILLISECONDS);
    await core.deliveries.sweep();
    await core.deliveries.idle();
  }
}

async function liesReady(): Promise<boolean> {
  const rows = await core.store.readLog(conversationId, heard.at(-1)?.seq ?? 0, ROWS_MAX);
  return rows.some((it) => it.delivery === 'pending');
}

/** Another terminal's words are not ours to show: that one's own process finds them. */
function print(lane: Parameters<Send>[0], messages: readonly PlacedMessage[]): ReturnType<Send> {
  if (lane.conversationId !== conversationId)
    return Promise.resolve(messages.map(() => ({ kind: 'again', afterMilliseconds: ANOTHERS_MILLISECONDS })));
  for (const message of messages) {
    heard.push(message);
    const choices = message.body.choices.map((choice, index) => `\n    ${index + 1}. ${choice.label}`).join('');
    const links = message.body.links.map((link) => `\n    ${link.label}: ${link.url}`).join('');
    const files = message.body.files.map((file) => `\n    ${file.name}: ${core.fileUrl(file.id)}`).join('');
    process.stdout.write(`${message.sender === 'staff' ? '客服' : '宝修'}: ${message.body.text}${choices}${links}${files}\n`);
  }
  return Promise.resolve(messages.map(() => ({ kind: 'delivered' })));
}

function scriptOf(parameters: readonly string[]): readonly string[] | null {
  const at = parameters.indexOf('--script');
  if (at === -1) return null;
  const file = parameters[at + 1];
  if (file === undefined) return fail('--script wants a file.');
  try {
    return readFileSync(file, 'utf8')
      .split(/\r?\n/)
      .filter((line) => line.trim() !== '' && !line.startsWith('#'));
  } catch {
    return fail(`The script ${file} can't be read.`);
  }
}

function fail(message: string): never {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}
