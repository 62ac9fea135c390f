/**
 * A file's name as it may be shown and saved: one line, no folders, no signs that turn letters round, and an ending that
 * says what the file is.
 */
import type { FileKind } from './file-kind.ts';

const CHARACTERS_MAX = 80;
/** Of the end of a name that goes on and on. */
const CHARACTERS_READ = 500;
const UNNAMED: Readonly<Record<string, string>> = { image: 'photo', video: 'video', audio: 'voice', application: 'file' };

/** The name a client gave, made harmless; `photo.jpg` and the like where nothing is left of it. */
export function fileNameOf(given: string, { contentType, endings }: FileKind): string {
  const clean = given
    .slice(-CHARACTERS_READ)
    .toWellFormed()
    .normalize('NFC')
    .replace(/^.*[/\\]/su, '')
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '')
    .replace(/[<>:"|?*]/gu, '_')
    .replace(/\s+/gu, ' ')
    .trim();
  const lower = clean.toLowerCase();
  const ending = endings.find((it) => lower.endsWith(`.${it}`));
  const stem = (ending === undefined ? clean : clean.slice(0, -(ending.length + 1))).replace(/^[. ]+|[. ]+$/gu, '');
  const name = stem === '' ? (UNNAMED[contentType.split('/')[0] ?? ''] ?? 'file') : stem;
  const shown = `.${ending ?? endings[0]}`;
  return [...name].slice(0, CHARACTERS_MAX - shown.length).join('') + shown;
}
