/**
 * Whether a failure means that the store is away for now, or can't write. Only codes and a few fixed sentences of the
 * drivers are looked at: nothing was wrong with what was asked, and it may be asked again.
 */

/** The network; PostgreSQL stopping, starting, out of connections or of disk, read-only after a failover; Prisma's words for the same. */
const AWAY =
  /^(ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN|ENOENT|08...|53...|57P0[1-5]|58...|25006|P1001|P1002|P1008|P1017|P2024|P2028)$/;

/** `pg` has no codes for these. */
const SENTENCES = [
  'Connection terminated',
  'timeout exceeded when trying to connect',
  'Query read timeout',
  'Client has encountered a connection error',
  'Cannot use a pool after calling end on the pool',
];

/** What wraps what, in the worst case seen: Prisma around its adapter around the driver around an AggregateError. */
const DEPTH_MAX = 5;

export function isStoreAway(error: unknown, depth = 0): boolean {
  if (!(error instanceof Object) || depth > DEPTH_MAX) return false;
  if ('code' in error && typeof error.code === 'string' && AWAY.test(error.code)) return true;
  if ('originalCode' in error && typeof error.originalCode === 'string' && AWAY.test(error.originalCode)) return true;
  if (error instanceof Error && SENTENCES.some((it) => error.message.startsWith(it))) return true;
  const inner = [
    ...('cause' in error ? [error.cause] : []),
    ...('meta' in error ? [error.meta] : []),
    ...('driverAdapterError' in error ? [error.driverAdapterError] : []),
    ...('errors' in error && Array.isArray(error.errors) ? error.errors : []),
  ];
  return inner.some((it) => isStoreAway(it, depth + 1));
}
