/** Fails when the last test run executed nothing, or skipped a test without saying why. */
import { existsSync, readFileSync } from 'node:fs';

const TALLY = 'test-output/tally.json';

const tally = existsSync(TALLY) ? JSON.parse(readFileSync(TALLY, 'utf8')) : { passed: 0, failed: 0, skipped: [] };
const unexplained = tally.skipped.filter(({ reason }) => reason === null);
for (const { name } of unexplained) console.log(`skipped without a reason: ${name}`);
if (tally.passed + tally.failed === 0) console.log('no test was executed');
process.exit(unexplained.length > 0 || tally.passed + tally.failed === 0 ? 1 : 0);
