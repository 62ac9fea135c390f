/**
 * The values of a notice's fields as the platform takes them: of the kind the field is named by, cut where they are too
 * long. It refuses a notice with one value it doesn't take, so that without one of them there is none.
 */
import dayjs from 'dayjs';
import timezone from 'dayjs/plugin/timezone.js';
import utc from 'dayjs/plugin/utc.js';
import type { Appliance } from '../../domain/appliance.ts';
import { FIELD_KINDS, type FieldKind, type FieldSource, kindOfField, type NoticeFact } from '../../domain/notice-template.ts';
import { unreachable } from '../../domain/unreachable.ts';
import type { VisitWindow } from '../../domain/visit-window.ts';
import { formatDatum } from '../../wording/format.ts';

dayjs.extend(utc);
dayjs.extend(timezone);

export type NoticeFacts = {
  /** The whole of it, as one sentence. */
  readonly text: string;
  readonly ticket: string;
  readonly appliance: Appliance | null;
  readonly window: VisitWindow | null;
  readonly company: string;
};

export type TemplateData =
  | { readonly kind: 'filled'; readonly data: Readonly<Record<string, { readonly value: string }>> }
  /** There is nothing this field takes. */
  | { readonly kind: 'unfilled'; readonly field: string };

/** What is sent for the fields of a template; never an empty value. */
export function templateData(fields: Readonly<Record<string, FieldSource>>, facts: NoticeFacts, timeZone: string): TemplateData {
  const data: Record<string, { readonly value: string }> = {};
  for (const [field, source] of Object.entries(fields)) {
    const kind = kindOfField(field);
    const said = kind === null ? null : saidBy(source, kind, facts, timeZone);
    const value = kind === null || said === null ? null : fitted(said, kind);
    if (value === null) return { kind: 'unfilled', field };
    data[field] = { value };
  }
  return { kind: 'filled', data };
}

/** As short as the field wants it, as far as that can be done; null where it is nothing the field takes. */
function fitted(text: string, kind: FieldKind): string | null {
  const { max, sort, end } = FIELD_KINDS[kind];
  const line = text.replace(/\s+/g, ' ').trim();
  const value = line.length <= max || end === null ? line : `${startOf(line, max - end.length).trimEnd()}${end}`;
  return value.length <= max && sort.test(value) ? value : null;
}

/** Whole characters as a reader sees them, so many at most however the platform counts. */
function startOf(text: string, max: number): string {
  let length = 0;
  for (const { segment } of CHARACTERS.segment(text)) {
    if (length + segment.length > max) break;
    length += segment.length;
  }
  return text.slice(0, length);
}

/** Null where it is not known. */
function saidBy(source: FieldSource, kind: FieldKind, facts: NoticeFacts, timeZone: string): string | null {
  return typeof source === 'string' ? factOf(source, kind, facts, timeZone) : source.text;
}

function factOf(fact: NoticeFact, kind: FieldKind, facts: NoticeFacts, timeZone: string): string | null {
  const reading = { language: 'zh-CN', timeZone } as const;
  switch (fact) {
    case 'notice':
      return facts.text;
    case 'ticket':
      return facts.ticket;
    case 'company':
      return facts.company;
    case 'appliance':
      return formatDatum({ as: 'appliances', value: [facts.appliance ?? 'other'] }, reading);
    case 'window':
      return facts.window === null ? null : windowText(facts.window, kind, timeZone);
    default:
      return unreachable(fact);
  }
}

/** The platform writes a span as two whole times with a tilde between; a day in figures, so that no language is needed. */
function windowText(window: VisitWindow, kind: FieldKind, timeZone: string): string {
  const at = (moment: number, format: string) => dayjs.tz(moment, timeZone).format(format);
  switch (kind) {
    case 'time':
      return `${at(window.from, 'YYYY-MM-DD HH:mm')}~${at(window.to, 'YYYY-MM-DD HH:mm')}`;
    case 'date':
      return at(window.from, 'YYYY-MM-DD HH:mm');
    default: {
      // Without the weekday: that is a character too long in autumn.
      const reading = { language: 'zh-CN', timeZone } as const;
      const [from, to] = [window.from, window.to].map((value) => formatDatum({ as: 'clock', value }, reading));
      return `${formatDatum({ as: 'day-of', value: window.from }, reading)} ${from}\u2013${to}`;
    }
  }
}

const CHARACTERS = new Intl.Segmenter('zh', { granularity: 'grapheme' });
