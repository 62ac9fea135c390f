/**
 * What a dialog asks for. A dialog never does: each step returns effects as data, and the turn writes them all or none.
 * Terms: a *look-up* is a question to the outside whose answer comes back as an event; a *choice* is a button that
 * carries what it means, so a tap, its number and its label are one thing.
 */
import type { Appliance, Fault } from '../src/domain/appliance.ts';
import type { ComplaintCategory, ComplaintForm, ComplaintType, ComplaintWish, Gravity } from '../src/domain/complaint.ts';
import type { AddressParts, FullAddress, OnSiteContact, PhoneNumber, Serial } from '../src/domain/contact.ts';
import type { ToldOfPurchase } from '../src/domain/cover.ts';
import type { EngineerWish } from '../src/domain/engineer-wish.ts';
import type { Identifier } from '../src/domain/identifier.ts';
import type { Instant } from '../src/domain/instant.ts';
import type { KnownTicket, KnownVisit } from '../src/domain/known-ticket.ts';
import type { SurveyAnswers } from '../src/domain/survey.ts';
import type { Cover, ProductOnRecord } from '../src/domain/terms.ts';
import type { Priority, TicketKind, TicketStatus } from '../src/domain/ticket.ts';
import type { VisitWindow } from '../src/domain/visit-window.ts';
import type { VisitWish } from '../src/domain/visit-wish.ts';
import type { Reply, ReplyData, ReplyKey } from '../src/wording/reply.ts';
import type { Answers, DialogEvent } from './dialog-event.ts';
import type { BookedEngineer, HeldWindow } from './held-window.ts';

export type DialogChoice = { readonly label: Reply; readonly means: DialogEvent };

/** A question: the slot it waits for, how it is put, and the buttons under it. */
export type Question = { readonly asking: string; readonly reply: Reply; readonly choices: readonly DialogChoice[] };

/** A repair as it will stand on its ticket. */
export type ReportedFault = {
  readonly appliance: Appliance;
  readonly faults: readonly Fault[];
  /** The customer's own words (S2-006). */
  readonly text: string;
  readonly model: string | null;
  readonly serial: Serial | null;
  readonly errorCode: string | null;
};

/** Where and for what an engineer is looked for. */
type Job = {
  readonly appliances: readonly Appliance[];
  readonly city: string;
  readonly district: string;
  readonly engineerWish: EngineerWish | null;
};

export type LookUp =
  | { readonly about: 'record' }
  | { readonly about: 'area'; readonly address: AddressParts }
  | { readonly about: 'shops'; readonly city: string }
  | ({
      readonly about: 'windows';
      readonly wishes: readonly VisitWish[];
      /** Chosen before something else changed: kept when it is still open. */
      readonly preferred: VisitWindow | null;
      /** The visit that would be given up: its engineer counts as free, its own time is not offered again. */
      readonly instead: KnownVisit | null;
    } & Job)
  | {
      readonly about: 'cover';
      readonly reports: readonly ReportedFault[];
      readonly serviceMode: 'on-site' | 'store';
      readonly told: ToldOfPurchase;
    }
  /** An engineer for an offered earliest window, kept while the customer decides. */
  | ({ readonly about: 'hold'; readonly window: VisitWindow } & Job)
  /** An engineer and ticket numbers for a window the customer has confirmed. */
  | ({
      readonly about: 'reservation';
      readonly window: VisitWindow;
      readonly held: HeldWindow | null;
      readonly instead: KnownVisit | null;
      readonly ticketCount: number;
      /** How soon a visit is promised (S2-004). */
      readonly priority: Priority;
    } & Job)
  | { readonly about: 'ticket-numbers'; readonly ticketCount: number }
  /** The tickets of the account that asks. */
  | { readonly about: 'own-tickets' }
  /** A ticket by its number and the full phone it was opened with; wrong tries are counted. */
  | { readonly about: 'proof'; readonly number: string; readonly phone: PhoneNumber }
  | { readonly about: 'clock' }
  /** The ticket as it is now, before its visit is changed. */
  | { readonly about: 'ticket'; readonly ticketId: Identifier }
  /** The products of the customer's record. */
  | { readonly about: 'products' }
  /** What covers a product: one of a serial or of the record, or an appliance with what is said of its purchase. */
  | {
      readonly about: 'warranty';
      readonly product: WarrantyProduct;
      readonly told: Pick<ToldOfPurchase, 'purchasedOn' | 'hasProof'>;
      /** They were asked when it was bought, and do not know. */
      readonly dateLost: boolean;
      /** For the repair warranty: what is wrong now; null when nothing was said of it. */
      readonly faults: readonly Fault[] | null;
    }
  /** How much a complaint weighs, who answers it by when, and whether it is the second on its matter. */
  | {
      readonly about: 'complaint';
      readonly category: ComplaintCategory;
      readonly types: readonly ComplaintType[];
      readonly gravities: readonly Gravity[];
      readonly amountYuan: number | null;
      readonly form: ComplaintForm;
      readonly aboutTicketId: Identifier | null;
      readonly appliance: Appliance | null;
    };

