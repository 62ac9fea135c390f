/**
 * Writes what schema.prisma has and the migrations lack into a new migration:
 *
 *   node --import tsx prisma/new-migration.ts add-quote
 *
 * Read the SQL, add by hand what Prisma can't express, and commit it. An applied migration is never edited.
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { migrate } from '../src/store/migrate.ts';
import { sqlTowards } from './schema-engine.ts';
import { withThrowAwayDatabase } from './throw-away-database.ts';

process.exitCode = await writeMigration(process.argv[2] ?? '');

async function writeMigration(name: string): Promise<number> {
  if (!/^[a-z0-9]+([-_][a-z0-9]+)*$/.test(name)) {
    process.stderr.write('usage: node --import tsx prisma/new-migration.ts <name in lower case>\n');
    return 2;
  }
  const schema = await readFile(new URL('schema.prisma', import.meta.url), 'utf8');
  const sql = await withThrowAwayDatabase(async (url) => {
    await migrate(url);
    return sqlTowards(schema, url);
  });
  if (sql === '') {
    process.stdout.write('nothing to do: the migrations lead to schema.prisma already\n');
    return 0;
  }
  const time = new Date().toISOString().replace(/\D/g, '').slice(0, 14);
  const folder = new URL(`migrations/${time}_${name.replaceAll('-', '_')}/`, import.meta.url);
  await mkdir(folder);
  await writeFile(new URL('migration.sql', folder), `${sql}\n`);
  process.stdout.write(`${folder.pathname}migration.sql\n`);
  return 0;
}
