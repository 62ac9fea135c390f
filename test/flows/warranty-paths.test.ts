import { beforeAll, describe, expect, test } from 'vitest';
import { DIALOGS } from '../../flows/registry.ts';
import { verdictOf, type WarrantyData } from '../../flows/warranty-lookup-data.ts';
import { breakingOf, of, placeOf, type Walked } from './walk.ts';
import { WARRANTY_BEGINNINGS, type WarrantyEdge, warrantyWalker } from './warranty-walk.ts';

const { walk, takenBy, allPlaces, allTransitions, finalPlaces, openQuestion, lookUpsMax } = warrantyWalker;

let walked: Walked<WarrantyData>;
beforeAll(() => {
  walked = walk(WARRANTY_BEGINNINGS);
});

const breaking = (rule: (edge: WarrantyEdge) => boolean) => breakingOf(walked.edges, rule);
const end = (edge: WarrantyEdge) => placeOf(edge.after);
const ends = (edge: WarrantyEdge) => finalPlaces().includes(end(edge));
const dataOf = (edge: WarrantyEdge) => edge.after.context.data;
const saidBy = (edge: WarrantyEdge) => of(edge, 'say').map((it) => it.reply.key);

test('every state is reached', () => {
  const reached = new Set([...walked.first, ...walked.edges.map((it) => it.after)].map(placeOf));
  expect(allPlaces().filter((it) => !reached.has(it))).toEqual([]);
});

/** Where a yes or a no always changes something the candidates after it have no way, nor has going back before the first question. */
const NEVER_TAKEN = /^asking\.(?:(?:serial|purchasedOn|exclusion|phone|proof) DENIED|proof AFFIRMED)#[12]$|^asking\.appliance WENT_BACK#1$/;

test('every transition is taken: each candidate of each event in each state', () => {
  const taken = new Set(['filling always#0', ...walked.edges.flatMap(takenBy)]);
  expect(allTransitions().filter((it) => !taken.has(it) && !NEVER_TAKEN.test(it))).toEqual([]);
});

test('a step that waits for the customer asks one question and says it last; a step that waits for a look-up asks none', () => {
  const oneQuestion = (edge: WarrantyEdge) => {
    const [asked, lookUps] = [of(edge, 'ask').length, of(edge, 'look-up').length];
    const spoken = edge.effects.filter((it) => it.kind === 'ask' || it.kind === 'say');
    if (ends(edge)) return asked === 0 && lookUps === 0;
    if (openQuestion(edge.after) === null) return asked === 0 && lookUps === 1;
    return asked === 1 && lookUps === 0 && spoken.at(-1)?.kind === 'ask';
  };
  expect(breaking(oneQuestion)).toEqual([]);
});

test('every end says something, hands over or starts the booking; a question can be left at once', () => {
  const spoken = (edge: WarrantyEdge) => of(edge, 'say').length + of(edge, 'hand-off').length + of(edge, 'start').length > 0;
  expect(breaking((edge) => !ends(edge) || spoken(edge))).toEqual([]);
  expect(breaking((edge) => of(edge, 'hand-off').length + of(edge, 'start').length === 0 || ends(edge))).toEqual([]);
  const asks = (edge: WarrantyEdge) => openQuestion(edge.before) !== null;
  expect(breaking((edge) => !asks(edge) || edge.event.type !== 'CANCELLED' || end(edge) === 'cancelled')).toEqual([]);
  expect(lookUpsMax(walked)).toBeLessThanOrEqual(4);
});

test('the third miss in a row hands over, and anything understood starts the count again', () => {
  const counted = (edge: WarrantyEdge) => {
    const [before, after] = [edge.before.context.misses, edge.after.context.misses];
    if (end(edge) === 'handedOff') return before === 2 && of(edge, 'hand-off')[0]?.reason === 'misses';
    return after <= 2 && (after === 0 || after === before || after === before + 1);
  };
  expect(breaking(counted)).toEqual([]);
});

test('a button that is offered is understood: none of them counts as a miss', () => {
  const buttons = (edge: WarrantyEdge) => openQuestion(edge.before)?.choices.map((it) => JSON.stringify(it.means)) ?? [];
  const taps = walked.edges.filter((it) => it.before.context.misses === 0 && buttons(it).includes(JSON.stringify(it.event)));
  expect(taps.length).toBeGreaterThan(50);
  expect(taps.filter((it) => it.after.context.misses > 0).map((it) => `${placeOf(it.before)} ${JSON.stringify(it.event)}`)).toEqual([]);
});

