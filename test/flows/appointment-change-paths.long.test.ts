import { beforeAll, expect, test } from 'vitest';
import { appliancesOf } from '../../flows/ticket-proof.ts';
import { MINUTE } from '../../src/domain/instant.ts';
import type { KnownVisit } from '../../src/domain/known-ticket.ts';
import { isClock, keepsTheRulesOfATicket, NEVER_TAKEN } from './ticket-rules.ts';
import { CHANGE_BEGINNINGS, type ChangeEdge, changeWalker, TICKETS } from './ticket-walk.ts';
import { breakingOf, of, placeOf, type Walked } from './walk.ts';

const { walk, takenBy, allPlaces, allTransitions, finalPlaces } = changeWalker;

let walked: Walked<ChangeEdge['before']['context']['data']>;
beforeAll(() => {
  walked = walk(CHANGE_BEGINNINGS);
});

const breaking = (rule: (edge: ChangeEdge) => boolean) => breakingOf(walked.edges, rule);
const end = (edge: ChangeEdge) => placeOf(edge.after);
const begin = (edge: ChangeEdge) => placeOf(edge.before);
const visitOf = (edge: ChangeEdge) => edge.before.context.data.ticket?.visit as KnownVisit;

test('every state is reached', () => {
  const reached = new Set([...walked.first, ...walked.edges.map((it) => it.after)].map(placeOf));
  expect(allPlaces().filter((it) => !reached.has(it))).toEqual([]);
});

test('every transition is taken: each candidate of each event in each state', () => {
  const begun = walked.first.some((it) => placeOf(it) === 'findingTickets') ? ['filling always#0'] : [];
  const taken = new Set([...begun, ...walked.edges.flatMap(takenBy)]);
  // The ticket is known from the first of these questions on, so there is nothing to look for anew.
  const known = /^(?:asking\.change|choosingWindow|confirming|confirmingCancel) RESUMED#0$/;
  expect(allTransitions().filter((it) => !taken.has(it) && !known.test(it) && !NEVER_TAKEN.test(it))).toEqual([]);
});

keepsTheRulesOfATicket(changeWalker, () => walked);

test('S2-018 a visit is moved or called off only on a yes to the read-back, and after the clock was read in that very turn', () => {
  const affirmed = (edge: ChangeEdge) =>
    (['confirming', 'confirmingCancel'].includes(begin(edge)) && edge.event.type === 'AFFIRMED') ||
    (begin(edge) === 'confirmingCancel' && edge.event.type === 'CHANGE_CHOSEN' && edge.event.change === 'cancel');
  expect(breaking((edge) => end(edge) !== 'judging' || affirmed(edge))).toEqual([]);
  expect(breaking((edge) => end(edge) !== 'reserving' || (begin(edge) === 'judging' && isClock(edge.event)))).toEqual([]);
  const calledOff = (edge: ChangeEdge) => begin(edge) === 'judging' && isClock(edge.event) && edge.before.context.data.change === 'cancel';
  expect(breaking((edge) => of(edge, 'call-off').length === 0 || calledOff(edge))).toEqual([]);
  const moved = (edge: ChangeEdge) => begin(edge) === 'reserving' && edge.event.type === 'WINDOW_RESERVED';
  expect(breaking((edge) => of(edge, 'rebook').length === 0 || moved(edge))).toEqual([]);
  expect(walked.edges.filter((it) => of(it, 'rebook').length > 0).length).toBeGreaterThan(5);
  expect(walked.edges.filter((it) => of(it, 'call-off').length > 0).length).toBeGreaterThan(3);
});

test('S2-018 what was read back is what is done: that visit, that window, every ticket of it', () => {
  const readBack = (edge: ChangeEdge) => {
    const [asked] = of(edge, 'ask');
    const { window, ticket } = edge.after.context.data;
    const said = asked?.question.reply.data;
    const sameTime = window?.from === ticket?.visit?.window.from;
    return (
      JSON.stringify(said?.['visit']) === JSON.stringify({ as: 'window', value: ticket?.visit?.window }) &&
      JSON.stringify(said?.['window']) === (sameTime ? undefined : JSON.stringify({ as: 'window', value: window })) &&
      ticket !== null &&
      JSON.stringify(said?.['appliances']) === JSON.stringify({ as: 'appliances', value: appliancesOf(ticket) })
    );
  };
  expect(breaking((edge) => end(edge) !== 'confirming' || readBack(edge))).toEqual([]);
  const asReadBack = (edge: ChangeEdge) =>
    of(edge, 'rebook').every(
      (it) =>
        JSON.stringify(it.window) === JSON.stringify(edge.before.context.data.window) &&
        it.visit.appointmentId === visitOf(edge).appointmentId,
    );
  expect(breaking(asReadBack)).toEqual([]);
  const numbers = (edge: ChangeEdge) => JSON.stringify(of(edge, 'say').map((it) => it.reply.data));
  const named = (edge: ChangeEdge) => visitOf(edge).tickets.every((it) => numbers(edge).includes(it.number));
  expect(breaking((edge) => !['changed', 'calledOff'].includes(end(edge)) || named(edge))).toEqual([]);
});

