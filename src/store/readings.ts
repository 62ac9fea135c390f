/** The reads a step may ask for. What hardly ever changes (service areas, terms, prices) is kept for a minute. */
import { z } from 'zod';
import type { PhoneNumber } from '../domain/contact.ts';
import type { Identifier } from '../domain/identifier.ts';
import { DAY, instantOf, MINUTE } from '../domain/instant.ts';
import type { PriorRepair, ProductOnRecord } from '../domain/terms.ts';
import type { CustomerRecord, Readings, ServiceAreaRow, ServicePoint } from '../turn/ports.ts';
import { accountLinkReadingsOn } from './account-link-reading.ts';
import { complaintReadingsOn } from './complaint-reading.ts';
import { type Connection, query, timestamp } from './connection.ts';
import { engineersOn } from './engineer-reading.ts';
import { enquiryAnswersOn } from './enquiry-reading.ts';
import { grouped } from './group.ts';
import { INDEXED, SEALED } from './purposes.ts';
import { surveyReadingOn } from './survey-reading.ts';
import { termsOn } from './terms-reading.ts';
import { ticketNumbersOn } from './ticket-number.ts';
import { ticketReadingsOn } from './ticket-reading.ts';

const KEPT_MILLISECONDS = MINUTE;
/** Longer than any repair warranty a policy is likely to promise. */
const PRIOR_REPAIR_DAYS = 400;

export function readingsOn(connection: Connection): Readings {
  const { pool, seal, now } = connection;
  return {
    serviceAreas: keptFor(
      KEPT_MILLISECONDS,
      now,
      () => query<ServiceAreaRow>(pool, SERVICE_AREAS, []),
      (rows) => rows.length > 0,
    ),
    enquiryAnswers: enquiryAnswersOn(connection, (read) => keptFor(KEPT_MILLISECONDS, now, read, (answers) => answers.length > 0)),
    engineers: engineersOn(connection),
    customerRecord: grouped({ together: (ids: readonly Identifier[]) => readCustomers(connection, ids), keysOf: () => [] }),
    productBySerial: async (serial) => {
      const [row] = await query<ProductOnRecord>(pool, PRODUCT_BY_SERIAL, [seal.blindIndex(INDEXED.serial, serial)]);
      return row ?? null;
    },
    terms: termsOn(connection, (read) =>
      keptFor(KEPT_MILLISECONDS, now, read, ({ policies, prices }) => policies.length > 0 && prices.length > 0),
    ),
    servicePoints: async (city) => (await query<ServicePointRow>(pool, SERVICE_POINTS, [city])).map(servicePointOf),
    queueAhead: async (conversationId) => {
      const [row] = await query<{ waiting: number }>(pool, QUEUE_AHEAD, [conversationId]);
      return row?.waiting ?? 0;
    },
    recentWaitMinutes: async () => {
      const [row] = await query<{ minutes: number | null }>(pool, RECENT_WAIT, [timestamp(instantOf(now() - DAY))]);
      return row?.minutes ?? null;
    },
    ...ticketReadingsOn(connection),
    ...complaintReadingsOn(connection),
    ...accountLinkReadingsOn(connection),
    survey: surveyReadingOn(connection),
    ticketNumbers: ticketNumbersOn(connection),
  };
}

/** Remembers what was read, if it is worth remembering: an empty table may be about to be filled. */
function keptFor<Value>(
  milliseconds: number,
  now: Connection['now'],
  read: () => Promise<Value>,
  worth: (value: Value) => boolean,
): () => Promise<Value> {
  let kept: { readonly value: Value; readonly until: number } | null = null;
  return async () => {
    if (kept !== null && now() < kept.until) return kept.value;
    const value = await read();
    kept = worth(value) ? { value, until: now() + milliseconds } : null;
    return value;
  };
}

/** Records of several customers in three statements. */
async function readCustomers({ pool, seal, now }: Connection, ids: readonly Identifier[]): Promise<readonly CustomerRecord[]> {
  const since = timestamp(instantOf(now() - PRIOR_REPAIR_DAYS * DAY));
  const [customers, products, repairs] = await Promise.all([
    query<CustomerRow>(pool, CUSTOMERS, [ids]),
    query<OfCustomer<ProductOnRecord>>(pool, PRODUCTS, [ids]),
    query<OfCustomer<RepairRow>>(pool, PRIOR_REPAIRS, [ids, since]),
  ]);
  return ids.map((id) => {
    const row = customers.find((it) => it.customer_id === id);
    return {
      name: row?.name_sealed ? seal.open(SEALED.customerName, row.name_sealed) : null,
      phone: row?.phone_sealed ? (seal.open(SEALED.customerPhone, row.phone_sealed) as PhoneNumber) : null,
      address: row?.address_id
        ? {
            id: row.address_id,
            province: row.province,
            city: row.city,
            district: row.district,
            detail: seal.open(SEALED.addressDetail, row.detail_sealed),
          }
        : null,
      products: ofCustomer(products, id),
      priorRepairs: ofCustomer(repairs, id).map(({ completedAt, ...it }) => ({ ...it, completedAt: instantOf(completedAt.getTime()) })),
    };
  });
}

