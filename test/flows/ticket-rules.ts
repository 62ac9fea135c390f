/** Rules that every dialog about a ticket keeps on each of its steps, whatever else it is for. */
import { expect, test } from 'vitest';
import type { DialogEvent } from '../../flows/dialog-event.ts';
import type { TicketProof } from '../../flows/ticket-proof.ts';
import type { KnownTicket } from '../../src/domain/known-ticket.ts';
import { ALL_TICKETS, secretsOf } from './ticket-walk.ts';
import { breakingOf, type EdgeOf, of, placeOf, type Walked, type walkerOf } from './walk.ts';

/** Look-ups the turn answers before it calls the dialog broken. */
const LOOK_UPS_MAX = 8;

/** Declares the tests; `walked` is read when they run. */
export function keepsTheRulesOfATicket<Data extends TicketProof>(
  walker: ReturnType<typeof walkerOf<Data>>,
  walked: () => Walked<Data>,
): void {
  const breaking = (rule: (edge: EdgeOf<Data>) => boolean) => breakingOf(walked().edges, rule);
  const endsIn = (edge: EdgeOf<Data>) => walker.finalPlaces().includes(placeOf(edge.after));

  test('S2-024 nothing of a ticket is said before it is the account’s own or proved', () => {
    const shownOf = (edge: EdgeOf<Data>): readonly KnownTicket[] => {
      const { event } = edge;
      const { own, ticket } = edge.before.context.data;
      const found = event.type === 'TICKETS_FOUND' ? event.tickets : event.type === 'TICKET_PROVED' ? [event.ticket] : [];
      return [...(own ?? []), ...(ticket === null ? [] : [ticket]), ...found];
    };
    const discreet = (edge: EdgeOf<Data>) => {
      const told = JSON.stringify(edge.effects.filter((it) => it.kind !== 'look-up' && it.kind !== 'wrong-proof'));
      const known = new Set(shownOf(edge).flatMap(secretsOf));
      return ALL_TICKETS.flatMap(secretsOf).every((it) => known.has(it) || !told.includes(it));
    };
    expect(breaking(discreet)).toEqual([]);
  });

  test('S2-024 only a ticket that was found or proved is ever known', () => {
    const known = (edge: EdgeOf<Data>) => {
      const { ticket } = edge.after.context.data;
      const { event, before } = edge;
      if (ticket === null || ticket.id === before.context.data.ticket?.id) return true;
      if (event.type === 'TICKET_PROVED') return event.ticket.id === ticket.id;
      const own = event.type === 'TICKETS_FOUND' ? event.tickets : (before.context.data.own ?? []);
      return own.some((it) => it.id === ticket.id);
    };
    expect(breaking(known)).toEqual([]);
  });

  test('S2-024 a wrong proof counts once when it counts, forgets the pair, and says only how many tries are left', () => {
    const counted = (edge: EdgeOf<Data>) => {
      const { event } = edge;
      const counts = of(edge, 'wrong-proof').length;
      if (event.type !== 'PROOF_REFUSED') return counts === 0;
      const { number, phone, ticket } = edge.after.context.data;
      if (counts !== (event.counts ? 1 : 0) || ticket !== null) return false;
      if (event.triesLeft <= 0) return placeOf(edge.after) === 'lockedOut' && of(edge, 'hand-off')[0]?.reason === 'proof-failed';
      const [asked, ...others] = edge.effects.filter((it) => it.kind === 'say' || it.kind === 'ask');
      return (
        number === null &&
        phone === null &&
        others.length === 0 &&
        asked?.kind === 'ask' &&
        asked.question.reply.key === 'ask.ticket.refused' &&
        JSON.stringify(asked.question.reply.data) === JSON.stringify({ count: { as: 'number', value: event.triesLeft } })
      );
    };
    expect(walked().edges.filter((it) => it.event.type === 'PROOF_REFUSED').length).toBeGreaterThan(5);
    expect(breaking(counted)).toEqual([]);
  });

  test('a proof is looked up with a number and a full phone, and never while a ticket is known', () => {
    const whole = (edge: EdgeOf<Data>) =>
      of(edge, 'look-up').every(
        ({ lookUp }) =>
          lookUp.about !== 'proof' || (lookUp.number !== '' && lookUp.phone.length > 10 && edge.after.context.data.ticket === null),
      );
    expect(breaking(whole)).toEqual([]);
  });

  test('a step that waits for the customer asks one question and says it last; a step that waits for a look-up asks none', () => {
    const oneQuestion = (edge: EdgeOf<Data>) => {
      const asked = of(edge, 'ask').length;
      const lookUps = of(edge, 'look-up').length;
      const spoken = edge.effects.filter((it) => it.kind === 'ask' || it.kind === 'say');
      if (endsIn(edge)) return asked === 0 && lookUps === 0;
      if (walker.openQuestion(edge.after) === null) return asked === 0 && lookUps === 1;
      return asked === 1 && lookUps === 0 && spoken.at(-1)?.kind === 'ask';
    };
    expect(breaking(oneQuestion)).toEqual([]);
  });

  test('every end says something or hands over, never both a hand-over and a second one', () => {
    const spoken = (edge: EdgeOf<Data>) =>
      of(edge, 'hand-off').length > 0 ? of(edge, 'hand-off').length === 1 : of(edge, 'say').length > 0;
    expect(breaking((edge) => !endsIn(edge) || spoken(edge))).toEqual([]);
    expect(breaking((edge) => of(edge, 'hand-off').length === 0 || endsIn(edge))).toEqual([]);
  });

  test('the third miss in a row hands over, and anything understood starts the count again', () => {
    const counted = (edge: EdgeOf<Data>) => {
      const [before, after] = [edge.before.context.misses, edge.after.context.misses];
      if (placeOf(edge.after) === 'handedOff') return before === 2 && of(edge, 'hand-off')[0]?.reason === 'misses';
      return after <= 2 && (after === 0 || after === before || after === before + 1);
    };
    expect(breaking(counted)).toEqual([]);
    expect(walked().edges.some((it) => placeOf(it.after) === 'handedOff')).toBe(true);
  });

  test('every dialog ends: a question can be left at once, and look-ups come to an end within a turn', () => {
    const asks = (edge: EdgeOf<Data>) => walker.openQuestion(edge.before) !== null;
    expect(breaking((edge) => !asks(edge) || edge.event.type !== 'CANCELLED' || placeOf(edge.after) === 'cancelled')).toEqual([]);
    const left = new Set(
      walked()
        .edges.filter((it) => it.event.type === 'CANCELLED')
        .map((it) => placeOf(it.before)),
    );
    const questions = new Set(
      walked()
        .edges.filter(asks)
        .map((it) => placeOf(it.before)),
    );
    expect([...questions].filter((it) => !left.has(it))).toEqual([]);
    expect(walker.lookUpsMax(walked())).toBeLessThanOrEqual(LOOK_UPS_MAX);
  });

  test('a button that is offered is understood: none of them counts as a miss', () => {
    const buttons = (edge: EdgeOf<Data>) => walker.openQuestion(edge.before)?.choices.map((it) => JSON.stringify(it.means)) ?? [];
    const missed = (edge: EdgeOf<Data>) =>
      edge.after.context.misses > edge.before.context.misses || of(edge, 'hand-off').some((it) => it.reason === 'misses');
    const taps = walked().edges.filter((it) => it.before.context.misses === 0 && buttons(it).includes(JSON.stringify(it.event)));
    expect(taps.length).toBeGreaterThan(5);
    expect([...new Set(taps.filter(missed).map((it) => `${placeOf(it.before)} ${JSON.stringify(it.event)}`))]).toEqual([]);
  });

  test('what is known is not asked again', () => {
    const open = (data: TicketProof): Readonly<Record<string, boolean>> => ({
      ticket: data.ticket === null && data.number === null && !data.numberLost,
      phone: data.ticket === null && data.phone === null,
    });
    expect(breaking((edge) => of(edge, 'ask').every(({ question }) => open(edge.after.context.data)[question.asking] !== false))).toEqual(
      [],
    );
  });
}

export function isClock(event: DialogEvent): event is Extract<DialogEvent, { type: 'CLOCK_READ' | 'TICKET_READ' }> {
  return event.type === 'CLOCK_READ' || event.type === 'TICKET_READ';
}

/**
 * Ways the machine has and no dialog goes: 不是 and 没有单号 always change something while the number is asked for, and the own
 * tickets are known by then, so that taking the question up again always looks for them anew.
 */
export const NEVER_TAKEN = /^asking\.(?:ticket|phone) RESUMED#1$|^asking\.ticket DENIED#[12]$/;
