/** The buttons of a handoff's card: each does what the desk does, and tells the one who pressed it what came of it. */
import type { App, BlockAction } from '@slack/bolt';
import type { NotYours } from '../../desk/handoff.ts';
import type { Forbidden, StaffMember } from '../../desk/staff-member.ts';
import { type Identifier, parseIdentifier } from '../../domain/identifier.ts';
import { unreachable } from '../../domain/unreachable.ts';
import { choice, form, input, option } from './blocks.ts';
import { HANDOFF_ACTIONS } from './handoff-card.ts';
import type { StaffSide } from './needs.ts';
import { escapeSlack } from './slack-text.ts';
import type { TellPrivately, Where } from './thread-private.ts';
import { filledIn } from './window-state.ts';

export type HandoffSide = StaffSide & { readonly tell: TellPrivately };

type Pressed = {
  readonly member: StaffMember;
  readonly handoffId: Identifier;
  readonly triggerId: string;
  /** What comes of it is said there. */
  readonly where: Where;
};

const TRANSFER = 'handoff_transfer';
const TO = 'to';
const STAFF_MAX = 100;

/** Adds the buttons and the window in which a colleague is chosen. */
export function registerHandoffs(app: App, side: HandoffSide): void {
  const { desk, word } = side;
  const on = (actionId: string, work: (pressed: Pressed) => Promise<string | null>) =>
    app.action({ action_id: actionId, type: 'block_actions' }, async ({ ack, body, action }) => {
      const handoffId = action.type === 'button' ? parseIdentifier(action.value ?? '') : null;
      if (handoffId !== null) await press(body, handoffId, work);
      await ack();
    });

  async function press(body: BlockAction, handoffId: Identifier, work: (pressed: Pressed) => Promise<string | null>): Promise<void> {
    const where = whereOf(body);
    const member = await side.memberOf(body.user.id);
    if (member === null) return side.tell.unknownWriter(where);
    const text = await work({ member, handoffId, triggerId: body.trigger_id, where });
    side.soon();
    if (text !== null) side.tell.say(where, text);
  }

  on(HANDOFF_ACTIONS.claim, async ({ member, handoffId }) => {
    const done = await desk.handoffs.claim(member, handoffId);
    switch (done.kind) {
      case 'claimed':
        return word('claim.mine');
      case 'claimed-by-another':
        return word('claim.other', { owner: escapeSlack(done.owner.name) });
      case 'already-resolved':
        return word('claim.over');
      case 'no-such-handoff':
      case 'forbidden':
        return whyNot(done);
      default:
        return unreachable(done);
    }
  });

  const release = (to: 'bot' | 'queue') => async (pressed: Pressed) => {
    const done = await desk.handoffs.release(pressed.member, pressed.handoffId, to);
    return done.kind === 'put-down' ? word(to === 'bot' ? 'release.done' : 'requeue.done') : whyNot(done);
  };
  on(HANDOFF_ACTIONS.release, release('bot'));
  on(HANDOFF_ACTIONS.requeue, release('queue'));

  on(HANDOFF_ACTIONS.resolve, async ({ member, handoffId }) => {
    const done = await desk.handoffs.resolve(member, handoffId, { outcome: 'resolved', note: null });
    switch (done.kind) {
      case 'put-down':
        return word('resolve.done');
      case 'text-refused':
        return word('deed.failed');
      default:
        return whyNot(done);
    }
  });

  on(HANDOFF_ACTIONS.transfer, async ({ member, handoffId, triggerId, where }) => {
    const listed = await desk.staff.list(member);
    if (listed.kind !== 'listed') return word('deed.forbidden');
    const others = listed.items.filter((it) => it.id !== member.id && CAN_ACT.has(it.role)).slice(0, STAFF_MAX);
    if (others.length === 0) return word('transfer.nobody');
    const menu = choice(
      others.map((it) => option(it.name, it.id)),
      null,
      word('transfer.to'),
    );
    const view = form({
      callbackId: TRANSFER,
      title: word('transfer.title'),
      submit: word('transfer.send'),
      close: word('transfer.cancel'),
      carries: [handoffId, where.lane, where.threadTs].join(' '),
      blocks: [input(TO, word('transfer.to'), menu)],
    });
    const called = await side.call('views.open', { trigger_id: triggerId, view });
    return called.kind === 'ok' ? null : word('deed.failed');
  });

  app.view(TRANSFER, async ({ ack, body, view }) => {
    const [about = '', lane = '', threadTs = ''] = view.private_metadata.split(' ');
    const handoffId = parseIdentifier(about);
    const to = parseIdentifier(filledIn(view, TO) ?? '');
    const member = await side.memberOf(body.user.id);
    if (handoffId === null || to === null || member === null)
      return await ack({ response_action: 'errors', errors: { [TO]: word(member === null ? 'deed.forbidden' : 'deed.failed') } });
    const done = await desk.handoffs.transfer(member, handoffId, to);
    side.soon();
    if (done.kind === 'transferred') {
      side.tell.say({ lane, threadTs, userId: body.user.id }, word('transfer.done', { name: escapeSlack(done.handoff.owner?.name ?? '') }));
      return await ack();
    }
    const why = done.kind === 'no-such-staff' || done.kind === 'cannot-act' ? word('transfer.cannot') : whyNot(done);
    await ack({ response_action: 'errors', errors: { [TO]: why } });
  });

  function whyNot(no: NotYours | Forbidden): string {
    switch (no.kind) {
      case 'forbidden':
        return word('deed.forbidden');
      case 'claimed-by-another':
        return word('deed.not-yours', { owner: escapeSlack(no.owner.name) });
      case 'not-claimed':
        return word('deed.not-claimed');
      case 'no-such-handoff':
        return word('deed.gone');
      default:
        return unreachable(no);
    }
  }
}

/** Who may be given a chat; the desk decides again. */
const CAN_ACT: ReadonlySet<string> = new Set(['agent', 'dispatcher', 'admin']);

/** The card's own thread: what is said to one person stands where they look. */
function whereOf({ user, channel, message }: BlockAction): Where {
  return { lane: channel?.id ?? '', threadTs: message?.['thread_ts'] ?? message?.ts ?? '', userId: user.id };
}
