import { beforeAll, describe, expect, test } from 'vitest';
import { initialTransition } from 'xstate';
import { complaint } from '../../flows/complaint.ts';
import type { ComplaintData } from '../../flows/complaint-data.ts';
import { NUMBER_TO_COME } from '../../src/domain/ticket-number.ts';
import { COMPLAINT_BEGINNINGS, type ComplaintEdge, complaintWalker, FOREIGN, OWN } from './complaint-walk.ts';
import { ALL_TICKETS, secretsOf, TICKETS } from './ticket-walk.ts';
import { breakingOf, effectsOf, of, placeOf, type Walked } from './walk.ts';

const { walk, takenBy, allPlaces, allTransitions, finalPlaces, openQuestion, lookUpsMax } = complaintWalker;

const LOOK_UPS_MAX = 8;

let walked: Walked<ComplaintData>;
beforeAll(() => {
  walked = walk(COMPLAINT_BEGINNINGS);
});

const breaking = (rule: (edge: ComplaintEdge) => boolean) => breakingOf(walked.edges, rule);
const end = (edge: ComplaintEdge) => placeOf(edge.after);
const was = ({ before: { context } }: ComplaintEdge) => context.data;
const became = ({ after: { context } }: ComplaintEdge) => context.data;
const endsIn = (edge: ComplaintEdge) => finalPlaces().includes(end(edge));
const filed = () => walked.edges.filter((it) => end(it) === 'filed');

/**
 * Ways the form makes and no complaint goes: a wish is asked one time whatever is said, 都不是 and 不留 always settle the
 * ticket and the phone, own tickets that were asked about are there, so taking the question up again reads none anew.
 */
