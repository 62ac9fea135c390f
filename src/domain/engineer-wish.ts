/** Who the customer wants to come, or does not want to come. */
export type EngineerWish = {
  readonly kind: 'want' | 'avoid';
  /** `last` is whoever came, or is booked, before; `name` is as said: surname or full name, without 师傅 and without 老 or 小. */
  readonly whom: { readonly by: 'last' } | { readonly by: 'name'; readonly name: string };
};
