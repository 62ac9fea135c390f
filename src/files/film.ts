/**
 * MP4 films without place, time, maker and comment: boxes that no player needs are emptied, times are set to nothing, and
 * of the bytes that tracks point to only those of picture and sound stay (cameras write where they were as a track of its
 * own). A film without a table of contents plays nowhere and is not taken.
 */
import { type Box, blankAround, boxesIn, cleanCopy, empty, onlyBox, type Range, Unreadable } from './boxes.ts';

export function cleanFilm(bytes: Uint8Array): Uint8Array | null {
  return cleanCopy(bytes, (film) => {
    const boxes = boxesIn(film, 0, film.length, 'cut');
    const kept = cleanMovie(film, onlyBox(boxes, 'moov'), boxes);
    for (const box of boxes) {
      if (box.type === 'mdat' && kept !== 'all') blankAround(film, [box.body, box.end], kept);
      if (!FILE_PARTS.has(box.type)) empty(film, box);
    }
  });
}

const FILE_PARTS = new Set(['ftyp', 'styp', 'moov', 'moof', 'mdat', 'sidx', 'mfra']);
const MOVIE_PARTS = new Set(['mvhd', 'trak', 'mvex']);
const TRACK_PARTS = new Set(['tkhd', 'edts', 'mdia']);
const MEDIA_PARTS = new Set(['mdhd', 'hdlr', 'minf', 'elng']);
const INFORMATION_PARTS = new Set(['vmhd', 'smhd', 'nmhd', 'dinf', 'stbl']);
const TABLES = new Set([...['stsd', 'stts', 'ctts', 'cslg', 'stss', 'stsc', 'stsz', 'stco', 'co64', 'sdtp', 'sgpd', 'sbgp']]);
/** Whose samples are seen or heard (`pict`, `auxv`: a row of pictures, as HEIC has it). */
const SHOWN = new Set(['vide', 'soun', 'pict', 'auxv']);

/** Cleans the table of contents in place; what of the media has to stay: `all` where pieces have tables of their own. */
export function cleanMovie(bytes: Buffer, moov: Box, file: readonly Box[]): readonly Range[] | 'all' {
  const parts = keptParts(bytes, moov, MOVIE_PARTS);
  blankTimes(bytes, onlyBox(parts, 'mvhd'));
  const kept: Range[] = [];
  let hasOther = false;
  for (const track of parts.filter((it) => it.type === 'trak')) {
    const samples = cleanTrack(bytes, track);
    if (samples === null) {
      empty(bytes, track);
      hasOther = true;
    } else kept.push(...samples);
  }
  const isInPieces = parts.some((it) => it.type === 'mvex') || file.some((it) => it.type === 'moof');
  // Which of their bytes is whose is said in every piece anew.
  if (isInPieces && hasOther) throw new Unreadable();
  return isInPieces ? 'all' : kept;
}

/** Where its samples are; null when it is neither seen nor heard. */
function cleanTrack(bytes: Buffer, track: Box): readonly Range[] | null {
  const parts = keptParts(bytes, track, TRACK_PARTS);
  blankTimes(bytes, onlyBox(parts, 'tkhd'));
  const media = keptParts(bytes, onlyBox(parts, 'mdia'), MEDIA_PARTS);
  blankTimes(bytes, onlyBox(media, 'mdhd'));
  const handler = onlyBox(media, 'hdlr');
  const shows = bytes.toString('latin1', handler.body + HANDLER_AT, handler.body + HANDLER_AT + 4);
  if (!SHOWN.has(shows)) return null;
  bytes.fill(0, Math.min(handler.body + HANDLER_NAME_AT, handler.end), handler.end);
  const information = keptParts(bytes, onlyBox(media, 'minf'), INFORMATION_PARTS);
  for (const box of information.filter((it) => it.type === 'dinf')) blankPlaces(bytes, box);
  const tables = keptParts(bytes, onlyBox(information, 'stbl'), TABLES);
  if (shows === 'vide') blankEncoder(bytes, onlyBox(tables, 'stsd'));
  return samplesOf(bytes, tables);
}

const HANDLER_AT = 8;
const HANDLER_NAME_AT = 24;

