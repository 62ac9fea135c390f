/**
 * The repair booking: appliance and fault, where and who, a window that is open, a read-back, and a booking only on
 * confirmation (S2-006, S2-015, S2-016). Ends booked, arranged with a shop, with a person, or cancelled.
 */
import type { AnyStateMachine } from 'xstate';
import { NOTHING_TOLD } from '../src/domain/cover.ts';
import type { DialogEvent } from './dialog-event.ts';
import { ask, type Effect, HANDED_OVER, type LookUp, say } from './effect.ts';
import type { FormContext } from './form.ts';
import { choice } from './question.ts';
import { declineRecord, type RepairData, readRecord, repairTickets, withoutAddress, withoutWindow } from './repair-booking-data.ts';
import { bookedEffects, enquiryEffects, shopEffects } from './repair-booking-outcome.ts';
import { askConfirm } from './repair-booking-questions.ts';
import { repairForm } from './repair-booking-slots.ts';
import { anotherWindow, earliestOffer } from './repair-booking-windows.ts';
import { afterTaken, askWindow, chooseWindow, firstOffered, isAnytime, sayWishedEngineer } from './window-choice.ts';

const { base, filling, asking, anywhere, hearing, miss, moveOn, movesOrMisses } = repairForm;

type Context = FormContext<RepairData>;

function place(data: RepairData): { readonly city: string; readonly district: string } {
  if (data.area?.kind !== 'served') throw new Error('invariant: windows are looked for in a served district');
  return { city: data.area.city, district: data.area.district };
}

const appliancesOf = (data: RepairData) => data.items.map((item) => item.appliance);

/** A state that asks the outside and waits for the answer, all within one turn. */
const lookingUp = (lookUp: (data: RepairData) => LookUp) => [
  {
    type: 'effects' as const,
    params: ({ context }: { context: Context }): readonly Effect[] => [{ kind: 'look-up', lookUp: lookUp(context.data) }],
  },
];

const learn = <Type extends DialogEvent['type']>(
  type: Type,
  change: (data: RepairData, event: Extract<DialogEvent, { type: Type }>) => RepairData,
) =>
  base.assign(({ context, event }) =>
    event.type === type ? { ...context, data: change(context.data, event as Extract<DialogEvent, { type: Type }>) } : context,
  );

/** Of a wish for an engineer that was just looked into. */
const sayWished = {
  type: 'effects' as const,
  params: ({ context, event }: { context: Context; event: DialogEvent }) =>
    event.type === 'WINDOWS_FOUND' ? sayWishedEngineer(event.wished, context.data.wishTold) : [],
};

