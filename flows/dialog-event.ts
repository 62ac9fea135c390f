/** What can happen to a dialog: the customer says something, or a look-up answers. Names say what happened. */
import type { Appliance, Fault } from '../src/domain/appliance.ts';
import type { ComplaintCategory, ComplaintType, ComplaintWish, Gravity } from '../src/domain/complaint.ts';
import type { AddressParts, OnSiteContact, PhoneNumber, Serial } from '../src/domain/contact.ts';
import type { EngineerWish } from '../src/domain/engineer-wish.ts';
import type { Exclusion } from '../src/domain/exclusion.ts';
import type { Identifier } from '../src/domain/identifier.ts';
import type { Instant } from '../src/domain/instant.ts';
import type { KnownTicket } from '../src/domain/known-ticket.ts';
import type { AreaMatch } from '../src/domain/service-area.ts';
import type { Cover, ProductOnRecord } from '../src/domain/terms.ts';
import type { Language, Priority } from '../src/domain/ticket.ts';
import type { VisitWindow, WishRefusal } from '../src/domain/visit-window.ts';
import type { VisitWish } from '../src/domain/visit-wish.ts';
import type { WarrantyAnswer } from '../src/domain/warranty.ts';
import type { BookedEngineer, HeldWindow } from './held-window.ts';
import type { CustomerOnRecord } from './on-record.ts';

/** One appliance and what is said of it; either may be missing in a message. */
export type FaultReport = {
  readonly appliance: Appliance | null;
  readonly faults: readonly Fault[];
  /** The customer's words about this fault, null when none describe one. */
  readonly text: string | null;
  readonly errorCode: string | null;
};

/** Everything a message states that some slot may want. Empty lists and nulls where it states nothing. */
export type Answers = {
  readonly reports: readonly FaultReport[];
  /** The message takes back something said before: 不对,是冰箱. */
  readonly corrects: boolean;
  readonly serviceMode: 'on-site' | 'store' | null;
  readonly address: AddressParts | null;
  readonly phone: PhoneNumber | null;
  readonly name: string | null;
  readonly model: string | null;
  readonly serial: Serial | null;
  readonly brand: string | null;
  readonly contact: OnSiteContact | null;
  readonly wishes: readonly VisitWish[];
  readonly engineerWish: EngineerWish | null;
  /** As printed: BX-20261120-0031. */
  readonly ticketNumber: string | null;
  /** Food thawing, an infant, an old person, heat: priority high. */
  readonly hardship: string | null;
  /** `YYYY-MM-DD` or `YYYY-MM`. */
  readonly purchasedOn: string | null;
  /** Whether the customer has an invoice, order or warranty card. */
  readonly hasProof: boolean | null;
  readonly exclusion: Exclusion | 'none' | null;
  readonly complaintTypes: readonly ComplaintType[];
  readonly category: ComplaintCategory | null;
  readonly wish: ComplaintWish | null;
  readonly gravities: readonly Gravity[];
  /** The largest sum of money that is named. */
  readonly amountYuan: number | null;
  /** 1 to 5. */
  readonly score: number | null;
  /** What the survey asks about is solved, or not. */
  readonly resolved: boolean | null;
  /** Nothing was lost, they say, and nothing is asked for. */
  readonly lossless: boolean;
};

/** A message that states nothing any slot wants. */
export const NOTHING_SAID: Answers = {
  reports: [],
  corrects: false,
  serviceMode: null,
  address: null,
  phone: null,
  name: null,
  model: null,
  serial: null,
  brand: null,
  contact: null,
  wishes: [],
  engineerWish: null,
  ticketNumber: null,
  hardship: null,
  purchasedOn: null,
  hasProof: null,
  exclusion: null,
  complaintTypes: [],
  category: null,
  wish: null,
  gravities: [],
  amountYuan: null,
  score: null,
  resolved: null,
  lossless: false,
};

export type CustomerEvent =
  | { readonly type: 'ANSWERED'; readonly answers: Answers; readonly text: string }
  | { readonly type: 'WINDOW_CHOSEN'; readonly window: VisitWindow }
  | { readonly type: 'ANOTHER_WINDOW_WANTED' }
  | { readonly type: 'TICKET_CHOSEN'; readonly ticketId: Identifier }
  | { readonly type: 'CHANGE_CHOSEN'; readonly change: 'reschedule' | 'cancel' }
  | { readonly type: 'ANOTHER_ADDRESS_WANTED' }
  /** Pictures or files, kept already under these ids. */
  | { readonly type: 'PHOTOS_SENT'; readonly attachmentIds: readonly Identifier[] }
  /** One of the products on record. */
  | { readonly type: 'PRODUCT_CHOSEN'; readonly product: ProductOnRecord }
  /** After a warranty answer: a repair with the cover it gives, or the answer looked at again by a person (S2-052). */
  | { readonly type: 'NEXT_CHOSEN'; readonly next: 'book' | 'appeal' | 'nothing' }
  /** A button beside a question: somebody real, now. */
  | { readonly type: 'PERSON_WANTED' }
  | { readonly type: 'AFFIRMED' }
  | { readonly type: 'DENIED' }
  | { readonly type: 'SKIPPED' }
  | { readonly type: 'WENT_BACK' }
  | { readonly type: 'REPEAT_ASKED' }
  | { readonly type: 'RESTARTED' }
  | { readonly type: 'CANCELLED' }
  | { readonly type: 'NOT_UNDERSTOOD' }
  /** The dialog is on top again after an interruption, or its question was put off by another answer. */
  | { readonly type: 'RESUMED' };

