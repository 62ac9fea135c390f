/**
 * Applies pending migrations at start, keeping the books as Prisma does (`_prisma_migrations`, checksum = sha256 of the
 * file), so that `prisma migrate deploy` and this runner take turns on one database. A history that is not ours is refused.
 */
import { createHash, randomUUID } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import pg from 'pg';

/** The lock `prisma migrate deploy` takes. */
const PRISMA_MIGRATE_LOCK = 72_707_369;
const FOLDER = fileURLToPath(new URL('../../prisma/migrations/', import.meta.url));

type Migration = { readonly name: string; readonly sql: string; readonly checksum: string };
type Recorded = {
  readonly migration_name: string;
  readonly checksum: string;
  readonly finished_at: Date | null;
  readonly logs: string | null;
};

/** Brings the database up to date and names what was applied; any number of processes may call it at once. */
export async function migrate(url: string, folder: string = FOLDER): Promise<readonly string[]> {
  const migrations = await readMigrations(folder);
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [PRISMA_MIGRATE_LOCK]);
    await client.query(BOOKS);
    const recorded = await client.query<Recorded>(
      'select migration_name, checksum, finished_at, logs from _prisma_migrations where rolled_back_at is null',
    );
    const pending = pendingOf(migrations, recorded.rows);
    for (const migration of pending) await apply(client, migration);
    return pending.map((it) => it.name);
  } finally {
    await client.end();
  }
}

async function readMigrations(folder: string): Promise<readonly Migration[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries.filter((it) => it.isDirectory()).map((it) => it.name);
  if (names.length === 0) throw new Error(`invariant: no migrations in ${folder}`);
  const read = async (name: string): Promise<Migration> => {
    const bytes = await readFile(`${folder}/${name}/migration.sql`);
    return { name, sql: bytes.toString('utf8'), checksum: createHash('sha256').update(bytes).digest('hex') };
  };
  return Promise.all(names.sort().map(read));
}

function pendingOf(migrations: readonly Migration[], recorded: readonly Recorded[]): readonly Migration[] {
  const known = new Map(migrations.map((it) => [it.name, it]));
  for (const { migration_name: name, checksum, finished_at: finishedAt, logs } of recorded) {
    const migration = known.get(name);
    if (!migration) throw new Error(`the database was migrated by another release: it has "${name}", which this release does not know`);
    if (finishedAt === null)
      throw new Error(
        `migration "${name}" failed before and nothing was applied since; repair the cause and delete its row from _prisma_migrations${logs ? `: ${logs}` : ''}`,
      );
    if (migration.checksum !== checksum)
      throw new Error(`migration "${name}" was edited after it had been applied: restore the file and write a new migration`);
  }
  const applied = new Set(recorded.map((it) => it.migration_name));
  return migrations.filter((it) => !applied.has(it.name));
}

/** A migration without a transaction of its own runs as one, so a failed one leaves only its row in the books. */
async function apply(client: pg.Client, { name, sql, checksum }: Migration): Promise<void> {
  const id = randomUUID();
  await client.query('insert into _prisma_migrations (id, checksum, migration_name, started_at) values ($1, $2, $3, now())', [
    id,
    checksum,
    name,
  ]);
  try {
    await client.query(sql);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    await client.query('rollback').catch(() => undefined);
    await client.query('update _prisma_migrations set logs = $2 where id = $1', [id, reason]);
    throw new Error(`migration "${name}" failed: ${reason}`);
  }
  await client.query('update _prisma_migrations set finished_at = now(), applied_steps_count = 1 where id = $1', [id]);
}

const BOOKS = `create table if not exists _prisma_migrations (
  id varchar(36) primary key not null,
  checksum varchar(64) not null,
  finished_at timestamptz,
  migration_name varchar(255) not null,
  logs text,
  rolled_back_at timestamptz,
  started_at timestamptz not null default now(),
  applied_steps_count integer not null default 0
)`;
