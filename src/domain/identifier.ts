/**
 * Identifiers are UUIDv7: they sort by the moment they were made, so primary keys grow at one end.
 */
declare const brand: unique symbol;

/** A primitive that only its `parse…` (or maker) can produce. */
export type Brand<Value, Name extends string> = Value & { readonly [brand]: Name };

/** Lower-case UUIDv7. */
export type Identifier = Brand<string, 'Identifier'>;

/** Makes a fresh identifier; pure code is handed one of these. */
export type MakeIdentifier = () => Identifier;

const PATTERN = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/** The identifier in `text`, or null when it is not a UUIDv7 in lower case. */
export function parseIdentifier(text: string): Identifier | null {
  return PATTERN.test(text) ? (text as Identifier) : null;
}

/** Builds a UUIDv7 from epoch milliseconds and ten random bytes. */
export function identifierFrom(epochMilliseconds: number, random: Uint8Array): Identifier {
  if (random.length < 10) throw new Error('invariant: a UUIDv7 needs ten random bytes');
  const bytes = new Uint8Array(16);
  let rest = epochMilliseconds;
  for (let index = 5; index >= 0; index--) {
    bytes[index] = rest % 256;
    rest = Math.floor(rest / 256);
  }
  bytes.set(random.subarray(0, 10), 6);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x70;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = Buffer.from(bytes).toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}` as Identifier;
}