/** The domain's `WindowOffer` as a dialog keeps it: windows only, whoever could take them. */
export type OfferedWindows =
  | { readonly kind: 'exact'; readonly window: VisitWindow }
  | { readonly kind: 'offer'; readonly windows: readonly VisitWindow[] }
  | { readonly kind: 'nearest'; readonly windows: readonly VisitWindow[]; readonly reason: WishRefusal }
  | {
      readonly kind: 'earliest';
      readonly window: VisitWindow;
      readonly fromWished: Instant;
      readonly toWished: Instant;
      readonly reason: 'full' | 'too-soon';
    }
  | { readonly kind: 'none' };

/** What became of a wish for an engineer, or against one, when the windows were looked for. */
export type WishedEngineer = {
  readonly kind: 'already' | 'comes' | 'full' | 'unknown' | 'kept-away' | 'nobody-else';
  readonly name: string;
};

export type LookUpAnswer =
  | { readonly type: 'RECORD_FOUND'; readonly record: CustomerOnRecord | null }
  | { readonly type: 'AREA_FOUND'; readonly area: AreaMatch; readonly callBackBy: Instant; readonly now: Instant }
  | {
      readonly type: 'SHOPS_FOUND';
      readonly shops: readonly { readonly name: string; readonly address: string; readonly opens: string; readonly closes: string }[];
    }
  | { readonly type: 'WINDOWS_FOUND'; readonly offer: OfferedWindows; readonly wished: WishedEngineer | null }
  | { readonly type: 'COVER_FOUND'; readonly covers: readonly Cover[] }
  | { readonly type: 'WINDOW_HELD'; readonly held: HeldWindow }
  | {
      readonly type: 'WINDOW_RESERVED';
      readonly appointmentId: Identifier;
      readonly engineer: BookedEngineer;
      readonly fromHold: boolean;
      /** False when even the earliest window anybody has is later than a visit is promised (S2-004). */
      readonly promiseKept: boolean;
      readonly tickets: readonly { readonly id: Identifier; readonly number: string }[];
    }
  | { readonly type: 'WINDOW_TAKEN'; readonly nearest: readonly VisitWindow[] }
  | {
      readonly type: 'NUMBERS_TAKEN';
      readonly tickets: readonly { readonly id: Identifier; readonly number: string }[];
      readonly callBackBy: Instant;
      readonly now: Instant;
    }
  | { readonly type: 'TICKETS_FOUND'; readonly tickets: readonly KnownTicket[]; readonly now: Instant }
  | { readonly type: 'TICKET_PROVED'; readonly ticket: KnownTicket; readonly now: Instant }
  /** Number and phone don't belong together, or there were too many tries; never which. */
  | { readonly type: 'PROOF_REFUSED'; readonly triesLeft: number; readonly counts: boolean }
  | { readonly type: 'TICKET_READ'; readonly ticket: KnownTicket | null; readonly now: Instant; readonly lateAnswerBy: Instant }
  | { readonly type: 'PRODUCTS_FOUND'; readonly products: readonly ProductOnRecord[] }
  | { readonly type: 'WARRANTY_FOUND'; readonly answer: WarrantyAnswer; readonly now: Instant }
  | {
      readonly type: 'COMPLAINT_WEIGHED';
      /** An open complaint of this customer on the same matter, with how often it was complained of so far. */
      readonly earlier: { readonly ticketId: Identifier; readonly number: string; readonly count: number } | null;
      readonly ticketId: Identifier;
      readonly priority: Priority;
      readonly gravities: readonly Gravity[];
      /** Its name as policy has it, and in English. */
      readonly department: Readonly<Record<Language, string>>;
      readonly answerBy: Instant;
      readonly resolveBy: Instant;
      readonly now: Instant;
    }
  | { readonly type: 'CLOCK_READ'; readonly now: Instant; readonly callBackBy: Instant; readonly lateAnswerBy: Instant };

export type DialogEvent = CustomerEvent | LookUpAnswer;