const machine = base.createMachine({
  id: 'repair-booking',
  context: ({ input }) => ({ data: input.data, misses: 0, trail: [] }),
  initial: 'filling',
  on: { ...anywhere, ANOTHER_ADDRESS_WANTED: { target: '#filling', actions: moveOn((data) => declineRecord(withoutAddress(data)), null) } },
  states: {
    filling,
    asking,

    readingRecord: {
      id: 'readingRecord',
      entry: lookingUp(() => ({ about: 'record' })),
      on: { RECORD_FOUND: { target: '#filling', actions: [learn('RECORD_FOUND', (data, { record }) => readRecord(data, record))] } },
    },

    checkingArea: {
      id: 'checkingArea',
      entry: lookingUp((data) => ({ about: 'area', address: data.address })),
      on: {
        AREA_FOUND: {
          target: '#filling',
          actions: [
            {
              type: 'effects',
              params: ({ event }) =>
                event.area.kind === 'outside' ? [say('outside', { place: { as: 'text', value: event.area.place } })] : [],
            },
            learn('AREA_FOUND', (data, { area }) => ({
              ...data,
              area,
              address:
                area.kind === 'served'
                  ? { ...data.address, province: area.province, city: area.city, district: area.district }
                  : data.address,
            })),
          ],
        },
      },
    },

    readingCover: {
      id: 'readingCover',
      entry: lookingUp((data) => ({
        about: 'cover',
        reports: repairTickets(data),
        serviceMode: data.serviceMode ?? 'on-site',
        told: data.items.length === 1 ? data.told : NOTHING_TOLD,
      })),
      on: { COVER_FOUND: { target: '#filling', actions: [learn('COVER_FOUND', (data, { covers }) => ({ ...data, covers }))] } },
    },

    findingWindows: {
      id: 'findingWindows',
      entry: lookingUp((data) => ({
        about: 'windows',
        appliances: appliancesOf(data),
        wishes: data.wishes,
        engineerWish: data.engineerWish,
        instead: null,
        preferred: data.preferred,
        ...place(data),
      })),
      on: {
        WINDOWS_FOUND: [
          {
            guard: ({ event }) => event.offer.kind === 'exact',
            target: '#filling',
            actions: [
              sayWished,
              learn('WINDOWS_FOUND', (data, { offer, wished }) => ({
                ...data,
                wishTold: wished,
                window: offer.kind === 'exact' ? offer.window : null,
              })),
            ],
          },
          {
            guard: ({ event }) => event.offer.kind === 'earliest',
            target: '#holdingWindow',
            actions: [
              sayWished,
              learn('WINDOWS_FOUND', (data, { offer, wished }) => ({
                ...data,
                wishTold: wished,
                choice: { kind: 'offered', offer },
                earlier: offer.kind === 'earliest' ? { from: offer.fromWished, to: offer.toWished } : null,
              })),
            ],
          },
          {
            target: '#filling',
            actions: [
              sayWished,
              learn('WINDOWS_FOUND', (data, { offer, wished }) => ({ ...data, wishTold: wished, choice: { kind: 'offered', offer } })),
            ],
          },
        ],
      },
    },

    holdingWindow: {
      id: 'holdingWindow',
      entry: lookingUp((data) => ({
        about: 'hold',
        window: earliestOffered(data),
        appliances: appliancesOf(data),
        engineerWish: data.engineerWish,
        ...place(data),
      })),
      on: {
        WINDOW_HELD: {
          target: '#choosingWindow',
          actions: [
            { type: 'effects', params: ({ event }) => [{ kind: 'hold', held: event.held }] },
            learn('WINDOW_HELD', (data, { held }) => ({ ...data, held })),
          ],
        },
        WINDOW_TAKEN: {
          target: '#filling',
          actions: [learn('WINDOW_TAKEN', (data, { nearest }) => ({ ...data, choice: afterTaken(nearest) }))],
        },
      },
    },

    choosingWindow: {
      id: 'choosingWindow',
      entry: [{ type: 'effects', params: ({ context }) => [ask(askWindow(context.data, context.misses, context.data.held !== null))] }],
      on: {
        ...hearing('window', '#choosingWindow'),
        ANSWERED: [
          { guard: ({ context, event }) => isAnytime(context.data, event), target: '#filling', actions: moveOn(earliestOffer, null) },
          ...hearing('window', '#choosingWindow').ANSWERED,
        ],
        WINDOW_CHOSEN: { target: '#filling', actions: moveOn(chooseWindow, null) },
        AFFIRMED: movesOrMisses(chooseWindow, 'window', '#choosingWindow'),
        ANOTHER_WINDOW_WANTED: { target: '#choosingWindow', reenter: true, actions: moveOn(anotherWindow, null) },
        DENIED: { target: '#choosingWindow', reenter: true, actions: moveOn(anotherWindow, null) },
        SKIPPED: movesOrMisses(firstOffered, 'window', '#choosingWindow'),
      },
    },

    confirming: {
      id: 'confirming',
      entry: [{ type: 'effects', params: ({ context }) => [ask(askConfirm(context.data, context.misses))] }],
      on: {
        ...hearing('confirm', '#confirming'),
        AFFIRMED: { target: '#reserving' },
        WENT_BACK: { target: '#filling', actions: moveOn((data) => ({ ...withoutWindow(data), wishes: [] }), null) },
        ANOTHER_WINDOW_WANTED: { target: '#choosingWindow', actions: moveOn(anotherWindow, null) },
        DENIED: { target: '#changing' },
        SKIPPED: miss('#confirming'),
      },
    },

    /** The read-back was not right: what should be different? */
    changing: {
      id: 'changing',
      entry: [
        {
          type: 'effects',
          params: ({ context }) => [
            ask({
              asking: 'confirm',
              reply: { key: context.misses === 0 ? 'ask.change' : 'ask.change.again', data: {} },
              choices: [
                choice('choice.change-time', { type: 'ANOTHER_WINDOW_WANTED' }),
                choice('choice.change-address', { type: 'ANOTHER_ADDRESS_WANTED' }),
                choice('choice.all-right', { type: 'AFFIRMED' }),
              ],
            }),
          ],
        },
      ],
      on: {
        ...hearing('confirm', '#changing'),
        AFFIRMED: { target: '#confirming' },
        DENIED: miss('#changing'),
        SKIPPED: { target: '#confirming' },
        WENT_BACK: { target: '#confirming' },
        ANOTHER_WINDOW_WANTED: { target: '#choosingWindow', actions: moveOn(anotherWindow, null) },
      },
    },

    reserving: {
      id: 'reserving',
      entry: lookingUp((data) => ({
        about: 'reservation',
        window: chosenWindow(data),
        appliances: appliancesOf(data),
        ...place(data),
        engineerWish: data.engineerWish,
        instead: null,
        held: data.held !== null && sameWindow(data.held.window, chosenWindow(data)) ? data.held : null,
        ticketCount: data.items.length,
        priority: data.hardship === null ? 'normal' : 'high',
      })),
      on: {
        WINDOW_RESERVED: {
          target: '#booked',
          actions: [{ type: 'effects', params: ({ context, event }) => bookedEffects(context.data, event) }],
        },
        WINDOW_TAKEN: {
          target: '#filling',
          actions: [
            // Mostly the hold is gone with the window; if it is not, nobody needs it any more.
            { type: 'effects', params: ({ context }) => heldBack(context.data) },
            learn('WINDOW_TAKEN', (data, { nearest }) => ({ ...withoutWindow(data), choice: afterTaken(nearest) })),
          ],
        },
      },
    },

    findingShops: {
      id: 'findingShops',
      entry: lookingUp((data) => ({ about: 'shops', city: place(data).city })),
      on: {
        SHOPS_FOUND: [
          {
            guard: ({ event }) => event.shops.length === 0,
            target: '#filling',
            actions: [
              { type: 'effects', params: [say('shop.none')] },
              learn('SHOPS_FOUND', (data) => ({ ...data, serviceMode: 'on-site', covers: null })),
            ],
          },
          {
            target: '#choosingShop',
            actions: [{ type: 'effects', params: ({ event }) => [say('shop.list', { shops: { as: 'shops', value: event.shops } })] }],
          },
        ],
      },
    },

    choosingShop: {
      id: 'choosingShop',
      entry: [
        {
          type: 'effects',
          params: ({ context }) => [
            ask({
              asking: 'confirm',
              reply: {
                key: context.misses === 0 ? 'ask.shop' : 'ask.shop.again',
                data: { reports: { as: 'reports', value: context.data.items } },
              },
              choices: [
                choice('choice.confirm', { type: 'AFFIRMED' }),
                choice('choice.on-site', { type: 'DENIED' }),
                choice('choice.cancel', { type: 'CANCELLED' }),
              ],
            }),
          ],
        },
      ],
      on: {
        ...hearing('confirm', '#choosingShop'),
        AFFIRMED: { target: '#takingShopNumber' },
        DENIED: { target: '#filling', actions: moveOn((data) => ({ ...data, serviceMode: 'on-site', covers: null }), null) },
        SKIPPED: miss('#choosingShop'),
      },
    },

    takingShopNumber: {
      id: 'takingShopNumber',
      entry: lookingUp((data) => ({ about: 'ticket-numbers', ticketCount: data.items.length })),
      on: {
        NUMBERS_TAKEN: {
          target: '#shopArranged',
          actions: [{ type: 'effects', params: ({ context, event }) => shopEffects(context.data, event) }],
        },
      },
    },

    takingEnquiryNumber: {
      id: 'takingEnquiryNumber',
      entry: lookingUp(() => ({ about: 'ticket-numbers', ticketCount: 1 })),
      on: {
        NUMBERS_TAKEN: {
          target: '#enquiryOpened',
          actions: [{ type: 'effects', params: ({ context, event }) => enquiryEffects(context.data, event) }],
        },
      },
    },

    booked: { id: 'booked', type: 'final' },
    shopArranged: { id: 'shopArranged', type: 'final' },
    enquiryOpened: { id: 'enquiryOpened', type: 'final' },
    cancelled: { id: 'cancelled', type: 'final', entry: [{ type: 'effects', params: ({ context }) => heldBack(context.data) }] },
    handedOff: {
      id: 'handedOff',
      type: 'final',
      entry: [{ type: 'effects', params: ({ context }) => [...heldBack(context.data), HANDED_OVER] }],
    },
  },
});

function earliestOffered(data: RepairData) {
  if (data.choice.kind !== 'offered' || data.choice.offer.kind !== 'earliest') throw new Error('invariant: only an earliest offer is held');
  return data.choice.offer.window;
}

function chosenWindow(data: RepairData) {
  if (data.window === null) throw new Error('invariant: a reservation needs a window');
  return data.window;
}

function sameWindow(one: { readonly from: number; readonly to: number }, other: { readonly from: number; readonly to: number }): boolean {
  return one.from === other.from && one.to === other.to;
}

function heldBack(data: RepairData): readonly Effect[] {
  return data.held === null ? [] : [{ kind: 'release-hold', appointmentId: data.held.appointmentId }];
}

export const repairBooking: AnyStateMachine = machine;