export type WarrantyProduct =
  | { readonly by: 'serial'; readonly serial: Serial }
  | { readonly by: 'record'; readonly product: ProductOnRecord }
  | { readonly by: 'appliance'; readonly appliance: Appliance; readonly brand: string | null; readonly model: string | null };

export type TicketRelation = 'repeat-of' | 'recheck-of' | 'about';

/** A complaint to be filed. Its number is taken in the write itself (gapless): sentences name it as `NUMBER_TO_COME`. */
export type ComplaintToOpen = {
  readonly ticketId: Identifier;
  readonly form: ComplaintForm;
  readonly category: ComplaintCategory;
  readonly types: readonly ComplaintType[];
  readonly gravities: readonly Gravity[];
  readonly wish: ComplaintWish | null;
  readonly department: string;
  readonly priority: Priority;
  readonly aboutTicketId: Identifier | null;
  readonly appliance: Appliance | null;
  /** Of the product, as the customer told them (S4-004). */
  readonly model: string | null;
  readonly serial: Serial | null;
  readonly purchasedOn: string | null;
  /** A number the customer told that is none of theirs, for staff to look at. */
  readonly note: string | null;
  readonly answerBy: Instant;
  readonly resolveBy: Instant;
};

/** A ticket to be opened. Its id and number were taken by a look-up, so the reply can already name it. */
export type TicketToOpen = {
  readonly id: Identifier;
  readonly number: string;
  readonly kind: TicketKind;
  readonly status: TicketStatus;
  readonly priority: Priority;
  readonly report: ReportedFault | null;
  readonly note: string | null;
  /** The earlier ticket whose fault came back (S2-012), that is looked at again (S2-055), or that it is about. */
  readonly relatedTo: { readonly ticketId: Identifier; readonly as: TicketRelation } | null;
  /** When the next promise to the customer falls due; null leaves it to the rules of its kind. */
  readonly dueAt: Instant | null;
  /** The price list the customer was told from (S2-001); null when nothing was said of money. */
  readonly priceVersion: string | null;
  /** The cover the customer was told of, for who dispatches it (S4-015); null when none was. */
  readonly cover: Cover['kind'] | null;
};

