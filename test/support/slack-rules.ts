/**
 * What Slack takes as blocks and views: the platform's limits and shapes, as it enforces them. Each rule that is broken is one
 * line; none means it is shown. Lengths are UTF-16 units, which is never laxer than the platform.
 */
import { type Json, list, record, words } from './slack-data.ts';
import { elementFaults, type Note, optionalText, text, unknownKeys } from './slack-element-rules.ts';

const MESSAGE_BLOCKS_MAX = 50;
const VIEW_BLOCKS_MAX = 100;
const VIEW_BYTES_MAX = 250_000;

const BLOCK_KEYS: Readonly<Record<string, readonly string[]>> = {
  section: ['text', 'fields', 'accessory', 'expand'],
  header: ['text', 'level'],
  divider: [],
  context: ['elements'],
  actions: ['elements'],
  input: ['label', 'element', 'hint', 'optional', 'dispatch_action'],
  image: ['image_url', 'slack_file', 'alt_text', 'title'],
  markdown: ['text'],
  rich_text: ['elements'],
};

const VIEW_KEYS = [
  'type',
  'title',
  'blocks',
  'close',
  'submit',
  'private_metadata',
  'callback_id',
  'clear_on_close',
  'notify_on_close',
  'external_id',
  'submit_disabled',
];

/** Of one message or view. */
export function blockFaults(blocks: unknown, place: 'message' | 'view'): readonly string[] {
  if (!Array.isArray(blocks)) return ['blocks: must be an array'];
  const faults: string[] = [];
  const max = place === 'message' ? MESSAGE_BLOCKS_MAX : VIEW_BLOCKS_MAX;
  if (blocks.length > max) faults.push(`blocks: no more than ${max} items allowed, there are ${blocks.length}`);
  const ids = blocks.map((it) => words(record(it)['block_id'])).filter((it) => it !== '');
  if (new Set(ids).size < ids.length) faults.push('blocks: duplicate block_id');
  for (const [index, block] of blocks.entries()) oneBlock(record(block), (what) => faults.push(`/blocks/${index}: ${what}`));
  return faults;
}

/** Of a modal or a home. */
export function viewFaults(view: Json, type: 'modal' | 'home'): readonly string[] {
  const faults: string[] = [];
  const note: Note = (what) => faults.push(`/view: ${what}`);
  if (view['type'] !== type) note(`type must be ${type}`);
  unknownKeys(view, VIEW_KEYS, note);
  if (type === 'modal') text(view['title'], 'title', 24, 'plain', note);
  for (const name of ['submit', 'close']) optionalText(view[name], name, 24, 'plain', note);
  if (words(view['private_metadata']).length > 3_000) note('private_metadata is longer than 3000');
  for (const name of ['callback_id', 'external_id']) if (words(view[name]).length > 255) note(`${name} is longer than 255`);
  const blocks = list(view['blocks']);
  if (type === 'modal' && view['submit'] === undefined && blocks.some((it) => it['type'] === 'input'))
    note('submit is required when an input block is within blocks');
  if (JSON.stringify(view).length > VIEW_BYTES_MAX) note('view_too_large');
  return [...faults, ...blockFaults(view['blocks'], 'view')];
}

function oneBlock(block: Json, note: Note): void {
  const type = words(block['type']);
  const keys = BLOCK_KEYS[type];
  if (keys === undefined) note(`unsupported type: ${type}`);
  else unknownKeys(block, ['type', 'block_id', ...keys], note);
  if (words(block['block_id']).length > 255) note('block_id is longer than 255');
  RULES[type]?.(block, note);
}

const RULES: Readonly<Record<string, (block: Json, note: Note) => void>> = {
  section,
  image,
  header: (block, note) => text(block['text'], 'text', 150, 'plain', note),
  context: (block, note) => context(list(block['elements']), note),
  actions: (block, note) => actions(list(block['elements']), note),
  input(block, note) {
    text(block['label'], 'label', 2_000, 'plain', note);
    optionalText(block['hint'], 'hint', 2_000, 'plain', note);
    elementFaults(record(block['element']), 'input', note);
  },
  markdown(block, note) {
    const length = words(block['text']).length;
    if (length === 0 || length > 12_000) note(`text has ${length} characters, 1 to 12000 allowed`);
  },
};

function section(block: Json, note: Note): void {
  const fields = block['fields'] === undefined ? null : list(block['fields']);
  if (block['text'] === undefined && fields === null) note('text or fields is required');
  optionalText(block['text'], 'text', 3_000, 'any', note);
  if (fields !== null && (fields.length === 0 || fields.length > 10)) note(`fields: ${fields.length} items, 1 to 10 allowed`);
  for (const field of fields ?? []) text(field, 'fields', 2_000, 'any', note);
  if (block['accessory'] !== undefined) elementFaults(record(block['accessory']), 'accessory', note);
}

function context(elements: readonly Json[], note: Note): void {
  if (elements.length === 0 || elements.length > 10) note(`elements: ${elements.length} items, 1 to 10 allowed`);
  for (const element of elements) {
    if (element['type'] === 'image') image(element, note);
    else text(element, 'elements', 3_000, 'any', note);
  }
}

function actions(elements: readonly Json[], note: Note): void {
  if (elements.length === 0 || elements.length > 25) note(`elements: ${elements.length} items, 1 to 25 allowed`);
  const ids = elements.map((it) => words(it['action_id'])).filter((it) => it !== '');
  if (new Set(ids).size < ids.length) note('elements: duplicate action_id');
  for (const element of elements) elementFaults(element, 'actions', note);
}

function image(block: Json, note: Note): void {
  if (block['image_url'] === undefined && block['slack_file'] === undefined) note('image_url or slack_file is required');
  if (words(block['image_url']).length > 3_000) note('image_url is longer than 3000');
  const length = words(block['alt_text']).length;
  if (length === 0 || length > 2_000) note(`alt_text has ${length} characters, 1 to 2000 allowed`);
  optionalText(block['title'], 'title', 2_000, 'plain', note);
}
