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
import { DEFAULT_POLICY, type Policy } from '../domain/policy.ts';
import type { Metrics } from '../traffic/metrics.ts';
import { isStoreAway } from '../turn/store-away.ts';
import type { Api, ApiContext, ApiEnv, ApiNeeds } from './api/api.ts';
import { appointmentRoutes } from './api/appointments.ts';
import { attachmentRoutes } from './api/attachments.ts';
import { auditRoutes } from './api/audit.ts';
import { complaintRoutes } from './api/complaints.ts';
import { contactTaskRoutes } from './api/contact-tasks.ts';
import { conversationRoutes } from './api/conversations.ts';
import { customerRoutes } from './api/customers.ts';
import { enquiryAnswerRoutes } from './api/enquiry-answers.ts';
import { escalationRoutes } from './api/escalations.ts';
import { handoffMessageRoutes } from './api/handoff-messages.ts';
import { handoffMoveRoutes } from './api/handoff-moves.ts';
import { handoffRoutes } from './api/handoffs.ts';
import { intakeRoutes } from './api/intake.ts';
import { pageRoutes } from './api/pages.ts';
import { priceRoutes } from './api/prices.ts';
import { productCodeRoutes } from './api/product-codes.ts';
import { staffRoutes } from './api/staff.ts';
import { surveyRoutes } from './api/surveys.ts';
import { ticketActionRoutes } from './api/ticket-actions.ts';
import { ticketNoteRoutes } from './api/ticket-notes.ts';
import { ticketRoutes } from './api/tickets.ts';
import { visitRoutes } from './api/visits.ts';
import { authenticate } from './authenticate.ts';
import { timeWriter } from './business-time.ts';
import { addressReader } from './caller.ts';
import { healthRoutes, type Readiness } from './health.ts';
import { doOnce } from './idempotency.ts';
import { metricsRoute, observeRequests } from './metrics-route.ts';
import { openApiRoute } from './openapi.ts';
import { problem } from './problem.ts';
import { limitAddresses, limitStaff, signInGuard } from './rate-limits.ts';
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
  /** Unset: the default policy's. */
  readonly limits?: Policy['limits'];
  /** Unset: nothing is measured, and there is no `/metrics`. */
  readonly metrics?: Metrics;
  /** How long a body may take. */
  readonly bodyMilliseconds?: number;
};

const API = '/api/*';
const OPENAPI_PATH = '/api/v1/openapi.json';

/** The web application; `app.fetch` is what a server serves. */
export function createWeb(needs: WebNeeds): Hono {
  const app: Api = new OpenAPIHono<ApiEnv>({
    defaultHook: (result, c) => (result.success ? undefined : invalid(c, result.target, result.error)),
  });

  const limits = needs.limits ?? DEFAULT_POLICY.limits;
  const letIn = { limits, addressOf: addressReader(limits.trustedProxies), now: needs.now };

  if (needs.metrics !== undefined) app.use(observeRequests(needs.metrics));
  app.use(async (c, next) => {
    await next();
    c.res.headers.set('x-content-type-options', 'nosniff');
    if (c.req.path.startsWith('/api/')) c.res.headers.set('cache-control', 'no-store');
  });
  app.use(limitAddresses(letIn));
  healthRoutes(app as unknown as Hono, needs.ready);
  if (needs.metrics !== undefined) metricsRoute(app as unknown as Hono, needs.metrics);

  const signedIn = authenticate(needs.desk.staff, signInGuard(letIn));
  app.use(API, methodNotAllowed({ app, onMethodNotAllowed: (c, methods) => notAllowed(c, methods) }));
  app.use(API, async (c, next) => (c.req.path === OPENAPI_PATH ? next() : signedIn(c, next)));
  app.use(API, limitStaff(letIn), limitBody(limits, needs.bodyMilliseconds), onlyJson, dropEmptyParameters, doOnce(needs));

  const api: ApiNeeds = { desk: needs.desk, time: timeWriter(needs.timeZone) };
  for (const add of [
    ticketRoutes,
    ticketActionRoutes,
    ticketNoteRoutes,
    visitRoutes,
    surveyRoutes,
    complaintRoutes,
    intakeRoutes,
    conversationRoutes,
    attachmentRoutes,
    handoffRoutes,
    handoffMoveRoutes,
    handoffMessageRoutes,
    escalationRoutes,
    appointmentRoutes,
    pageRoutes,
    contactTaskRoutes,
    customerRoutes,
    priceRoutes,
    productCodeRoutes,
    enquiryAnswerRoutes,
    auditRoutes,
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
/** `at name (file:line:column)`. */
const PLACE = /^at [\w$.<>[\] #]*\(?(?:file:|node:|\/)\S*:\d+:\d+\)?$/;
const STORE_AWAY_SECONDS = 2;

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
  // Messages of errors may quote what was stored, in several lines: only the kind and the places are logged.
  const stack = (error.stack ?? '')
    .replace(error.message, '')
    .split('\n')
    .map((it) => it.trim())
    .filter((it) => PLACE.test(it))
    .slice(0, STACK_LINES_MAX);
  log({ method: c.req.method, route: c.req.routePath, error: error.name, stack });
  if (isStoreAway(error)) return storeAway(c);
  if (!c.req.path.startsWith('/api/')) return c.text('Something went wrong on our side', 500);
  return problem(c, 500, 'failed', 'Nothing is wrong with the request; try again later.');
}

/** Says no more than is known: a change whose answer was lost may have been made. */
function storeAway(c: ApiContext): Response {
  c.header('retry-after', String(STORE_AWAY_SECONDS));
  if (!c.req.path.startsWith('/api/')) return c.text('Not available just now; try again shortly', 503);
  const isRead = c.req.method === 'GET' || c.req.method === 'HEAD';
  const detail = isRead
    ? 'The store does not answer; try again.'
    : 'The store does not answer, so it is not known whether this was done; send it again, with the same Idempotency-Key.';
  return problem(c, 503, 'unavailable', detail);
}
