/**
 * Every check that runs no product code, one line each. Only what failed shows its output; any failure makes exit 1.
 * `node .ci/check-static.mjs types dead-code` runs just those.
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const bin = (name) => join('node_modules/.bin', name);

const STEPS = {
  types: [bin('tsc'), '-p', 'tsconfig.json'],
  'lint-and-format': [bin('biome'), 'check', '--config-path=.config', '--error-on-warnings', '--max-diagnostics=40', '.'],
  boundaries: [process.execPath, '.ci/boundaries.mjs'],
  'dead-code': [bin('knip'), '--config', '.config/knip.json', '--no-progress', '--no-config-hints'],
  drift: ['npm', 'run', '--silent', 'check:drift'],
  diagrams: ['npm', 'run', '--silent', 'check:diagrams'],
};

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !(name in STEPS));
if (unknown.length > 0) {
  console.error(`no such check: ${unknown.join(', ')}; there are ${Object.keys(STEPS).join(', ')}`);
  process.exit(2);
}

let failures = 0;
for (const [name, [command, ...args]] of Object.entries(STEPS)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  const startedAt = Date.now();
  const { status, error, stdout, stderr } = spawnSync(command, args, {
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const failed = status !== 0;
  if (failed) failures += 1;
  console.log(`${failed ? 'failed' : 'ok    '}  ${name} (${((Date.now() - startedAt) / 1000).toFixed(1)} s)`);
  if (failed) console.log(error === undefined ? `${stdout}${stderr}` : String(error));
}
// Not process.exit(): what a pipe has not taken yet would be lost.
process.exitCode = failures > 0 ? 1 : 0;
