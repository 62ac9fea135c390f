/** What Slack takes as texts and as elements of blocks: buttons, menus, inputs, each with its limits. */
import { type Json, list, record, words } from './slack-data.ts';

export type Note = (what: string) => void;
/** Where an element stands: not every kind may stand everywhere. */
type Place = 'actions' | 'accessory' | 'input';

const SELECTS = ['static_select', 'external_select', 'users_select', 'conversations_select', 'channels_select'];
const MENUS = [...SELECTS, ...SELECTS.map((it) => `multi_${it}`)];
const CHOICES = ['radio_buttons', 'checkboxes'];
const DATES = ['datepicker', 'timepicker', 'datetimepicker'];
const TYPED = ['plain_text_input', 'number_input', 'email_text_input', 'url_text_input', 'file_input', 'rich_text_input'];

const ALLOWED: Readonly<Record<Place, ReadonlySet<string>>> = {
  actions: new Set(['button', 'overflow', 'workflow_button', 'rich_text_input', ...MENUS, ...CHOICES, ...DATES]),
  accessory: new Set(['button', 'overflow', 'image', 'workflow_button', ...MENUS, ...CHOICES, ...DATES]),
  input: new Set([...TYPED, ...MENUS, ...CHOICES, ...DATES]),
};

const COMMON = ['type', 'action_id', 'confirm', 'focus_on_load'];
const KEYS: Readonly<Record<string, readonly string[]>> = {
  button: ['text', 'value', 'url', 'style', 'accessibility_label'],
  overflow: ['options'],
  static_select: ['options', 'option_groups', 'initial_option', 'placeholder'],
  multi_static_select: ['options', 'option_groups', 'initial_options', 'placeholder', 'max_selected_items'],
  external_select: ['placeholder', 'initial_option', 'min_query_length'],
  users_select: ['placeholder', 'initial_user'],
  radio_buttons: ['options', 'initial_option'],
  checkboxes: ['options', 'initial_options'],
  datepicker: ['initial_date', 'placeholder'],
  timepicker: ['initial_time', 'placeholder', 'timezone'],
  datetimepicker: ['initial_date_time'],
  plain_text_input: ['placeholder', 'initial_value', 'multiline', 'min_length', 'max_length', 'dispatch_action_config'],
  number_input: ['placeholder', 'initial_value', 'is_decimal_allowed', 'min_value', 'max_value', 'dispatch_action_config'],
};
const OPTION_COUNTS: Readonly<Record<string, number>> = {
  overflow: 5,
  radio_buttons: 10,
  checkboxes: 10,
  static_select: 100,
  multi_static_select: 100,
};

/** `plain`: no mrkdwn here. */
export function text(value: unknown, name: string, max: number, kind: 'plain' | 'any', note: Note): void {
  const it = record(value);
  const isKnown = it['type'] === 'plain_text' || (kind === 'any' && it['type'] === 'mrkdwn');
  if (!isKnown) {
    note(`${name} must be ${kind === 'plain' ? 'plain_text' : 'a text object'}`);
    return;
  }
  unknownKeys(it, ['type', 'text', it['type'] === 'mrkdwn' ? 'verbatim' : 'emoji'], note);
  const length = typeof it['text'] === 'string' ? it['text'].length : 0;
  if (length === 0) note(`${name} must be more than 0 characters`);
  if (length > max) note(`${name} must be less than ${max + 1} characters, it has ${length}`);
}

export function optionalText(value: unknown, name: string, max: number, kind: 'plain' | 'any', note: Note): void {
  if (value !== undefined) text(value, name, max, kind, note);
}

/** The platform refuses what it does not know. */
export function unknownKeys(value: Json, known: readonly string[], note: Note): void {
  for (const key of Object.keys(value)) if (!known.includes(key)) note(`invalid additional property: ${key}`);
}

export function elementFaults(element: Json, place: Place, note: Note): void {
  const type = words(element['type']);
  if (!ALLOWED[place].has(type)) {
    note(`unsupported element in ${place}: ${type}`);
    return;
  }
  const keys = KEYS[type];
  if (keys !== undefined) unknownKeys(element, [...COMMON, ...keys], note);
  if (words(element['action_id']).length > 255) note('action_id is longer than 255');
  optionalText(element['placeholder'], 'placeholder', 150, 'plain', note);
  if (element['confirm'] !== undefined) confirmation(record(element['confirm']), note);
  if (type === 'button') button(element, note);
  if (type in OPTION_COUNTS) menu(element, OPTION_COUNTS[type] ?? 0, note);
  if (type === 'plain_text_input') {
    if (words(element['initial_value']).length > 3_000) note('initial_value is longer than 3000');
    if (Number(element['max_length'] ?? 1) > 3_000) note('max_length is more than 3000');
  }
  if (type === 'number_input' && element['is_decimal_allowed'] === undefined) note('is_decimal_allowed is required');
  if (type === 'datepicker' && !/^(\d{4}-\d{2}-\d{2})?$/.test(words(element['initial_date']))) note('initial_date must be YYYY-MM-DD');
  if (type === 'timepicker' && !/^(\d{2}:\d{2})?$/.test(words(element['initial_time']))) note('initial_time must be HH:mm');
}

function button(element: Json, note: Note): void {
  text(element['text'], 'text', 75, 'plain', note);
  if (element['value'] !== undefined && typeof element['value'] !== 'string') note('value must be a string');
  if (words(element['value']).length > 2_000) note('value is longer than 2000');
  if (words(element['url']).length > 3_000) note('url is longer than 3000');
  if (element['style'] !== undefined && !['primary', 'danger'].includes(words(element['style']))) note('style must be primary or danger');
}

function confirmation(confirm: Json, note: Note): void {
  text(confirm['title'], 'confirm.title', 100, 'plain', note);
  text(confirm['text'], 'confirm.text', 300, 'any', note);
  text(confirm['confirm'], 'confirm.confirm', 30, 'plain', note);
  text(confirm['deny'], 'confirm.deny', 30, 'plain', note);
}

function menu(element: Json, max: number, note: Note): void {
  const groups = list(element['option_groups']);
  if (groups.length > 100) note(`option_groups: ${groups.length} items, 100 allowed`);
  for (const group of groups) text(group['label'], 'option_groups.label', 75, 'plain', note);
  const lists = groups.length > 0 ? groups.map((it) => list(it['options'])) : [list(element['options'])];
  for (const options of lists) {
    if (options.length === 0 || options.length > max) note(`options: ${options.length} items, 1 to ${max} allowed`);
    for (const it of options) option(it, note);
    const values = options.map((it) => it['value']);
    if (new Set(values).size < values.length) note('options: duplicate value');
  }
  const all = lists.flat().map((it) => JSON.stringify(it));
  const chosen = [element['initial_option'], ...list(element['initial_options'])].filter((it) => it !== undefined);
  if (chosen.some((it) => !all.includes(JSON.stringify(it)))) note('initial_option must exactly match one of the options');
}

function option(it: Json, note: Note): void {
  unknownKeys(it, ['text', 'value', 'description', 'url'], note);
  text(it['text'], 'option text', 75, 'any', note);
  const length = words(it['value']).length;
  if (length === 0 || length > 150) note(`option value has ${length} characters, 1 to 150 allowed`);
  optionalText(it['description'], 'option description', 75, 'any', note);
}
