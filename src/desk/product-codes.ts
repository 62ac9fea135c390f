/** Codes for product labels, made for staff who print them (S4-013). */
import type { Appliance } from '../domain/appliance.ts';
import type { Serial } from '../domain/contact.ts';
import type { Readings } from '../turn/ports.ts';
import { type Forbidden, refusal, type StaffMember } from './staff-member.ts';

export type ProductCode = {
  readonly serial: Serial;
  readonly scene: string;
  /** As it is on record, so that the label is put on the right one; null when nobody here knows the serial. */
  readonly product: { readonly appliance: Appliance; readonly brand: string; readonly model: string } | null;
};

export type ProductCodeDesk = {
  readonly make: (
    member: StaffMember,
    serial: string,
  ) => Promise<{ readonly kind: 'made'; readonly code: ProductCode } | { readonly kind: 'no-serial' } | Forbidden>;
};

/** Making codes. The same serial has the same code, however often it is asked for. */
export function productCodeDesk(needs: {
  readonly parseSerial: (text: string) => Serial | null;
  readonly sceneOf: (serial: Serial) => string;
  readonly readings: Pick<Readings, 'productBySerial'>;
}): ProductCodeDesk {
  return {
    make: async (member, text) => {
      const no = refusal(member, 'desk.read');
      if (no) return no;
      const serial = needs.parseSerial(text);
      if (serial === null) return { kind: 'no-serial' };
      const found = await needs.readings.productBySerial(serial);
      const product = found === null ? null : { appliance: found.appliance, brand: found.brand, model: found.model };
      return { kind: 'made', code: { serial, scene: needs.sceneOf(serial), product } };
    },
  };
}
