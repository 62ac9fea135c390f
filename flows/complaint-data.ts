/**
 * What a complaint knows so far, and how a message changes it (S2-058, S2-059). The customer's words are kept as they are;
 * class, wish and gravities are only read from them, and what is read can be put right.
 */
import type { Appliance } from '../src/domain/appliance.ts';
import { type ComplaintCategory, type ComplaintType, type ComplaintWish, GRAVITIES, type Gravity } from '../src/domain/complaint.ts';
import { formOfComplaint } from '../src/domain/complaint-severity.ts';
import type { PhoneNumber, Serial } from '../src/domain/contact.ts';
import type { Identifier } from '../src/domain/identifier.ts';
import type { VisitWindow } from '../src/domain/visit-window.ts';
import { hasStory, hasWish, isWordy } from './complaint-words.ts';
import type { Answers } from './dialog-event.ts';
import { isSame } from './same.ts';

/** One of the customer's own tickets, or visits, that may be meant. */
export type OwnTicket = {
  readonly id: Identifier;
  readonly number: string;
  readonly appliances: readonly Appliance[];
  readonly window: VisitWindow | null;
};

export type ComplaintData = {
  /** Their own words, a message a line; empty until they are told. */
  readonly what: string;
  readonly types: readonly ComplaintType[];
  readonly gravities: readonly Gravity[];
  readonly amountYuan: number | null;
  readonly category: ComplaintCategory | null;
  readonly wish: ComplaintWish | null;
  /** Asked for the wish, they left it open. */
  readonly wishPassed: boolean;
  /** Those that may be meant; null until they are read. */
  readonly own: readonly OwnTicket[] | null;
  /** The one it is about: only ever one of their own. */
  readonly about: OwnTicket | null;
  /** It is about none of those that were shown. */
  readonly aboutPassed: boolean;
  /** A number they told that is none of their own: staff see it, and it opens nothing (S2-024). */
  readonly number: string | null;
  readonly phone: PhoneNumber | null;
  readonly phonePassed: boolean;
  readonly recordRead: boolean;
  readonly appliance: Appliance | null;
  /** Of the product, where they are told (S4-004). */
  readonly model: string | null;
  readonly serial: Serial | null;
  readonly purchasedOn: string | null;
  readonly lossless: boolean;
  readonly photos: readonly Identifier[];
};

export const NOTHING_TOLD: ComplaintData = {
  what: '',
  types: [],
  gravities: [],
  amountYuan: null,
  category: null,
  wish: null,
  wishPassed: false,
  own: null,
  about: null,
  aboutPassed: false,
  number: null,
  phone: null,
  phonePassed: false,
  recordRead: false,
  appliance: null,
  model: null,
  serial: null,
  purchasedOn: null,
  lossless: false,
  photos: [],
};

/** Nobody need call about a slip, nor ask what is wished (S4-002). */
export function isSlip(data: ComplaintData): boolean {
  return formOfComplaint(data) === 'exception-slip';
}

/** The words of one complaint, together. */
const WHAT_CHARACTERS_MAX = 2_000;

/** What the opening message says, and what the dialog below knows already. */
export function begunComplaint(
  below: {
    readonly phone: PhoneNumber | null;
    readonly appliance: Appliance | null;
    readonly ticket: Pick<OwnTicket, 'id' | 'number'> | null;
    readonly words: string | null;
  } | null,
  answers: Answers,
  text: string,
): ComplaintData {
  // Of what is just being booked nobody complains yet: only a ticket tells what it is about.
  const ticket = below?.ticket ?? null;
  const appliance = ticket === null ? null : (below?.appliance ?? null);
  const about = ticket === null ? null : { ...ticket, appliances: [appliance ?? 'other'] as const, window: null };
  // What they just gave as the reason of a low score is the story: nobody tells it twice.
  const what = below?.words ?? '';
  return mergeComplaint({ ...NOTHING_TOLD, what, phone: below?.phone ?? null, appliance, about }, answers, text, OPENING);
}

/** In place of a slot: the message the dialog starts with. */
const OPENING = 'opening';

