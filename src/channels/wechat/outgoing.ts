/**
 * What is said in one turn as few sends of the platform: each costs one of the few it lets us make. Words are joined,
 * links and files stand as addresses, buttons become a menu that can be tapped, or numbers to answer with. Only a picture
 * is a send of its own, behind the words it came with.
 */
import type { FileUrl } from '../../turn/kept-file.ts';
import type { Choice, OutgoingFile, PlacedMessage } from '../../turn/message.ts';
import { TEXT_BYTES_MAX, textParts } from './text-parts.ts';

export type Menu = { readonly head: string; readonly items: readonly { readonly id: string; readonly label: string }[] };

export type Words = { readonly kind: 'text'; readonly text: string } | ({ readonly kind: 'menu' } & Menu);

export type Sendable = Words | { readonly kind: 'picture'; readonly file: OutgoingFile };

/** `menus`: the account may send them. */
type SendingWays = { readonly menus: boolean; readonly fileUrl: FileUrl };

/** One send of `parts` that together carry so many messages, in order, to the last of them. */
export type PlannedSend = {
  readonly sendable: Sendable;
  readonly carries: number;
  readonly last: PlacedMessage;
  /** Counted from 0. */
  readonly part: number;
  readonly parts: number;
};

/** What the platform takes in a menu and shows whole. */
const MENU_ITEMS_MAX = 10;
const MENU_HEAD_BYTES_MAX = 1_024;
const BETWEEN = '\n\n';
/** What the platform takes as a picture. */
const PICTURES: ReadonlySet<string> = new Set(['image/jpeg', 'image/png', 'image/gif']);
const PICTURE_BYTES_MAX = 10 * 1_048_576;

/** The sends for messages of one customer in order. */
export function plannedSends(messages: readonly PlacedMessage[], ways: SendingWays): readonly PlannedSend[] {
  // Only the last question's buttons are in force; they stand under the words they were said with.
  const asking = messages.findLast((it) => it.body.choices.length > 0);
  const sends: PlannedSend[] = [];
  let open: PlacedMessage[] = [];

  const close = (): void => {
    const last = open.at(-1);
    if (last === undefined) return;
    sends.push(...sendsOf(open, last, asking !== undefined && open.includes(asking) ? asking : null, ways));
    open = [];
  };

  for (const message of messages) {
    if (open.length > 0 && !fitsOne([...open, message], asking, ways)) close();
    open.push(message);
    if (message.body.files.some(isPicture)) close();
  }
  close();
  return sends;
}

function fitsOne(messages: readonly PlacedMessage[], asking: PlacedMessage | undefined, { menus, fileUrl }: SendingWays): boolean {
  const asked = asking !== undefined && messages.includes(asking) ? asking : null;
  const isMenu = asked !== null && canBeMenu(asked, menus);
  const words = isMenu ? wordsOf(messages, fileUrl) : withNumbers(wordsOf(messages, fileUrl), asked);
  return Buffer.byteLength(words) <= (isMenu ? MENU_HEAD_BYTES_MAX : TEXT_BYTES_MAX);
}

/** One send where it fits; a message too long for one, or with pictures, in parts, of which the last completes it. */
function sendsOf(
  messages: readonly PlacedMessage[],
  last: PlacedMessage,
  asking: PlacedMessage | null,
  { menus, fileUrl }: SendingWays,
): PlannedSend[] {
  const words = wordsOf(messages, fileUrl);
  const said =
    asking !== null && canBeMenu(asking, menus)
      ? menuParts(words, asking)
      : textParts(withNumbers(words, asking)).map((text): Sendable => ({ kind: 'text', text }));
  const parts = [...said, ...last.body.files.filter(isPicture).map((file): Sendable => ({ kind: 'picture', file }))];
  return parts.map((sendable, part) => ({ sendable, carries: messages.length, last, part, parts: parts.length }));
}

/** Long words stand before the menu, only their end in it. */
function menuParts(words: string, { seq, body }: PlacedMessage): Sendable[] {
  const items = body.choices.map((it, index) => ({ id: `${seq}.${index + 1}`, label: it.label }));
  if (Buffer.byteLength(words) <= MENU_HEAD_BYTES_MAX) return [{ kind: 'menu', head: words, items }];
  const texts = textParts(words, MENU_HEAD_BYTES_MAX);
  const before = textParts(texts.slice(0, -1).join('\n'));
  return [...before.map((text): Sendable => ({ kind: 'text', text })), { kind: 'menu', head: texts.at(-1) ?? '', items }];
}

function canBeMenu({ body }: PlacedMessage, menus: boolean): boolean {
  return menus && body.choices.length <= MENU_ITEMS_MAX;
}

function isPicture({ contentType, size }: OutgoingFile): boolean {
  return PICTURES.has(contentType) && size <= PICTURE_BYTES_MAX;
}

function wordsOf(messages: readonly PlacedMessage[], fileUrl: FileUrl): string {
  const all = messages.map(({ body }) => {
    const links = body.links.map(({ label, url }) => `${label}\n${url}`);
    const files = body.files.filter((it) => !isPicture(it)).map((it) => fileAsText(it, fileUrl));
    return [body.text, ...links, ...files].filter((it) => it.trim() !== '').join('\n');
  });
  return all.filter((it) => it !== '').join(BETWEEN);
}

/** Its name, and where it is opened. */
export function fileAsText({ id, name }: OutgoingFile, fileUrl: FileUrl): string {
  return `${name}\n${fileUrl(id)}`;
}

/** A menu for an account that may send none. */
export function menuAsText({ head, items }: Menu): string {
  return joined(head, numbered(items));
}

function withNumbers(words: string, asking: PlacedMessage | null): string {
  return asking === null ? words : joined(words, numbered(asking.body.choices));
}

function joined(...texts: readonly string[]): string {
  return texts.filter((it) => it !== '').join(BETWEEN);
}

function numbered(choices: readonly Pick<Choice, 'label'>[]): string {
  return choices.map((it, index) => `${index + 1}. ${it.label}`).join('\n');
}
