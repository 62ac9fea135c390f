/** What a message comes to: one of these, and nothing has happened yet. */
import type { Answers, CustomerEvent } from '../../flows/dialog-event.ts';
import type { FlowName, Opening } from '../../flows/registry.ts';
import type { PhoneNumber } from '../domain/contact.ts';
import type { Danger } from '../domain/danger.ts';
import type { Identifier } from '../domain/identifier.ts';
import type { AskedEnquiry, FoundEnquiry } from '../understanding/enquiry-search.ts';
import type { Intent, Understood } from '../understanding/understood.ts';
import type { ReplyKey } from '../wording/reply.ts';

export type Topic = 'price' | 'hours' | 'robot' | 'change-fee';

export type Move =
  | { readonly kind: 'danger'; readonly danger: Danger }
  /** 安全了, after the safety text. */
  | { readonly kind: 'safe' }
  /** After a danger, outside any dialog: the number to call. */
  | { readonly kind: 'danger-contact'; readonly phone: PhoneNumber }
  /** A person owns the chat, or will: the bot keeps silent, notes once, or is called back. */
  | { readonly kind: 'silent' }
  | { readonly kind: 'noted' }
  /** 还要等多久: the place in the queue, as often as it is asked. */
  | { readonly kind: 'queue-asked' }
  /** In the queue, something the bot could do at once. */
  | { readonly kind: 'could-do' }
  /** In the queue, hurt or asked to pay somebody privately: a word at once, and staff are told. */
  | { readonly kind: 'grave'; readonly gravity: 'private-payment' | 'injury' | 'offence' }
  /** 不要取消: the visit stays as it is. */
  | { readonly kind: 'kept' }
  | { readonly kind: 'withdrawn' }
  | { readonly kind: 'hand-off'; readonly reason: string; readonly first: ReplyKey | null }
  /** `otherwise` is what it means when the dialog knew all of that already. */
  | { readonly kind: 'event'; readonly event: CustomerEvent; readonly otherwise: CustomerEvent | null }
  | { readonly kind: 'start'; readonly flow: FlowName; readonly aim: Opening['aim']; readonly answers: Answers }
  /** An everyday question, and the same. Two answers where both fit as well. */
  | { readonly kind: 'enquire'; readonly asked: readonly AskedEnquiry[] }
  /** A question in between: answered, then the open question again. */
  | { readonly kind: 'answer'; readonly topic: Topic }
  /** The dialog on top is given up; asked first when something would be lost. */
  | { readonly kind: 'give-up' }
  /** They would rather be called; `phone` is the number they have just given for it. */
  | { readonly kind: 'call-back'; readonly phone: PhoneNumber | null }
  /** While they wait for that call: the number. */
  | { readonly kind: 'call-back-number'; readonly phone: PhoneNumber }
  /** Given up for the same matter begun anew. */
  | { readonly kind: 'anew'; readonly flow: FlowName; readonly answers: Answers; readonly text: string }
  /** 等一下: nothing is asked again until the customer is back. */
  | { readonly kind: 'wait' }
  /** A courtesy, then the open question again. */
  | { readonly kind: 'courtesy'; readonly key: ReplyKey }
  | { readonly kind: 'clarify'; readonly options: readonly Intent[] }
  /** The account is to be put together with the one the ticket's customer has. */
  | { readonly kind: 'want-link'; readonly ticketId: Identifier }
  /** Asked about another account: it is theirs, or not. */
  | { readonly kind: 'answer-link'; readonly linkId: Identifier; readonly isMine: boolean }
  /** Asked about another account, and not answered in so many words: asked again. */
  | { readonly kind: 'repeat-link' };

/** Asked outside any dialog: of which appliance the price is wanted. */
export const PRICE_OF = 'price-of';

/** `enquiry`: the everyday question it plainly is, if it is one; `likely`: the one it is if it is nothing else. */
export type Heard = {
  readonly text: string;
  readonly understood: Understood;
  readonly answers: Answers;
  readonly enquiry: FoundEnquiry;
  readonly likely: FoundEnquiry;
};
