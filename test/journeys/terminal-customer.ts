/** A customer at `npm run chat`: the real command, a process of its own on the desk's store, who sees only what is printed. */
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { bareEnvironment, type DeskOptions, PROJECT } from '../support/whole-desk.ts';
import type { Bubble, Customer, Door } from './play-chat.ts';

const START_MILLISECONDS_MAX = 60_000;
const ANSWER_MILLISECONDS_MAX = 20_000;
/** The round that asks surveys comes every ten seconds. */
const UNASKED_MILLISECONDS_MAX = 30_000;

const PROMPT = '您: ';
const BOT = '宝修: ';

/** The command with the settings of the desk whose store it shares. */
export function terminalDoor(settings: DeskOptions['environment']): Door {
  return {
    name: 'in the terminal',
    open: () =>
      sitDown(spawn(process.execPath, ['--import', 'tsx', 'src/channels/terminal.ts'], { cwd: PROJECT, env: bareEnvironment(settings) })),
  };
}

async function sitDown(child: ChildProcessWithoutNullStreams): Promise<Customer> {
  let printed = '';
  let complaints = '';
  let taken = 0;
  const looks = new Set<() => void>();
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  child.stderr.on('data', (chunk) => {
    complaints += chunk;
  });
  child.stdout.setEncoding('utf8').on('data', (chunk) => {
    printed += chunk;
    for (const look of [...looks]) look();
  });

  const fresh = () => printed.slice(taken);
  const until = (isThere: (text: string) => boolean, timeoutMilliseconds: number): Promise<void> =>
    new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer);
        looks.delete(look);
        resolve();
      };
      const look = () => {
        if (isThere(fresh())) done();
      };
      const timer = setTimeout(done, timeoutMilliseconds);
      void ended.then(done);
      looks.add(look);
      look();
    });
  const take = (): readonly Bubble[] => {
    const bubbles = bubblesIn(fresh());
    taken = printed.length;
    return bubbles;
  };

  await until((it) => it.endsWith(PROMPT), START_MILLISECONDS_MAX);
  return {
    // Where another process took the turn, the answer comes after the prompt.
    says: async (text, count) => {
      child.stdin.write(`${text}\n`);
      await until((it) => it.includes(PROMPT) && isHeard(it, count), ANSWER_MILLISECONDS_MAX);
      return take();
    },
    sendsPhoto: () => Promise.reject(new Error('a terminal sends no pictures')),
    hears: async (count) => {
      await until((it) => isHeard(it, count), UNASKED_MILLISECONDS_MAX);
      return take();
    },
    leaves: async () => {
      child.stdin.end();
      const late = setTimeout(() => child.kill('SIGKILL'), ANSWER_MILLISECONDS_MAX);
      const code = await ended;
      clearTimeout(late);
      if (code !== 0 || complaints !== '') throw new Error(`npm run chat ended with ${code}: ${complaints}`);
      return take();
    },
  };
}

/** So many bubbles, the last of them whole. */
function isHeard(text: string, count: number): boolean {
  return /(?:\n|您: )$/u.test(text) && bubblesIn(text).length >= count;
}

/** Choices and links are printed under the words, indented. */
function bubblesIn(text: string): readonly Bubble[] {
  const [, ...parts] = `\n${text.replaceAll(PROMPT, '')}`.split(`\n${BOT}`);
  return parts.map((part) => {
    const lines = part.trimEnd().split('\n');
    const labels = lines.flatMap((it) => /^ {4}\d+\. (.+)$/u.exec(it)?.[1] ?? []);
    return { text: lines.filter((it) => !it.startsWith('    ')).join('\n'), labels, key: null };
  });
}
