/** Errors as RFC 9457 problem+json: English, machine-readable by `type`, never with personal data in them. */
import { z } from '@hono/zod-openapi';
import type { Context, TypedResponse } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';

const FieldFaultSchema = z
  .object({
    field: z.string().openapi({ description: 'Name of the field or parameter, dotted when nested' }),
    detail: z.string(),
  })
  .openapi('FieldFault', { example: { field: 'phone', detail: 'is missing' } });

export const ProblemSchema = z
  .object({
    type: z.string().openapi({ description: '`urn:baoxiu:problem:` and a stable code' }),
    title: z.string(),
    status: z.number().int(),
    detail: z.string(),
    errors: z.array(FieldFaultSchema).optional(),
    owner: z.object({ id: z.string(), name: z.string() }).optional().openapi({ description: 'Who has claimed the handoff' }),
    handoffStatus: z.string().optional(),
    handoffId: z.string().optional().openapi({ description: 'The open handoff of that conversation' }),
    delivery: z.string().optional().openapi({ description: 'How far the message has come' }),
    ticketStatus: z.string().optional(),
    allowed: z.array(z.string()).optional().openapi({ description: 'Transitions that are allowed now' }),
    why: z.string().optional().openapi({ description: 'Code of the reason, where one problem has several' }),
    nearest: z
      .array(z.object({ from: z.string(), to: z.string() }))
      .optional()
      .openapi({ description: 'Nearest open visit windows, at most three' }),
  })
  .openapi('Problem', {
    example: { type: 'urn:baoxiu:problem:not-found', title: 'Not found', status: 404, detail: 'There is no such ticket.' },
  });

export type Problem = z.infer<typeof ProblemSchema>;

const TITLES = {
  malformed: 'Malformed request',
  unauthenticated: 'A valid bearer token is needed',
  forbidden: 'Your role does not allow this',
  'not-found': 'Not found',
  'method-not-allowed': 'Method not allowed',
  conflict: 'Not possible in the present state',
  'claimed-by-another': 'Claimed by somebody else',
  'transition-not-allowed': 'Transition not allowed now',
  'window-taken': 'Visit window is not open',
  'in-progress': 'The same request is in progress',
  'key-reused': 'Idempotency key belongs to another request',
  'too-large': 'Request body too large',
  'too-slow': 'Request body too slow',
  'too-many-requests': 'Too many requests',
  unavailable: 'Not available just now',
  'unsupported-media-type': 'The body has to be application/json',
  'unsupported-file': 'A file is of no kind that can be sent',
  invalid: 'Some fields are missing or wrong',
  failed: 'Something went wrong on our side',
} as const;

export type ProblemCode = keyof typeof TITLES;

/** The answer itself; `more` are members of this one problem, such as what is allowed instead. */
export function problem<Status extends ContentfulStatusCode>(
  c: Context,
  status: Status,
  code: ProblemCode,
  detail: string,
  more: Omit<Problem, 'type' | 'title' | 'status' | 'detail'> = {},
): Response & TypedResponse<Problem, Status, 'json'> {
  const body: Problem = { type: `urn:baoxiu:problem:${code}`, title: TITLES[code], status, detail, ...more };
  return c.json(body, status, { 'content-type': 'application/problem+json' }) as unknown as Response &
    TypedResponse<Problem, Status, 'json'>;
}

/** How a route declares a problem among its answers. */
export function problemAnswer(description: string) {
  return { description, content: { 'application/problem+json': { schema: ProblemSchema } } };
}

type Problems<Status extends number> = Readonly<Record<Status, ReturnType<typeof problemAnswer>>>;

/** What every route may answer besides its own. */
export const COMMON_ANSWERS: Problems<400 | 401 | 403 | 429 | 503> = {
  400: problemAnswer('Malformed request: JSON, parameter or cursor'),
  401: problemAnswer('No valid bearer token'),
  403: problemAnswer('The role does not allow this'),
  429: problemAnswer('Too many requests; Retry-After says when'),
  503: problemAnswer('The store is away; Retry-After says when to try again'),
};

/** What every POST may answer besides its own. */
export const POST_ANSWERS: Problems<400 | 401 | 403 | 408 | 409 | 413 | 415 | 422 | 429 | 503> = {
  ...COMMON_ANSWERS,
  408: problemAnswer('Body not sent in time'),
  409: problemAnswer('Not possible in the present state, or the same Idempotency-Key is in progress'),
  413: problemAnswer('Body larger than 64 KiB'),
  415: problemAnswer('Body is not application/json'),
  422: problemAnswer('Fields missing or wrong, or the Idempotency-Key belongs to another request'),
};
