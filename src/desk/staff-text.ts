/** What staff may type: not empty, not endless, nothing the store or a channel chokes on. */

const CHARACTERS_MAX = 4_000;

/** The text without NUL and outer blanks, or null when nothing or more than 4,000 characters are left. */
export function readStaffText(raw: string): string | null {
  const text = raw.replaceAll('\u0000', '').trim();
  return text.length === 0 || text.length > CHARACTERS_MAX ? null : text;
}
