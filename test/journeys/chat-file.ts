/**
 * Chats written down as a person reads them, one file a chat, and how the files are read. A line is one of:
 *
 *     # a remark
 *     客：空调不制冷              what the customer types; {单号} stands for the ticket number last heard
 *     客：[确认]                  a tap on the button whose label contains this (typed out where nothing can be tapped)
 *     机：corrected ask.address   the reply keys of the answer, exactly; a|b: either, where it depends on other customers
 *     见：王女士 138****0001      words that must stand in that answer
 *     @another account           a new chat by somebody the desk does not know; the first chat opens by itself
 *     @photo                     the customer sends a picture (not in the terminal)
 *     @desk complete             staff complete the ticket last heard of; what follows is said without being asked
 */
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

/** What happens before the bot speaks. */
export type Act =
  | { readonly kind: 'opens' }
  | { readonly kind: 'says'; readonly text: string }
  | { readonly kind: 'taps'; readonly label: string }
  | { readonly kind: 'sends-photo' }
  | { readonly kind: 'staff-complete' };

export type ChatTurn = {
  readonly act: Act;
  /** Where the act stands: `file.txt:12`. */
  readonly place: string;
  /** For each bubble the reply keys it may have, mostly one. */
  readonly replies: readonly (readonly string[])[];
  readonly sees: readonly string[];
};

export type ChatFile = { readonly name: string; readonly turns: readonly ChatTurn[] };

/** Every chat of a folder, by name. Throws at a line that is none of the above. */
export function readChats(folder: string): readonly ChatFile[] {
  const files = readdirSync(folder).filter((it) => it.endsWith('.txt'));
  return files.sort().map((it) => parseChat(basename(it, '.txt'), readFileSync(join(folder, it), 'utf8')));
}

export function parseChat(name: string, text: string): ChatFile {
  const turns: ChatTurn[] = [{ act: { kind: 'opens' }, place: `${name}.txt:1`, replies: [], sees: [] }];
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    const place = `${name}.txt:${index + 1}`;
    const act = actOf(line);
    const [last] = turns.slice(-1);
    const words = line.slice(2).trim();
    if (line.trim() === '' || line.startsWith('#')) continue;
    if (act !== null) turns.push({ act, place, replies: [], sees: [] });
    else if (last !== undefined && /^机[:：]/u.test(line))
      turns[turns.length - 1] = { ...last, replies: words.split(/\s+/).map((it) => it.split('|')) };
    else if (last !== undefined && /^见[:：]/u.test(line)) turns[turns.length - 1] = { ...last, sees: [...last.sees, words] };
    else throw new Error(`${place}: not a line of a chat: ${line}`);
  }
  const mute = turns.find((it) => it.replies.length === 0);
  if (mute !== undefined) throw new Error(`${mute.place}: nothing is said to this`);
  return { name, turns };
}

function actOf(line: string): Act | null {
  const said = /^客[:：](.+)$/u.exec(line)?.[1]?.trim();
  if (said !== undefined) {
    const label = /^\[(.+)\]$/u.exec(said)?.[1];
    return label === undefined ? { kind: 'says', text: said } : { kind: 'taps', label };
  }
  switch (line.trim()) {
    case '@another account':
      return { kind: 'opens' };
    case '@photo':
      return { kind: 'sends-photo' };
    case '@desk complete':
      return { kind: 'staff-complete' };
    default:
      return null;
  }
}
