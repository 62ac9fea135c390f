/**
 * LangGraph with its PostgreSQL checkpointer: a node for each question, which `interrupt`s and is resumed with the answer, as
 * https://docs.langchain.com/oss/javascript/langgraph/interrupts shows; side effects have a node of their own. `durability: 'exit'`
 * (https://docs.langchain.com/oss/javascript/langgraph/durable-execution) writes one checkpoint a turn, before `invoke` resolves.
 *
 * Between bookings the graph waits at its first node, so that a turn needs no look at the thread's state before: in its favour.
 */

import type { LangGraphRunnableConfig } from '@langchain/langgraph';
import { Annotation, Command, INTERRUPT, interrupt, isInterrupted, START, StateGraph } from '@langchain/langgraph';
import { PostgresSaver } from '@langchain/langgraph-checkpoint-postgres';
import pg from 'pg';
import { CONNECTIONS, type OpenContestant } from '../contestant.ts';
import {
  type Booking,
  confirmation,
  corrected,
  countAsSaid,
  countTickets,
  DONE,
  makeTickets,
  plainLongScript,
  QUESTIONS,
  SCRIPT,
  type Slot,
  writeTicket,
  YES,
} from '../plain-booking.ts';

const PREPARED_AT_ONCE = 8;

export const open: OpenContestant = async (databaseUrl) => {
  const pool = new pg.Pool({ connectionString: databaseUrl, max: CONNECTIONS });
  await makeTickets(pool);
  const checkpointer = new PostgresSaver(pool);
  await checkpointer.setup();
  const graph = bookingGraph(pool).compile({ checkpointer });

  const run = async (customer: number, input: Parameters<typeof graph.invoke>[0]): Promise<string> => {
    const result: unknown = await graph.invoke(input, { configurable: { thread_id: String(customer) }, durability: 'exit' });
    if (!isInterrupted<string>(result)) throw new Error('invariant: the graph always waits for the customer');
    return result[INTERRUPT][0]?.value ?? '';
  };

  return {
    script: () => SCRIPT,
    longScript: (_customer, turn) => plainLongScript(turn),
    prepare: async (customers) => {
      for (let from = 0; from < customers.length; from += PREPARED_AT_ONCE) {
        await Promise.all(customers.slice(from, from + PREPARED_AT_ONCE).map((it) => run(it, {})));
      }
    },
    take: ({ customer, text }) => run(customer, new Command({ resume: text })),
    settle: () => Promise.resolve(),
    tickets: () => countTickets(pool),
    ticketsAsSaid: (customers) => countAsSaid(pool, customers),
    tables: ['checkpoints', 'checkpoint_blobs', 'checkpoint_writes'],
    close: () => pool.end(),
  };
};

const BookingState = Annotation.Root({
  appliance: Annotation<string>,
  fault: Annotation<string>,
  address: Annotation<string>,
  phone: Annotation<string>,
  window: Annotation<string>,
  greeting: Annotation<string>,
});
type BookingState = typeof BookingState.State;

function bookingGraph(pool: pg.Pool) {
  const ask = (slot: Slot) => () => ({ [slot]: interrupt<string, string>(QUESTIONS[slot]) });
  return new StateGraph(BookingState)
    .addNode('wait', ({ greeting }) => {
      interrupt(greeting ?? '');
      return {};
    })
    .addNode('ask-appliance', ask('appliance'))
    .addNode('ask-fault', ask('fault'))
    .addNode('ask-address', ask('address'))
    .addNode('ask-phone', ask('phone'))
    .addNode('ask-window', ask('window'))
    .addNode('read-back', readBack, { ends: ['read-back', 'book'] })
    .addNode('book', async (booking: BookingState, config: LangGraphRunnableConfig) => {
      const { greeting: _, ...details } = booking;
      await writeTicket(pool, String(config.configurable?.['thread_id']), details satisfies Booking);
      return { greeting: DONE };
    })
    .addEdge(START, 'wait')
    .addEdge('wait', 'ask-appliance')
    .addEdge('ask-appliance', 'ask-fault')
    .addEdge('ask-fault', 'ask-address')
    .addEdge('ask-address', 'ask-phone')
    .addEdge('ask-phone', 'ask-window')
    .addEdge('ask-window', 'read-back')
    .addEdge('book', 'wait');
}

function readBack(booking: BookingState): Command {
  const said = interrupt<string, string>(confirmation(booking));
  if (said === YES) return new Command({ goto: 'book' });
  return new Command({ goto: 'read-back', update: corrected(booking, said) });
}
