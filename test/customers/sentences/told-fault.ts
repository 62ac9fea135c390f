/** A fault in the words of people who do not repair. `alone` is what they say when the appliance was named before; `codes` are what a careful reader would file it under. */
import type { Phrases } from '../manner.ts';

export type Fault = {
  readonly appliance: string;
  readonly codes: readonly string[];
  readonly said: Phrases;
  readonly alone: readonly string[];
};
