/** What a customer has in mind when they come to have something repaired, and which detours they will take. */
import type { Customer } from './errand.ts';
import { drawName, drawPhone, type Person } from './person.ts';
import { ADDRESSES, type Door } from './sentences/addresses.ts';
import { MODELS } from './sentences/contact.ts';
import { DIGRESSIONS } from './sentences/digressions.ts';
import { FAULTS } from './sentences/faults.ts';
import type { Fault } from './sentences/told-fault.ts';
import { drawWish, type Wish } from './wish.ts';

/** Said wrong at first, and put right at the next question. */
export type Slip =
  | { readonly slot: 'appliance'; readonly wrong: Fault }
  | { readonly slot: 'address'; readonly wrong: Door }
  | { readonly slot: 'phone'; readonly wrong: string }
  | { readonly slot: 'name'; readonly wrong: Pick<Person, 'name' | 'nameSaid'> };

/** Wanted otherwise at the read-back. */
export type SecondThought =
  | { readonly slot: 'window'; readonly to: Wish }
  | { readonly slot: 'phone'; readonly to: string }
  | { readonly slot: 'address'; readonly to: Door };

export type BookingPlan = {
  readonly fault: Fault;
  readonly door: Door;
  readonly phone: string;
  readonly name: Pick<Person, 'name' | 'nameSaid'>;
  readonly model: string | null;
  readonly wish: Wish;
  readonly wishInOpening: boolean;
  readonly toShop: boolean;
  readonly slip: Slip | null;
  readonly secondThought: SecondThought | null;
  /** A question of their own, in place of the answer to that slot. */
  readonly digressions: ReadonlyMap<string, string>;
  /** Goes away when asked for that. */
  readonly leavesAt: string | null;
};

const SMALL = ['microwave', 'rice_cooker'];
const DETOURS = ['address', 'phone', 'name', 'window', 'confirm'];

export function drawPlan({ manner, person, random, now }: Customer): BookingPlan {
  const fault = random.pick(FAULTS);
  const atOnce = manner.opens === 'everything' || manner.opens === 'burst';
  const wish = random.chance(atOnce || manner.changesMind ? 0 : 0.5)
    ? random.pick<Wish>([{ kind: 'soonest' }, { kind: 'none' }, { kind: 'none' }, { kind: 'none' }])
    : drawWish(random, now());
  const models = MODELS[fault.appliance] ?? [];
  const asked = random.some(DIGRESSIONS, manner.digressions);
  const detours = random.some(DETOURS, manner.digressions);
  return {
    fault,
    door: person.door,
    phone: person.phone,
    name: { name: person.name, nameSaid: person.nameSaid },
    model: models.length > 0 && random.chance(0.4) ? random.pick(models) : null,
    wish,
    wishInOpening: manner.opens === 'fault' && wish.kind !== 'none' && random.chance(0.2),
    toShop: SMALL.includes(fault.appliance) && random.chance(0.3),
    slip: manner.corrects ? drawSlip(fault, person, { manner, person, random, index: 0, now }) : null,
    secondThought: manner.changesMind ? drawSecondThought(wish, person, { manner, person, random, index: 0, now }) : null,
    digressions: new Map(
      detours.flatMap((slot, index) => {
        const digression = asked[index];
        const said = manner.register === 'english' ? digression?.english : digression?.said;
        return said === undefined ? [] : [[slot, random.pick(said)] as const];
      }),
    ),
    leavesAt: manner.leaves ? random.pick(['address', 'phone', 'window', 'confirm']) : null,
  };
}

function drawSlip(fault: Fault, person: Person, { random, manner }: Customer): Slip {
  const slot = random.pick(['appliance', 'address', 'phone', 'name'] as const);
  switch (slot) {
    case 'appliance':
      return { slot, wrong: random.pick(FAULTS.filter((it) => it.appliance !== fault.appliance && !SMALL.includes(it.appliance))) };
    case 'address':
      return { slot, wrong: otherDoor(person.door, random) };
    case 'phone':
      return { slot, wrong: drawPhone(random) };
    case 'name':
      return { slot, wrong: drawName(random, manner.register) };
  }
}

function drawSecondThought(wish: Wish, person: Person, { random, now }: Customer): SecondThought {
  const slot = random.pick(['window', 'window', 'window', 'phone', 'address'] as const);
  switch (slot) {
    case 'window':
      return { slot, to: drawWish(random, now(), wish) };
    case 'phone':
      return { slot, to: drawPhone(random) };
    case 'address':
      return { slot, to: otherDoor(person.door, random) };
  }
}

/** Another door in the same city, so that the slip is a slip. */
function otherDoor(door: Door, random: Customer['random']): Door {
  return random.pick(ADDRESSES.filter((it) => it.city === door.city && it.detail !== door.detail));
}
