/**
 * Pictures that hang on no ticket yet: sent before anybody knew what they are of, or to a dialog that has not opened its
 * ticket. They go with the next ticket this customer opens here, or with the one they have just opened, and with no other.
 */
import type { Identifier } from '../domain/identifier.ts';
import { MINUTE } from '../domain/instant.ts';
import type { Draft } from './draft.ts';

/** So long a picture goes with a matter that is begun after it, and a ticket is the one just opened. */
const TOGETHER_FOR = 30 * MINUTE;
const LOOSE_MAX = 50;

/** Kept, and no more yet. */
export function keepLoose(draft: Draft, attachmentIds: readonly Identifier[]): void {
  const flow = draft.state.stack.at(-1)?.flow ?? null;
  const sent = attachmentIds.map((id) => ({ id, at: draft.now, flow }));
  draft.state = { ...draft.state, loosePhotos: [...draft.state.loosePhotos, ...sent].slice(-LOOSE_MAX) };
}

/** It never came: there is nothing to hang on a ticket. */
export function forgetLost(draft: Draft, attachmentId: Identifier): void {
  draft.state = { ...draft.state, loosePhotos: draft.state.loosePhotos.filter((it) => it.id !== attachmentId) };
}

/** Another matter begins: what was sent long before is not of it. */
export function forgetOldPhotos(draft: Draft): void {
  const loosePhotos = draft.state.loosePhotos.filter((it) => draft.now - it.at <= TOGETHER_FOR);
  draft.state = { ...draft.state, loosePhotos };
}

/**
 * The customer has opened a ticket, or told more of theirs: from now on the chat is about it, and what hangs on nothing goes
 * with it, save what a dialog below was sent.
 */
export function ticketOpened(draft: Draft, ticket: { readonly id: Identifier; readonly number: string }): void {
  const below = draft.state.stack.map((it) => it.flow);
  const left = draft.state.loosePhotos.filter((it) => it.flow !== null && below.includes(it.flow));
  tie(draft, ticket.id, left);
  draft.state = { ...draft.state, ticket, justOpened: { ...ticket, at: draft.now } };
}

/** Outside any dialog: the number of the ticket these pictures now hang on, the one just opened here; null when there is none. */
export function tieToJustOpened(draft: Draft, attachmentIds: readonly Identifier[]): string | null {
  const { justOpened, stack, loosePhotos } = draft.state;
  if (justOpened === null || stack.length > 0 || draft.now - justOpened.at > TOGETHER_FOR) return null;
  const isSent = (id: string) => attachmentIds.some((it) => it === id);
  if (!loosePhotos.some((it) => isSent(it.id))) return null;
  tie(
    draft,
    justOpened.id as Identifier,
    loosePhotos.filter((it) => !isSent(it.id)),
  );
  return justOpened.number;
}

/** It was called off: nothing more goes with it. */
export function ticketCalledOff(draft: Draft, ticketId: Identifier): void {
  if (draft.state.justOpened?.id === ticketId) draft.state = { ...draft.state, justOpened: null };
}

/** Everything but what is left hangs on the ticket. */
function tie(draft: Draft, ticketId: Identifier, left: Draft['state']['loosePhotos']): void {
  const tied = draft.state.loosePhotos.filter((it) => !left.includes(it));
  for (const { id } of tied) draft.evidence.push({ attachmentId: id as Identifier, ticketId });
  draft.state = { ...draft.state, loosePhotos: [...left] };
}
