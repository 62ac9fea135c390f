/** The errand of a repair: what is said first, what is answered, what is put right, until a visit is booked. */
import { APPLIANCE_NAMES } from '../../src/wording/names.ts';
import { type BookingPlan, drawPlan } from './booking-plan.ts';
import { chooseWindow, type WindowWanted } from './choose-window.ts';
import { type Customer, type Errand, line } from './errand.ts';
import { faultButton, nameAndModel, yes } from './everyday-answers.ts';
import { type BookingExpected, judgeBooking } from './judge-booking.ts';
import { type Door, WHERE, WHEREABOUTS } from './sentences/addresses.ts';
import { MODEL_UNKNOWN, PHONE, SHOP_PLEASE, VISIT_PLEASE } from './sentences/contact.ts';
import { OTHER_ADDRESS, OTHER_APPLIANCE, OTHER_NAME, OTHER_PHONE, OTHER_TIME } from './sentences/corrections.ts';
import { saidOf } from './sentences/faults.ts';
import { BARE, SAME_PLACE, WHICH, WITH_FAULT } from './sentences/openings.ts';
import { doorByParts, doorInWords, filled, inWords, phoneInWords, typed } from './speech.ts';
import type { Line, Turn } from './story.ts';
import { wishInWords } from './wish.ts';

/** What the window hangs on is asked again when it changes. */
const WINDOW = ['window', 'picked', 'confirm'];

