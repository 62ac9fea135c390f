/** Cursors as clients see them: opaque text that only this API reads back. */
import type { Cursor } from '../desk/slice.ts';
import { parseIdentifier } from '../domain/identifier.ts';
import { instantOf } from '../domain/instant.ts';

/** Null stays null: the end of the list. */
export function writeCursor(cursor: Cursor | null): string | null {
  return cursor === null ? null : Buffer.from(`${cursor.at}.${cursor.id}`, 'utf8').toString('base64url');
}

/** The cursor in `text`, or null when it is none of ours. */
export function readCursor(text: string): Cursor | null {
  const match = /^(\d{1,15})\.([0-9a-f-]{36})$/.exec(Buffer.from(text, 'base64url').toString('utf8'));
  const id = match?.[2] === undefined ? null : parseIdentifier(match[2]);
  return match === null || id === null ? null : { at: instantOf(Number(match[1])), id };
}
