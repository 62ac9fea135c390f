/** Fails when one of the test runs executed nothing, or skipped a test without saying why: `tests-ran.mjs all faults`. */
import { existsSync, readFileSync } from 'node:fs';

const broken = process.argv.slice(2).filter((run) => {
  const file = `test-output/tally-${run}.json`;
  const tally = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : { passed: 0, failed: 0, skipped: [] };
  const unexplained = tally.skipped.filter(({ reason }) => reason === null);
  for (const { name } of unexplained) console.log(`skipped without a reason: ${name}`);
  const executed = tally.passed + tally.failed;
  if (executed === 0) console.log(`no test was executed by the run '${run}'`);
  return unexplained.length > 0 || executed === 0;
});
process.exit(broken.length > 0 ? 1 : 0);
