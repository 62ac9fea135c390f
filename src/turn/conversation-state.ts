/**
 * A conversation as data: the dialogs as a stack, what was asked last, and the little that outlives a dialog. Plain
 * JSON, so any process can take the next turn.
 */
import { z } from 'zod';
import type { DialogEvent } from '../../flows/dialog-event.ts';
import { FLOWS } from '../../flows/registry.ts';

/** What a customer can want outside any dialog, as a button means it. */
export type Wanted = { readonly type: 'WANTED'; readonly what: 'repair' | 'progress' | 'person' | 'price' | 'hours' };

/** What a button means, kept with its label so that its number, its label and a tap are one thing. */
export type Meaning = DialogEvent | Wanted;

const stacked = z.object({ flow: z.enum(FLOWS), version: z.number().int(), value: z.json(), context: z.json() });
const meaning = z.custom<Meaning>((it) => typeof it === 'object' && it !== null && 'type' in it);

const schema = z.object({
  language: z.enum(['zh-CN', 'en']),
  /** At most five deep; the last one is on top. */
  stack: z.array(stacked).max(5),
  lastAsked: z
    .object({
      flow: z.enum(FLOWS).nullable(),
      asking: z.string().nullable(),
      choices: z.array(z.object({ label: z.string(), means: meaning })).max(12),
    })
    .nullable(),
  /** Messages in a row, outside any dialog, that moved nothing. */
  misses: z.number().int(),
  /** The urgent ticket of a danger told in this conversation; `reachable` when a phone is known. */
  danger: z.object({ ticketId: z.string(), ticketNumber: z.string(), reachable: z.boolean() }).nullable(),
  /** The ticket this conversation was last about. */
  ticket: z.object({ id: z.string(), number: z.string() }).nullable(),
  /** Whether the customer in the queue has been told once that staff will see what they write. */
  queueNoted: z.boolean(),
});

export type ConversationState = Readonly<z.infer<typeof schema>>;
export type StackedDialog = ConversationState['stack'][number];

export const NEW_CONVERSATION: ConversationState = {
  language: 'zh-CN',
  stack: [],
  lastAsked: null,
  misses: 0,
  danger: null,
  ticket: null,
  queueNoted: false,
};

/** The state as stored, or null when it can't be read; null is a conversation that was just opened. */
export function parseState(stored: unknown): ConversationState | null {
  if (stored === null) return NEW_CONVERSATION;
  return schema.safeParse(stored).data ?? null;
}
