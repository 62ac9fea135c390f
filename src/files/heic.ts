/**
 * HEIC pictures without place, time, camera and comment. No decoder of ours opens them, so what they hold is read from
 * their list of items (ISO/IEC 23008-12): bytes of items that are pictures stay, every other byte beside them is blanked.
 */
import { type Box, blankAround, boxesIn, cleanCopy, empty, onlyBox, type Range, Unreadable } from './boxes.ts';
import { cleanMovie } from './film.ts';

export function cleanHeic(bytes: Uint8Array): Uint8Array | null {
  return cleanCopy(bytes, (picture) => {
    const file = boxesIn(picture, 0, picture.length, 'cut');
    const parts = describingParts(picture, onlyBox(file, 'meta'));
    const types = itemTypes(picture, onlyBox(parts, 'iinf'));
    const primary = primaryItem(picture, onlyBox(parts, 'pitm'));
    if (!PICTURES.has(types.get(primary) ?? '')) throw new Unreadable();
    const inside = parts.find((it) => it.type === 'idat') ?? null;
    const kept: Range[] = [];
    const blanked: Range[] = [];
    for (const { id, ranges } of itemPlaces(picture, onlyBox(parts, 'iloc'), inside))
      (PICTURES.has(types.get(id) ?? '') ? kept : blanked).push(...ranges);
    const movie = file.find((it) => it.type === 'moov');
    const shown = movie === undefined ? [] : cleanMovie(picture, movie, file);
    if (shown === 'all') throw new Unreadable();
    blankProperties(picture, onlyBox(parts, 'iprp'));
    for (const box of inside === null ? file : [...file, inside]) {
      if (box.type === 'mdat' || box.type === 'idat') {
        blankAround(picture, [box.body, box.end], [...kept, ...shown]);
        // A picture that claims such bytes for itself is the poorer for it.
        for (const [from, to] of joined(blanked)) picture.fill(0, Math.max(from, box.body), Math.max(box.body, Math.min(to, box.end)));
      } else if (!FILE_PARTS.has(box.type)) empty(picture, box);
    }
  });
}

const FILE_PARTS = new Set(['ftyp', 'meta', 'moov']);
const DESCRIBING_PARTS = new Set(['hdlr', 'pitm', 'iinf', 'iloc', 'iprp', 'iref', 'idat', 'grpl']);
/** Coded pictures, and how several make one. */
const PICTURES = new Set(['hvc1', 'hev1', 'lhv1', 'av01', 'grid', 'iovl', 'iden', 'tmap']);
/** Description, times, and what makers add: `udes`, `crtt`, `mdft`, `uuid`. They keep their place, as pictures count them. */
const TELLING_PROPERTIES = new Set(['udes', 'crtt', 'mdft', 'uuid']);
const ITEMS_MAX = 4_096;
/** Version and flags, at the beginning of many bodies. */
const VERSION_BYTES = 4;

function describingParts(bytes: Buffer, { body, end }: Box): readonly Box[] {
  const boxes = boxesIn(bytes, body + VERSION_BYTES, end);
  for (const box of boxes) if (!DESCRIBING_PARTS.has(box.type)) empty(bytes, box);
  return boxes;
}

function primaryItem(bytes: Buffer, { body }: Box): number {
  const at = body + VERSION_BYTES;
  return bytes.readUInt8(body) === 0 ? bytes.readUInt16BE(at) : bytes.readUInt32BE(at);
}

/** The type of every item by its id; the names people may have given them are blanked. */
function itemTypes(bytes: Buffer, { body, end }: Box): ReadonlyMap<number, string> {
  const countBytes = bytes.readUInt8(body) === 0 ? 2 : 4;
  const types = new Map<number, string>();
  for (const entry of boxesIn(bytes, body + VERSION_BYTES + countBytes, end)) {
    const version = bytes.readUInt8(entry.body);
    if (entry.type !== 'infe' || version < 2 || types.size >= ITEMS_MAX) throw new Unreadable();
    const at = entry.body + VERSION_BYTES;
    const idBytes = version === 2 ? 2 : 4;
    const typeAt = at + idBytes + 2;
    types.set(bytes.readUIntBE(at, idBytes), bytes.toString('latin1', typeAt, typeAt + 4));
    const name = typeAt + 4;
    const nameEnd = bytes.indexOf(0, name);
    if (name < entry.end) bytes.fill(' ', name, nameEnd === -1 ? entry.end : Math.min(nameEnd, entry.end));
  }
  return types;
}

type ItemPlace = { readonly id: number; readonly ranges: readonly Range[] };

const IN_FILE = 0;
const IN_ITEM_DATA = 1;
const EXTENTS_MAX = 16_384;

/** Where every item's bytes are; an item made of other items' bytes, or of another file's, is none of a photo. */
function itemPlaces(bytes: Buffer, table: Box, inside: Box | null): readonly ItemPlace[] {
  const version = bytes.readUInt8(table.body);
  const reading = { at: table.body + VERSION_BYTES };
  const next = (size: number): number => {
    const from = reading.at;
    reading.at += size;
    if (reading.at > table.end) throw new Unreadable();
    if (size === 0) return 0;
    return size === 8 ? Number(bytes.readBigUInt64BE(from)) : bytes.readUIntBE(from, size);
  };
  const [sizes, more] = [next(1), next(1)];
  const [offsetBytes, lengthBytes, baseBytes] = [sizes >> 4, sizes & 15, more >> 4];
  const indexBytes = version === 0 ? 0 : more & 15;
  if (version > 2 || ![offsetBytes, lengthBytes, baseBytes, indexBytes].every((it) => it === 0 || it === 4 || it === 8))
    throw new Unreadable();
  const places: ItemPlace[] = [];
  let extents = 0;
  for (let left = next(version < 2 ? 2 : 4); left > 0; left--) {
    const id = next(version < 2 ? 2 : 4);
    const method = version === 0 ? IN_FILE : next(2) & 15;
    const isElsewhere = next(2) !== 0;
    const base = next(baseBytes);
    const ranges: Range[] = [];
    for (let extent = next(2); extent > 0; extent--) {
      extents += 1;
      next(indexBytes);
      const from = base + next(offsetBytes) + (method === IN_ITEM_DATA ? (inside?.body ?? 0) : 0);
      const size = next(lengthBytes);
      if (size === 0 || isElsewhere || method > IN_ITEM_DATA || (method === IN_ITEM_DATA && inside === null)) throw new Unreadable();
      ranges.push([from, from + size]);
    }
    if (extents > EXTENTS_MAX || places.length >= ITEMS_MAX) throw new Unreadable();
    places.push({ id, ranges });
  }
  return places;
}

function blankProperties(bytes: Buffer, properties: Box): void {
  const container = onlyBox(boxesIn(bytes, properties.body, properties.end), 'ipco');
  for (const { type, body, end } of boxesIn(bytes, container.body, container.end))
    if (TELLING_PROPERTIES.has(type)) bytes.fill(0, Math.min(body + VERSION_BYTES, end), end);
}

/** Without overlaps, so that no byte is written twice. */
function joined(ranges: readonly Range[]): readonly Range[] {
  const found: [number, number][] = [];
  for (const [from, to] of [...ranges].sort((a, b) => a[0] - b[0])) {
    const last = found.at(-1);
    if (last !== undefined && from <= last[1]) last[1] = Math.max(last[1], to);
    else found.push([from, to]);
  }
  return found;
}
