/** Names a customer tells of themselves, or of whom to ask for, before they are on record: 我叫王小明, 联系人李先生 (S2-024). */
import { maskName } from '../domain/privacy-mask.ts';
import { readPersonName } from '../understanding/person-name.ts';

const NAMES_MAX = 3;
const FULL_WIDTH_OFFSET = 0xfee0;
/** A surname alone is what a masked name tells anyway. */
const CHARACTERS_MIN = 2;

/** What a customer said, with each name they tell in it as `王*`; only what is plainly told as a name is one. */
export function maskNamesSaid(text: string): string {
  const names = new Set<string>();
  // Signs of either width read the same; each stays where it stands.
  const plain = text.replace(/[\uff01\uff0c\uff1a\uff1b\uff1f]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - FULL_WIDTH_OFFSET));
  for (let left = plain, found = 0; found < NAMES_MAX; found++) {
    const { value, rest } = readPersonName(left, null);
    if (value === null) break;
    if ([...value].length >= CHARACTERS_MIN) names.add(value);
    left = rest;
  }
  return [...names].sort((a, b) => b.length - a.length).reduce((left, name) => left.replaceAll(name, maskName(name)), text);
}