const NEVER_TAKEN = /^asking\.ticket (?:DENIED#[12]|RESUMED#0)$|^asking\.phone DENIED#[12]$/;

test('every state is reached', () => {
  const reached = new Set([...walked.first, ...walked.edges.map((it) => it.after)].map(placeOf));
  expect(allPlaces().filter((it) => !reached.has(it))).toEqual([]);
});

test('every transition is taken: each candidate of each event in each state', () => {
  const taken = new Set(['filling always#0', 'filling always#1', ...walked.edges.flatMap(takenBy)]);
  expect(allTransitions().filter((it) => !taken.has(it) && !NEVER_TAKEN.test(it))).toEqual([]);
});

describe('S2-024 whose ticket', () => {
  test('a number that is told is never looked up, and nothing of a ticket that is not theirs is said', () => {
    const discreet = (edge: ComplaintEdge) => {
      const { event } = edge;
      const known = event.type === 'TICKETS_FOUND' ? event.tickets : ALL_TICKETS.filter((it) => isOwn(was(edge), it.number));
      const secrets = new Set(known.flatMap(secretsOf));
      const told = JSON.stringify(edge.effects.filter((it) => it.kind === 'say' || it.kind === 'ask'));
      const looks = of(edge, 'look-up').map(({ lookUp }) => lookUp.about);
      return (
        looks.every((it) => it !== 'proof' && it !== 'ticket') &&
        ALL_TICKETS.flatMap(secretsOf).every((it) => secrets.has(it) || !told.includes(it))
      );
    };
    expect(breaking(discreet)).toEqual([]);
  });

  test('it is only ever about one of their own', () => {
    const theirs = new Set([...OWN.flat().map((it) => it.number), TICKETS.booked.number]);
    expect(breaking((edge) => became(edge).about === null || theirs.has(became(edge).about?.number ?? ''))).toEqual([]);
    expect(breaking((edge) => became(edge).about?.number !== FOREIGN)).toEqual([]);
  });

  test('a number of somebody else stays a note for staff', () => {
    const noted = filed().flatMap((it) => (was(it).number === FOREIGN ? of(it, 'open-complaint') : []));
    expect(noted.length).toBeGreaterThan(0);
    expect(noted.every(({ complaint: it }) => it.note === FOREIGN && it.aboutTicketId === null)).toBe(true);
  });
});

const isOwn = ({ own, about }: ComplaintData, number: string) => about?.number === number || (own ?? []).some((it) => it.number === number);

describe('what is asked', () => {
  test('a step that waits for the customer asks one question and says it last; a step that waits for a look-up asks none', () => {
    const oneQuestion = (edge: ComplaintEdge) => {
      const asked = of(edge, 'ask').length;
      const lookUps = of(edge, 'look-up').length;
      const spoken = edge.effects.filter((it) => it.kind === 'ask' || it.kind === 'say');
      if (endsIn(edge)) return asked + lookUps === 0;
      if (edge.event.type === 'PHOTOS_SENT' && was(edge).photos.length > 0) return asked === 0 && spoken.length === 1;
      if (openQuestion(edge.after) === null) return asked === 0 && lookUps === 1;
      return asked === 1 && lookUps === 0 && spoken.at(-1)?.kind === 'ask';
    };
    expect(breaking(oneQuestion)).toEqual([]);
  });

  test('what is known is not asked again', () => {
    const open = (data: ComplaintData): Readonly<Record<string, boolean>> => ({
      what: data.what === '',
      ticket: data.about === null && data.number === null && (data.own?.length ?? 0) > 0,
      category: data.category === null,
      wish: data.wish === null && !data.wishPassed,
      phone: data.phone === null && !data.phonePassed,
    });
    expect(breaking((edge) => of(edge, 'ask').every(({ question }) => open(became(edge))[question.asking] !== false))).toEqual([]);
  });

  test('a person is one tap away from every question; a correction offers what may be right instead', () => {
    const offered = (edge: ComplaintEdge) =>
      of(edge, 'ask').every(
        ({ question }) =>
          question.reply.key.startsWith('ask.complaint-change') || question.choices.some((it) => it.means.type === 'PERSON_WANTED'),
      );
    expect(breaking(offered)).toEqual([]);
  });

  test('whoever wants a person has one at once, and the complaint waits', () => {
    const handed = (edge: ComplaintEdge) =>
      edge.event.type !== 'PERSON_WANTED' ||
      (end(edge) === 'personWanted' && of(edge, 'hand-off').every((it) => it.waits && it.reason === 'asked'));
    expect(breaking(handed)).toEqual([]);
  });

  test('a button that is offered is understood: none of them counts as a miss', () => {
    const buttons = (edge: ComplaintEdge) => openQuestion(edge.before)?.choices.map((it) => it.means.type) ?? [];
    const taps = walked.edges.filter(
      (it) => it.before.context.misses === 0 && it.event.type !== 'ANSWERED' && buttons(it).includes(it.event.type),
    );
    const own = (edge: ComplaintEdge) => edge.event.type !== 'TICKET_CHOSEN' || edge.event.ticketId === TICKETS.other.id;
    expect(taps.length).toBeGreaterThan(20);
    expect(taps.filter((it) => own(it) && it.after.context.misses > 0).map((it) => `${placeOf(it.before)} ${it.event.type}`)).toEqual([]);
  });

  test('the third miss in a row hands over, and anything understood starts the count again', () => {
    const counted = (edge: ComplaintEdge) => {
      const [missed, misses] = [edge.before.context.misses, edge.after.context.misses];
      if (end(edge) === 'handedOff') return missed === 2 && of(edge, 'hand-off')[0]?.reason === 'misses';
      return misses <= 2 && (misses === 0 || misses === missed || misses === missed + 1);
    };
    expect(breaking(counted)).toEqual([]);
  });

  test('look-ups come to an end within a turn', () => {
    expect(lookUpsMax(walked)).toBeLessThanOrEqual(LOOK_UPS_MAX);
  });
});

describe('the customer’s own words', () => {
  test('are kept whatever is asked, in the order they were said, until they start over or go back', () => {
    const kept = (edge: ComplaintEdge) =>
      edge.event.type === 'RESTARTED' || edge.event.type === 'WENT_BACK' || became(edge).what.startsWith(was(edge).what);
    expect(breaking(kept)).toEqual([]);
  });

  test('are filed as they are, and only after a yes to the read-back', () => {
    for (const edge of filed()) {
      const statements = [...of(edge, 'open-complaint'), ...of(edge, 'join-complaint')].map((it) => it.statement);
      expect(statements).toEqual([was(edge).what]);
    }
    expect(
      breaking((edge) => end(edge) !== 'weighing' || (placeOf(edge.before) === 'confirming' && edge.event.type === 'AFFIRMED')),
    ).toEqual([]);
  });

  test('dropped, nothing is filed, and it is said', () => {
    const dropped = walked.edges.filter((it) => it.event.type === 'CANCELLED');
    const said = (edge: ComplaintEdge) => {
      const [told, ...more] = edge.effects;
      const key = was(edge).gravities.includes('private-payment') ? 'complaint.dropped.told' : 'complaint.dropped';
      return end(edge) === 'cancelled' && more.length === 0 && told?.kind === 'say' && told.reply.key === key;
    };
    expect(dropped.length).toBeGreaterThan(20);
    expect(breakingOf(dropped, said)).toEqual([]);
  });
});

describe('what cannot wait', () => {
  test('a private payment is a page and a warning the moment it is told, before any question, and once', () => {
    const isTold = (edge: ComplaintEdge) =>
      became(edge).gravities.includes('private-payment') && !was(edge).gravities.includes('private-payment');
    const warned = (edge: ComplaintEdge) => {
      const pages = of(edge, 'page').filter((it) => it.reason === 'private-payment');
      const at = edge.effects.findIndex((it) => it.kind === 'say' && it.reply.key === 'complaint.private-payment');
      const asked = edge.effects.findIndex((it) => it.kind === 'ask');
      return isTold(edge) ? pages.length === 1 && at >= 0 && (asked === -1 || at < asked) : pages.length === 0 && at === -1;
    };
    expect(walked.edges.filter(isTold).length).toBeGreaterThan(20);
    expect(breaking(warned)).toEqual([]);
  });

  test.each([
    [0, ['complaint.heard.other']],
    [1, ['complaint.heard.attitude']],
    [3, ['complaint.concern', 'complaint.private-payment']],
    [6, ['complaint.heard.quality']],
  ])('the first words of beginning %i are %j', (index, keys) => {
    const [, actions] = initialTransition(complaint, { data: COMPLAINT_BEGINNINGS[index] });
    const effects = effectsOf(actions);
    expect(effects.flatMap((it) => (it.kind === 'say' ? [it.reply.key] : []))).toEqual(keys);
    expect(effects.filter((it) => it.kind === 'page')).toHaveLength(index === 3 ? 1 : 0);
  });
});

describe('filed', () => {
  test('S2-061 urgent calls for a person at once, anything else tells staff; each once, with the ticket', () => {
    for (const edge of filed()) {
      const urgent = edge.event.type === 'COMPLAINT_WEIGHED' && edge.event.priority === 'urgent';
      const told = [...of(edge, 'page'), ...of(edge, 'tell-staff')];
      expect(told).toHaveLength(1);
      expect(told[0]?.kind).toBe(urgent ? 'page' : 'tell-staff');
      expect(told[0]?.ticketId).not.toBeNull();
    }
  });

  test('S2-059 the customer hears number, department and both times, or number, count and time of the one it joins', () => {
    for (const edge of filed()) {
      const [said] = of(edge, 'say');
      const joined = edge.event.type === 'COMPLAINT_WEIGHED' ? edge.event.earlier : null;
      const known = was(edge).phone !== null;
      const key = `complaint.${joined === null ? 'filed' : 'joined'}${known ? '' : '.chat'}`;
      expect(said?.reply.key).toBe(key);
      const { numbers, department, by } = said?.reply.data ?? {};
      expect(numbers?.value).toEqual([joined?.number ?? NUMBER_TO_COME]);
      expect([department, by].every((it) => it !== undefined)).toBe(true);
      expect(of(edge, 'open-complaint')).toHaveLength(joined === null ? 1 : 0);
      expect(of(edge, 'join-complaint')).toHaveLength(joined === null ? 0 : 1);
      if (joined !== null) expect(said?.reply.data['count']).toEqual({ as: 'number', value: joined.count + 1 });
    }
  });

  test('exchange and return go to a person, no other wish does', () => {
    const wishes = new Set(filed().map((it) => was(it).wish));
    expect([...wishes]).toEqual(expect.arrayContaining([null, 'exchange', 'return', 'apology']));
    for (const edge of filed()) {
      const wish = was(edge).wish;
      const reasons = of(edge, 'hand-off').map((it) => it.reason);
      expect(reasons).toEqual(wish === 'exchange' || wish === 'return' ? [`complaint-${wish}`] : []);
    }
  });

  test('pictures are thanked for once and go with it, every one', () => {
    const thanks = (edge: ComplaintEdge) => of(edge, 'say').filter((it) => it.reply.key === 'complaint.photos').length;
    expect(breaking((edge) => thanks(edge) === (edge.event.type === 'PHOTOS_SENT' && was(edge).photos.length === 0 ? 1 : 0))).toEqual([]);
    for (const edge of filed()) {
      const { photos } = was(edge);
      expect(of(edge, 'attach').map((it) => it.attachmentIds)).toEqual(photos.length === 0 ? [] : [photos]);
    }
    expect(filed().some((it) => was(it).photos.length > 0)).toBe(true);
  });
});
