/**
 * What becomes of a message that fails every turn that tries it: the turn gives up on what it meant, not on the customer.
 * A person takes over with everything said so far, and a danger in it is still answered.
 */
import type { Danger } from '../domain/danger.ts';
import type { Instant } from '../domain/instant.ts';
import { NEW_CONVERSATION, parseState } from './conversation-state.ts';
import { finish, newDraft, say } from './draft.ts';
import { raisePage } from './effect-rows.ts';
import { openHandoff } from './hand-off.ts';
import type { Inbound } from './message.ts';
import type { ConversationAtRevision, TurnWrite } from './ports.ts';
import type { TurnNeeds } from './turn.ts';

/** The write that answers `messages` by handing over. */
export function surrender(conversation: ConversationAtRevision, messages: readonly Inbound[], now: Instant, needs: TurnNeeds): TurnWrite {
  const draft = newDraft(conversation, parseState(conversation.state) ?? NEW_CONVERSATION, now, needs.timeZone);
  const danger = dangerIn(messages, now, needs);
  if (danger !== null) {
    say(draft, { key: `danger.${danger}`, data: {} });
    raisePage(draft, `danger-${danger}`, null, needs);
  }
  if (conversation.owner === 'bot') {
    say(draft, { key: 'handoff.topic', data: {} });
    try {
      openHandoff(draft, 'bot-failure', needs);
    } catch {
      // What is stored of the dialog can't even be told to a person: it would break every turn after this one as well.
      draft.state = { ...draft.state, stack: [], lastAsked: null };
      openHandoff(draft, 'bot-failure', needs);
    }
  }
  return finish(
    draft,
    messages.map((it) => it.id),
    needs,
  );
}

/** Even of a message that breaks the turn: the danger in it, if it can be read at all. */
function dangerIn(messages: readonly Inbound[], now: Instant, { understand, timeZone }: TurnNeeds): Danger | null {
  try {
    const dangers = messages.map((it) =>
      it.body.kind === 'text' ? understand(it.body.text, { now, timeZone, expects: null }).entities.danger : null,
    );
    return dangers.find((it) => it !== null) ?? null;
  } catch {
    return null;
  }
}
