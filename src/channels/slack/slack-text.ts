/**
 * Text as people read it, from what Slack writes down, and back. A message has its words twice: as blocks, which say what was
 * meant, and as one line full of marks, which every message has.
 */
import { z } from 'zod';

type Written = { readonly text?: unknown; readonly blocks?: unknown };

/** A colleague named without a name we know. */
const SOMEBODY = '@同事';
const BULLET = '• ';
const QUOTE = '> ';
const INDENT = '  ';
const INDENT_MAX = 8;

/** What a person wrote, without the marks; empty when there are no words. */
export function plainTextOf({ text, blocks }: Written): string {
  const rich = Array.isArray(blocks) ? blocks.flatMap(linesOfBlock).join('\n').trim() : '';
  if (rich !== '') return rich;
  return typeof text === 'string' ? withoutMarks(text).trim() : '';
}

/** Text of ours as Slack wants it: nothing in it is a mark. */
export function escapeSlack(text: string): string {
  return text.replace(/[&<>]/gu, (it) => ESCAPED[it] ?? it);
}

const ESCAPED: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

// ---- blocks -------------------------------------------------------------------------------------------------------

const words = z.string().optional().catch(undefined);
const part = z.object({
  type: z.string(),
  elements: z.array(z.unknown()).catch([]),
  style: words,
  indent: z.number().min(0).max(INDENT_MAX).catch(0),
  offset: z.number().min(0).catch(0),
});
const inline = z.object({
  type: z.string(),
  text: words,
  url: words,
  unicode: words,
  name: words,
  range: words,
  value: words,
  fallback: words,
});
type Inline = z.infer<typeof inline>;

function linesOfBlock(block: unknown): readonly string[] {
  const read = part.safeParse(block);
  return read.success && read.data.type === 'rich_text' ? read.data.elements.flatMap(linesOfPart) : [];
}

function linesOfPart(given: unknown): readonly string[] {
  const read = part.safeParse(given);
  if (!read.success) return [];
  const { type, elements, style, indent, offset } = read.data;
  switch (type) {
    case 'rich_text_list': {
      const mark = (index: number) => (style === 'ordered' ? `${offset + index + 1}. ` : BULLET);
      return elements.map((it, index) => INDENT.repeat(indent) + mark(index) + linesOfPart(it).join('\n'));
    }
    case 'rich_text_quote':
      return lineOf(elements)
        .trim()
        .split('\n')
        .map((it) => QUOTE + it);
    default:
      // A section ends where the next part begins; its own last line break would be one too many.
      return [lineOf(elements).replace(/\n$/u, '')];
  }
}

function lineOf(elements: readonly unknown[]): string {
  return elements
    .map((it) => {
      const read = inline.safeParse(it);
      return read.success ? wordOf(read.data) : '';
    })
    .join('');
}

function wordOf({ type, text, url, unicode, name, range, value, fallback }: Inline): string {
  switch (type) {
    case 'text':
      return text ?? '';
    case 'link':
      return linkAsText(url ?? '', text ?? '');
    case 'emoji':
      return emojiOf(unicode) ?? `:${name ?? ''}:`;
    case 'user':
    case 'usergroup':
      return SOMEBODY;
    case 'broadcast':
      return `@${range ?? 'here'}`;
    case 'channel':
      return '#';
    case 'color':
      return value ?? '';
    default:
      return text ?? fallback ?? '';
  }
}

/** `1f468-200d-1f527`; null for one that only the workspace has. */
function emojiOf(unicode: string | undefined): string | null {
  if (unicode === undefined || !/^[0-9a-f]{1,6}(?:-[0-9a-f]{1,6}){0,15}$/iu.test(unicode)) return null;
  const points = unicode.split('-').map((it) => Number.parseInt(it, 16));
  return points.every((it) => it <= 0x10_ff_ff) ? String.fromCodePoint(...points) : null;
}

/** What it says and where it leads; where it leads alone when that is what it says. */
function linkAsText(url: string, label: string): string {
  const spoken = /^(?:tel|mailto):(.*)$/isu.exec(url);
  if (spoken !== null) return label === '' ? (spoken[1] ?? '') : label;
  if (label === '') return url;
  return bare(label) === bare(url) ? label : `${label} ${url}`;
}

function bare(address: string): string {
  return address
    .trim()
    .toLowerCase()
    .replace(/^https?:\/\//u, '')
    .replace(/\/$/u, '');
}

// ---- one line full of marks ---------------------------------------------------------------------------------------

/** Somebody, a channel, everybody, or an address. */
const MARK = /<([@#!][^<>]{1,4000}|[a-z][a-z\d+.-]{1,20}:[^<>]{1,4000})>/giu;
const ENTITIES: Readonly<Record<string, string>> = { '&amp;': '&', '&lt;': '<', '&gt;': '>' };

function withoutMarks(text: string): string {
  let plain = '';
  let from = 0;
  for (const mark of text.matchAll(MARK)) {
    plain += decoded(text.slice(from, mark.index)) + meantBy(mark[1] ?? '');
    from = mark.index + mark[0].length;
  }
  return plain + decoded(text.slice(from));
}

function meantBy(inside: string): string {
  const bar = inside.indexOf('|');
  const target = decoded(bar < 0 ? inside : inside.slice(0, bar));
  const label = bar < 0 ? '' : decoded(inside.slice(bar + 1));
  switch (target[0]) {
    case '@':
      return label === '' ? SOMEBODY : `@${label.replace(/^@/u, '')}`;
    case '#':
      return `#${label.replace(/^#/u, '')}`;
    case '!':
      return specialOf(target.slice(1), label);
    default:
      return linkAsText(target, label);
  }
}

/** `here`, `channel`, a group, a date with the words for who cannot show one. */
function specialOf(name: string, label: string): string {
  if (label !== '') return label;
  return name.startsWith('subteam') ? SOMEBODY : `@${name.split('^')[0] ?? ''}`;
}

function decoded(text: string): string {
  return text.replace(/&(?:amp|lt|gt);/gu, (it) => ENTITIES[it] ?? it);
}
