/**
 * Text in parts of so many bytes, cut where a reader would pause, never inside a character. Parts are scarce: there are
 * never more than the text needs, so where a cut at a pause would cost one it is made at the end.
 */

/** What the platform takes in one message, in bytes of UTF-8. */
export const TEXT_BYTES_MAX = 2_048;

/** Where a cut hurts least, best first. */
const PAUSES = ['\n', '\u3002', '\uFF01', '\uFF1F', '\uFF1B', '\uFF0C', ' '] as const;

/** The text's parts in order, each at most `bytesMax` bytes; blanks at the cuts are left out. */
export function textParts(text: string, bytesMax = TEXT_BYTES_MAX): readonly string[] {
  const parts: string[] = [];
  let rest = text.trim();
  while (Buffer.byteLength(rest) > bytesMax) {
    const fitting = fittingStart(rest, bytesMax);
    const part = fitting.slice(0, cutIn(fitting, rest, bytesMax));
    parts.push(part.trimEnd());
    rest = rest.slice(part.length).trimStart();
  }
  return rest === '' ? parts : [...parts, rest];
}

/** As many whole characters (as a reader sees them) as fit; one at least. */
function fittingStart(text: string, bytesMax: number): string {
  let bytes = 0;
  let length = 0;
  for (const { segment } of CHARACTERS.segment(text)) {
    bytes += Buffer.byteLength(segment);
    if (bytes > bytesMax && length > 0) break;
    length += segment.length;
  }
  return text.slice(0, length);
}

/** Behind the last pause of the best kind in the second half; else, or where that would cost a part, at the end. */
function cutIn(fitting: string, text: string, bytesMax: number): number {
  const partsMax = fewestParts(text.slice(fitting.length), bytesMax);
  for (const pause of PAUSES) {
    const at = fitting.lastIndexOf(pause);
    const cut = at + pause.length;
    if (at >= fitting.length / 2 && fewestParts(text.slice(cut), bytesMax) <= partsMax) return cut;
  }
  return fitting.length;
}

function fewestParts(text: string, bytesMax: number): number {
  let parts = 0;
  for (let rest = text.trim(); rest !== ''; rest = rest.slice(fittingStart(rest, bytesMax).length).trimStart()) parts += 1;
  return parts;
}

const CHARACTERS = new Intl.Segmenter('zh', { granularity: 'grapheme' });
