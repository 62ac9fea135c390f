/** The errand of a complaint: the story in their own words, what they want done, a number with a time. */
import { COMPLAINT_CATEGORY_NAMES, COMPLAINT_WISH_NAMES } from '../../src/wording/names.ts';
import { narrow } from '../wording/narrow.ts';
import { type Customer, type Errand, type Finding, labelled, line, outcome, sameField } from './errand.ts';
import { yes } from './everyday-answers.ts';
import * as words from './sentences/complaints.ts';
import { PHONE } from './sentences/contact.ts';
import { filled, inWords, phoneInWords, typed } from './speech.ts';
import type { Line, Turn } from './story.ts';

export function complain(customer: Customer, visited: boolean): Errand {
  const { manner, person, random } = customer;
  const english = manner.register === 'english';
  const grievance = random.pick(visited ? words.GRIEVANCES.filter((it) => it.category === 'repair-service') : words.GRIEVANCES);
  const wish = drawWish(customer, grievance.category);
  const told = typed(random.pick(english ? grievance.english : grievance.said), manner, random);
  const atOnce = random.chance(0.6);
  const names = english ? 'en' : 'zh-CN';

  const opening = (): readonly Line[] => {
    const bare = random.pick(english ? words.COMPLAIN_ENGLISH : words.COMPLAIN);
    if (!atOnce) return [line('asks', typed(bare, manner, random))];
    return [line('tells', filled(random.pick(english ? words.COMPLAIN_WITH_ENGLISH : words.COMPLAIN_WITH), { story: told }), ['what'])];
  };

  const answer = (turn: Turn): readonly Line[] | null => {
    switch (turn.asking) {
      case 'what':
        return [line('tells', told, ['what'])];
      case 'ticket': {
        const own = visited ? turn.buttons[0] : null;
        return [line('picks', (own ?? labelled(turn, /都不是|none/i))?.value ?? '没有单号', ['ticket'])];
      }
      case 'category': {
        const name = COMPLAINT_CATEGORY_NAMES[names][grievance.category];
        return [line('picks', labelled(turn, new RegExp(`^${name}$`))?.value ?? name, ['category'])];
      }
      case 'wish':
        return [line('tells', wishSaid(turn), ['wish'])];
      case 'phone':
        return [
          line(
            'tells',
            typed(inWords(PHONE, manner.register, random, { phone: phoneInWords(person.phone, manner.register, random) }), manner, random),
            ['phone'],
          ),
        ];
      case 'confirm':
        return [line('agrees', yes(customer, turn), ['confirm'])];
      default:
        return null;
    }
  };

  const wishSaid = (turn: Turn): string => {
    const name = wish === 'none' ? /还没想好|not sure/i : new RegExp(`^${COMPLAINT_WISH_NAMES[names][wish]}$`);
    const button = manner.chooses === 'words' ? null : labelled(turn, name);
    return button?.value ?? typed(random.pick<string>(words.WISHES[wish][english ? 'english' : 'said']), manner, random);
  };

  return {
    name: visited ? 'complaint after a visit' : 'complaint',
    flow: 'complaint',
    person: wish === 'exchange' || wish === 'return' ? 'right' : 'needless',
    isPlain: false,
    meanwhile: null,
    opening,
    answer,
    isDone: (turn) => turn.reply.some((it) => /^complaint\.(filed|joined)/.test(it)) || turn.tickets.some((it) => it.kind === 'complaint'),
    wanted: /投诉|complain/i,
    judge: ({ tickets, revealed }) => {
      const ticket = tickets.find((it) => it.kind === 'complaint');
      if (ticket?.complaint == null) return [outcome('no complaint is filed')];
      const { category, wish: wanted, about, gravities, statements } = ticket.complaint;
      const missing = grievance.gravities.filter((it) => !gravities.includes(it));
      const words = narrow(statements.map((it) => it.text).join('\n'));
      const phone = revealed?.tickets.find((it) => it.number === ticket.number)?.phone?.replace(/^\+86/, '') ?? null;
      return [
        ...sameField('category', category, grievance.category),
        ...sameField('wish', wanted, wish === 'none' ? null : wish),
        ...sameField('phone', phone, person.phone),
        ...missing.map((it): Finding => ({ kind: 'field', what: `gravity ${it} is missing` })),
        ...(words.includes(narrow(told)) ? [] : [{ kind: 'field', what: `words: ${words}` } as const]),
        ...(visited ? sameField('about', about, tickets.find((it) => it.kind === 'repair')?.number) : []),
        ...(/^TS-\d{6}-\d{4,}$/.test(ticket.number) ? [] : [{ kind: 'field', what: `number ${ticket.number}` } as const]),
      ];
    },
  };
}

/** A wish that fits the grievance: nobody wants an exchange of a rude engineer. */
function drawWish({ random }: Customer, category: words.Grievance['category']): words.ComplaintWish {
  switch (category) {
    case 'product-quality':
      return random.pick<words.ComplaintWish>(['exchange', 'return', 'refund', 'repair']);
    case 'repair-service':
      return random.pick<words.ComplaintWish>(['repair', 'refund', 'apology', 'none']);
    case 'after-sales-service':
    case 'other':
      return random.pick<words.ComplaintWish>(['apology', 'none', 'refund']);
  }
}
