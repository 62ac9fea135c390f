/**
 * A conversation as data: the dialogs as a stack, what was asked last, and the little that outlives a dialog. Plain
 * JSON, so any process can take the next turn.
 */
import { z } from 'zod';
import { FLOWS } from '../../flows/registry.ts';
import { APPLIANCES } from '../domain/appliance.ts';
import type { KeptMeaning } from './meaning.ts';

const stacked = z.object({ flow: z.enum(FLOWS), version: z.number().int(), value: z.json(), context: z.json() });
const part = z.string().nullable();
const meaning = z.custom<KeptMeaning>((it) => typeof it === 'object' && it !== null && 'type' in it);

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
  /** The last ticket this customer has opened here, or told more of. */
  justOpened: z.object({ id: z.string(), number: z.string(), at: z.number() }).nullable().default(null),
  /** Pictures that hang on no ticket yet, and the dialog on top when they came. */
  loosePhotos: z
    .array(z.object({ id: z.string(), at: z.number(), flow: z.enum(FLOWS).nullable() }))
    .max(50)
    .default([]),
  /** Whether the customer in the queue has been told once that staff will see what they write. */
  queueNoted: z.boolean(),
  /** When the customer last said something; null before they have. */
  heardAt: z.number().nullable().default(null),
  /** They were asked once whether they are still there, and have not said anything since. */
  nudged: z.boolean().default(false),
  /** Tickets whose number and phone were told in this conversation, and until when that counts. */
  proved: z
    .array(z.object({ ticketId: z.string(), until: z.number() }))
    .max(10)
    .default([]),
  /** Proved tickets for which it was offered here to put the accounts together, and when. */
  linkOffers: z
    .array(z.object({ ticketId: z.string(), at: z.number() }))
    .max(20)
    .default([]),
  /** The question of another account that was asked here and is not answered yet. */
  linkAsked: z.string().nullable().default(null),
  /** A place they sent before anything was begun that needs one, and when. */
  place: z.object({ province: part, city: part, district: part, detail: part, at: z.number() }).nullable().default(null),
  /** The product whose label they scanned, likewise; known by its serial alone when it is not on record. */
  product: z
    .object({ serial: z.string(), appliance: z.enum(APPLIANCES).nullable(), brand: part, model: part, at: z.number() })
    .nullable()
    .default(null),
  /** Voice messages: when it was last told how one becomes text, and how many came since the last words. */
  voices: z.object({ toldAt: z.number(), inARow: z.number().int() }).nullable().default(null),
  /** They were told that something of theirs was lost, and have sent nothing since. */
  lossTold: z.boolean().default(false),
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
  justOpened: null,
  loosePhotos: [],
  queueNoted: false,
  heardAt: null,
  nudged: false,
  proved: [],
  linkOffers: [],
  linkAsked: null,
  place: null,
  product: null,
  voices: null,
  lossTold: false,
};

/** States that a turn of this process made: they are whole, and need not be checked when they come back as they were. */
const whole = new WeakSet<object>();

export function isWhole(state: ConversationState): ConversationState {
  whole.add(state);
  return state;
}

/** The state as stored, or null when it can't be read; null is a conversation that was just opened. */
export function parseState(stored: unknown): ConversationState | null {
  if (stored === null) return NEW_CONVERSATION;
  if (typeof stored === 'object' && whole.has(stored)) return stored as ConversationState;
  return schema.safeParse(stored).data ?? null;
}

/** Whether the customer's silence is worth a word: a dialog of theirs waits, and they were not asked yet. A survey is ours. */
export function isLeftOpen({ stack, nudged }: ConversationState): boolean {
  const top = stack.at(-1);
  return top !== undefined && top.flow !== 'survey' && !nudged;
}