/** The data with a message's answers in it; the same object when they say nothing new. `asked` is the slot or state that asks. */
export function mergeComplaint(before: ComplaintData, answers: Answers, text: string, asked: string): ComplaintData {
  const data = withTicket(withWords(before, answers, text.trim(), asked), answers.ticketNumber);
  const merged: ComplaintData = {
    ...data,
    types: [...new Set([...data.types, ...answers.complaintTypes])],
    gravities: GRAVITIES.filter((it) => data.gravities.includes(it) || answers.gravities.includes(it)),
    amountYuan: larger(data.amountYuan, answers.amountYuan),
    category: categoryAfter(data, answers, text, asked),
    wish: wishAfter(data, answers, text, asked),
    phone: answers.phone ?? data.phone,
    appliance: data.appliance ?? answers.reports.find((it) => it.appliance !== null)?.appliance ?? null,
    model: answers.model ?? data.model,
    serial: answers.serial ?? data.serial,
    purchasedOn: answers.purchasedOn ?? data.purchasedOn,
    lossless: data.lossless || answers.lossless,
  };
  return isSame(merged, before) ? before : merged;
}

/** Whatever tells something is kept, in the order it was said; a bare answer to a question is not. */
function withWords(data: ComplaintData, answers: Answers, said: string, asked: string): ComplaintData {
  const tells = asked === OPENING || asked === 'what' ? hasStory(said) : isToldBeside(said, answers, asked);
  if (!tells || data.what.includes(said)) return data;
  const what = data.what === '' ? said : `${data.what}\n${said}`;
  return { ...data, what: what.slice(0, WHAT_CHARACTERS_MAX) };
}

/** A wish in words no button has, or more than was asked for. */
function isToldBeside(said: string, { phone, wish }: Answers, asked: string): boolean {
  if (asked === 'wish' && (wish === null || wish === 'other')) return hasWish(said);
  if (asked === 'confirm' || asked === 'category') return hasStory(said) && hanOf(said) >= ADDED_HAN_MIN && phone === null && wish === null;
  return isWordy(said) && phone === null;
}

/** At the read-back what is no yes, no and no correction is an addition, short as it is. */
const ADDED_HAN_MIN = 4;

function hanOf(text: string): number {
  return text.match(/\p{Script=Han}/gu)?.length ?? 0;
}

function withTicket(data: ComplaintData, number: string | null): ComplaintData {
  if (number === null || number === data.about?.number) return data;
  const own = data.own?.find((it) => it.number === number);
  return own === undefined ? { ...data, about: null, number } : { ...data, about: own, number: null };
}

/** The first that is read holds until another is named: a story that goes on changes no class. */
function categoryAfter(data: ComplaintData, { category, corrects }: Answers, text: string, asked: string): ComplaintCategory | null {
  if (category === null) return data.category;
  const named =
    asked === 'what' || asked === 'category' || asked === CORRECTING || (asked === 'confirm' && (corrects || CORRECTS.test(text)));
  return named ? category : (data.category ?? category);
}

/** Asked for a wish, any sentence is one. */
function wishAfter(data: ComplaintData, { wish }: Answers, text: string, asked: string): ComplaintWish | null {
  if (asked === 'wish') return wish ?? (hasWish(text) ? 'other' : data.wish);
  const named =
    wish !== null && (asked === 'confirm' || asked === CORRECTING || (asked === 'phone' && !isWordy(text) && !OF_OTHERS.test(text)));
  return named ? wish : (data.wish ?? wish);
}

/** 他还说要道歉: not what the customer wishes. */
const OF_OTHERS = /^[他她]|师傅|客服/u;

/** In place of a slot: the read-back was not right. */
export const CORRECTING = 'correcting';
const CORRECTS = /不是|不对|错|应该|算是|改|not|wrong|change/iu;

function larger(one: number | null, other: number | null): number | null {
  return one === null || other === null ? (one ?? other) : Math.max(one, other);
}

/** It is not about the ticket it was taken to be about: another of theirs, or none. */
export function withoutTicket(data: ComplaintData): ComplaintData {
  const own = data.own ?? [];
  return { ...data, own, about: null, number: null, aboutPassed: own.length <= 1 };
}
