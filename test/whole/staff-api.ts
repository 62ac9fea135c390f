/** The staff API over HTTP, in the shapes the contract promises: what a member of staff sees of the running desk. */
import type { WholeDesk } from '../support/whole-desk.ts';

export type Problem = {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly errors?: readonly { readonly field: string; readonly detail: string }[];
  readonly owner?: { readonly id: string; readonly name: string };
  readonly handoffStatus?: string;
  readonly ticketStatus?: string;
  readonly allowed?: readonly string[];
  readonly nearest?: readonly Window[];
};

export type Window = { readonly from: string; readonly to: string };
export type Person = { readonly id: string; readonly name: string };
export type List<Item> = { readonly items: readonly Item[]; readonly nextCursor: string | null };

export type TicketLine = {
  readonly number: string;
  readonly kind: string;
  readonly status: string;
  readonly priority: string;
  readonly channel: string;
  readonly appliance: string | null;
  readonly fault: string | null;
  readonly openedAt: string;
  readonly dueAt: string | null;
  readonly assignee: Person | null;
  readonly customer: { readonly name: string | null; readonly phone: string | null };
};

export type Ticket = TicketLine & {
  readonly address: string | null;
  readonly model: string | null;
  readonly note: string | null;
  readonly timeline: readonly { readonly at: string; readonly actor: string; readonly type: string }[];
  readonly appointment: { readonly id: string; readonly engineer: Person; readonly window: Window; readonly status: string } | null;
  readonly conversationId: string | null;
  readonly related: readonly string[];
  readonly notes: readonly { readonly at: string; readonly by: Person; readonly text: string }[];
};

export type Appointment = {
  readonly id: string;
  readonly ticket: string;
  readonly engineer: Person;
  readonly window: Window;
  readonly status: string;
};

export type Message = {
  readonly id: string;
  readonly seq: number;
  readonly at: string;
  readonly from: 'customer' | 'bot' | 'staff';
  readonly text: string;
  readonly attachments: readonly unknown[];
  readonly delivery: string | null;
};

export type Handoff = {
  readonly id: string;
  readonly conversationId: string;
  readonly ticket: string | null;
  readonly status: string;
  readonly owner: Person | null;
  readonly reason: string;
  readonly outcome: string | null;
  readonly waitingSince: string;
  readonly summary: { readonly flow: string | null; readonly asking: string | null; readonly known: Readonly<Record<string, string>> };
  readonly notes: readonly { readonly by: Person; readonly text: string }[];
};

export type Page = {
  readonly id: string;
  readonly reason: string;
  readonly status: string;
  readonly ticket: string | null;
  readonly conversationId: string | null;
  readonly acknowledgedBy: Person | null;
};

export type ContactTask = {
  readonly id: string;
  readonly ticket: string;
  readonly reason: string;
  readonly status: string;
  readonly dueAt: string;
  readonly doneBy: Person | null;
  readonly customer: { readonly name: string | null; readonly phone: string | null };
};

export type Answer<Body> = { readonly status: number; readonly type: string; readonly headers: Headers; readonly body: Body };

export type StaffApi = {
  readonly get: <Body>(path: string) => Promise<Answer<Body>>;
  /** Without a body none is sent, nor a content type. */
  readonly post: <Body>(path: string, body?: unknown, headers?: Readonly<Record<string, string>>) => Promise<Answer<Body>>;
  /** All of a list, page by page. */
  readonly all: <Item>(path: string) => Promise<readonly Item[]>;
};

const PAGES_MAX = 50;
const ANSWER_MILLISECONDS_MAX = 20_000;

/** The API as the bearer of `token` sees it, the bootstrap administrator unless said. `path` starts after `/api/v1`. */
export function staffApi(desk: Pick<WholeDesk, 'url' | 'staffToken'>, token = desk.staffToken): StaffApi {
  const call = async <Body>(method: 'GET' | 'POST', path: string, body?: unknown, headers: Readonly<Record<string, string>> = {}) => {
    const response = await fetch(`${desk.url}/api/v1${path}`, {
      method,
      headers: { Authorization: `Bearer ${token}`, ...(body !== undefined && { 'Content-Type': 'application/json' }), ...headers },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(ANSWER_MILLISECONDS_MAX),
    });
    const type = response.headers.get('content-type') ?? '';
    const text = await response.text();
    return { status: response.status, type, headers: response.headers, body: (type.includes('json') ? JSON.parse(text) : text) as Body };
  };
  const get = <Body>(path: string) => call<Body>('GET', path);
  return {
    get,
    post: (path, body, headers) => call('POST', path, body, headers),
    async all<Item>(path: string) {
      const items: Item[] = [];
      let cursor: string | null = null;
      for (let page = 0; page < PAGES_MAX; page++) {
        const more: string = cursor === null ? '' : `${path.includes('?') ? '&' : '?'}cursor=${encodeURIComponent(cursor)}`;
        const { status, body } = await get<List<Item>>(`${path}${more}`);
        if (status !== 200) throw new Error(`GET ${path} answered ${status}: ${JSON.stringify(body)}`);
        items.push(...body.items);
        cursor = body.nextCursor;
        if (cursor === null) return items;
      }
      throw new Error(`GET ${path} has more than ${PAGES_MAX} slices`);
    },
  };
}