export function bookRepair(customer: Customer, plan: BookingPlan = drawPlan(customer)): Errand {
  const { manner, random, now } = customer;
  const { register } = manner;
  const english = register === 'english';
  let wanted: WindowWanted = { wish: plan.wish, picked: null, wishTold: false };
  let slip = plan.slip;
  let slipSaid = false;
  let thought = plan.secondThought;
  let firstPartTold = false;
  let modelTold = false;
  let number: string | null = null;
  const detours = new Map(plan.digressions);
  const appliance = APPLIANCE_NAMES[english ? 'en' : 'zh-CN'];
  const nameOf = (code: string) => appliance[code as keyof typeof appliance] ?? code;
  const say = (text: string) => typed(text, manner, random);

  const faultSaid = (): string => {
    const fault = slip?.slot === 'appliance' ? slip.wrong : plan.fault;
    if (slip?.slot === 'appliance') slipSaid = true;
    return random.pick(saidOf(fault, register));
  };
  const doorSaid = (): Door => {
    if (slip?.slot !== 'address') return plan.door;
    slipSaid = true;
    return slip.wrong;
  };
  const phoneSaid = (): string => {
    if (slip?.slot === 'phone') slipSaid = true;
    return phoneInWords(slip?.slot === 'phone' ? slip.wrong : plan.phone, register, random);
  };
  const wishSaid = (bare = false): string => {
    wanted = { ...wanted, wishTold: true };
    return wishInWords(wanted.wish, register, random, now(), bare);
  };

  const opening = (): readonly Line[] => {
    switch (manner.opens) {
      case 'bare':
        return [line('asks', say(inWords(BARE, register, random)))];
      case 'fault': {
        const said = inWords(WITH_FAULT, register, random, { fault: faultSaid() });
        return plan.wishInOpening
          ? [line('tells', say(`${said},${wishSaid()}`), ['appliance', 'fault', 'window'])]
          : [line('tells', say(said), ['appliance', 'fault'])];
      }
      case 'everything': {
        const parts = [doorInWords(plan.door, register, random), plan.name.nameSaid, phoneSaid(), wishSaid(true)];
        const said = [faultSaid(), ...(random.chance(0.5) ? parts : [parts[3], parts[0], parts[1], parts[2]])].join(',');
        return [line('tells', say(said), ['appliance', 'fault', 'address', 'name', 'phone', 'window'])];
      }
      case 'burst':
        return [
          line('tells', say(faultSaid()), ['appliance', 'fault']),
          line('tells', say(doorInWords(plan.door, register, random)), ['address']),
          line('tells', say(phoneSaid()), ['phone']),
          line('tells', say(plan.name.nameSaid), ['name']),
          line('tells', say(wishSaid(true)), ['window']),
        ];
    }
  };

  /** The slip that was said before is put right in place of the answer. */
  const putRight = (): Line | null => {
    if (slip === null || !slipSaid) return null;
    const { slot, wrong } = slip;
    slip = null;
    switch (slot) {
      case 'appliance': {
        const fault = random.pick(saidOf(plan.fault, register));
        const text = filled(random.pick(OTHER_APPLIANCE), { fault, wrong: nameOf(wrong.appliance) });
        return line('corrects', say(text), ['appliance', 'fault'], ['appliance', 'fault', 'serviceMode', 'name', 'model', ...WINDOW]);
      }
      case 'address':
        return line(
          'corrects',
          say(filled(random.pick(OTHER_ADDRESS), { door: doorInWords(plan.door, register, random) })),
          ['address'],
          WINDOW,
        );
      case 'phone':
        return line('corrects', say(filled(random.pick(OTHER_PHONE), { phone: plan.phone })), ['phone'], ['confirm']);
      case 'name':
        return line('corrects', say(nameAgain(plan.name.name)), ['name'], ['confirm']);
    }
  };

  /** Nobody is called by a bare surname. */
  const nameAgain = (name: string): string =>
    [...name].length === 1 ? `名字写错了,我姓${name}` : filled(random.pick(OTHER_NAME), { name });

  const address = (text: string): Line => {
    if (/哪个区.*网点|shop/i.test(text)) return line('tells', `${plan.door.city}${plan.door.district}`, ['address']);
    if (/哪个城市|which city/i.test(text)) return line('tells', plan.door.city.replace('市', ''), ['address']);
    if (/还是上门到|shall we come to/i.test(text)) return line('agrees', say(inWords(SAME_PLACE, register, random)), ['address']);
    if (/您说的是|do you mean/i.test(text)) return line('agrees', yes(customer), ['address']);
    const door = doorSaid();
    const parts = manner.byParts && !firstPartTold ? doorByParts(door) : null;
    if (parts !== null) {
      firstPartTold = true;
      return line('tells', say(inWords(WHEREABOUTS, register, random, { place: parts.place })), ['place']);
    }
    if (firstPartTold && /还差|门牌|door|building/i.test(text))
      return line('tells', say(doorByParts(door)?.door ?? door.detail), ['address']);
    if (/哪个区|which district/i.test(text)) return line('tells', say(`${door.district}${door.detail}`), ['address']);
    return line('tells', say(inWords(WHERE, register, random, { door: doorInWords(door, register, random) })), ['address']);
  };

  const confirm = (turn: Turn): Line => {
    if (thought === null || !turn.texts.at(-1)?.includes('·')) return line('agrees', yes(customer, turn), ['confirm']);
    const change = thought;
    thought = null;
    switch (change.slot) {
      case 'window': {
        wanted = { wish: change.to, picked: null, wishTold: true };
        const when = wishInWords(change.to, register, random, now(), true);
        return line('corrects', say(inWords(OTHER_TIME, register, random, { when })), ['window'], WINDOW);
      }
      case 'phone':
        return line('corrects', say(filled(random.pick(OTHER_PHONE), { phone: change.to })), ['phone'], ['confirm']);
      case 'address':
        return line(
          'corrects',
          say(filled(random.pick(OTHER_ADDRESS), { door: doorInWords(change.to, register, random) })),
          ['address'],
          WINDOW,
        );
    }
  };

  const answer = (turn: Turn): readonly Line[] | null => {
    const { asking } = turn;
    const text = turn.texts.at(-1) ?? '';
    const correction = putRight();
    if (correction !== null) return [correction];
    const digression = asking === null ? undefined : detours.get(asking);
    if (asking !== null && digression !== undefined) {
      detours.delete(asking);
      return [line('digresses', say(digression))];
    }
    switch (asking) {
      case 'appliance':
        return [
          line(
            'tells',
            tapped(turn, nameOf(plan.fault.appliance)) ??
              say(inWords(WHICH, register, random, { appliance: nameOf(plan.fault.appliance) })),
            ['appliance'],
          ),
        ];
      case 'fault':
        return [
          line('tells', faultButton(turn, plan.fault, manner) ?? say(english ? faultSaid() : random.pick(plan.fault.alone)), ['fault']),
        ];
      case 'serviceMode':
        return [line('tells', say(inWords(plan.toShop ? SHOP_PLEASE : VISIT_PLEASE, register, random)), ['serviceMode'])];
      case 'address':
        return [address(text)];
      case 'phone':
        return [line('tells', say(inWords(PHONE, register, random, { phone: phoneSaid() })), ['phone'])];
      case 'name': {
        const wrong = slip?.slot === 'name' ? slip.wrong : null;
        if (wrong !== null) slipSaid = true;
        modelTold ||= /型号|model/i.test(text);
        return [line('tells', say(nameAndModel(text, wrong?.nameSaid ?? plan.name.nameSaid, plan.model, customer)), ['name', 'model'])];
      }
      case 'model':
        modelTold = true;
        return [line('tells', plan.model ?? say(inWords(MODEL_UNKNOWN, register, random)), ['model'])];
      case 'window': {
        const chosen = chooseWindow(turn, wanted, customer);
        wanted = chosen.wanted;
        return [chosen.line];
      }
      case 'confirm':
        return [confirm(turn)];
      default:
        return null;
    }
  };

  /** The button of the option, or its number, for those who choose so. */
  const tapped = (turn: Turn, label: string): string | null => {
    const place = turn.buttons.findIndex((it) => it.label === label);
    if (place < 0 || manner.chooses === 'words') return null;
    return manner.chooses === 'taps' ? (turn.buttons[place]?.value ?? null) : String(place + 1);
  };

  const expected = (): BookingExpected => ({
    number,
    fault: plan.fault,
    door: plan.secondThought?.slot === 'address' ? plan.secondThought.to : plan.door,
    phone: plan.secondThought?.slot === 'phone' ? plan.secondThought.to : plan.phone,
    name: plan.name.name,
    model: modelTold ? plan.model : null,
    wanted,
    toShop: plan.toShop,
  });

  return {
    name: 'booking',
    flow: 'repair-booking',
    person: 'needless',
    isPlain:
      manner.opens === 'fault' && manner.digressions === 0 && !manner.corrects && !manner.changesMind && !manner.leaves && !manner.byParts,
    meanwhile: null,
    opening,
    answer,
    isDone: (turn) => {
      // A danger opens a ticket too, and it is no booking.
      if (!turn.reply.some((it) => /^(booked|shop\.arranged)/.test(it))) return false;
      number = turn.tickets.find((it) => it.kind === 'repair')?.number ?? null;
      return true;
    },
    wanted: /报修|repair/i,
    judge: (record) => judgeBooking(expected(), record),
  };
}
