/** What Prisma's schema language can't express is read back from PostgreSQL: no drift check notices when it is missing. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { APPOINTMENT_STATUSES, CHANNELS, PRIORITIES, STAFF_ROLES, TICKET_KINDS, TICKET_STATUSES } from '../../src/domain/ticket.ts';
import type { Store } from '../../src/store/open-store.ts';
import { newId, openTestStore } from '../support/database.ts';
import { aBooking, aChat, anEngineer, aTicket, aTurn, NOON } from './a-turn.ts';

let store: Store;
beforeAll(async () => {
  store = await openTestStore();
});
afterAll(() => store.close());

async function texts(sql: string): Promise<readonly string[]> {
  const { rows } = await store.pool.query<{ text: string }>(sql);
  return rows.map((it) => it.text);
}

function definitionOf(constraint: string): Promise<readonly string[]> {
  return texts(`select pg_get_constraintdef(oid) as text from pg_constraint where conname = '${constraint}'`);
}

describe('constraints', () => {
  it('two live appointments of one engineer may not overlap', async () => {
    expect(await definitionOf('appointment_engineer_free')).toEqual([
      "EXCLUDE USING gist (engineer_id WITH =, tstzrange(starts_at, ends_at) WITH &&) WHERE ((status = ANY (ARRAY['booked'::text, 'held'::text])))",
    ]);
  });
  it('S2-016 an appointment is not booked without confirmed_at', async () => {
    expect(await definitionOf('appointment_booked_is_confirmed')).toEqual([
      "CHECK (((status <> 'booked'::text) OR (confirmed_at IS NOT NULL)))",
    ]);
    const engineer = await anEngineer(store);
    const book = `insert into appointment (id, engineer_id, window_from, window_to, starts_at, ends_at, status, created_at)
      values ('${newId()}', '${engineer}', now(), now() + interval '2 h', now(), now() + interval '2 h', 'booked', now())`;
    await expect(store.pool.query(book)).rejects.toMatchObject({ constraint: 'appointment_booked_is_confirmed' });
  });
  it.each([
    ['ticket_kind_known', TICKET_KINDS],
    ['ticket_status_known', TICKET_STATUSES],
    ['ticket_priority_known', PRIORITIES],
    ['ticket_channel_known', CHANNELS],
    ['staff_role_known', STAFF_ROLES],
    ['conversation_owner_known', ['bot', 'queue', 'human']],
    ['message_direction_known', ['in', 'out']],
    ['appointment_status_known', ['held', ...APPOINTMENT_STATUSES]],
    ['handoff_status_known', ['queued', 'claimed', 'resolved']],
    ['page_status_known', ['open', 'acknowledged', 'closed']],
    ['contact_task_status_known', ['open', 'done']],
    ['platform_send_outcome_known', ['taken', 'sent', 'shut']],
    ['account_link_status_known', ['asked', 'linked', 'refused', 'expired']],
    ['staff_account_found_by_known', ['settings', 'email', 'command']],
    ['staff_post_kind_known', ['handoff', 'ticket', 'page', 'said', 'warning', 'digest']],
    ['staff_post_status_known', ['waiting', 'posted', 'refused', 'dropped']],
    ['staff_reply_status_known', ['held', 'said', 'internal', 'asked', 'refused', 'withdrawn']],
    ['sla_clock_kind_known', ['first-response', 'next-response', 'resolution']],
    ['sla_clock_status_known', ['running', 'paused', 'met', 'missed', 'dropped']],
  ])('%s knows the words of the domain and no others', async (constraint, words) => {
    const [definition = ''] = await definitionOf(constraint);
    expect([...definition.matchAll(/'([^']+)'::text/g)].map((it) => it[1])).toEqual([...words]);
  });
  it.each([
    'message_sender_known',
    'message_delivery_known',
    'appointment_hold_ends',
    'appointment_spans',
    'handoff_claimed_has_owner',
    'notice_consent_left',
    'sla_clock_about_one',
    'attachment_thumbnail_whole',
  ])('%s is there', async (constraint) => {
    expect(await definitionOf(constraint)).toHaveLength(1);
  });
});

it('what waits has partial indexes: inbox, outbox, open handoffs, what is due', async () => {
  expect(
    await texts("select replace(indexdef, 'public.', '') as text from pg_indexes where indexdef like '% WHERE %' order by indexname"),
  ).toEqual([
    "CREATE UNIQUE INDEX account_link_asked_once ON account_link USING btree (account_id) WHERE (status = 'asked'::text)",
    expect.stringContaining('USING gist'),
    "CREATE INDEX contact_task_notice ON contact_task USING btree (next_notice_at) WHERE ((status = 'open'::text) AND (notice_sealed IS NOT NULL))",
    "CREATE UNIQUE INDEX handoff_open_once ON handoff USING btree (conversation_id) WHERE (status = ANY (ARRAY['queued'::text, 'claimed'::text]))",
    "CREATE INDEX message_failed ON message USING btree (created_at) WHERE (delivery = 'failed'::text)",
    "CREATE INDEX message_inbox ON message USING btree (conversation_id, seq) WHERE ((direction = 'in'::text) AND (applied_revision IS NULL))",
    "CREATE INDEX message_outbox ON message USING btree (conversation_id, seq) WHERE (delivery = 'pending'::text)",
    'CREATE INDEX message_reach ON message USING btree (created_at) WHERE (reach IS NOT NULL)',
    "CREATE INDEX message_waiting ON message USING btree (conversation_id) WHERE (delivery = 'waiting'::text)",
    "CREATE INDEX page_due ON page USING btree (next_send_at) WHERE (status = 'open'::text)",
    'CREATE UNIQUE INDEX sla_clock_once_handoff ON sla_clock USING btree (handoff_id, kind, ordinal) WHERE (handoff_id IS NOT NULL)',
    'CREATE UNIQUE INDEX sla_clock_once_ticket ON sla_clock USING btree (ticket_id, kind, ordinal) WHERE (ticket_id IS NOT NULL)',
    "CREATE INDEX sla_clock_running ON sla_clock USING btree (due_at) WHERE ((status = ANY (ARRAY['running'::text, 'paused'::text, 'missed'::text])) AND (ended_at IS NULL))",
    "CREATE INDEX staff_post_live ON staff_post USING btree (lane) WHERE ((status = 'posted'::text) AND (NOT is_final))",
    "CREATE INDEX staff_post_over ON staff_post USING btree (ticket_id) WHERE ((kind = 'ticket'::text) AND is_final)",
    "CREATE INDEX staff_post_waiting ON staff_post USING btree (lane, place) WHERE (status = 'waiting'::text)",
    "CREATE INDEX staff_reply_held ON staff_reply USING btree (due_at) WHERE (status = 'held'::text)",
    "CREATE INDEX survey_due ON survey USING btree (due_at) WHERE (status = ANY (ARRAY['waiting'::text, 'asked'::text]))",
    "CREATE INDEX waiting_list_waiting ON waiting_list_entry USING btree (id) WHERE (status = 'waiting'::text)",
  ]);
});

it('rows that change leave room on their page', async () => {
  expect(
    await texts(
      "select relname || ' ' || array_to_string(reloptions, ',') as text from pg_class where relkind = 'r' and reloptions is not null order by 1",
    ),
  ).toEqual(['conversation fillfactor=70', 'message fillfactor=90']);
});

describe('append-only tables', () => {
  it('have a trigger on every way to change them', async () => {
    expect(await texts("select pg_get_triggerdef(oid) as text from pg_trigger where tgname like '%append_only' order by tgname")).toEqual([
      'CREATE TRIGGER audit_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.audit FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()',
      'CREATE TRIGGER complaint_statement_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.complaint_statement FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()',
      'CREATE TRIGGER ticket_event_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.ticket_event FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()',
    ]);
  });
  it.each([
    'update ticket_event set actor = $$x$$',
    'delete from ticket_event',
    'truncate ticket_event',
    'update audit set actor = $$x$$',
    'delete from audit where false',
    'truncate audit',
    'update complaint_statement set at = now()',
    'delete from complaint_statement',
    'truncate complaint_statement',
  ])('refuse "%s"', async (statement) => {
    await expect(store.pool.query(statement)).rejects.toThrow('is append-only');
  });
  it('take new rows, and keep what is in them', async () => {
    const chat = await aChat(store);
    const ticket = aTicket();
    const events = ['opened', 'booked'].map((type) => ({ ticketId: ticket.id, at: NOON, actor: 'bot', type, details: {} }));
    const reservation = aBooking(await anEngineer(store), 1, [ticket.id]);
    await store.transact([aTurn(chat, { tickets: [ticket], ticketEvents: events, reservation })]);
    await expect(store.pool.query('delete from ticket_event')).rejects.toThrow('is append-only');
    expect(await texts(`select type as text from ticket_event where ticket_id = '${ticket.id}' order by id`)).toEqual(['opened', 'booked']);
  });
});