export type Effect =
  /** `sure`: it has to reach the customer, by another way when the channel can't. */
  | { readonly kind: 'say'; readonly reply: Reply; readonly sure: 'confirmation' | 'change' | null }
  | { readonly kind: 'ask'; readonly question: Question }
  | { readonly kind: 'look-up'; readonly lookUp: LookUp }
  | {
      readonly kind: 'open-tickets';
      readonly tickets: readonly TicketToOpen[];
      readonly customer: { readonly name: string | null; readonly phone: PhoneNumber | null };
      readonly address: FullAddress | null;
      readonly area: { readonly province: string | null; readonly city: string | null; readonly district: string | null };
      readonly contact: OnSiteContact | null;
    }
  | {
      readonly kind: 'book';
      readonly appointmentId: Identifier;
      readonly engineer: BookedEngineer;
      readonly window: VisitWindow;
      readonly held: boolean;
    }
  /** The visit moves: the old window is free in the write that takes the new one (S2-018). */
  | {
      readonly kind: 'rebook';
      readonly ticket: KnownTicket;
      readonly visit: KnownVisit;
      readonly appointmentId: Identifier;
      readonly engineer: BookedEngineer;
      readonly window: VisitWindow;
    }
  /** The visit is called off, its tickets with it. */
  | { readonly kind: 'call-off'; readonly ticket: KnownTicket; readonly visit: KnownVisit; readonly feeYuan: number }
  | { readonly kind: 'open-complaint'; readonly complaint: ComplaintToOpen; readonly statement: string; readonly phone: PhoneNumber | null }
  /** Said once more of a matter that is complained of already; it may weigh more now. */
  | {
      readonly kind: 'join-complaint';
      readonly ticketId: Identifier;
      readonly number: string;
      readonly statement: string;
      readonly priority: Priority;
      readonly gravities: readonly Gravity[];
      readonly wish: ComplaintWish | null;
    }
  /** All that is known of the answers, each time one more is; `done` when nothing more is asked. */
  | {
      readonly kind: 'answer-survey';
      /** What it is about, whose timeline tells of it. */
      readonly ticketId: Identifier | null;
      readonly surveyId: Identifier;
      readonly answers: SurveyAnswers;
      readonly recheckTicketId: Identifier | null;
      readonly done: boolean;
    }
  /** What was sent becomes evidence of a ticket; null is the first ticket of this turn. */
  | { readonly kind: 'attach'; readonly attachmentIds: readonly Identifier[]; readonly ticketId: Identifier | null }
  /** What was found out belongs to the booking below, which goes on with it. */
  | { readonly kind: 'tell-below'; readonly answers: Answers }
  /** Another dialog follows this one, which has ended. */
  | { readonly kind: 'start'; readonly flow: 'repair-booking'; readonly answers: Answers; readonly text: string }
  | { readonly kind: 'wrong-proof'; readonly number: string; readonly phone: PhoneNumber }
  | { readonly kind: 'hold'; readonly held: HeldWindow }
  | { readonly kind: 'release-hold'; readonly appointmentId: Identifier }
  | { readonly kind: 'wait-for-earlier'; readonly from: Instant; readonly to: Instant }
  /**
   * Somebody must phone the customer by a time. `ticketId` null is the first ticket of this turn; the same `onceKey` is one
   * task, however often it is asked for.
   */
  | {
      readonly kind: 'contact-task';
      readonly reason: string;
      readonly dueAt: Instant;
      readonly ticketId: Identifier | null;
      readonly onceKey: string | null;
    }
  /** A person is needed now; ticket and key as above. */
  | { readonly kind: 'page'; readonly reason: string; readonly ticketId: Identifier | null; readonly onceKey: string | null }
  /** The same, but it can wait until the quiet hours are over. */
  | { readonly kind: 'tell-staff'; readonly reason: string; readonly ticketId: Identifier | null; readonly onceKey: string | null }
  /**
   * A person takes over; `first` is said before the word on the wait. `phone` finds the tickets staff may want to link.
   * A dialog that `waits` goes on where it was when the chat is given back.
   */
  | {
      readonly kind: 'hand-off';
      readonly reason: string;
      readonly first: ReplyKey;
      readonly phone: PhoneNumber | null;
      readonly waits: boolean;
    };

export function say(key: ReplyKey, data: ReplyData = {}, sure: 'confirmation' | 'change' | null = null): Effect {
  return { kind: 'say', reply: { key, data }, sure };
}

export const HANDED_OVER: Effect = { kind: 'hand-off', reason: 'misses', first: 'handoff.misses', phone: null, waits: true };

export function ask(question: Question): Effect {
  return { kind: 'ask', question };
}