test('S2-018 from two hours before the window until its end nothing is moved or called off: page, task and a time instead', () => {
  const late = (edge: ChangeEdge) => {
    if (!isClock(edge.event)) return false;
    const { window } = visitOf(edge);
    const { ticket } = edge.before.context.data;
    // Somebody else changed it: then there is nothing of this visit to refuse.
    if (edge.event.type === 'TICKET_READ' && edge.event.ticket?.visit?.appointmentId !== ticket?.visit?.appointmentId) return false;
    return edge.event.now > window.from - edge.before.context.data.cutoffMinutes * MINUTE && edge.event.now < window.to;
  };
  const passed = (edge: ChangeEdge) => end(edge) === 'reserving' || end(edge) === 'calledOff';
  expect(breaking((edge) => !passed(edge) || !late(edge))).toEqual([]);
  const refused = (edge: ChangeEdge) => {
    const [page, ...pages] = of(edge, 'page');
    const [task, ...tasks] = of(edge, 'contact-task');
    const { event } = edge;
    return (
      isClock(event) &&
      end(edge) === 'tooLate' &&
      pages.length + tasks.length === 0 &&
      page?.onceKey != null &&
      page.onceKey === task?.onceKey &&
      page.ticketId === edge.before.context.data.ticket?.id &&
      task.dueAt === event.lateAnswerBy &&
      of(edge, 'say')
        .map((it) => it.reply.key)
        .join() === 'change.too-late'
    );
  };
  expect(breaking((edge) => !late(edge) || refused(edge))).toEqual([]);
  expect(breaking((edge) => end(edge) !== 'tooLate' || late(edge))).toEqual([]);
  expect(walked.edges.filter((it) => end(it) === 'tooLate' && begin(it) === 'judging').length).toBeGreaterThan(1);
});

test('S2-018 a window that ended without anybody can be moved at once', () => {
  const missed = walked.edges.filter((it) =>
    of(it, 'rebook').some(({ visit }) => visit.appointmentId === TICKETS.missed.visit.appointmentId),
  );
  expect(missed.length).toBeGreaterThan(0);
});

test('nothing is moved, called off, paged or promised before the end of the dialog', () => {
  const wrote = (edge: ChangeEdge) => edge.effects.some((it) => ['rebook', 'call-off', 'page', 'contact-task'].includes(it.kind));
  expect(breaking((edge) => !wrote(edge) || finalPlaces().includes(end(edge)))).toEqual([]);
});

test('the windows on the table were looked for with the ticket that is meant now', () => {
  const nothingOffered = (edge: ChangeEdge) => {
    const { choice, window } = edge.after.context.data;
    return choice.kind === 'unknown' && window === null;
  };
  const another = (edge: ChangeEdge) => edge.after.context.data.ticket?.id !== edge.before.context.data.ticket?.id;
  expect(breaking((edge) => !another(edge) || finalPlaces().includes(end(edge)) || nothingOffered(edge))).toEqual([]);
});

test('a fee is named before it is agreed to, and again when it is due', () => {
  const feeOf = (edge: ChangeEdge) => edge.before.context.data.cancelFeeYuan;
  const asked = (edge: ChangeEdge) =>
    of(edge, 'ask')[0]?.question.reply.key === 'confirm.cancel.fee' &&
    JSON.stringify(of(edge, 'ask')[0]?.question.reply.data['yuan']) === JSON.stringify({ as: 'number', value: feeOf(edge) });
  expect(breaking((edge) => end(edge) !== 'confirmingCancel' || asked(edge) === feeOf(edge) > 0)).toEqual([]);
  const told = (edge: ChangeEdge) =>
    of(edge, 'say')
      .map((it) => it.reply.key)
      .join() === (feeOf(edge) > 0 ? 'called-off.fee' : 'called-off');
  expect(breaking((edge) => end(edge) !== 'calledOff' || (told(edge) && of(edge, 'call-off')[0]?.feeYuan === feeOf(edge)))).toEqual([]);
  expect(walked.edges.some((it) => end(it) === 'calledOff' && feeOf(it) > 0)).toBe(true);
});

test('不改了 leaves everything as it was, and says so', () => {
  const visit = (edge: ChangeEdge) => edge.before.context.data.ticket?.visit != null;
  const kept = (edge: ChangeEdge) =>
    edge.effects.length === 1 && of(edge, 'say')[0]?.reply.key === (visit(edge) ? 'change.kept' : 'change.dropped');
  expect(breaking((edge) => end(edge) !== 'cancelled' || kept(edge))).toEqual([]);
});
