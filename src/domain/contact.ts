/** Who the customer is and where they live, as values: phone numbers, address parts, serials. */
import type { Brand } from './identifier.ts';

/** E.164, such as +8613800138000. Made by `parsePhone` in `src/understanding/phone.ts`. */
export type PhoneNumber = Brand<string, 'PhoneNumber'>;

/** Upper case, 8–20 letters and digits. */
export type Serial = Brand<string, 'Serial'>;

/** What a text says of an address. Province and city are null when they can't be derived with certainty. */
export type AddressParts = {
  readonly province: string | null;
  readonly city: string | null;
  readonly district: string | null;
  readonly detail: string | null;
};

/** An address an engineer can find. */
export type FullAddress = { readonly province: string; readonly city: string; readonly district: string; readonly detail: string };

/** The person who is at home when it is not the customer: 给我妈报修, 打我电话. */
export type OnSiteContact = { readonly who: string; readonly phone: PhoneNumber | null };
