/** What is on record of a person, opened so that the desk can keep it out of what it says (see `desk/known-facts.ts`). */
import { z } from 'zod';
import { allFacts, factsOfSummary, type KnownFacts } from '../../desk/known-facts.ts';
import type { Identifier } from '../../domain/identifier.ts';
import type { HandoffSummary } from '../../turn/ports.ts';
import type { Prisma } from '../generated/client.ts';
import { SEALED } from '../purposes.ts';
import type { Seal } from '../seal.ts';
import type { DeskConnection } from './desk-connection.ts';

const ROWS_MAX = 20;

/** What is read of the sealed details; tickets of another release may hold more or less. */
const detailsSchema = z.object({
  fault: z.string().nullish(),
  name: z.string().nullish(),
  model: z.string().nullish(),
  serial: z.string().nullish(),
  note: z.string().nullish(),
  phone: z.string().nullish(),
  contact: z.object({ who: z.string(), phone: z.string().nullish() }).nullish(),
});

/** What is read of the dialogs under way; each of them holds its own, and one that was stored by another release is read as far as it goes. */
const stateSchema = z.object({
  stack: z.array(
    z
      .object({
        context: z
          .object({ data: z.record(z.string(), z.unknown()) })
          .nullish()
          .catch(null),
      })
      .nullish()
      .catch(null),
  ),
});
const addressSchema = z.object({ detail: z.string() });
const contactSchema = z.object({ phone: z.string() });

type OpenDetails = z.infer<typeof detailsSchema>;

/** The sealed details of a ticket. */
export function openDetails(sealed: Uint8Array, seal: Seal): OpenDetails {
  return detailsSchema.parse(JSON.parse(seal.open(SEALED.ticketDetails, sealed)));
}

/** The sealed summary of a handoff; those of an earlier release know no possible tickets. */
export function openSummary(sealed: Uint8Array, seal: Seal): HandoffSummary {
  return { possibleTickets: [], ...(JSON.parse(seal.open(SEALED.handoffSummary, sealed)) as Omit<HandoffSummary, 'possibleTickets'>) };
}

type Person = { readonly nameSealed: Uint8Array | null; readonly phoneSealed: Uint8Array | null };
type Door = { readonly detailSealed: Uint8Array };

/** Name and phone of a customer. */
export function openPerson({ nameSealed, phoneSealed }: Person, seal: Seal) {
  return {
    name: nameSealed === null ? null : seal.open(SEALED.customerName, nameSealed),
    phone: phoneSealed === null ? null : seal.open(SEALED.customerPhone, phoneSealed),
  };
}

/** Facts of a customer and the addresses that were read with them. */
export function factsOfPerson(person: Person, addresses: readonly Door[], seal: Seal): KnownFacts {
  const { name, phone } = openPerson(person, seal);
  const doors = addresses.map((it) => seal.open(SEALED.addressDetail, it.detailSealed));
  return { names: present([name]), phones: present([phone]), doors };
}

/** Facts said for a ticket: the person at home is known by kinship, never by name. */
export function factsOfDetails({ name, phone, contact }: OpenDetails): KnownFacts {
  return { names: present([name]), phones: present([phone, contact?.phone]), doors: [] };
}

/** What the customer has told dialogs that are still under way: nothing of it is on a ticket yet. */
function factsOfState(sealed: Uint8Array, seal: Seal): KnownFacts {
  const state = stateSchema.safeParse(JSON.parse(seal.open(SEALED.conversationState, sealed)));
  return allFacts((state.data?.stack ?? []).map((it) => factsOfDialog(it?.context?.data ?? {})));
}

function factsOfDialog({ name, phone, address, contact }: Readonly<Record<string, unknown>>): KnownFacts {
  const said = (it: unknown) => (typeof it === 'string' ? it : null);
  return {
    names: present([said(name)]),
    phones: present([said(phone), said(contact) ?? contactSchema.safeParse(contact).data?.phone]),
    doors: present([addressSchema.safeParse(address).data?.detail]),
  };
}

function present(texts: readonly (string | null | undefined)[]): readonly string[] {
  return texts.filter((it) => it !== null && it !== undefined);
}

/** A newest few of everything: who chatted for years is known by what they said last. */
export const PERSON = {
  nameSealed: true,
  phoneSealed: true,
  addresses: { select: { detailSealed: true }, orderBy: { createdAt: 'desc' }, take: ROWS_MAX },
  tickets: { select: { detailsSealed: true }, orderBy: { openedAt: 'desc' }, take: ROWS_MAX },
} satisfies Prisma.CustomerSelect;

const CONVERSATION = {
  id: true,
  stateSealed: true,
  account: { select: { customer: { select: PERSON } } },
  tickets: {
    select: {
      detailsSealed: true,
      address: { select: { detailSealed: true } },
      customer: { select: { nameSealed: true, phoneSealed: true } },
    },
    orderBy: { openedAt: 'desc' },
    take: ROWS_MAX,
  },
  handoffs: { select: { summarySealed: true }, orderBy: { waitingSince: 'desc' }, take: ROWS_MAX },
} satisfies Prisma.ConversationSelect;

/** Facts of whoever talks in these conversations: the account's customer, the tickets opened there, what was handed off, what is being told. */
export async function factsOfConversations(
  { prisma, seal }: DeskConnection,
  conversationIds: readonly Identifier[],
): Promise<(conversationId: string) => KnownFacts> {
  const rows = await prisma.conversation.findMany({ where: { id: { in: [...new Set(conversationIds)] } }, select: CONVERSATION });
  const byId = new Map(rows.map((row) => [row.id, factsOf(row, seal)]));
  return (id) => byId.get(id) ?? allFacts([]);
}

/** Facts of a customer with everything that was read of them: their addresses, and what was said for their tickets. */
export function factsOfCustomer(customer: Prisma.CustomerGetPayload<{ select: typeof PERSON }>, seal: Seal): KnownFacts {
  return allFacts([
    factsOfPerson(customer, customer.addresses, seal),
    ...customer.tickets.map((it) => factsOfDetails(openDetails(it.detailsSealed, seal))),
  ]);
}

function factsOf(row: Prisma.ConversationGetPayload<{ select: typeof CONVERSATION }>, seal: Seal): KnownFacts {
  return allFacts([
    factsOfState(row.stateSealed, seal),
    factsOfCustomer(row.account.customer, seal),
    ...row.tickets.flatMap((it) => [
      factsOfDetails(openDetails(it.detailsSealed, seal)),
      factsOfPerson(it.customer, it.address === null ? [] : [it.address], seal),
    ]),
    ...row.handoffs.map((it) => factsOfSummary(openSummary(it.summarySealed, seal))),
  ]);
}
