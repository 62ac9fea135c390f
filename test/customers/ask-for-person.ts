/** The errands that end with people: somebody wants one, lives where nobody of ours goes, or has a thing nobody repairs. */

import { bookRepair } from './book-repair.ts';
import type { BookingPlan } from './booking-plan.ts';
import { type Customer, type Errand, line, outcome } from './errand.ts';
import { judgeCustomer } from './judge-booking.ts';
import { ELSEWHERE } from './sentences/addresses.ts';
import { PERSON_PLEASE, UNKNOWN_FAULTS, UNKNOWN_NAMES, UNKNOWN_PRODUCTS } from './sentences/visits.ts';
import { inWords, typed } from './speech.ts';

export function askForPerson(customer: Customer): Errand {
  const { manner, random } = customer;
  return {
    name: 'person',
    flow: 'handoff',
    person: 'wanted',
    isPlain: false,
    meanwhile: null,
    opening: () => [line('asks', typed(inWords(PERSON_PLEASE, manner.register, random), manner, random))],
    answer: () => null,
    isDone: (turn) => turn.reply.some((it) => it.startsWith('handoff.')),
    wanted: /人工|person/i,
    judge: ({ handoffs }) => (handoffs.length > 0 ? [] : [outcome('no person was called')]),
  };
}

export function bookElsewhere(customer: Customer, plan: BookingPlan): Errand {
  const far = { ...plan, door: customer.random.pick(ELSEWHERE), toShop: false, slip: null, secondThought: null };
  return enquiry('outside', bookRepair(customer, far), far.phone);
}

export function bookUnknown(customer: Customer, plan: BookingPlan): Errand {
  const { manner, random } = customer;
  const booking = bookRepair(customer, { ...plan, slip: null, secondThought: null });
  const opening = () => {
    const said = inWords(UNKNOWN_PRODUCTS, manner.register, random);
    // Broken is no fault yet.
    return [line('tells', typed(said, manner, random), /不动|不工作/.test(said) ? ['appliance', 'fault'] : ['appliance'])];
  };
  const answer: Errand['answer'] = (turn) => {
    if (turn.asking === 'appliance')
      return [line('tells', typed(inWords(UNKNOWN_NAMES, manner.register, random), manner, random), ['appliance'])];
    if (turn.asking === 'fault') return [line('tells', typed(inWords(UNKNOWN_FAULTS, manner.register, random), manner, random), ['fault'])];
    return booking.answer(turn);
  };
  return enquiry('unknown-product', { ...booking, opening, answer }, plan.phone);
}

/** What starts as a booking and must become an enquiry that somebody phones about. */
function enquiry(name: string, booking: Errand, phone: string): Errand {
  return {
    ...booking,
    name,
    isPlain: false,
    isDone: (turn) => turn.tickets.some((it) => it.kind === 'enquiry'),
    judge: ({ tickets, revealed }) => {
      const ticket = tickets.find((it) => it.kind === 'enquiry');
      if (ticket === undefined) return [outcome('no enquiry')];
      const person = { phone, name: '', door: { city: '', district: '', detail: '' } };
      return judgeCustomer(person, ticket, revealed).filter((it) => it.what.startsWith('phone'));
    },
  };
}
