/**
 * The SQL of the turn's write. Four statements are built from three parts, so that a turn of plain talk does not pay
 * for tables it does not touch. `{name}` is a parameter. A turn carries its rows with it as JSON lists, so that a list of many
 * turns is read once and never joined with itself.
 */
import type { Statement } from './connection.ts';
import { TELLS_OF_VISIT } from './due/tells-of-visit.ts';
import { NOW_CUT } from './outbox.ts';

export type ParameterName = 'turns' | 'turnsMax' | 'holder' | 'holdMilliseconds' | 'now';
export type TurnStatement = Statement & { readonly parameters: readonly ParameterName[] };

/** The smallest statement that can write the turns. */
export function statementFor(wanted: { readonly reservation: boolean; readonly record: boolean }): TurnStatement {
  if (wanted.reservation) return wanted.record ? STATEMENTS.all : STATEMENTS.reservation;
  return wanted.record ? STATEMENTS.record : STATEMENTS.talk;
}

/** A limit of unknown size also has the planner expect few turns, and so look rows up for each of them. */
const HELD = `
turn as materialized (
  select * from json_to_recordset({turns}) as t (
    n int, conversation_id uuid, revision int, owner text, asking boolean, state text, said int, applied uuid[], outgoing json,
    appointment_id uuid, called_off uuid, reservations json, reserved_tickets json, released_holds json,
    customers json, addresses json, tickets json, ticket_changes json, wrong_proofs json, ticket_events json, relations json, handoffs json, withdrawals json, pages json, contact_tasks json, waiting_list json,
    complaints json, statements json, surveys json, evidence json)
  limit {turnsMax}
), held as materialized (
  select t.*, c.channel, c.account_id, c.last_seq from turn t join conversation c on c.id = t.conversation_id
  where c.revision = t.revision
  order by c.id for no key update of c
)`;

/**
 * "reserved" reads the counts of "released" and "called_off" to come after them: a hold that is given back and a visit that
 * is called off must be gone before an overlapping window is asked for. Engineer order keeps two lists from waiting for one another.
 */
const RESERVATION = `
, released as (
  update appointment a set status = 'cancelled'
  where a.id = any (array(select r.id from held h cross join json_to_recordset(h.released_holds) as r (id uuid))) and (a.status = 'held') is true
  returning a.id
), called_off as (
  update appointment a set status = 'cancelled'
  where a.id = any (array(select h.called_off from held h where h.called_off is not null)) and (a.status = 'booked') is true
  returning a.id
), reservation as materialized (
  select r.* from held h cross join json_to_recordset(h.reservations) as r (
    kind text, id uuid, engineer_id uuid, window_from timestamptz, window_to timestamptz, ends_at timestamptz, held_until timestamptz, confirmed_at timestamptz)
), reserved as (
  insert into appointment (id, engineer_id, window_from, window_to, starts_at, ends_at, status, held_until, confirmed_at, created_at)
  select id, engineer_id, window_from, window_to, window_from, ends_at, case kind when 'hold' then 'held' else 'booked' end, held_until, confirmed_at, {now}::timestamptz
  from reservation where kind in ('book', 'hold') and (select count(*) from released) + (select count(*) from called_off) >= 0
  order by engineer_id, window_from
  on conflict do nothing returning id
), confirmed as (
  update appointment a set status = 'booked', held_until = null, confirmed_at = r.confirmed_at
  from reservation r
  where r.kind = 'confirm-hold' and a.id = r.id and (a.status = 'held' and a.held_until > r.confirmed_at) is true returning a.id
), judged as materialized (
  select h.*,
         (h.appointment_id is null or h.appointment_id in (select id from reserved union all select id from confirmed))
         and (h.called_off is null or h.called_off in (select id from called_off)) as is_complete
  from held h
), complete as materialized (
  select * from judged where is_complete
), reserved_ticket as (
  insert into appointment_ticket (appointment_id, ticket_id)
  select h.appointment_id, r.ticket_id from complete h cross join json_to_recordset(h.reserved_tickets) as r (ticket_id uuid)
)`;

const NO_RESERVATION = `
, judged as materialized (select h.*, true as is_complete from held h), complete as materialized (select * from judged)`;

