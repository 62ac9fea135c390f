/**
 * Opens the store: a PostgreSQL named by its URL, or the embedded one under the data folder; migrated, with every port
 * of the turn implemented. The only door to it.
 */
import { PrismaPg } from '@prisma/adapter-pg';
import type pg from 'pg';
import { type Identifier, identifierFrom, type MakeIdentifier } from '../domain/identifier.ts';
import { type Instant, instantOf } from '../domain/instant.ts';
import { drawBytes } from '../drawn-bytes.ts';
import type { ReadKeptFile, ReadKeptThumbnail } from '../turn/kept-file.ts';
import type {
  Accept,
  AcceptWithAttachments,
  FindUnapplied,
  OpenConversation,
  Outbox,
  ReadConversation,
  Readings,
  Transact,
} from '../turn/ports.ts';
import { acceptOn } from './accept.ts';
import { acceptWithAttachmentsOn } from './accept-with-attachments.ts';
import { type Connection, codeOf, type Log, openPool } from './connection.ts';
import { openConversationOn, readConversationOn } from './conversation.ts';
import { openEmbeddedPostgres } from './embedded-postgres.ts';
import { PrismaClient } from './generated/client.ts';
import { readKeptFileOn, readKeptThumbnailOn } from './kept-file.ts';
import { checkKey } from './known-key.ts';
import { type LastSeq, lastSeqOn, type ReadLog, readLogOn } from './message-log.ts';
import { migrate } from './migrate.ts';
import { findUnappliedOn, outboxOn } from './outbox.ts';
import { type ListenOutgoing, listenOutgoingOn } from './outgoing-notice.ts';
import { readingsOn } from './readings.ts';
import { createRecent } from './recent.ts';
import { type Seal, sealWith } from './seal.ts';
import { transactOn } from './turn-write.ts';

export type Store = {
  /** For code inside `src/store` only. */
  readonly prisma: PrismaClient;
  readonly pool: pg.Pool;
  readonly seal: Seal;
  readonly url: string;
  readonly holder: Identifier;
  readonly accept: Accept;
  readonly acceptWithAttachments: AcceptWithAttachments;
  readonly openConversation: OpenConversation;
  readonly readConversation: ReadConversation;
  readonly transact: Transact;
  readonly readings: Readings;
  readonly outbox: Outbox;
  readonly findUnapplied: FindUnapplied;
  readonly readLog: ReadLog;
  readonly readKeptFile: ReadKeptFile;
  readonly readKeptThumbnail: ReadKeptThumbnail;
  readonly lastSeq: LastSeq;
  readonly listenOutgoing: ListenOutgoing;
  /** Migrations applied at this start, by name. */
  readonly migrated: readonly string[];
  /** What an operator should know, in English. */
  readonly notes: readonly string[];
  readonly close: () => Promise<void>;
};

export type StoreOptions = {
  /** Null: the embedded server under `dataDir`. */
  readonly databaseUrl: string | null;
  readonly dataDir: string;
  /** 32 bytes. */
  readonly piiKey: Buffer;
  /** This process, as the outbox knows it. */
  readonly holder: Identifier;
  readonly log: Log;
  readonly now?: () => Instant;
  readonly makeIdentifier?: MakeIdentifier;
};

const TRANSACTION_MILLISECONDS = 10_000;
const CONSOLE_CONNECTIONS_MAX = 8;
const QUERY_MILLISECONDS = 15_000;
const CONNECT_MILLISECONDS = 5_000;

export async function openStore({
  databaseUrl,
  dataDir,
  piiKey,
  holder,
  log,
  now = systemNow,
  makeIdentifier = systemIdentifier,
}: StoreOptions): Promise<Store> {
  const seal = sealWith([piiKey]);
  const embedded = databaseUrl === null ? await openEmbeddedPostgres(dataDir) : null;
  const url = databaseUrl ?? embedded?.url ?? '';
  const migrated = await migrate(url).catch(async (error: unknown) => {
    await embedded?.stop();
    throw error;
  });
  let closing = false;
  // A connection that ends while we close is no loss.
  const recent = createRecent();
  const lost = (error: Error) => {
    recent.clear();
    if (!closing) log('warn', 'store.connection-lost', { reason: codeOf(error) });
  };
  const pool = openPool(url, lost);
  await checkKey(pool, piiKey).catch(async (error: unknown) => {
    closing = true;
    await pool.end();
    await embedded?.stop();
    throw error;
  });
  const prisma = openPrisma(url, lost);
  const connection: Connection = { pool, seal, recent, holder, now, makeIdentifier, log };
  return {
    prisma,
    pool,
    seal,
    url,
    holder,
    accept: acceptOn(connection),
    acceptWithAttachments: acceptWithAttachmentsOn(connection),
    openConversation: openConversationOn(connection),
    readConversation: readConversationOn(connection),
    transact: transactOn(connection),
    readings: readingsOn(connection),
    outbox: outboxOn(connection),
    findUnapplied: findUnappliedOn(connection),
    readLog: readLogOn(connection),
    readKeptFile: readKeptFileOn(connection),
    readKeptThumbnail: readKeptThumbnailOn(connection),
    lastSeq: lastSeqOn(connection),
    listenOutgoing: listenOutgoingOn(url, holder, log),
    migrated,
    notes: embedded?.notes ?? [],
    close: async () => {
      closing = true;
      await prisma.$disconnect();
      await pool.end();
      await embedded?.stop();
    },
  };
}

/** A pool of its own: a page of the console that reads much must not keep a turn waiting for a connection. */
function openPrisma(url: string, lost: (error: Error) => void): PrismaClient {
  const adapter = new PrismaPg(
    {
      connectionString: url,
      max: CONSOLE_CONNECTIONS_MAX,
      keepAlive: true,
      query_timeout: QUERY_MILLISECONDS,
      connectionTimeoutMillis: CONNECT_MILLISECONDS,
    },
    { onPoolError: lost, onConnectionError: lost },
  );
  return new PrismaClient({ adapter, transactionOptions: { maxWait: TRANSACTION_MILLISECONDS, timeout: TRANSACTION_MILLISECONDS } });
}

function systemNow(): Instant {
  return instantOf(Date.now());
}

function systemIdentifier(): Identifier {
  return identifierFrom(Date.now(), drawBytes(10));
}
