import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

// Folders whose tests need neither a database nor a browser: they start at once.
const PURE = ['domain', 'understanding', 'wording', 'flows', 'workshop'].map((folder) => `test/${folder}/**/*.test.ts`);

// Minutes of kills, outages and load: `npm run test:faults`, which the gate runs after `npm test`.
const LONG = ['test/**/*.long.test.ts'];
// One PostgreSQL server for the run; it is started only when a file of such a project is.
const DATABASE = fileURLToPath(new URL('../test/support/global-setup.ts', import.meta.url));

export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  test: {
    environment: 'node',
    pool: 'forks',
    // The machines that run this have two cores; more workers only make the timeouts fire.
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 120_000,
    reporters: ['default', fileURLToPath(new URL('../.ci/tally.mjs', import.meta.url))],
    projects: [
      { extends: true, test: { name: 'pure', include: PURE } },
      {
        extends: true,
        test: {
          name: 'whole',
          include: ['test/**/*.test.ts'],
          exclude: [...PURE, ...LONG],
          globalSetup: DATABASE,
        },
      },
      { extends: true, test: { name: 'long', include: LONG, globalSetup: DATABASE } },
    ],
  },
});
