/**
 * The context of a dialog as it was stored, read back: whole or not at all. One that was read before, or that the dialog's own
 * machine has just made, is as it was, and is not checked again.
 */
import type { z } from 'zod';

export type StoredContext<Context extends object> = {
  /** Null when it is not whole. */
  readonly read: (context: unknown) => Context | null;
  /** Its machine made it. */
  readonly made: (context: object) => void;
};

export function storedContext<Context extends object>(schema: z.ZodType<Context>): StoredContext<Context> {
  const known = new WeakMap<object, Context>();
  return {
    read: (context) => {
      if (typeof context !== 'object' || context === null) return null;
      const before = known.get(context);
      if (before !== undefined) return before;
      const read = schema.safeParse(context).data ?? null;
      if (read !== null) known.set(context, read);
      return read;
    },
    made: (context) => void known.set(context, context as Context),
  };
}
