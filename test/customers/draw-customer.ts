/** Who comes with what: a customer and their errands, from the seed and their place in the queue alone. */

import type { StaffApi } from '../whole/staff-api.ts';
import { answerSurvey, bookInstead, leaveSurvey } from './answer-survey.ts';
import { askForPerson, bookElsewhere, bookUnknown } from './ask-for-person.ts';
import { askWarranty } from './ask-warranty.ts';
import { bookRepair } from './book-repair.ts';
import { type BookingPlan, drawPlan } from './booking-plan.ts';
import { askProgress, callOffVisit, moveVisit } from './change-visit.ts';
import { complain } from './complain.ts';
import type { Customer, Errand } from './errand.ts';
import { drawManner, MANNERS } from './manner.ts';
import { drawPerson } from './person.ts';
import { randomOf } from './random.ts';
import { type FinishVisit, finishVisit } from './staff-person.ts';

export type Visitor = { readonly customer: Customer; readonly errands: readonly Errand[]; readonly leavesAt: string | null };

type Scenario = {
  readonly name: string;
  readonly weight: number;
  readonly errands: (customer: Customer, plan: BookingPlan, finish: FinishVisit) => readonly Errand[];
};

const SCENARIOS: readonly Scenario[] = [
  { name: 'booking', weight: 40, errands: (customer, plan) => [bookRepair(customer, plan)] },
  { name: 'reschedule', weight: 10, errands: (customer, plan) => [bookRepair(customer, visited(plan)), moveVisit(customer, plan.wish)] },
  { name: 'cancel', weight: 6, errands: (customer, plan) => [bookRepair(customer, visited(plan)), callOffVisit(customer)] },
  { name: 'progress', weight: 6, errands: (customer, plan) => [bookRepair(customer, visited(plan)), askProgress(customer)] },
  { name: 'outside', weight: 3, errands: (customer, plan) => [bookElsewhere(customer, plan)] },
  { name: 'unknown-product', weight: 2, errands: (customer, plan) => [bookUnknown(customer, plan)] },
  { name: 'warranty', weight: 12, errands: (customer, plan) => [askWarranty(customer, plan)] },
  { name: 'complaint', weight: 10, errands: (customer) => [complain(customer, false)] },
  { name: 'survey', weight: 8, errands: (customer, plan, finish) => [bookRepair(customer, visited(plan)), answerSurvey(customer, finish)] },
  {
    name: 'survey-left',
    weight: 2,
    errands: (customer, plan, finish) => [bookRepair(customer, visited(plan)), leaveSurvey(customer, finish)],
  },
  {
    name: 'survey-booking',
    weight: 2,
    errands: (customer, plan, finish) => [bookRepair(customer, visited(plan)), bookInstead(customer, plan, finish)],
  },
  {
    name: 'survey-complaint',
    weight: 4,
    errands: (customer, plan, finish) => [bookRepair(customer, visited(plan)), { ...complain(customer, true), meanwhile: finish }],
  },
  { name: 'person', weight: 3, errands: (customer) => [askForPerson(customer)] },
];

/** The first ones are one of every manner, each with a matter of its own, so that a short run has seen it all. */
const FIRST: Readonly<Record<string, string>> = {
  'asks-for-a-visit-first': 'reschedule',
  terse: 'complaint',
  chatty: 'warranty',
  'elderly-voice': 'cancel',
  emoji: 'survey',
  burst: 'survey-complaint',
  taps: 'survey-booking',
  numbers: 'progress',
  english: 'outside',
};

export function drawVisitor(seed: string, index: number, now: () => number, api: StaffApi): Visitor {
  const random = randomOf(`${seed}/${index}`);
  const first = MANNERS[index];
  const manner = first ?? drawManner(random.fork('manner'));
  const customer: Customer = {
    index,
    manner,
    person: drawPerson(random.fork('person'), manner.register),
    random: random.fork('talk'),
    now,
  };
  const plan = drawPlan({ ...customer, random: random.fork('plan') });
  const scenario =
    first === undefined
      ? drawScenario(random.fork('scenario').next())
      : SCENARIOS.find((it) => it.name === (FIRST[first.name] ?? 'booking'));
  return { customer, errands: scenario?.errands(customer, plan, finishVisit(api, customer.person.phone)) ?? [], leavesAt: plan.leavesAt };
}

function drawScenario(drawn: number): Scenario | undefined {
  let sum = drawn * SCENARIOS.reduce((all, it) => all + it.weight, 0);
  return SCENARIOS.find((it) => {
    sum -= it.weight;
    return sum < 0;
  });
}

/** More is to follow: nothing is brought to a shop, and the phone stays. */
function visited(plan: BookingPlan): BookingPlan {
  return { ...plan, toShop: false, secondThought: plan.secondThought?.slot === 'phone' ? null : plan.secondThought };
}
