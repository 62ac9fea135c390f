/** Many simulated customers at one running desk, some side by side, and the verdict on each from what staff find on record. */
import { type StaffApi, staffApi } from '../whole/staff-api.ts';
import { openChat } from './chat.ts';
import { readRecord } from './desk-record.ts';
import { drawVisitor, type Visitor } from './draw-customer.ts';
import { simulate, type Told } from './simulate.ts';
import type { Scene } from './story.ts';
import { type ErrandVerdict, verdictsOf } from './verdict.ts';

export type DeskPlace = { readonly url: string; readonly staffToken: string };

export type RunOptions = {
  readonly count: number;
  readonly seed: string;
  readonly parallel: number;
  /** How long somebody who goes away stays away. */
  readonly awayMilliseconds: number;
  /** Hears of every customer who has left. */
  readonly left: (done: number, told: Told) => void;
};

export type Judged = { readonly told: Told; readonly verdicts: readonly ErrandVerdict[] };

export async function runCustomers(desk: DeskPlace, options: RunOptions): Promise<readonly Judged[]> {
  const api = staffApi(desk);
  const queue = Array.from({ length: options.count }, (_, index) => drawVisitor(options.seed, index, Date.now, api));
  const judged: Judged[] = [];
  const serve = async () => {
    for (let visitor = queue.shift(); visitor !== undefined; visitor = queue.shift()) {
      const told = await visit(desk, api, visitor, options);
      judged.push({ told, verdicts: verdictsOf(told, Date.now()) });
      options.left(judged.length, told);
    }
  };
  await Promise.all(Array.from({ length: options.parallel }, serve));
  return judged.sort((a, b) => a.told.customer.index - b.told.customer.index);
}

async function visit(desk: DeskPlace, api: StaffApi, { customer, errands, leavesAt }: Visitor, options: RunOptions): Promise<Told> {
  const chat = await openChat(desk.url);
  try {
    const leaving = { at: leavesAt, milliseconds: options.awayMilliseconds };
    return await simulate(chat, customer, errands, leaving, (scenes) =>
      readRecord(api, chat.conversationId, [customer.person.phone], numbersIn(scenes)),
    );
  } finally {
    chat.close();
  }
}

function numbersIn(scenes: readonly Scene[]): readonly string[] {
  return scenes.flatMap((it) => (it.by === 'bot' ? it.turn.tickets.map((ticket) => ticket.number) : []));
}
