/**
 * Checks offline that the migrations lead to exactly what schema.prisma says; prints the SQL that is missing and exits 1
 * when they don't. A schema with one column more must show drift, else the check itself is broken and fails.
 */
import { readFile } from 'node:fs/promises';
import { migrate } from '../src/store/migrate.ts';
import { sqlTowards } from './schema-engine.ts';
import { withThrowAwayDatabase } from './throw-away-database.ts';

process.exitCode = await checkDrift();

async function checkDrift(): Promise<number> {
  const schema = await readFile(new URL('schema.prisma', import.meta.url), 'utf8');
  const oneMore = schema.replace('model Customer {', 'model Customer {\n  driftProbe String? @map("drift_probe")');
  const [drift, probe] = await withThrowAwayDatabase(async (url) => {
    await migrate(url);
    return [await sqlTowards(schema, url), await sqlTowards(oneMore, url)];
  });
  if (!/ADD COLUMN\s+"drift_probe"/.test(probe)) {
    process.stderr.write('drift check is broken: it did not notice a column too many\n');
    return 1;
  }
  if (drift !== '')
    process.stdout.write(
      `schema.prisma and prisma/migrations differ; \`node --import tsx prisma/new-migration.ts <name>\` writes this:\n${drift}\n`,
    );
  return drift === '' ? 0 : 1;
}
