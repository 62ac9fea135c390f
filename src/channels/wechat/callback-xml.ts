/**
 * The XML of a callback as flat fields of text. No entity but XML's own, no document type, nothing nested deeper than the
 * platform nests: whatever else comes is no callback.
 */
import { XMLParser } from 'fast-xml-parser';

/**
 * By the platform's own names: of groups the texts in them (`ScanCodeInfo.ScanResult`), of a `List` those of its items,
 * counted from 0 (`SubscribeMsgPopupEvent.List.0.TemplateId`). Whatever else comes more than once is left out.
 */
export type CallbackFields = Readonly<Record<string, string>>;

const DEPTH_MAX = 3;
const FIELDS_MAX = 100;
const ITEMS_MAX = 10;
const LIST = 'List';
/** The parser's name of what stands between elements. */
const BETWEEN = '#text';

const parser = new XMLParser({
  // MsgId is a 64-bit integer: nothing is read as a number.
  parseTagValue: false,
  ignoreAttributes: true,
  processEntities: true,
  trimValues: false,
  // A list of one looks like no list.
  isArray: (name) => name === LIST,
});

/** Null when the text is not one `<xml>` element of fields. */
export function readCallbackXml(text: string): CallbackFields | null {
  if (/<!(?:DOCTYPE|ENTITY)/i.test(text)) return null;
  const root = parsed(text);
  if (root === null || Object.keys(root).length !== 1 || !isGroup(root['xml'])) return null;
  const fields: Record<string, string> = {};
  collect(root['xml'], '', 1, fields);
  return Object.keys(fields).length === 0 || Object.keys(fields).length > FIELDS_MAX ? null : fields;
}

function parsed(text: string): Readonly<Record<string, unknown>> | null {
  try {
    const read: unknown = parser.parse(text, true);
    return isGroup(read) ? read : null;
  } catch {
    return null;
  }
}

function collect(group: Readonly<Record<string, unknown>>, prefix: string, depth: number, into: Record<string, string>): void {
  for (const [name, value] of Object.entries(group)) {
    if (name === BETWEEN) continue;
    if (typeof value === 'string') into[`${prefix}${name}`] = value;
    else if (depth < DEPTH_MAX)
      for (const [place, group] of groupsOf(name, value)) collect(group, `${prefix}${name}.${place}`, depth + 1, into);
  }
}

/** With what stands between the group's name and those of its fields. */
function groupsOf(name: string, value: unknown): readonly (readonly [string, Readonly<Record<string, unknown>>])[] {
  if (isGroup(value)) return [['', value]];
  if (name !== LIST || !Array.isArray(value)) return [];
  return value.slice(0, ITEMS_MAX).flatMap((it, index) => (isGroup(it) ? [[`${index}.`, it] as const] : []));
}

function isGroup(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
