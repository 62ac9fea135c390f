/**
 * Is it still covered: which product, since when, with what proof; then the answer with its reasons, and what the customer
 * can do next. What nobody here knows goes to a person, never a guess (S2-050).
 */
import type { AnyStateMachine } from 'xstate';
import type { DialogEvent } from './dialog-event.ts';
import { ask, type Effect, HANDED_OVER, type LookUp, say } from './effect.ts';
import type { FormContext } from './form.ts';
import { assumeOnly, chooseProduct, nextSubject, subjectAppliance, type WarrantyData, withPhotos } from './warranty-lookup-data.ts';
import { answerEffects, appealEffects, belowEffects, bookingEffects, enquiryEffects } from './warranty-lookup-outcome.ts';
import { askNext } from './warranty-lookup-questions.ts';
import { warrantyForm } from './warranty-lookup-slots.ts';

/** A letter between digits, or fewer characters than serials of today have: more likely a slip than a product of nobody. */
const MISTYPED = /\d[OILSBZ]\d|^.{0,9}$/u;

const { base, filling, asking, anywhere, hearing, moveOn } = warrantyForm;

type Context = FormContext<WarrantyData>;

const effects = (of: (data: WarrantyData, event: DialogEvent, misses: number) => readonly Effect[]) => ({
  type: 'effects' as const,
  params: ({ context, event }: { context: Context; event: DialogEvent }) => of(context.data, event, context.misses),
});

const lookingUp = (lookUp: (data: WarrantyData) => LookUp) => [effects((data) => [{ kind: 'look-up', lookUp: lookUp(data) }])];

const learn = (change: (data: WarrantyData, event: DialogEvent) => WarrantyData) =>
  base.assign(({ context, event }) => ({ ...context, data: change(context.data, event) }));

const learnAnswer = learn((data, event) => (event.type === 'WARRANTY_FOUND' ? { ...data, found: event.answer } : data));

/** The product that is asked about, by what is known of it. */
function productOf(data: WarrantyData): Extract<LookUp, { about: 'warranty' }>['product'] {
  const { serial, product, brand, model } = data;
  if (serial !== null) return { by: 'serial', serial };
  if (product !== null) return { by: 'record', product };
  const appliance = subjectAppliance(data);
  if (appliance === null) throw new Error('invariant: cover is looked up of something');
  return { by: 'appliance', appliance, brand, model };
}

/** After a question in between, a miss or a picture only what is open is asked; anything else is answered whole. */
function tellAndAsk(data: WarrantyData, event: DialogEvent, misses: number): readonly Effect[] {
  const told = misses > 0 || event.type === 'RESUMED' || event.type === 'PHOTOS_SENT';
  return [...(told ? [] : answerEffects(data)), ask(askNext(data, misses))];
}

