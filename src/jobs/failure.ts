/** How a job speaks of what failed: by kind and code, never by message, which may quote a row. */

export type Log = (event: string, fields: Readonly<Record<string, string | number | boolean>>) => void;

const CODE = /^[A-Z0-9_]{1,40}$/;

/** The kind of a failure, and the database's or system's code where there is one. */
export function failureOf(error: unknown): { readonly error: string; readonly code?: string } {
  const kind = error instanceof Error ? error.name : 'unknown';
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
  return CODE.test(code) ? { error: kind, code } : { error: kind };
}

/** Does the work for each in turn; one that fails keeps none of the others waiting, and is found again next time. */
export async function oneByOne<Item>(items: readonly Item[], failed: (error: unknown) => void, work: (item: Item) => Promise<void>) {
  for (const item of items) await work(item).catch(failed);
}