/** What is in a box, everything else in it emptied. */
function keptParts(bytes: Buffer, { body, end }: Box, wanted: ReadonlySet<string>): readonly Box[] {
  const boxes = boxesIn(bytes, body, end);
  for (const box of boxes) if (!wanted.has(box.type)) empty(bytes, box);
  return boxes.filter((it) => wanted.has(it.type));
}

/** Made and changed: two times behind the version, of four bytes or of eight. */
function blankTimes(bytes: Buffer, { body, end }: Box): void {
  const size = bytes.readUInt8(body) === 1 ? 16 : 8;
  if (body + 4 + size > end) throw new Unreadable();
  bytes.fill(0, body + 4, body + 4 + size);
}

/** Where else media could lie: an address, or a path on somebody's machine. Ours lie in the file itself. */
function blankPlaces(bytes: Buffer, information: Box): void {
  for (const list of boxesIn(bytes, information.body, information.end)) {
    if (list.type !== 'dref') empty(bytes, list);
    else for (const place of boxesIn(bytes, list.body + 8, list.end)) bytes.fill(0, Math.min(place.body + 4, place.end), place.end);
  }
}

const ENCODER_AT = 50;
const ENCODER_BYTES = 32;

/** Cameras give their name as the encoder's. */
function blankEncoder(bytes: Buffer, { body, end }: Box): void {
  for (const entry of boxesIn(bytes, body + 8, end)) {
    const at = entry.start + ENCODER_AT;
    if (at + ENCODER_BYTES <= entry.end) bytes.fill(0, at, at + ENCODER_BYTES);
  }
}

// ---- samples: chunks stand in the file, runs of chunks have the same number of samples, each sample has a size ---------

function samplesOf(bytes: Buffer, tables: readonly Box[]): readonly Range[] {
  const offsets = chunkOffsets(bytes, tables);
  const sizeOf = sampleSizes(bytes, onlyBox(tables, 'stsz'));
  const perChunk = samplesPerChunk(bytes, onlyBox(tables, 'stsc'), offsets.length);
  const ranges: Range[] = [];
  let sample = 0;
  for (const [chunk, from] of offsets.entries()) {
    const until = sample + (perChunk[chunk] ?? 0);
    ranges.push([from, from + sizeOf(sample, until)]);
    sample = until;
  }
  return ranges;
}

function chunkOffsets(bytes: Buffer, tables: readonly Box[]): readonly number[] {
  const large = tables.find((it) => it.type === 'co64');
  const table = large ?? onlyBox(tables, 'stco');
  const size = large === undefined ? 4 : 8;
  return Array.from({ length: countOf(bytes, table, 4, size) }, (_, n) => {
    const at = table.body + 8 + n * size;
    return size === 4 ? bytes.readUInt32BE(at) : Number(bytes.readBigUInt64BE(at));
  });
}

/** Bytes of the samples from the first up to but not with the second. */
function sampleSizes(bytes: Buffer, table: Box): (from: number, to: number) => number {
  const same = bytes.readUInt32BE(table.body + 4);
  if (same > 0) return (from, to) => same * (to - from);
  const count = countOf(bytes, table, 8, 4);
  return (from, to) => {
    let size = 0;
    for (let n = from; n < Math.min(to, count); n++) size += bytes.readUInt32BE(table.body + 12 + n * 4);
    return size;
  };
}

const RUN_BYTES = 12;

function samplesPerChunk(bytes: Buffer, table: Box, chunks: number): readonly number[] {
  const runs = countOf(bytes, table, 4, RUN_BYTES);
  const perChunk: number[] = [];
  for (let run = 0; run < runs && perChunk.length < chunks; run++) {
    const at = table.body + 8 + run * RUN_BYTES;
    const until = run + 1 < runs ? bytes.readUInt32BE(at + RUN_BYTES) - 1 : chunks;
    while (perChunk.length < Math.min(until, chunks)) perChunk.push(bytes.readUInt32BE(at + 4));
  }
  return perChunk;
}

/** How many rows a table says it has, at `at` in its body; all of them are in it. */
function countOf(bytes: Buffer, { body, end }: Box, at: number, rowBytes: number): number {
  const count = bytes.readUInt32BE(body + at);
  if (body + at + 4 + count * rowBytes > end) throw new Unreadable();
  return count;
}
