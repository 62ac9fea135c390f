/**
 * Two accounts become one customer's only when the account known before says that it is so, or a person does (S2-024). The
 * account that has proved a ticket has the question put there; a no takes its proof away and is told to staff.
 */
import type { FlowName } from '../../flows/registry.ts';
import type { Identifier } from '../domain/identifier.ts';
import { HOUR, instantOf } from '../domain/instant.ts';
import { quietUntil } from '../domain/reminder-time.ts';
import type { Reply, ReplyData } from '../wording/reply.ts';
import { askOutside, type Button, type Draft, say } from './draft.ts';
import { raisePage } from './effect-rows.ts';
import { openHandoff, wordOnTheWait } from './hand-off.ts';
import { isProved, linkStanding, openSince } from './link-offer.ts';
import { LINK_ASKED } from './link-words.ts';
import type { ConversationEvent } from './message.ts';
import type { AskedLink } from './ports.ts';
import { askAgain } from './tell-dialog.ts';
import type { Turn } from './turn.ts';

/** Dialogs that show or change a ticket on the strength of its proof. */
const ON_PROOF: ReadonlySet<FlowName> = new Set(['progress', 'appointment-change']);

// ---- the account that asks ----------------------------------------------------------------------------------------

/** The button under the offer: has the question put to the account known before, or to a person where there is none. */
export async function wantLink(turn: Turn, ticketId: Identifier): Promise<void> {
  const { draft, needs } = turn;
  if (!isProved(turn, ticketId)) {
    // Proved once more it may be offered once more.
    draft.state = { ...draft.state, lastAsked: null, linkOffers: draft.state.linkOffers.filter((it) => it.ticketId !== ticketId) };
    return say(draft, { key: 'link.prove-again', data: {} });
  }
  const standing = await linkStanding(turn, ticketId);
  switch (standing.kind) {
    case 'own':
      return say(draft, { key: 'link.own', data: {} });
    case 'asked':
      return say(draft, { key: 'link.asked.already', data: {} });
    case 'refused':
      return say(draft, { key: 'link.declined', data: {} });
    case 'person':
      say(draft, { key: 'link.person', data: {} });
      openHandoff(draft, 'link-wanted', needs, [standing.number]);
      return say(draft, await wordOnTheWait(turn, { next: 'handoff.next', ahead: 'handoff.waiting' }));
    case 'chat': {
      const linkId = needs.makeIdentifier();
      draft.accountLink = { kind: 'ask', linkId, at: draft.now, ticketId, knownAccountId: standing.knownAccountId };
      const details = { link: linkId, channel: draft.conversation.channel };
      draft.ticketEvents.push({ ticketId, at: draft.now, actor: 'customer', type: 'account-link-asked', details });
      const by = instantOf(draft.now + needs.policy.proof.linkHours * HOUR);
      return say(draft, { key: 'link.asked', data: { by: { as: 'moment', value: by, now: draft.now } } });
    }
  }
}

/** The account known before has answered. After a no nothing of the ticket is shown or changed here any more. */
export async function hearLinkAnswer(turn: Turn, answer: Extract<ConversationEvent, { event: 'link-answered' }>): Promise<void> {
  const { draft } = turn;
  const tell = (key: 'link.done' | 'link.declined') => (draft.owner === 'human' ? undefined : say(draft, { key, data: {} }));
  if (answer.isLinked) return tell('link.done');
  const { stack } = draft.state;
  forgetProof(draft, answer.ticketId);
  tell('link.declined');
  if (draft.owner === 'bot' && draft.state.stack.length < stack.length) await askAgain(turn);
}

function forgetProof(draft: Draft, ticketId: Identifier): void {
  const { state } = draft;
  const stack = state.stack.filter((it) => !ON_PROOF.has(it.flow) || !JSON.stringify(it.context).includes(ticketId));
  const offersIt = state.lastAsked?.choices.some((it) => it.means.type === 'LINK_WANTED') === true;
  draft.state = {
    ...state,
    stack,
    proved: state.proved.filter((it) => it.ticketId !== ticketId),
    ticket: state.ticket?.id === ticketId ? null : state.ticket,
    lastAsked: offersIt || stack.length < state.stack.length ? null : state.lastAsked,
  };
}

// ---- the account that is asked ------------------------------------------------------------------------------------

/** Puts the question. While a person has the chat it waits: the round comes back when they are done. */
export async function askLink(turn: Turn, linkId: Identifier): Promise<void> {
  const { draft } = turn;
  const asked = await openQuestion(turn, linkId);
  if (asked === null || draft.owner !== 'bot') return;
  draft.state = { ...draft.state, linkAsked: linkId };
  askOutside(draft, { key: 'link.question', data: factsOf(asked) }, LINK_ASKED, buttonsOf(linkId));
}

/** Said something else than yes or no, or tapped an old button: what it is about, and the two buttons. */
export async function repeatLink(turn: Turn): Promise<void> {
  const { draft } = turn;
  const { linkAsked } = draft.state;
  const asked = linkAsked === null ? null : await openQuestion(turn, linkAsked as Identifier);
  if (asked === null) return await settled(turn, { key: 'link.over', data: {} });
  askOutside(draft, { key: 'link.question.again', data: { channel: factsOf(asked).channel } }, LINK_ASKED, buttonsOf(asked.linkId));
}

/** Yes: one customer from this write on. No: nothing is joined, and staff hear that somebody knows number and phone. */
export async function answerLink(turn: Turn, linkId: Identifier, isMine: boolean): Promise<void> {
  const { draft, needs } = turn;
  const asked = await openQuestion(turn, linkId);
  if (asked === null) return await settled(turn, { key: 'link.over', data: {} });
  draft.accountLink = { kind: 'answer', linkId, at: draft.now, isMine, eventId: needs.makeIdentifier() };
  const { channel, numbers } = factsOf(asked);
  if (isMine) return await settled(turn, { key: 'link.mine', data: { channel } });
  const { now } = draft;
  raisePage(draft, 'link-refused', asked.ticketId, needs, `link-refused:${linkId}`, quietUntil(now, needs.policy, needs.timeZone));
  await settled(turn, { key: 'link.not-mine', data: { numbers } });
}

/** The question is gone, and what stood open before comes again. */
async function settled(turn: Turn, reply: Reply): Promise<void> {
  turn.draft.state = { ...turn.draft.state, linkAsked: null, lastAsked: null };
  say(turn.draft, reply);
  await askAgain(turn);
}

/** Null when nobody waits for an answer of this account any more. */
async function openQuestion({ draft, needs }: Turn, linkId: Identifier): Promise<AskedLink | null> {
  const asked = await needs.readings.askedLink(linkId);
  if (asked === null || !asked.isOpen || asked.knownAccountId !== draft.conversation.accountId) return null;
  return asked.askedAt > openSince(draft.now, needs.policy.proof.linkHours) ? asked : null;
}

function factsOf({ channel, number }: AskedLink) {
  return { channel: { as: 'channel', value: channel }, numbers: { as: 'numbers', value: [number] } } as const satisfies ReplyData;
}

function buttonsOf(linkId: Identifier): readonly Button[] {
  return [
    { label: { key: 'choice.link.mine', data: {} }, means: { type: 'LINK_ANSWERED', linkId, isMine: true } },
    { label: { key: 'choice.link.not-mine', data: {} }, means: { type: 'LINK_ANSWERED', linkId, isMine: false } },
  ];
}
