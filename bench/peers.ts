/** Bench's own dependencies: the other libraries. Whoever only uses the project never installs them; the bench does, when it must. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const FOLDER = fileURLToPath(new URL('.', import.meta.url));
const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** Exact versions by name, as bench/package.json pins them. */
export function pinnedPeers(): Readonly<Record<string, string>> {
  return (readJson(`${FOLDER}package.json`) as { readonly dependencies: Record<string, string> }).dependencies;
}

/** Installs them when one is missing or of another version, and checks the types of what stands on them. */
export function installPeers(): void {
  const lacking = Object.entries(pinnedPeers()).filter(([name, version]) => installed(name) !== version);
  if (lacking.length === 0) return;
  console.log(`Installing what the bench compares with (npm ci --prefix bench): ${lacking.map(([name]) => name).join(', ')}`);
  // The one install script among them, of botbuilder-dialogs, only removes duplicates that a lockfile doesn't have.
  run('npm', ['ci', '--prefix', 'bench', '--ignore-scripts', '--no-audit', '--no-fund']);
  run('node_modules/.bin/tsc', ['-p', 'bench/tsconfig.json']);
}

function installed(name: string): string | null {
  try {
    return (readJson(`${FOLDER}node_modules/${name}/package.json`) as { readonly version: string }).version;
  } catch {
    return null;
  }
}

function run(command: string, args: readonly string[]): void {
  const { status, error } = spawnSync(command, args, { cwd: ROOT, stdio: 'inherit' });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} failed${error ? `: ${error.message}` : ''}`);
}

function readJson(path: string): unknown {
  return JSON.parse(readFileSync(path, 'utf8'));
}
