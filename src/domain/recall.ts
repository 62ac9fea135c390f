/** Products their maker has called back (S0-018): whatever the warranty says, it is put right for nothing, and staff are told. */
import type { Appliance } from './appliance.ts';
import type { LocalDay } from './instant.ts';

export type Recall = {
  /** As the notice is numbered. */
  readonly code: string;
  readonly appliance: Appliance;
  /** Upper case, as printed on the label. */
  readonly models: readonly string[];
  /** The days of making it is limited to (`YYYY-MM-DD`); null is open. Of a product nobody knows the day of, it may be any. */
  readonly producedFrom: string | null;
  readonly producedTo: string | null;
  /** It must not be used until it was put right. */
  readonly stopUse: boolean;
};

export type RecalledProduct = { readonly appliance: Appliance; readonly model: string | null; readonly producedOn: LocalDay | null };

/** The notice a product falls under, the gravest first; null when there is none, or its model is not known. */
export function recallOf({ appliance, model, producedOn }: RecalledProduct, recalls: readonly Recall[]): Recall | null {
  if (model === null) return null;
  const printed = model.toUpperCase();
  const meant = recalls.filter(
    (it) =>
      it.appliance === appliance &&
      it.models.includes(printed) &&
      (producedOn === null ||
        ((it.producedFrom === null || it.producedFrom <= producedOn) && (it.producedTo === null || producedOn <= it.producedTo))),
  );
  return meant.find((it) => it.stopUse) ?? meant[0] ?? null;
}
