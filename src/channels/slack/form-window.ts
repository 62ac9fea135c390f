/**
 * Windows that are opened by a button of a ticket and filled in: who may is asked before anybody types, what is wrong is said
 * at its input, and what came of it stands in the window itself.
 */
import type { App } from '@slack/bolt';
import type { StaffMember } from '../../desk/staff-member.ts';
import type { ModalView } from './blocks.ts';
import { publishHome } from './home.ts';
import { askerOf, memberOrTell, noteWindow, openWindow } from './private-window.ts';
import type { TicketSide } from './ticket-side.ts';
import { filledIn } from './window-state.ts';

export type ReadInput = (field: string) => string | null;

export type Submitted =
  | { readonly kind: 'shown'; readonly view: ModalView }
  /** Text by field. */
  | { readonly kind: 'refused'; readonly errors: Readonly<Record<string, string>> };

export type FormWindow = {
  /** Of the button; its value is what the window is about. */
  readonly actionId: string | RegExp;
  readonly callbackId: string;
  /** What must not be done twice: sent once more, the same window is answered as before. */
  readonly isOnce: boolean;
  /** The empty window, or why there is none. */
  readonly open: (member: StaffMember, about: string) => Promise<ModalView>;
  /** `about`: what the window carried. */
  readonly submit: (member: StaffMember, about: string, read: ReadInput) => Promise<Submitted>;
};

const ANSWERED_MAX = 500;

/** Adds the button and what is done with the window. */
export function registerFormWindow(app: App, side: TicketSide, { actionId, callbackId, isOnce, open, submit }: FormWindow): void {
  const once = isOnce ? onceAWindow() : (_: string, work: () => Promise<Submitted>) => work();
  app.action({ action_id: actionId, type: 'block_actions' }, async ({ ack, body, action }) => {
    const about = action.type === 'button' ? action.value : undefined;
    const asker = askerOf(body);
    const member = about === undefined ? null : await memberOrTell(side, asker);
    if (member !== null && about !== undefined) await openWindow(side, asker, await open(member, about));
    await ack();
  });

  app.view({ callback_id: callbackId, type: 'view_submission' }, async ({ ack, body, view }) => {
    const member = await side.memberOf(body.user.id);
    if (member === null) return await ack({ response_action: 'update', view: noteWindow(side.word('who.unknown'), side.word) });
    const done = await once(view.id, () => submit(member, view.private_metadata, (field) => filledIn(view, field)));
    if (done.kind === 'refused') return await ack({ response_action: 'errors', errors: { ...done.errors } });
    await ack({ response_action: 'update', view: done.view });
    side.soon();
    publishHome(side, body.user.id);
  });
}

/**
 * Slack sends a window again when our answer came too late for it and somebody pressed once more. What was refused may be
 * mended and sent again.
 */
function onceAWindow(): (windowId: string, work: () => Promise<Submitted>) => Promise<Submitted> {
  const answered = new Map<string, Promise<Submitted>>();
  return (windowId, work) => {
    const before = answered.get(windowId);
    if (before !== undefined) return before;
    const [oldest] = answered.keys();
    if (oldest !== undefined && answered.size >= ANSWERED_MAX) answered.delete(oldest);
    const done = work();
    answered.set(windowId, done);
    done.then(
      ({ kind }) => kind === 'refused' && answered.delete(windowId),
      () => answered.delete(windowId),
    );
    return done;
  };
}
