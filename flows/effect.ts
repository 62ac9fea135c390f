/**
 * What a dialog asks for. A dialog never does: each step returns effects as data, and the turn writes them all or none.
 * Terms: a *look-up* is a question to the outside whose answer comes back as an event; a *choice* is a button that
 * carries what it means, so a tap, its number and its label are one thing.
 */
import type { Appliance, Fault } from '../src/domain/appliance.ts';
import type { AddressParts, FullAddress, OnSiteContact, PhoneNumber, Serial } from '../src/domain/contact.ts';
import type { Identifier } from '../src/domain/identifier.ts';
import type { Instant } from '../src/domain/instant.ts';
import type { Priority, TicketKind, TicketStatus } from '../src/domain/ticket.ts';
import type { VisitWindow } from '../src/domain/visit-window.ts';
import type { VisitWish } from '../src/domain/visit-wish.ts';
import type { Reply, ReplyData, ReplyKey } from '../src/wording/reply.ts';
import type { DialogEvent } from './dialog-event.ts';
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

export type LookUp =
  | { readonly about: 'record' }
  | { readonly about: 'area'; readonly address: AddressParts }
  | { readonly about: 'shops'; readonly city: string }
  | {
      readonly about: 'windows';
      readonly appliances: readonly Appliance[];
      readonly city: string;
      readonly district: string;
      readonly wishes: readonly VisitWish[] /** Chosen before something else changed: kept when it is still open. */;
      readonly preferred: VisitWindow | null;
    }
  | { readonly about: 'cover'; readonly reports: readonly ReportedFault[]; readonly serviceMode: 'on-site' | 'store' }
  /** An engineer for an offered earliest window, kept while the customer decides. */
  | {
      readonly about: 'hold';
      readonly window: VisitWindow;
      readonly appliances: readonly Appliance[];
      readonly city: string;
      readonly district: string;
    }
  /** An engineer and ticket numbers for a window the customer has confirmed. */
  | {
      readonly about: 'reservation';
      readonly window: VisitWindow;
      readonly appliances: readonly Appliance[];
      readonly city: string;
      readonly district: string;
      readonly held: HeldWindow | null;
      readonly ticketCount: number;
    }
  | { readonly about: 'ticket-numbers'; readonly ticketCount: number };

/** A ticket to be opened. Its id and number were taken by a look-up, so the reply can already name it. */
export type TicketToOpen = {
  readonly id: Identifier;
  readonly number: string;
  readonly kind: TicketKind;
  readonly status: TicketStatus;
  readonly priority: Priority;
  readonly report: ReportedFault | null;
  readonly note: string | null;
  /** The earlier ticket whose fault came back (S2-012). */
  readonly repeatOf: Identifier | null;
};

export type Effect =
  | { readonly kind: 'say'; readonly reply: Reply; readonly choices: readonly DialogChoice[] }
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
  | { readonly kind: 'hold'; readonly held: HeldWindow }
  | { readonly kind: 'release-hold'; readonly appointmentId: Identifier }
  | { readonly kind: 'wait-for-earlier'; readonly from: Instant; readonly to: Instant }
  /** Somebody must phone the customer by a time; belongs to the first ticket of this turn. */
  | { readonly kind: 'contact-task'; readonly reason: string; readonly dueAt: Instant }
  /** A person is needed now; belongs to the first ticket of this turn. */
  | { readonly kind: 'page'; readonly reason: string }
  | { readonly kind: 'hand-off'; readonly reason: string };

export function say(key: ReplyKey, data: ReplyData = {}): Effect {
  return { kind: 'say', reply: { key, data }, choices: [] };
}

export function ask(question: Question): Effect {
  return { kind: 'ask', question };
}
