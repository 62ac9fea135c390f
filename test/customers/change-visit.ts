/** The errands about a visit that was just booked: another time, not at all, where it stands. */
import { chooseWindow, type WindowWanted } from './choose-window.ts';
import { type Customer, type Errand, labelled, line, outcome, sameField } from './errand.ts';
import { yes } from './everyday-answers.ts';
import { judgeWindow } from './judge-booking.ts';
import { PHONE } from './sentences/contact.ts';
import { CALL_OFF, MOVE, MOVE_TO, WHERE_ARE_YOU } from './sentences/visits.ts';
import { inWords, phoneInWords, typed } from './speech.ts';
import type { Line, Turn } from './story.ts';
import { drawWish, type Wish, wishInWords } from './wish.ts';

/** `booked` is what they wished for before. */
export function moveVisit(customer: Customer, booked: Wish): Errand {
  const { manner, random, now } = customer;
  let wanted: WindowWanted = { wish: drawWish(random, now(), booked), picked: null, wishTold: false };
  const atOnce = random.chance(0.6);
  const say = (text: string) => typed(text, manner, random);
  const wishSaid = (): string => {
    wanted = { ...wanted, wishTold: true };
    return wishInWords(wanted.wish, manner.register, random, now(), true);
  };
  return {
    name: 'reschedule',
    flow: 'appointment-change',
    person: 'needless',
    isPlain: false,
    meanwhile: null,
    opening: () => [
      atOnce
        ? line('tells', say(inWords(MOVE_TO, manner.register, random, { when: wishSaid() })), ['change', 'window'])
        : line('tells', say(inWords(MOVE, manner.register, random)), ['change']),
    ],
    answer: (turn) => {
      if (turn.asking === 'change')
        return [line('tells', labelled(turn, /改时间|another time|reschedule/i)?.value ?? '改时间', ['change'])];
      if (turn.asking !== 'window') return aboutTicket(turn, customer);
      const chosen = chooseWindow(turn, wanted, customer);
      wanted = chosen.wanted;
      return [chosen.line];
    },
    isDone: (turn) => turn.reply.includes('changed'),
    wanted: /改约|改时间|change/i,
    judge: ({ tickets }) => {
      const ticket = tickets.find((it) => it.kind === 'repair');
      if (ticket?.appointment == null) return [outcome('no visit to be moved')];
      return [...sameField('status', ticket.status, 'scheduled'), ...judgeWindow({ wanted, toShop: false }, ticket)];
    },
  };
}

export function callOffVisit(customer: Customer): Errand {
  const { manner, random } = customer;
  return {
    name: 'cancel',
    flow: 'appointment-change',
    person: 'needless',
    isPlain: false,
    meanwhile: null,
    opening: () => [line('tells', typed(inWords(CALL_OFF, manner.register, random), manner, random), ['change'])],
    answer: (turn) =>
      turn.asking === 'change'
        ? [line('tells', labelled(turn, /取消上门|cancel/i)?.value ?? '取消上门', ['change'])]
        : aboutTicket(turn, customer, /确认|取消|yes|cancel/i),
    isDone: (turn) => turn.reply.includes('called-off'),
    wanted: /改约|取消|change/i,
    judge: ({ tickets }) =>
      tickets.some((it) => it.kind === 'repair' && it.status === 'cancelled') ? [] : [outcome('the visit is not cancelled')],
  };
}

export function askProgress(customer: Customer): Errand {
  const { manner, random } = customer;
  let number: string | null = null;
  return {
    name: 'progress',
    flow: 'progress',
    person: 'needless',
    isPlain: false,
    meanwhile: null,
    opening: () => [line('asks', typed(inWords(WHERE_ARE_YOU, manner.register, random), manner, random))],
    answer: (turn) => aboutTicket(turn, customer),
    isDone: (turn) => {
      const told = /BX-\d{8}-\d{4,}/.exec(turn.texts.join('\n'))?.[0] ?? null;
      if (told !== null && turn.flow !== 'repair-booking') number = told;
      return turn.reply.some((it) => it.startsWith('progress.'));
    },
    wanted: /进度|progress|status/i,
    judge: ({ tickets }) => {
      const ticket = tickets.find((it) => it.kind === 'repair');
      return number !== null && number === ticket?.number
        ? []
        : [outcome(`told of ${number ?? 'nothing'} in place of ${ticket?.number ?? 'nothing'}`)];
    },
  };
}

/** Which ticket, whose, and is it right: what every dialog about a visit may ask. */
function aboutTicket(turn: Turn, customer: Customer, agreeing = /确认|confirm|yes/i): readonly Line[] | null {
  const { manner, person, random } = customer;
  switch (turn.asking) {
    case 'ticket':
      return turn.buttons[0] === undefined ? null : [line('picks', turn.buttons[0].value, ['ticket'])];
    case 'phone':
      return [
        line(
          'tells',
          typed(inWords(PHONE, manner.register, random, { phone: phoneInWords(person.phone, manner.register, random) }), manner, random),
          ['phone'],
        ),
      ];
    case 'confirm':
      return [line('agrees', manner.chooses === 'taps' ? (labelled(turn, agreeing)?.value ?? yes(customer)) : yes(customer), ['confirm'])];
    default:
      return null;
  }
}
