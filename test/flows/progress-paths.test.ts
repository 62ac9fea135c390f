import { beforeAll, describe, expect, test } from 'vitest';
import { initialTransition, transition } from 'xstate';
import { progress } from '../../flows/progress.ts';
import type { ProgressData } from '../../flows/progress-report.ts';
import { NOTHING_PROVED } from '../../flows/ticket-proof.ts';
import { type Instant, instantOf, MINUTE } from '../../src/domain/instant.ts';
import { isLive, type KnownTicket } from '../../src/domain/known-ticket.ts';
import { NOW } from './answers.ts';
import { isClock, keepsTheRulesOfATicket, NEVER_TAKEN } from './ticket-rules.ts';
import { PROGRESS_BEGINNINGS, type ProgressEdge, progressWalker, TICKETS } from './ticket-walk.ts';
import { breakingOf, effectsOf, of, placeOf, type Walked } from './walk.ts';

const { walk, takenBy, allPlaces, allTransitions } = progressWalker;

let walked: Walked<ProgressData>;
beforeAll(() => {
  walked = walk(PROGRESS_BEGINNINGS);
});

const breaking = (rule: (edge: ProgressEdge) => boolean) => breakingOf(walked.edges, rule);
const end = (edge: ProgressEdge) => placeOf(edge.after);
const keyOf = (edge: ProgressEdge) => of(edge, 'say').at(-1)?.reply.key;

test('every state is reached', () => {
  const reached = new Set([...walked.first, ...walked.edges.map((it) => it.after)].map(placeOf));
  expect(allPlaces().filter((it) => !reached.has(it))).toEqual([]);
});

test('every transition is taken: each candidate of each event in each state', () => {
  const begun = walked.first.some((it) => placeOf(it) === 'findingTickets') ? ['filling always#0'] : [];
  const taken = new Set([...begun, ...walked.edges.flatMap(takenBy)]);
  expect(allTransitions().filter((it) => !taken.has(it) && !NEVER_TAKEN.test(it))).toEqual([]);
});

keepsTheRulesOfATicket(progressWalker, () => walked);

test('a window that has ended is never told as news, nor one that runs as one that comes', () => {
  const told = (edge: ProgressEdge) => {
    const { event } = edge;
    const visit = edge.before.context.data.ticket?.visit ?? null;
    if (!isClock(event) || visit === null) return true;
    const { window } = visit;
    const said = JSON.stringify(of(edge, 'say').map((it) => it.reply.data));
    if (event.now >= window.to)
      return keyOf(edge)?.startsWith('progress.late') === true && (keyOf(edge) === 'progress.late' || !said.includes(String(window.from)));
    return keyOf(edge) === (event.now < window.from ? 'progress.booked' : 'progress.today');
  };
  expect(breaking(told)).toEqual([]);
  expect(new Set(walked.edges.filter((it) => end(it) === 'told').map(keyOf))).toEqual(
    new Set([
      'progress.booked',
      'progress.today',
      'progress.late',
      'progress.late.chased',
      'progress.call',
      'progress.call.late',
      'progress.open',
      'progress.urgent',
      'progress.working',
      'progress.done',
      'progress.cancelled',
    ]),
  );
});

test('a promise of ours that is past is a page and a task with one key; nothing else is', () => {
  const chased = (edge: ProgressEdge) => {
    const [pages, tasks] = [of(edge, 'page'), of(edge, 'contact-task')];
    const missed = keyOf(edge) === 'progress.late' || keyOf(edge) === 'progress.call.late';
    if (!missed) return pages.length + tasks.length === 0;
    const { event } = edge;
    const by = event.type === 'CLOCK_READ' ? (keyOf(edge) === 'progress.late' ? event.lateAnswerBy : event.callBackBy) : null;
    return (
      pages.length === 1 &&
      tasks.length === 1 &&
      pages[0]?.onceKey != null &&
      pages[0].onceKey === tasks[0]?.onceKey &&
      tasks[0].dueAt === by
    );
  };
  expect(breaking(chased)).toEqual([]);
});

test('the account’s own tickets that are done are spoken of only when there is no other', () => {
  const [done] = walked.edges.filter(
    (it) => it.event.type === 'TICKETS_FOUND' && !it.event.tickets.some(isLive) && it.event.tickets.length > 1,
  );
  expect(done?.after.context.data.own?.map((it) => it.number)).toEqual([TICKETS.cancelled.number]);
});

/** What is told of a ticket at a moment. */
function report(ticket: KnownTicket, now: Instant) {
  const [start] = initialTransition(progress, { data: { ...NOTHING_PROVED, own: [ticket], ticket } });
  const [, actions] = transition(progress, start, {
    type: 'CLOCK_READ',
    now,
    callBackBy: instantOf(now + 120 * MINUTE),
    lateAnswerBy: instantOf(now + 10 * MINUTE),
  });
  return effectsOf(actions);
}

describe('a visit through the day', () => {
  const { window } = TICKETS.running.visit;
  test.each([
    ['a minute before', window.from - MINUTE, 'progress.booked'],
    ['when it begins', window.from, 'progress.today'],
    ['a minute before its end', window.to - MINUTE, 'progress.today'],
    ['at its end', window.to, 'progress.late'],
  ] as const)('%s', (_, moment, key) => {
    const told = report(TICKETS.running, instantOf(moment)).flatMap((it) => (it.kind === 'say' ? [it.reply.key] : []));
    expect(told).toEqual([key]);
  });

  test('asked again before the clock runs out it is chased already; after that it is late anew, under another key', () => {
    const keys = (ticket: KnownTicket, now: Instant) =>
      report(ticket, now).flatMap((it) => (it.kind === 'page' || it.kind === 'contact-task' ? [it.onceKey] : []));
    const answerBy = instantOf(NOW + 10 * MINUTE);
    const first = keys(TICKETS.missed, NOW);
    expect(first).toEqual([first[0], first[0]]);
    expect(keys({ ...TICKETS.missed, lateAnswerBy: answerBy }, instantOf(NOW + 9 * MINUTE))).toEqual([]);
    const again = keys({ ...TICKETS.missed, lateAnswerBy: answerBy }, answerBy);
    expect(again).toHaveLength(2);
    expect(again[0]).not.toBe(first[0]);
  });
});
