/**
 * Checks the import boundaries of .config/boundaries.cjs, in the folder given or here. Seeing next to nothing is a failure:
 * with a TypeScript it does not know, dependency-cruiser reports no modules and no violation.
 */
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { cruise } from 'dependency-cruiser';

const MODULES_MIN = 20;
const ROOTS = ['src', 'flows', 'prisma', 'test', 'bench', '.ci', '.config'];

const { forbidden, options } = createRequire(import.meta.url)('../.config/boundaries.cjs');
process.chdir(process.argv[2] ?? '.');

const { output } = await cruise(
  ROOTS.filter((root) => existsSync(root)),
  { ...options, validate: true, ruleSet: { forbidden } },
);
const ours = output.modules.filter(
  ({ source, matchesDoNotFollow }) => !matchesDoNotFollow && /\.(ts|tsx|mts|cts|mjs|cjs|js)$/.test(source),
);
const { violations } = output.summary;

for (const { rule, from, to } of violations) {
  const why = forbidden.find(({ name }) => name === rule.name)?.comment ?? '';
  console.log(`${rule.name}: ${from === to ? from : `${from} → ${to}`} (${why})`);
}
if (ours.length <= MODULES_MIN) console.log(`saw ${ours.length} modules, which can't be all: more than ${MODULES_MIN} expected`);
console.log(`${ours.length} modules, ${output.summary.totalDependenciesCruised} imports, ${violations.length} violations`);
process.exitCode = violations.length > 0 || ours.length <= MODULES_MIN ? 1 : 0;
