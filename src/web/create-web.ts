/** The HTTP side put together: health, the staff API and whatever `main` mounts, with the same care for every answer. */
import { OpenAPIHono } from '@hono/zod-openapi';
import type { Hono } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { methodNotAllowed } from 'hono/method-not-allowed';
import type { ZodError } from 'zod';
import type { Desk } from '../desk/desk.ts';
import type { OnceKeys } from '../desk/once.ts';
import type { MakeIdentifier } from '../domain/identifier.ts';
import type { Instant } from '../domain/instant.ts';
import type { Api, ApiContext, ApiEnv, ApiNeeds } from './api/api.ts';
import { appointmentRoutes } from './api/appointments.ts';
import { contactTaskRoutes } from './api/contact-tasks.ts';
import { conversationRoutes } from './api/conversations.ts';
import { handoffRoutes } from './api/handoffs.ts';
import { intakeRoutes } from './api/intake.ts';
import { pageRoutes } from './api/pages.ts';
import { staffRoutes } from './api/staff.ts';
import { ticketRoutes } from './api/tickets.ts';
import { authenticate } from './authenticate.ts';
import { timeWriter } from './business-time.ts';
import { healthRoutes, type Readiness } from './health.ts';
import { doOnce } from './idempotency.ts';
import { openApiRoute } from './openapi.ts';
import { problem } from './problem.ts';
import { dropEmptyParameters, limitBody, onlyJson } from './request-body.ts';

/** A failure of ours as the log may hold it: where and what kind, never what was said. */
export type LogFailure = (failure: {
  readonly method: string;
  readonly route: string;
  readonly error: string;
  readonly stack: readonly string[];
}) => void;

export type WebNeeds = {
  readonly desk: Desk;
  readonly once: OnceKeys;
  readonly ready: () => Readiness | Promise<Readiness>;
  /** Adds the routes of the channels and pages. */
  readonly mount: (app: Hono) => void;
  readonly timeZone: string;
  readonly now: () => Instant;
  readonly makeIdentifier: MakeIdentifier;
  readonly logFailure: LogFailure;
};

const API = '/api/*';
const OPENAPI_PATH = '/api/v1/openapi.json';

/** The web application; `app.fetch` is what a server serves. */
export function createWeb(needs: WebNeeds): Hono {
  const app: Api = new OpenAPIHono<ApiEnv>({
    defaultHook: (result, c) => (result.success ? undefined : invalid(c, result.target, result.error)),
  });

  app.use(async (c, next) => {
    await next();
    c.res.headers.set('x-content-type-options', 'nosniff');
    if (c.req.path.startsWith('/api/')) c.res.headers.set('cache-control', 'no-store');
  });
  healthRoutes(app as unknown as Hono, needs.ready);

  const signedIn = authenticate(needs.desk.staff);
  app.use(API, methodNotAllowed({ app, onMethodNotAllowed: (c, methods) => notAllowed(c, methods) }));
  app.use(API, async (c, next) => (c.req.path === OPENAPI_PATH ? next() : signedIn(c, next)));
  app.use(API, limitBody, onlyJson, dropEmptyParameters, doOnce(needs));

  const api: ApiNeeds = { desk: needs.desk, time: timeWriter(needs.timeZone) };
  for (const add of [
    ticketRoutes,
    intakeRoutes,
    conversationRoutes,
    handoffRoutes,
    appointmentRoutes,
    pageRoutes,
    contactTaskRoutes,
    staffRoutes,
  ])
    add(app, api);
  openApiRoute(app, OPENAPI_PATH);
  needs.mount(app as unknown as Hono);

  app.notFound((c) =>
    c.req.path.startsWith('/api/') ? problem(c, 404, 'not-found', 'There is nothing at this address.') : c.text('Not found', 404),
  );
  app.onError((error, c) => failed(c, error, needs.logFailure));
  return app as unknown as Hono;
}

function notAllowed(c: ApiContext, methods: readonly string[]): Response {
  const answer = problem(c, 405, 'method-not-allowed', `Allowed here: ${methods.join(', ')}.`);
  answer.headers.set('allow', methods.join(', '));
  return answer;
}

/** What a request says is checked here and nowhere further in: a body is 422, everything else 400. */
function invalid(c: ApiContext, target: string, error: ZodError): Response {
  const errors = error.issues.map((it) => ({ field: it.path.map(String).join('.') || target, detail: it.message }));
  if (target === 'json') return problem(c, 422, 'invalid', 'Some fields are missing or wrong.', { errors });
  return problem(c, 400, 'malformed', 'Some parameters are wrong.', { errors });
}

const STACK_LINES_MAX = 12;

function failed(c: ApiContext, error: Error, log: LogFailure): Response {
  if (error instanceof HTTPException && error.status < 500) {
    if (!c.req.path.startsWith('/api/')) return error.getResponse();
    return problem(
      c,
      error.status as 400,
      'malformed',
      error.status === 400 ? 'The request can not be read; is its body JSON?' : 'The request was refused.',
    );
  }
  // Messages of errors may quote what was stored, so only the kind and the place are logged.
  const stack = (error.stack ?? '')
    .split('\n')
    .map((it) => it.trim())
    .filter((it) => it.startsWith('at '))
    .slice(0, STACK_LINES_MAX);
  log({ method: c.req.method, route: c.req.routePath, error: error.name, stack });
  if (!c.req.path.startsWith('/api/')) return c.text('Something went wrong on our side', 500);
  return problem(c, 500, 'failed', 'Nothing is wrong with the request; try again later.');
}
