/** What an intent leads to, where it is sure. */
import type { FlowName, Opening } from '../../flows/registry.ts';
import type { Intent } from '../understanding/understood.ts';
import type { ReplyKey } from '../wording/reply.ts';

/** Below this the intent is not acted on. */
export const SURE = 0.6;
/** Below `SURE` and above this, one of these is asked about rather than passed over. */
export const LIKELY = 0.4;

/** What no dialog does: it goes to a person with what is known. */
export const FOR_A_PERSON: ReadonlySet<Intent> = new Set(['invoice']);

type Started = { readonly flow: FlowName; readonly aim: Opening['aim'] };

/** Matters of their own, wherever they come up. */
export const OF_ITS_OWN: Readonly<Partial<Record<Intent, Started>>> = {
  complaint: { flow: 'complaint', aim: null },
  query_warranty: { flow: 'warranty-lookup', aim: null },
};

/** What is wanted of a ticket that is there already. */
export const OF_A_TICKET: Readonly<Partial<Record<Intent, Started>>> = {
  reschedule: { flow: 'appointment-change', aim: 'reschedule' },
  cancel_booking: { flow: 'appointment-change', aim: 'cancel' },
  query_progress: { flow: 'progress', aim: null },
};

export const COURTESIES: Readonly<Partial<Record<Intent, ReplyKey>>> = {
  thanks: 'thanks',
  goodbye: 'goodbye',
  praise: 'praise',
  chitchat: 'chitchat',
  out_of_scope: 'out-of-scope',
  greet: 'greeting.again',
  survey_score: 'survey.after',
};
