import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Instant, instantOf, MINUTE } from '../../src/domain/instant.ts';
import { type Happening, promisesOfChat, promisesOfTicket, type Said, type TicketFacts } from '../../src/domain/sla-promises.ts';
import { at } from './moments.ts';

const OPENED = at('2026-11-20 14:00');
const minute = (minutes: number): Instant => instantOf(OPENED + minutes * MINUTE);

function happens(minutes: number, type: string, what: Partial<Happening> = {}): Happening {
  return { at: minute(minutes), by: 'staff', type, status: null, priority: null, reason: null, visitFrom: null, ...what };
}

const opened = happens(0, 'opened', { by: 'customer', priority: 'normal', status: 'open' });
const said = (by: Said['by'], ...minutes: readonly number[]): readonly Said[] => minutes.map((it) => ({ at: minute(it), by }));

function facts(what: Partial<TicketFacts> = {}): TicketFacts {
  return {
    kind: 'complaint',
    status: 'open',
    priority: 'normal',
    channel: 'web-chat',
    openedAt: OPENED,
    timeline: [opened],
    chats: [],
    said: [],
    ...what,
  };
}

/** `kind: from → end how`, in minutes. */
function told(those: ReturnType<typeof promisesOfTicket>): readonly string[] {
  const minutes = (it: Instant) => (it - OPENED) / MINUTE;
  return those.map((it) => `${it.kind}: ${minutes(it.startedAt)} → ${it.end === null ? '…' : `${minutes(it.end.at)} ${it.end.how}`}`);
}

const firstOf = (what: Partial<TicketFacts>) => told(promisesOfTicket(facts(what)))[0];
const resting = (what: Partial<TicketFacts>, kind: string) =>
  promisesOfTicket(facts(what))
    .find((it) => it.kind === kind)
    ?.rests.map((it) => [(it.from - OPENED) / MINUTE, it.to === null ? null : (it.to - OPENED) / MINUTE]);

describe('the first response', () => {
  test.each<[string, readonly Happening[]]>([
    ['a call that staff made', [happens(3, 'contact-task-done', { reason: 'complaint' })]],
    ['a visit that staff changed', [happens(3, 'appointment-changed', { visitFrom: minute(90) })]],
    ['an answer to the complaint', [happens(3, 'answered')]],
    ['work that was done', [happens(3, 'completed')]],
    ['being called off by staff', [happens(3, 'cancelled')]],
    ['a visit that the customer booked', [happens(3, 'appointment-booked', { by: 'customer', visitFrom: minute(90) })]],
  ])('S2-059 is met by %s', (_name, more) => {
    expect(firstOf({ timeline: [opened, ...more] })).toBe('first-response: 0 → 3 met');
  });

  test.each<[string, readonly Happening[]]>([
    ['a claim', [happens(3, 'handoff-claimed')]],
    ['an assignment', [happens(3, 'assigned')]],
    ['a page that was acknowledged', [happens(3, 'page-acknowledged')]],
    ['a call to the engineer', [happens(3, 'contact-task-done', { reason: 'visit-moved' })]],
    ['a call that a text message made needless', [happens(3, 'contact-task-done', { by: 'system', reason: 'call-back' })]],
    ['being told to wait', [happens(3, 'waiting-customer')]],
  ])('S2-059 is not met by %s', (_name, more) => {
    expect(firstOf({ timeline: [opened, ...more] })).toBe('first-response: 0 → …');
  });

  test('S2-059 is dropped when the customer calls it off', () => {
    expect(firstOf({ status: 'cancelled', timeline: [opened, happens(3, 'cancelled', { by: 'customer' })] })).toBe(
      'first-response: 0 → 3 dropped',
    );
  });

  test('S2-045 whoever is in danger is spoken to, visit or not', () => {
    const urgent = happens(0, 'opened', { by: 'customer', priority: 'urgent' });
    const visit = happens(0, 'appointment-booked', { by: 'customer', visitFrom: minute(90) });
    expect(firstOf({ kind: 'repair', priority: 'urgent', timeline: [urgent, visit] })).toBe('first-response: 0 → …');
    expect(firstOf({ kind: 'repair', timeline: [opened, visit] })).toBe('first-response: 0 → 0 met');
    // What became urgent later was answered before.
    const raised = happens(30, 'complaint-joined', { by: 'customer', priority: 'urgent' });
    expect(firstOf({ kind: 'repair', priority: 'urgent', timeline: [opened, visit, raised] })).toBe('first-response: 0 → 0 met');
  });

  test('S4-014 what is taken down on the phone or in the shop was answered there; an e-mail was not, nor is a recheck done', () => {
    const timeline = [{ ...opened, by: 'staff' as const }];
    expect(firstOf({ channel: 'phone', timeline })).toBe('first-response: 0 → 0 met');
    expect(firstOf({ channel: 'store', timeline })).toBe('first-response: 0 → 0 met');
    expect(firstOf({ channel: 'email', timeline })).toBe('first-response: 0 → …');
    expect(firstOf({ kind: 'recheck', channel: 'phone', timeline })).toBe('first-response: 0 → …');
  });
});

