/** Reads what a business changed of the policy: JSON merged over the default, every fault found at once. */
import { DEFAULT_POLICY, type Policy, policySchema } from './policy.ts';

/** A fault is one line: the path of the key, a colon, what is wanted. */
export type ParsedPolicy =
  | { readonly kind: 'policy'; readonly policy: Policy }
  | { readonly kind: 'faults'; readonly faults: readonly string[] };

/** Objects are merged key by key over the default policy; lists and values replace; a key the policy does not have is a fault. */
export function parsePolicy(overrides: unknown): ParsedPolicy {
  if (!isObject(overrides)) return { kind: 'faults', faults: ['policy: must be a JSON object'] };
  const parsed = policySchema.safeParse(merged(DEFAULT_POLICY, overrides));
  if (parsed.success) return { kind: 'policy', policy: parsed.data };
  const faults = parsed.error.issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => `${pathOf([...issue.path, key])}: unknown key`)
      : [`${pathOf(issue.path)}: ${issue.message}`],
  );
  return { kind: 'faults', faults: [...new Set(faults)] };
}

function merged(base: unknown, over: unknown): unknown {
  if (!isObject(base) || !isObject(over)) return over;
  const kept = Object.entries(base).filter(([key]) => !Object.hasOwn(over, key));
  // fromEntries defines keys instead of assigning them, so a "__proto__" in the file stays a key and is a fault.
  return Object.fromEntries([
    ...kept,
    ...Object.entries(over).map(([key, value]) => [key, Object.hasOwn(base, key) ? merged(base[key], value) : value]),
  ]);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function pathOf(path: readonly PropertyKey[]): string {
  return path.length === 0 ? 'policy' : path.map(String).join('.');
}
