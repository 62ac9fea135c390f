/** What the desk has on record of a chat, as staff read it: tickets, the unmasked customer, who took the chat over. */
import type { Handoff, StaffApi, Ticket } from '../whole/staff-api.ts';

export type RecordedTicket = Ticket & {
  readonly faultCodes: readonly string[];
  readonly customer: { readonly id: string; readonly name: string | null; readonly phone: string | null };
  readonly complaint: RecordedComplaint | null;
  readonly survey: RecordedSurvey | null;
};

export type RecordedComplaint = {
  readonly category: string;
  readonly gravities: readonly string[];
  readonly wish: string | null;
  readonly about: string | null;
  readonly statements: readonly { readonly text: string }[];
};

export type RecordedSurvey = {
  readonly status: string;
  readonly score: number | null;
  readonly resolved: boolean | null;
  readonly reason: string | null;
};

export type RevealedTicket = { readonly number: string; readonly name: string | null; readonly phone: string | null };

export type Revealed = {
  readonly addresses: readonly { readonly city: string; readonly district: string; readonly detail: string }[];
  readonly tickets: readonly RevealedTicket[];
};

export type DeskRecord = {
  /** Those of the chat, oldest first. */
  readonly tickets: readonly RecordedTicket[];
  /** Null when there is no ticket, so no customer to speak of. */
  readonly revealed: Revealed | null;
  readonly handoffs: readonly Handoff[];
};

/** `phones` and `numbers` are what the tickets may be found by. */
export async function readRecord(
  api: StaffApi,
  conversationId: string,
  phones: readonly string[],
  numbers: readonly string[],
): Promise<DeskRecord> {
  const found = await Promise.all(phones.map((it) => api.all<{ readonly number: string }>(`/tickets?q=${it}&limit=100`)));
  const all = new Set([...numbers, ...found.flat().map((it) => it.number)]);
  const answers = await Promise.all([...all].map((it) => api.get<RecordedTicket>(`/tickets/${it}`)));
  const tickets = answers
    .filter((it) => it.status === 200 && it.body.conversationId === conversationId)
    .map((it) => it.body)
    .sort((a, b) => Date.parse(a.openedAt) - Date.parse(b.openedAt) || a.number.localeCompare(b.number));
  const customer = tickets[0]?.customer.id;
  const revealed =
    customer === undefined ? null : await api.post<Revealed>(`/customers/${customer}/reveal`, { reason: 'simulated customers' });
  return {
    tickets,
    revealed: revealed?.status === 200 ? revealed.body : null,
    handoffs: (await api.all<Handoff>('/handoffs?limit=500')).filter((it) => it.conversationId === conversationId),
  };
}
