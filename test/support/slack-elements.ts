/**
 * What somebody finds on a Slack message, modal or home to click, choose from or fill in, and what the platform makes of it: an
 * action, or the state of a form.
 */
import { type Json, list, record, words } from './slack-data.ts';

/** What stands in which block. */
export type Placed = { readonly blockId: string; readonly element: Json; readonly label: string; readonly isOptional: boolean };

export type Given = string | readonly string[] | null;

const OPTIONS = ['static_select', 'radio_buttons', 'overflow'];
const MULTIPLE = ['multi_static_select', 'checkboxes'];
/** Where the choice of an element stands, and where what it starts with. */
const FIELDS: Readonly<Record<string, readonly [field: string, initial: string]>> = {
  static_select: ['selected_option', 'initial_option'],
  external_select: ['selected_option', 'initial_option'],
  radio_buttons: ['selected_option', 'initial_option'],
  overflow: ['selected_option', 'initial_option'],
  multi_static_select: ['selected_options', 'initial_options'],
  checkboxes: ['selected_options', 'initial_options'],
  users_select: ['selected_user', 'initial_user'],
  multi_users_select: ['selected_users', 'initial_users'],
  conversations_select: ['selected_conversation', 'initial_conversation'],
  channels_select: ['selected_channel', 'initial_channel'],
  datepicker: ['selected_date', 'initial_date'],
  timepicker: ['selected_time', 'initial_time'],
  datetimepicker: ['selected_date_time', 'initial_date_time'],
};
/** Elements that hold nothing. */
const EMPTY = ['button', 'overflow', 'image', 'plain_text', 'mrkdwn', 'workflow_button'];

export function elementsOf(blocks: readonly Json[]): readonly Placed[] {
  return blocks.flatMap((block) => {
    const elements = block['type'] === 'actions' ? list(block['elements']) : [block['accessory'], block['element']].map(record);
    return elements
      .filter((it) => it['type'] !== undefined && it['type'] !== 'image')
      .map((element) => ({
        blockId: words(block['block_id']),
        element,
        label: words(record(block['label'])['text']),
        isOptional: block['type'] !== 'input' || block['optional'] === true,
      }));
  });
}

/** What a click or a choice is as an action; throws when there is no such option. */
export function actionOf({ blockId, element }: Placed, given: Given, actionTs: string): Json {
  const { action_id, type, text, value, style, url } = element;
  const base = { type, action_id, block_id: blockId, action_ts: actionTs };
  if (type === 'button')
    return {
      ...base,
      text,
      ...(value !== undefined && { value }),
      ...(style !== undefined && { style }),
      ...(url !== undefined && { url }),
    };
  return { ...base, ...choiceOf(element, given) };
}

/**
 * The state of a form by block and action; `given` is named by block, action or label, wholly or in part. `submitting`: throws
 * where the platform would ask for more first.
 */
export function stateOf(blocks: readonly Json[], given: Readonly<Record<string, Given>>, submitting = false): Json {
  const inputs = elementsOf(blocks).filter((it) => !EMPTY.includes(words(it.element['type'])));
  const chosen = new Map<Placed, Given>();
  for (const [name, value] of Object.entries(given)) chosen.set(named(inputs, name), value);
  const values: Record<string, Record<string, Json>> = {};
  for (const input of inputs) {
    const { element, blockId } = input;
    const state = chosen.has(input) ? choiceOf(element, chosen.get(input) ?? null) : initialOf(element);
    if (submitting && !input.isOptional && isBlank(state))
      throw new Error(`Slack asks for "${input.label}" (${blockId}) before it submits`);
    values[blockId] = { ...values[blockId], [words(element['action_id'])]: { type: element['type'], ...state } };
  }
  return values;
}

function named(inputs: readonly Placed[], name: string): Placed {
  const names = (it: Placed) => [it.blockId, words(it.element['action_id']), it.label];
  const exact = inputs.filter((it) => names(it).includes(name));
  const fitting = exact.length > 0 ? exact : inputs.filter((it) => names(it).some((one) => one.includes(name)));
  const [first] = fitting;
  if (first === undefined || fitting.length > 1)
    throw new Error(`"${name}" names ${fitting.length} inputs of: ${inputs.map((it) => names(it).join('/')).join(', ')}`);
  return first;
}

function choiceOf(element: Json, given: Given): Json {
  const type = words(element['type']);
  const [field] = FIELDS[type] ?? ['value'];
  const isMultiple = MULTIPLE.includes(type);
  if (given === null || given === '') return { [field]: isMultiple ? [] : null };
  const many = typeof given === 'string' ? [given] : given;
  if (isMultiple) return { [field]: many.map((it) => optionOf(element, it)) };
  if (OPTIONS.includes(type)) return { [field]: optionOf(element, many[0] ?? '') };
  if (type === 'external_select') return { [field]: { text: { type: 'plain_text', text: many[0] }, value: many[0] } };
  if (type === 'multi_users_select') return { [field]: many };
  const value = many[0] ?? '';
  const max = Number(element['max_length'] ?? 3_000);
  if (value.length > max || value.length < Number(element['min_length'] ?? 0))
    throw new Error(`Slack does not take ${value.length} characters here`);
  return { [field]: type === 'datetimepicker' ? Number(value) : value };
}

function initialOf(element: Json): Json {
  const type = words(element['type']);
  const [field, initial] = FIELDS[type] ?? ['value', 'initial_value'];
  return { [field]: element[initial] ?? (MULTIPLE.includes(type) || type === 'multi_users_select' ? [] : null) };
}

/** By its value, or by a part of its words. */
function optionOf(element: Json, wanted: string): Json {
  const options = [...list(element['options']), ...list(element['option_groups']).flatMap((it) => list(it['options']))];
  const found = options.find((it) => it['value'] === wanted) ?? options.find((it) => words(record(it['text'])['text']).includes(wanted));
  if (found === undefined)
    throw new Error(
      `no option "${wanted}" among: ${options.map((it) => `${words(it['value'])} (${words(record(it['text'])['text'])})`).join(', ')}`,
    );
  return { text: found['text'], value: found['value'] };
}

const isBlank = (state: Json) => Object.values(state).every((it) => it === null || it === '' || (Array.isArray(it) && it.length === 0));

/** All that can be read in blocks, line by line. */
export function readable(blocks: readonly Json[]): readonly string[] {
  return blocks.flatMap((block) => textsIn(block));
}

function textsIn(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(textsIn);
  const it = record(value);
  return Object.entries(it).flatMap(([key, inner]) => (key === 'text' && typeof inner === 'string' ? [inner] : textsIn(inner)));
}
