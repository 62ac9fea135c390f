/**
 * Stored dialogs outlive releases. A version that can't go on unchanged raises its number in the registry and says here
 * how the one before becomes it; one that is not told here starts over with what was said (`kept.ts`).
 */
import type { FlowName } from './registry.ts';

export type StoredSnapshot = { readonly version: number; readonly value: unknown; readonly context: unknown };

/** By the version it comes from, a step to the next; null when this snapshot has no place in it. */
type Migrations = Readonly<Record<number, (stored: StoredSnapshot) => Omit<StoredSnapshot, 'version'> | null>>;

export const MIGRATE: Readonly<Partial<Record<FlowName, Migrations>>> = {};

/** The snapshot as a `version` would have stored it, a step a version; null when a step is missing or refuses. */
export function migrated(stored: StoredSnapshot, version: number, migrations: Migrations = {}): StoredSnapshot | null {
  if (stored.version === version) return stored;
  const step = migrations[stored.version];
  const next = stored.version < version && step !== undefined ? step(stored) : null;
  return next === null ? null : migrated({ ...next, version: stored.version + 1 }, version, migrations);
}
