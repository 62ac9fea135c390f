/** Figures of a run: shares of times, and whether memory stayed flat. */

export function at(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

/** `atSeconds`: since the run began. */
export type MemorySample = { readonly atSeconds: number; readonly residentBytes: number; readonly heapBytes: number };

/** How much more there is late than early: 1.1 is a tenth more. */
export type Growth = { readonly resident: number; readonly heap: number };

/** Of a run of ten minutes: minutes 2 to 4, and the last three. */
const EARLY = { from: 0.2, to: 0.4 };
const LATE = { from: 0.7, to: 1 };

/**
 * Resident memory by its median; the heap by its least, which is what is left right after garbage was collected. Null where
 * a part of the run has no sample.
 */
export function growthOf(samples: readonly MemorySample[], seconds: number): Growth | null {
  const within = ({ from, to }: typeof EARLY) => samples.filter((it) => it.atSeconds >= from * seconds && it.atSeconds <= to * seconds);
  const [early, late] = [within(EARLY), within(LATE)];
  if (early.length === 0 || late.length === 0) return null;
  const resident = (part: readonly MemorySample[]) =>
    at(
      part.map((it) => it.residentBytes),
      0.5,
    );
  const heap = (part: readonly MemorySample[]) => Math.min(...part.map((it) => it.heapBytes));
  return { resident: resident(late) / resident(early), heap: heap(late) / heap(early) };
}
