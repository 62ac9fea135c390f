/** What a dialog may know of a returning customer, told only to the account it belongs to. */
import type { FullAddress, PhoneNumber } from '../src/domain/contact.ts';

export type CustomerOnRecord = {
  readonly name: string | null;
  readonly phone: PhoneNumber | null;
  readonly address: FullAddress | null;
  /** Models by appliance, so they need not be asked again. */
  readonly models: readonly { readonly appliance: string; readonly model: string }[];
};
