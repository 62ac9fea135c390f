/**
 * Windows that are opened by a button of a ticket and filled in: who may is asked before anybody types, what is wrong is said
 * at its input, and what came of it stands in the window itself.
 */
import type { App, ViewOutput } from '@slack/bolt';
import { actorOf, type StaffMember } from '../../desk/staff-member.ts';
import type { Instant } from '../../domain/instant.ts';
import type { ModalView } from './blocks.ts';
import { publishHome } from './home.ts';
import { askerOf, memberOrTell, noteWindow, openWindow } from './private-window.ts';
import { readAgain } from './ticket-actions.ts';
import type { TicketSide } from './ticket-side.ts';
import { doOnce, type Submitted } from './window-once.ts';
import { filledIn } from './window-state.ts';

export type ReadInput = (field: string) => string | null;

export type FormWindow = {
  /** Of the button; its value is what the window is about. */
  readonly actionId: string | RegExp;
  readonly callbackId: string;
  /**
   * Of a window that must not count twice: the entries in the ticket's timeline that say it did. Sent once more, the same window
   * is answered as before. Null: each time counts.
   */
  readonly leaves: readonly string[] | null;
  /** The empty window, or why there is none. */
  readonly open: (member: StaffMember, about: string) => Promise<ModalView>;
  /** `about`: what the window carried. */
  readonly submit: (member: StaffMember, about: string, read: ReadInput) => Promise<Submitted>;
};

/** Adds the button and what is done with the window. */
export function registerFormWindow(app: App, side: TicketSide, { actionId, callbackId, leaves, open, submit }: FormWindow): void {
  const { word } = side;
  app.action({ action_id: actionId, type: 'block_actions' }, async ({ ack, body, action }) => {
    const about = action.type === 'button' ? action.value : undefined;
    const asker = askerOf(body);
    const member = about === undefined ? null : await memberOrTell(side, asker);
    if (member !== null && about !== undefined) await openWindow(side, asker, await open(member, about));
    await ack();
  });

  app.view({ callback_id: callbackId, type: 'view_submission' }, async ({ ack, body, view }) => {
    const member = await side.memberOf(body.user.id);
    if (member === null) return await ack({ response_action: 'update', view: noteWindow(word('who.unknown'), word) });
    const done = await submitted(member, view);
    if (done.kind === 'refused') return await ack({ response_action: 'errors', errors: { ...done.errors } });
    await ack({ response_action: 'update', view: done.view });
    side.soon();
    publishHome(side, body.user.id);
  });

  async function submitted(member: StaffMember, view: ViewOutput): Promise<Submitted> {
    const about = view.private_metadata;
    const work = () => submit(member, about, (field) => filledIn(view, field));
    if (leaves === null) return await work();
    const sent = { id: view.id, contents: JSON.stringify([callbackId, about, view.state.values]) };
    const done = await doOnce(side, member, sent, async (begunBefore) => {
      const isDone = begunBefore !== null && (await hasLeft(leaves, member, about, begunBefore));
      return isDone ? { kind: 'shown', view: await readAgain(side, member, about, word('modal.done-before')) } : await work();
    });
    switch (done.kind) {
      case 'in-progress':
        return { kind: 'refused', errors: { [Object.keys(view.state.values)[0] ?? about]: word('modal.in-progress') } };
      case 'other-contents':
        return { kind: 'shown', view: await readAgain(side, member, about, word('modal.other-contents')) };
      default:
        return done;
    }
  }

  /** A process may have died after it was done and before it could say so. */
  async function hasLeft(types: readonly string[], member: StaffMember, number: string, since: Instant): Promise<boolean> {
    const read = await side.desk.tickets.read(member, number);
    if (read.kind !== 'found') return false;
    return read.ticket.timeline.some((it) => it.at >= since && it.actor === actorOf(member) && types.includes(it.type));
  }
}
