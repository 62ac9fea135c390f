/**
 * What the bot says of happenings that are no message of the customer: the chat begins, a person comes or goes, a visit
 * draws near or is called off, prices change.
 */
import type { Identifier } from '../domain/identifier.ts';
import { unreachable } from '../domain/unreachable.ts';
import type { Reply, ReplyData } from '../wording/reply.ts';
import { askLink, hearLinkAnswer } from './account-link.ts';
import { tellAnswer, tellArranged, tellMerged } from './by-staff.ts';
import { OPENING_BUTTONS } from './clarify.ts';
import { isLeftOpen } from './conversation-state.ts';
import { type Link, offer, say } from './draft.ts';
import { wordOnTheWait } from './hand-off.ts';
import { forgetLost } from './loose-photos.ts';
import type { ConversationEvent } from './message.ts';
import { scanned } from './scanned.ts';
import { askSurvey } from './survey-due.ts';
import { askAgain, resume } from './tell-dialog.ts';
import { appliancesOf, numberOf, tellOf } from './tell-ticket.ts';
import type { Turn, TurnNeeds } from './turn.ts';
import { waitAgain } from './wait-again.ts';

export async function happened(turn: Turn, happening: ConversationEvent): Promise<void> {
  const { draft, needs } = turn;
  switch (happening.event) {
    case 'conversation-started':
      return await greet(turn);
    case 'released-to-bot':
      draft.state = { ...draft.state, queueNoted: false };
      // Taken up again meanwhile.
      if (draft.owner !== 'bot') return;
      say(draft, { key: 'handoff.back', data: {} });
      return await resume(turn);
    case 'handoff-reopened':
      return await waitAgain(turn);
    case 'agent-silent':
      draft.state = { ...draft.state, queueNoted: false };
      // Somebody else has them already.
      if (draft.owner !== 'queue') return;
      say(draft, { key: 'handoff.agent-silent', data: {} });
      return say(draft, await wordOnTheWait(turn, { next: 'handoff.position.next', ahead: 'handoff.position' }));
    case 'customer-silent':
      draft.state = { ...draft.state, queueNoted: false };
      if (draft.owner !== 'bot') return;
      return say(draft, { key: 'handoff.customer-silent', data: {} });
    case 'customer-quiet':
      return await nudge(turn);
    case 'customer-linked':
      return;
    case 'link-asked':
      return await askLink(turn, happening.linkId);
    case 'link-answered':
      return await hearLinkAnswer(turn, happening);
    case 'messages-refused':
      return say(draft, { key: 'messages-refused', data: {} });
    case 'reminder':
      return await remind(turn, happening);
    case 'price-notice': {
      const ticket = await needs.readings.ticketById(happening.ticketId);
      const day = { as: 'day', value: happening.effectiveFrom } as const;
      return tellOf(turn, ticket, 'price-notice', (it) => ({ key: 'price-notice', data: { ...numberOf(it), day } }));
    }
    case 'visit-changed': {
      const ticket = await needs.readings.ticketById(happening.ticketId);
      if (ticket?.status !== 'cancelled') return;
      return tellOf(turn, ticket, 'change', (it) => ({ key: 'visit.called-off', data: { ...numberOf(it), ...appliancesOf(it) } }));
    }
    case 'visit-arranged':
      return await tellArranged(turn, happening);
    case 'complaint-answered':
      return await tellAnswer(turn, happening);
    case 'ticket-merged':
      return await tellMerged(turn, happening);
    case 'survey-due':
      return await askSurvey(turn, happening);
    case 'product-scanned':
      // The code may be what brought them here.
      if (draft.conversation.revision === 0) offer(draft, greeting(needs), [], [privacyLink(needs)]);
      return await scanned(turn, happening.serial);
    case 'media-lost':
      return await tellOfLoss(turn, happening.attachmentId);
    case 'message-edited':
      // Whoever has the chat: nobody but the customer sees the change.
      return say(draft, { key: 'message-edited', data: {} });
    case 'notices-wanted':
      say(draft, { key: happening.wanted ? 'notices.on' : 'notices.off', data: {} });
      return draft.owner === 'bot' ? await askAgain(turn) : undefined;
    case 'unfollowed':
      return;
    default:
      return unreachable(happening);
  }
}

/** Who comes back in the middle of something is greeted, and goes on with it. */
async function greet(turn: Turn): Promise<void> {
  const { draft, needs } = turn;
  if (draft.owner === 'human') return;
  if (draft.owner === 'queue') return say(draft, await wordOnTheWait(turn, { next: 'handoff.position.next', ahead: 'handoff.position' }));
  const isOpen = draft.state.stack.length > 0;
  offer(draft, greeting(needs), isOpen ? [] : OPENING_BUTTONS, [privacyLink(needs)]);
  if (isOpen) await resume(turn);
}

function greeting({ policy }: TurnNeeds): Reply {
  return { key: 'greeting', data: { company: { as: 'text', value: policy.company } } };
}

/** Once, however much is lost, until they send something again. */
async function tellOfLoss(turn: Turn, attachmentId: Identifier): Promise<void> {
  const { draft } = turn;
  forgetLost(draft, attachmentId);
  if (draft.owner === 'human' || draft.state.lossTold) return;
  draft.state = { ...draft.state, lossTold: true };
  say(draft, { key: 'media-lost', data: {} });
  if (draft.owner === 'bot') await askAgain(turn);
}

/** Once, and only while something is open; the question comes with it, for it may have scrolled away. */
async function nudge(turn: Turn): Promise<void> {
  const { draft } = turn;
  if (draft.owner !== 'bot' || !isLeftOpen(draft.state)) return;
  draft.state = { ...draft.state, nudged: true };
  say(draft, { key: 'nudge', data: {} });
  await askAgain(turn);
}

/** What personal data is for (S2-024), where the first contact is a message and not a greeting that says it. */
export const CONSENT: Reply = { key: 'consent', data: {} };

export function privacyLink({ publicUrl }: Pick<TurnNeeds, 'publicUrl'>): Link {
  return { label: { key: 'choice.privacy', data: {} }, url: `${publicUrl()}/privacy` };
}

/** Of the visit as it is booked now; nothing when it was moved, called off, or has begun. */
async function remind(turn: Turn, { appointmentId, when }: Extract<ConversationEvent, { event: 'reminder' }>): Promise<void> {
  const ticket = await turn.needs.readings.ticketOfVisit(appointmentId);
  const visit = ticket?.visit ?? null;
  if (visit === null || visit.window.from <= turn.draft.now) return;
  const phone: ReplyData = when === 'on-day' ? { phone: { as: 'phone', value: visit.engineer.phone } } : {};
  tellOf(turn, ticket, 'reminder', (it) => ({
    key: `reminder.${when}`,
    data: {
      ...numberOf(it),
      ...(when === 'day-before' ? appliancesOf(it) : {}),
      window: { as: 'window', value: visit.window },
      engineer: { as: 'text', value: visit.engineer.name },
      ...phone,
    },
  }));
}
