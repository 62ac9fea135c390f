/**
 * A complaint, in the customer's own words (S2-057 to S2-061): acknowledged first, never asked twice, read back, and filed
 * with a number, a department and times. A person is one tap away throughout. Ends filed, with a person, or dropped.
 */
import type { AnyStateMachine } from 'xstate';
import { formOfComplaint } from '../src/domain/complaint-severity.ts';
import { CORRECTING, type ComplaintData, isSlip, mergeComplaint, NOTHING_TOLD, withoutTicket } from './complaint-data.ts';
import { filedEffects, graveNews, openingEffects } from './complaint-outcome.ts';
import { askCategory, askConfirm, askCorrection, askPhone, askTicket, askWhat, askWish } from './complaint-questions.ts';
import { foundTickets } from './complaint-tickets.ts';
import type { DialogEvent } from './dialog-event.ts';
import { ask, type Effect, HANDED_OVER, type LookUp, say } from './effect.ts';
import { type FormContext, form } from './form.ts';

const complaintForm = form<ComplaintData>({
  steps: [
    { when: (data) => data.own === null && data.about === null, to: '#findingTickets' },
    { when: (data) => data.phone === null && !data.recordRead, to: '#findingRecord' },
    { slot: 'what', missing: (data) => data.what === '', question: askWhat, reopened: (data) => ({ ...data, what: '' }) },
    {
      slot: 'ticket',
      missing: (data) => data.about === null && data.number === null && !data.aboutPassed && data.own !== null && data.own.length > 0,
      question: askTicket,
      reopened: withoutTicket,
      skipped: (data) => ({ ...data, aboutPassed: true }),
      denied: (data) => ({ ...data, aboutPassed: true }),
    },
    {
      slot: 'category',
      missing: (data) => data.category === null,
      question: askCategory,
      reopened: (data) => ({ ...data, category: null }),
      skipped: (data) => ({ ...data, category: 'other' }),
    },
    {
      slot: 'wish',
      missing: (data) => data.wish === null && !data.wishPassed && !isSlip(data),
      question: askWish,
      reopened: (data) => ({ ...data, wish: null, wishPassed: false }),
      skipped: (data) => ({ ...data, wishPassed: true }),
      askedOnce: true,
    },
    {
      slot: 'phone',
      missing: (data) => data.phone === null && !data.phonePassed && !isSlip(data),
      question: askPhone,
      reopened: (data) => ({ ...data, phone: null, phonePassed: false }),
      skipped: (data) => ({ ...data, phonePassed: true }),
      denied: (data) => ({ ...data, phonePassed: true }),
    },
    { when: () => true, to: '#confirming' },
  ],
  merged: mergeComplaint,
  consequences: (before, after) => graveNews(before.gravities, after.gravities),
  // Pictures stay: they are evidence whatever the words are.
  restarted: ({ phone, recordRead, photos }) => ({ ...NOTHING_TOLD, phone, recordRead, photos }),
  // A person who had the chat may have linked the customer to a ticket.
  resumed: (data) => (data.own?.length === 0 && data.about === null ? { ...data, own: null, aboutPassed: false } : data),
  saying: {
    restarted: say('restarted'),
    cancelled: ({ gravities }) => say(gravities.includes('private-payment') ? 'complaint.dropped.told' : 'complaint.dropped'),
  },
});

const { base, filling, asking, anywhere, hearing, miss, moveOn, movesOrMisses } = complaintForm;

type Context = FormContext<ComplaintData>;

const effects = (of: (data: ComplaintData, event: DialogEvent) => readonly Effect[]) => ({
  type: 'effects' as const,
  params: ({ context, event }: { context: Context; event: DialogEvent }) => of(context.data, event),
});

const questions = (of: (data: ComplaintData, misses: number) => Parameters<typeof ask>[0]) => ({
  type: 'effects' as const,
  params: ({ context }: { context: Context }) => [ask(of(context.data, context.misses))],
});

const lookingUp = (lookUp: (data: ComplaintData) => LookUp) => [effects((data) => [{ kind: 'look-up', lookUp: lookUp(data) }])];

const learn = (change: (data: ComplaintData, event: DialogEvent) => ComplaintData) =>
  base.assign(({ context, event }) => ({ ...context, data: change(context.data, event) }));

