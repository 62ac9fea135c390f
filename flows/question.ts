/** How a question is put together: which words, which buttons. */
import type { ReplyData, ReplyKey } from '../src/wording/reply.ts';
import { type Answers, NOTHING_SAID } from './dialog-event.ts';
import type { DialogChoice, Question } from './effect.ts';

export function choice(key: ReplyKey, means: DialogChoice['means'], data: ReplyData = {}): DialogChoice {
  return { label: { key, data }, means };
}

/** What a button says in the customer's stead. */
export function answer(said: Partial<Answers>): DialogChoice['means'] {
  return { type: 'ANSWERED', answers: { ...NOTHING_SAID, ...said }, text: '' };
}

export function question(asking: string, key: ReplyKey, data: ReplyData = {}, choices: readonly DialogChoice[] = []): Question {
  return { asking, reply: { key, data }, choices };
}