describe('each next response', () => {
  test('S2-059 from the first unanswered message to the answer; what is said to the bot counts for nothing', () => {
    const what = {
      chats: [{ from: minute(1), to: minute(50) }],
      said: [...said('customer', 5, 6, 20, 30, 60), ...said('staff', 3, 8, 40)],
    };
    expect(told(promisesOfTicket(facts(what)))).toEqual([
      'first-response: 0 → 3 met',
      'next-response: 5 → 8 met',
      'next-response: 20 → 40 met',
      'resolution: 0 → …',
    ]);
  });

  test('S2-059 asking for a person is a message; when the bot has the chat again, nothing is owed in it', () => {
    const what = { timeline: [opened, happens(2, 'contact-task-done')], chats: [{ from: minute(10), to: minute(30) }] };
    expect(told(promisesOfTicket(facts(what)))[1]).toBe('next-response: 10 → 30 dropped');
  });

  test('S2-059 a chat about no ticket is owed the same, but no end', () => {
    const chat = { from: minute(0), to: minute(50) };
    expect(told(promisesOfChat(chat, [...said('staff', 2, 20), ...said('customer', 10, 45)]))).toEqual([
      'first-response: 0 → 2 met',
      'next-response: 10 → 20 met',
      'next-response: 45 → 50 dropped',
    ]);
    expect(told(promisesOfChat(chat, []))).toEqual(['first-response: 0 → 50 dropped']);
  });

  test('S2-059 clocks never overlap, never begin before the first response, and end with an answer or the chat', () => {
    const someone = fc.constantFrom<Said['by']>('customer', 'staff');
    const talk = fc.array(fc.record({ at: fc.integer({ min: 0, max: 200 }).map(minute), by: someone }), { maxLength: 40 });
    fc.assert(
      fc.property(talk, fc.option(fc.integer({ min: 0, max: 200 }).map(minute)), (all, over) => {
        const sorted = [...all].sort((a, b) => a.at - b.at);
        const those = promisesOfTicket(facts({ chats: [{ from: OPENED, to: over }], said: sorted }));
        const [first, ...next] = those.filter((it) => it.kind !== 'resolution');
        for (const [index, clock] of next.entries()) {
          expect(clock.startedAt).toBeGreaterThanOrEqual(first?.end?.at ?? Number.POSITIVE_INFINITY);
          expect(clock.startedAt).toBeGreaterThanOrEqual(next[index - 1]?.end?.at ?? OPENED);
          if (clock.end === null) expect(index).toBe(next.length - 1);
          else expect(clock.end.at === over || sorted.some((it) => it.by === 'staff' && it.at === clock.end?.at)).toBe(true);
        }
      }),
      { numRuns: 200 },
    );
  });

  test('S2-059 what happens later changes no clock that has ended', () => {
    const talk = fc.array(fc.record({ gap: fc.integer({ min: 1, max: 20 }), by: fc.constantFrom<Said['by']>('customer', 'staff') }), {
      maxLength: 30,
    });
    fc.assert(
      fc.property(talk, fc.nat(30), (all, upTo) => {
        const times = all.map((_, index) => all.slice(0, index + 1).reduce((sum, { gap }) => sum + gap, 0));
        const whole = all.map(({ by }, index): Said => ({ at: minute(times[index] ?? 0), by }));
        const chats = [{ from: OPENED, to: null }];
        const before = promisesOfTicket(facts({ chats, said: whole.slice(0, upTo) }));
        const after = promisesOfTicket(facts({ chats, said: whole }));
        for (const clock of before.filter((it) => it.end !== null)) expect(after).toContainEqual(clock);
      }),
      { numRuns: 100 },
    );
  });
});