const matterOf = (data: ComplaintData): LookUp => {
  const { category, types, gravities, amountYuan, about } = data;
  if (category === null) throw new Error('invariant: a complaint is weighed with its class');
  const facts = { category, types, gravities, amountYuan, form: formOfComplaint(data) } as const;
  return { about: 'complaint', ...facts, aboutTicketId: about?.id ?? null, appliance: about?.appliances[0] ?? data.appliance };
};

const chosenTicket = (data: ComplaintData, event: DialogEvent): ComplaintData => {
  const chosen = event.type === 'TICKET_CHOSEN' ? data.own?.find((it) => it.id === event.ticketId) : undefined;
  return chosen === undefined ? data : { ...data, about: chosen, number: null };
};

const withPhotos = (data: ComplaintData, event: DialogEvent): ComplaintData =>
  event.type === 'PHOTOS_SENT' ? { ...data, photos: [...data.photos, ...event.attachmentIds].slice(0, PHOTOS_MAX) } : data;

const PHOTOS_MAX = 50;

const machine = base.createMachine({
  id: 'complaint',
  context: ({ input }) => ({ data: input.data, misses: 0, trail: [] }),
  entry: [effects(openingEffects)],
  initial: 'filling',
  on: {
    ...anywhere,
    TICKET_CHOSEN: { target: '#filling', actions: moveOn(chosenTicket, 'ticket') },
    /** Thanked once, then the question again; of later ones only that they are there. */
    PHOTOS_SENT: [
      {
        guard: ({ context }) => context.data.photos.length === 0,
        target: '#filling',
        actions: [effects(() => [say('complaint.photos')]), ...moveOn(withPhotos, null)],
      },
      { actions: [effects(() => [say('noted')]), learn(withPhotos)] },
    ],
    PERSON_WANTED: { target: '#personWanted' },
  },
  states: {
    filling,
    asking,

    findingTickets: {
      id: 'findingTickets',
      entry: lookingUp(() => ({ about: 'own-tickets' })),
      on: {
        TICKETS_FOUND: {
          target: '#filling',
          actions: [learn((data, event) => (event.type === 'TICKETS_FOUND' ? foundTickets(data, event.tickets, event.now) : data))],
        },
      },
    },

    findingRecord: {
      id: 'findingRecord',
      entry: lookingUp(() => ({ about: 'record' })),
      on: {
        RECORD_FOUND: {
          target: '#filling',
          actions: [
            learn((data, event) =>
              event.type === 'RECORD_FOUND' ? { ...data, phone: event.record?.phone ?? null, recordRead: true } : data,
            ),
          ],
        },
      },
    },

    confirming: {
      id: 'confirming',
      entry: [questions(askConfirm)],
      on: {
        ...hearing('confirm', '#confirming'),
        AFFIRMED: { target: '#weighing' },
        DENIED: { target: '#correcting' },
        SKIPPED: miss('#confirming'),
      },
    },

    correcting: {
      id: 'correcting',
      entry: [questions(askCorrection)],
      on: {
        ...hearing(CORRECTING, '#correcting'),
        AFFIRMED: { target: '#filling' },
        SKIPPED: { target: '#filling' },
        DENIED: movesOrMisses((data) => (data.about === null ? data : withoutTicket(data)), CORRECTING, '#correcting'),
        WENT_BACK: { target: '#filling' },
      },
    },

    /** Nothing is filed before it was read back and confirmed; what it weighs is decided now. */
    weighing: {
      id: 'weighing',
      entry: lookingUp(matterOf),
      on: {
        COMPLAINT_WEIGHED: {
          target: '#filed',
          actions: [{ type: 'effects', params: ({ context, event }) => filedEffects(context.data, event) }],
        },
      },
    },

    filed: { id: 'filed', type: 'final' },
    cancelled: { id: 'cancelled', type: 'final' },
    personWanted: {
      id: 'personWanted',
      type: 'final',
      entry: [effects(({ phone }) => [{ kind: 'hand-off', reason: 'asked', first: 'complaint.person', phone, waits: true }])],
    },
    handedOff: { id: 'handedOff', type: 'final', entry: [effects(() => [HANDED_OVER])] },
  },
});

export const complaint: AnyStateMachine = machine;
