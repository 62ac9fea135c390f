/**
 * A chat goes from one member to another without the customer waiting again. Who has it gives it, or an administrator for
 * them; who gets it must be allowed to act.
 */
import type { Identifier, MakeIdentifier } from '../domain/identifier.ts';
import type { Instant } from '../domain/instant.ts';
import { changeBy } from './change.ts';
import { type Handoff, type HandoffRow, type Held, heldBy, maskedHandoff, type NotYours } from './handoff.ts';
import { type ChatWord, whoHelps } from './handoff-words.ts';
import { type Forbidden, refusal, type StaffMember, type StaffName } from './staff-member.ts';

type TransferRefused =
  | NotYours
  | { readonly kind: 'no-such-staff' }
  /** Their role does not cover acting at the desk. */
  | { readonly kind: 'cannot-act'; readonly staff: StaffName };

export type HandoffTransfers = {
  /** Null when nobody of the staff has the id. */
  readonly member: (staffId: Identifier) => Promise<StaffMember | null>;
  /**
   * One transaction: another owner, who has the policy's whole time from then, and `word` in the chat. To whoever has it
   * already nothing changes, and `isNew` is false.
   */
  readonly transfer: (
    held: Held,
    to: StaffName,
    word: ChatWord,
  ) => Promise<{ readonly kind: 'transferred'; readonly handoff: HandoffRow; readonly isNew: boolean } | NotYours>;
};

/** The handoff as it is afterwards; the customer is told who goes on. */
export type TransferByStaff = (
  member: StaffMember,
  handoffId: Identifier,
  to: Identifier,
) => Promise<{ readonly kind: 'transferred'; readonly handoff: Handoff } | TransferRefused | Forbidden>;

/** Giving a chat to somebody else. */
export function transferByStaff(needs: {
  readonly transfers: HandoffTransfers;
  readonly deliverSoon: (conversationId: Identifier) => void;
  readonly timeZone: string;
  readonly now: () => Instant;
  readonly makeIdentifier: MakeIdentifier;
}): TransferByStaff {
  return async (member, handoffId, to) => {
    const no = refusal(member, 'desk.act');
    if (no) return no;
    const receiver = await needs.transfers.member(to);
    if (receiver === null) return { kind: 'no-such-staff' };
    const staff = { id: receiver.id, name: receiver.name };
    if (refusal(receiver, 'desk.act') !== null) return { kind: 'cannot-act', staff };
    const change = changeBy(member, needs.now(), 'handoff.transfer', `handoff:${handoffId}`, { to });
    const word = whoHelps('handoff.transferred', staff, needs);
    const done = await needs.transfers.transfer(heldBy(member, handoffId, change), staff, word);
    if (done.kind !== 'transferred') return done;
    if (done.isNew) needs.deliverSoon(done.handoff.conversationId);
    return { kind: 'transferred', handoff: maskedHandoff(done.handoff, change.at) };
  };
}
