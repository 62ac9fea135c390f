/**
 * A vitest reporter that says why each test was skipped and writes what .ci/run needs for its closing line:
 * test-output/tally-<TALLY or `all`>.json with { passed, failed, skipped: [{ name, reason }] }, `reason` null where none was given.
 */
import { mkdirSync, writeFileSync } from 'node:fs';

export default class Tally {
  onTestRunEnd(modules, unhandledErrors) {
    const tests = modules.flatMap((module) => [...module.children.allTests()]);
    const ended = (state) => tests.filter((test) => test.result().state === state);
    // A file that could not be loaded, a hook that threw, a stray rejection: failures without a failed test.
    const broken = modules.flatMap((module) => [module, ...module.children.allSuites()]).filter((suite) => suite.errors().length > 0);
    const skipped = ended('skipped').map((test) => ({
      name: `${test.module.relativeModuleId}: ${test.fullName}`,
      reason: test.result().note ?? null,
    }));

    for (const { name, reason } of skipped) if (reason !== null) console.log(`skipped: ${name} (${reason})`);
    mkdirSync('test-output', { recursive: true });
    const tally = { passed: ended('passed').length, failed: ended('failed').length + broken.length + unhandledErrors.length, skipped };
    writeFileSync(`test-output/tally-${process.env.TALLY ?? 'all'}.json`, `${JSON.stringify(tally, null, 2)}\n`);
  }
}
