/** What a survey is about, for the dialog that asks it: the repair and who did it, or the chat with staff. */
import type { Appliance } from '../domain/appliance.ts';
import type { PhoneNumber } from '../domain/contact.ts';
import type { Identifier } from '../domain/identifier.ts';
import { instantOf } from '../domain/instant.ts';
import type { Readings } from '../turn/ports.ts';
import { type Connection, query } from './connection.ts';
import { SEALED } from './purposes.ts';

/** Null when it was answered or given up. */
export function surveyReadingOn({ pool, seal }: Connection): Readings['survey'] {
  return async (surveyId) => {
    const [row] = await query<Row>(pool, SURVEY, [surveyId]);
    if (row === undefined) return null;
    const { number, appliance, province, city, district } = row;
    return {
      surveyId,
      about: row.handoff_id === null ? 'repair' : 'chat',
      ticket: row.ticket_id === null ? null : { id: row.ticket_id, number, appliance, area: { province, city, district } },
      phone: row.phone_sealed === null ? null : (seal.open(SEALED.customerPhone, row.phone_sealed) as PhoneNumber),
      engineerName: row.handoff_id === null ? row.engineer_name : null,
      endedAt: instantOf(row.ended_at.getTime()),
    };
  };
}

type Row = {
  readonly ticket_id: Identifier | null;
  readonly handoff_id: Identifier | null;
  readonly number: string;
  readonly appliance: Appliance | null;
  readonly province: string | null;
  readonly city: string | null;
  readonly district: string | null;
  readonly phone_sealed: Buffer | null;
  readonly engineer_name: string | null;
  readonly ended_at: Date;
};

const SURVEY = {
  name: 'survey',
  text: `
select s.ticket_id, s.handoff_id, t.number, t.appliance, t.province, t.city, t.district, c.phone_sealed, e.name as engineer_name,
       coalesce(h.resolved_at, t.completed_at, s.due_at) as ended_at
from survey s
left join ticket t on t.id = s.ticket_id
left join handoff h on h.id = s.handoff_id
left join conversation v on v.id = s.conversation_id
left join channel_account k on k.id = v.account_id
left join customer c on c.id = coalesce(t.customer_id, k.customer_id)
left join appointment a on s.once_key = 'visit:' || a.id
left join engineer e on e.id = a.engineer_id
where s.id = $1 and s.status in ('waiting', 'asked')`,
};
