/** What may come of an account's wish to belong to another customer, and what an account was asked about another. */
import type { Identifier } from '../domain/identifier.ts';
import { instantOf } from '../domain/instant.ts';
import type { ChatChannel } from '../domain/ticket.ts';
import type { LinkStanding, Readings } from '../turn/ports.ts';
import { type Connection, query, timestamp } from './connection.ts';
import { lastUsed } from './last-used.ts';

/** So many questions may stand open before one customer. */
const OPEN_MAX = 3;

export function accountLinkReadingsOn({ pool }: Connection): Pick<Readings, 'linkStanding' | 'askedLink'> {
  return {
    linkStanding: async (accountId, ticketId, since) => {
      const [row] = await query<StandingRow>(pool, STANDING, [accountId, ticketId, timestamp(since)]);
      if (!row) throw new Error('invariant: account and ticket are there');
      return standingOf(row);
    },
    askedLink: async (linkId) => {
      const [row] = await query<AskedRow>(pool, ASKED, [linkId]);
      return row ? { ...row, askedAt: instantOf(row.askedAt.getTime()) } : null;
    },
  };
}

type StandingRow = {
  readonly number: string;
  readonly is_own: boolean;
  readonly is_refused: boolean;
  readonly is_asked: boolean;
  readonly unanswered_since: Date | null;
  /** Questions to the ticket's customer that are open, or were answered with a no lately. */
  readonly open: number;
  readonly refused: number;
  readonly known_account_id: Identifier | null;
};

function standingOf(row: StandingRow): LinkStanding {
  if (row.is_own) return { kind: 'own' };
  if (row.is_refused) return { kind: 'refused' };
  if (row.is_asked) return { kind: 'asked' };
  if (row.known_account_id === null || row.refused > 0 || row.open >= OPEN_MAX) return { kind: 'person', number: row.number };
  const unansweredSince = row.unanswered_since === null ? null : instantOf(row.unanswered_since.getTime());
  return { kind: 'chat', knownAccountId: row.known_account_id, unansweredSince };
}

type AskedRow = {
  readonly linkId: Identifier;
  readonly knownAccountId: Identifier;
  readonly ticketId: Identifier;
  readonly number: string;
  readonly channel: ChatChannel;
  readonly askedAt: Date;
  readonly isOpen: boolean;
};

const STANDING = {
  name: 'link-standing',
  text: `
select t.number, t.customer_id = a.customer_id as is_own, own.is_refused, own.is_asked, own.unanswered_since, put.open, put.refused,
       known.id as known_account_id
from channel_account a cross join ticket t
cross join lateral (
  select coalesce(bool_or(l.status = 'asked'), false) as is_asked,
         coalesce(bool_or(l.status = 'refused' and l.ticket_id = t.id), false) as is_refused,
         max(l.asked_at) filter (where l.status = 'expired' and l.ticket_id = t.id) as unanswered_since
  from account_link l where l.account_id = a.id
) own
cross join lateral (
  select count(*) filter (where l.status = 'asked')::int as open,
         count(*) filter (where l.status = 'refused' and l.answered_at >= $3::timestamptz)::int as refused
  from channel_account k join account_link l on l.known_account_id = k.id where k.customer_id = t.customer_id
) put
left join lateral (
  select k.id from channel_account k cross join lateral (${lastUsed('k.id')}) u
  where k.customer_id = t.customer_id order by u.used_at desc limit 1
) known on true
where a.id = $1 and t.id = $2`,
};

const ASKED = {
  name: 'asked-link',
  text: `
select l.id as "linkId", l.known_account_id as "knownAccountId", l.ticket_id as "ticketId", t.number, a.channel, l.asked_at as "askedAt",
       l.status = 'asked' and k.customer_id = t.customer_id as "isOpen"
from account_link l
join channel_account a on a.id = l.account_id
join channel_account k on k.id = l.known_account_id
join ticket t on t.id = l.ticket_id
where l.id = $1`,
};
