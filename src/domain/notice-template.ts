/**
 * Templates of notices that go out by a platform: which of ours stands in which of its fields. A *field* is named by the
 * kind of value it takes (`thing1`, `time2`); one value of another kind, and the platform refuses the whole notice.
 */

/** Why somebody is told something outside a chat. */
export const NOTICE_REASONS = ['confirmation', 'change', 'reminder', 'price-notice', 'answer', 'survey'] as const;

/** What a field can say of a notice. Never an address or a phone number: whoever looks at the screen reads it. */
export const NOTICE_FACTS = ['notice', 'ticket', 'appliance', 'window', 'company'] as const;
export type NoticeFact = (typeof NOTICE_FACTS)[number];

/** A fact of the notice, or words that are always the same. */
export type FieldSource = NoticeFact | { readonly text: string };

export type FieldKind = 'thing' | 'short_thing' | 'character_string' | 'phrase' | 'name' | 'time' | 'date' | 'const';

/**
 * What the platform takes, by kind (its limits of the parameters of subscription notices): so many characters, of which
 * sort; `end` stands where a longer value is cut, null where nothing but the whole is true. `facts`: ours that can be it.
 */
export const FIELD_KINDS: Readonly<
  Record<FieldKind, { readonly max: number; readonly sort: RegExp; readonly end: string | null; readonly facts: readonly NoticeFact[] }>
> = {
  thing: { max: 20, sort: /^\P{Cc}+$/u, end: '\u2026', facts: NOTICE_FACTS },
  short_thing: { max: 5, sort: /^\P{Cc}+$/u, end: '\u2026', facts: ['appliance', 'company'] },
  character_string: { max: 32, sort: /^[\x21-\x7e]+$/, end: null, facts: ['ticket'] },
  phrase: { max: 5, sort: /^\p{Script=Han}+$/u, end: '', facts: ['appliance'] },
  name: { max: 10, sort: /^\p{Script=Han}+$/u, end: '', facts: ['company'] },
  time: { max: 64, sort: /\d{1,2}:\d{2}/, end: null, facts: ['window'] },
  date: { max: 64, sort: /\d{4}\D\d{1,2}\D\d{1,2}/, end: null, facts: ['window'] },
  const: { max: 20, sort: /^\P{Cc}+$/u, end: null, facts: [] },
};

/** Null for a name of no kind that is known here. */
export function kindOfField(name: string): FieldKind | null {
  const kind = /^([a-z_]+?)\d{1,2}$/.exec(name)?.[1] ?? '';
  return isKind(kind) ? kind : null;
}

/** Whether a source can be what the field takes. */
export function canStandIn(name: string, source: FieldSource): boolean {
  const kind = kindOfField(name);
  if (kind === null) return false;
  const { max, sort, facts } = FIELD_KINDS[kind];
  return typeof source === 'string' ? facts.includes(source) : source.text.length <= max && sort.test(source.text);
}

function isKind(kind: string): kind is FieldKind {
  return Object.hasOwn(FIELD_KINDS, kind);
}