const TALK = `
, placed as materialized (
  select h.*, exists (select from message p where p.conversation_id = h.conversation_id and p.delivery = 'pending') as behind from complete h
), updated as (
  update conversation c
  set revision = h.revision + 1, owner = h.owner, asking = h.asking, state_sealed = decode(h.state, 'base64'), last_seq = h.last_seq + h.said
  from complete h where c.id = h.conversation_id
), marked as (
  update message m set applied_revision = h.revision + 1
  from complete h cross join unnest(h.applied) as a (id)
  where m.id = a.id and (m.conversation_id = h.conversation_id and m.applied_revision is null) is true
), said as (
  insert into message (id, conversation_id, seq, direction, sender, channel, body_sealed, created_at, delivery, reach, reach_ticket_id, held_by, held_until)
  select o.id, h.conversation_id, h.last_seq + o.place, 'out', o.sender, h.channel, decode(o.body, 'base64'), o.at, 'pending', o.reach, o.reach_ticket_id, {holder}::uuid,
         ${NOW_CUT} + case when h.behind then interval '0' else {holdMilliseconds}::int * interval '1 millisecond' end
  from placed h cross join json_to_recordset(h.outgoing) as o (place int, id uuid, sender text, body text, at timestamptz, reach text, reach_ticket_id uuid)
)`;

/**
 * "nobody_to_call" ends every call to the customer when a ticket is called off, and when it is moved those that would tell
 * the old time. "told_anew": who has not heard that a visit is theirs hears the newer word alone; a visit that moved or is
 * off is told in any case, for only that word names the time its engineer knows.
 */
