/**
 * Checks that package-lock.json installs everywhere: a platform's package that is not optional stops `npm ci` on every other
 * platform, any address written down stops it where that host is out of reach. With --install it also asks the oldest npm we promise.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const OLDEST_NPM = '10.8.2';

const flags = process.argv.slice(2).filter((argument) => argument.startsWith('--'));
const [file = 'package-lock.json'] = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
const { packages } = JSON.parse(readFileSync(file, 'utf8'));
const installed = Object.entries(packages).filter(([path]) => path !== '');

const faults = installed.flatMap(([path, entry]) => faultsOf(path, entry));
faults.push(...staleIn(packages[''], JSON.parse(readFileSync(join(dirname(file), 'package.json'), 'utf8'))));
if (installed.length === 0) faults.push('the lockfile locks no package');
for (const fault of faults) console.log(fault);
console.log(`${installed.length} packages locked, ${faults.length} faults`);
if (faults.length > 0) process.exit(1);

if (flags.includes('--install')) {
  // Without --ignore-scripts even a dry run executes our own postinstall.
  const { status, stderr } = spawnSync('npx', ['--yes', `npm@${OLDEST_NPM}`, 'ci', '--dry-run', '--ignore-scripts'], {
    encoding: 'utf8',
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  console.log(status === 0 ? `npm ${OLDEST_NPM} would install it` : `npm ${OLDEST_NPM} refuses it:\n${stderr}`);
  if (status !== 0) process.exit(1);
}

function faultsOf(path, entry) {
  const found = [];
  if ((entry.os !== undefined || entry.cpu !== undefined) && entry.optional !== true) {
    found.push(`${path} is for one platform and not optional: npm ci fails on the others`);
  }
  if (entry.link === true) found.push(`${path} is a link out of the project`);
  if (entry.link !== true && entry.integrity === undefined && entry.inBundle !== true)
    found.push(`${path} has no integrity: anything could be installed`);
  if (entry.link !== true && entry.resolved !== undefined)
    found.push(`${path} comes from ${hostOf(entry.resolved)}, not from whichever registry npm is set to`);
  return found;
}

/** What package.json no longer asks for, or asks for in another version: `npm ci` overlooks a dependency that was dropped. */
function staleIn(locked, wanted) {
  return ['dependencies', 'devDependencies'].flatMap((kind) => {
    const [before, now] = [locked?.[kind] ?? {}, wanted[kind] ?? {}];
    const names = [...new Set([...Object.keys(before), ...Object.keys(now)])];
    return names.filter((name) => before[name] !== now[name]).map((name) => `${name} is not in the lockfile as package.json has it`);
  });
}

function hostOf(address) {
  return URL.canParse(address) ? new URL(address).host : address;
}
