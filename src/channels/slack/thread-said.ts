/** What was said in the chat, as the thread of its handoff shows it: masked, who and when, files by a link of ours that expires. */
import type { Desk } from '../../desk/desk.ts';
import type { StaffMember } from '../../desk/staff-member.ts';
import type { TranscriptLine } from '../../desk/transcript.ts';
import type { Identifier } from '../../domain/identifier.ts';
import type { Policy } from '../../domain/policy.ts';
import type { StaffWord } from '../../wording/staff/render.ts';
import { cut, type KnownBlock, section } from './blocks.ts';
import { clockOf } from './handoff-card.ts';
import type { Shown } from './shown.ts';
import { escapeSlack } from './slack-text.ts';

export type SaidNeeds = {
  readonly policy: Pick<Policy, 'slack'>;
  readonly word: StaffWord;
  readonly timeZone: string;
  /** The address of a kept file; it expires. */
  readonly fileUrl: (fileId: Identifier) => string;
};

/** Fits one section, its heading included. */
const PIECE_CHARACTERS_MAX = 2_700;
/** Of all sections of one message together. */
const MESSAGE_CHARACTERS_MAX = 11_000;
const BLOCKS_MAX = 45;
const NOTICE_CHARACTERS_MAX = 300;

/** As many of the lines as one message holds, the first in any case: what it shows, and how many those are. */
export function saidInThread(lines: readonly TranscriptLine[], needs: SaidNeeds): { readonly shown: Shown; readonly count: number } {
  const blocks: KnownBlock[] = [];
  let characters = 0;
  let count = 0;
  for (const line of lines) {
    const texts = textsOf(line, needs);
    const length = texts.reduce((sum, it) => sum + it.length, 0);
    if (count > 0 && (characters + length > MESSAGE_CHARACTERS_MAX || blocks.length + texts.length > BLOCKS_MAX)) break;
    blocks.push(...texts.map(section));
    characters += length;
    count += 1;
  }
  const [first] = lines;
  return { shown: { text: first === undefined ? '' : cut(escapeSlack(first.text), NOTICE_CHARACTERS_MAX), blocks }, count };
}

function textsOf(line: TranscriptLine, { word, policy, timeZone, fileUrl }: SaidNeeds): readonly string[] {
  const heading = word(`thread.said.${line.from}`, { clock: clockOf(line.at, timeZone) });
  const files = line.attachments.map((it) =>
    word('thread.file', { url: fileUrl(it.id), name: escapeSlack(it.name).replaceAll('|', ' '), hours: policy.slack.fileLinkHours }),
  );
  const [first = '', ...others] = pieces(line.text);
  return [[heading, quoted(first)].filter((it) => it !== '').join('\n'), ...others.map(quoted), ...files];
}

/** Of the text as Slack wants it, none longer than a section holds; no character and no escape is cut in two. */
function pieces(text: string): readonly string[] {
  const found: string[] = [];
  let piece = '';
  for (const character of text) {
    const escaped = character === '\n' ? '\n> ' : escapeSlack(character);
    if (piece.length + escaped.length > PIECE_CHARACTERS_MAX) {
      found.push(piece);
      piece = '';
    }
    piece += escaped;
  }
  return piece === '' ? found : [...found, piece];
}

function quoted(piece: string): string {
  return piece === '' ? '' : `> ${piece}`;
}

const LINES_PER_READ = 200;
const READS_MAX = 10;

/** The lines of a conversation with these ids, in order. What is not there any more is left out. */
export async function linesOf(
  desk: Pick<Desk, 'transcript'>,
  reader: StaffMember,
  conversationId: Identifier,
  wanted: { readonly ids: readonly Identifier[]; readonly afterSeq: number },
): Promise<readonly TranscriptLine[]> {
  const ids = new Set(wanted.ids);
  const found: TranscriptLine[] = [];
  let afterSeq: number | null = wanted.afterSeq;
  for (let reads = 0; afterSeq !== null && reads < READS_MAX && found.length < ids.size; reads++) {
    const read = await desk.transcript.read(reader, { conversationId, afterSeq, limit: LINES_PER_READ });
    if (read.kind !== 'found') break;
    found.push(...read.lines.filter((it) => ids.has(it.id)));
    afterSeq = read.nextAfter;
  }
  return found;
}
