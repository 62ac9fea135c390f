/** Customers by list, search and id, and the one read that opens everything: it and its audit row are one transaction. */
import type pg from 'pg';
import type { CustomerRow, CustomerStore, Revealed } from '../../desk/customers.ts';
import { allFacts } from '../../desk/known-facts.ts';
import type { AskedSearch } from '../../desk/search.ts';
import { APPLIANCES } from '../../domain/appliance.ts';
import type { PhoneNumber } from '../../domain/contact.ts';
import type { Identifier } from '../../domain/identifier.ts';
import type { LocalDay } from '../../domain/instant.ts';
import { unreachable } from '../../domain/unreachable.ts';
import { inTransaction } from '../connection.ts';
import type { Prisma } from '../generated/client.ts';
import { INDEXED, SEALED } from '../purposes.ts';
import type { Seal } from '../seal.ts';
import { afterCursor, bytes, type DeskConnection, identifierOf, instantIn, wordOf, writeAudit } from './desk-connection.ts';
import { factsOfDetails, openDetails, openPerson } from './known-facts.ts';

const PRODUCTS_MAX = 20;
const ADDRESSES_MAX = 20;
const TICKETS_MAX = 20;
const NUMBERS_MAX = 100;

const WITH = {
  addresses: { select: { city: true, district: true }, orderBy: [{ createdAt: 'desc' }, { id: 'desc' }], take: 1 },
  tickets: {
    select: { city: true, district: true },
    where: { city: { not: null } },
    orderBy: [{ openedAt: 'desc' }, { id: 'desc' }],
    take: 1,
  },
  productUnits: { orderBy: [{ purchasedOn: { sort: 'desc', nulls: 'last' } }, { id: 'desc' }], take: PRODUCTS_MAX },
  _count: { select: { tickets: true } },
} satisfies Prisma.CustomerInclude;

/** Who only opened the chat page is nobody's customer yet. */
const SOMEBODY = {
  OR: [
    { nameSealed: { not: null } },
    { phoneSealed: { not: null } },
    { tags: { isEmpty: false } },
    { tickets: { some: {} } },
    { productUnits: { some: {} } },
  ],
} satisfies Prisma.CustomerWhereInput;

/** Customers over the store (S2-025). */
export function customerStore({ prisma, pool, seal }: DeskConnection): CustomerStore {
  return {
    list: async ({ search, tag, city, after, limit }) => {
      const rows = await prisma.customer.findMany({
        where: {
          AND: [
            SOMEBODY,
            search === null ? {} : searched(search, seal),
            tag === null ? {} : { tags: { has: tag } },
            city === null ? {} : livesIn(city),
            afterCursor('createdAt', 'desc', after),
          ],
        },
        include: WITH,
        orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
        take: limit,
      });
      return rows.map((row) => rowOf(row, seal));
    },

    read: async (customerId) => {
      const row = await prisma.customer.findUnique({ where: { id: customerId }, include: WITH });
      if (row === null) return null;
      const tickets = await prisma.ticket.findMany({
        where: { customerId },
        select: { number: true },
        orderBy: [{ openedAt: 'desc' }, { id: 'desc' }],
        take: NUMBERS_MAX,
      });
      return { ...rowOf(row, seal), ticketNumbers: tickets.map((it) => it.number) };
    },

    tag: (customerId, tags, change) =>
      inTransaction(pool, async (client) => {
        const { rows } = await client.query<{ tags: readonly string[] }>(
          "select coalesce(tags, '{}') as tags from customer where id = $1 for no key update",
          [customerId],
        );
        const [before] = rows;
        if (!before) return false;
        if (before.tags.join() === tags.join()) return true;
        await client.query('update customer set tags = $2 where id = $1', [customerId, tags]);
        await writeAudit(client, { ...change, details: { ...change.details, before: before.tags } });
        return true;
      }),

    reveal: (customerId, changeFor) =>
      inTransaction(pool, async (client) => {
        const revealed = await readWhole(client, customerId, seal);
        if (revealed === null) return null;
        await writeAudit(client, changeFor(factsOfRevealed(revealed)));
        return revealed;
      }),
  };
}

