/** Surveys nobody has answered yet, by when their next step is due, and how far each has come. */
import type { Identifier } from '../../domain/identifier.ts';
import { type Instant, instantOf } from '../../domain/instant.ts';
import type { ChatChannel } from '../../domain/ticket.ts';
import type { NewContactTask } from '../../turn/ports.ts';
import { inTransaction, once, query, timestamp } from '../connection.ts';
import type { Store } from '../open-store.ts';
import { openContactTask } from './contact-task.ts';

type Found = { readonly surveyId: Identifier; readonly dueAt: Instant };

/** Surveys over the store. */
export function surveysOn({ pool, seal }: Pick<Store, 'pool' | 'seal'>) {
  return {
    due: async (now: Instant, max: number) => {
      const rows = await query<Row>(pool, DUE, [timestamp(now), max]);
      return rows.map(({ id, ticketId, conversationId, channel, ended_at, due_at, asked_at, reminded_at }) => ({
        surveyId: id,
        endedAt: instantOf(ended_at.getTime()),
        dueAt: instantOf(due_at.getTime()),
        askedAt: asked_at === null ? null : instantOf(asked_at.getTime()),
        isReminded: reminded_at !== null,
        chat: conversationId === null || channel === null ? null : { conversationId, channel },
        ticketId,
      }));
    },

    asked: async ({ surveyId, dueAt }: Found, at: Instant, next: Instant) =>
      void (await query(pool, ASKED, [surveyId, timestamp(dueAt), timestamp(at), timestamp(next)])),

    reminded: async ({ surveyId, dueAt }: Found, at: Instant, next: Instant) =>
      void (await query(pool, REMINDED, [surveyId, timestamp(dueAt), timestamp(at), timestamp(next)])),

    close: async ({ surveyId, dueAt }: Found) => void (await query(pool, CLOSE, [surveyId, timestamp(dueAt)])),

    callInstead: ({ surveyId, dueAt }: Found, task: NewContactTask, at: Instant, next: Instant) =>
      inTransaction(pool, async (client) => {
        const marked = await once(client, ASKED, [surveyId, timestamp(dueAt), timestamp(at), timestamp(next)]);
        if (marked.length > 0) await openContactTask(client, seal, task, at);
      }),
  };
}

type Row = {
  readonly id: Identifier;
  readonly ticketId: Identifier | null;
  readonly conversationId: Identifier | null;
  readonly channel: ChatChannel | null;
  readonly ended_at: Date;
  readonly due_at: Date;
  readonly asked_at: Date | null;
  readonly reminded_at: Date | null;
};

const DUE = {
  name: 'surveys-due',
  text: `
select s.id, s.ticket_id as "ticketId", c.id as "conversationId", c.channel, s.due_at, s.asked_at, s.reminded_at,
       coalesce(h.resolved_at, t.completed_at, s.due_at) as ended_at
from survey s
left join conversation c on c.id = s.conversation_id
left join ticket t on t.id = s.ticket_id
left join handoff h on h.id = s.handoff_id
where s.status in ('waiting', 'asked') and s.due_at <= $1::timestamptz and (c.id is null or c.owner = 'bot')
order by s.due_at limit $2`,
};

/** The due time tells one asking from the next: what a turn has put off meanwhile is not this one. */
const ASKED = {
  name: 'surveys-asked',
  text: `
update survey set status = 'asked', asked_at = $3::timestamptz, due_at = $4::timestamptz
where id = $1 and status = 'waiting' and due_at = $2::timestamptz returning id`,
};

const REMINDED = {
  name: 'surveys-reminded',
  text: `
update survey set reminded_at = $3::timestamptz, due_at = $4::timestamptz
where id = $1 and status = 'asked' and reminded_at is null and due_at = $2::timestamptz`,
};

const CLOSE = {
  name: 'surveys-close',
  text: `update survey set status = 'closed' where id = $1 and status in ('waiting', 'asked') and due_at = $2::timestamptz`,
};
