/** `/audit`: who looked at or changed what (S2-024). */
import { createRoute, z } from '@hono/zod-openapi';
import type { AuditEntry, AuditPlace } from '../../desk/audit.ts';
import { parseIdentifier } from '../../domain/identifier.ts';
import { instantOf } from '../../domain/instant.ts';
import type { WriteTime } from '../business-time.ts';
import { COMMON_ANSWERS } from '../problem.ts';
import {
  type Api,
  type ApiNeeds,
  forbidden,
  InstantSchema,
  jsonAnswer,
  limitParameter,
  SECURITY,
  StaffNameSchema,
  sliceSchema,
} from './api.ts';
import { fieldRead, instantParameter } from './fields.ts';

const AuditEntrySchema = z
  .object({
    at: InstantSchema,
    actor: z.union([StaffNameSchema, z.string()]).openapi({ description: 'Somebody of the staff, else what acted' }),
    action: z.string(),
    subject: z.string(),
    details: z.record(z.string(), z.unknown()),
  })
  .openapi('AuditEntry', {
    example: {
      at: '2026-11-20T09:30:00.000+08:00',
      actor: { id: '019aa0c2-7d3e-7c1b-9a54-3f1f0c2b7d10', name: '李敏' },
      action: 'customer.reveal',
      subject: 'customer:019aa0c2-7d3e-7c1b-9a54-3f1f0c2b7d11',
      details: { reason: '上门前核对地址' },
    },
  });

const AuditListSchema = sliceSchema('AuditList', AuditEntrySchema);

/** Rows of the audit are numbered, so this cursor is a moment and a number. */
const placeParameter = fieldRead<AuditPlace>(z.string().max(200), readPlace, 'is not a cursor of this list')
  .optional()
  .openapi({ type: 'string', description: '`nextCursor` of the slice before' });

function readPlace(text: string): AuditPlace | null {
  const match = /^(\d{1,15})\.(\d{1,18})$/.exec(Buffer.from(text, 'base64url').toString('utf8'));
  return match?.[1] === undefined || match[2] === undefined ? null : { at: instantOf(Number(match[1])), id: BigInt(match[2]) };
}

const filter = (example: string) => z.string().max(200).optional().openapi({ example });

const list = createRoute({
  method: 'get',
  path: '/api/v1/audit',
  summary: 'Who looked at or changed what, newest first; quality and administrators only',
  tags: ['audit'],
  security: SECURITY,
  request: {
    query: z.object({
      actor: filter('019aa0c2-7d3e-7c1b-9a54-3f1f0c2b7d10').openapi({ description: 'Id of a member of staff, or what else acted' }),
      action: filter('customer.reveal'),
      subject: filter('ticket:BX-20261120-0031'),
      from: instantParameter,
      to: instantParameter,
      cursor: placeParameter,
      limit: limitParameter(500, 100),
    }),
  },
  responses: { 200: jsonAnswer('A slice of the list', AuditListSchema), ...COMMON_ANSWERS },
});

/** Adds the routes. */
export function auditRoutes(api: Api, { desk, time }: ApiNeeds): void {
  api.openapi(list, async (c) => {
    const { actor, action, subject, from, to, cursor, limit } = c.req.valid('query');
    const done = await desk.audit.list(c.get('member'), {
      actor: actor === undefined ? null : actorNamed(actor),
      action: action ?? null,
      subject: subject ?? null,
      from: from ?? null,
      to: to ?? null,
      after: cursor ?? null,
      limit,
    });
    if (done.kind === 'forbidden') return forbidden(c, done);
    const { items, next } = done.slice;
    return c.json({ items: items.map((it) => entryJson(it, time)), nextCursor: next === null ? null : writePlace(next) }, 200);
  });
}

function actorNamed(text: string): string {
  return parseIdentifier(text) === null ? text : `staff:${text}`;
}

function writePlace({ at, id }: AuditPlace): string {
  return Buffer.from(`${at}.${id}`, 'utf8').toString('base64url');
}

function entryJson({ at, actor, action, subject, details }: AuditEntry, time: WriteTime): z.infer<typeof AuditEntrySchema> {
  return { at: time(at), actor: typeof actor === 'string' ? actor : { ...actor }, action, subject, details: { ...details } };
}
