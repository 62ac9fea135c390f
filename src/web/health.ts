/**
 * `/healthz`: the process lives. `/readyz`: every part of it can work, or is named as off. A part that does not say in
 * time counts as failed, so the answer itself never hangs.
 */
import type { Hono } from 'hono';

/**
 * `disabled` is a part nobody switched on, `incomplete` one that works with less than it should have; neither keeps the
 * process from being ready.
 */
export type PartState = 'ready' | 'incomplete' | 'disabled' | 'starting' | 'failed';

/** A state, with a sentence for the operator where there is something to say. */
export type PartReport = PartState | { readonly state: PartState; readonly note: string };

/** Parts by name, such as `store`, `sweep`, `wechat`; a part that has to look may answer later. */
export type Readiness = Readonly<Record<string, PartReport | Promise<PartReport>>>;

type Reports = Readonly<Record<string, PartReport>>;

const ANSWER_MILLISECONDS = 2_000;

/** Adds both routes. */
export function healthRoutes(
  app: Pick<Hono, 'get'>,
  ready: () => Readiness | Promise<Readiness>,
  answerMilliseconds: number = ANSWER_MILLISECONDS,
): void {
  /** One look at a time: whoever asks meanwhile gets the same answer, and a store that hangs is not asked again. */
  let looking: Promise<Reports> | null = null;
  const look = (): Promise<Reports> => {
    looking ??= reportsOf(ready, answerMilliseconds).finally(() => {
      looking = null;
    });
    return looking;
  };

  app.get('/healthz', (c) => c.json({ status: 'alive' }));
  app.get('/readyz', async (c) => {
    const reports = Object.entries(await look());
    const parts = Object.fromEntries(reports.map(([name, it]) => [name, stateOf(it)]));
    const notes = Object.fromEntries(reports.flatMap(([name, it]) => (typeof it === 'string' ? [] : [[name, it.note]])));
    const isReady = Object.values(parts).every((it) => it === 'ready' || it === 'incomplete' || it === 'disabled');
    const body = { status: isReady ? 'ready' : 'not-ready', parts, ...(Object.keys(notes).length > 0 && { notes }) };
    return c.json(body, isReady ? 200 : 503, { 'cache-control': 'no-store' });
  });
}

/** Every part by itself, so that one that hangs or throws is named and hides no other. */
async function reportsOf(ready: () => Readiness | Promise<Readiness>, milliseconds: number): Promise<Reports> {
  const until = setTimer(milliseconds);
  try {
    const parts = await Promise.race([Promise.resolve().then(ready), until.over]).catch(() => null);
    // Not even a list of parts: there is one thing to say.
    if (parts === null) return { readiness: 'failed' };
    const named = Object.entries(parts).map(async ([name, report]): Promise<readonly [string, PartReport]> => {
      const said = await Promise.race([Promise.resolve(report), until.over]).catch(() => null);
      return [name, said ?? 'failed'];
    });
    return Object.fromEntries(await Promise.all(named));
  } finally {
    until.clear();
  }
}

function setTimer(milliseconds: number): { readonly over: Promise<null>; readonly clear: () => void } {
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), milliseconds);
  });
  return { over, clear: () => clearTimeout(timer) };
}

function stateOf(report: PartReport): PartState {
  return typeof report === 'string' ? report : report.state;
}
