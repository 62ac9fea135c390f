/** Plays a written chat against a running desk, through whatever door the customer comes, and compares turn by turn what is answered. */
import { expect } from 'vitest';
import { unreachable } from '../../src/domain/unreachable.ts';
import type { WholeDesk } from '../support/whole-desk.ts';
import { staffApi } from '../whole/staff-api.ts';
import { narrow } from '../wording/narrow.ts';
import type { Act, ChatFile, ChatTurn } from './chat-file.ts';
import { replyKeyOf } from './reply-key-of.ts';

/** What the bot said at once; `key` is null where the door does not show it. */
export type Bubble = { readonly text: string; readonly labels: readonly string[]; readonly key: string | null };

/** A customer at one of the doors. Each call resolves to what was heard since the one before; fewer than `count` bubbles when they don't come. */
export type Customer = {
  readonly says: (text: string, count: number) => Promise<readonly Bubble[]>;
  readonly sendsPhoto: (count: number) => Promise<readonly Bubble[]>;
  /** What the desk says without being asked, the greeting too. */
  readonly hears: (count: number) => Promise<readonly Bubble[]>;
  /** Resolves to what was said and not yet taken. */
  readonly leaves: () => Promise<readonly Bubble[]>;
};

export type Door = { readonly name: string; readonly open: (desk: WholeDesk) => Promise<Customer> };

type Going = { readonly customer: Customer; readonly heard: readonly Bubble[]; readonly number: string };

/** Throws at the first turn that is answered otherwise than written, and when more is said at the end. */
export async function playChat({ turns }: ChatFile, desk: WholeDesk, door: Door): Promise<void> {
  let going: Going | null = null;
  try {
    for (const turn of turns) {
      if (turn.act.kind === 'opens') {
        if (going !== null) expect(await going.customer.leaves()).toEqual([]);
        going = { customer: await door.open(desk), heard: [], number: going?.number ?? '' };
      }
      if (going === null) throw new Error('invariant: a chat begins by being opened');
      going = compared(turn, going, await acted(turn.act, turn.replies.length, going, desk));
    }
    expect(await going?.customer.leaves()).toEqual([]);
  } catch (error) {
    await going?.customer.leaves().catch(() => []);
    throw error;
  }
}

async function acted(act: Act, count: number, { customer, heard, number }: Going, desk: WholeDesk): Promise<readonly Bubble[]> {
  switch (act.kind) {
    case 'opens':
      return await customer.hears(count);
    case 'says':
      return await customer.says(act.text.replace('{单号}', number), count);
    case 'taps':
      return await customer.says(labelOf(act.label, heard), count);
    case 'sends-photo':
      return await customer.sendsPhoto(count);
    case 'staff-complete': {
      const { status, body } = await staffApi(desk).post(`/tickets/${number}/transitions`, { type: 'complete' });
      if (status !== 200) throw new Error(`${number} was not completed: ${status} ${JSON.stringify(body)}`);
      return await customer.hears(count);
    }
    default:
      return unreachable(act);
  }
}

function labelOf(part: string, heard: readonly Bubble[]): string {
  const labels = heard.flatMap((it) => it.labels);
  const label = labels.find((it) => narrow(it).includes(narrow(part)));
  if (label === undefined) throw new Error(`no button ${part} among ${labels.join(' | ') || 'none'}`);
  return label;
}

/** Reply keys first, then the words that must be seen. */
function compared({ place, replies, sees }: ChatTurn, going: Going, heard: readonly Bubble[]): Going {
  const text = heard.map((it) => it.text).join('\n');
  const keys = heard.map(({ key, text: words }, index) => key ?? replyKeyOf(words, replies[index] ?? []));
  const expected = replies.map((either, index) => either.find((it) => it === keys[index]) ?? either.join('|'));
  expect(keys, `${place}\n${text}`).toEqual(expected);
  for (const words of sees) expect(narrow(text), place).toContain(narrow(words));
  const number = /BX-\d{8}-\d{4,}/.exec(text)?.[0] ?? going.number;
  return { ...going, heard, number };
}
