/**
 * What the fake Slack reads and says: arguments come as forms or JSON, so everything is looked at before it is believed.
 * An answer is `ok` or carries the platform's own error code.
 */

export type Json = Readonly<Record<string, unknown>>;

export type Answer = Json & { readonly ok: boolean };

/** One method of the Web API. */
export type Method = (args: Json) => Answer;

export const done = (fields: Json = {}): Answer => ({ ok: true, ...fields });

/** `messages`: what the platform adds to say where it is wrong. */
export const refused = (error: string, messages: readonly string[] = []): Answer => ({
  ok: false,
  error,
  ...(messages.length > 0 && { response_metadata: { messages } }),
});

export const record = (value: unknown): Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {};

export const list = (value: unknown): readonly Json[] => (Array.isArray(value) ? value.map(record) : []);

export const words = (value: unknown): string => (typeof value === 'string' || typeof value === 'number' ? String(value) : '');

export const flag = (value: unknown): boolean => value === true || value === 1 || value === 'true' || value === '1';

/** Arguments that a form carries as JSON text. */
const STRUCTURED: ReadonlySet<string> = new Set(['blocks', 'attachments', 'metadata', 'view', 'files', 'unfurls']);

/** A call's arguments; null when the body is no JSON although it says so. */
export function argumentsOf(contentType: string, body: string, query: URLSearchParams): Json | null {
  const fromQuery = Object.fromEntries(query);
  if (contentType.startsWith('application/json')) {
    const parsed = parsedOf(body === '' ? '{}' : body);
    return parsed === undefined ? null : structured({ ...fromQuery, ...record(parsed) });
  }
  return structured({ ...fromQuery, ...Object.fromEntries(new URLSearchParams(body)) });
}

function structured(args: Json): Json {
  return Object.fromEntries(
    Object.entries(args).map(([name, value]) => [
      name,
      STRUCTURED.has(name) && typeof value === 'string' ? (parsedOf(value) ?? value) : value,
    ]),
  );
}

/** Undefined when it is no JSON. */
export function parsedOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** 0: nobody answered, the body says why. */
export type Reply = { readonly status: number; readonly body: string };
