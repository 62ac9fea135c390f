/** The pieces our cards and windows are built of. Every text is escaped by who writes it and cut here to what Slack takes. */
import type { types } from '@slack/bolt';

export type KnownBlock = types.KnownBlock;
export type ModalView = types.ModalView;

/** What is posted: `text` is what a notification says. */
export type Said = { readonly text: string; readonly blocks: KnownBlock[] };

const SECTION_CHARACTERS_MAX = 2_900;
const CONTEXT_CHARACTERS_MAX = 2_000;
const FIELD_CHARACTERS_MAX = 1_900;
const FIELDS_MAX = 10;
const BUTTON_CHARACTERS_MAX = 75;
const OPTION_CHARACTERS_MAX = 75;
const TITLE_CHARACTERS_MAX = 24;

/** At most so many characters, the last an ellipsis where something was left out; no character and no escape is cut in two. */
export function cut(text: string, max: number): string {
  if (text.length <= max) return text;
  return `${text
    .slice(0, max - 1)
    .replace(/[\ud800-\udbff]$/u, '')
    .replace(/&(?:amp|lt|gt|am|l|g|a)?$/u, '')}\u2026`;
}

export function section(text: string): types.SectionBlock {
  return { type: 'section', text: { type: 'mrkdwn', text: cut(text, SECTION_CHARACTERS_MAX), verbatim: true } };
}

/** Short facts in two columns. */
export function fields(texts: readonly string[]): types.SectionBlock {
  return {
    type: 'section',
    fields: texts.slice(0, FIELDS_MAX).map((it) => ({ type: 'mrkdwn', text: cut(it, FIELD_CHARACTERS_MAX), verbatim: true })),
  };
}

export function context(text: string): types.ContextBlock {
  return { type: 'context', elements: [{ type: 'mrkdwn', text: cut(text, CONTEXT_CHARACTERS_MAX), verbatim: true }] };
}

export function header(text: string): types.HeaderBlock {
  return { type: 'header', text: plain(text, 150) };
}

function plain(text: string, max: number): types.PlainTextElement {
  return { type: 'plain_text', text: cut(text, max), emoji: true };
}

/** A button; `sure` is asked before it counts. */
export function button(what: {
  readonly label: string;
  readonly actionId: string;
  readonly value: string;
  readonly style?: 'primary' | 'danger';
  readonly sure?: types.Confirm;
}): types.Button {
  const { label, actionId, value, style, sure } = what;
  return {
    type: 'button',
    text: plain(label, BUTTON_CHARACTERS_MAX),
    action_id: actionId,
    value,
    ...(style === undefined ? {} : { style }),
    ...(sure === undefined ? {} : { confirm: sure }),
  };
}

/** Buttons in one row; no row without one. */
export function buttons(elements: readonly types.Button[]): KnownBlock[] {
  return elements.length === 0 ? [] : [{ type: 'actions', elements: [...elements] }];
}

export function option(label: string, value: string): types.PlainTextOption {
  return { text: plain(label, OPTION_CHARACTERS_MAX), value };
}

/** A window with a text and nothing to fill in. */
export function window(title: string, close: string, blocks: readonly KnownBlock[]): ModalView {
  return { type: 'modal', title: plain(title, TITLE_CHARACTERS_MAX), close: plain(close, TITLE_CHARACTERS_MAX), blocks: [...blocks] };
}

/** A window with inputs; what is sent comes back under `callbackId`, with what it `carries`. */
export function form(what: {
  readonly callbackId: string;
  /** Ids only: it travels through Slack and back. */
  readonly carries: string;
  readonly title: string;
  readonly submit: string;
  readonly close: string;
  readonly blocks: readonly KnownBlock[];
}): ModalView {
  return {
    ...window(what.title, what.close, what.blocks),
    callback_id: what.callbackId,
    private_metadata: what.carries,
    submit: plain(what.submit, TITLE_CHARACTERS_MAX),
  };
}

/** An input, its block named after its field. */
export function input(field: string, label: string, element: types.InputBlock['element'], isOptional = false): types.InputBlock {
  return { type: 'input', block_id: field, label: plain(label, 2_000), element, optional: isOptional };
}

/** One `action_id` for every input: the block names the field. */
export const INPUT_ACTION = 'value';

export function textInput(
  what: { readonly max: number; readonly initial?: string; readonly multiline?: boolean; readonly example?: string } = { max: 300 },
): types.PlainTextInput {
  const { max, initial = '', multiline = false, example } = what;
  return {
    type: 'plain_text_input',
    action_id: INPUT_ACTION,
    multiline,
    max_length: max,
    ...(initial === '' ? {} : { initial_value: cut(initial, max) }),
    ...(example === undefined ? {} : { placeholder: plain(example, 150) }),
  };
}

export function choice(options: readonly types.PlainTextOption[], initial: string | null, placeholder: string | null): types.StaticSelect {
  const chosen = options.find((it) => it.value === initial);
  return {
    type: 'static_select',
    action_id: INPUT_ACTION,
    options: [...options],
    ...(chosen === undefined ? {} : { initial_option: chosen }),
    ...(placeholder === null ? {} : { placeholder: plain(placeholder, 150) }),
  };
}