type OfCustomer<Row> = Row & { readonly customer_id: Identifier };

function ofCustomer<Row>(rows: readonly OfCustomer<Row>[], id: Identifier): readonly Omit<OfCustomer<Row>, 'customer_id'>[] {
  return rows.filter((it) => it.customer_id === id).map(({ customer_id: _, ...it }) => it);
}

type CustomerRow = { readonly customer_id: Identifier; readonly name_sealed: Buffer | null; readonly phone_sealed: Buffer | null } & (
  | { readonly address_id: null }
  | {
      readonly address_id: Identifier;
      readonly province: string;
      readonly city: string;
      readonly district: string;
      readonly detail_sealed: Buffer;
    }
);

type RepairRow = Omit<PriorRepair, 'completedAt'> & { readonly completedAt: Date };

type ServicePointRow = {
  readonly name: string;
  readonly city: string;
  readonly district: string;
  readonly address: string;
  readonly hours: unknown;
};

const openingHours = z.object({ opens: z.string(), closes: z.string() });

function servicePointOf({ hours, ...it }: ServicePointRow): ServicePoint {
  return { ...it, ...openingHours.parse(hours) };
}

const SERVICE_AREAS = {
  name: 'service-areas',
  text: 'select province, city, district from service_area order by province, city, district',
};

const PRODUCT_COLUMNS = `appliance, brand, model, to_char(purchased_on, 'YYYY-MM-DD') as "purchasedOn", to_char(produced_on, 'YYYY-MM-DD') as "producedOn"`;
const PRODUCT_BY_SERIAL = { name: 'product-by-serial', text: `select ${PRODUCT_COLUMNS} from product_unit where serial_index = $1` };
const PRODUCTS = {
  name: 'products-of-customer',
  text: `select customer_id, ${PRODUCT_COLUMNS} from product_unit where customer_id = any($1::uuid[]) order by coalesce(purchased_on, produced_on) desc nulls last, id`,
};

const CUSTOMERS = {
  name: 'customers',
  text: `
select c.id as customer_id, c.name_sealed, c.phone_sealed, a.id as address_id, a.province, a.city, a.district, a.detail_sealed
from customer c left join lateral (select * from address a where a.customer_id = c.id order by a.created_at desc, a.id desc limit 1) a on true
where c.id = any($1::uuid[])`,
};

const PRIOR_REPAIRS = {
  name: 'prior-repairs',
  text: `
select t.customer_id, t.id as "ticketId", t.number as "ticketNumber", t.appliance, t.fault_codes as faults, t.completed_at as "completedAt", e.name as "engineerName"
from ticket t
left join lateral (
  select e.name from appointment_ticket x join appointment p on p.id = x.appointment_id join engineer e on e.id = p.engineer_id
  where x.ticket_id = t.id and p.status in ('done', 'booked') order by p.window_from desc limit 1
) e on true
where t.customer_id = any($1::uuid[]) and t.kind = 'repair' and t.appliance is not null and t.completed_at >= $2::timestamptz
order by t.completed_at desc`,
};

const SERVICE_POINTS = {
  name: 'service-points',
  text: 'select name, city, district, address, hours from service_point where city = $1 order by district, name',
};
const QUEUE_AHEAD = {
  name: 'queue-ahead',
  text: `
select count(*)::int as waiting from handoff h
where h.status = 'queued' and h.conversation_id <> $1::uuid
  and h.waiting_since <= coalesce((select waiting_since from handoff where conversation_id = $1::uuid and status = 'queued'), 'infinity')`,
};

/** Fewer than three say nothing about the next. The middle one: who asked in the night, or was passed on, waited longer than the next will. */
const RECENT_WAIT = {
  name: 'recent-wait',
  text: `
select case when count(*) >= 3 then percentile_cont(0.5) within group (order by extract(epoch from claimed_at - waiting_since)::float8 / 60) end as minutes
from (select claimed_at, waiting_since from handoff where claimed_at >= $1::timestamptz order by claimed_at desc limit 20) h`,
};
