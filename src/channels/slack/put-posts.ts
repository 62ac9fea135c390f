/** Finds what is to be said in the staff's channels and has no post yet: who waits, what was said, tickets, calls, warnings, the digest. */
import type { FoundForStaff, StaffPosts } from '../../desk/staff-chat.ts';
import type { StaffMember } from '../../desk/staff-member.ts';
import { clockMinutes, localTimeOf } from '../../domain/business-calendar.ts';
import { COMPLAINT_CATEGORIES } from '../../domain/complaint.ts';
import { DAY, instantOf, SECOND } from '../../domain/instant.ts';
import type { PageToSend } from '../../domain/on-call.ts';
import { TICKET_KINDS } from '../../domain/ticket.ts';
import type { StaffSide } from './needs.ts';
import { lanesFor } from './ticket-lane.ts';

export type PutNeeds = Pick<StaffSide, 'desk' | 'policy' | 'timeZone' | 'now' | 'makeIdentifier'> & {
  readonly account: { readonly deskChannel: string | null; readonly urgentChannel: string | null };
  readonly posts: StaffPosts;
  readonly reader: StaffMember;
  readonly found: FoundForStaff;
};

export type PutPosts = {
  readonly round: () => Promise<void>;
  /** The key of the post of this call. */
  readonly page: (page: PageToSend, lane: string) => Promise<string>;
};

const FOUND_MAX = 100;
/** What is older concerns the morning's digest, not the moment. */
const LOOK_BACK_MILLISECONDS = DAY;
const REVIVE_EVERY_MILLISECONDS = 20 * SECOND;
const REVIVE_WITHIN_MILLISECONDS = 30 * DAY;
/** Whoever starts later has missed the morning. */
const DIGEST_WITHIN_MINUTES = 30;

export function createPutPosts(needs: PutNeeds): PutPosts {
  const { account, posts, policy, now, makeIdentifier } = needs;
  const bare = { parentId: null, handoffId: null, messageId: null, ticketId: null, pageId: null } as const;

  const { newTickets, channels } = policy.slack;
  const { deskChannel, urgentChannel } = account;
  // Only what has a channel is looked for: the rest would be found again and again.
  const wanted = {
    kinds: TICKET_KINDS.filter((it) => channels.tickets[it] !== undefined || (deskChannel !== null && newTickets.includes(it))),
    complaintClasses: COMPLAINT_CATEGORIES.filter((it) => channels.complaints[it] !== undefined),
    urgent: urgentChannel !== null || deskChannel !== null,
  };

  async function tickets(): Promise<void> {
    for (const { id, number } of await needs.found.newTickets({
      ...wanted,
      since: instantOf(now() - LOOK_BACK_MILLISECONDS),
      max: FOUND_MAX,
    })) {
      const found = await needs.desk.tickets.read(needs.reader, number);
      const lanes = found.kind === 'found' ? lanesFor(found.ticket, policy, deskChannel, urgentChannel) : [];
      const card = { ...bare, kind: 'ticket', ticketId: id, facts: {} } as const;
      // All at once: the first has the key by which it is known that the ticket has its cards.
      const keyOf = (lane: string) => (lane === lanes[0] ? `ticket:${id}` : `ticket:${id}:${lane}`);
      await posts.put(
        lanes.map((lane) => ({ ...card, id: makeIdentifier(), lane, onceKey: keyOf(lane) })),
        now(),
      );
    }
  }

  async function warnings(desk: string): Promise<void> {
    const found = await needs.found.warnings(instantOf(now() - LOOK_BACK_MILLISECONDS), FOUND_MAX);
    await posts.put(
      found.map(({ clockId, clock, dueAt, ticketId, handoffId, card }) => ({
        ...bare,
        id: makeIdentifier(),
        lane: card?.lane ?? desk,
        kind: 'warning',
        onceKey: `sla-warned:${clockId}`,
        parentId: card?.id ?? null,
        ticketId,
        handoffId,
        facts: { what: 'sla', clock, dueAt },
      })),
      now(),
    );
  }

  async function digest(desk: string): Promise<void> {
    if (policy.slack.digestAt === null) return;
    const { day, minuteOfDay } = localTimeOf(now(), needs.timeZone);
    const late = minuteOfDay - clockMinutes(policy.slack.digestAt);
    if (late < 0 || late > DIGEST_WITHIN_MINUTES || (await posts.isPut(`digest:${day}`))) return;
    await posts.put([{ ...bare, id: makeIdentifier(), lane: desk, kind: 'digest', onceKey: `digest:${day}`, facts: { day } }], now());
  }

  let revivedAt = instantOf(0);

  return {
    round: async () => {
      if (deskChannel !== null) {
        await posts.putHandoffs(deskChannel, now(), FOUND_MAX);
        await posts.putSaid(now(), FOUND_MAX);
        await warnings(deskChannel);
        await digest(deskChannel);
      }
      await tickets();
      if (now() - revivedAt < REVIVE_EVERY_MILLISECONDS) return;
      revivedAt = now();
      await posts.revive(instantOf(now() - REVIVE_WITHIN_MILLISECONDS));
    },

    page: async ({ id, send, roster }, lane) => {
      const facts = { what: 'page', send, roster: roster.map((it) => it.id) };
      const card = send === 1 ? null : await posts.cardOfPage(id);
      // The same send tried again is the same post.
      const onceKey = card === null ? `page:${id}` : `page:${id}:${send}`;
      const post = card === null ? ({ ...bare, kind: 'page' } as const) : ({ ...bare, kind: 'warning', parentId: card } as const);
      await posts.put([{ ...post, id: makeIdentifier(), lane, onceKey, pageId: id, facts }], now());
      return onceKey;
    },
  };
}
