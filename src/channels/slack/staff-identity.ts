/**
 * Who of the staff a Slack user is: as the settings or an administrator said, else by their e-mail. Somebody the settings name
 * who is not on the staff yet becomes a member at their first word.
 */
import type { StaffAccounts } from '../../desk/staff-chat.ts';
import type { StaffMember } from '../../desk/staff-member.ts';
import type { Identifier } from '../../domain/identifier.ts';
import { type Instant, MINUTE } from '../../domain/instant.ts';
import type { StaffRole } from '../../domain/ticket.ts';
import type { CallSlack } from './api.ts';
import type { MemberOf } from './needs.ts';

export type IdentityNeeds = {
  readonly accounts: StaffAccounts;
  readonly call: CallSlack;
  /** Of the settings. */
  readonly named: readonly { readonly userId: string; readonly email: string; readonly role: StaffRole }[];
  /** Somebody new on the staff; who has the e-mail already stays as they are. */
  readonly admit: (staff: { readonly name: string; readonly email: string; readonly role: StaffRole }) => Promise<void>;
  readonly now: () => Instant;
};

/** Who was looked for in vain is looked for again after this. */
const AGAIN_MILLISECONDS = MINUTE;

type UserInfo = {
  readonly user?: { readonly real_name?: string; readonly profile?: { readonly email?: string; readonly real_name?: string } };
};

/** Looks up who somebody is, at most once a minute at the platform. Throws when it can't be told now. */
export function createMemberOf(needs: IdentityNeeds): MemberOf {
  const { accounts, call, now } = needs;
  const named = new Map(needs.named.map((it) => [it.userId, it]));

  async function byName(userId: string): Promise<StaffMember | null> {
    const it = named.get(userId);
    if (it === undefined) return null;
    const member = await accounts.linkByEmail(userId, it.email, 'settings', now());
    if (member !== null) return member;
    const info = await call<UserInfo>('users.info', { user: userId });
    const user = info.kind === 'ok' ? info.body.user : undefined;
    const name = user?.profile?.real_name ?? user?.real_name ?? it.email.split('@')[0] ?? it.email;
    await needs.admit({ name, email: it.email, role: it.role });
    return await accounts.linkByEmail(userId, it.email, 'settings', now());
  }

  return async (userId) => {
    const found = await accounts.find(userId);
    if (found?.member) return found.member;
    const member = await byName(userId);
    if (member !== null) return member;
    if (found !== null && now() - found.lookedAt < AGAIN_MILLISECONDS) return null;
    const info = await call<UserInfo>('users.info', { user: userId });
    // Nobody is taken for a stranger because the platform had no time: what they did comes again.
    if (info.kind === 'busy' || info.kind === 'unknown') throw new Error('the platform does not say who a user is');
    if (info.kind === 'refused') return null;
    return await accounts.linkByEmail(userId, info.body.user?.profile?.email ?? null, 'email', now());
  };
}

type LookedUp = { readonly user?: { readonly id?: string } };

const LOOK_UPS_MAX = 10;
const KNOWN_MAX = 1_000;

/**
 * Finds by their e-mail those who are called and have never done anything in Slack, so that they can be mentioned: a few at a
 * time, each once while the process lives. Never throws.
 */
export function createMeet({
  accounts,
  call,
  now,
}: Pick<IdentityNeeds, 'accounts' | 'call' | 'now'>): (
  people: readonly { readonly id: Identifier; readonly email: string }[],
) => Promise<void> {
  const met = new Set<Identifier>();
  const meet = async ({ id, email }: { readonly id: Identifier; readonly email: string }): Promise<void> => {
    if ((await accounts.externalIdOf(id)) !== null) return void met.add(id);
    const found = await call<LookedUp>('users.lookupByEmail', { email });
    if (found.kind === 'busy' || found.kind === 'unknown') return;
    met.add(id);
    const userId = found.kind === 'ok' ? found.body.user?.id : undefined;
    if (userId !== undefined) await accounts.linkByEmail(userId, email, 'email', now());
  };
  return async (people) => {
    if (met.size > KNOWN_MAX) met.clear();
    const strangers = people.filter((it) => !met.has(it.id)).slice(0, LOOK_UPS_MAX);
    await Promise.all(strangers.map((it) => meet(it).catch(() => undefined)));
  };
}
