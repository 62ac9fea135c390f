import { beforeAll, expect, test } from 'vitest';
import type { ReportedFault } from '../../flows/effect.ts';
import { addressWanting, fullAddress, type RepairData } from '../../flows/repair-booking-data.ts';
import { allPlaces, allTransitions, type Edge, openQuestion, placeOf, type Snapshot, takenBy, tapped, walk } from './repair-walk.ts';
import { breakingOf, of } from './walk.ts';

let first: readonly Snapshot[] = [];
let edges: readonly Edge[] = [];

beforeAll(() => {
  ({ first, edges } = walk());
});

const FINAL = ['booked', 'shopArranged', 'enquiryOpened', 'cancelled', 'handedOff'];
const LOOKING_UP = /^(?:reading|checking|finding|holding|reserving|taking)/;

const breaking = (rule: (edge: Edge) => boolean) => breakingOf(edges, rule);

const end = (edge: Edge) => placeOf(edge.after);
const isFinal = (edge: Edge) => FINAL.includes(end(edge));

test('every state is reached, from a first message that says nothing, much or everything', () => {
  const reached = new Set([...first, ...edges.map((it) => it.after)].map(placeOf));
  expect(allPlaces().filter((it) => !reached.has(it))).toEqual([]);
  expect([...reached].filter((it) => !allPlaces().includes(it))).toEqual([]);
});

test('every transition is taken: each candidate of each event in each state', () => {
  const begun = first.some((it) => placeOf(it) === 'readingRecord') ? ['filling always#0'] : [];
  const taken = new Set([...begun, ...edges.flatMap(takenBy)]);
  // A booking knows nothing anew when it is taken up again: that way is for dialogs about a ticket.
  const resumed = (it: string) => it.endsWith(' RESUMED#0');
  expect(allTransitions().filter((it) => !taken.has(it) && !resumed(it))).toEqual([]);
});

test('S2-006 a read-back is never reached with an empty fault, nor is a ticket opened with one', () => {
  const described = (items: readonly { readonly text: string | null }[]) =>
    items.length > 0 && items.every((it) => (it.text ?? '').trim() !== '');
  expect(breaking((edge) => end(edge) !== 'confirming' || described(edge.after.context.data.items))).toEqual([]);
  const reportsOf = (edge: Edge) => of(edge, 'open-tickets').flatMap((it) => it.tickets.flatMap((ticket) => ticket.report ?? []));
  expect(breaking((edge) => end(edge) === 'enquiryOpened' || reportsOf(edge).every((it: ReportedFault) => it.text !== ''))).toEqual([]);
});

test('S2-016 nothing is booked unless the customer said yes to the read-back of that very window, address and fault', () => {
  const promised = ({ window, items, covers }: RepairData) => ({ window, items, covers });
  const readBack = (edge: Edge) => {
    const { data } = edge.after.context;
    const [asked] = of(edge, 'ask');
    return (
      asked?.question.asking === 'confirm' &&
      JSON.stringify(asked.question.reply.data['window']) === JSON.stringify({ as: 'window', value: data.window }) &&
      JSON.stringify(asked.question.reply.data['reports']) === JSON.stringify({ as: 'reports', value: data.items }) &&
      JSON.stringify(asked.question.reply.data['address']) === JSON.stringify({ as: 'address', value: fullAddress(data) })
    );
  };
  expect(breaking((edge) => end(edge) !== 'confirming' || readBack(edge))).toEqual([]);
  const affirmed = (edge: Edge) =>
    placeOf(edge.before) === 'confirming' &&
    edge.event.type === 'AFFIRMED' &&
    JSON.stringify(promised(edge.before.context.data)) === JSON.stringify(promised(edge.after.context.data));
  expect(breaking((edge) => end(edge) !== 'reserving' || affirmed(edge))).toEqual([]);
  const asReserved = (edge: Edge) => {
    const [booked, ...more] = of(edge, 'book');
    const { data } = edge.before.context;
    const tickets = of(edge, 'open-tickets').flatMap((it) => it.tickets);
    return (
      placeOf(edge.before) === 'reserving' &&
      more.length === 0 &&
      JSON.stringify(booked?.window) === JSON.stringify(data.window) &&
      JSON.stringify(tickets.map((it) => it.report?.text)) === JSON.stringify(data.items.map((it) => it.text))
    );
  };
  expect(breaking((edge) => end(edge) !== 'booked' || asReserved(edge))).toEqual([]);
  expect(breaking((edge) => of(edge, 'book').length === 0 || end(edge) === 'booked')).toEqual([]);
});

