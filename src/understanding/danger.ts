/**
 * Danger by rules alone, recall first: a wrong alarm costs a question, a missed one may cost a life. Phrases that only
 * look alike (打不着火, 气得冒烟, 没有煤气味) are masked before the signs are read. Words that hardly ever mean anything else
 * (烟, 麻) count wherever they are left standing, so an unforeseen sentence is rather heard than missed.
 */
import type { Danger } from '../domain/danger.ts';
import { maskHarmless } from './danger-harmless.ts';
import { maskDangerousPlaces } from './danger-place.ts';
import { DANGER_SIGNS } from './danger-sign.ts';
import type { Taken } from './mask.ts';

/** The gravest danger said to be there, or null; its words are masked in `rest`. */
export function readDanger(text: string): Taken<Danger | null> {
  const candid = maskHarmless(maskDangerousPlaces(text));
  const found = DANGER_SIGNS.filter(({ pattern }) => candid.search(pattern) >= 0);
  const gravest = found[0];
  if (!gravest) return { value: null, rest: text };
  let rest = text;
  for (const { pattern } of found) {
    for (const match of candid.matchAll(pattern))
      rest = rest.slice(0, match.index) + '\uE0FF'.repeat(match[0].length) + rest.slice(match.index + match[0].length);
  }
  return { value: gravest.danger, rest };
}
