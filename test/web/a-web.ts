/** The web application over a desk on a database of its own; requests are answered without a server. */
import type { Hono } from 'hono';
import { onceKeys } from '../../src/store/desk/once.ts';
import { createWeb, type LogFailure } from '../../src/web/create-web.ts';
import type { PartState } from '../../src/web/health.ts';
import { openDesk, type TestDesk, ZONE } from '../desk/a-desk.ts';
import { newId } from '../support/database.ts';

export type Answer = { readonly status: number; readonly headers: Headers; readonly body: Body };

type Listed = {
  readonly id: string;
  readonly number: string;
  readonly name: string;
  readonly from: string;
  readonly text: string;
  readonly status: string;
  readonly confirmedAt: string | null;
  readonly reason: string;
  readonly version: string;
  readonly action: string;
};

/** What the answers of the API hold between them: of one answer a test looks only at what that call gives. */
export type Body = {
  readonly id: string;
  readonly token: string;
  readonly number: string;
  readonly ticket: string;
  readonly related: readonly string[];
  readonly detail: string;
  readonly owner: { readonly name: string };
  readonly items: readonly Listed[];
  readonly errors: readonly { readonly field: string }[];
  readonly timeline: readonly { readonly type: string; readonly actor: string }[];
  readonly nextCursor: string | null;
  readonly nextAfter: number | null;
};

export type Ask = (
  method: string,
  path: string,
  what?: { readonly token?: string; readonly body?: unknown; readonly raw?: string; readonly headers?: Record<string, string> },
) => Promise<Answer>;

export type TestWeb = TestDesk & {
  readonly app: Hono;
  readonly ask: Ask;
  readonly failures: Parameters<LogFailure>[0][];
  readonly parts: Record<string, PartState>;
};

export async function openWeb(): Promise<TestWeb> {
  const at = await openDesk();
  const failures: Parameters<LogFailure>[0][] = [];
  const parts: Record<string, PartState> = { store: 'ready', wechat: 'disabled' };
  const app = createWeb({
    desk: at.desk,
    once: onceKeys(at.store),
    ready: () => parts,
    mount: (it) => {
      it.get('/', (c) => c.html('<p>shop</p>'));
      it.get('/broken', () => {
        throw new Error('王芳 13800138000');
      });
    },
    timeZone: ZONE,
    now: () => at.clock.now,
    makeIdentifier: newId,
    logFailure: (it) => failures.push(it),
  });
  const ask: Ask = async (method, path, { token, body, raw, headers = {} } = {}) => {
    const text = raw ?? (body === undefined ? undefined : JSON.stringify(body));
    const response = await app.request(path, {
      method,
      headers: {
        ...(token ? { authorization: `Bearer ${token}` } : {}),
        ...(text === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(text === undefined ? {} : { body: text }),
    });
    const answered = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      body: response.headers.get('content-type')?.includes('json') ? (JSON.parse(answered) as Body) : (answered as never),
    };
  };
  return { ...at, app, ask, failures, parts };
}