test('a step that waits for the customer asks one question and says it last; a step that waits for a look-up asks none', () => {
  const oneQuestion = (edge: Edge) => {
    const asked = of(edge, 'ask').length;
    const lookUps = of(edge, 'look-up').length;
    const spoken = edge.effects.filter((it) => it.kind === 'ask' || it.kind === 'say');
    if (isFinal(edge)) return asked === 0 && lookUps === 0;
    if (LOOKING_UP.test(end(edge))) return asked === 0 && lookUps === 1;
    return asked === 1 && lookUps === 0 && spoken.at(-1)?.kind === 'ask';
  };
  expect(breaking(oneQuestion)).toEqual([]);
});

test('S2-015 nothing that is known is asked again', () => {
  const open: Readonly<Record<string, (data: RepairData) => boolean>> = {
    appliance: (data) => data.items.length === 0,
    fault: (data) => data.items.some((it) => it.text === null),
    serviceMode: (data) => data.serviceMode === null,
    address: (data) => addressWanting(data) !== 'nothing',
    phone: (data) => data.phone === null,
    name: (data) => data.name === null && !data.nameRefused,
    model: (data) => !data.modelAsked && data.items.some((it) => it.model === null),
    window: (data) => data.window === null,
    confirm: (data) => data.window !== null || data.serviceMode === 'store',
  };
  expect(breaking((edge) => of(edge, 'ask').every(({ question }) => open[question.asking]?.(edge.after.context.data) === true))).toEqual(
    [],
  );
});

test('a button that is offered is understood: none of them counts as a miss', () => {
  const buttons = (edge: Edge) => openQuestion(edge.before)?.choices.map((it) => JSON.stringify(tapped(it.means))) ?? [];
  const missed = (edge: Edge) => edge.after.context.misses > edge.before.context.misses || of(edge, 'hand-off').length > 0;
  const taps = edges.filter((it) => it.before.context.misses === 0 && buttons(it).includes(JSON.stringify(it.event)));
  expect(taps.length).toBeGreaterThan(100);
  expect([...new Set(taps.filter(missed).map((it) => `${placeOf(it.before)} ${JSON.stringify(it.event)}`))]).toEqual([]);
});

test('a held window is given back exactly once on every way out, or becomes the booking', () => {
  const kept = (edge: Edge) => {
    const { held } = edge.before.context.data;
    const released = of(edge, 'release-hold').map((it) => it.appointmentId);
    if (held === null) return released.length === 0;
    const [booked] = of(edge, 'book');
    if (end(edge) === 'booked') return released.length === 0 && booked?.held === true && booked.appointmentId === held.appointmentId;
    const stays = !isFinal(edge) && edge.after.context.data.held?.appointmentId === held.appointmentId;
    return stays ? released.length === 0 : released.length === 1 && released[0] === held.appointmentId;
  };
  expect(edges.some((it) => it.before.context.data.held !== null)).toBe(true);
  expect(breaking(kept)).toEqual([]);
  expect(breaking((edge) => of(edge, 'hold').length === 0 || edge.after.context.data.held !== null)).toEqual([]);
});

test('every end says something, but for the hand-over, which the turn words', () => {
  const spoken = (edge: Edge) => (end(edge) === 'handedOff' ? of(edge, 'hand-off').length === 1 : of(edge, 'say').length > 0);
  expect(breaking((edge) => !isFinal(edge) || spoken(edge))).toEqual([]);
});

test('the third miss in a row hands over, and anything understood starts the count again', () => {
  const counted = (edge: Edge) => {
    const { misses } = edge.after.context;
    if (end(edge) === 'handedOff') return edge.before.context.misses === 2;
    return misses <= 2 && (misses === 0 || misses === edge.before.context.misses || misses === edge.before.context.misses + 1);
  };
  expect(breaking(counted)).toEqual([]);
});

test('a booking opens one ticket an appliance, and every ticket names its number to the customer', () => {
  const named = (edge: Edge) => {
    const tickets = of(edge, 'open-tickets').flatMap((it) => it.tickets);
    if (tickets.length === 0) return !isFinal(edge) || ['cancelled', 'handedOff'].includes(end(edge));
    const numbers = JSON.stringify(of(edge, 'say').map((it) => it.reply.data));
    const expected = end(edge) === 'enquiryOpened' ? 1 : edge.before.context.data.items.length;
    return tickets.length === expected && tickets.every((it) => numbers.includes(it.number));
  };
  expect(breaking(named)).toEqual([]);
});
