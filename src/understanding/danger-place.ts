/** Names of places that sound like a danger, 麻章区, 曲麻莱县: which they are is read off the signs themselves. */
import { areaNames } from './area.ts';
import { maskHarmless } from './danger-harmless.ts';
import { DANGER_SIGNS } from './danger-sign.ts';
import { maskAll } from './mask.ts';

/** Parts names that are read at once; no sign reaches beyond it. */
const PARTS = '\n。\n';

const PLACES = new RegExp(namesThatSoundDangerous().join('|'), 'g');

/** The text without them. */
export function maskDangerousPlaces(text: string): string {
  return maskAll(text, PLACES, 'blank');
}

/** The longest first. */
function namesThatSoundDangerous(): readonly string[] {
  const all = areaNames().join(PARTS) + PARTS;
  const candid = maskHarmless(all);
  const found = new Set<string>();
  for (const { pattern } of DANGER_SIGNS)
    for (const { index } of candid.matchAll(pattern)) {
      const from = all.lastIndexOf('\n', index) + 1;
      found.add(all.slice(from, all.indexOf(PARTS, index)));
    }
  return [...found].sort((one, other) => other.length - one.length);
}
