/** The last branch of a `switch` on a union: the compiler proves that nothing gets here. */
export function unreachable(value: never): never {
  throw new Error(`invariant: unexpected case ${JSON.stringify(value)}`);
}
