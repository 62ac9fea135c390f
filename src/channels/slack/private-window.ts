/**
 * What only one person is to see is shown in a window of theirs: it works wherever they clicked, in a channel, on the home
 * page or in another window. Terms: an *asker* is who clicked or typed, with the platform's leave to open a window.
 */
import type { BlockAction } from '@slack/bolt';
import type { Forbidden, StaffMember } from '../../desk/staff-member.ts';
import type { StaffWord } from '../../wording/staff/render.ts';
import { type ModalView, section, window } from './blocks.ts';
import type { StaffSide } from './needs.ts';

export type Asker = {
  readonly userId: string;
  /** Opens one window, within three seconds. */
  readonly triggerId: string;
  /** The window that was clicked in; null: no window. */
  readonly windowId: string | null;
};

type Showing = Pick<StaffSide, 'call' | 'log' | 'word' | 'memberOf'>;

export function askerOf({ user, trigger_id, view }: BlockAction): Asker {
  return { userId: user.id, triggerId: trigger_id, windowId: view?.type === 'modal' ? view.id : null };
}

/** In place of the window that was clicked in, else as a new one. False: the platform did not take it. */
export function showWindow(side: Showing, { triggerId, windowId }: Asker, view: ModalView): Promise<boolean> {
  return windowId === null
    ? called(side, 'views.open', { trigger_id: triggerId, view })
    : called(side, 'views.update', { view_id: windowId, view });
}

/** On top of the window that was clicked in, else as a new one. */
export function openWindow(side: Showing, { triggerId, windowId }: Asker, view: ModalView): Promise<boolean> {
  return called(side, windowId === null ? 'views.open' : 'views.push', { trigger_id: triggerId, view });
}

/** Says one thing. */
export function noteWindow(text: string, word: StaffWord): ModalView {
  return window(word('modal.notice'), word('modal.close'), [section(text)]);
}

/** Who clicked; null when nobody knows them, and they have been told how that is mended. */
export async function memberOrTell(side: Showing, asker: Asker): Promise<StaffMember | null> {
  const member = await side.memberOf(asker.userId);
  if (member === null) await openWindow(side, asker, noteWindow(side.word('who.unknown'), side.word));
  return member;
}

/** What a role lacks. */
export function lackText({ deed }: Forbidden, word: StaffWord): string {
  return word('who.may-not', { need: word(`deed.${deed}`) });
}

async function called(side: Showing, method: string, args: Readonly<Record<string, unknown>>): Promise<boolean> {
  const done = await side.call(method, args);
  if (done.kind === 'ok') return true;
  side.log('slack-window-not-shown', { method, why: done.kind === 'refused' ? done.error : done.kind });
  return false;
}