function searched(search: AskedSearch, seal: Seal): Prisma.CustomerWhereInput {
  switch (search.by) {
    case 'number':
      return { tickets: { some: { number: search.number } } };
    case 'phone': {
      const phoneIndex = bytes(seal.blindIndex(INDEXED.phone, search.phone));
      return { OR: [{ phoneIndex }, { tickets: { some: { phoneIndex } } }] };
    }
    case 'serial': {
      const serialIndex = bytes(seal.blindIndex(INDEXED.serial, search.serial));
      return { OR: [{ productUnits: { some: { serialIndex } } }, { tickets: { some: { serialIndex } } }] };
    }
    default:
      return unreachable(search);
  }
}

/** 北京 is 北京市. */
function livesIn(city: string): Prisma.CustomerWhereInput {
  const inCity = { city: { in: [city, `${city}市`] } };
  return { OR: [{ addresses: { some: inCity } }, { tickets: { some: inCity } }] };
}

function rowOf(row: Prisma.CustomerGetPayload<{ include: typeof WITH }>, seal: Seal): CustomerRow {
  const { name, phone } = openPerson(row, seal);
  const place = row.addresses[0] ?? row.tickets[0] ?? { city: null, district: null };
  return {
    id: identifierOf(row.id),
    name,
    phone: phone as PhoneNumber | null,
    tags: row.tags,
    city: place.city,
    district: place.district,
    tickets: row._count.tickets,
    products: row.productUnits.map((it) => ({
      appliance: wordOf(APPLIANCES, it.appliance),
      brand: it.brand,
      model: it.model,
      purchasedOn: it.purchasedOn === null ? null : (it.purchasedOn.toISOString().slice(0, 10) as LocalDay),
    })),
    since: instantIn(row.createdAt),
  };
}

type PersonRow = { readonly name_sealed: Buffer | null; readonly phone_sealed: Buffer | null };
type AddressRow = { readonly province: string; readonly city: string; readonly district: string; readonly detail_sealed: Buffer };
type TicketDetailsRow = { readonly number: string; readonly details_sealed: Buffer };

async function readWhole(client: pg.PoolClient, customerId: Identifier, seal: Seal): Promise<Revealed | null> {
  const { rows: people } = await client.query<PersonRow>('select name_sealed, phone_sealed from customer where id = $1', [customerId]);
  const [person] = people;
  if (!person) return null;
  const { rows: addresses } = await client.query<AddressRow>(ADDRESSES, [customerId, ADDRESSES_MAX]);
  const { rows: tickets } = await client.query<TicketDetailsRow>(TICKETS, [customerId, TICKETS_MAX]);
  const { name, phone } = openPerson({ nameSealed: person.name_sealed, phoneSealed: person.phone_sealed }, seal);
  return {
    id: customerId,
    name,
    phone: phone as PhoneNumber | null,
    addresses: addresses.map(({ province, city, district, detail_sealed }) => ({
      province,
      city,
      district,
      detail: seal.open(SEALED.addressDetail, detail_sealed),
    })),
    tickets: tickets.map(({ number, details_sealed }) => {
      const said = openDetails(details_sealed, seal);
      const contact = said.contact ? { who: said.contact.who, phone: said.contact.phone ?? null } : null;
      return { number, name: said.name ?? null, phone: said.phone ?? null, contact };
    }),
  };
}

function factsOfRevealed({ name, phone, addresses, tickets }: Revealed) {
  const doors = addresses.map((it) => it.detail);
  const ofPerson = { names: name === null ? [] : [name], phones: phone === null ? [] : [phone], doors };
  return allFacts([ofPerson, ...tickets.map(factsOfDetails)]);
}

const ADDRESSES = `
select province, city, district, detail_sealed from address where customer_id = $1 order by created_at desc, id desc limit $2`;

const TICKETS = `select number, details_sealed from ticket where customer_id = $1 order by opened_at desc, id desc limit $2`;
