/** Everything the staff's own chat needs stored, over one open store. */
import type { FoundForStaff, StaffAccounts, StaffPosts, ThreadReplies } from '../../desk/staff-chat.ts';
import type { MakeIdentifier } from '../../domain/identifier.ts';
import type { Store } from '../open-store.ts';
import { staffAccountsOn } from './accounts.ts';
import { foundForStaffOn } from './found.ts';
import { lanesOn } from './lanes.ts';
import { postsOn } from './posts.ts';
import { repliesOn } from './replies.ts';

export type StaffChatStore = {
  readonly posts: StaffPosts;
  readonly replies: ThreadReplies;
  readonly accounts: StaffAccounts;
  readonly found: FoundForStaff;
};

/** The ports of `desk/staff-chat.ts`. `channel` names the chat. */
export function staffChatStore(store: Pick<Store, 'pool' | 'seal'>, makeIdentifier: MakeIdentifier, channel: string): StaffChatStore {
  return {
    posts: { ...postsOn(store, makeIdentifier), ...lanesOn(store) },
    replies: repliesOn(store),
    accounts: staffAccountsOn(store, channel),
    found: foundForStaffOn(store),
  };
}