const RECORD = `
, known_customer as (
  update customer c
  set name_sealed = coalesce(decode(r.name, 'base64'), c.name_sealed), phone_sealed = coalesce(decode(r.phone, 'base64'), c.phone_sealed),
      phone_index = coalesce(decode(r.phone_index, 'base64'), c.phone_index)
  from complete h cross join json_to_recordset(h.customers) as r (id uuid, name text, phone text, phone_index text)
  where c.id = r.id
), new_address as (
  insert into address (id, customer_id, province, city, district, detail_sealed, created_at)
  select r.id, r.customer_id, r.province, r.city, r.district, decode(r.detail, 'base64'), {now}::timestamptz
  from complete h cross join json_to_recordset(h.addresses) as r (id uuid, customer_id uuid, province text, city text, district text, detail text)
), new_ticket as materialized (
  select r.*, h.conversation_id from complete h
  cross join json_to_recordset(h.tickets) as r (id uuid, number text, kind text, status text, priority text, channel text, appliance text, fault_codes text[], details text,
    serial_index text, phone_index text, province text, city text, district text, customer_id uuid, address_id uuid, opened_at timestamptz, due_at timestamptz, price_version text)
), opened as (
  insert into ticket (id, number, kind, status, priority, channel, appliance, fault_codes, details_sealed, serial_index, phone_index,
                      province, city, district, customer_id, address_id, conversation_id, opened_at, due_at, price_version)
  select id, number, kind, status, priority, channel, appliance, fault_codes, decode(details, 'base64'), decode(serial_index, 'base64'), decode(phone_index, 'base64'),
         province, city, district, customer_id, address_id, conversation_id, opened_at, due_at, price_version
  from new_ticket
), owned as (
  update product_unit u set customer_id = coalesce(u.customer_id, t.customer_id)
  from new_ticket t
  where u.serial_index = any (array(select decode(n.serial_index, 'base64') from new_ticket n where n.kind = 'repair'))
    and (u.serial_index = decode(t.serial_index, 'base64')) is true
), ticket_change as materialized (
  select r.* from complete h cross join json_to_recordset(h.ticket_changes) as r (ticket_id uuid, status text, due_at timestamptz)
), changed as (
  update ticket t set status = r.status, due_at = r.due_at, revision = t.revision + 1 from ticket_change r
  where t.id = any (array(select w.ticket_id from ticket_change w))
    and (t.id = r.ticket_id and t.status in ('open', 'scheduled', 'in-progress', 'waiting-customer')) is true
), nobody_to_call as (
  update contact_task k set status = 'done', done_at = {now}::timestamptz
  where k.ticket_id = any (array(select r.ticket_id from ticket_change r))
    and (k.status = 'open' and k.whom = 'customer'
         and (k.reason in (${TELLS_OF_VISIT}) or k.ticket_id = any (array(select r.ticket_id from ticket_change r where r.status = 'cancelled')))) is true
), told_anew as (
  update contact_task k set status = 'done', done_at = {now}::timestamptz
  from complete h cross join json_to_recordset(h.ticket_changes) as r (ticket_id uuid) cross join json_to_recordset(h.contact_tasks) as n (engineer_id uuid)
  where k.ticket_id = any (array(select r.ticket_id from ticket_change r))
    and (k.ticket_id = r.ticket_id and k.engineer_id = n.engineer_id and k.status = 'open' and k.reason = 'visit-given') is true
), nothing_earlier as (
  update waiting_list_entry w set status = 'closed'
  where w.ticket_id = any (array(select r.ticket_id from ticket_change r)) and (w.status = 'waiting') is true
), proof_failed as (
  insert into wrong_proof (account_id, number, phone_index, at)
  select h.account_id, r.number, decode(r.phone_index, 'base64'), {now}::timestamptz
  from complete h cross join json_to_recordset(h.wrong_proofs) as r (number text, phone_index text)
), happened as (
  insert into ticket_event (ticket_id, at, actor, type, details)
  select r.ticket_id, r.at, r.actor, r.type, r.details
  from complete h cross join rows from (json_to_recordset(h.ticket_events) as (ticket_id uuid, at timestamptz, actor text, type text, details jsonb)) with ordinality as r (ticket_id, at, actor, type, details, place)
  order by h.n, r.place
), related as (
  insert into ticket_relation (from_id, to_id, kind)
  select r.from_id, r.to_id, r.kind from complete h cross join json_to_recordset(h.relations) as r (from_id uuid, to_id uuid, kind text)
), handed_off as (
  insert into handoff (id, conversation_id, ticket_id, status, reason, summary_sealed, waiting_since)
  select r.id, h.conversation_id, r.ticket_id, 'queued', r.reason, decode(r.summary, 'base64'), r.waiting_since
  from complete h cross join json_to_recordset(h.handoffs) as r (id uuid, ticket_id uuid, reason text, summary text, waiting_since timestamptz)
  on conflict (conversation_id) where status in ('queued', 'claimed') do nothing
), withdrawn as (
  update handoff f set status = 'resolved', outcome = 'withdrawn', resolved_at = r.at
  from complete h cross join json_to_recordset(h.withdrawals) as r (at timestamptz)
  where f.conversation_id = h.conversation_id and f.status = 'queued'
), paged as (
  insert into page (id, reason, ticket_id, conversation_id, raised_at, next_send_at, once_key)
  select r.id, r.reason, r.ticket_id, h.conversation_id, r.raised_at, r.not_before, r.once_key
  from complete h cross join json_to_recordset(h.pages) as r (
    id uuid, reason text, ticket_id uuid, raised_at timestamptz, not_before timestamptz, once_key text)
  on conflict (once_key) do nothing
), to_be_called as (
  insert into contact_task (id, ticket_id, whom, engineer_id, reason, notice_sealed, due_at, once_key)
  select r.id, r.ticket_id, r.whom, r.engineer_id, r.reason, decode(r.notice, 'base64'), r.due_at, r.once_key
  from complete h cross join json_to_recordset(h.contact_tasks) as r (
    id uuid, ticket_id uuid, whom text, engineer_id uuid, reason text, notice text, due_at timestamptz, once_key text)
  on conflict (once_key) do nothing
), complained as (
  insert into complaint_case (ticket_id, form, category, types, gravities, wish, department, purchased_on, about_ticket_id, answer_by, resolve_by)
  select r.* from complete h cross join json_to_recordset(h.complaints) as r (
    ticket_id uuid, form text, category text, types text[], gravities text[], wish text, department text, purchased_on text, about_ticket_id uuid,
    answer_by timestamptz, resolve_by timestamptz)
), statement as materialized (
  select r.* from complete h cross join json_to_recordset(h.statements) as r (
    id uuid, ticket_id uuid, at timestamptz, text text, gravities text[], wish text, priority text)
), stated as (
  insert into complaint_statement (id, ticket_id, at, text_sealed) select id, ticket_id, at, decode(text, 'base64') from statement
), weighs_more as (
  update complaint_case c
  set gravities = array(select distinct g from unnest(c.gravities || s.gravities) g order by g), wish = coalesce(s.wish, c.wish)
  from statement s where c.ticket_id = any (array(select w.ticket_id from statement w)) and (c.ticket_id = s.ticket_id) is true
), heard_again as (
  update ticket t
  set priority = coalesce(s.priority, t.priority), status = case t.status when 'waiting-customer' then 'open' else t.status end, revision = t.revision + 1
  from statement s
  where t.id = any (array(select w.ticket_id from statement w))
    and (t.id = s.ticket_id and (s.priority is not null or t.status = 'waiting-customer')) is true
), survey_change as materialized (
  select r.* from complete h cross join json_to_recordset(h.surveys) as r (
    id uuid, put_off boolean, due_at timestamptz, at timestamptz, score int, resolved boolean, reason text, comment text, items jsonb, recheck_ticket_id uuid, done boolean)
), surveyed as (
  update survey v
  set status = case when r.put_off then 'waiting' when r.score is not null or r.resolved is not null then 'answered' when r.done then 'closed' else v.status end,
      due_at = coalesce(r.due_at, v.due_at), asked_at = case when r.put_off then null else v.asked_at end,
      answered_at = coalesce(v.answered_at, case when r.score is not null or r.resolved is not null then r.at end),
      answered_by = case when r.score is not null or r.resolved is not null then 'customer' else v.answered_by end,
      score = coalesce(r.score, v.score), resolved = coalesce(r.resolved, v.resolved),
      reason_sealed = coalesce(decode(r.reason, 'base64'), v.reason_sealed), comment_sealed = coalesce(decode(r.comment, 'base64'), v.comment_sealed),
      items = coalesce(r.items, v.items), recheck_ticket_id = coalesce(r.recheck_ticket_id, v.recheck_ticket_id)
  from survey_change r
  where v.id = any (array(select w.id from survey_change w))
    and (v.id = r.id and (not r.put_off or v.status in ('waiting', 'asked')) and coalesce(v.answered_by, 'customer') = 'customer') is true
), evident as (
  update attachment a set ticket_id = coalesce(a.ticket_id, r.ticket_id)
  from complete h cross join json_to_recordset(h.evidence) as r (id uuid, ticket_id uuid)
  where a.id = any (array(select w.id from complete o cross join json_to_recordset(o.evidence) as w (id uuid)))
    and (a.id = r.id and a.conversation_id = h.conversation_id) is true
), would_come_earlier as (
  insert into waiting_list_entry (id, ticket_id, from_at, to_at, created_at)
  select r.id, r.ticket_id, r.from_at, r.to_at, r.at
  from complete h cross join json_to_recordset(h.waiting_list) as r (id uuid, ticket_id uuid, from_at timestamptz, to_at timestamptz, at timestamptz)
)`;

/**
 * One row a held turn. Other processes hear which conversations have something to say; whose it is comes after the id
 * (see `outgoing-notice.ts`).
 */
const ANSWER = `
select n, true as complete, last_seq, behind, case when said > 0 then pg_notify('baoxiu_outgoing', conversation_id || ' ' || {holder}::text) end from placed
union all
select n, false, last_seq, false, null from judged where not is_complete`;

function build(name: string, parts: readonly string[]): TurnStatement {
  const parameters: ParameterName[] = [];
  const text = `with ${parts.join('')}${ANSWER}`.replace(/\{(\w+)\}/g, (_, parameter: ParameterName) => {
    if (!parameters.includes(parameter)) parameters.push(parameter);
    return `$${parameters.indexOf(parameter) + 1}`;
  });
  return { name: `turn-write-${name}`, text, parameters };
}

const STATEMENTS = {
  talk: build('talk', [HELD, NO_RESERVATION, TALK]),
  reservation: build('reservation', [HELD, RESERVATION, TALK]),
  record: build('record', [HELD, NO_RESERVATION, TALK, RECORD]),
  all: build('all', [HELD, RESERVATION, TALK, RECORD]),
};