describe('the resolution', () => {
  test('S4-008 each time it is open is a promise of its own', () => {
    const timeline = [opened, happens(10, 'resolved'), happens(60, 'reopened'), happens(70, 'cancelled'), happens(90, 'reopened')];
    expect(told(promisesOfTicket(facts({ timeline }))).slice(1)).toEqual([
      'resolution: 0 → 10 met',
      'resolution: 60 → 70 dropped',
      'resolution: 90 → …',
    ]);
  });

  test('what the row says of now holds, where the timeline says nothing', () => {
    expect(told(promisesOfTicket(facts({ status: 'closed', timeline: [opened, happens(7, 'odd')] }))).at(-1)).toBe('resolution: 0 → 7 met');
  });

  test('S4-008 rests from the booking to the window, and anew when the visit is moved; only it does', () => {
    const visit = (minutes: number, from: number) => happens(minutes, 'appointment-changed', { by: 'customer', visitFrom: minute(from) });
    const timeline = [opened, visit(5, 100), visit(50, 80), visit(90, 200)];
    expect(resting({ timeline }, 'resolution')).toEqual([
      [5, 80],
      [90, 200],
    ]);
    expect(resting({ timeline }, 'first-response')).toEqual([]);
  });

  test('S4-008 rests while we wait for the customer: until they write, or staff make something else of it', () => {
    const wait = happens(5, 'waiting-customer');
    expect(resting({ status: 'waiting-customer', timeline: [opened, wait] }, 'resolution')).toEqual([[5, null]]);
    expect(resting({ timeline: [opened, wait, happens(9, 'customer-answered', { by: 'system' })] }, 'first-response')).toEqual([[5, 9]]);
    expect(resting({ timeline: [opened, wait, happens(9, 'assigned'), happens(12, 'resolved')] }, 'resolution')).toEqual([[5, 12]]);
  });

  test('a line written late stands where it happened', () => {
    const timeline = [opened, happens(5, 'waiting-customer'), happens(20, 'assigned'), happens(9, 'customer-answered', { by: 'system' })];
    expect(resting({ timeline }, 'resolution')).toEqual([[5, 9]]);
  });
});

test('a duplicate that was merged is owed nothing more; the one that stays is', () => {
  expect(told(promisesOfTicket(facts({ status: 'cancelled', timeline: [opened, happens(5, 'merged-into')] })))).toEqual([
    'first-response: 0 → 5 dropped',
    'resolution: 0 → 5 dropped',
  ]);
  expect(told(promisesOfTicket(facts({ timeline: [opened, happens(5, 'merged')] })))).toEqual([
    'first-response: 0 → …',
    'resolution: 0 → …',
  ]);
});

test('S2-061 only what makes it graver counts, from when it was told; a later clock begins with it', () => {
  const timeline = [
    opened,
    happens(5, 'complaint-joined', { by: 'customer', priority: 'high' }),
    happens(9, 'complaint-joined', { by: 'customer', priority: 'low' }),
    happens(20, 'resolved'),
    happens(30, 'reopened'),
  ];
  const those = promisesOfTicket(facts({ priority: 'high', timeline }));
  const priorities = those.map((it) => it.priorities.map((one) => `${one.priority} ${(one.at - OPENED) / MINUTE}`));
  expect(priorities).toEqual([['normal 0', 'high 5'], ['normal 0', 'high 5'], ['high 30']]);
});
