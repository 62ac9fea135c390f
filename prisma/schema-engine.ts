/**
 * Prisma's schema engine as WebAssembly: compares schema.prisma with a database, without downloading
 * the native engine. Only the scripts beside this file use it; the application never does.
 */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { PrismaPg } from '@prisma/adapter-pg';
import { bindMigrationAwareSqlAdapterFactory, ColumnTypeEnum } from '@prisma/driver-adapter-utils';
import * as bindings from '@prisma/schema-engine-wasm/schema_engine_bg';
import pg from 'pg';

/** The SQL that leads from the tables of a live database to the schema text; empty when there is nothing to do. */
export async function sqlTowards(schemaText: string, url: string): Promise<string> {
  await engineLoaded;
  const files = [{ path: 'schema.prisma', content: schemaText }];
  // An empty list of datamodels is not the same as none: with a list the engine looks for a datasource in it.
  const pool = new pg.Pool({ connectionString: url, max: 1 });
  const engine = await bindings.SchemaEngine.new({ datamodels: undefined }, () => undefined, adapterFor(pool));
  try {
    const { stdout } = await engine.diff({
      from: { tag: 'schemaDatasource', files, configDir: '.' },
      to: { tag: 'schemaDatamodel', files },
      script: true,
      exitCode: true,
      filters: { externalTables: ['public._prisma_migrations'], externalEnums: [] },
    });
    if (stdout === null) throw new Error('invariant: the schema engine answered nothing');
    return stdout.includes('This is an empty migration') ? '' : stdout.trim();
  } finally {
    engine.free();
    await pool.end();
  }
}

const SINGLE_CHAR = 18;
const UUID = 2950;

/**
 * The engine reads columns of type "char" from the catalog and wants them as characters, which the adapter can't name
 * and refuses. They travel as UUIDs, of which the catalog has none, and change back at the other end.
 */
function adapterFor(pool: pg.Pool) {
  const query = pool.query.bind(pool) as (...given: unknown[]) => Promise<pg.QueryResult>;
  const disguised = async (...given: unknown[]) => {
    const result = await query(...given);
    for (const field of result.fields) if (field.dataTypeID === SINGLE_CHAR) field.dataTypeID = UUID;
    return result;
  };
  const factory = new PrismaPg(Object.assign(pool, { query: disguised }));
  const connect = factory.connect.bind(factory);
  factory.connect = async () => {
    const adapter = await connect();
    const queryRaw = adapter.queryRaw.bind(adapter);
    adapter.queryRaw = async (asked) => {
      const result = await queryRaw(asked);
      return { ...result, columnTypes: result.columnTypes.map((it) => (it === ColumnTypeEnum.Uuid ? ColumnTypeEnum.Character : it)) };
    };
    return adapter;
  };
  return bindMigrationAwareSqlAdapterFactory(factory);
}

const engineLoaded = loadEngine();

/** The package's own entry wants `--experimental-wasm-modules`; instantiating by hand needs no flag. */
async function loadEngine(): Promise<void> {
  Object.assign(globalThis, {
    PRISMA_WASM_PANIC_REGISTRY: { set_message: (message: string) => process.stderr.write(`schema engine: ${message}\n`) },
  });
  const folder = dirname(createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm/schema_engine_bg'));
  const bytes = await readFile(join(folder, 'schema_engine_bg.wasm'));
  const { WebAssembly } = globalThis as unknown as { WebAssembly: WebAssemblyPart };
  const { instance } = await WebAssembly.instantiate(bytes, { './schema_engine_bg.js': bindings });
  bindings.__wbg_set_wasm(instance.exports);
  instance.exports.__wbindgen_start();
}

/** TypeScript declares WebAssembly only beside the browser's types. */
type WebAssemblyPart = {
  readonly instantiate: (
    bytes: Uint8Array,
    imports: object,
  ) => Promise<{ readonly instance: { readonly exports: { readonly __wbindgen_start: () => void } } }>;
};