test('what is known is not asked again', () => {
  const open = (data: WarrantyData): Readonly<Record<string, boolean>> => ({
    serial: data.serial === null && data.product === null,
    appliance: data.serial === null && data.product === null && data.appliance === null,
    purchasedOn: data.purchasedOn === null || data.purchasedOn.length === 'YYYY-MM'.length,
    proof: data.hasProof === null,
    exclusion: data.exclusion === null,
    phone: data.phone === null,
  });
  expect(breaking((edge) => of(edge, 'ask').every(({ question }) => open(dataOf(edge))[question.asking] !== false))).toEqual([]);
});

describe('the answer', () => {
  const told = () => walked.edges.filter((it) => saidBy(it).some((key) => key === 'warranty.covered' || key === 'warranty.covered.fault'));

  test('S2-052 the exclusions are asked about only where a fault was told and cover holds', () => {
    const matters = (edge: WarrantyEdge) =>
      of(edge, 'ask').every(
        ({ question }) => question.asking !== 'exclusion' || (dataOf(edge).fault !== null && verdictOf(dataOf(edge)) === 'covered'),
      );
    expect(breaking(matters)).toEqual([]);
    expect(walked.edges.some((it) => of(it, 'ask')[0]?.question.asking === 'exclusion')).toBe(true);
  });

  test('S2-051 covered is only said while a layer holds and nothing takes the fault out of it', () => {
    expect(told().length).toBeGreaterThan(20);
    expect(told().filter((it) => verdictOf(dataOf(it)) !== 'covered')).toEqual([]);
  });

  test('S2-052 whoever is charged may have it looked at again', () => {
    const charged = walked.edges.filter(
      (it) => of(it, 'ask')[0]?.question.asking === 'next' && ['expired', 'excluded'].includes(verdictOf(dataOf(it)) ?? ''),
    );
    expect(charged.length).toBeGreaterThan(20);
    for (const edge of charged)
      expect(of(edge, 'ask')[0]?.question.choices.map((it) => it.means)).toContainEqual({ type: 'NEXT_CHOSEN', next: 'appeal' });
  });

  test('in the middle of another dialog nothing is offered: it is told, and that one goes on', () => {
    const aside = walked.edges.filter((it) => dataOf(it).aside);
    expect(aside.some((it) => end(it) === 'told')).toBe(true);
    expect(aside.filter((it) => of(it, 'start').length > 0 || of(it, 'ask')[0]?.question.asking === 'next')).toEqual([]);
    expect(aside.filter((it) => end(it) === 'enquiryOpened' && of(it, 'hand-off').length > 0)).toEqual([]);
  });
});

describe('what it leaves behind', () => {
  test('S2-050 S2-052 a ticket with a call by the time that is said, and the pictures with it; nothing anywhere else', () => {
    const opened = walked.edges.filter((it) => of(it, 'open-tickets').length > 0);
    expect(new Set(opened.map(end))).toEqual(new Set(['appealed', 'enquiryOpened']));
    for (const edge of opened) {
      const [ticket] = of(edge, 'open-tickets')[0]?.tickets ?? [];
      expect(ticket).toMatchObject({ kind: end(edge) === 'appealed' ? 'warranty' : 'enquiry', status: 'open' });
      expect(of(edge, 'contact-task')).toEqual([expect.objectContaining({ dueAt: ticket?.dueAt })]);
      const { photos } = edge.before.context.data;
      expect(of(edge, 'attach').flatMap((it) => it.attachmentIds)).toEqual(photos);
    }
    expect(opened.some((it) => of(it, 'attach').length > 0)).toBe(true);
    expect(breaking((edge) => of(edge, 'attach').length === 0 || of(edge, 'open-tickets').length === 1)).toEqual([]);
  });

  test('the booking that follows knows the appliance, the fault and what the price hangs on', () => {
    const started = walked.edges.filter((it) => end(it) === 'booking');
    expect(started.length).toBeGreaterThan(10);
    for (const edge of started) {
      const { exclusion, fault, serial } = dataOf(edge);
      const [start] = of(edge, 'start');
      expect(start?.answers).toMatchObject({ exclusion, serial });
      expect(start?.answers.reports).toEqual([expect.objectContaining({ appliance: 'fridge', text: fault === null ? null : fault.text })]);
    }
  });
});

test('every context it can reach is read back from JSON unchanged', () => {
  const contexts = [...new Set([...walked.first, ...walked.edges.map((it) => it.after)].map((it) => JSON.stringify(it.context)))];
  expect(contexts.length).toBeGreaterThan(300);
  const changed = contexts.filter(
    (it) => JSON.stringify(sorted(DIALOGS['warranty-lookup'].stored.read(JSON.parse(it)))) !== JSON.stringify(sorted(JSON.parse(it))),
  );
  expect(changed.slice(0, 2)).toEqual([]);
});

/** The same plain data with its keys in one order. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([key, it]) => [key, sorted(it)]),
  );
}
