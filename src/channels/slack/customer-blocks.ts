/**
 * A message to a customer as messages of Slack: mostly one, several where the words are too long for one. Links and files are
 * addresses to tap, never pictures the platform would have to fetch: it may not get to where we are.
 */
import type { KnownBlock } from '@slack/web-api';
import type { FileUrl } from '../../turn/kept-file.ts';
import type { Choice, PlacedMessage } from '../../turn/message.ts';
import { escapeSlack } from './slack-text.ts';

/** `text` is what notifications show; `plain` says the same without blocks, for when the platform won't have them. */
export type Posting = { readonly text: string; readonly blocks: readonly KnownBlock[]; readonly plain: string };

/** Of one section, as the platform counts: escaped. */
const SECTION_CHARACTERS_MAX = 2_900;
const BUTTONS_MAX = 25;
const LABEL_CHARACTERS_MAX = 75;
const VALUE_CHARACTERS_MAX = 2_000;
/** Where a cut hurts least, best first. */
const PAUSES = ['\n', '\u3002', '\uff01', '\uff1f', '\uff1b', '\uff0c', ' '] as const;
const CHARACTERS = new Intl.Segmenter('zh', { granularity: 'grapheme' });

const CHOICE_ID = /^choice:(\d{1,9}):(\d{1,2})$/;

/** Which choice of which message a button stands for, the first being 1; null for any other button. */
export function choiceOfAction(actionId: string): { readonly seq: number; readonly number: number } | null {
  const [, seq, number] = CHOICE_ID.exec(actionId) ?? [];
  return seq === undefined || number === undefined ? null : { seq: Number(seq), number: Number(number) };
}

/** What a button brings back for a choice's value. */
export function buttonValue(value: string): string {
  return value.slice(0, VALUE_CHARACTERS_MAX);
}

/** In order; none where there is nothing to say. */
export function postingsOf({ seq, body }: Pick<PlacedMessage, 'seq' | 'body'>, fileUrl: FileUrl): readonly Posting[] {
  const lines = [...body.links.map((it) => linkTo(it.url, it.label)), ...body.files.map((it) => linkTo(fileUrl(it.id), it.name))];
  const texts = packed(partsOf(body.text), lines);
  const choices = body.choices.slice(0, BUTTONS_MAX);
  if (texts.length === 0 && choices.length > 0) return [posting(numbered(choices), buttons(seq, choices), '')];
  return texts.map((text, index) => {
    const isLast = index === texts.length - 1 && choices.length > 0;
    return posting(text, isLast ? buttons(seq, choices) : [], isLast ? `\n\n${numbered(choices)}` : '');
  });
}

/** What stands where the buttons were: what was tapped. */
export function tappedBlock(label: string): KnownBlock {
  return { type: 'context', elements: [{ type: 'mrkdwn', text: `✓ ${escapeSlack(label)}` }] };
}

function posting(text: string, below: readonly KnownBlock[], ending: string): Posting {
  return { text, blocks: [{ type: 'section', text: { type: 'mrkdwn', text } }, ...below], plain: text + ending };
}

function buttons(seq: number, choices: readonly Choice[]): readonly KnownBlock[] {
  const elements = choices.map(({ label, value }, index) => ({
    type: 'button' as const,
    action_id: `choice:${seq}:${index + 1}`,
    text: { type: 'plain_text' as const, text: shortened(label), emoji: false },
    value: buttonValue(value),
  }));
  return [{ type: 'actions', elements }];
}

function numbered(choices: readonly Choice[]): string {
  return choices.map((it, index) => `${index + 1}. ${escapeSlack(it.label)}`).join('\n');
}

function linkTo(url: string, label: string): string {
  return `<${escapeSlack(url).replaceAll('|', '%7C')}|${escapeSlack(label).replaceAll('|', ' ')}>`;
}

/** Lines stand under the last words while there is room; none is ever cut. */
function packed(texts: readonly string[], lines: readonly string[]): readonly string[] {
  const packs = [...texts];
  for (const line of lines) {
    const last = packs.at(-1);
    if (last === undefined || last.length + 1 + line.length > SECTION_CHARACTERS_MAX) packs.push(line);
    else packs[packs.length - 1] = `${last}\n${line}`;
  }
  return packs;
}

/** Escaped, each short enough; blanks at the cuts are left out. */
function partsOf(text: string): readonly string[] {
  const parts: string[] = [];
  let rest = text.trim();
  while (rest !== '') {
    const fitting = fittingStart(rest);
    const part = fitting.length === rest.length ? rest : rest.slice(0, cutIn(fitting));
    parts.push(escapeSlack(part.trimEnd()));
    rest = rest.slice(part.length).trimStart();
  }
  return parts;
}

/** As many whole characters (as a reader sees them) as fit when escaped; one at least. */
function fittingStart(text: string): string {
  let escaped = 0;
  let length = 0;
  for (const { segment } of CHARACTERS.segment(text)) {
    escaped += escapeSlack(segment).length;
    if (escaped > SECTION_CHARACTERS_MAX && length > 0) break;
    length += segment.length;
  }
  return text.slice(0, length);
}

/** Behind the last pause of the best kind in the second half, else at the end. */
function cutIn(fitting: string): number {
  for (const pause of PAUSES) {
    const at = fitting.lastIndexOf(pause);
    if (at >= fitting.length / 2) return at + pause.length;
  }
  return fitting.length;
}

function shortened(label: string): string {
  if (label.length <= LABEL_CHARACTERS_MAX) return label;
  let short = '';
  for (const { segment } of CHARACTERS.segment(label)) {
    if (short.length + segment.length >= LABEL_CHARACTERS_MAX) break;
    short += segment;
  }
  return `${short}…`;
}
