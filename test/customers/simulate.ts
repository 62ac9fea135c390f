/**
 * One customer from opening the chat to leaving it: errand after errand, a message, what the desk says to it, the next
 * message. What is said next comes from what a person sees and the slot that is asked for, nothing else.
 */
import type { Chat } from './chat.ts';
import type { DeskRecord } from './desk-record.ts';
import { type Customer, type Errand, labelled, line } from './errand.ts';
import { BACK_AGAIN, GO_ON, THANKS } from './sentences/openings.ts';
import { inWords, typed } from './speech.ts';
import type { Line, Scene, Turn } from './story.ts';

export type ErrandEnd = 'done' | 'person' | 'silence' | 'lost' | 'too-long';

export type ErrandTold = {
  readonly errand: Errand;
  readonly end: ErrandEnd;
  /** Messages of the customer from the first to the one that settled it. */
  readonly messages: number;
  /** What the desk had on record when it ended. */
  readonly record: DeskRecord;
};

export type Told = {
  readonly customer: Customer;
  readonly conversationId: string;
  readonly scenes: readonly Scene[];
  readonly errands: readonly ErrandTold[];
};

const MESSAGES_MAX = 24;
/** The share of those who say thanks. */
const THANKFUL = 0.4;
/** How often they start anew when the desk does not seem to follow. */
const RESTARTS_MAX = 2;

/** Plays the errands, one after the other; the first that does not end as it should is the last. */
export async function simulate(
  chat: Chat,
  customer: Customer,
  errands: readonly Errand[],
  leaving: Leaving,
  record: (scenes: readonly Scene[]) => Promise<DeskRecord>,
): Promise<Told> {
  const scenes: Scene[] = [];
  const told: ErrandTold[] = [];
  let before = chat.greeting;
  for (const errand of errands) {
    const heard = errand.meanwhile === null ? null : await errand.meanwhile(chat);
    if (heard !== null || told.length === 0) scenes.push({ by: 'bot', errand: errand.name, turn: heard ?? before });
    const { last, ...result } = await talk(chat, customer, errand, heard ?? before, scenes, leaving);
    before = last;
    told.push({ ...result, record: await record(scenes) });
    if (result.end !== 'done') break;
    if (result.messages > 0 && customer.random.chance(THANKFUL)) before = await thank(chat, customer, errand, scenes);
  }
  return { customer, conversationId: chat.conversationId, scenes, errands: told };
}

/** Where they go away, and for how long. */
export type Leaving = { readonly at: string | null; readonly milliseconds: number };

async function talk(
  chat: Chat,
  customer: Customer,
  errand: Errand,
  before: Turn,
  scenes: Scene[],
  leaving: Leaving,
): Promise<Omit<ErrandTold, 'record'> & { readonly last: Turn }> {
  let lines = errand.opening(before);
  let messages = 0;
  let restarts = 0;
  let left = false;
  const ended = (end: ErrandEnd, last: Turn) => ({ errand, end, messages, last });
  if (lines.length === 0) return ended('done', before);
  while (messages < MESSAGES_MAX) {
    messages += lines.length;
    scenes.push({ by: 'customer', errand: errand.name, lines });
    const turn = await chat.say(lines);
    scenes.push({ by: 'bot', errand: errand.name, turn });
    if (errand.isDone(turn)) return ended('done', turn);
    if (turn.reply.length === 0) return ended('silence', turn);
    if (turn.reply.some((it) => it.startsWith('handoff.'))) return ended('person', turn);
    if (!left && leaving.at !== null && turn.asking === leaving.at) {
      left = true;
      const meanwhile = await chat.leave(leaving.milliseconds);
      if (meanwhile.reply.length > 0) scenes.push({ by: 'bot', errand: errand.name, turn: meanwhile });
      if (customer.random.chance(0.6)) {
        lines = [line('returns', inRegister(BACK_AGAIN, customer))];
        continue;
      }
    }
    const next = nextLines(turn, customer, errand);
    if (next !== null) lines = next;
    else if (restarts++ < RESTARTS_MAX) lines = errand.opening(turn);
    else return ended('lost', turn);
    if (lines.length === 0) return ended('lost', turn);
  }
  return ended('too-long', before);
}

/** Null when they can only say once more what they came for. */
function nextLines(turn: Turn, customer: Customer, errand: Errand): readonly Line[] | null {
  if (turn.asking === 'resume' || turn.asking === 'cancel')
    return [line('agrees', labelled(turn, /^(继续|go on)/i)?.value ?? inRegister(GO_ON, customer))];
  const said = errand.answer(turn);
  if (said !== null) return said;
  const button = labelled(turn, errand.wanted);
  return button === null ? null : [line('picks', button.value)];
}

/** A thank-you is no part of the errand and opens nothing. */
async function thank(chat: Chat, customer: Customer, errand: Errand, scenes: Scene[]): Promise<Turn> {
  const lines = [line('courtesy', inRegister(THANKS, customer))];
  scenes.push({ by: 'customer', errand: errand.name, lines });
  const turn = await chat.say(lines);
  scenes.push({ by: 'bot', errand: errand.name, turn });
  return turn;
}

function inRegister(phrases: typeof GO_ON, { manner, random }: Customer): string {
  return typed(inWords(phrases, manner.register, random), manner, random);
}
