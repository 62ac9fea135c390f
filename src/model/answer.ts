/**
 * Reads what a model wrote: thoughts left out, prose and fences around it ignored, the first JSON object that fits. Anything
 * else is no answer; what the proposal may do is decided elsewhere.
 */
import { z } from 'zod';
import type { Proposal } from '../turn/proposal.ts';
import { EXPECTED, INTENTS } from '../understanding/understood.ts';

/** `none`: the model read the message and has no idea either. */
export type Answer =
  | { readonly kind: 'proposal'; readonly proposal: Proposal }
  | { readonly kind: 'none' }
  | { readonly kind: 'unreadable' };

const TEXT_MAX = 16_000;
const OBJECTS_MAX = 20;
const VALUES_MAX = 20;

const value = z.object({ slot: z.enum(EXPECTED), value: z.string().min(1).max(200) });
const answer = z.object({
  intent: z.enum([...INTENTS, 'none']),
  // One value that makes no sense does not spoil the others.
  values: z
    .array(z.unknown())
    .max(VALUES_MAX)
    .default([])
    .transform((list) => list.flatMap((it) => value.safeParse(it).data ?? [])),
});

export function readAnswer(written: string): Answer {
  const text = withoutThoughts(written.slice(0, TEXT_MAX));
  let at = text.indexOf('{');
  for (let tries = 0; at !== -1 && tries < OBJECTS_MAX; tries++) {
    const object = objectAt(text, at);
    const read = object === null ? null : (answer.safeParse(jsonOf(object)).data ?? null);
    if (read !== null) return read.intent === 'none' ? { kind: 'none' } : { kind: 'proposal', proposal: { ...read, intent: read.intent } };
    at = text.indexOf('{', at + 1);
  }
  return { kind: 'unreadable' };
}

/** Without `<think>…</think>`; one left open never came to an answer, one only closed had been opened in the prompt. */
function withoutThoughts(text: string): string {
  let rest = text;
  let said = '';
  for (;;) {
    const open = rest.indexOf('<think>');
    const close = rest.indexOf('</think>');
    if (close === -1) return said + (open === -1 ? rest : rest.slice(0, open));
    said = open === -1 || open > close ? '' : said + rest.slice(0, open);
    rest = rest.slice(close + '</think>'.length);
  }
}

/** From the brace at `from` to the one that closes it; null when none does. Braces in strings don't count. */
function objectAt(text: string, from: number): string | null {
  let depth = 0;
  let isString = false;
  for (let at = from; at < text.length; at++) {
    const character = text[at];
    if (isString) {
      if (character === '\\') at++;
      else if (character === '"') isString = false;
    } else if (character === '"') isString = true;
    else if (character === '{') depth++;
    else if (character === '}' && --depth === 0) return text.slice(from, at + 1);
  }
  return null;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