const machine = base.createMachine({
  id: 'warranty-lookup',
  context: ({ input }) => ({ data: input.data, misses: 0, trail: [] }),
  initial: 'filling',
  on: {
    ...anywhere,
    PRODUCT_CHOSEN: {
      target: '#filling',
      actions: moveOn((data, event) => (event.type === 'PRODUCT_CHOSEN' ? chooseProduct(data, event.product) : data), 'serial'),
    },
    PHOTOS_SENT: {
      target: '#filling',
      actions: [
        effects(({ found }) => (found === null ? [] : [say('warranty.photo-kept')])),
        ...moveOn((data, event) => (event.type === 'PHOTOS_SENT' ? withPhotos(data, event.attachmentIds) : data), null),
      ],
    },
  },
  states: {
    filling,
    asking,

    findingProducts: {
      id: 'findingProducts',
      entry: lookingUp(() => ({ about: 'products' })),
      on: {
        PRODUCTS_FOUND: {
          target: '#filling',
          actions: [learn((data, event) => (event.type === 'PRODUCTS_FOUND' ? assumeOnly({ ...data, products: event.products }) : data))],
        },
      },
    },

    lookingUp: {
      id: 'lookingUp',
      entry: lookingUp((data) => ({
        about: 'warranty',
        product: productOf(data),
        told: { purchasedOn: data.purchasedOn, hasProof: data.hasProof },
        dateLost: data.dateLost,
        faults: data.fault?.faults ?? null,
      })),
      on: {
        WARRANTY_FOUND: [
          {
            guard: ({ context: { data }, event }) =>
              event.answer.kind === 'unknown-product' &&
              event.answer.why === 'serial' &&
              data.serialInDoubt === null &&
              MISTYPED.test(data.serial ?? ''),
            target: '#filling',
            actions: [learn((data) => ({ ...data, products: data.products ?? [], serial: null, serialInDoubt: data.serial }))],
          },
          { guard: ({ event }) => event.answer.kind === 'unknown-product', target: '#takingEnquiryNumber', actions: [learnAnswer] },
          { target: '#filling', actions: [learnAnswer] },
        ],
      },
    },

    choosingNext: {
      id: 'choosingNext',
      entry: [effects(tellAndAsk)],
      on: {
        ...hearing('next', '#choosingNext'),
        NEXT_CHOSEN: [
          { guard: ({ event }) => event.next === 'book', target: '#booking' },
          {
            guard: ({ event }) => event.next === 'appeal',
            target: '#filling',
            actions: moveOn((data) => ({ ...data, appeals: true }), null),
          },
          { target: '#left' },
        ],
        AFFIRMED: { target: '#booking' },
        DENIED: { target: '#left' },
        SKIPPED: { target: '#left' },
      },
    },

    readingRecord: {
      id: 'readingRecord',
      entry: lookingUp(() => ({ about: 'record' })),
      on: {
        RECORD_FOUND: {
          target: '#filling',
          actions: [
            learn((data, event) =>
              event.type === 'RECORD_FOUND' ? { ...data, phoneLookedFor: true, phone: data.phone ?? event.record?.phone ?? null } : data,
            ),
          ],
        },
      },
    },

    takingAppealNumber: {
      id: 'takingAppealNumber',
      entry: lookingUp(() => ({ about: 'ticket-numbers', ticketCount: 1 })),
      on: {
        NUMBERS_TAKEN: {
          target: '#appealed',
          actions: [effects((data, event) => (event.type === 'NUMBERS_TAKEN' ? appealEffects(data, event) : []))],
        },
      },
    },

    takingEnquiryNumber: {
      id: 'takingEnquiryNumber',
      entry: lookingUp(() => ({ about: 'ticket-numbers', ticketCount: 1 })),
      on: {
        NUMBERS_TAKEN: {
          target: '#enquiryOpened',
          actions: [effects((data, event) => (event.type === 'NUMBERS_TAKEN' ? enquiryEffects(data, event) : []))],
        },
      },
    },

    /** Of several that were asked about together the next one has its turn. */
    turningToNext: {
      id: 'turningToNext',
      entry: [
        effects((data) => [
          ...answerEffects(data),
          say('warranty.another', { appliances: { as: 'appliances', value: data.others.slice(0, 1) } }),
          { kind: 'look-up', lookUp: { about: 'products' } },
        ]),
      ],
      on: {
        PRODUCTS_FOUND: {
          target: '#filling',
          actions: [learn((data, event) => (event.type === 'PRODUCTS_FOUND' ? nextSubject({ ...data, products: event.products }) : data))],
        },
      },
    },

    /** Answered in the middle of another dialog, which goes on. */
    told: { id: 'told', type: 'final', entry: [effects((data) => [...answerEffects(data), ...belowEffects(data)])] },
    booking: { id: 'booking', type: 'final', entry: [effects(bookingEffects)] },
    left: { id: 'left', type: 'final', entry: [effects(() => [say('warranty.closed')])] },
    appealed: { id: 'appealed', type: 'final' },
    enquiryOpened: { id: 'enquiryOpened', type: 'final' },
    cancelled: { id: 'cancelled', type: 'final' },
    handedOff: { id: 'handedOff', type: 'final', entry: [effects(() => [HANDED_OVER])] },
  },
});

export const warrantyLookup: AnyStateMachine = machine;
